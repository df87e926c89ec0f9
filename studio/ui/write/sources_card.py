"""The sources of a story, on the side panel of the writing desk: who said what it relies on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from studio.story.model import Source
from studio.story.sources import add_source, change_source, remove_source, source_candidates, sources_of
from studio.ui.core.focus_order import go_to
from studio.ui.widgets.basic_parts import button, clear, column, describe, edges, label, row, tool
from studio.ui.widgets.flow_layout import FlowLayout
from studio.ui.write.edit_card import EditCard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QComboBox

    from studio.base.i18n import MessageTexts
    from studio.story.model import Story
    from studio.ui.core.window_theme import WindowTheme
    from studio.ui.write.page_fields import TextField

TEXTS = ("name", "role", "contact", "when", "note")
_ALWAYS = 2
"""Fields that are always shown; the others unfold."""
TERMS = ("", "named", "background", "off_record", "embargo")
_MOST_PROPOSED = 3


class SourceRow(EditCard):
    """One source.

    Args:
        number: its place in the list, from 0.
        texts: for what it says.
        theme: for how it looks.
    """

    def __init__(self, number: int, texts: MessageTexts, theme: WindowTheme) -> None:
        super().__init__(texts, theme, "clear")
        self._number = number
        self.fields = {name: self._make_field(name) for name in TEXTS}
        self.terms = self._terms_box()
        self.more = button(theme, texts.text("write.source.more"), self._unfold, look="link")
        self.more.setCheckable(True)
        self.remove = tool(
            theme, "trash-2", texts.text("write.source.remove", number=number + 1), self._remove, size=16
        )
        self._hidden = QWidget()
        self._hidden.setProperty("look", "clear")
        hidden: list[QWidget] = []
        for name in TEXTS[_ALWAYS:]:
            hidden += [self.caption_of(self.fields[name], texts.text(f"write.source.{name}")), self.fields[name]]
        terms = self.caption_of(self.terms, texts.text("write.source.terms"))
        self._hidden.setLayout(column(*hidden, terms, self.terms, gap=theme.px(3)))
        self._hidden.hide()
        head = row(self.fields["name"], self.remove, gap=theme.px(4))
        head.setStretch(0, 1)
        self.setLayout(column(head, self.fields["role"], self.more, self._hidden, gap=theme.px(4)))

    def _make_field(self, name: str) -> TextField:
        hint = self._texts.text(f"write.source.{name}.hint")
        what = self._texts.text(f"write.source.{name}")
        title = self._texts.text("write.source.of", what=what, number=self._number + 1)
        return self.text_field(title, hint, hint, lambda text: self._change(name, text))

    def _terms_box(self) -> QComboBox:
        options = [(key, self._texts.text(f"write.source.terms.{key or 'none'}")) for key in TERMS]
        title, tip = self._texts.text("write.source.terms"), self._texts.text("write.source.terms.tip")
        return self.choice_field(title, tip, options, lambda key: self._change("terms", key))

    def _change(self, name: str, value: str) -> None:
        self.emit_edit(change_source(self._number, **{name: value}))

    def _remove(self) -> None:
        self.emit_edit(remove_source(self._number))

    def _unfold(self) -> None:
        self._hidden.setVisible(self.more.isChecked())

    def show_source(self, source: Source, *, locked: bool) -> list[QWidget]:
        """Show a source; the fields that said something else."""
        changed: list[QWidget] = [
            field for name, field in self.fields.items() if field.show_text(getattr(source, name))
        ]
        self.terms.setCurrentIndex(max(0, self.terms.findData(source.terms)))
        for field in self.fields.values():
            field.setReadOnly(locked)
        self.terms.setEnabled(not locked)
        self.remove.setEnabled(not locked)
        return changed

    def focus_field(self, name: str) -> QWidget:
        """The field of this name, in sight."""
        if name not in TEXTS[:_ALWAYS]:
            self.more.setChecked(True)
            self._unfold()
        return self.terms if name == "terms" else self.fields.get(name, self.fields["name"])


class SourcesCard(EditCard):
    """All of them, with a way to add more: by hand, or whoever is quoted in the text, by one click.

    Args:
        texts: for what it says.
        theme: for how it looks.
    """

    def __init__(self, texts: MessageTexts, theme: WindowTheme) -> None:
        super().__init__(texts, theme)
        self._locked = False
        self._proposed: tuple[str, ...] = ()
        self._wanted = False
        self.rows: list[SourceRow] = []
        self.proposals: list[QPushButton] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(8))
        self.people = label("", "muted", wrap=True)
        self._offers = QWidget()
        self._offers.setProperty("look", "clear")
        self._flow = FlowLayout(theme.px(6), theme.px(6))
        self._offers.setLayout(self._flow)
        self.add = button(theme, texts.text("write.source.add"), self._add, icon="plus")
        describe(self.add, texts.text("write.source.add"), texts.text("write.source.add.tip"))
        title = label(texts.text("write.sources"), "title")
        parts = (title, self._list, self.people, self._offers, self.add)
        self.setLayout(column(*parts, gap=theme.px(8), edges=edges(theme, 16, 14)))

    def show_story(self, story: Story) -> list[QWidget]:
        """Show the sources of a story; the fields that said something else."""
        changed: list[QWidget] = []
        while len(self.rows) > len(story.sources):
            gone = self.rows.pop()
            self._list.removeWidget(gone)
            # Until the event loop deletes it, it would still be seen.
            gone.hide()
            gone.deleteLater()
        while len(self.rows) < len(story.sources):
            self._list.addWidget(self._make_row(len(self.rows)))
        for made, source in zip(self.rows, story.sources, strict=True):
            changed += made.show_source(source, locked=self._locked)
        also = [source.name for source in sources_of(story)[len(story.sources) :] if source.name.strip()]
        self.people.setText(self._texts.text("write.source.people", names=", ".join(also)) if also else "")
        self.people.setVisible(bool(also))
        self._show_proposals(source_candidates(story)[:_MOST_PROPOSED])
        if self._wanted and self.rows:
            go_to(self.rows[-1].fields["name"])
        self._wanted = False
        return changed

    def _make_row(self, number: int) -> SourceRow:
        made = SourceRow(number, self._texts, self._theme)
        made.edit_made.connect(self.edit_made)
        self.pass_on(made)
        self.rows.append(made)
        return made

    def _show_proposals(self, found: tuple[Source, ...]) -> None:
        names = tuple(source.name for source in found)
        if names == self._proposed and bool(self.proposals) == bool(names):
            return
        self._proposed = names
        clear(self._flow)
        self.proposals = []
        for source in found:
            text = self._texts.text("checkdesk.fix_source", text=source.name)
            add = partial(self.edit_made.emit, add_source(source))
            made = button(self._theme, text, add, look="chip", squeezed=True)
            made.setEnabled(not self._locked)
            self.proposals.append(made)
            self._flow.addWidget(made)
        self._offers.setVisible(bool(found))

    def _add(self) -> None:
        # Its row is there only when the session has told of the edit.
        self._wanted = True
        self.emit_edit(add_source(Source(name="")))

    def set_read_only(self, on: bool) -> None:
        """Let nobody type."""
        self._locked = on
        self.add.setVisible(not on)

    def field_of(self, place: str) -> QWidget:
        """Where an address is filled in: ``"0/role"``; "" the way to add one."""
        number, _, name = place.partition("/")
        if number.isdigit() and int(number) < len(self.rows):
            return self.rows[int(number)].focus_field(name)
        return self.add

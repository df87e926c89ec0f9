"""Notices of a service on an empty page: the kinds to choose from, then the form, three headlines and the draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QPushButton, QRadioButton, QVBoxLayout, QWidget

from studio.story.model import ANNOUNCED
from studio.story.service_answers import choose_service
from studio.story.service_draft import headline_proposals, service_body
from studio.ui.widgets.basic_parts import button, clear, column, describe, label, row
from studio.ui.widgets.flow_layout import FlowLayout
from studio.ui.write.edit_card import EditCard
from studio.ui.write.fact_chips import FactBox
from studio.ui.write.service_form import ServiceForm

if TYPE_CHECKING:
    from studio.base.i18n import MessageTexts
    from studio.services.notice_kinds import NoticeKinds
    from studio.story.model import Story, StoryKind
    from studio.story.service_kinds import ServiceKind
    from studio.ui.core.window_theme import WindowTheme

_WIDE = 1.3
"""Up to this text size two fields stand beside each other."""


class NoticePart(EditCard):
    """Shows a story and tells edits.

    Args:
        texts: for what it says.
        theme: for how it looks.
        kinds: those of the workspace.
    """

    draft_asked = Signal()
    left = Signal()
    """The user wants another sort of story."""
    skipped = Signal()

    def __init__(self, texts: MessageTexts, theme: WindowTheme, kinds: NoticeKinds) -> None:
        super().__init__(texts, theme, "clear")
        self._kinds = kinds
        self._story: Story | None = None
        self.kind: ServiceKind | None = None
        self.tiles: dict[str, QPushButton] = {}
        self._picker = self._build_picker()
        self.form = ServiceForm(texts, theme, kinds, 2 if theme.scale <= _WIDE else 1)
        self.form.edit_made.connect(self.edit_made)
        self.pass_on(self.form)
        self.facts = FactBox(texts, theme, kinds.group)
        self.facts.edit_made.connect(self.emit_edit)
        self._page = self._build_page()
        self.setLayout(column(self._picker, self._page, gap=0))

    # -------------------------------------------------------------------------------------------- layout

    def _build_picker(self) -> QWidget:
        theme, texts = self._theme, self._texts
        self._flow = FlowLayout(theme.px(6), theme.px(6))
        tiles = QWidget()
        tiles.setProperty("look", "clear")
        tiles.setLayout(self._flow)
        self._troubles = label("", "warn", wrap=True)
        head = row(
            label(texts.text("write.service.pick"), "title"),
            1,
            button(theme, texts.text("write.start.change"), self.left.emit, look="link"),
        )
        made = QWidget()
        made.setProperty("look", "clear")
        made.setLayout(column(head, tiles, self._troubles, gap=theme.px(10)))
        return made

    def _build_page(self) -> QWidget:
        theme, texts = self._theme, self._texts
        self._icon, self._title = QLabel(), label("", "title")
        self.change = button(theme, texts.text("write.service.change"), self.show_kinds, look="link")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(4))
        self._choice = QButtonGroup(self)
        self._headlines = label(texts.text("write.service.headlines"), "strong")
        self.compose = button(theme, texts.text("write.start.draft"), self.draft_asked.emit, look="primary")
        self.skip = button(theme, texts.text("write.start.skip"), self.skipped.emit, look="link")
        made = QWidget()
        made.setProperty("look", "clear")
        head = row(self._icon, self._title, 1, self.change, gap=theme.px(8))
        feet = row(self.compose, self.skip, 1, gap=theme.px(12))
        made.setLayout(column(head, self.form, self.facts, self._headlines, self._lines, feet, gap=theme.px(10)))
        made.hide()
        return made

    # -------------------------------------------------------------------------------------------- behaviour

    def show_kinds(self) -> None:
        """Let the user choose a kind."""
        found = self._kinds.all()
        clear(self._flow)
        self.tiles = {}
        for kind in found.kinds:
            name = kind.name.get(self._texts.language) or kind.name["id"]
            tile = button(self._theme, name, look="chip", icon=kind.icon)
            tile.clicked.connect(lambda _=False, kind=kind: self.choose(kind))
            describe(tile, name)
            self.tiles[kind.id] = tile
            self._flow.addWidget(tile)
        self._troubles.setText("\n".join(self._texts.explain(problem) for problem in found.problems))
        self._troubles.setVisible(bool(found.problems))
        self._picker.show()
        self._page.hide()
        if self.tiles:
            next(iter(self.tiles.values())).setFocus()

    def choose_for(self, story_kind: StoryKind) -> None:
        """Choose the first kind for such a story, if there is one."""
        found = next((kind for kind in self._kinds.all().kinds if kind.kind == story_kind), None)
        if found is not None:
            self.choose(found)

    def choose(self, kind: ServiceKind) -> None:
        """Make the story one of this kind, and ask its questions."""
        self.emit_edit(choose_service(kind, self._kinds.group(), self._kinds.today(), self.kind))
        if self._story is not None:
            self.show_story(self._story)
        self._picker.hide()
        self._page.show()
        if self.form.fields:
            next(iter(self.form.fields.values())).setFocus()

    def show_story(self, story: Story) -> None:
        """Show a story; the form once its kind is known, else the kinds."""
        fresh = self._story is None or self._story.id != story.id or self._story.service != story.service
        self._story = story
        if fresh:
            self.kind = self._kinds.find(story.service)
            self._picker.setVisible(self.kind is None)
            self._page.setVisible(self.kind is not None)
        if self.kind is None:
            return
        self._icon.setPixmap(self._theme.pixmap(self.kind.icon, "accent", 20))
        self._title.setText(self.kind.name.get(self._texts.language) or self.kind.name["id"])
        self.form.show_story(story, self.kind)
        self.facts.show_story(story)
        self.facts.setVisible(story.kind in ANNOUNCED)
        self._propose_headlines(story, self.kind)

    def _propose_headlines(self, story: Story, kind: ServiceKind) -> None:
        group = self._kinds.group()
        lines = headline_proposals(kind, story, group)
        there = [str(line.text()) for line in self._choice.buttons()]
        if there != [line.replace("&", "&&") for line in lines]:
            at = next((n for n, line in enumerate(self._choice.buttons()) if line.isChecked()), 0)
            for old in self._choice.buttons():
                self._choice.removeButton(old)
            clear(self._lines)
            for number, line in enumerate(lines):
                made = QRadioButton(line.replace("&", "&&"))
                describe(made, line)
                made.setChecked(number == min(at, len(lines) - 1))
                self._choice.addButton(made)
                self._lines.addWidget(made)
        self._headlines.setVisible(bool(lines))
        self.compose.setEnabled(bool(service_body(kind, story, group)))

    @property
    def headlines(self) -> list[QRadioButton]:
        """The proposals, as they can be picked."""
        return [line for line in self._choice.buttons() if isinstance(line, QRadioButton)]

    @property
    def headline(self) -> str:
        """The headline that was picked."""
        picked = self._choice.checkedButton()
        return picked.text().replace("&&", "&") if picked is not None else ""

    def tab_chain(self) -> list[QWidget]:
        """The controls in the order of the Tab key."""
        fields: list[QWidget] = list(self.form.fields.values())
        parts = [self.change, *fields, *self.facts.chips(), *self.headlines, self.compose, self.skip]
        return [*self.tiles.values(), *parts]

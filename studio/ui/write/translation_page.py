"""The story beside its translation: the original to read on the left, the other language to write on the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.base.utf16_positions import utf16_units
from studio.checks.finding_location import language_word
from studio.story.adjusted_posts import changed_passages
from studio.story.translations import (
    missing_texts,
    set_checked_by,
    set_translated,
    settle_translation,
    stale_texts,
    translatable_texts,
    translated_text,
)
from studio.ui.core.focus_order import go_to
from studio.ui.widgets.basic_parts import (
    button,
    clear,
    column,
    describe,
    edges,
    label,
    pill,
    row,
    scrolled,
    set_pill,
)
from studio.ui.write.edit_card import EditCard
from studio.ui.write.page_fields import TextField, select_in

if TYPE_CHECKING:
    from studio.base.i18n import MessageTexts
    from studio.story.model import Story
    from studio.story.translations import TranslatableText
    from studio.ui.core.window_theme import WindowTheme

_LEAST_LINES = {"line": 1, "text": 2, "body": 10}
_MOST_CHANGES = 3
"""Passages of the original that are shown as changed; more would be a text of their own."""


class TranslationPage(EditCard):
    """Shows one language and tells edits.

    Args:
        texts: for what it says.
        theme: for how it looks.
    """

    closed = Signal()
    """Back to the original."""
    drop_asked = Signal(str)
    """The translation of this language is to go."""

    def __init__(self, texts: MessageTexts, theme: WindowTheme) -> None:
        super().__init__(texts, theme)
        self.setObjectName("writeSheet")
        self.language = ""
        self._story: Story | None = None
        self._locked = False
        self._shown: tuple[str, ...] = ()
        self.rows: dict[str, _TextRow] = {}
        self.title = label("", "title")
        self._missing, self._stale = pill("", "idle"), pill("", "warn")
        self.back = button(theme, texts.text("translation.back"), self.closed.emit, icon="arrow-left")
        self.settle_all = button(theme, texts.text("translation.settle_all"), self._settle_all, look="link")
        self.drop = button(theme, texts.text("translation.drop"), self._ask_drop, look="link")
        name, hint, tip = (texts.text(f"translation.checked_by{part}") for part in ("", ".hint", ".tip"))
        self.checked_by = self.text_field(
            name, hint, tip, lambda text: self.emit_edit(set_checked_by(self.language, text))
        )
        self._grid = QVBoxLayout()
        self._grid.setSpacing(theme.px(14))
        self._lay_out()

    def _lay_out(self) -> None:
        px, texts = self._theme.px, self._texts
        head = row(self.back, self.title, self._missing, self._stale, 1, self.settle_all, self.drop, gap=px(8))
        read_by = row(
            self.caption_of(self.checked_by, texts.text("translation.checked_by")), self.checked_by, gap=px(8)
        )
        read_by.setStretch(1, 1)
        hint = label(texts.text("translation.hint"), "hint", wrap=True)
        inside = QWidget()
        inside.setLayout(column(self._grid, read_by, hint, 1, gap=px(16), edges=edges(self._theme, 20, 14)))
        self.area = scrolled(inside)
        top = QFrame()
        top.setLayout(column(head, edges=edges(self._theme, 16, 10)))
        whole = column(top, self.area, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    # -------------------------------------------------------------------------------------------- showing

    def open(self, story: Story, language: str) -> None:
        """Show a language; the cursor goes to the first text that is to be written or looked at."""
        self.show_story(story, language)
        wanted = [*missing_texts(story, language), *stale_texts(story, language)]
        order = [address for address in self.rows if address in {text.address for text in wanted}]
        self.go_to_text((order or list(self.rows) or [""])[0])

    def go_to_text(self, address: str, start: int = 0, end: int = 0) -> None:
        """Put the cursor into the field of a text, and select its words from ``start`` to ``end``."""
        found = self.rows.get(address)
        target = found.field if found is not None else self.checked_by
        go_to(target)
        if end > start and found is not None:
            select_in(found.field, start, end)

    def show_story(self, story: Story, language: str = "") -> None:
        """Show what the story says now, in the language that is open where none is named."""
        self._story, self.language = story, language or self.language
        texts = translatable_texts(story)
        addresses = (self.language, *(text.address for text in texts))
        if addresses != self._shown:
            self._shown = addresses
            self._make_rows(texts)
        words = story.texts.get(self.language)
        sources = words.sources if words else {}
        stale = {text.address: sources.get(text.address, "") for text in stale_texts(story, self.language)}
        for text in texts:
            said = translated_text(words, text.address)
            self.rows[text.address].show_texts(text.original, said, stale.get(text.address))
        self.checked_by.show_text(words.checked_by if words else "")
        self._tell_state(len(missing_texts(story, self.language)), len(stale))

    def _tell_state(self, missing: int, stale: int) -> None:
        name = language_word(self.language, self._texts)
        self.title.setText(self._texts.text("translation.title", language=name))
        told = self._texts.text("translation.missing" if missing else "translation.whole", count=missing)
        set_pill(self._missing, told, "idle" if missing else "ok")
        set_pill(self._stale, self._texts.text("translation.stale", count=stale), "warn")
        self._stale.setVisible(stale > 0)
        self.settle_all.setVisible(stale > 1 and not self._locked)

    def _make_rows(self, texts: tuple[TranslatableText, ...]) -> None:
        clear(self._grid)
        self.rows = {}
        for text in texts:
            made = _TextRow(self, text, self._name_of(text.address), self._texts, self._theme)
            made.field.setReadOnly(self._locked)
            made.settle.clicked.connect(partial(self._settle_text, text.address))
            self.rows[text.address] = made
            self._grid.addWidget(made)
        if not texts:
            self._grid.addWidget(label(self._texts.text("translation.nothing"), "hint", wrap=True))

    def _name_of(self, address: str) -> str:
        """What a text is called: "Judul", "Foto 2, keterangan", "Video 1, takarir 3"."""
        root, *rest = address.split("/")
        name = self._texts.text(f"translation.of.{root}")
        story = self._story
        if not rest or story is None:
            return name
        for kind in ("photos", "videos"):
            number = next((n for n, item in enumerate(getattr(story, kind), 1) if item.id == rest[0]), 0)
            if number:
                place = self._texts.text(f"checkdesk.where.{kind}", number=number)
                return f"{place}, {name}" + (f" {int(rest[1]) + 1}" if len(rest) > 1 else "")
        code = f"service.ask.{rest[0]}"
        return self._texts.text(code) if self._texts.has_text(code) else name

    # -------------------------------------------------------------------------------------------- what is done

    def edit_text(self, address: str, text: str) -> None:
        """Tell that a text was typed."""
        self.emit_edit(set_translated(self.language, address, text))

    def paste_words(self, words: str) -> None:
        """Put words where the cursor is, without their look."""
        fields = (*(row.field for row in self.rows.values()), self.checked_by)
        field = next((each for each in fields if each.hasFocus()), None)
        if field is not None and not field.isReadOnly():
            field.insertPlainText(words)

    def mark_words(self, mark: str) -> None:
        """Put ``mark`` around the words that are selected in the text; only that one is Markdown."""
        row = self.rows.get("body")
        if row is None or not row.field.hasFocus() or row.field.isReadOnly():
            return
        cursor = row.field.textCursor()
        start, words = cursor.selectionStart(), cursor.selectedText()
        cursor.insertText(f"{mark}{words}{mark}")
        cursor.setPosition(start + len(mark))
        cursor.setPosition(start + len(mark) + utf16_units(words), QTextCursor.MoveMode.KeepAnchor)
        row.field.setTextCursor(cursor)

    def _settle_text(self, address: str, _checked: bool = False) -> None:
        self.emit_edit(settle_translation(self.language, address))

    def _settle_all(self) -> None:
        self.emit_edit(settle_translation(self.language))

    def _ask_drop(self) -> None:
        self.drop_asked.emit(self.language)

    def set_read_only(self, on: bool) -> None:
        """Let nobody type."""
        self._locked = on
        for each in self.rows.values():
            each.field.setReadOnly(on)
        self.checked_by.setReadOnly(on)
        self.drop.setVisible(not on)


class _TextRow(QWidget):
    """One text in both languages, and what changed in the original since."""

    def __init__(
        self, page: TranslationPage, text: TranslatableText, name: str, texts: MessageTexts, theme: WindowTheme
    ) -> None:
        super().__init__()
        self._texts = texts
        self.setProperty("look", "clear")
        self._original = label(text.original, wrap=True)
        self._original.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._original.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        lines = _LEAST_LINES[text.look]
        self.field = TextField(one_line=text.look == "line", look="answer", least=theme.px(8 + 18 * lines))
        language = language_word(page.language, texts)
        describe(self.field, texts.text("translation.field", name=name, language=language), text.original)
        one_line = text.look == "line"
        self.field.edited.connect(
            lambda said: page.edit_text(text.address, " ".join(said.split()) if one_line else said.strip())
        )
        page.pass_on(self.field)
        self._changed = label("", "warn", wrap=True)
        self.settle: QPushButton = button(theme, texts.text("translation.settle"), look="link", icon="check")
        describe(self.settle, texts.text("translation.settle_name", name=name), texts.text("translation.settle.tip"))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(18))
        grid.setVerticalSpacing(theme.px(3))
        for at in (0, 1):
            grid.setColumnStretch(at, 1)
        caption: QLabel = page.caption_of(self.field, name)
        grid.addWidget(caption, 0, 0)
        grid.addWidget(label(language, "muted"), 0, 1)
        grid.addWidget(self._original, 1, 0)
        grid.addWidget(self.field, 1, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._changed, 2, 0)
        grid.addWidget(self.settle, 2, 1)
        self.setLayout(grid)

    def show_texts(self, original: str, said: str, before: str | None) -> None:
        """Show both; ``before`` is the original that was translated where it was another one, "" if not known."""
        self._original.setText(original)
        self.field.show_text(said)
        self.settle.setVisible(before is not None and not self.field.isReadOnly())
        self._changed.setVisible(before is not None)
        if before is not None:
            self._changed.setText(self._change_words(before, original))

    def _change_words(self, before: str, now: str) -> str:
        if not before:
            return self._texts.text("translation.changed_unknown")
        lines = [
            self._texts.text("translation.changed_line", before=each.before or "–", after=each.after or "–")
            for each in changed_passages(before, now)[:_MOST_CHANGES]
        ]
        return "\n".join((self._texts.text("translation.changed"), *lines))

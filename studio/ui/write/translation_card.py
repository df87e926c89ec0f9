"""The other languages of the story at the side of the writing desk: how each stands, and the way to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from studio.checks.finding_location import language_word
from studio.story.translations import LANGUAGES, missing_texts, stale_texts
from studio.ui.widgets.basic_parts import button, clear, column, describe, edges, label, pill, row
from studio.ui.write.edit_card import EditCard

if TYPE_CHECKING:
    from studio.base.i18n import MessageTexts
    from studio.story.model import Story
    from studio.ui.core.window_theme import WindowTheme
    from studio.ui.widgets.basic_parts import Tone


class TranslationCard(EditCard):
    """Lists the languages.

    Args:
        texts: for what it says.
        theme: for how it looks.
    """

    opened = Signal(str)
    """A language is to be shown; begun, where the story does not have it yet."""

    def __init__(self, texts: MessageTexts, theme: WindowTheme) -> None:
        super().__init__(texts, theme)
        self.buttons: dict[str, QPushButton] = {}
        self._shown: object = None
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(6))
        self._hint = label(texts.text("translation.card.hint"), "muted", wrap=True)
        self.menu = QMenu(self)
        self.add = button(theme, texts.text("translation.add"), icon="plus", tip=texts.text("translation.add.tip"))
        self.add.setMenu(self.menu)
        title = label(texts.text("translation.card"), "title")
        self.setLayout(column(title, self._hint, self._lines, self.add, gap=theme.px(8), edges=edges(theme, 16, 14)))

    def show_story(self, story: Story) -> None:
        """Show how the languages of a story stand."""
        stands = tuple((code, len(missing_texts(story, code)), len(stale_texts(story, code))) for code in story.texts)
        if (stands, story.language) == self._shown:
            return
        self._shown = (stands, story.language)
        focused = next((code for code, made in self.buttons.items() if made.hasFocus()), "")
        clear(self._lines)
        self.buttons = {}
        for code, missing, stale in stands:
            self._lines.addWidget(self._language_line(code, missing, stale))
        if focused in self.buttons:
            self.buttons[focused].setFocus()
        self._hint.setVisible(not stands)
        self._fill_menu({story.language, *story.texts})

    def _language_line(self, code: str, missing: int, stale: int) -> QWidget:
        texts = self._texts
        name = language_word(code, texts)
        made = button(self._theme, name, partial(self._open, code), look="link", icon="languages")
        describe(made, texts.text("translation.open", language=name))
        state, tone = self._state(missing, stale)
        self.buttons[code] = made
        line = QWidget()
        line.setProperty("look", "clear")
        line.setLayout(row(made, 1, pill(state, tone)))
        return line

    def _state(self, missing: int, stale: int) -> tuple[str, Tone]:
        if stale:
            return self._texts.text("translation.stale", count=stale), "warn"
        return (
            (self._texts.text("translation.missing", count=missing), "idle")
            if missing
            else (self._texts.text("translation.whole"), "ok")
        )

    def _fill_menu(self, taken: set[str]) -> None:
        # A menu, not a list to choose from: there the arrow keys would begin each language they pass.
        self.menu.clear()
        for code in LANGUAGES:
            if code not in taken:
                self.menu.addAction(language_word(code, self._texts)).triggered.connect(partial(self._open, code))

    def _open(self, code: str, _checked: bool = False) -> None:
        self.opened.emit(code)

    def set_read_only(self, on: bool) -> None:
        """Let nobody begin a language; those that are there can be read."""
        self.add.setVisible(not on)

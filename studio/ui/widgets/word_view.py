"""Two wordings word by word: what goes is struck through, what comes is underlined; colour only comes on top."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from studio.story.word_changes import word_pieces

if TYPE_CHECKING:
    from studio.base.i18n import MessageTexts
    from studio.ui.core.window_theme import WindowTheme

_LONGEST = 400
"""Signs of words that stay which are shown in one go: of more, the middle is left out."""


class WordView(QLabel):
    """Shows two wordings as one row of words.

    Args:
        texts: says what goes and what comes to who hears it.
        theme: for the colours.
    """

    def __init__(self, texts: MessageTexts, theme: WindowTheme) -> None:
        super().__init__()
        self._texts, self._theme = texts, theme
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)

    def show_change(self, old: str, new: str) -> None:
        """Show what would become of ``old``."""
        self.setText(view_html(old, new, self._theme))
        self.setAccessibleName(view_words(old, new, self._texts))


def view_html(old: str, new: str, theme: WindowTheme, *, complete: bool = False) -> str:
    """Both wordings as rich text: in one line and of long unchanged runs the ends, or complete with its lines."""
    looks = {
        "deleted": f"background-color:{theme.colors['bad_bg']};color:{theme.colors['bad']};"
        "text-decoration:line-through",
        "inserted": f"background-color:{theme.colors['ok_bg']};color:{theme.colors['ok']};"
        "text-decoration:underline;font-weight:600",
        "same": f"color:{theme.colors['text']}",
    }
    parts = []
    for piece in word_pieces(old, new):
        text = _shorten_middle(piece.text) if piece.kind == "same" and not complete else piece.text
        lines = ("<br><br>", "<br>") if complete else (" ¶ ", " ↵ ")
        shown = escape(text).replace("\n\n", lines[0]).replace("\n", lines[1])
        parts.append(f"<span style='{looks[piece.kind]}'>{shown}</span>")
    return "".join(parts)


def view_words(old: str, new: str, texts: MessageTexts) -> str:
    """The same for who hears it: what goes and what comes, each said in words."""
    told = []
    for piece in word_pieces(old, new):
        words = " ".join(piece.text.split())
        if piece.kind != "same" and words:
            told.append(texts.text(f"comments.{piece.kind}", words=words))
    return ", ".join(told)


def _shorten_middle(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]} … {text[-_LONGEST // 2 :]}"

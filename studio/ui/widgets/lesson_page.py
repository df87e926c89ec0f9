"""A lesson to read: its text as one column of labels with its pictures in between, as wide as there is room."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from studio.services.lesson_papers import LESSON_PICTURE
from studio.story.body import parse_markdown
from studio.ui.widgets.basic_parts import clear, label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QPaintEvent

    from studio.group.lessons import LessonPart
    from studio.story.body import BodyBlock, TextSpan
    from studio.ui.core.window_theme import WindowTheme

_ROUNDED = 14 / 720
"""Corners of a lesson's pictures, as a share of their width."""
_LINE_WIDTH = 680
"""Design pixels: about 75 letters a line, more are hard to follow."""


class LessonPicture(QWidget):
    """A picture of a lesson, as wide as the text.

    Args:
        theme: for its greatest width.
        image: drawn larger than it is shown.
        told: what it shows, for who cannot see it.
    """

    def __init__(self, theme: WindowTheme, image: QImage, told: str) -> None:
        super().__init__()
        self._image = image
        self._widest = theme.px(_LINE_WIDTH)
        self.setAccessibleName(told)
        self.setToolTip(told)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        """In the proportions of the picture."""
        return round(min(width, self._widest) * self._image.height() / max(1, self._image.width()))

    def sizeHint(self) -> QSize:
        """As wide as a line of text."""
        return QSize(self._widest, self.heightForWidth(self._widest))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it with the round corners it was drawn with: outside of them it is white."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        target = QRectF(0, 0, self.width(), self.heightForWidth(self.width()))
        shape, round_ = QPainterPath(), self.width() * _ROUNDED
        shape.addRoundedRect(target, round_, round_)
        painter.setClipPath(shape)
        painter.drawImage(target, self._image)
        painter.end()


class LessonPage(QWidget):
    """The text and the pictures of one lesson.

    Args:
        theme: fonts and colours.
    """

    def __init__(self, theme: WindowTheme) -> None:
        super().__init__()
        self._theme = theme
        # Of the page as a whole, in a row: a column asks its parts how high they are at its own width, which is more.
        self.setMaximumWidth(theme.px(_LINE_WIDTH))
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(theme.px(10))

    def show_lesson(self, parts: Sequence[LessonPart], pictures: Mapping[str, QImage]) -> None:
        """Show a lesson; ``pictures`` are its pictures by file, one that is missing is left out."""
        clear(self._body)
        for part in parts:
            if not part.picture:
                self._add_text(part.text)
            elif part.picture in pictures:
                self._body.addWidget(LessonPicture(self._theme, pictures[part.picture], part.text))

    def _add_text(self, markdown: str) -> None:
        number = 0
        for block in parse_markdown(markdown):
            number = number + 1 if block.kind == "number" else 0
            self._body.addWidget(self._block(block, number))

    def _block(self, block: BodyBlock, number: int) -> QLabel:
        if block.kind == "heading":
            return label(block.text, "title", wrap=True)
        made = QLabel()
        made.setWordWrap(True)
        made.setTextFormat(Qt.TextFormat.RichText)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        size, colors = self._theme.px(15), self._theme.colors
        words = "".join(_span_html(span) for span in block.spans)
        mark = f"{number}." if number else "•" if block.kind == "bullet" else ""
        if mark:
            # A table: a list of Qt's takes half the width of a narrow column for its indent.
            cells = f"<td>{mark}&nbsp;&nbsp;</td><td>{_space_lines(words)}</td>"
            words = f"<table cellspacing=0 cellpadding=0><tr>{cells}</tr></table>"
        if block.kind == "quote":
            words = f"<i>{words}</i>"
            made.setIndent(self._theme.px(14))
        tone = colors["muted"] if block.kind == "quote" else colors["text"]
        made.setText(f'<div style="font-size:{size}px; color:{tone}">{words if mark else _space_lines(words)}</div>')
        return made


def picture_image(rgb: bytes) -> QImage:
    """A picture of a lesson from its pixels (``services.lesson_papers.paint_lesson_picture``)."""
    width, height = LESSON_PICTURE
    return QImage(rgb, width, height, width * 3, QImage.Format.Format_RGB888).copy()


def _space_lines(words: str) -> str:
    """As far apart as a long text wants its lines; what a table stands in does not count for its cells."""
    return f'<div style="line-height:142%">{words}</div>'


def _span_html(span: TextSpan) -> str:
    words = escape(span.text)
    if span.bold:
        words = f"<b>{words}</b>"
    return f"<i>{words}</i>" if span.italic else words

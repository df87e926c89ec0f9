"""How the text stands on its page: a centred column under a header that scrolls with it, signs for lists and quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QTextFrameFormat

from studio.ui.write.block_editor import BlockEdit
from studio.ui.write.document_mirror import restyle
from studio.ui.write.text_style import TextStyle, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPaintEvent, QResizeEvent, QTextBlock
    from PySide6.QtWidgets import QWidget

    from studio.ui.core.window_theme import WindowTheme

COLUMN = 640
"""Widest line of text, in design pixels: about 75 letters."""
# Design pixels: beside the column, the same in a narrow window, and below the last line.
_EDGE = 44
_NARROW_EDGE = 20
_FOOT = 56
_EYE_LEVEL = 0.42
"""Where on the screen the line stands while typewriter scrolling is on."""
LEAST_ZOOM, MOST_ZOOM = 0.7, 2.5


class PageEdit(BlockEdit):
    """The editor with its page.

    Args:
        theme: colours and fonts.
        placeholder: what an empty text says.
        zoom: size of the text alone, 0.7 to 2.5.
    """

    def __init__(self, theme: WindowTheme, placeholder: str, zoom: float = 1.0, parent: QWidget | None = None) -> None:
        super().__init__(TextStyle(theme, _within(zoom)), parent)
        self._theme = theme
        self._placeholder = placeholder
        self._header: QWidget | None = None
        self._typewriter = False
        self.setObjectName("storyBody")
        self.setProperty("look", "bare")
        # A story has no tabs. Qt asks the parents of a field where Tab leads to, and this editor is the parent of all
        # fields above it: kept here, the key would type a tab into the headline.
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._move_header)
        self._set_font()

    # -------------------------------------------------------------------------------------------- header

    def set_header(self, header: QWidget) -> None:
        """Put a widget above the first line; it scrolls with the text."""
        self._header = header
        header.setParent(self.viewport())
        header.installEventFilter(self)
        header.show()
        self.arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the header when it grows."""
        if watched is self._header and event.type() == QEvent.Type.LayoutRequest:
            self.arrange()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle."""
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Set the margins for the room there is."""
        room = self.width() - self._theme.px(10)
        edge = self._theme.px(_EDGE if room > self._theme.px(520) else _NARROW_EDGE)
        column = min(room - 2 * edge, self.text_style.px(COLUMN))
        side = max(edge, (room - column) // 2)
        margins = self.viewportMargins()
        if (margins.left(), margins.right()) != (side, side):
            self.setViewportMargins(side, 0, side, 0)
        top = 0
        if self._header is not None:
            width = self.viewport().width()
            tall = self._header.heightForWidth(width)
            self._header.resize(width, tall if tall > 0 else self._header.sizeHint().height())
            top = self._header.height()
        self._set_top(top)
        # setTextWidth lays out all of the text anew, at the width it has as well.
        if round(self.document().textWidth()) != self.viewport().width():
            self.document().setTextWidth(self.viewport().width())
        self._move_header()

    def _set_top(self, top: int) -> None:
        foot = round(self.viewport().height() * 0.5) if self._typewriter else self._theme.px(_FOOT)
        frame = self.document().rootFrame()
        wanted = QTextFrameFormat(frame.frameFormat())
        wanted.setTopMargin(top)
        wanted.setBottomMargin(foot)
        if wanted != frame.frameFormat():
            with self.quietly():
                frame.setFrameFormat(wanted)
                if self.document().isEmpty():  # Qt forgets to lay the only block out again
                    self.document().markContentsDirty(0, 1)

    def _move_header(self) -> None:
        if self._header is not None:
            self._header.move(0, -self.verticalScrollBar().value())

    # -------------------------------------------------------------------------------------------- size, scrolling

    def set_zoom(self, zoom: float) -> None:
        """Set the size of the text, 0.7 to 2.5."""
        self.text_style = TextStyle(self._theme, _within(zoom))
        self._set_font()
        with self.quietly():
            restyle(self.document(), 0, self.document().blockCount() - 1, self.text_style)
        self.arrange()
        self.ensureCursorVisible()

    def _set_font(self) -> None:
        """The style sheet gives the font; a size of its own needs a sheet of its own, which wins over ``setFont``."""
        size = self.text_style.font().pixelSize()
        if self.text_style.zoom != 1.0 or self.styleSheet():
            self.setStyleSheet(f"#storyBody {{ font-size: {size}px; }}")
        self.setCursorWidth(self._theme.px(2))

    def set_typewriter(self, on: bool) -> None:
        """Keep the line that is written at eye level."""
        self._typewriter = on
        self.arrange()
        self.keep_in_sight()

    def keep_in_sight(self) -> None:
        """Scroll so that the cursor can be seen."""
        if not self._typewriter:
            self.ensureCursorVisible()
            return
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect().center().y() - round(self.viewport().height() * _EYE_LEVEL))

    # -------------------------------------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, then the signs beside it."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        offset = -self.verticalScrollBar().value()
        for block in self._blocks_in(event.rect().top() - offset, event.rect().bottom() - offset):
            self._paint_sign(painter, block, offset)
        if self.mirror.empty and self.document().blockCount() == 1 and not self.textCursor().block().text():
            painter.setPen(self._theme.color("faint"))
            painter.setFont(self.text_style.font())
            here = self.cursorRect()
            room = QRectF(here.x(), here.y(), self.viewport().width() - here.x(), self.viewport().height() - here.y())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap), self._placeholder)
        painter.end()

    def _blocks_in(self, top: float, bottom: float) -> Iterator[QTextBlock]:
        """The blocks between two heights of the document that are not plain paragraphs."""
        layout = self.document().documentLayout()
        first = layout.hitTest(QPointF(0, top), Qt.HitTestAccuracy.FuzzyHit)
        block = self.document().findBlock(max(0, first))
        while block.isValid():
            if layout.blockBoundingRect(block).top() > bottom:
                return
            if kind_of(block.blockFormat()) not in {"paragraph", "heading"}:
                yield block
            block = block.next()

    def _paint_sign(self, painter: QPainter, block: QTextBlock, offset: int) -> None:
        style, theme = self.text_style, self._theme
        kind = kind_of(block.blockFormat())
        room = self.document().documentLayout().blockBoundingRect(block).translated(0, offset)
        if kind == "quote":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("tint_edge"))
            painter.drawRoundedRect(QRectF(0, room.top(), style.px(3), room.height()), style.px(1.5), style.px(1.5))
            return
        if not block.layout().lineCount():
            return
        first = block.layout().lineAt(0)
        base = room.top() + first.y() + first.ascent()
        indent = block.blockFormat().leftMargin()
        if kind == "bullet":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            size = style.px(2.8)
            painter.drawEllipse(QPointF(indent - style.px(14), base - style.px(5)), size, size)
            return
        painter.setPen(theme.color("accent"))
        painter.setFont(style.font())
        place = QRectF(0, base - first.ascent(), indent - style.px(7), first.ascent() * 1.3)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop), f"{self._number(block)}.")

    def _number(self, block: QTextBlock) -> int:
        """The number of a list item: how many stand above it without a break, and itself."""
        number, blocks = 1, self.mirror.blocks
        at = block.blockNumber() - 1
        while at >= 0 and blocks[at].kind == "number":
            number, at = number + 1, at - 1
        return number


def _within(zoom: float) -> float:
    return min(MOST_ZOOM, max(LEAST_ZOOM, round(zoom, 2)))

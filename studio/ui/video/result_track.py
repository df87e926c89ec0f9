"""The result from left to right: cards and kept pieces in their order, to be dragged into another one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from studio.base.timecode import short_seconds, timecode_text
from studio.story.clips import pieces_length, to_result
from studio.ui.media.focus_frame import FocusFrame
from studio.ui.media.media_keys import code_of, playing_code

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from studio.base.locale_forms import Language
    from studio.story.model import Cut
    from studio.ui.core.window_theme import WindowTheme

_HEIGHT = 34
_LEAST = 26
"""Design pixels of the narrowest block as long as all find room: a tenth of a second must be pressed too."""


@dataclass(frozen=True, slots=True)
class TrackRow:
    """What the track shows.

    Attributes:
        cuts: kept pieces in their order.
        chosen: number of the piece that is worked on.
        lead: seconds of the title card, 0 without one.
        tail: seconds of the closing card.
        lead_name: what the title card is called.
        tail_name: what the closing card is called.
        unit: how seconds are abbreviated.
        locked: nothing can be changed.
    """

    cuts: tuple[Cut, ...] = ()
    chosen: int = 0
    lead: float = 0.0
    tail: float = 0.0
    lead_name: str = ""
    tail_name: str = ""
    unit: str = ""
    locked: bool = False


def length_text(seconds: float, unit: str, language: Language) -> str:
    """How long a piece is: in seconds, from a minute on as a timecode."""
    return f"{short_seconds(seconds, language)} {unit}" if seconds < 60 else timecode_text(seconds, language)


class ResultTrack(FocusFrame):
    """Shows the result; a block is chosen by pressing it and moved by dragging.

    Args:
        theme: colours and lengths.
        language: how lengths are written.
    """

    picked = Signal(int)
    moved = Signal(int, int)
    """Piece and its new place."""
    sought = Signal(float)
    """Time of the result, cards included."""
    asked = Signal(str)
    """See ``media_keys.playing_code``; also "previous", "next", "earlier", "later" and "remove"."""

    def __init__(self, theme: WindowTheme, language: Language) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self._row = TrackRow()
        self._at = 0.0
        self._pressed = -1
        self._began = QPointF()
        self._gap: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(_HEIGHT))

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self._theme.px(600), self._theme.px(_HEIGHT))

    def show_row(self, row: TrackRow) -> None:
        """Show this result."""
        if row != self._row:
            self._row = row
            self.update()

    @property
    def row(self) -> TrackRow:
        """What is shown."""
        return self._row

    def show_position(self, seconds: float) -> None:
        """Put the playhead at a time of the result."""
        if seconds != self._at:
            self._at = seconds
            self.update()

    def show_source(self, number: int, seconds: float) -> None:
        """Put the playhead where a piece shows a time of the original."""
        if 0 <= number < len(self._row.cuts):
            self.show_position(self._row.lead + to_result(self._row.cuts, number, seconds))

    # ------------------------------------------------------------------------------------------- geometry

    def _lengths(self) -> list[float]:
        return [self._row.lead, *(cut.end - cut.start for cut in self._row.cuts), self._row.tail]

    def blocks(self) -> list[QRectF]:
        """Where title card, pieces and closing card are; empty for a card that is not there."""
        lengths = self._lengths()
        px = self._theme.px
        there = max(1, sum(1 for each in lengths if each > 0))
        least = min(px(_LEAST), (self.width() - 2.0) / there)  # thirty pieces must fit, too: none is out of reach
        room = max(0.0, self.width() - 2.0 - there * least)
        total = max(0.001, sum(lengths))
        x, made = 1.0, []
        for each in lengths:
            wide = least + room * each / total if each > 0 else 0.0
            made.append(QRectF(x, px(3), max(0.0, wide - min(px(2), wide / 4)), self.height() - px(6)))
            x += wide
        return made

    def _piece_at(self, at: QPointF) -> int:
        for number, block in enumerate(self.blocks()[1:-1]):
            # Higher than it is painted: blocks are narrow, and hands are not steady.
            if block.adjusted(-1, -9, 1, 9).contains(at):
                return number
        return -1

    def _time_at(self, x: float) -> float:
        before = 0.0
        for block, long in zip(self.blocks(), self._lengths(), strict=True):
            if long > 0 and x <= block.right():
                return before + long * min(1.0, max(0.0, (x - block.left()) / max(1.0, block.width())))
            before += long
        return before

    def _x_of(self, seconds: float) -> float:
        before = 0.0
        for block, long in zip(self.blocks(), self._lengths(), strict=True):
            if long > 0 and seconds <= before + long:
                return block.left() + block.width() * (seconds - before) / long
            before += long
        return self.blocks()[-1].right()

    # ------------------------------------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Blocks, the place a block would go to, the playhead."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._row.cuts:
            blocks = self.blocks()
            self._paint_block(painter, blocks[0], self._row.lead_name, "info_bg", "info")
            self._paint_block(painter, blocks[-1], self._row.tail_name, "info_bg", "info")
            for number, cut in enumerate(self._row.cuts):
                text = f"{number + 1}  ·  {length_text(cut.end - cut.start, self._row.unit, self._language)}"
                if blocks[number + 1].width() < self._theme.px(70):
                    text = str(number + 1)
                chosen = number == self._row.chosen
                ground, ink = ("accent", "on_accent") if chosen else ("tint", "accent")
                self._paint_block(painter, blocks[number + 1], text, ground, ink)
            if self._gap is not None:
                edge = blocks[self._gap + 1].left() if self._gap < len(self._row.cuts) else blocks[-2].right()
                painter.setPen(QPen(self._theme.color("warn"), self._theme.px(3)))
                painter.drawLine(QPointF(edge, 1), QPointF(edge, self.height() - 1))
            painter.setPen(QPen(self._theme.color("bad"), self._theme.px(2)))
            x = self._x_of(self._at)
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("accent"), self._theme.px(2)))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), self._theme.px(7), self._theme.px(7))
        painter.end()

    def _paint_block(self, painter: QPainter, area: QRectF, text: str, ground: str, ink: str) -> None:
        if area.width() <= 0:
            return
        painter.setPen(QPen(self._theme.color("tint_edge"), 1))
        painter.setBrush(self._theme.color(ground))
        painter.drawRoundedRect(area, self._theme.px(6), self._theme.px(6))
        painter.setPen(self._theme.color(ink))
        painter.setFont(self._theme.font("tiny"))
        room = int(area.width()) - (2 if text.isdecimal() else 6)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        if text.isdecimal() and shown != text:
            shown = ""  # half a number is another one
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, shown)

    # ------------------------------------------------------------------------------------------- mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a block and go there."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() != Qt.MouseButton.LeftButton or not self._row.cuts:
            return
        self._pressed = self._piece_at(event.position())
        self._began = event.position()
        if self._pressed >= 0:
            self.picked.emit(self._pressed)
        self.sought.emit(self._time_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag a block to another place."""
        if self._pressed < 0 or self._row.locked or len(self._row.cuts) < 2:
            return
        if abs(event.position().x() - self._began.x()) < self._theme.px(10):
            return
        middles = [block.center().x() for block in self.blocks()[1:-1]]
        self._gap = sum(1 for middle in middles if middle < event.position().x())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop it."""
        gap, self._gap = self._gap, None
        pressed, self._pressed = self._pressed, -1
        if gap is not None and pressed >= 0:
            to = gap - 1 if gap > pressed else gap
            if to != pressed:
                self.moved.emit(pressed, to)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose a piece, with Alt they move it; the rest plays and moves."""
        ways = {"move_up": "earlier", "move_down": "later", "remove": "remove"}
        way = ways.get(code_of(event, "media"), "") or playing_code(event)
        if way:
            self.asked.emit(way)
        else:
            super().keyPressEvent(event)

    @property
    def seconds(self) -> float:
        """Length of the complete result."""
        return self._row.lead + pieces_length(self._row.cuts) + self._row.tail

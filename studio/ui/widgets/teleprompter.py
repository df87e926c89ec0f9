"""A script that scrolls at the reader's pace, like the glass before a news camera."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from studio.base.font_table import OWN_SERIF
from studio.services.broadcast_programme import line_seconds, within_bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent, QTextBlock

    from studio.ui.core.window_theme import WindowTheme

# Thirty times a second, as often as a video has pictures.
_TICK_MS = 33
_LINE_AT = 0.36
"""Where in the view the line being read stands: what comes next needs more room than what was read."""
_STEP = 1.05
"""A press on faster or slower changes the pace by five percent."""
_SIZES = (16, 20, 24, 30, 36, 44)
"""Points of the type."""
_GLUE = "\u00a0"


class TeleprompterView(QTextBrowser):
    """Shows a marked script and moves it. Space starts and stops, Left and Right change the pace, Home goes back.

    Args:
        theme: colours and sizes.
    """

    running_changed = Signal(bool)
    pace_changed = Signal(float)
    """The reader wants another pace: by key or button, and not by ``set_pace``."""
    moved = Signal(float, float)
    """Seconds read, and seconds in all."""

    def __init__(self, theme: WindowTheme) -> None:
        super().__init__()
        self._theme = theme
        self._size = 2
        self._lines: tuple[str, ...] = ()
        self._begins: list[float] = []
        self._whole = 0.0
        self._read = 0.0
        self.pace = within_bounds()
        self._watch = QElapsedTimer()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.setOpenLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("look", "framed")

    @property
    def running(self) -> bool:
        """Whether it moves."""
        return self._timer.isActive()

    @property
    def seconds(self) -> float:
        """How long the script takes at this pace."""
        return self._whole

    def set_script(self, text: str) -> None:
        """Show a script from its beginning: a sentence a line, with breath marks."""
        self.stop()
        self._lines = tuple(line for line in text.splitlines() if line.strip())
        self._set_text()
        self._time()
        self.restart()

    def set_pace(self, pace: float) -> None:
        """Move at ``pace`` syllables a second; the sentence that is read stays where it is."""
        part = self._read / self._whole if self._whole else 0.0
        self.pace = within_bounds(pace)
        self._time()
        self._read = part * self._whole
        self._scroll_to_moment()

    def faster(self) -> None:
        """Five percent faster."""
        self.set_pace(self.pace * _STEP)
        self.pace_changed.emit(self.pace)

    def slower(self) -> None:
        """Five percent slower."""
        self.set_pace(self.pace / _STEP)
        self.pace_changed.emit(self.pace)

    def resize_type(self, steps: int) -> None:
        """Larger or smaller type."""
        self._size = min(len(_SIZES) - 1, max(0, self._size + steps))
        self._set_text()
        self._scroll_to_moment()

    def toggle(self) -> None:
        """Start, go on, or stop; at its end from the beginning."""
        if self.running:
            self.stop()
            return
        if self._read >= self._whole:
            self._read = 0.0
        if self._lines:
            self._watch.start()
            self._timer.start()
            self.running_changed.emit(True)

    def stop(self) -> None:
        """Stand still."""
        if self.running:
            self._timer.stop()
            self.running_changed.emit(False)

    def restart(self) -> None:
        """Back to the beginning, standing."""
        self.stop()
        self._read = 0.0
        self._scroll_to_moment()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a reader whose eyes are on the text."""
        calls: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Space: self.toggle,
            Qt.Key.Key_Right: self.faster,
            Qt.Key.Key_Left: self.slower,
            Qt.Key.Key_Home: self.restart,
            Qt.Key.Key_Plus: lambda: self.resize_type(1),
            Qt.Key.Key_Minus: lambda: self.resize_type(-1),
        }
        call = calls.get(Qt.Key(event.key()))
        if call is None:
            super().keyPressEvent(event)
            return
        call()
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the line that is read where it is."""
        super().resizeEvent(event)
        self._set_text()
        self._scroll_to_moment()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt scrolls to where the text was put in last, which is its end: back to the line that is read."""
        super().showEvent(event)
        self._scroll_to_moment()

    # ------------------------------------------------------------------------------------------------ inside

    def _time(self) -> None:
        """When each line begins, in seconds."""
        times = line_seconds(self._lines, self.pace)
        self._begins = [0.0, *accumulate(times)][:-1] if times else []
        self._whole = sum(times)

    def _set_text(self) -> None:
        document = self.document()
        document.clear()
        font = QFont(OWN_SERIF)
        font.setPointSizeF(_SIZES[self._size] * self._theme.px(100) / 100)
        document.setDefaultFont(font)
        cursor = QTextCursor(document)
        form = QTextBlockFormat()
        form.setLineHeight(150, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        form.setTopMargin(self._theme.px(10))
        cursor.setBlockFormat(form)
        margin = self._theme.px(28)
        cursor.insertText("\n".join(_loosened(self._lines, QFontMetricsF(font), self.viewport().width() - 2 * margin)))
        # Room above and below, so that the first and the last line can come to the reading line. It is the frame's:
        # margins of the first and the last block count for nothing.
        frame = document.rootFrame().frameFormat()
        frame.setMargin(margin)
        frame.setTopMargin(self.viewport().height() * _LINE_AT)
        frame.setBottomMargin(self.viewport().height() * (1 - _LINE_AT))
        document.rootFrame().setFrameFormat(frame)

    def _tick(self) -> None:
        # By the clock and not by the ticks, of which a busy laptop drops some.
        self._read = min(self._whole, self._read + self._watch.restart() / 1000)
        self._scroll_to_moment()
        if self._read >= self._whole:
            self.stop()

    def _scroll_to_moment(self) -> None:
        """Scroll to the moment that is read, and mark its sentence."""
        self.moved.emit(self._read, self._whole)
        if not self._begins:
            self.setExtraSelections([])
            return
        at = max(0, bisect_right(self._begins, self._read) - 1)
        ends = [*self._begins[1:], self._whole]
        part = (self._read - self._begins[at]) / max(0.01, ends[at] - self._begins[at])
        block = self.document().findBlockByNumber(at)
        top = self._block_top(block)
        # On to where the next sentence stands, the gap between them included: a script that jumps is hard to follow.
        below = (
            self._block_top(block.next()) if block.next().isValid() else top + block.layout().boundingRect().height()
        )
        self.verticalScrollBar().setValue(round(top + part * (below - top) - self.viewport().height() * _LINE_AT))
        self.setExtraSelections(self._sentence_mark(block.position(), block.length()))

    def _block_top(self, block: QTextBlock) -> float:
        """Where the first line of a block stands in the document."""
        top = self.document().documentLayout().blockBoundingRect(block).top()
        return top + block.layout().lineAt(0).y() if block.layout().lineCount() else top

    def _sentence_mark(self, start: int, length: int) -> Sequence[QTextEdit.ExtraSelection]:
        mark, look = QTextEdit.ExtraSelection(), QTextCharFormat()
        look.setBackground(self._theme.color("tint"))
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(start + max(0, length - 1), QTextCursor.MoveMode.KeepAnchor)
        mark.cursor, mark.format = cursor, look
        return [mark]


def _loosened(lines: Sequence[str], metrics: QFontMetricsF, width: float) -> Iterator[str]:
    """Lines; words kept together that are wider than ``width`` may part at their spaces, or they would break inside."""
    for line in lines:
        parts = line.split(" ")
        yield " ".join(p.replace(_GLUE, " ") if metrics.horizontalAdvance(p) > width else p for p in parts)

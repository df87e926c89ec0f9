"""The original from left to right: pictures, sound, what is kept of it, and the playhead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from studio.ui.media.focus_frame import FocusFrame
from studio.ui.media.media_keys import code_of, playing_code
from studio.ui.video.timeline_chart import HANDLE, RULER, TimelineChart

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from studio.base.locale_forms import Language
    from studio.ui.core.window_theme import WindowTheme
    from studio.ui.video.timeline_chart import TimelineTracks

Grip = Literal["", "head", "start", "end"]


class ClipTimeline(FocusFrame):
    """Shows a clip in time; pieces are trimmed by their handles, the playhead is dragged anywhere else.

    Args:
        theme: colours and lengths.
    """

    sought = Signal(float)
    """Put the playhead there (seconds of the original)."""
    trimmed = Signal(int, str, float)
    """A piece, "start" or "end", and where to."""
    picked = Signal(int)
    """This piece is to be worked on."""
    remark_asked = Signal(str)
    """What this comment says is to be shown."""
    gripped = Signal()
    """A handle is taken."""
    released = Signal()
    cancelled = Signal()
    """A drag is given up: what it did is to be as it was."""
    asked = Signal(str)
    """See ``media_keys.playing_code``; also "previous", "next" and "remove"."""

    def __init__(self, theme: WindowTheme, language: Language) -> None:
        super().__init__()
        self._theme = theme
        self.chart = TimelineChart(theme, language)
        self._grip: Grip = ""
        self._gripped = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self.chart.scale.height())

    def set_low(self, low: bool) -> None:
        """Take less height, or the usual one."""
        self.chart.scale.low = low
        self.setFixedHeight(self.chart.scale.height())
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(self._theme.px(700), self.chart.scale.height())

    # ------------------------------------------------------------------------------------------- what it shows

    def clear(self) -> None:
        """Another clip comes."""
        self.chart.clear()
        self.update()

    def show_tracks(self, tracks: TimelineTracks) -> None:
        """Show what was edited."""
        if tracks != self.chart.scale.tracks:
            self.chart.scale.tracks = tracks
            self.update()

    def add_picture(self, number: int, count: int, image: QImage, seconds: float) -> None:
        """One picture of the filmstrip, out of ``count``, and its time."""
        self.chart.count = count
        self.chart.pictures[number], self.chart.taken[number] = image, seconds
        self.update()

    def show_peaks(self, peaks: tuple[float, ...]) -> None:
        """Show the sound."""
        self.chart.peaks = peaks
        self.update()

    def show_position(self, seconds: float) -> None:
        """Put the playhead there, and keep it in view."""
        if seconds != self.chart.scale.at:
            self.chart.scale.follow(seconds)
            self.update()

    def zoom(self, factor: float) -> None:
        """Show a shorter stretch (above 1) or a longer one, around the playhead."""
        self.chart.scale.zoom_by(factor)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Times lie elsewhere now."""
        self.chart.scale.width = self.width()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.chart.paint(painter, self.devicePixelRatioF())
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("accent"), self._theme.px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), self._theme.px(7), self._theme.px(7))
        painter.end()

    # ------------------------------------------------------------------------------------------- mouse and keys

    def _grip_at(self, at: QPointF) -> Grip:
        chosen, cuts = self.chart.scale.tracks.chosen, self.chart.scale.tracks.cuts
        if self.chart.scale.tracks.locked or not 0 <= chosen < len(cuts) or at.y() < self._theme.px(RULER):
            return "head"
        near = self._theme.px(HANDLE)
        start, end = self.chart.scale.x_of(cuts[chosen].start), self.chart.scale.x_of(cuts[chosen].end)
        # A handle is caught outside its piece and a little way in: further inside, the playhead is dragged.
        if start - near <= at.x() <= start + 3:
            return "start"
        return "end" if end - 3 <= at.x() <= end + near else "head"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a handle or the playhead; a piece that is pressed is the one that is worked on."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() != Qt.MouseButton.LeftButton or self.chart.scale.tracks.seconds <= 0:
            return
        if remark := self.chart.scale.remark_at(event.position().x(), event.position().y()):
            self.remark_asked.emit(remark)
            return
        self._grip = self._grip_at(event.position())
        self._gripped = self.chart.scale.tracks.chosen
        if self._grip == "head":
            at = self.chart.scale.time_of(event.position().x())
            if event.position().y() >= self._theme.px(RULER):
                self._pick_at(at)
            self.sought.emit(at)
        else:
            self.gripped.emit()

    def _pick_at(self, seconds: float) -> None:
        holding = [number for number, cut in enumerate(self.chart.scale.tracks.cuts) if cut.start <= seconds < cut.end]
        if holding and self.chart.scale.tracks.chosen not in holding:
            self.picked.emit(holding[0])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag."""
        if not self._grip:
            sides = self._grip_at(event.position()) in {"start", "end"}
            self.setCursor(Qt.CursorShape.SizeHorCursor if sides else Qt.CursorShape.ArrowCursor)
            return
        at = self.chart.scale.time_of(event.position().x())
        if self._grip == "head":
            self.sought.emit(at)
        else:
            self.trimmed.emit(self._gripped, self._grip, at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._grip:
            self._grip = ""
            self.released.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel: closer or farther. The wheel alone moves along."""
        # Touchpads send sideways scrolling as x.
        turn = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.25 if turn > 0 else 0.8)
        else:
            # A notch of a wheel is 120: a tenth of what is seen.
            self.chart.scale.scroll(-turn / 1200 * self.chart.scale.span())
            self.update()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose a piece, plus and minus zoom, the rest plays and moves."""
        ways = {"move_up": "earlier", "move_down": "later", "remove": "remove"}
        if self._grip in {"start", "end"} and code_of(event, "canvas") == "box_let_go":
            self._grip = ""
            self.cancelled.emit()
        elif event.text() in {"+", "=", "-"}:
            self.zoom(0.8 if event.text() == "-" else 1.25)
        elif way := playing_code(event) or ways.get(code_of(event, "media"), ""):
            self.asked.emit(way)
        else:
            super().keyPressEvent(event)

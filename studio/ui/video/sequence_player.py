"""Plays the result: the kept pieces in a row, with the cards before and after them, on the clock of the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from studio.story.clips import pieces_length, to_result, to_source
from studio.ui.video.clip_player import RATES

if TYPE_CHECKING:
    from studio.story.model import Cut
    from studio.ui.video.clip_player import ClipPlayer

_TICK = 40


class ResultPlayer(QObject):
    """Drives the player through the kept pieces; alive only while ``active``.

    Args:
        player: what shows the clip.
    """

    moved = Signal(float)
    """Time of the result, cards included."""
    running = Signal(bool)
    changed = Signal()
    """It is longer or shorter now."""

    def __init__(self, player: ClipPlayer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._cuts: tuple[Cut, ...] = ()
        self.lead = self.tail = 0.0
        self.at = 0.0
        self.piece = 0
        self.active = False
        self.playing = False
        self.looping = False
        self.rate = 1.0
        self._clock = QElapsedTimer()
        self._since = 0.0
        self._timer = QTimer(self, interval=_TICK)
        self._timer.timeout.connect(self._tick)
        player.moved.connect(self._on_moved)
        player.reached.connect(self._on_reached)

    @property
    def seconds(self) -> float:
        """Length of the whole result."""
        return self.lead + pieces_length(self._cuts) + self.tail

    def set_pieces(self, cuts: tuple[Cut, ...], lead: float, tail: float) -> None:
        """What is played: kept pieces, seconds of the cards before and after."""
        if (cuts, lead, tail) == (self._cuts, self.lead, self.tail):
            return
        self._cuts, self.lead, self.tail = cuts, lead, tail
        self.changed.emit()
        if self.active:
            self.seek(min(self.at, self.seconds))

    def enter(self, at: float) -> None:
        """Take over the player, at a time of the result."""
        self.active = True
        self.seek(at)

    def leave(self) -> None:
        """Give the player back."""
        self.pause()
        self.active = False
        self._player.limit = None

    def seek(self, at: float) -> None:
        """Go to a time of the result; goes on playing if it did."""
        if not self._cuts:
            return
        playing = self.playing
        self._stop()
        self.at = max(0.0, min(at, self.seconds))
        self.piece, source = to_source(self._cuts, self.at - self.lead)
        self._player.seek(source)
        self.moved.emit(self.at)
        if playing:
            self._go()

    def faster(self, direction: int) -> None:
        """What J (-1) and L (1) do: start that way, and each further press runs faster."""
        speeds = [rate * direction for rate in RATES]
        at = speeds.index(self.rate) + 1 if self.playing and self.rate in speeds else 0
        self.play(speeds[min(at, len(speeds) - 1)])

    def play(self, rate: float = 1.0) -> None:
        """Run, forwards or (``rate`` below 0) backwards; from the beginning again once it was over."""
        if not self._cuts:
            return
        if rate > 0 and self.at >= self.seconds - 0.06:
            self.seek(0.0)
        self._stop()
        self.rate = rate
        self.playing = True
        self.running.emit(True)
        self._go()

    def pause(self) -> None:
        """Stand still."""
        self._stop()
        if self.playing:
            self.playing = False
            self.running.emit(False)

    def _stop(self) -> None:
        self._timer.stop()
        self._player.pause()

    def _go(self) -> None:
        inside = self.at - self.lead
        if self.rate < 0 or inside < 0 or inside >= pieces_length(self._cuts) - 0.02:
            self._since = self.at
            self._clock.start()
            self._timer.start()
            return
        self.piece, source = to_source(self._cuts, inside)
        self._player.limit = self._cuts[self.piece].end
        if abs(self._player.position - source) > 0.001:
            self._player.seek(source)
        self._player.play(self.rate)

    def _tick(self) -> None:
        """A card stands: only the clock goes on. Backwards it goes for everything."""
        before = self.at
        self.at = max(0.0, min(self._since + self._clock.elapsed() / 1000 * self.rate, self.seconds))
        if self.rate < 0:
            self.piece, source = to_source(self._cuts, self.at - self.lead)
            self._player.seek(source)
            self.moved.emit(self.at)
            if self.at <= 0:
                self.pause()
            return
        if before < self.lead <= self.at:
            self._timer.stop()
            self.at = self.lead
            self.moved.emit(self.at)
            self._go()
            return
        self.moved.emit(self.at)
        if self.at >= self.seconds:
            self.pause()

    def _on_moved(self, seconds: float) -> None:
        if self.active and self.playing and self._player.rate > 0:
            self.at = self.lead + to_result(self._cuts, self.piece, seconds)
            self.moved.emit(self.at)

    def _on_reached(self) -> None:
        if not (self.active and self.playing):
            return
        self._player.pause()
        if self.looping:
            self.at = self.lead + pieces_length(self._cuts[: self.piece])
            self._go()
            return
        self.at = self.lead + pieces_length(self._cuts[: self.piece + 1])
        if self.piece + 1 < len(self._cuts):
            self.piece += 1
            self._player.seek(self._cuts[self.piece].start)
        elif not self.tail:
            self.moved.emit(self.at)
            self.pause()
            return
        self._go()

"""Plays the result as one sequence of its pieces, and moves the playhead of result and original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from studio.story.clips import pieces_length, to_result, to_source
from studio.ui.video.clip_player import RATES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.story.model import Cut
    from studio.ui.video.clip_player import ClipPlayer
    from studio.ui.video.desk_state import DeskState


# Milliseconds: 25 times a second, as often as the silent reader shows a picture.
_TICK = 40
_FPS = 30


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
        """Length of the complete result."""
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
            self._play_on()

    def faster(self, direction: int) -> None:
        """What J (-1) and L (1) do: start that way, and each further press runs faster."""
        speeds = [rate * direction for rate in RATES]
        at = speeds.index(self.rate) + 1 if self.playing and self.rate in speeds else 0
        self.play(speeds[min(at, len(speeds) - 1)])

    def play(self, rate: float = 1.0) -> None:
        """Run, forwards or (``rate`` below 0) backwards; from the beginning again once it was over."""
        if not self._cuts:
            return
        # The last picture begins a little before the end.
        if rate > 0 and self.at >= self.seconds - 0.06:
            self.seek(0.0)
        self._stop()
        self.rate = rate
        self.playing = True
        self.running.emit(True)
        self._play_on()

    def pause(self) -> None:
        """Stand still."""
        self._stop()
        if self.playing:
            self.playing = False
            self.running.emit(False)

    def _stop(self) -> None:
        self._timer.stop()
        self._player.pause()

    def _play_on(self) -> None:
        inside = self.at - self.lead
        if self.rate < 0 or inside < 0 or inside >= pieces_length(self._cuts) - 0.02:
            self._since = self.at
            self._clock.start()
            self._timer.start()
            return
        self.piece, source = to_source(self._cuts, inside)
        # There the player stops, and ``_on_reached`` goes on with the next piece.
        self._player.limit = self._cuts[self.piece].end
        # Going where it stands already would decode the same picture once more.
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
            self._play_on()
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
            self._play_on()
            return
        self.at = self.lead + pieces_length(self._cuts[: self.piece + 1])
        if self.piece + 1 < len(self._cuts):
            self.piece += 1
            self._player.seek(self._cuts[self.piece].start)
        elif not self.tail:
            self.moved.emit(self.at)
            self.pause()
            return
        self._play_on()


class PlayTransport(QObject):
    """Moves the playhead.

    Args:
        state: what the desk works on.
        player: shows the clip.
        programme: plays the result.
    """

    def __init__(
        self, state: DeskState, player: ClipPlayer, programme: ResultPlayer, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._player = player
        self._programme = programme
        self.looping = False
        player.reached.connect(self._on_reached)

    @property
    def running(self) -> bool:
        """Whether anything moves."""
        return self._player.rate != 0 or self._programme.playing

    def seek(self, seconds: float) -> None:
        """Put the playhead there, in the original."""
        if self._programme.active and self._state.cuts:
            cuts = self._state.cuts
            piece = _piece_near(cuts, self._state.piece, seconds)
            self._programme.seek(self._programme.lead + to_result(cuts, piece, seconds))
        else:
            self._player.seek(seconds)

    def seek_result(self, at: float) -> None:
        """Put the playhead at a time of the result, in the chosen piece."""
        if self._programme.active:
            self._programme.seek(at)
            return
        inside = at - self._programme.lead - to_result(self._state.cuts, self._state.piece, 0.0)
        self._player.seek(self._state.cuts[self._state.piece].start + max(0.0, inside))

    def toggle(self) -> None:
        """Play, or stand still."""
        if self._programme.active:
            (self._programme.pause if self._programme.playing else self._programme.play)()
        elif self._player.rate:
            self._player.pause()
        else:
            self.set_limit()
            limit, cuts = self._player.limit, self._state.cuts
            # The piece to repeat begins at its start when the playhead is outside it.
            if limit is not None and not cuts[self._state.piece].start <= self._player.position < limit - 0.05:
                self._player.seek(cuts[self._state.piece].start)
            self._player.play()

    def stop(self) -> None:
        """Stand still."""
        self._programme.pause()
        self._player.pause()

    def faster(self, direction: int) -> None:
        """What J (-1) and L (1) do."""
        (self._programme if self._programme.active else self._player).faster(direction)

    def step_frames(self, frames: int) -> None:
        """Some frames on or back."""
        if self._programme.active:
            self._programme.pause()
            self._programme.seek(self._programme.at + frames / _FPS)
        else:
            self._player.step_frames(frames)

    def show_result(self, on: bool) -> None:
        """Play the result from now on, or the original."""
        self.stop()
        if on and self._state.cuts:
            at = to_result(self._state.cuts, self._state.piece, self._state.position)
            self._programme.enter(self._programme.lead + at)
        else:
            self._programme.leave()

    def set_looping(self, on: bool) -> None:
        """Play the chosen piece again and again, or not."""
        self.looping = self._programme.looping = on
        self.set_limit()

    def set_limit(self) -> None:
        """The end of the loop follows the chosen piece."""
        if not self._programme.active:
            looping = self.looping and bool(self._state.cuts)
            self._player.limit = self._state.cuts[self._state.piece].end if looping else None

    def _on_reached(self) -> None:
        if not self._programme.active and self._player.limit is not None:
            self._player.seek(self._state.cuts[self._state.piece].start)


def _piece_near(cuts: Sequence[Cut], chosen: int, seconds: float) -> int:
    """The piece that shows a time of the original: the chosen one if it does, else the nearest."""

    def away(number: int) -> tuple[float, bool]:
        cut = cuts[number]
        return max(cut.start - seconds, seconds - cut.end, 0.0), number != chosen

    return min(range(len(cuts)), key=away)

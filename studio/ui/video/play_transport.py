"""Plays, stops, seeks and loops: the original, or (while the programme is active) the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.story.clips import to_result

if TYPE_CHECKING:
    from studio.ui.video.clip_edits import ClipEditing
    from studio.ui.video.clip_player import ClipPlayer
    from studio.ui.video.sequence_player import ResultPlayer

_FPS = 30


class PlayTransport(QObject):
    """Moves the playhead.

    Args:
        editing: the state of the desk.
        player: shows the clip.
        programme: plays the result.
    """

    def __init__(
        self, editing: ClipEditing, player: ClipPlayer, programme: ResultPlayer, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._editing = editing
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
        if self._programme.active and self._editing.cuts:
            self._programme.seek(self._programme.lead + to_result(self._editing.cuts, self._editing.piece, seconds))
        else:
            self._player.seek(seconds)

    def seek_result(self, at: float) -> None:
        """Put the playhead at a time of the result, in the chosen piece."""
        if self._programme.active:
            self._programme.seek(at)
            return
        inside = at - self._programme.lead - to_result(self._editing.cuts, self._editing.piece, 0.0)
        self._player.seek(self._editing.cuts[self._editing.piece].start + max(0.0, inside))

    def toggle(self) -> None:
        """Play, or stand still."""
        if self._programme.active:
            (self._programme.pause if self._programme.playing else self._programme.play)()
        elif self._player.rate:
            self._player.pause()
        else:
            self.set_limit()
            limit, cuts = self._player.limit, self._editing.cuts
            if limit is not None and not cuts[self._editing.piece].start <= self._player.position < limit - 0.05:
                self._player.seek(cuts[self._editing.piece].start)
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
        if on and self._editing.cuts:
            at = to_result(self._editing.cuts, self._editing.piece, self._editing.position)
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
            looping = self.looping and bool(self._editing.cuts)
            self._player.limit = self._editing.cuts[self._editing.piece].end if looping else None

    def _on_reached(self) -> None:
        if not self._programme.active and self._player.limit is not None:
            self._player.seek(self._editing.cuts[self._editing.piece].start)

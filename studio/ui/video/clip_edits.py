"""Every edit of the desk, for what is worked on. Only here the session is edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from studio.story import clips, cues
from studio.story.model import Cover
from studio.ui.video.desk_state import DeskState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.story.cues import Placed
    from studio.story.model import Box, Cue, Cut, Fit

KEEP = 3.0
"""Seconds of a piece that is kept additionally."""


class ClipEditing(DeskState):
    """What the desk works on, and what can be done with it."""

    # ------------------------------------------------------------------------------------------- pieces

    @Slot()
    def mark_in(self) -> None:
        """The chosen piece begins at the playhead; where that is behind its end, it goes on to the end of the clip."""
        self.done()
        if self.cuts and self.position >= self.cuts[self.piece].end:
            self.edit(clips.trim_piece(self.video_id, self.seconds, self.piece, self.position, self.seconds))
        else:
            self.trim(self.piece, "start", self.position)
        self.done()

    @Slot()
    def mark_out(self) -> None:
        """The chosen piece ends after the frame under the playhead; before its start, it begins with the clip."""
        self.done()
        fps = self.clip.fps if self.clip is not None else 30.0
        end = self.position + 1 / max(1.0, fps)
        if self.cuts and self.position < self.cuts[self.piece].start - 0.001:
            self.edit(clips.trim_piece(self.video_id, self.seconds, self.piece, 0.0, end))
        else:
            self.trim(self.piece, "end", end)
        self.done()

    def trim(self, number: int, side: str, at: float) -> None:
        """Drag a piece's beginning or end."""
        start, end = (at, None) if side == "start" else (None, at)
        self.edit(clips.trim_piece(self.video_id, self.seconds, number, start, end))

    @Slot()
    def split(self) -> None:
        """Divide the piece at the playhead."""
        before = len(self.cuts)
        self.edit(clips.split_piece(self.video_id, self.seconds, self.piece, self.position))
        if len(self.cuts) > before:
            self.choose_piece(self.piece + 1)

    def drop(self) -> bool:
        """Leave the chosen piece out; whether there was another one."""
        if len(self.cuts) < 2:
            return False
        self.edit(clips.remove_piece(self.video_id, self.seconds, self.piece))
        return True

    @Slot()
    def keep(self) -> None:
        """Keep another piece, from the playhead on, after the chosen one."""
        end = min(self.seconds, self.position + KEEP)
        start = max(0.0, min(self.position, end - clips.LEAST))
        at = self.piece + 1
        before = len(self.cuts)
        self.edit(clips.add_piece(self.video_id, self.seconds, start, end, at))
        if len(self.cuts) > before:
            self.choose_piece(at)

    def move_piece(self, number: int, to: int) -> None:
        """Change the order."""
        to = max(0, min(to, len(self.cuts) - 1))
        self.edit(clips.move_piece(self.video_id, self.seconds, number, to))
        self.choose_piece(to)

    def set_pieces(self, cuts: Sequence[Cut]) -> None:
        """Keep exactly these."""
        self.edit(clips.set_pieces(self.video_id, self.seconds, cuts))

    def set_focus(self, x: float, y: float, *, only_piece: bool) -> None:
        """What must stay in the picture."""
        self.edit(clips.set_focus(self.video_id, self.seconds, (x, y), self.piece if only_piece else None))

    @Slot()
    def clear_focus(self) -> None:
        """Back to the middle, everywhere."""
        self.edit(clips.set_focus(self.video_id, self.seconds, None, None))

    def set_fit(self, fit: Fit) -> None:
        """Crop, or the whole picture on a blurred background."""
        self.set(reframe=fit)

    # ------------------------------------------------------------------------------------------- covers

    def add_cover(self, box: Box, *, whole: bool = False) -> None:
        """Hide a part for the whole clip, or the whole picture for the chosen piece; of an uncut clip for good."""
        video = self.video
        if video is None:
            return
        cover = Cover(box=box)
        if whole:
            cut = video.cuts[self.piece] if video.cuts else None
            cover = Cover(whole=True, start=cut.start if cut else None, end=cut.end if cut else None)
        self.edit(clips.add_cover(self.video_id, cover))
        self.choose_cover(len(video.covers))

    def change_cover(self, number: int, merge: str = "", **values: object) -> None:
        """Move, size, time or recolour a cover."""
        self.edit(clips.change_cover(self.video_id, number, merge, **values))

    @Slot()
    def remove_cover(self) -> None:
        """Show what the chosen cover hides."""
        if self.cover >= 0:
            self.edit(clips.remove_cover(self.video_id, self.cover))

    # ------------------------------------------------------------------------------------------- subtitles

    def set_cues(self, found: Sequence[Cue], chosen: int, label: str = "edit.video_cues", merge: str = "") -> None:
        """Replace the subtitles, and work on number ``chosen``."""
        self.edit(cues.set_cues(self.video_id, found, label, merge))
        self.choose_cue(max(-1, min(chosen, len(found) - 1)))

    def place_cues(self, placed: Placed, merge: str = "") -> None:
        """The same for what ``story.cues`` returns."""
        self.set_cues(*placed, merge=merge)

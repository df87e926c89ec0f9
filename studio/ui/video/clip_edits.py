"""Every edit of the desk, for what is worked on. Only here the session is edited."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, Slot

from studio.story import clips, edits, subtitle_cues
from studio.story.cover_path import path_of, put_keyframe
from studio.story.geometry import WHOLE
from studio.story.model import Point
from studio.ui.video.path_card import near_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.story.edits import StoryEdit
    from studio.story.model import Box, Cover, Cue, Cut, Fit
    from studio.story.subtitle_cues import Placed
    from studio.ui.video.desk_state import DeskState

KEEP = 3.0
"""Seconds of a piece that is kept additionally."""


class ClipEditing(QObject):
    """What can be done with the clip that is worked on.

    Args:
        state: what that is.
    """

    def __init__(self, state: DeskState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = state

    def edit(self, edit: StoryEdit) -> None:
        """Change the story."""
        if self.state.video is not None:
            self.state.session.edit(edit)

    def set(self, **values: object) -> None:
        """Change plain fields of the clip."""
        self.edit(edits.change_video(self.state.video_id, **values))

    @Slot()
    def begin_drag(self) -> None:
        """A drag begins."""
        self.state.session.hold()

    @Slot()
    def done(self) -> None:
        """A drag is over: the next one is a step of its own."""
        self.state.session.break_merge()

    # ------------------------------------------------------------------------------------------- pieces

    @Slot()
    def mark_in(self) -> None:
        """The chosen piece begins at the playhead; where that is behind its end, it goes on to the end of the clip."""
        self.done()
        if self.state.cuts and self.state.position >= self.state.cuts[self.state.piece].end:
            self.edit(
                clips.trim_piece(
                    self.state.video_id, self.state.seconds, self.state.piece, self.state.position, self.state.seconds
                )
            )
        else:
            self.trim(self.state.piece, "start", self.state.position)
        self.done()

    @Slot()
    def mark_out(self) -> None:
        """The chosen piece ends after the frame under the playhead; before its start, it begins with the clip."""
        self.done()
        fps = self.state.clip.fps if self.state.clip is not None else 30.0
        end = self.state.position + 1 / max(1.0, fps)
        if self.state.cuts and self.state.position < self.state.cuts[self.state.piece].start - 0.001:
            self.edit(clips.trim_piece(self.state.video_id, self.state.seconds, self.state.piece, 0.0, end))
        else:
            self.trim(self.state.piece, "end", end)
        self.done()

    def trim(self, number: int, side: str, at: float) -> None:
        """Drag a piece's beginning or end."""
        start, end = (at, None) if side == "start" else (None, at)
        self.edit(clips.trim_piece(self.state.video_id, self.state.seconds, number, start, end))

    @Slot()
    def split(self) -> None:
        """Divide the piece at the playhead."""
        before = len(self.state.cuts)
        self.edit(clips.split_piece(self.state.video_id, self.state.seconds, self.state.piece, self.state.position))
        if len(self.state.cuts) > before:
            self.state.choose_piece(self.state.piece + 1)

    def drop(self) -> bool:
        """Leave the chosen piece out; whether there was another one."""
        if len(self.state.cuts) < 2:
            return False
        self.edit(clips.remove_piece(self.state.video_id, self.state.seconds, self.state.piece))
        return True

    @Slot()
    def keep_piece(self) -> None:
        """Keep another piece, from the playhead on, after the chosen one."""
        end = min(self.state.seconds, self.state.position + KEEP)
        # At the very end of the clip it begins early enough to be a piece.
        start = max(0.0, min(self.state.position, end - clips.LEAST))
        at = self.state.piece + 1
        before = len(self.state.cuts)
        self.edit(clips.add_piece(self.state.video_id, self.state.seconds, start, end, at))
        if len(self.state.cuts) > before:
            self.state.choose_piece(at)

    def move_piece(self, number: int, to: int) -> None:
        """Change the order."""
        to = max(0, min(to, len(self.state.cuts) - 1))
        self.edit(clips.move_piece(self.state.video_id, self.state.seconds, number, to))
        self.state.choose_piece(to)

    def set_pieces(self, cuts: Sequence[Cut]) -> None:
        """Keep exactly these."""
        self.edit(clips.set_pieces(self.state.video_id, self.state.seconds, cuts))

    def set_focus(self, x: float, y: float, *, only_piece: bool) -> None:
        """What must stay in the picture."""
        piece = self.state.piece if only_piece else None
        self.edit(clips.set_focus(self.state.video_id, self.state.seconds, Point(x, y), piece))

    @Slot()
    def clear_focus(self) -> None:
        """Back to the middle, everywhere."""
        self.edit(clips.set_focus(self.state.video_id, self.state.seconds, None, None))

    def set_fit(self, fit: Fit) -> None:
        """Crop, or the whole picture on a blurred background."""
        self.set(reframe=fit)

    # ------------------------------------------------------------------------------------------- covers

    def add_cover(self, kind: Cover, *, whole: bool = False) -> None:
        """Hide a part for all of the clip, or the whole picture for the chosen piece; of an uncut clip for good.

        Args:
            kind: its box, shape, style and colour.
            whole: the whole picture, whatever the box.
        """
        video = self.state.video
        if video is None:
            return
        cover = kind
        if whole:
            cut = video.cuts[self.state.piece] if video.cuts else None
            start, end = (cut.start, cut.end) if cut else (None, None)
            cover = replace(kind, box=WHOLE, shape="box", whole=True, start=start, end=end)
        self.edit(clips.add_cover(self.state.video_id, cover))
        # ``video`` is the clip as it was: the number of its covers is the place of the new one.
        self.state.choose_cover(len(video.covers))

    def change_cover(self, number: int, merge: str = "", **values: object) -> None:
        """Move, size, time or recolour a cover."""
        self.edit(clips.change_cover(self.state.video_id, number, merge, **values))

    def move_cover(self, number: int, box: Box) -> None:
        """Move or size a cover; one that moves is there at the playhead: a keyframe."""
        video = self.state.video
        if video is None or not 0 <= number < len(video.covers):
            return
        if not path_of(video.covers[number]):
            self.change_cover(number, "box", box=box)
            return
        at, near = self.state.position, near_time(self.state)
        held = clips.tidy_box(box)
        way = partial(put_keyframe, seconds=at, box=held, near=near)
        self.edit(clips.change_path(self.state.video_id, number, way, merge=f"at{at:.3f}"))

    @Slot()
    def remove_cover(self) -> None:
        """Show what the chosen cover hides."""
        if self.state.cover >= 0:
            self.edit(clips.remove_cover(self.state.video_id, self.state.cover))

    # ------------------------------------------------------------------------------------------- subtitles

    def set_cues(self, found: Sequence[Cue], chosen: int, label: str = "edit.video_cues", merge: str = "") -> None:
        """Replace the subtitles, and work on number ``chosen``."""
        self.edit(subtitle_cues.set_cues(self.state.video_id, found, label, merge))
        self.state.choose_cue(max(-1, min(chosen, len(found) - 1)))

    def place_cues(self, placed: Placed, merge: str = "") -> None:
        """The same for what ``story.subtitle_cues`` returns."""
        self.set_cues(*placed, merge=merge)

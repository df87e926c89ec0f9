"""What is done to a clip: its kept pieces, its covers. Pure functions, and the edits made of them.

Times are seconds of the original; "on the result" means the clock of the joined pieces, without cards. A piece is found
by its number in the order of the result.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.story.cover_geometry import hides_as_much
from studio.story.cover_path import path_doubts
from studio.story.edits import StoryEdit
from studio.story.model import Box, Cover, Cut, Point

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.story.cover_path import PathDoubt
    from studio.story.model import Slideshow, Story, Video
    from studio.story.motion_records import MotionCard

_ONE_PICTURE = 0.1
"""Seconds a picture may stand: longer than those of a clip of ten a second."""
LEAST = 0.2
"""Seconds of the shortest piece that an edit makes: less is seen as a flash."""
SMALLEST = 0.02
"""Least side of a cover, as share of the picture."""


def change_clip(video_id: str, label: str, change: Callable[[Video], Video], merge: str = "") -> StoryEdit:
    """An edit of one clip of the story.

    Args:
        video_id: which.
        label: code of its name in the undo menu.
        change: pure; returns the same clip when there is nothing to do.
        merge: edits in a row with the same key (for the same clip) become one step of undo.
    """

    def apply(story: Story) -> Story:
        after = tuple(change(video) if video.id == video_id else video for video in story.videos)
        return story if after == story.videos else replace(story, videos=after)

    return StoryEdit(label, apply, f"{merge}:{video_id}" if merge else "")


# ------------------------------------------------------------------------------------------------ pieces


def kept_pieces(video: Video, seconds: float = 0.0) -> tuple[Cut, ...]:
    """The kept pieces in their order; all of the clip as one piece where nothing was cut.

    Args:
        video: the clip.
        seconds: its real length where that is known better than ``video.seconds``.
    """
    return video.cuts or (Cut(start=0.0, end=seconds or video.seconds),)


def pieces_length(cuts: Sequence[Cut]) -> float:
    """Seconds of the joined pieces."""
    return sum(max(0.0, cut.end - cut.start) for cut in cuts)


def shown_doubts(video: Video, covers: Sequence[Cover] | None = None) -> tuple[PathDoubt, ...]:
    """The stretches of covers' ways that someone has to look at because readers will see them.

    What was cut out is nobody's to see, so it holds nothing back; cut back in, it is asked about again.

    Args:
        video: the clip, with its pieces and its poster.
        covers: those to ask about; None for all of the clip.
    """
    # A picture stands until the next one comes: at the edge of a piece it may be one from before.
    shown = [(cut.start - _ONE_PICTURE, cut.end + _ONE_PICTURE) for cut in video.cuts] or [(-inf, inf)]
    if video.poster is not None:
        shown.append((video.poster - _ONE_PICTURE, video.poster + _ONE_PICTURE))
    doubts = (doubt for cover in (video.covers if covers is None else covers) for doubt in path_doubts(cover))
    return tuple(doubt for doubt in doubts if any(doubt.start < end and start < doubt.end for start, end in shown))


def to_source(cuts: Sequence[Cut], seconds: float) -> tuple[int, float]:
    """Which piece is shown at a time of the result, and the time of the original there; held inside the result."""
    left = max(0.0, seconds)
    for number, cut in enumerate(cuts):
        if left < cut.end - cut.start:
            return number, cut.start + left
        left -= cut.end - cut.start
    return len(cuts) - 1, cuts[-1].end


def to_result(cuts: Sequence[Cut], number: int, seconds: float) -> float:
    """The time of the result at which piece ``number`` shows ``seconds`` of the original."""
    inside = min(max(seconds, cuts[number].start), cuts[number].end) - cuts[number].start
    return pieces_length(cuts[:number]) + inside


def piece_at(cuts: Sequence[Cut], seconds: float, preferred: int = 0) -> int | None:
    """The piece that holds a time of the original; where several do, ``preferred`` if it is one of them."""
    holding = [number for number, cut in enumerate(cuts) if cut.start <= seconds < cut.end]
    return preferred if preferred in holding else holding[0] if holding else None


def _with_cuts(video: Video, seconds: float, cuts: Sequence[Cut]) -> Video:
    """The clip with these pieces. One piece that is everything is stored as none: the plain state."""
    # Milliseconds: finer than any picture, and a file that was saved twice is the same.
    rounded = tuple(replace(cut, start=round(cut.start, 3), end=round(cut.end, 3)) for cut in cuts)
    # A piece with a focus of its own says more than "everything" and has to be kept.
    whole = len(rounded) == 1 and rounded[0].focus is None
    if whole and rounded[0].start <= 0.001 and rounded[0].end >= seconds - 0.002:
        rounded = ()
    return video if rounded == video.cuts else replace(video, cuts=rounded)


def split_piece(video_id: str, seconds: float, number: int, at: float) -> StoryEdit:
    """Divide a piece in two at a time of the original; too near to its ends it stays undivided.

    Args:
        video_id: the clip.
        seconds: length of the clip.
        number: the piece.
        at: where.
    """

    def change(video: Video) -> Video:
        cuts = kept_pieces(video, seconds)
        if not (0 <= number < len(cuts) and cuts[number].start + LEAST <= at <= cuts[number].end - LEAST):
            return video
        halves = (replace(cuts[number], end=at), replace(cuts[number], start=at))
        return _with_cuts(video, seconds, (*cuts[:number], *halves, *cuts[number + 1 :]))

    return change_clip(video_id, "edit.video_split", change)


def trim_piece(
    video_id: str, seconds: float, number: int, start: float | None = None, end: float | None = None
) -> StoryEdit:
    """Move the beginning or the end of a piece; never shorter than ``LEAST``, never outside the clip.

    Given both, the piece becomes that stretch wherever it was before.
    """

    def change(video: Video) -> Video:
        cuts = list(kept_pieces(video, seconds))
        if not 0 <= number < len(cuts):
            return video
        cut = cuts[number]
        if start is not None and end is not None:
            cut = replace(cut, start=0.0, end=seconds)
        if start is not None:
            cut = replace(cut, start=max(0.0, min(start, cut.end - LEAST)))
        if end is not None:
            cut = replace(cut, end=min(seconds, max(end, cut.start + LEAST)))
        cuts[number] = cut
        return _with_cuts(video, seconds, cuts)

    return change_clip(video_id, "edit.video_trim", change, f"trim{number}{'s' if end is None else 'e'}")


def remove_piece(video_id: str, seconds: float, number: int) -> StoryEdit:
    """Leave a piece out; the last one stays, as nothing kept would mean everything kept."""

    def change(video: Video) -> Video:
        cuts = kept_pieces(video, seconds)
        if len(cuts) < 2 or not 0 <= number < len(cuts):
            return video
        return _with_cuts(video, seconds, (*cuts[:number], *cuts[number + 1 :]))

    return change_clip(video_id, "edit.video_piece_remove", change)


def move_piece(video_id: str, seconds: float, number: int, to: int) -> StoryEdit:
    """Put a piece at another place of the result."""

    def change(video: Video) -> Video:
        cuts = list(kept_pieces(video, seconds))
        if not 0 <= number < len(cuts):
            return video
        moving = cuts.pop(number)
        cuts.insert(max(0, min(to, len(cuts))), moving)
        return _with_cuts(video, seconds, cuts)

    return change_clip(video_id, "edit.video_piece_move", change)


def add_piece(video_id: str, seconds: float, start: float, end: float, at: int) -> StoryEdit:
    """Keep another stretch of the original, as piece number ``at`` of the result."""

    def change(video: Video) -> Video:
        first, last = max(0.0, min(start, end)), min(seconds, max(start, end))
        if last - first < LEAST:
            return video
        cuts = list(kept_pieces(video, seconds))
        cuts.insert(max(0, min(at, len(cuts))), Cut(start=first, end=last))
        return _with_cuts(video, seconds, cuts)

    return change_clip(video_id, "edit.video_piece_add", change)


def set_pieces(video_id: str, seconds: float, cuts: Sequence[Cut]) -> StoryEdit:
    """Keep exactly these pieces (none: all of the clip)."""
    return change_clip(video_id, "edit.video_pieces", lambda video: _with_cuts(video, seconds, cuts))


def set_focus(video_id: str, seconds: float, point: Point | None, number: int | None) -> StoryEdit:
    """Say what must stay in the picture: for one piece, or (``number`` None) for the clip and all its pieces."""

    def change(video: Video) -> Video:
        held = None if point is None else Point(*(min(1.0, max(0.0, share)) for share in point))
        if number is None:
            # A focus for the clip is meant for all of it: one that a piece had of its own would go on winning.
            cuts = tuple(replace(cut, focus=None) for cut in video.cuts)
            return replace(video, focus=held, cuts=cuts)
        cuts = kept_pieces(video, seconds)
        if not 0 <= number < len(cuts):
            return video
        return _with_cuts(video, seconds, (*cuts[:number], replace(cuts[number], focus=held), *cuts[number + 1 :]))

    return change_clip(video_id, "edit.video_focus", change, f"focus{number}")


# ------------------------------------------------------------------------------------------------ covers


def tidy_box(box: Box) -> Box:
    """A box at least ``SMALLEST`` wide and high, inside the picture; drawn from any corner."""
    x, y, width, height = box
    left, right = sorted((x, x + width))
    top, bottom = sorted((y, y + height))
    left, top = min(max(left, 0.0), 1 - SMALLEST), min(max(top, 0.0), 1 - SMALLEST)
    right, bottom = min(max(right, left + SMALLEST), 1.0), min(max(bottom, top + SMALLEST), 1.0)
    return Box(round(left, 4), round(top, 4), round(right - left, 4), round(bottom - top, 4))


def shown_at(cover: Cover, seconds: float) -> bool:
    """Whether a cover hides something at a time of the original."""
    return (cover.start is None or seconds >= cover.start) and (cover.end is None or seconds <= cover.end)


def add_cover(video_id: str, cover: Cover) -> StoryEdit:
    """Hide a part of the picture."""
    fixed = cover if cover.whole else replace(cover, box=tidy_box(cover.box))
    return change_clip(video_id, "edit.video_cover", lambda video: replace(video, covers=(*video.covers, fixed)))


def change_cover(video_id: str, number: int, merge: str = "", **changes: object) -> StoryEdit:
    """Move, size, time or recolour a cover. A stretch that ends before it begins becomes all of the clip: fail safe.

    A cover that moves stands still where it is given a box; ``change_path`` changes its way.

    Where it hides less than before, that nobody can be recognised has to be confirmed again.
    """

    def change(video: Video) -> Video:
        if not 0 <= number < len(video.covers):
            return video
        cover: Cover = replace(video.covers[number], **changes)
        if not cover.whole:
            # A box set by hand holds for all times: the keyframes of the old way no longer fit it.
            cover = replace(cover, box=tidy_box(cover.box), keyframes=() if "box" in changes else cover.keyframes)
        if cover.start is not None and cover.end is not None and cover.end <= cover.start:
            cover = replace(cover, start=None, end=None)
        return _with_cover(video, number, cover)

    return change_clip(video_id, "edit.video_cover", change, f"cover{number}{merge}" if merge else "")


def change_path(
    video_id: str, number: int, way: Callable[[Cover], Cover], label: str = "edit.video_cover", merge: str = ""
) -> StoryEdit:
    """Change where a cover goes (``studio.story.cover_path``); where it hides less, people have to be checked again.

    Args:
        video_id: the clip.
        number: the cover.
        way: pure; returns the same cover when there is nothing to do.
        label: code of its name in the undo menu.
        merge: see ``change_clip``.
    """

    def change(video: Video) -> Video:
        if not 0 <= number < len(video.covers):
            return video
        cover = way(video.covers[number])
        return video if cover == video.covers[number] else _with_cover(video, number, cover)

    return change_clip(video_id, label, change, f"path{number}{merge}" if merge else "")


def _with_cover(video: Video, number: int, cover: Cover) -> Video:
    checked = video.people_checked and hides_as_much(video.covers[number], cover)
    return replace(video, covers=(*video.covers[:number], cover, *video.covers[number + 1 :]), people_checked=checked)


def remove_cover(video_id: str, number: int) -> StoryEdit:
    """Show that part of the picture again. That nobody can be recognised has to be confirmed again."""

    def change(video: Video) -> Video:
        kept = tuple(cover for at, cover in enumerate(video.covers) if at != number)
        return video if kept == video.covers else replace(video, covers=kept, people_checked=False)

    return change_clip(video_id, "edit.video_uncover", change)


# ------------------------------------------------------------------------------------------------ photos as a video


def set_slideshow(show: Slideshow | None, merge: str = "") -> StoryEdit:
    """Make a video of the story's photos in this way; None makes none."""
    return StoryEdit(
        "edit.slideshow",
        lambda story: story if story.slideshow == show else replace(story, slideshow=show),
        f"slideshow:{merge}" if merge else "",
    )


def wants_motion(story: Story, *, usual: bool = False) -> bool:
    """Whether the story gets a moving card: a member asked for it, or ``gets_usual_card``."""
    return story.motion.wanted if story.motion is not None else gets_usual_card(story, usual=usual)


def gets_usual_card(story: Story, *, usual: bool) -> bool:
    """Whether the story gets the card that nobody chose: no other video is made of it.

    Args:
        story: the story.
        usual: whether the group wants one for every story (``Group.moving_cards``).
    """
    return usual and story.motion is None and not story.videos and story.slideshow is None


def set_motion(motion: MotionCard | None, merge: str = "") -> StoryEdit:
    """Decide about the moving card; None for the ordinary one."""
    return StoryEdit(
        "edit.motion",
        lambda story: story if story.motion == motion else replace(story, motion=motion),
        f"motion:{merge}" if merge else "",
    )

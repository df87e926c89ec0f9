"""Builds what the engine is to make of a clip of the story: the one place that turns its edits into a ``VideoJob``."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

from studio.story.cover_geometry import covered_box, is_ellipse, solid_color
from studio.story.cover_path import path_of, still_covers
from studio.video.clip import with_track
from studio.video.job import CoverBox, VideoJob, pieces_of
from studio.video.result_parts import shorten_pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.story.model import Cover, Cut, Video
    from studio.video.clip import ClipFacts

CARD = 2.5
"""Seconds of a title or closing card."""
RESULT_FPS = 30
"""Frames a second of a result where no outlet asks for another rate."""
_LEAST = 3.0
"""Seconds of picture that must be left of a result that is shortened; cards give way before that."""


def build_job(
    clip: ClipFacts,
    video: Video,
    fps: int = RESULT_FPS,
    *,
    covers: tuple[CoverBox, ...] = (),
    cards: bool = True,
    most: float | None = None,
) -> VideoJob:
    """What is to be made of a clip: kept pieces, cards, fades, covers. How loud it becomes is measured afterwards.

    Args:
        clip: the facts of its file.
        video: the clip with its edits.
        fps: frames a second of the result.
        covers: what is hidden (``cover_boxes``); none where only lengths or the sound count.
        cards: whether its title and closing card count.
        most: seconds of the longest result, None for any. The cards go where hardly any picture would be left, then
            the picture is shortened, which listens for a quiet place to end in.

    Raises:
        UserError: ``video.nothing_kept``: no cut lies inside the clip.
    """
    clip = with_track(clip, video.sound_track)
    job = VideoJob(
        clip=clip,
        pieces=pieces_of(clip, video.cuts, fps),
        fps=fps,
        reframe=video.reframe,
        focus=video.focus,
        covers=covers,
        lead=round(CARD * fps) if cards and video.title_card else 0,
        tail=round(CARD * fps) if cards and video.closing_card else 0,
        mute=video.mute,
        clean=video.clean_sound,
    )
    if most is not None:
        job = _within(job, video, int(most * fps))
    return replace(job, fade=min(round(max(0.0, video.fade) * fps), job.inner // 3))


def plain_job(clip: ClipFacts, fps: int, cuts: Sequence[Cut] = (), late: float | None = None) -> VideoJob:
    """A clip as it came, or some pieces of it: no edits, no cards.

    Args:
        clip: the facts of its file.
        fps: frames a second of the result.
        cuts: what is kept; none keeps everything.
        late: see ``Piece``.

    Raises:
        UserError: ``video.nothing_kept``.
    """
    return VideoJob(clip, tuple(replace(piece, late=late) for piece in pieces_of(clip, cuts, fps)), fps)


def _within(job: VideoJob, video: Video, most: int) -> VideoJob:
    """The result in at most ``most`` frames."""
    if job.frames <= most:
        return job
    if most - job.lead - job.tail < _LEAST * job.fps:
        job = replace(job, lead=0, tail=0)
    if job.frames <= most:
        return job
    from studio.video.sound import quiet_place

    def quiet(start: float, end: float) -> float:
        return quiet_place(job.clip, start, end)

    room = most - job.lead - job.tail
    return replace(job, pieces=shorten_pieces(job.pieces, job.fps, room, video.subtitles, quiet))


def cover_boxes(clip: ClipFacts, covers: Sequence[Cover]) -> tuple[CoverBox, ...]:
    """Covers as the engine wants them: pixels, time, one colour each. Reads the clip where these hang on it.

    A cover that moves is a box for each stretch between its keyframes (``still_covers``).
    """
    return tuple(box for number, cover in enumerate(covers) for box in _boxes_of(clip, cover, number))


def _boxes_of(clip: ClipFacts, cover: Cover, number: int) -> tuple[CoverBox, ...]:
    from studio.video.clip_pictures import mean_color

    color = solid_color(cover)
    if cover.style == "mean":
        first = still_covers(cover)[0]
        begin = max(first.start or 0.0, path_of(cover)[0].at if path_of(cover) else 0.0)
        color = mean_color(clip, covered_box(first, clip.width, clip.height, step=2), begin)
    return timed_boxes(cover, (clip.width, clip.height), cover_stretch(clip, cover), color, number)


def timed_boxes(
    cover: Cover, size: tuple[int, int], stretch: tuple[float, float], color: str, number: int = 0
) -> tuple[CoverBox, ...]:
    """What a cover hides, and when. Pure.

    Args:
        cover: any cover.
        size: width and height of the upright original in pixels.
        stretch: from when to when it hides; see ``cover_stretch``.
        color: ``#rrggbb``.
        number: of the cover in the clip.
    """
    rows = still_covers(cover)
    # The stretches of a way meet at keyframes, where both hide; only its own ends follow the pictures of the clip.
    return tuple(
        CoverBox(
            covered_box(row, *size, step=2),
            stretch[0] if row is rows[0] or row.start is None else row.start,
            stretch[1] if row is rows[-1] or row.end is None else row.end,
            color,
            number,
            is_ellipse(row),
        )
        for row in rows
    )


def cover_stretch(clip: ClipFacts, cover: Cover) -> tuple[float, float]:
    """From when to when a cover hides: for all of the pictures it was seen to begin and to end on.

    A phone in the dark takes ten pictures a second: one that stood already when the cover was put on it would else be
    seen bare for a moment, and again for a moment when it ends.
    """
    from studio.video.frame_spans import picture_stands

    start = 0.0 if cover.start is None else picture_stands(clip, cover.start)[0]
    end = inf if cover.end is None else picture_stands(clip, cover.end)[1]
    return start, end

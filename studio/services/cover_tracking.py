"""A cover that follows what it hides: proposed by tracking, from the picture it was drawn on, forward and backward."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from studio.story.cover_path import box_at, join_paths

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.base.progress import Progress
    from studio.story.model import Cover, CoverKeyframe
    from studio.video.clip import ClipFacts
    from studio.video.cover_tracker import TrackedBox

TrackWay = Literal["both", "on", "back"]


def track_cover(
    clip: ClipFacts, cover: Cover, seconds: float, way: TrackWay, progress: Progress
) -> tuple[CoverKeyframe, ...]:
    """The way of what a cover hides at a time, as keyframes; nothing of the story is changed.

    Args:
        clip: the original.
        cover: where it is at ``seconds`` says what is followed, its time how far.
        seconds: the picture on which it lies right.
        way: to the end of its time, back to the beginning, or both.
        progress: called with the seconds done; may cancel.

    Returns:
        Each keyframe with the reason for which the user has to look at what comes after it, "" where it is sure.

    Raises:
        UserError: the clip cannot be read.
        WorkCancelled: from ``progress``.
    """
    from studio.video.cover_tracker import TrackedBox, picture_size, start_tracker
    from studio.video.frame_spans import picture_stands
    from studio.video.grey_frames import grey_frames
    from studio.video.path_keyframes import thin_path

    start = 0.0 if cover.start is None else max(0.0, cover.start)
    end = clip.seconds if cover.end is None else min(clip.seconds, cover.end)
    seconds = min(max(seconds, start), end)
    total = (end - seconds if way != "back" else 0.0) + (seconds - start if way != "on" else 0.0)
    box = box_at(cover, seconds)
    longest = picture_size(box, clip.width, clip.height)
    # When the picture that is shown at this time began: frame times are compared with that.
    stands = max(0.0, picture_stands(clip, seconds)[0])
    done = 0.0

    def run(since: float, until: float, *, backward: bool) -> Iterable[TrackedBox]:
        tracker = None
        for frame in grey_frames(clip, since, until, longest, backward=backward):
            gone = abs(frame.seconds - stands)
            progress.report(min(total, done + gone), max(total, 0.001), clip.path.name)
            if tracker is None:
                tracker = start_tracker(frame.grey, frame.seconds, box)
                yield TrackedBox(frame.seconds, box)
            else:
                yield tracker.follow(frame.seconds, frame.grey)

    found: list[TrackedBox] = []
    if way != "on":
        # Tracked from the chosen picture outwards in both directions; turned round, the result is one path in the order
        # of time.
        found += reversed(list(run(start, seconds, backward=True)))
        done = seconds - start
    if way != "back":
        # Both directions begin with the same picture, which must be in the path once.
        on = list(run(seconds, end, backward=False))
        found += on[1:] if found else on
    progress.report(total, max(total, 0.001), clip.path.name)
    return thin_path(found) if found else ()


def follow_path(cover: Cover, found: tuple[CoverKeyframe, ...], way: TrackWay) -> Cover:
    """The cover on the way that was found for it; what it had beyond the place tracking began at stays.

    Args:
        cover: as it is now.
        found: what ``track_cover`` returned for it.
        way: the same.
    """
    return join_paths(cover, found, from_start=way != "on", to_end=way != "back")

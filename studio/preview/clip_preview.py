"""How a clip's result will look, for the desk: the export's own composition on a small canvas.

Everything of a video follows the short side of its canvas, so a small one looks like the large one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.export.planning.video_keys import visible_clip
from studio.export.rendering.video_art import VideoArtist
from studio.export.rendering.video_layers import compose_result
from studio.posts.families import faced_group
from studio.video.clip_job import build_job, cover_boxes

if TYPE_CHECKING:
    from pathlib import Path

    from studio.story.model import Group, Story, Video
    from studio.video.clip import ClipFacts
    from studio.video.composition import FrameComposer

__all__ = ["faced_group", "keeping_artist", "preview_result", "visible_clip"]


def keeping_artist(group: Group, logo: Path | None, folder: Path) -> VideoArtist:
    """An artist who paints each picture once, into a cache that may be emptied at any time."""
    from studio.paint.qt_application import ensure_gui

    ensure_gui()
    return VideoArtist(group, logo, folder, mark="corner", kept=True)


def preview_result(
    story: Story, video: Video, clip: ClipFacts, size: tuple[int, int], artist: VideoArtist, *, draft: bool = False
) -> FrameComposer:
    """How the result of a clip looks on a canvas. Reads pictures and paints: for a worker.

    Args:
        story: the story of the clip.
        video: the clip as it is edited now.
        clip: the facts of its file.
        size: of the canvas in pixels.
        artist: a ``keeping_artist`` for this group.
        draft: whether an export would carry the mark of a draft (``release_gate.judge_here``); here it is in a corner.

    Raises:
        UserError: the file cannot be read, or nothing is kept.
    """
    job = build_job(clip, video, covers=cover_boxes(clip, video.covers))
    return compose_result(story, video, job, size, artist.marked_artist(draft))

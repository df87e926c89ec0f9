"""Long work of the slideshow page, and what it reckons. No Qt."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.store.previews import clips_room
from studio.story.text import cut_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.store.workspace import Workspace
    from studio.story.model import Photo, Story
    from studio.video.clip import ClipFacts

_NAME_LETTERS = 42
SIZES: Mapping[str, tuple[int, int]] = {"9:16": (360, 640), "1:1": (480, 480), "16:9": (640, 360)}
"""Canvas of the preview: the engine's result at a third of the size."""


def name_of(photo: Photo) -> str:
    """What a photo is called in the list: its caption, else its file."""
    return cut_line(photo.caption.strip() or photo.name or photo.file, _NAME_LETTERS)


def seconds_of(story: Story) -> float:
    """Length of the video, closing card included; without the narration, which may make it longer."""
    from studio.export.planning.slideshow_keys import chosen_photos
    from studio.story.model import Slideshow
    from studio.video.clip_job import CARD

    show = story.slideshow or Slideshow()
    count = len(chosen_photos(story))
    if not count:
        return 0.0
    # As studio.video.slideshow does it: a photo must be seen alone for a moment between its two crossfades.
    each = max(show.seconds_each, 2 * show.crossfade + 0.2)
    return count * (each - show.crossfade) + show.crossfade + CARD


def take_voice(workspace: Workspace, folder: str, path: Path, progress: Progress) -> str:
    """Copy a narration into the story; returns its name there.

    Raises:
        UserError: ``video.narration``: there is no sound in it; or it cannot be copied.
    """
    from studio.video.slideshow import narration_seconds

    progress.report(0, 1, path.name)
    narration_seconds(path)
    return workspace.import_media(folder, path)


def make_preview(workspace: Workspace, folder: str, story: Story, shape: str, progress: Progress) -> ClipFacts:
    """Make the video of the photos in a small size; returns it as a clip to be played.

    Raises:
        UserError: those of ``make_slideshow``.
        WorkCancelled: nothing is left.
    """
    from studio.base.atomic_files import cache_file
    from studio.export.planning.group_logo import ready_mark
    from studio.export.planning.heard_sound import heard_sound
    from studio.export.planning.video_specs import SlideshowInputs, VideoTarget
    from studio.export.rendering.slideshow_videos import make_slideshow
    from studio.release.release_gate import judge_here
    from studio.story.edits import new_id
    from studio.story.model import Slideshow
    from studio.video.probe import probe_clip

    place = clips_room(workspace.path)
    photos = {photo.id: workspace.media_path(folder, photo.file) for photo in story.photos}
    sound, _ = heard_sound(workspace.media_path(folder, "x").parent, story.slideshow or Slideshow())
    # Another name each time: Windows does not replace the file that is being watched.
    out = place / f"show-{new_id()}.mp4"
    if not photos:
        raise UserError("video.no_photos")
    with cache_file(out) as draft:
        work, logo = place / "show.work", ready_mark(workspace)
        show = SlideshowInputs(story, tuple(photos.items()), sound, workspace.group, work, logo)
        target = VideoTarget(SIZES[shape], draft=judge_here(workspace, story, folder).draft)
        make_slideshow(show, target, draft, progress, "corner")
        for old in place.glob("show*.mp4"):
            with suppress(OSError):
                old.unlink()
    return probe_clip(out)

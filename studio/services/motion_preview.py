"""Long work around moving cards: a small version to look at, the voice and the music that come in. No Qt."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.store.previews import clips_room
from studio.story.motion_records import CARD_SECONDS, MotionCard

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.store.workspace import Workspace
    from studio.story.model import Story
    from studio.video.clip import ClipFacts

SIZES: Mapping[str, tuple[int, int]] = {"9:16": (360, 640), "1:1": (480, 480), "16:9": (640, 360)}
"""Canvas of the preview: the engine's result at a third of the size."""
LENGTHS = (0, *CARD_SECONDS)
"""Seconds that can be asked for; 0 is what reading takes."""


def card_of(story: Story) -> MotionCard:
    """How the card is made, or would be."""
    return story.motion or MotionCard(wanted=False)


def motion_facts(story: Story) -> object:
    """What decides how the card looks and sounds."""
    texts = (story.headline, story.kicker, story.body, story.points, story.place, story.date, story.hours)
    return card_of(story), texts, story.photos[:1], story.cover, story.sources, story.family, story.kind


class CardLengths:
    """Says how long the moving card of a story will be; a narration is read once.

    Args:
        workspace: open.
        folder: of the story.
    """

    def __init__(self, workspace: Workspace, folder: str) -> None:
        self._workspace, self._folder = workspace, folder
        self._spoken: dict[str, float] = {}

    def seconds(self, story: Story) -> float:
        """Seconds of the card."""
        from studio.export.planning.motion_plan import scene_needs
        from studio.export.planning.motion_timing import lay_out_timeline
        from studio.posts.template_context import build_context

        card = card_of(story)
        needs = scene_needs(build_context(story, self._workspace.group))
        return lay_out_timeline(needs, card.seconds, self._spoken_in(card.narration)).seconds

    def _spoken_in(self, file: str) -> float:
        from studio.export.planning.motion_plan import PAUSE
        from studio.video.slideshow import narration_seconds

        if file and file not in self._spoken:
            self._spoken[file] = 0.0
            with suppress(UserError):  # told when the card is made
                self._spoken[file] = narration_seconds(self._workspace.media_path(self._folder, file)) + PAUSE
        return self._spoken.get(file, 0.0)


def take_music(workspace: Workspace, folder: str, path: Path, progress: Progress) -> str:
    """Copy a piece of music into the story; returns its name there.

    Raises:
        UserError: ``video.narration``: there is no sound in it; or it cannot be copied.
    """
    from studio.services.slideshow_preview import take_voice

    return take_voice(workspace, folder, path, progress)


def make_preview(workspace: Workspace, folder: str, story: Story, shape: str, progress: Progress) -> ClipFacts:
    """Make the moving card of a story in a small size; returns it as a clip to be played.

    Raises:
        UserError: those of ``make_motion``.
        WorkCancelled: nothing is left.
    """
    from msgspec.structs import replace as with_fields

    from studio.base.atomic_files import cache_file
    from studio.base.paths import templates_dir
    from studio.export.planning.motion_plan import motion_task
    from studio.export.planning.story_plan import card_task, story_context
    from studio.export.rendering.motion_videos import make_motion
    from studio.posts.catalog import load_catalog
    from studio.posts.output_kinds import FrameSize, MotionOutput
    from studio.posts.render_context import RenderContext
    from studio.release.release_gate import judge_here
    from studio.story.edits import new_id
    from studio.video.probe import probe_clip

    press = RenderContext(load_catalog(templates_dir(), workspace.templates_dir))
    draft = judge_here(workspace, story, folder).draft
    shown = with_fields(story, motion=with_fields(card_of(story), wanted=True))
    context = story_context(workspace, folder or "berita", shown, press, draft=draft)
    output = MotionOutput(file="kartu.mp4", size=FrameSize(*SIZES[shape]))
    place = clips_room(workspace.path)
    task = motion_task(context, press.catalog.outlets[0], output, card_task)
    # Another name each time: Windows does not replace the file that is being watched.
    out = place / f"kartu-{new_id()}.mp4"
    with cache_file(out) as part:
        make_motion(replace(task, work=place / "kartu.work"), part, progress)
        for old in place.glob("kartu-*.mp4"):
            with suppress(OSError):
                old.unlink()
    return probe_clip(out)

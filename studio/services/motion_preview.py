"""Long work around moving cards: how long one will be, and a small version to look at. No Qt."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.services.slideshow_preview import SIZES
from studio.store.previews import clips_room
from studio.story.clips import gets_usual_card
from studio.story.motion_records import CARD_SECONDS, USUAL_CARD, MotionCard

if TYPE_CHECKING:
    from studio.base.progress import Progress
    from studio.posts.packs import Outlet
    from studio.store.workspace import Workspace
    from studio.story.model import Story
    from studio.video.clip import ClipFacts

LENGTHS = (0, *CARD_SECONDS)
"""Seconds that can be asked for; 0 is what reading takes."""


def card_of(story: Story, *, usual: bool = False) -> MotionCard:
    """How the card is made, or would be; ``usual``: whether the group wants one for every story without a clip."""
    if story.motion is None and gets_usual_card(story, usual=usual):
        return USUAL_CARD
    return story.motion or MotionCard(wanted=False)


def has_moving_card(outlet: Outlet, story: Story, *, usual: bool) -> bool:
    """Whether the moving card of a story is made for an outlet; ``usual`` as for ``card_of``."""
    from studio.posts.output_kinds import MotionOutput
    from studio.posts.render_context import is_wanted

    return any(is_wanted(each, story, quote=False, cards=usual) for each in outlet.outputs_of(MotionOutput))


def motion_facts(story: Story) -> object:
    """What decides how the card looks and sounds."""
    texts = (story.headline, story.kicker, story.body, story.points, story.place, story.date, story.hours)
    return card_of(story), texts, story.photos[:1], story.cover, story.sources, story.family, story.kind


def card_seconds(workspace: Workspace, folder: str, story: Story) -> float:
    """How many seconds the moving card of a story will have."""
    from studio.export.planning.motion_plan import scene_needs, spoken_seconds
    from studio.export.planning.motion_timing import lay_out_timeline
    from studio.posts.template_context import build_context

    card = card_of(story, usual=workspace.group.moving_cards)
    voice = workspace.media_path(folder, card.narration) if card.narration else None
    needs = scene_needs(build_context(story, workspace.group))
    return lay_out_timeline(needs, card.seconds, spoken_seconds(voice)).seconds


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
    shown = with_fields(story, motion=with_fields(card_of(story, usual=workspace.group.moving_cards), wanted=True))
    context = story_context(workspace, folder or "berita", shown, press, draft=draft, mark="corner")
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

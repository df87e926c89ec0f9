"""Plans the moving card of a story: its scenes as cards, how long each is read, and the key of all that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.base.errors import UserError, WorkNotice
from studio.export.planning.content_keys import key_of
from studio.export.planning.export_tasks import FileTarget, MotionTask
from studio.export.planning.heard_sound import heard_sound
from studio.export.planning.motion_timing import CLOSING, SceneTurns, lay_out_timeline, reading_seconds
from studio.export.planning.video_specs import VideoTarget
from studio.posts.output_kinds import CardOutput
from studio.story.motion_records import USUAL_CARD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.export.planning.export_tasks import CardTask
    from studio.export.planning.plan_context import PlanContext
    from studio.posts.output_kinds import MotionOutput
    from studio.posts.packs import Outlet
    from studio.posts.template_context import TemplateContext

    CardPlanner = Callable[[PlanContext, Outlet, CardOutput], CardTask]

ENGINE = 2
"""Raised when the same inputs give another moving card."""
_FOLDER = "_common/motion"
_MOST_POINTS = 4
_GLANCE = 0.3
"""Seconds for a word on a plate."""
PAUSE = 0.6
"""Seconds of quiet after the last word of a narration."""


def scene_needs(material: TemplateContext) -> tuple[SceneTurns, ...]:
    """The scenes a story has something for, with the seconds that reading them takes."""
    values = material.base
    # Kicker, place and labels are taken in at a glance, beside what is read.
    found = [SceneTurns("judul", (reading_seconds(values["headline"]) + (_GLANCE if values["kicker"] else 0.0),))]
    if values["verdict"]:
        found.append(SceneTurns("vonis", (reading_seconds(values["claim"] or values["verdict_label"]) + _GLANCE,)))
    if facts := values["facts"]:
        told = " ".join(fact["text"] for fact in facts)
        found.append(SceneTurns("fakta", (reading_seconds(told),)))
    if points := values["points"][:_MOST_POINTS]:
        found.append(SceneTurns("poin", tuple(reading_seconds(point) for point in points)))
    if quote := values["quote"]:
        found.append(SceneTurns("kutipan", (reading_seconds(quote["text"]) + _GLANCE,)))
    return (*found, SceneTurns("penutup", (CLOSING,)))


def motion_task(context: PlanContext, outlet: Outlet, output: MotionOutput, plan_card: CardPlanner) -> MotionTask:
    """The moving card of one outlet; ``plan_card`` plans the picture of a scene as that of any card."""
    story = context.material.story
    wanted = story.motion or USUAL_CARD
    sound, notices = heard_sound(context.media, wanted)
    needs = scene_needs(context.material)
    spoken = spoken_seconds(sound.narration)
    timeline = lay_out_timeline(needs, wanted.seconds, spoken, output.max_seconds)
    scenes = tuple(_scene_task(context, outlet, output, scene, plan_card) for scene in timeline.scenes)
    if wanted.seconds and timeline.seconds > max(wanted.seconds, spoken) + 0.5:
        facts: dict[str, object] = {"wanted": round(wanted.seconds), "seconds": round(timeline.seconds)}
        notices += (WorkNotice("motion.longer", facts),)
    width, height = output.size
    wish = VideoTarget(
        (width - width % 2, height - height % 2),
        output.max_seconds,
        output.max_bytes,
        fps=output.fps,
        draft=context.material.draft,
    )
    spoken_words = wanted.shown_captions
    times = tuple((each.start, each.end) for each in spoken_words)
    turns = SceneTurns("takarir", tuple(end - start for start, end in times))
    words = _scene_task(context, outlet, output, turns, plan_card) if times else None
    looks = [scene.target.key for scene in (*scenes, *((words,) if words else ()))]
    heard = (wanted.narration, sound.clean, wanted.music if sound.music or sound.tune else None)
    key = key_of("motion", (ENGINE, looks, timeline, wish.size, wish.fps, wish.max_bytes, heard, wanted.zoom, times))
    target = FileTarget(f"{outlet.id}/{output.name()}", outlet.id, "video", key, notices=notices)
    work = context.work / f"motion-{width}x{height}"
    return MotionTask(target, scenes, timeline, wish, sound, work, (), wanted.zoom, words, times)


def _scene_task(
    context: PlanContext, outlet: Outlet, output: MotionOutput, scene: SceneTurns, plan_card: CardPlanner
) -> CardTask:
    card = CardOutput(file=f"{scene.scene}.jpg", size=output.size, template=f"{_FOLDER}/{scene.scene}.svg.j2")
    about = replace(context, material=replace(context.material, turns=len(scene.turns)))
    task = plan_card(about, outlet, card)
    # A photo that the scene does not show need not be cut for it.
    return replace(task, slots=tuple(slot for slot in task.slots if slot.token in task.svg.text))


def spoken_seconds(narration: Path | None) -> float:
    """Seconds that a narration asks for, with the quiet after it; 0 for none and for one that cannot be read."""
    from studio.video.slideshow import narration_seconds

    if narration is None:
        return 0.0
    try:
        return narration_seconds(narration) + PAUSE
    except UserError:
        return 0.0  # said again, as the reason, when the file is made

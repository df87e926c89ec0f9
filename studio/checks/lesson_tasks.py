"""The checks of lessons' tasks by name: what ``task`` of a ``pelajaran.toml`` may say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.checks import lesson_media_tasks as media
from studio.checks import lesson_text_tasks as text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.checks.lesson_steps import TaskMatter, TaskStep

TASKS: Mapping[str, Callable[[TaskMatter], tuple[TaskStep, ...]]] = {
    "lead": text.check_lead,
    "questions": text.check_questions,
    "headline": text.check_headline,
    "quotation": text.check_quotation,
    "caption": text.check_caption,
    "thirds": media.check_thirds,
    "horizon": media.check_horizon,
    "sound": media.check_sound,
    "shots": media.check_shots,
    "trim": media.check_trim,
    "claim": text.check_claim,
    "consent": text.check_consent,
}
"""Each takes a member's own story and tells its steps; a lesson of a data pack may use any of them."""

"""What the check of a lesson's task says: steps that are done or not yet, each with the place where it is done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studio.checks.finding import Finding
    from studio.story.model import Story
    from studio.story.places import TextPlace


@dataclass(frozen=True, slots=True)
class TaskStep:
    """One condition of a task; its words are ``lesson.step.<code>``."""

    code: str
    met: bool
    place: TextPlace | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TaskMatter:
    """What a check looks at.

    Attributes:
        story: the member's own story.
        findings: what the rules found in it and nobody put aside.
        heard: ids of clips in whose kept pieces something is heard.
    """

    story: Story
    findings: Sequence[Finding] = ()
    heard: frozenset[str] = frozenset()


def is_done(steps: Sequence[TaskStep]) -> bool:
    """Whether nothing of a task is left."""
    return bool(steps) and all(step.met for step in steps)


def best_steps(tries: Iterable[tuple[TaskStep, ...]]) -> tuple[TaskStep, ...]:
    """Of several photos, clips or claims the one with which most of the task is done; of equals where it was begun."""
    return max(tries, key=lambda steps: (sum(step.met for step in steps), [step.met for step in steps]), default=())

"""What a moving card shows and for how long: reading time decides, and what does not fit is left out from its end."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.story.motion_records import CARD_SECONDS
from studio.story.subtitle_cues import MOST_PER_SECOND

if TYPE_CHECKING:
    from collections.abc import Sequence

LENGTHS = CARD_SECONDS
CLOSING = 1.8
"""Seconds of the card with who made it: it is recognised, not read."""
_LEAST = 1.2
_SETTLE = 0.6
"""Seconds until a text has come in and the eye has found it."""
_MOST_CLOSING = 3.0
_SPARED = ("penutup", "judul", "vonis")
"""Never left out: a fact check without its verdict would only tell the rumour once more."""


@dataclass(frozen=True, slots=True)
class SceneTurns:
    """A scene by its name, and the seconds of each of its turns (of one without turns: one)."""

    scene: str
    turns: tuple[float, ...]

    @property
    def seconds(self) -> float:
        """Of all turns."""
        return sum(self.turns)


@dataclass(frozen=True, slots=True)
class MotionTimeline:
    """The scenes in their order; and how many texts were left out for want of time."""

    scenes: tuple[SceneTurns, ...]
    left_out: int = 0

    @property
    def seconds(self) -> float:
        """Of the card."""
        return sum(scene.seconds for scene in self.scenes)

    def frames(self, fps: int) -> tuple[tuple[int, ...], ...]:
        """The frames of each turn of each scene; together as many as the seconds have."""
        made, before, done = [], 0.0, 0
        for scene in self.scenes:
            turns = []
            for seconds in scene.turns:
                before += seconds
                turns.append(round(before * fps) - done)
                done += turns[-1]
            made.append(tuple(turns))
        return tuple(made)


def reading_seconds(text: str) -> float:
    """Seconds in which a text on a phone is read without hurry, its entrance included."""
    return max(_LEAST, len(" ".join(text.split())) / MOST_PER_SECOND) + _SETTLE


def lay_out_timeline(
    needs: Sequence[SceneTurns], wanted: float = 0.0, spoken: float = 0.0, most: float | None = None
) -> MotionTimeline:
    """Choose length and scenes.

    Args:
        needs: what there is to show, each with the seconds that reading it takes; title, verdict and closing stay.
        wanted: seconds, as a rule one of ``LENGTHS``; 0 for the shortest of them that holds everything.
        spoken: seconds of a narration; the card is no shorter.
        most: the longest the outlet takes, None for any.

    Returns:
        Scenes that last as long as one of ``LENGTHS``, or as long as the narration; never shorter than reading takes,
        and longer than ``wanted`` only where not even the title could be read.
    """
    limit = min(max(wanted or LENGTHS[-1], spoken), most or math.inf)
    kept = list(needs)
    left_out = 0
    while sum(scene.seconds for scene in kept) > limit and (at := _next_out(kept)) is not None:
        turns = kept[at].turns[:-1]
        kept[at : at + 1] = [replace(kept[at], turns=turns)] if turns else []
        left_out += 1
    least = max(sum(scene.seconds for scene in kept), spoken)
    # What is spoken has a length of its own; only a silent card is cut to one of the three.
    longer = least if spoken else next((length for length in LENGTHS if length >= least), math.ceil(least))
    if wanted and longer > max(wanted, limit) and longer <= (most or math.inf):
        return lay_out_timeline(needs, longer, spoken, most)  # the room that the title asks for is there for more
    whole = max(least, min(wanted if wanted >= least else longer, most or math.inf))
    return MotionTimeline(_stretched(kept, whole), left_out)


def _next_out(scenes: Sequence[SceneTurns]) -> int | None:
    """The scene that loses its last turn: points down to one, then the quotation, then what is left from the end."""
    found = [at for at, scene in enumerate(scenes) if scene.scene not in _SPARED]
    if not found:
        return None
    many = [at for at in found if scenes[at].scene == "poin" and len(scenes[at].turns) > 1]
    quotes = [at for at in found if scenes[at].scene == "kutipan"]
    return (many or quotes or found)[-1]


def _stretched(scenes: Sequence[SceneTurns], whole: float) -> tuple[SceneTurns, ...]:
    """The scenes with the time that is left given to those that are read, by their length."""
    closing = [scene for scene in scenes if scene.scene == "penutup"]
    read = sum(scene.seconds for scene in scenes) - sum(scene.seconds for scene in closing)
    spare = whole - read - sum(scene.seconds for scene in closing)
    tail = min(spare, max(0.0, _MOST_CLOSING - sum(scene.seconds for scene in closing))) * 0.5 if closing else 0.0
    grown = (spare - tail) / read if read else 0.0

    def longer(scene: SceneTurns) -> SceneTurns:
        if scene in closing:
            return replace(scene, turns=tuple(turn + tail / len(scene.turns) for turn in scene.turns))
        return replace(scene, turns=tuple(turn * (1 + grown) for turn in scene.turns))

    return tuple(longer(scene) for scene in scenes)

"""One round of the self-map: an answer to each of twenty questions (docs/format.md, "group/assessments/")."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from studio.story.record_base import Record

ASSESSMENTS = "assessments"
"""Folder of the rounds below ``group/``: a file for each, named by its date."""
ProofLevel = Literal["claimed", "proven", "verified"]
"""How sure an answer is: said by the group, proven by it, looked at by the Dinas."""


Score = Annotated[int, Meta(ge=0, le=4)]
"""One of the five written levels of an indicator."""


class AnswerProof(Record, frozen=True, kw_only=True):
    """What an answer rests on: a file in ``group/media/`` with its SHA-256, an address, or a number counted."""

    file: str = ""
    sha256: str = ""
    address: str = ""
    count: Annotated[int, Meta(ge=0)] | None = None
    note: str = ""


class CountedScore(Record, frozen=True, kw_only=True):
    """What the studio counted itself from ``stories`` stories of a period (ISO 8601 days, both included).

    ``source`` is what it was counted from: "" stories, ``products`` (``stories`` says how many), or the ``backup`` of
    the day ``ends``.
    """

    score: Score = 0
    stories: Annotated[int, Meta(ge=0)] = 0
    begins: str = field(default="", name="from")
    ends: str = field(default="", name="to")
    source: str = ""


class AssessmentAnswer(Record, frozen=True, kw_only=True):
    """The answer to one indicator; ``reason`` says why ``score`` is another one than what was counted."""

    score: Score = 0
    level: ProofLevel = "claimed"
    proof: tuple[AnswerProof, ...] = ()
    counted: CountedScore | None = None
    reason: str = ""
    note: str = ""


class Assessment(Record, frozen=True, kw_only=True):
    """One round. ``answers`` is keyed by indicator; with ``no_business`` the dimension US does not apply."""

    instrument: str
    date: str
    answers: dict[str, AssessmentAnswer] = {}
    no_business: bool = False
    by: str = ""


def proven_by_count(counted: CountedScore | None, score: int) -> bool:
    """Whether a count proves a score. A backup does not: it says nothing of passwords, for which the level asks too."""
    return counted is not None and counted.score == score and counted.source != "backup"


def assessment_place(date: str) -> str:
    """Where the round of a day lies below ``group/``."""
    return f"{ASSESSMENTS}/{date}.json"

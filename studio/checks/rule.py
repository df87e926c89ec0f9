"""What a rule about language reports for one paragraph, before it is put into its place in the story."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set

    from studio.checks.finding import Level

EYD = "EYD V"
KBBI = "KBBI VI"


class SpellingPair(Protocol):
    """A spelling that is not standard, and the standard one; ``sure`` when the fix is always right."""

    @property
    def wrong(self) -> str:
        """As people write it."""

    @property
    def right(self) -> str:
        """As it is written."""

    @property
    def rule(self) -> str:
        """Why."""

    @property
    def sure(self) -> bool:
        """Whether it is always wrong."""


class LexiconWords(Protocol):
    """What the rules ask a lexicon."""

    @property
    def pairs(self) -> Sequence[SpellingPair]:
        """The table of pairs."""

    @property
    def places(self) -> Set[str]:
        """Words of names of regions, in lower case."""

    @property
    def regions(self) -> Set[str]:
        """Names of one word of provinces and regencies."""

    def spells(self, word: str) -> bool:
        """Whether this is a word."""

    def regional(self, word: str) -> tuple[str, ...]:
        """Codes of the regional languages that have this word in lower case; English is ``en``."""

    def rank(self, word: str) -> int:
        """How common a word in lower case is: 0 the commonest; the largest number for one that is not in the list."""

    def suggest(self, word: str) -> tuple[str, ...]:
        """What the dictionary would write instead; slow."""


@dataclass(frozen=True, slots=True)
class RuleMark:
    """One thing a rule noticed: ``start``, ``end`` are code points of the paragraph, ``fixes`` what to write there.

    A ``tint`` is shown while one writes (a word of a regional language) and never becomes a finding.
    """

    code: str
    level: Level | Literal["tint"]
    start: int
    end: int
    source: str
    fixes: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)

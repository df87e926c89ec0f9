"""Language: every rule over every text of a story, each paragraph checked once and remembered.

The order of the rules matters: written apart or together goes first, then the table of pairs, then spelling, so that
one place has one finding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.checks.affixes import check_affixes
from studio.checks.capitals import check_capitals
from studio.checks.days import OF_FACTS, check_days, day_of
from studio.checks.finding import Finding, Fix
from studio.checks.names import check_names, village_names
from studio.checks.notation import check_notation
from studio.checks.spelling import PairTable, check_spelling
from studio.checks.style import check_style
from studio.checks.words import Passage, paragraphs
from studio.story.places import Place, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set
    from datetime import date

    from studio.checks.finding import Topic
    from studio.checks.rule import Mark, Words
    from studio.story.model import Group, Story

NOT_LANGUAGE = frozenset({"name", "credit", "rights", "copyright", "edited_label", "date", "valid_until", "editor"})
"""Fields that hold names, not sentences."""
_LISTS_OF_NAMES = frozenset({"byline", "tags", "sources"})
_REMEMBERED = 4000


class LanguageChecker:
    """Checks language; a paragraph that was seen before costs a look into a table.

    Args:
        words: the lexicon.
    """

    def __init__(self, words: Words) -> None:
        self._words = words
        self._pairs = PairTable(tuple(words.pairs))
        self._seen: dict[tuple[str, frozenset[str], bool, date | None], tuple[Mark, ...]] = {}

    def check(self, story: Story, group: Group) -> tuple[Finding, ...]:
        """Findings about the language of all texts of a story, in their order."""
        if story.language != "id":
            return ()
        known = known_words(story, group)
        near = near_of(story)
        villages = villages_of(story)
        found: list[Finding] = []
        for field, text in texts(story):
            if _is_language(field):
                for at, part in paragraphs(text):
                    lead = field == "body" and at == 0
                    marks = spared(self.marks(part, known, lead=lead, near=near), villages)
                    found += _findings(field, at, part, marks)
        return (*found, *check_names(story, known))

    def marks(
        self, paragraph: str, known: frozenset[str], *, lead: bool = False, near: date | None = None
    ) -> tuple[Mark, ...]:
        """What the rules say about one paragraph.

        Args:
            paragraph: its text.
            known: ``known_words``.
            lead: whether it is the first of a body.
            near: the day of the story, for dates without a year; None leaves those out.
        """
        key = (paragraph, known, lead, near)
        marks = self._seen.get(key)
        if marks is None:
            if len(self._seen) > _REMEMBERED:
                self._seen.clear()
            marks = self._seen[key] = tuple(self._mark(Passage(paragraph), known, lead, near))
        return marks

    def _mark(self, passage: Passage, known: frozenset[str], lead: bool, near: date | None) -> Iterator[Mark]:
        taken: set[int] = set()
        for mark in (*check_affixes(passage, self._words), *self._pairs.marks(passage, known)):
            if mark.start not in taken and str(mark.facts["word"]).lower() not in known:
                taken.update(range(mark.start, mark.end))
                yield mark
        for mark in check_capitals(passage, self._words, known, taken):
            taken.update(range(mark.start, mark.end))
            yield mark
        yield from check_spelling(passage, self._words, known, taken)
        yield from check_notation(passage)
        yield from check_days(passage.clean, near)
        yield from check_style(passage, lead=lead)


def villages_of(story: Story) -> frozenset[str]:
    """The villages the story names, in lower case."""
    return village_names(f"{story.headline}\n{story.summary}\n{story.body}")


def spared(marks: Iterable[Mark], villages: Set[str]) -> tuple[Mark, ...]:
    """The marks without those of unknown words that are villages of the story.

    Apart from ``known_words``, so that typing such a name does not have all other paragraphs checked again.
    """
    return tuple(
        mark for mark in marks if mark.code != "language_unknown" or str(mark.facts["word"]).lower() not in villages
    )


def check_dates(story: Story) -> tuple[Finding, ...]:
    """Weekdays that do not fit their date, the one rule of language that stops a story; needs no lexicon."""
    found: list[Finding] = []
    near = near_of(story)
    for field, text in texts(story):
        if _is_language(field):
            for at, part in paragraphs(text):
                found += _findings(field, at, part, tuple(check_days(Passage(part).clean, near)))
    return tuple(found)


def _findings(field: str, at: int, text: str, marks: tuple[Mark, ...]) -> Iterator[Finding]:
    passage = Passage(text)
    for mark in marks:
        place = Place(field, at + mark.start, at + mark.end)
        topic: Topic = "facts" if mark.code in OF_FACTS else "language"
        facts = {"sentence": passage.sentence_at(mark.start), **mark.facts}
        fixes = tuple(Fix(place, fixed) for fixed in mark.fixes)
        yield Finding(mark.code, mark.level, topic, place, facts, mark.source, fixes)


def near_of(story: Story) -> date | None:
    """The day to which dates without a year are near."""
    return day_of(story.date, story.created)


def known_words(story: Story, group: Group) -> frozenset[str]:
    """Words that are right in this story: its people and places, what was ignored, the group's words.

    All in lower case; names also as they are written, which tells them from words.
    """
    names = (
        *(person.name for person in story.people),
        *(alias for person in story.people for alias in person.aliases),
        *(source.name for source in story.sources),
        *(source.role for source in story.sources),
        *story.byline,
        *story.tags,
        *(story.editor, story.place, story.category),
        *(group.name, group.full_name, group.village, group.district, group.regency, group.province),
        *group.members,
    )
    words = {word.strip(".,()") for name in names for word in name.split()}
    more = {word.lower() for word in (*words, *story.words_ignored, *group.dictionary)}
    return frozenset((words | more) - {""})


def _is_language(field: str) -> bool:
    parts = field.split("/")
    return parts[0] not in _LISTS_OF_NAMES and parts[-1] not in NOT_LANGUAGE and parts[0] != "overrides"

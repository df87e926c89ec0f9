"""Language: every rule over every text of a story, each paragraph checked once and remembered.

The order of the rules matters: written apart or together goes first, then the table of pairs, capitals, spelling
and signs, so that one place has one finding. The same word wrong in several places is one finding with several
places.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.checks.affixes import check_affixes
from studio.checks.capitals import check_capitals, small_name
from studio.checks.days import OF_FACTS, check_days, day_of
from studio.checks.doubling import check_doubling
from studio.checks.fancy_letters import check_fancy_letters
from studio.checks.finding import Finding, TextFix
from studio.checks.grammar import check_grammar
from studio.checks.name_variants import NamesInside, check_names, names_inside
from studio.checks.needless_capitals import check_needless_capitals
from studio.checks.notation import check_notation
from studio.checks.quotation_style import check_said
from studio.checks.sentence_build import check_sentence_build
from studio.checks.sign_spacing import check_signs
from studio.checks.spelling_rules import PairTable, SpellingChecker
from studio.checks.split_words import check_split_words
from studio.checks.style_rules import check_style
from studio.checks.text_passages import TextPassage, text_paragraphs
from studio.story.media_fields import TEXTS
from studio.story.places import TextPlace, placed_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from studio.checks.finding import Topic
    from studio.checks.rule import LexiconWords, RuleMark
    from studio.story.model import Group, Story

NOT_LANGUAGE = frozenset(
    {"date", "date_end", "hours", "valid_until", "editor", *(field.name for field in TEXTS if not field.sentences)}
)
"""Fields that hold names, not sentences."""
ONLY_OF_PROSE = frozenset({"language_no_stop"})
"""Rules for full sentences: a headline, a title or an alternative text is a phrase, which ends without a full stop."""
_PROSE = frozenset({"body", "summary", "caption"})
"""Fields that are written in sentences."""
_LISTS_OF_NAMES = frozenset({"byline", "tags", "sources"})
_BY_WORD = frozenset(
    {"language_unknown", "language_pair", "language_hint", "language_apart", "language_capital", "language_no_capital"}
    | {
        "language_hyphen",
        "language_spaces",
        "language_doubled",
        "language_money",
        "language_redundant",
        "language_grammar",
    }
    | {"language_fancy_letters"}
)
"""Rules that say the same of a word wherever it stands."""
_REMEMBERED = 4000


class LanguageChecker:
    """Checks language; a paragraph that was seen before costs a look into a table.

    Args:
        words: the lexicon.
    """

    def __init__(self, words: LexiconWords) -> None:
        self._words = words
        self._pairs = PairTable(tuple(words.pairs))
        self._speller = SpellingChecker(words, self._pairs)
        self._seen: dict[tuple[str, frozenset[str], bool, date | None], tuple[RuleMark, ...]] = {}

    def check(self, story: Story, group: Group) -> tuple[Finding, ...]:
        """Findings about the language of all texts of a story, in their order, one for each word."""
        if story.language != "id":
            return ()
        known = known_words(story, group)
        near = near_of(story)
        names = names_of(story)
        found: list[Finding] = []
        for field, text in placed_texts(story):
            if _is_language(field):
                for at, part in text_paragraphs(text):
                    lead = at == 0 and field == "body"
                    marks = spare_names(self.marks(part, known, lead=lead, near=near), names)
                    if field.rpartition("/")[2] not in _PROSE:
                        marks = tuple(mark for mark in marks if mark.code not in ONLY_OF_PROSE)
                    found += _place_findings(field, at, self._with_fixes(marks))
        return (*_once_each(found), *check_names(story, known))

    def likely_words(self, word: str) -> tuple[str, ...]:
        """What an unknown word may have been, likeliest first."""
        return self._speller.likely_words(word)

    def _with_fixes(self, marks: tuple[RuleMark, ...]) -> tuple[RuleMark, ...]:
        """The marks that are findings, unknown words with what they may have been."""
        return tuple(
            replace(mark, fixes=self.likely_words(str(mark.facts["word"]))) if mark.code == "language_unknown" else mark
            for mark in marks
            if mark.level != "tint"
        )

    def marks(
        self, paragraph: str, known: frozenset[str], *, lead: bool = False, near: date | None = None
    ) -> tuple[RuleMark, ...]:
        """What the rules say about one paragraph, tints among it.

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
                # All at once: what is on the screen is back after the next check, and nothing has to be kept in order
                # of use.
                self._seen.clear()
            passage = TextPassage(paragraph)
            found = self._passage_marks(passage, known, lead, near)
            marks = self._seen[key] = tuple(_with_sentence(passage, mark) for mark in found)
        return marks

    def mark_steps(
        self, paragraph: str, known: frozenset[str], *, lead: bool = False, near: date | None = None
    ) -> Iterator[tuple[RuleMark, ...] | None]:
        """As ``marks``, for who cannot wait: None after each unknown word (up to 10 ms each), the marks at the end.

        Args:
            paragraph: its text.
            known: ``known_words``.
            lead: see ``marks``.
            near: see ``marks``.
        """
        if (paragraph, known, lead, near) not in self._seen:
            # What a word is near to is remembered: the whole paragraph finds it there.
            yield from (None for _ in self._speller.marks(TextPassage(paragraph), known, frozenset()))
        yield self.marks(paragraph, known, lead=lead, near=near)

    def _passage_marks(
        self, passage: TextPassage, known: frozenset[str], lead: bool, near: date | None
    ) -> Iterator[RuleMark]:
        words, taken = self._words, set[int]()
        # Rules about phrases go first: what they mark is taken, so that a word of a wrong phrase is not reported once
        # more.
        apart = (
            *check_fancy_letters(passage),
            *check_split_words(passage, words),
            *check_doubling(passage, words),
            *check_affixes(passage, words),
            *self._pairs.marks(passage, known),
        )
        yield from _free_marks((mark for mark in apart if str(mark.facts["word"]).lower() not in known), taken)
        yield from _free_marks(check_capitals(passage, words, known, taken), taken)
        yield from _free_marks(check_needless_capitals(passage, words, known, taken), taken)
        yield from self._speller.marks(passage, known, taken)
        yield from _free_marks(check_grammar(passage), taken)
        yield from _free_marks(check_sentence_build(passage), taken)
        # Signs are compared among themselves only: beside a wrong word a wrong sign still has to be named.
        yield from _free_marks(check_said(passage), set())
        yield from _free_marks(check_signs(passage, words, lead=lead), set())
        yield from check_notation(passage)
        yield from check_days(passage.clean_text, near)
        yield from check_style(passage, lead=lead)


def _with_sentence(passage: TextPassage, mark: RuleMark) -> RuleMark:
    return replace(mark, facts={"sentence": passage.sentence_at(mark.start), **mark.facts})


def _free_marks(marks: Iterable[RuleMark], taken: set[int]) -> Iterator[RuleMark]:
    """Those that stand on no place another has taken; they take theirs."""
    for mark in marks:
        places = range(mark.start, mark.end)
        if taken.isdisjoint(places):
            taken.update(places)
            yield mark


def _once_each(found: Iterable[Finding]) -> Iterator[Finding]:
    """One finding for all places where the same rule says the same of the same word, capitals aside."""
    first: dict[tuple[str, str], int] = {}
    kept: list[Finding] = []
    for finding in found:
        told = str(finding.facts.get("word", "")).casefold()
        key = (finding.code, told)
        if not told or finding.code not in _BY_WORD or key not in first or finding.place is None:
            first.setdefault(key, len(kept))
            kept.append(finding)
            continue
        before = kept[first[key]]
        also = tuple(
            replace(fix, also=(*fix.also, (finding.place, more.text)))
            for fix, more in zip(before.fixes, finding.fixes, strict=False)
        )
        more_places = (*before.more, finding.place)
        kept[first[key]] = replace(
            before, fixes=also, more=more_places, facts={**before.facts, "count": len(more_places) + 1}
        )
    yield from kept


def names_of(story: Story) -> NamesInside:
    """Names the story tells by how it writes them."""
    return names_inside(f"{story.headline}\n{story.summary}\n{story.body}")


def spare_names(marks: Iterable[RuleMark], names: NamesInside) -> tuple[RuleMark, ...]:
    """The marks as they are where the story tells which words are names.

    Unknown words and capitals that are names of the story are no errors; such a name in small letters wants its
    capital. Apart from ``known_words``, so that typing such a name does not have all other paragraphs checked
    again.
    """
    found = []
    for mark in marks:
        word = str(mark.facts.get("word", ""))
        if mark.code in _NO_WORDS and word.islower() and word in names.joined:
            found.append(small_name(mark, word))
        elif word.lower() not in _SPARING.get(mark.code, _no_names)(names):
            found.append(mark)
    return tuple(found)


_NO_WORDS = frozenset({"language_unknown", "language_foreign"})
_SPARING: Mapping[str, Callable[[NamesInside], frozenset[str]]] = {
    "language_unknown": lambda names: names.seen,
    "language_foreign": lambda names: names.seen,
    "language_no_capital": lambda names: names.joined,
}


def _no_names(_names: NamesInside) -> frozenset[str]:
    return frozenset()


def check_dates(story: Story) -> tuple[Finding, ...]:
    """Weekdays that do not fit their date, the one rule of language that stops a story; needs no lexicon."""
    found: list[Finding] = []
    near = near_of(story)
    for field, text in placed_texts(story):
        if _is_language(field):
            for at, part in text_paragraphs(text):
                passage = TextPassage(part)
                found += _place_findings(
                    field, at, [_with_sentence(passage, mark) for mark in check_days(passage.clean_text, near)]
                )
    return tuple(found)


def _place_findings(field: str, at: int, marks: Iterable[RuleMark]) -> Iterator[Finding]:
    for mark in marks:
        place = TextPlace(field, at + mark.start, at + mark.end)
        topic: Topic = "facts" if mark.code in OF_FACTS else "language"
        fixes = tuple(TextFix(place, fixed) for fixed in mark.fixes)
        if mark.level != "tint":
            yield Finding(mark.code, mark.level, topic, place, mark.facts, mark.source, fixes)


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
    return parts[0] not in _LISTS_OF_NAMES and parts[-1] not in NOT_LANGUAGE and parts[0] not in {"overrides", "texts"}

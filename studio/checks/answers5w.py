"""5W+1H: which of the six are answered in the lead and the first three paragraphs, and by which words.

The reporter's own answers (``Story.answers``) count when their words are in the text; without them signs of each are
looked for: names and offices, days and hours, places after "di", reasons after "karena". It never stops anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from studio.checks.answer_signs import HOW, LOOSE_ENDS, NO_VERBS, WHAT, WHAT_ELSE, WHERE, WHERE_ELSE, WHO, WHY
from studio.checks.finding import Finding
from studio.checks.hollow_acts import HOLLOW_WORDS, is_aside, is_hollow_act
from studio.checks.text_passages import TextPassage, text_paragraphs
from studio.checks.word_lists import FUNCTION_WORDS
from studio.story.date_reading import MONTH_WORDS, read_days
from studio.story.hour_reading import read_hours
from studio.story.places import TextPlace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.story.model import Story

Question = Literal["what", "who", "where", "when", "why", "how"]
QUESTIONS: tuple[Question, ...] = ("what", "who", "when", "where", "why", "how")
LOOKED_AT = 3
"""Paragraphs: why and how may come as late as the third (checklist P02)."""
_ANY_DAY = date(2026, 1, 1)
"""Dates are only found here, not read: which year they fall in does not matter."""
_AGES = re.compile(
    r"\b(?:(?:awal|pertengahan|akhir|sepanjang|selama|sejak) (?:pekan|minggu|bulan|tahun)(?: (?:ini|lalu))?"
    rf"|(?:pada )?bulan (?:{MONTH_WORDS})\b(?: \d{{4}})?|musim (?:hujan|kemarau|tanam|panen))",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\(\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\)")
_SIGNS: Mapping[Question, re.Pattern[str]] = {"who": WHO, "where": WHERE, "why": WHY, "how": HOW}


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """One question: where the answer stands, None when it was not found."""

    question: Question
    place: TextPlace | None


def answered_questions(story: Story) -> tuple[AnsweredQuestion, ...]:
    """The six questions in the order of a lead, each with the words that answer it."""
    shown = [(at, text) for at, text in text_paragraphs(story.body) if not text.startswith("#")][:LOOKED_AT]
    return tuple(AnsweredQuestion(question, _find_answer(story, question, shown)) for question in QUESTIONS)


def check_answers(story: Story) -> tuple[Finding, ...]:
    """One finding that names what is missing; none for a notice without text, or when all is there."""
    if not story.body.strip():
        return ()
    missing = [answered.question for answered in answered_questions(story) if answered.place is None]
    if story.kind == "notice":
        missing = [question for question in missing if question not in {"why", "how"}]
    if not missing:
        return ()
    source = "5W+1H"
    return (
        Finding(
            "answers_missing",
            "warning",
            "form",
            TextPlace("body"),
            {"missing": tuple(missing), "count": len(missing)},
            source,
        ),
    )


def _find_answer(story: Story, question: Question, shown: list[tuple[int, str]]) -> TextPlace | None:
    own = _content_words(getattr(story.answers, question))
    if question == "what":
        own -= HOLLOW_WORDS  # "kegiatan" on the card and in the text answers nothing
    for at, text in shown:
        place = _by_words(own, at, text) or _by_signs(question, at, text)
        if place:
            return place
    return None


def _content_words(answer: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{3,}", answer.lower())) - FUNCTION_WORDS


def _by_words(wanted: frozenset[str], at: int, text: str) -> TextPlace | None:
    """The sentence that holds most of the words of the reporter's answer."""
    if not wanted:
        return None
    best: tuple[float, int, int] = (0.0, 0, 0)
    for begin, end in TextPassage(text).sentences:
        held = wanted & set(re.findall(r"\w{3,}", text[begin:end].lower()))
        best = max(best, (len(held) / len(wanted), begin, end))
    share, begin, end = best
    return TextPlace("body", at + begin, at + end) if share >= 0.5 else None


def _by_signs(question: Question, at: int, text: str) -> TextPlace | None:
    clean = TextPassage(text).clean_text
    if question == "when":
        span = _when_range(clean)
    elif question == "what":
        span = next(((hit.start(), hit.end() + len(hit["rest"] or "")) for hit in _told_acts(clean)[0]), None)
    else:
        found = _SIGNS[question].search(clean)
        if found is None and question == "where":
            found = WHERE_ELSE.search(clean)
        span = found.span() if found else None
    if span is None:
        return None
    start, end = _trim_range(clean, *span)
    return TextPlace("body", at + start, at + end)


def tells_no_act(text: str) -> bool:
    """Whether a paragraph says that something was done and nowhere what: ``telah dilaksanakan suatu kegiatan``."""
    told, hollow = _told_acts(TextPassage(text).clean_text)
    return hollow and not told


def _told_acts(text: str) -> tuple[list[re.Match[str]], bool]:
    """Verbs that tell what happened, and whether there is one that only says that something did."""
    verbs = [hit for hit in (*WHAT.finditer(text), *WHAT_ELSE.finditer(text)) if hit["verb"].lower() not in NO_VERBS]
    verbs = [hit for hit in verbs if hit["verb"].lower() not in HOLLOW_WORDS]  # "meriah" looks like one
    told = [hit for hit in verbs if not is_hollow_act(text, *hit.span("verb"))]
    if len(told) == len(verbs):
        return told, False
    # Beside "dilaksanakan suatu kegiatan", what it was for is taken for what was done all too easily.
    return [hit for hit in told if not is_aside(text, hit.start())], True


def _when_range(text: str) -> tuple[int, int] | None:
    """The first day with its date, else the first day, hour or season."""
    days = read_days(text, _ANY_DAY)
    told = [(day.start, day.end) for day in (*(day for day in days if day.exact), *days)]
    told += [(hours.start, hours.end) for hours in read_hours(text)]
    if told:
        return told[0]
    bracketed = _BRACKETED.search(text)
    season = bracketed or _AGES.search(text)
    return season.span() if season else None


def _trim_range(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the words that lead on to what is cut off."""
    words = [(hit.start(), hit.end()) for hit in re.finditer(r"\S+", text[start:end])]
    while len(words) > 1 and text[start + words[-1][0] : start + words[-1][1]].lower() in LOOSE_ENDS:
        words.pop()
    kept = text[start + words[0][0] : start + words[-1][1]].rstrip(".,;:")
    return start + words[0][0], start + words[0][0] + len(kept)

"""5W+1H: which of the six are answered in the lead and the first three paragraphs, and by which words.

The reporter's own answers (``Story.answers``) count when their words stand in the text; without them signs of each are
looked for: names and offices, days and hours, places after "di", reasons after "karena". It never stops anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from studio.checks.finding import Finding
from studio.checks.word_lists import FUNCTION_WORDS
from studio.checks.words import Passage, paragraphs
from studio.story.places import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.story.model import Story

Question = Literal["what", "who", "where", "when", "why", "how"]
QUESTIONS: tuple[Question, ...] = ("what", "who", "when", "where", "why", "how")
LOOKED_AT = 3
"""Paragraphs: why and how may come as late as the third (checklist P02)."""
_DAYS = "Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu"
_MONTHS = "Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember"
_PLACE_NOUNS = (
    "desa|dusun|kelurahan|kecamatan|kabupaten|balai|kantor|lapangan|pasar|sekolah|jalan|saluran|rumah|masjid|sawah"
    "|pendopo|aula|gedung"
)
_PEOPLE = (
    "warga|petani|pedagang|peternak|kepala desa|kepala dusun|ketua|pemerintah|kader|siswa|guru|ibu|kelompok"
    "|karang taruna|puskesmas|pemuda|relawan|peserta|anggota"
)
_REASONS = "karena|sebab|akibat|setelah|agar|supaya|untuk|guna|demi|menjelang|sehingga|bertujuan|tujuannya|lantaran"
_WAYS = "dengan|secara|melalui|lewat|memakai|menggunakan|bergantian|bersama-sama|bergotong royong|dimulai|caranya"
_SIGNS: Mapping[Question, re.Pattern[str]] = {
    "when": re.compile(
        rf"\b(?:{_DAYS}),? \(?\d{{1,2}}[/ ][\w/ ]*\d\)?|\b\d{{1,2}} (?:{_MONTHS})(?: \d{{4}})?"
        r"|\bpukul \d{1,2}\.\d{2}"
    ),
    "where": re.compile(
        rf"\bdi (?:[A-Z]\w+(?: [A-Z]\w+)*|(?:{_PLACE_NOUNS})\b[\w ]{{0,24}})"
        r"|\b(?:Desa|Dusun|Kelurahan|Kecamatan) [A-Z]\w+"
    ),
    "who": re.compile(rf"\b(?i:{_PEOPLE})\b(?: \w+)?(?: [A-Z]\w+)*"),
    "why": re.compile(rf"\b(?:{_REASONS})\b[^.,;]{{4,60}}", re.IGNORECASE),
    "how": re.compile(rf"\b(?:{_WAYS})\b[^.,;]{{3,60}}", re.IGNORECASE),
}
_VERB = re.compile(r"\b(?:me|di|ber|ter)[a-z]{4,}\b[^.,;]{0,50}")


@dataclass(frozen=True, slots=True)
class Answered:
    """One question: where the answer stands, None when it was not found."""

    question: Question
    place: Place | None


def answers(story: Story) -> tuple[Answered, ...]:
    """The six questions in the order of a lead, each with the words that answer it."""
    shown = [(at, text) for at, text in paragraphs(story.body) if not text.startswith("#")][:LOOKED_AT]
    return tuple(Answered(question, _found(story, question, shown)) for question in QUESTIONS)


def check_answers(story: Story) -> tuple[Finding, ...]:
    """One finding that names what is missing; none for a notice without text, or when all is there."""
    if not story.body.strip():
        return ()
    missing = [answered.question for answered in answers(story) if answered.place is None]
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
            Place("body"),
            {"missing": tuple(missing), "count": len(missing)},
            source,
        ),
    )


def _found(story: Story, question: Question, shown: list[tuple[int, str]]) -> Place | None:
    own = getattr(story.answers, question)
    for at, text in shown:
        place = _by_words(own, at, text) or _by_signs(question, at, text)
        if place:
            return place
    return None


def _by_words(answer: str, at: int, text: str) -> Place | None:
    """The sentence that holds most of the words of the reporter's answer."""
    wanted = {word for word in re.findall(r"\w{3,}", answer.lower()) if word not in FUNCTION_WORDS}
    if not wanted:
        return None
    best: tuple[float, int, int] = (0.0, 0, 0)
    for begin, end in Passage(text).sentences:
        held = wanted & set(re.findall(r"\w{3,}", text[begin:end].lower()))
        best = max(best, (len(held) / len(wanted), begin, end))
    share, begin, end = best
    return Place("body", at + begin, at + end) if share >= 0.5 else None


def _by_signs(question: Question, at: int, text: str) -> Place | None:
    pattern = _VERB if question == "what" else _SIGNS[question]
    found = pattern.search(Passage(text).clean)
    return Place("body", at + found.start(), at + found.end()) if found else None

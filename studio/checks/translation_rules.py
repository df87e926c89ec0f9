"""What a translation has to have in common with the original: its figures, dates, numbers to call and links.

Rules of spelling and style do not read other languages, as there is no dictionary for them. Those about people read
every text (``studio.story.reader_fields``), whatever its language.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from studio.base.locale_forms import MONTHS
from studio.checks.finding import Finding
from studio.story.places import TextPlace
from studio.story.translations import (
    is_language_code,
    is_told,
    missing_texts,
    stale_texts,
    translatable_texts,
    translated_text,
    used_languages,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.finding import Level
    from studio.story.model import Story
    from studio.story.newsroom_records import Translation
    from studio.story.translations import TranslatableText

_ACCURATE = "KEJ pasal 3"
_LINK = re.compile(r"https?://[^\s)>\]]+|www\.[^\s)>\]]+")
_MONTHS = tuple(month[:3].lower() for month in MONTHS)
_MONTH_ALSO = {"peb": "feb", "pep": "feb", "ags": "agu", "agt": "agu", "nop": "nov", "may": "mei"}
"""How months begin in Javanese, Sundanese, Madurese, Balinese and Minangkabau too, without accents."""
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*(?:[ \u00a0]+([^\W\d_]{3,}))?")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_PHONE = re.compile(r"(?:\+62|0)[\d\s.-]{7,}\d")
DAYS = (
    "senin senen sennin soma sinayan isnin monday",
    "selasa salasa sallasa anggara tuesday",
    "rabu rebo rebbu buda rabaa wednesday",
    "kamis kemis kemmes wraspati wrespati kamih khamis thursday",
    "jumat jumuah jemuwah jumaah jumaik jumaat sukra friday",
    "sabtu sabto setu saptu saniscara saturday",
    "minggu mingghu ahad ngahad redite akaik akad sunday",
)
"""Days of the week from Monday on, as the languages of ``labels.*.toml`` and their neighbours write them."""
_DAY_OF = {name: number for number, names in enumerate(DAYS) for name in names.split()}
_MOST = 6
"""Numbers that a finding names."""


def check_translations(story: Story) -> tuple[Finding, ...]:
    """Findings about the story in other languages; none about a story in one language."""
    found: list[Finding] = []
    for language, words in story.texts.items():
        stale = stale_texts(story, language)
        if stale:
            place = TextPlace(f"texts/{language}/{stale[0].address}")
            facts = {"language": language, "count": len(stale)}
            more = tuple(TextPlace(f"texts/{language}/{text.address}") for text in stale[1:])
            found.append(Finding("translation_stale", "warning", "facts", place, facts, _ACCURATE, more=more))
        for text in translatable_texts(story):
            found += _text_findings(language, words, text)
    return (*found, *_choice_findings(story))


def _text_findings(language: str, words: Translation, text: TranslatableText) -> Iterator[Finding]:
    said = translated_text(words, text.address)
    if not said.strip():
        return
    place = TextPlace(f"texts/{language}/{text.address}")
    before, after = Counter(_LINK.findall(text.original)), Counter(_LINK.findall(said))
    if links := [*(before - after), *(after - before)]:
        facts = {"language": language, "word": ", ".join(links[:_MOST])}
        yield Finding("translation_links", "warning", "facts", place, facts, _ACCURATE)
    own, there = _figures(text.original), _figures(said)
    if days := _other_days(text.original, said):
        own, there = {**own, "day": days[0]}, {**there, "other day": days[1]}
    strange, lost = list(there.keys() - own.keys()), list(own.keys() - there.keys())
    if strange or lost:
        # A number that the original does not have is wrong; one that is not there may have been written as a word.
        code, level, shown = _number_words(strange, lost)
        told = ", ".join((there if strange else own)[name] for name in sorted(shown)[:_MOST])
        original = ", ".join(own[name] for name in sorted(lost)[:_MOST]) or "–"
        facts = {"language": language, "word": told, "original": original}
        yield Finding(code, level, "facts", place, facts, _ACCURATE)


def _number_words(strange: list[str], lost: list[str]) -> tuple[str, Level, list[str]]:
    return ("translation_numbers", "warning", strange) if strange else ("translation_number_lost", "advice", lost)


def _figures(text: str) -> dict[str, str]:
    """Every number of a text by what it means, with how it is written; a month behind a day belongs to it."""
    text = _LINK.sub(" ", text)
    found: dict[str, str] = {}
    for phone in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", phone[0])
        found.setdefault(f"t{digits.removeprefix('62').removeprefix('0')}", phone[0])
    for number in _NUMBER.finditer(_PHONE.sub(" ", text)):
        written = number[0] if not number[1] else number[0][: number.start(1) - number.start()].rstrip()
        month = _month_of(number[1] or "")
        found.setdefault(f"{_meaning(written)}{month}", f"{written} {number[1]}" if month else written)
    return found


def _meaning(written: str) -> str:
    """``09.00``, ``9:00`` are one; so are ``1.250.000`` and ``1250000``, ``22/11/2026`` and ``22-11-2026``."""
    if _GROUPED.fullmatch(written):
        return written.replace(".", "")
    return "|".join(str(int(part)) for part in re.split(r"[.,:/-]", written))


def _other_days(original: str, said: str) -> tuple[str, str] | None:
    """A day of the week of the original that is not said, and one that is said instead; None where they agree.

    One alone says nothing: "Minggu" is a week too, and a day can be said by its date.
    """
    own, there = _days_in(original), _days_in(said)
    lost, strange = sorted(own.keys() - there.keys()), sorted(there.keys() - own.keys())
    return (own[lost[0]], there[strange[0]]) if lost and strange else None


def _days_in(text: str) -> dict[int, str]:
    """Days of the week by their number, with how they are written."""
    words = (word for word in re.findall(r"[^\W\d_]+", text) if word[0].isupper())
    return {_DAY_OF[plain]: word for word in words if (plain := _without_accents(word)) in _DAY_OF}


def _without_accents(word: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(sign))


def _month_of(word: str) -> str:
    plain = _without_accents(word)
    head = _MONTH_ALSO.get(plain[:3], plain[:3])
    return f" {head}" if head in _MONTHS and len(plain) < 10 else ""


def _choice_findings(story: Story) -> Iterator[Finding]:
    """An outlet that was promised a language gets it, and somebody who speaks it has read it."""
    chosen: dict[str, list[str]] = {}
    for outlet, languages in story.outlet_languages.items():
        for language in languages:
            chosen.setdefault(language, []).append(outlet)
    for language, outlets in chosen.items():
        if language != story.language and not is_language_code(language):
            facts = {"language": language, "outlets": ", ".join(outlets)}
            yield Finding("translation_code", "warning", "complete", None, facts)
        elif not is_told(story, language):
            missing = missing_texts(story, language)
            field = missing[0].address if language in story.texts and missing else ""
            place = TextPlace("/".join(filter(None, ("texts", language, field))))
            facts = {"language": language, "outlets": ", ".join(outlets)}
            yield Finding("translation_not_told", "warning", "complete", place, facts)
    for language in used_languages(story):
        if not story.texts[language].checked_by.strip():
            place = TextPlace(f"texts/{language}")
            yield Finding("translation_unread", "advice", "language", place, {"language": language})

"""Capitals that are missing: days, months, places, peoples, titles before a name, short forms, heads of sentences.

EYD V, I.A. Capitals that are too many are for ``needless_capitals``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.base.locale_forms import MONTHS, WEEKDAYS
from studio.checks.morphology import is_form
from studio.checks.rule import EYD, RuleMark
from studio.checks.word_lists import ABBREVIATIONS, ACRONYMS, LINKING_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from studio.checks.rule import LexiconWords
    from studio.checks.text_passages import TextPassage

SOURCE = f"{EYD}, I.A"
_ALWAYS = [name.lower() for name in (*WEEKDAYS, *MONTHS) if name not in {"Minggu", "Maret"}]
_CALENDAR = re.compile(
    rf"\b(?:{'|'.join(_ALWAYS)}|minggu(?=,? ?\(?\d{{1,2}}[/ -])|(?<=hari )minggu|(?<=malam )minggu"
    r"|(?<=\d )maret|(?<=bulan )maret|maret(?= \d{4}))\b"
)
"""Lower-case days and months; ``minggu`` is a week and ``maret`` no other word, so both need a hint beside them."""
_PEOPLES = re.compile(
    r"\b(?:indonesia|jawa|sunda|madura|bali|batak|minang|bugis|dayak|papua|islam|kristen|katolik|hindu|buddha|khonghucu"
    r"|ramadan|iduladha|idulfitri|nusantara|pancasila)\b|(?<=menjelang )lebaran\b|(?<=saat )lebaran\b"
    r"|(?<=hari raya )lebaran\b"
)
_TITLE = re.compile(
    r"\b(presiden|gubernur|bupati|wali kota|camat|lurah|kepala desa|kepala dusun|menteri|pak|bu)(?= [A-Z][a-z])"
)
_KINDS = "Desa|Dusun|Kelurahan|Kecamatan|Kabupaten|Provinsi"
_OFFICE = re.compile(
    rf"(?<=[a-z] )(?<!Kepala )({_KINDS})"
    r"(?= (?:ini|itu|setempat|tersebut|yang|akan)\b|[,;]| dan [a-z]| serta [a-z]| maupun )"
    rf"|(?:(?<=berbagai )|(?<=seluruh )|(?<=setiap )|(?<=tiap )|(?<=semua )|(?<=beberapa ))({_KINDS})\b(?! [A-Z])"
)
_GENERIC = (
    "desa|dusun|kelurahan|kecamatan|kabupaten|kota|provinsi|kampung|nagari|distrik|gampong|jorong|padukuhan|pedukuhan|dukuh"
    "|jalan|gunung|sungai|pulau|danau|teluk|selat|waduk|bengawan|kapanewon|kalurahan|banjar|lingkungan"
)
_SACRED = r"(?:A[dlnrst]h?[-' ][A-Z]|Bait[iu]|Nurul |Jami|Daru)"
_UNDER_A_NAME = re.compile(
    rf"\b((?:{_GENERIC})(?= [A-Z][a-z]{{2,}})|(?:masjid|musala|pesantren|majelis taklim)(?= {_SACRED}))"
)
"""A word for a place, small, before its name: ``desa Sukamaju`` (EYD V, I.A: names of geography)."""
_OVER_A_NAME = re.compile(rf"\b(?i:({_GENERIC}))( (?:[A-Z]\w+ )?)([a-z]{{3,}})\b")
_IN_A_PLACE = re.compile(r"\b(?:di|ke|dari|asal|se-|wilayah|warga|bupati|pemkab|polres|kodim) $", re.IGNORECASE)
_VERBAL = ("me", "di", "ber", "ter", "pe", "se", "ke")
_NOT_A_NAME = frozenset(
    {
        "kkn",
        "kabupaten",
        "kecamatan",
        "provinsi",
        "desa",
        "kita",
        "kami",
        "mereka",
        "ini",
        "itu",
        "saya",
        "kini",
        "anda",
        "beliau",
    }
)
_AFTER_STOP = re.compile(r"(\w+)[.!?][\"”]? +([a-z])([a-z]*)\b")
_SMALL_AFTER_QUOTE = re.compile(r"(?:^|[,:.] )[\"“]([a-z])([a-z]+)(?= \w+ \w+ \w+)")
_BEGINS_WITH_NUMBER = re.compile(r"\d[\d.]*(?= [a-z])")
_ARTICLE = re.compile(r"\b(pasal)(?= (?:\d|[IVX]+\b))")
"""A document's numbered parts (EYD V, I.A)."""
_ZONE = re.compile(r"(?<=\d)( ?)(wib|wita|wit|Wib|Wita|Wit|WIB|WITA|WIT)\b")
_NEIGHBOURHOOD = re.compile(
    r"\b(Rt|Rw|rt|rw)\b(?=[ .]{0,2}\d|[/ ]{1,3}(?:R[WwTt]|r[wt])\b)|(?<=\bRT )(rw|Rw)\b|(?<=\bdan )(Rt|Rw)\b"
    r"|\b(Rt|Rw)(?= )"
)
_RT_OR_RW = re.compile(r"\b[Rr][tw]\b")
_SHORT_FORMS = ACRONYMS - {"wib", "wita", "wit"}
_MIXED = frozenset({"Polri", "Sdn"})


def check_capitals(passage: TextPassage, words: LexiconWords, known: Set[str], taken: Set[int]) -> Iterator[RuleMark]:
    """Marks of these rules for one paragraph.

    Args:
        passage: the paragraph.
        words: the lexicon, for names of regions.
        known: words that are right as they are.
        taken: places that another rule has marked already.
    """
    text = passage.clean_text
    for pattern in (_CALENDAR, _PEOPLES):
        for found in pattern.finditer(text):
            if found.start() not in taken and not _is_part(text, found.start(), found.end()):
                yield _mark_capital(found.start(), found.end(), found[0], found[0].capitalize())
    yield from _place_marks(passage, words, known)
    yield from _region_marks(passage, words, known, taken)
    for found in _TITLE.finditer(text):
        yield _mark_capital(*found.span(), found[0], found[0].title(), level="advice")
    for found in _OFFICE.finditer(text):
        yield _mark_capital(*found.span(), found[0], found[0].lower(), level="advice")
    yield from _short_forms(passage, known)
    yield from _beginning_marks(passage)


def small_name(mark: RuleMark, word: str) -> RuleMark:
    """What is to be said of a name of the story that is in small letters, in place of another mark."""
    return replace(
        _mark_capital(mark.start, mark.end, word, word.capitalize()), facts={**mark.facts, "fix": word.capitalize()}
    )


def _mark_capital(start: int, end: int, told: str, fixed: str, *, level: str = "warning") -> RuleMark:
    facts = {"word": told, "fix": fixed}
    return RuleMark("language_capital", level, start, end, SOURCE, (fixed,), facts)  # type: ignore[arg-type]


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether it is joined to another word: ``non-islam`` is for another rule."""
    return text[start - 1 : start] == "-" or text[end : end + 1] == "-"


def _place_marks(passage: TextPassage, words: LexiconWords, known: Set[str]) -> Iterator[RuleMark]:
    """``desa Sukamaju``, ``Kecamatan tulakan``, ``didesa Sukamaju`` apart: a place is its kind and its name."""
    text = passage.clean_text
    for found in _UNDER_A_NAME.finditer(text):
        name = re.compile(r" ([A-Z]\w+)").match(text, found.end())
        before = text[: found.start()]
        # A capital behind "kota" makes it a name; "ibu kota" and "wali kota" are words of their own.
        if name and name[1].lower() not in LINKING_WORDS | _NOT_A_NAME and not before.endswith(("-", "ibu ", "wali ")):
            title = re.search(r"\b(kepala|sekretaris|perangkat|bidan) $", text[: found.start()])
            start = found.start() - len("kepala ") if title and title[1] == "kepala" else found.start()
            told = f"{text[start : found.end()]}{name[0]}"
            yield _mark_capital(start, name.end(), told, f"{text[start : found.end()].title()}{name[0]}")
    firsts = {word.start for word in passage.words if word.first}
    for found in _OVER_A_NAME.finditer(text):
        low = found[3]
        # A word of the language behind "Desa" need not be its name: "Desa membangun".
        if words.spells(low) or is_form(low, words.spells) or low in ABBREVIATIONS | LINKING_WORDS:
            continue
        named = found[1][0].isupper() and found.start() not in firsts and not low.startswith(_VERBAL)
        if (named or low in words.places) and (low not in known or low.capitalize() in known):
            fixed = f"{found[1][0].upper()}{found[1][1:]}{found[2]}{low.capitalize()}"
            yield _mark_capital(*found.span(), found[0], fixed)


def _region_marks(passage: TextPassage, words: LexiconWords, known: Set[str], taken: Set[int]) -> Iterator[RuleMark]:
    """Names of provinces and regencies in lower case, after what leads to a place.

    Elsewhere they may be words (``banten`` is an offering on Bali), as are many of the seven thousand names of
    districts (``tigo``, ``kawedanan``); those take a capital after ``kecamatan`` or when the story knows them.
    """
    for word in passage.words:
        low = word.text
        if word.start in taken or not low.islower() or low not in words.places:
            continue
        named = low.capitalize() in known
        if not named and (low in known or low not in words.regions or not _is_placed(passage, word.start)):
            continue
        # Peoples have a rule of their own: two marks on one word would confuse.
        if not words.spells(low) and not _PEOPLES.fullmatch(low):
            yield _mark_capital(word.start, word.end, low, low.capitalize())


def _is_placed(passage: TextPassage, at: int) -> bool:
    return _IN_A_PLACE.search(passage.clean_text, max(0, at - 12), at) is not None


def _short_forms(passage: TextPassage, known: Set[str]) -> Iterator[RuleMark]:
    text = passage.clean_text
    for found in _ZONE.finditer(text):
        if found[0] != f" {found[2].upper()}":
            # Without a space there the figure before it goes into the mark as well: a missing space has no letters one
            # could show.
            start = found.start() - (not found[1])
            start += bool(found[1])
            told = text[start : found.end()]
            yield _mark_capital(
                start, found.end(), told, told[: -len(found[2])].rstrip() + " " * (not found[1]) + found[2].upper()
            )
    for found in _ARTICLE.finditer(text):
        yield _mark_capital(*found.span(), found[0], found[0].capitalize(), level="advice")
    if _RT_OR_RW.search(text):
        for found in _NEIGHBOURHOOD.finditer(text):
            yield _mark_capital(*found.span(), found[0], found[0].upper())
    for word in passage.words:
        low = word.text.lower()
        if low not in _SHORT_FORMS or word.text[1:] != low[1:] or word.text in _MIXED or low in known:
            continue
        if text[word.start - 1 : word.start] not in {".", "@", "/", "-"} and text[word.end : word.end + 1] != "-":
            yield _mark_capital(word.start, word.end, word.text, low.upper())


def _beginning_marks(passage: TextPassage) -> Iterator[RuleMark]:
    for found in _AFTER_STOP.finditer(passage.clean_text):
        # An abbreviation, a number ("pukul 9.") or an initial before the stop ends no sentence.
        before = found[1].lower()
        quoted = passage.clean_text[found.start(2) - 2 : found.start(2) - 1] in {'"', "”"}
        if before not in ABBREVIATIONS and not found[1].isdigit() and len(found[1]) > 1 and not quoted:
            told = found[2] + found[3]
            yield _mark_capital(found.start(2), found.end(3), told, told.capitalize())
    for found in _SMALL_AFTER_QUOTE.finditer(passage.clean_text):
        told = found[1] + found[2]
        yield _mark_capital(found.start(1), found.end(2), told, told.capitalize())
    for begin, end in passage.sentences:
        number = _BEGINS_WITH_NUMBER.match(passage.clean_text, begin, end)
        if number and passage.clean_text[end - 1] in '.!?”"':
            fixed = f"Sebanyak {number[0]}"
            facts = {"word": number[0], "fix": fixed}
            yield RuleMark("language_number_first", "advice", *number.span(), f"{EYD}, II.D", (fixed,), facts)

"""Personal data in a text: what ``lokal-id`` recognises, and what it misses in texts of Indonesian villages."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lokal import PiiType

_KINDS: tuple[PiiType, ...] = (
    "NIK",
    "KK",
    "NPWP",
    "PASSPORT",
    "SIM",
    "BPJS",
    "NISN",
    "PHONE",
    "EMAIL",
    "BANK_ACCOUNT",
    "CARD",
    "GEO",
)
"""What has no place in a story. Names, dates and addresses are its very matter: the rules about people see to"
" them."""
_AT = r"\s*[\[({]\s*(?:at|et|a|@)\s*[\])}]\s*"
_DOT = r"\s*(?:\.|[\[({]\s*(?:dot|titik)\s*[\])}]|\b(?:dot|titik)\b)\s*"
_EMAIL = re.compile(
    rf"\b[\w.+-]+(?:{_AT}|\s(?:at|et)\s(?=(?:gmail|yahoo|hotmail|outlook|ymail"
    rf"|rocketmail)\b))[\w-]+(?:{_DOT}\w{{2,}})+",
    re.IGNORECASE,
)
_NIK = re.compile(r"(?<![\d.])\d(?:[ .\-]?\d){15}(?![\d]|[ .\-]\d)")
_CALLED_NIK = re.compile(r"\b(?:NIK|KK|KTP|kependudukan|kartu keluarga)\b[^\d\n]{0,30}$", re.IGNORECASE)
_MOBILE = re.compile(r"(?<![\d.,])(?:\(?\+?62\)?|[0Oo])[ .\-()]{0,2}8[ .\-]?[1-9](?:[ .\-]?[\dOo]){7,10}(?!\d)")
_LANDLINE = re.compile(
    r"(?<![\d.,/\-])(?:\(?\+62\)?[ .\-]?|\(?0)(?:2[1-9]"
    r"|[2-79]\d{2})\)?[ .\-]{1,3}\d{3,4}[ .\-]?\d{2,4}(?![\d.,]\d|\d)"
)
_PLATES = (
    "A AA AB AD AE AG B BA BB BD BE BG BH BK BL BM BN BP D DA DB DC DD DE DG DH DK DL DM DN DP DR DS DT DW E EA"
    " EB ED F G "
    "H K KB KH KT KU L M N P PA PB R S T W Z"
)
_REGION = "|".join(sorted(_PLATES.split(), key=len, reverse=True))
_PLATE = re.compile(rf"(?<![\w.])(?<!\d )({_REGION})[ \-]?(\d{{1,4}})[ \-]?([A-Z]{{1,3}})(?!\w)")
_VEHICLE = re.compile(
    r"\b(?:plat|pelat|nopol|nomor polisi|no\.? ?pol|bernomor|motor|mobil|sepeda motor|truk|pikap|pick-?up|angkot|bus|"
    r"kendaraan|avanza|xenia|vario|beat|mio|scoopy|nmax|supra)\b",
    re.IGNORECASE,
)
_UNITS = "KK RT RW KG KM HA CM MM ML SD TK PM AM WIB KWH SKS JP PAI TI PG M H"
_NO_PLATE = frozenset(_UNITS.split())
"""What stands behind a figure without being a plate: units, sizes, years of the Hijri calendar."""
_MAP = re.compile(
    r"(?:https?://)?(?:maps\.app\.goo\.gl|goo\.gl/maps|(?:www\.)?google\.[a-z.]{2,6}/maps|maps\.google\.[a-z.]{2,6}|"
    r"(?:www\.)?waze\.com/ul|(?:www\.)?openstreetmap\.org/[?#]|maps\.apple\.com|share\.here\.com"
    r"|what3words\.com)[^\s)\]>]*"
    r"|(?<![\w+])[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}(?!\w)",
    re.IGNORECASE,
)
_HARMLESS = re.compile(
    r"\bRp\.?[ \u00a0]?\d{1,3}(?:\.\d{3})+(?![ .\-]?\d)"  # an amount of money
    r"|(?<![\w/])\d{1,2}/\d{1,2}/\d{4}(?![\w/])"  # dates
    r"|(?<![\w\-])(?:19|20)\d\d-[01]\d-[0-3]\d(?![\w\-]| \d)"
    r"|(?<![\w.:/–-])(?:[01]?\d|2[0-4])[.:][0-5]\d(?:\s?[–/-]\s?(?:[01]?\d|2[0-4])[.:][0-5]\d)?"  # hours
    r"(?![\w–/-]|[.:]\d|\s[–-]?\s?\d)"
    r"|(?<=[^\d\s] )\d{1,3}(?= [a-z]{3})"  # a count: "64 warga"
    r"|(?:\A|(?<=[:(,\n]))\s*@[A-Za-z][\w.]*(?![\w@])"  # an account: "Instagram: @kim.sukamaju"
)
"""Figures and signs as they stand in most news; no number or address of these kinds is written so."""
_FAR_APART = re.compile(r"\D{24,}")
"""Words between two figures: no number goes on behind them, nor does a place ("7.795 lintang selatan, 110.366")."""
_LOGIN = re.compile(r"\b[a-z][a-z0-9+.\-]*://[^\s/@:]*:[^\s/@]+@[^\s)\]>]+", re.IGNORECASE)
"""A name and a password in an address."""
_PLACE = re.compile(
    r"@?-?\d{1,3}[.,]\d{3,}\s*[,;]\s*-?\d{1,3}[.,]\d{3,}"
    r"|\d{1,3}\s*°\s*\d{1,2}\s*[\'′’]\s*(?:[\d.,]+\s*[\"″”]?)?\s*(?:LS|LU|BT|[NSEW])(?:[,;\s]+\d{1,3}\s*°[^\s,;]*"
    r"(?:\s*(?:BT|[EW]))?)?"
    r"|\d{1,3}[.,]\d{3,}\s*(?:LS|LU)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def find_private(text: str) -> tuple[tuple[str, int, int], ...]:
    """Personal data in one paragraph; remembered, as a story is checked again with every key.

    Returns:
        Kind in lower case (``nik``, ``phone``, ``email``, ``plate``, ``map``, ``geo``, ``login`` ...), start and end in
        code points, first to last; where two overlap, the longer.
    """
    found = [*_own_patterns(text), *(_by_lokal(text) if _worth_a_look(text) else ())]
    kept: list[tuple[str, int, int]] = []
    for hit in sorted(found, key=lambda hit: (hit[1], -hit[2])):
        if not kept or hit[1] >= kept[-1][2]:
            kept.append(hit)
    return tuple(kept)


def _by_lokal(text: str) -> Iterator[tuple[str, int, int]]:
    from lokal import detect_pii

    for match in detect_pii(text, types=_KINDS):
        yield match.type.lower(), match.start, match.end


def _own_patterns(text: str) -> Iterator[tuple[str, int, int]]:
    for kind, pattern in (("email", _EMAIL), ("map", _MAP), ("login", _LOGIN)):
        yield from ((kind, *found.span()) for found in pattern.finditer(text))
    if not any(sign.isdigit() for sign in text):
        return
    for kind, pattern in (("phone", _MOBILE), ("phone", _LANDLINE), ("geo", _PLACE)):
        yield from ((kind, *found.span()) for found in pattern.finditer(text))
    yield from (("nik", *found.span()) for found in _NIK.finditer(text) if _is_nik(text, found))
    yield from (("plate", *found.span()) for found in _PLATE.finditer(text) if _is_plate(text, found))


def _is_nik(text: str, found: re.Match[str]) -> bool:
    """Sixteen digits with a province and a birthday in them (women: day plus 40), or any that are called a NIK."""
    if _CALLED_NIK.search(text[max(0, found.start() - 60) : found.start()]):
        return True
    digits = re.sub(r"\D", "", found[0])
    day, month = int(digits[6:8]) % 40, int(digits[8:10])
    return 11 <= int(digits[:2]) <= 97 and 1 <= day <= 31 and 1 <= month <= 12


def _is_plate(text: str, found: re.Match[str]) -> bool:
    """Three figures are a plate; fewer only beside a word for a vehicle ("S1 PAI" is a degree, "B 12 C" a block)."""
    if found[3] in _NO_PLATE:
        return False
    near = text[max(0, found.start() - 60) : found.end() + 30]
    return len(found[2]) > 2 or _VEHICLE.search(near) is not None


def _worth_a_look(text: str) -> bool:
    """Saves most texts the search, and most stories the import, which takes longer than all other rules together.

    All of these kinds hold six digits that lie together, or an at sign.
    """
    left = _HARMLESS.sub("", text)
    return "@" in left or any(sum(map(str.isdigit, part)) >= 6 for part in _FAR_APART.split(left))

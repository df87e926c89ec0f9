"""Written apart or together: di and ke before places, di- before verbs, pun, per, bound forms, ke-2, se-Jawa.

This rule goes before spelling: to a dictionary ``diatas`` looks like a verb. (EYD V, II.A and II.L; checked against the
table of pairs.)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.checks.rule import EYD, Mark
from studio.checks.word_lists import ACTIVE_STEMS, NOUNS_IN_I, PLACES, PUN_JOINED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.rule import Words
    from studio.checks.words import Passage

_KEPT_KE = frozenset(
    {"kemari", "kepada", "keluar", "kelapangan", "kehutan", "keluarga", "ketengah", "kesela", "kepala"}
)
"""Joined words with ke- that are right, or mean something else."""
_PUN_WORDS = frozenset({"ampun", "himpun", "rumpun", "timpun", "pimpun", "tumpun"})
_PER = re.compile(
    r"\bper(hari|bulan|tahun|orang|minggu|jam|liter|kilogram|kg|meter|hektare|kepala|lembar|kali|rumah)\b", re.I
)
_BOUND = re.compile(r"\b(antar|pasca|non|anti|sub|swa|multi|pra|semi|ultra|inter|eks)\s+([a-z]{3,})\b")
_AFTER_ANTAR = frozenset(
    {"jemput", "ke", "kota", "surat", "makanan", "barang", "anak", "dan", "oleh", "yang", "mereka", "warga"}
)
_ORDINAL = (
    "peringkat|juara|hari|tahun|edisi|kali|periode|tahap|gelombang|angkatan|urutan|anak|abad|semester|putaran|HUT|jadi"
)
_AFTER = "|".join(f"(?<={word} )" for word in _ORDINAL.split("|"))
_KE_NUMBER = re.compile(
    rf"(?:{_AFTER})([Kk]e) ?(\d+)\b"
    r"|\b([Kk]e) ?(\d+)\b(?=\s*(?:[.,;:)]|$|yang\b|di\b|dan\b|ini\b|itu\b|pada\b))"
)
"""An ordinal; "ke 27 hektare sawah" tells where to, and stays apart."""
_SE_NAME = re.compile(r"\bse ([A-Z]\w+)")
_DI_APART = re.compile(r"\b([Dd]i) ([a-z]+)\b")
_PUN_APART = re.compile(
    r"\b(adapun|andai|atau|bagaimana|biar|jika|kalau|kendati|mau|meski|sekali|sungguh|walau) pun\b", re.I
)


def check_affixes(passage: Passage, words: Words) -> Iterator[Mark]:
    """Marks of this rule for one paragraph."""
    yield from _joined_places(passage, words)
    yield from _apart_verbs(passage, words)
    yield from _pun(passage, words)
    yield from _other(passage, words)


def _mark(start: int, end: int, told: str, rule: str, *fixes: str) -> Mark:
    return Mark("language_apart", "warning", start, end, f"{EYD}, {rule}", fixes, {"word": told, "fix": fixes[0]})


def _joined_places(passage: Passage, words: Words) -> Iterator[Mark]:
    for word in passage.words:
        low = word.text.lower()
        particle, base = low[:2], low[2:]
        if particle not in {"di", "ke"} or base not in PLACES or low in _KEPT_KE or words.spells(low):
            continue
        fixed = f"{word.text[:2]} {word.text[2:]}"
        yield _mark(word.start, word.end, word.text, f"II.L: {particle} sebagai kata depan dipisah", fixed)


def _apart_verbs(passage: Passage, words: Words) -> Iterator[Mark]:
    for found in _DI_APART.finditer(passage.clean):
        base = found[2]
        ending = base.endswith("kan") or (base.endswith("i") and base not in NOUNS_IN_I)
        if base in PLACES or not (ending or base in ACTIVE_STEMS) or not words.spells(f"di{base}"):
            continue
        yield _mark(*found.span(), found[0], "II.A: awalan di- serangkai dengan kata kerja", f"{found[1]}{base}")


def _pun(passage: Passage, words: Words) -> Iterator[Mark]:
    for word in passage.words:
        low = word.text.lower()
        if not low.endswith("pun") or low in PUN_JOINED or low in _PUN_WORDS or len(low) < 5:
            continue
        if words.spells(low[:-3]) and not words.spells(low):
            fixed = f"{word.text[:-3]} {word.text[-3:]}"
            yield _mark(word.start, word.end, word.text, "II.L: partikel pun dipisah", fixed)
    for found in _PUN_APART.finditer(passage.clean):
        yield _mark(*found.span(), found[0], "II.L: tiga belas bentuk padu serangkai", found[0].replace(" ", ""))


def _other(passage: Passage, words: Words) -> Iterator[Mark]:
    text = passage.clean
    for found in _PER.finditer(text):
        yield _mark(*found.span(), found[0], "II.L: per 'tiap' dipisah", f"{found[0][:3]} {found[1]}")
    for found in _BOUND.finditer(text):
        whole = found[1] + found[2]
        if words.spells(found[2]) and not (found[1] in {"antar", "sub"} and found[2] in _AFTER_ANTAR):
            yield _mark(*found.span(), found[0], "II.A: bentuk terikat serangkai", whole)
    for found in _KE_NUMBER.finditer(text):
        fixed = f"{found[1] or found[3]}-{found[2] or found[4]}"
        yield _mark(*found.span(), found[0], "II.A: ke- dan angka bertanda hubung", fixed)
    for found in _SE_NAME.finditer(text):
        yield _mark(*found.span(), found[0], "II.A: se- dan nama diri bertanda hubung", f"se-{found[1]}")

"""How it is told: long sentences, opinion, presumption of innocence, words that hurt, capitals throughout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.checks.rule import EYD, Mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.words import Passage

MOST_SENTENCE_WORDS, MOST_SENTENCES, MOST_LEAD_WORDS = 25, 4, 35
"""Habits of newsrooms (checklist P33; lead: domain notes 2.1)."""
_OPINION = re.compile(
    r"\b((?<!sekolah )(?<!kejadian )(?<!rapat )(?<!sidang )(?<!musyawarah )(?<!kongres )(?<!anggota )luar biasa"
    r"|spektakuler|fantastis|memukau|menakjubkan|sungguh indah|sangat memuaskan|sukses besar|biadab|keji"
    r"|bejat|konyol|memalukan|tidak becus|jelas-jelas|tentu saja|sangat disayangkan|patut diacungi jempol)\b",
    re.IGNORECASE,
)
_PERPETRATOR = re.compile(
    r"(?<!terduga )(?<!diduga )(?<!diduga sebagai )\bpelaku(?:nya)?\b"
    r"(?! (?:usaha|umkm|ekonomi|wisata|seni|industri|budaya|pasar|bisnis|perjalanan|kegiatan|utama|olahraga))",
    re.IGNORECASE,
)
_CRIME = re.compile(
    r"\b(polisi|polsek|polres|pencuri\w*|curi|dicuri|perampok\w*|pembunuh\w*|penipu\w*|tersangka|ditangkap)\b", re.I
)
_HURTS = {
    "cacat": "penyandang disabilitas",
    "orang gila": "orang dengan gangguan jiwa",
    "idiot": "",
    "pribumi": "",
    "aseng": "",
    "kafir": "",
    "gelandangan": "tunawisma",
    "buta huruf": "belum bisa membaca",
}
_HURTING = re.compile(rf"\b({'|'.join(_HURTS)})\b", re.IGNORECASE)
_SHOUTED = re.compile(r"\b(?:[A-Z]{4,}\s+){3,}[A-Z]{4,}\b")


def check_style(passage: Passage, *, lead: bool) -> Iterator[Mark]:
    """Marks of these rules for one paragraph; ``lead`` is the first of a body."""
    yield from _lengths(passage, lead=lead)
    yield from _judging(passage)
    yield from _shouted(passage)


def _lengths(passage: Passage, *, lead: bool) -> Iterator[Mark]:
    source = "praktik redaksi"
    for begin, end in passage.sentences:
        count = sum(begin <= word.start < end for word in passage.words)
        if count > MOST_SENTENCE_WORDS and not lead:
            yield Mark("language_long_sentence", "advice", begin, end, source, (), {"count": count})
    whole = (0, len(passage.text))
    if lead and len(passage.words) > MOST_LEAD_WORDS:
        yield Mark("language_long_lead", "advice", *whole, source, (), {"count": len(passage.words)})
    if len(passage.sentences) > MOST_SENTENCES and not passage.text.lstrip().startswith(("-", "*", ">", "1")):
        yield Mark("language_long_paragraph", "advice", *whole, source, (), {"count": len(passage.sentences)})


def _judging(passage: Passage) -> Iterator[Mark]:
    text = passage.clean
    for found in _OPINION.finditer(text):
        if not passage.quoted(found.start()):
            yield Mark("language_opinion", "warning", *found.span(), "KEJ pasal 3", (), {"word": found[0]})
    if _CRIME.search(text):
        for found in _PERPETRATOR.finditer(text):
            # What somebody said is never rewritten.
            ways: tuple[str, ...] = () if passage.quoted(found.start()) else (f"terduga {found[0]}",)
            yield Mark("language_presumption", "warning", *found.span(), "KEJ pasal 3", ways, {"word": found[0]})
    for found in _HURTING.finditer(text):
        better = _HURTS[found[0].lower()]
        fixes: tuple[str, ...] = (better,) if better else ()
        yield Mark("language_hurting", "warning", *found.span(), "KEJ pasal 8", fixes, {"word": found[0]})


def _shouted(passage: Passage) -> Iterator[Mark]:
    for found in _SHOUTED.finditer(passage.clean):
        yield Mark("language_shouted", "advice", *found.span(), f"{EYD}, I.F", (), {"word": found[0]})

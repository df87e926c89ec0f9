"""How it is written: long sentences, opinion, presumption of innocence, words that hurt, capitals throughout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.checks.rule import EYD, RuleMark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.text_passages import TextPassage

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


def check_style(passage: TextPassage, *, lead: bool) -> Iterator[RuleMark]:
    """Marks of these rules for one paragraph; ``lead`` is the first of a body."""
    yield from _length_marks(passage, lead=lead)
    yield from _opinion_marks(passage)
    yield from _shouted_marks(passage)


def _length_marks(passage: TextPassage, *, lead: bool) -> Iterator[RuleMark]:
    source = "praktik redaksi"
    for begin, end in passage.sentences:
        count = sum(begin <= word.start < end for word in passage.words)
        if count > MOST_SENTENCE_WORDS and not lead:
            yield RuleMark("language_long_sentence", "advice", begin, end, source, (), {"count": count})
    whole = (0, len(passage.text))
    if lead and len(passage.words) > MOST_LEAD_WORDS:
        yield RuleMark("language_long_lead", "advice", *whole, source, (), {"count": len(passage.words)})
    if len(passage.sentences) > MOST_SENTENCES and not passage.text.lstrip().startswith(("-", "*", ">", "1")):
        yield RuleMark("language_long_paragraph", "advice", *whole, source, (), {"count": len(passage.sentences)})


def _opinion_marks(passage: TextPassage) -> Iterator[RuleMark]:
    text = passage.clean_text
    for found in _OPINION.finditer(text):
        if not passage.is_quoted(found.start()):
            yield RuleMark("language_opinion", "warning", *found.span(), "KEJ pasal 3", (), {"word": found[0]})
    # Whoever runs a business is a "pelaku" too: only where the paragraph is about a crime is it a charge.
    if _CRIME.search(text):
        for found in _PERPETRATOR.finditer(text):
            # Quotations are never rewritten.
            ways: tuple[str, ...] = () if passage.is_quoted(found.start()) else (f"terduga {found[0]}",)
            yield RuleMark("language_presumption", "warning", *found.span(), "KEJ pasal 3", ways, {"word": found[0]})
    for found in _HURTING.finditer(text):
        better = _HURTS[found[0].lower()]
        fixes: tuple[str, ...] = (better,) if better else ()
        yield RuleMark("language_hurting", "warning", *found.span(), "KEJ pasal 8", fixes, {"word": found[0]})


def _shouted_marks(passage: TextPassage) -> Iterator[RuleMark]:
    for found in _SHOUTED.finditer(passage.clean_text):
        yield RuleMark("language_shouted", "advice", *found.span(), f"{EYD}, I.F", (), {"word": found[0]})

"""Whether the answer to "what" is a clause already ("warga memperbaiki saluran"), and how "who" joins it.

People answer "what happened" in whole clauses as often as in names of an event ("perbaikan saluran", "lomba
memasak"). A clause that is taken for a name gives "20 warga melaksanakan warga memperbaiki saluran".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_ACTORS = """
warga masyarakat penduduk ibu ibu-ibu bapak bapak-bapak pak bu petani nelayan pedagang peternak perajin pengrajin
pemuda pemudi remaja anak anak-anak siswa siswi murid santri pelajar mahasiswa guru kader anggota pengurus relawan
tim kelompok panitia perangkat kepala kades lurah camat bupati wali gubernur ketua bidan dokter perawat petugas
polisi tni babinsa karang pkk kim posyandu puskesmas sekolah pemerintah pemdes bpd bumdes umkm umat jemaah jamaah
peserta pengunjung penonton pembeli sopir tukang lansia balita kami mereka kita seorang dua tiga empat lima puluhan
ratusan ribuan sejumlah para semua seluruh banjir longsor gempa angin hujan api kebakaran air pohon jembatan
tanggul sungai harga listrik
"""
"""First words of a subject: who or what acts. What names an event ("lomba memasak") begins with none of them."""
_EVENTS = "kerja gotong lomba pelatihan kegiatan acara aksi gerakan program belajar latihan kursus"
_BINDERS = "yang untuk agar guna demi cara supaya dan atau tentang soal dalam"
"""Before a verb they make it part of a noun phrase ("jalan yang menghubungkan")."""
_AFTER_VERB = "di ke dari pada karena sebab akibat untuk agar supaya setelah sebelum saat ketika dan"
_FARTHEST_VERB = 6


@dataclass(frozen=True, slots=True)
class AnswerClause:
    """Who acts and what is done, as they were written; ``passive``: the verb begins with di-."""

    subject: str
    predicate: str
    passive: bool


def answer_clause(what: str, who: str, is_verb: Callable[[str], bool]) -> AnswerClause | None:
    """The clause that an answer is; None for a verb alone or the name of an event.

    Args:
        what: the answer, one line.
        who: the answer to "who"; a subject that shares a word with it acts.
        is_verb: whether the first word of a text is a verb.
    """
    words = what.split()
    verb = next(
        (
            n
            for n in range(1, min(len(words), _FARTHEST_VERB))
            if is_verb(words[n]) and _bare(words[n - 1]) not in _BINDERS.split()
        ),
        0,
    )
    first = _bare(words[0]) if words else ""
    if not verb or is_verb(what) or first in _EVENTS.split() or not words[verb][:1].islower():
        return None
    passive = re.match(r"di\w{3,}", words[verb]) is not None
    named = verb > 1 and all(word[:1].isupper() for word in words[:verb])
    acts = (
        first in _ACTORS.split()
        or first.isdigit()
        or named
        or bool(_bare_words(words[:verb]) & _bare_words(who.split()))
    )
    if not (acts or passive):
        return None
    return AnswerClause(" ".join(words[:verb]), " ".join(words[verb:]), passive)


def clause_with(clause: AnswerClause, who: str, will: str) -> tuple[str, str]:
    """The clause with those who took part, and a sentence of its own for them where they do not fit in.

    Args:
        clause: what happened.
        who: the answer to "who"; "" for none.
        will: "akan " for what is yet to come, else "".

    Returns:
        The clause, and "Yang terlibat: ..." or "". No word of either answer is left out.
    """
    will = "" if clause.predicate.startswith("akan ") else will
    done = f"{will}{clause.predicate}"
    mine, said = _bare_words(clause.subject.split()), _bare_words(who.split())
    if not who or said <= mine:
        return f"{clause.subject} {done}", ""
    if mine <= said:
        return f"{who} {done}", ""
    # "20 warga" and "warga Dusun Krajan": the count goes before what tells them apart.
    head, _, rest = clause.subject.partition(" ")
    if _bare(who.rsplit(maxsplit=1)[-1]) == _bare(head):
        return f"{who} {rest} {done}", ""
    verb, _, after = clause.predicate.partition(" ")
    if clause.passive and (not after or after.split(maxsplit=1)[0].casefold() in _AFTER_VERB.split()):
        by = who[:1].lower() + who[1:] if _plain(who) else who
        return f"{clause.subject} {will}{verb} oleh {by} {after}".rstrip(), ""
    if said <= _bare_words(after.split()):
        return f"{clause.subject} {done}", ""
    return f"{clause.subject} {done}", f"Yang terlibat: {who}"


def _plain(who: str) -> bool:
    """Whether its capital is that of a beginning, not that of a name."""
    return who.split(maxsplit=1)[0].casefold() in _ACTORS.split() and not any(
        word[:1].isupper() for word in who.split()[1:2]
    )


def _bare_words(words: list[str]) -> set[str]:
    return {_bare(word) for word in words}


def _bare(word: str) -> str:
    return re.sub(r"[^\w-]", "", word).casefold()

"""Capitals that are too many: ``membawa Uang``, ``Ujar Rina``, ``para Tokoh Agama`` (EYD V, I.A).

Whether a capital is right depends on whether the word is part of a name, which no list knows. So only a capital
that stands alone between small letters is looked at, and only words that are hardly ever a name.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from studio.checks.capitals import SOURCE
from studio.checks.rule import RuleMark
from studio.checks.word_lists import BEFORE_NAMES, LINKING_WORDS, NAMES_THAT_ARE_WORDS, NOT_NAMES, OFFICES
from studio.story.quotation import ATTRIBUTIONS
from studio.story.text import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from studio.checks.rule import LexiconWords
    from studio.checks.text_passages import PlacedWord, TextPassage

_VERB = re.compile(
    r"(?:me[mnrly]\w{4,}|meng\w{3,}|di(?!mas|ana|rga|nas|nda|esel|rham|esa)\w{4,}(?:kan|i)?|ber\w{4,}|ter\w{4,})$"
)
_NOT_VERBS = word_set("""
    mendikbud menteri menkes mensos mendagri merdeka merapi merbabu mentawai berau teratai terminal berlian
    bernas menara menoreh merak meranti merauke melati melayu direktur direktorat dinas divisi diponegoro
    distrik tertib terpadu bersama berkah bersatu bersih bersinar berdikari terang mekar meriam metro membangun
    menuju berbagi berseri berdaya menanam mengajar berseri dirgahayu direksi dipenda disporapar
""")
_UNITS = re.compile(
    r"(?<=\d )(Meter|Kilometer|Orang|Ekor|Buah|Unit|Kilogram|Hektare|Hektar|Jiwa|Persen|Paket|Rumah|Ton|Liter"
    r"|Hari|Bulan"
    r"|Jam|Menit|Peserta|Warga|Petani|Keluarga|Siswa|Anggota|Lansia|Balita|Pemuda|Penerima|Kelompok|Anak|Guru|Santri"
    r"|Pelajar|Pedagang|Pengunjung)\b(?! [\dA-Z])"
)
_GROUPS = re.compile(
    r"(?<=[a-z,] )(Tokoh (?:Agama|Masyarakat|Pemuda|Adat|Perempuan|Wanita)|Perangkat Desa|Aparat Desa"
    r"|Aparatur Desa|Warga Masyarakat"
    r"|Masyarakat Desa|Tamu Undangan|Ibu Rumah Tangga|Kepala Keluarga|Keluarga Penerima Manfaat"
    r"|Penerima Manfaat|Bantuan Sosial"
    r"|Ibu Hamil|Anak Yatim|Kerja Bakti|Gotong Royong|Tanaman Pangan|Pupuk Organik|Air Bersih|Sumber Daya|Generasi Muda"
    r"|Protokol Kesehatan|Lanjut Usia|Ketahanan Pangan|Kebutuhan Pokok|Pakaian Adat|Jalan Raya"
    r"|Lembaga Desa)\b(?! [A-Z])"
)
"""Groups of people and common things, not names: capitals in them are respect, not spelling."""
_COMMON = 5000
"""So common are words that are no names."""
_NOT_COMMON = word_set("""
    pemerintah kepolisian kejaksaan pengadilan kementerian kesultanan kerajaan keraton kota desa negara pusat
    daerah komisi dewan badan dinas lembaga majelis partai fraksi kapal bank universitas fakultas institut
    akademi yayasan perusahaan alam dunia bumi bulan matahari timur tengah barat pulau laut selat tuan nyonya
    ratu dewa setan malaikat ilahi firman kitab injil gereja minggu kolonel mei republik negeri undang
    konstitusi anggaran pasal ayat bab lampiran gambar tabel nomor tahun hijriah masehi internet inggris belanda
    arab cina batu gajah merak angin api air hitam putih perang revolusi proyek piala liga grup seri blok jalur
    hotel rumah indonesia anda engkau australia amerika yahudi asia brasil sekutu paul muslim muslimah agus
    angel afrika belgia paus mark latin batak argentina intel demokrat jepang korea jerman rusia india italia
    spanyol perancis prancis yesus kristus maria daud musa isa adam israel palestina mesir turki iran irak saudi
    thailand vietnam filipina malaysia singapura portugis portugal eropa papua bali jawa sumatra sumatera sunda
    ahmad muhammad umar husein joko rudi andi dedi nusantara swiss swedia polandia austria meksiko kanada chili
    kuba ukraina suriah yordania yunani romawi persia mongol melayu dayak bugis madura minang kudus bapa roh
    proklamasi sekretariat kabinet parlemen istana kaisar divisi konferensi upacara surga pemilu nasional
    internasional menara monyet naga kelinci kambing kuda anjing babi ayam gemini leo aries pendidikan kesehatan
    keuangan perhubungan perdagangan pertahanan pariwisata olahraga sosial
""")
_BEFORE_ANYTHING = frozenset({"dari", "di", "ke", "oleh", "kepada", "menurut", "milik"})
_MOST_TITLE_CASE = 0.65
"""A line with more capitals than this is a headline in title case."""


def check_needless_capitals(
    passage: TextPassage, words: LexiconWords, known: Set[str], taken: Set[int]
) -> Iterator[RuleMark]:
    """Marks of this rule for one paragraph.

    Args:
        passage: the paragraph.
        words: the lexicon.
        known: words and names that are right as they are.
        taken: places that another rule has marked already.
    """
    every = passage.words
    if not every or sum(word.text[0].isupper() for word in every) > _MOST_TITLE_CASE * len(every):
        return
    text = passage.clean_text
    for pattern in (_UNITS, _GROUPS):
        for found in pattern.finditer(text):
            yield _mark_needless(found.start(), found.end(), found[0], found[0].lower())
    named = _lowercase_neighbours(passage)
    for number, word in enumerate(every):
        low = word.text.lower()
        if word.start in taken or word.first or word.text != low.capitalize() or low in named:
            continue
        before = every[number - 1] if number else None
        after = every[number + 1] if number + 1 < len(every) else None
        if low not in known and _is_needless(text, before, word, after, words):
            yield _mark_needless(word.start, word.end, word.text, low)


def _mark_needless(start: int, end: int, told: str, fixed: str) -> RuleMark:
    return RuleMark("language_no_capital", "warning", start, end, SOURCE, (fixed,), {"word": told, "fix": fixed})


def _lowercase_neighbours(passage: TextPassage) -> frozenset[str]:
    """Words with a capital that stand beside another one, in lower case: parts of names."""
    every = passage.words
    found: set[str] = set()
    for one, two in pairwise(every):
        if one.text[0].isupper() and two.text[0].isupper() and two.start - one.end == 1 and not one.first:
            found |= {one.text.lower(), two.text.lower()}
    return frozenset(found)


def _is_needless(
    text: str, before: PlacedWord | None, word: PlacedWord, after: PlacedWord | None, words: LexiconWords
) -> bool:
    low = word.text.lower()
    if before is None or not words.spells(low) or text[word.end : word.end + 1] == "-":
        return False
    gap = text[before.end : word.start]
    if low in LINKING_WORDS or (low in ATTRIBUTIONS and re.search(r"[,.!?][\"”]\s*$", gap)):
        return gap == " " or low in ATTRIBUTIONS
    name = low in OFFICES | NAMES_THAT_ARE_WORDS or (low in words.places and low not in NOT_NAMES)
    if name or _beside_a_name(text, before, word, after, gap):
        return False
    before_low = before.text.lower()
    if low in NOT_NAMES:
        return before_low not in BEFORE_NAMES - _BEFORE_ANYTHING
    return before_low not in BEFORE_NAMES and _is_common(low, words)


def _is_common(low: str, words: LexiconWords) -> bool:
    """Whether it is hardly ever a name: a common word, or a verb with its beginning."""
    if len(low) > 3 and words.rank(low) < _COMMON and low not in _NOT_COMMON:
        return True
    return _VERB.match(low) is not None and low not in _NOT_VERBS and not low.endswith("an")


def _beside_a_name(text: str, before: PlacedWord, word: PlacedWord, after: PlacedWord | None, gap: str) -> bool:
    """Whether a word with a capital, an account or a sign stands beside it."""
    if gap.strip(",; ") or before.text[0].isupper() or text[before.start - 1 : before.start] in {"#", "@"}:
        return True
    return after is not None and after.text[0].isupper() and text[word.end : after.start] == " "

"""Which words of a headline a line break may part, and how badly: a table of pairs.

A number keeps its unit, ``RT`` its 03, a preposition its word, a name its parts. Pure.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from studio.base.locale_forms import MONTHS, WEEKDAYS
from studio.story.text import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

FREE, WEAK, KEPT, FIRM = 0, 1, 2, 3
"""How firmly two words hold together: ``WEAK`` ones are parted where that looks better, the others only where nothing
else fits."""

UNITS = word_set("""
    meter m m2 m² km kilometer cm sentimeter mm milimeter hektare hektar ha kilogram kg gram kuintal ton liter
    sak truk persen % derajat rupiah ribu juta miliar triliun ratus puluh belas lusin orang warga jiwa keluarga
    kk kepala anak balita siswa pelajar peserta lansia ibu petani nelayan relawan pemuda rumah unit buah batang
    bibit ekor butir lembar paket karung botol bungkus titik dusun desa rt rw kelompok regu tim kali hari pekan
    minggu bulan tahun abad jam menit detik wib wita wit watt volt kwh gb mb °c °
""")
"""What is counted or measured, after a number."""
NUMBER_WORDS = word_set("""
    satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas seratus seribu sejuta puluhan ratusan
    ribuan jutaan belasan
""")
LABELS = word_set("""
    juara rt rw no no. nomor jl jl. jln. gg gg. km blok kav. sd sdn smp smpn sma sman smk smkn mi mts ma tk paud kelas
    tahap jilid pasal ayat bab pukul jam tanggal tgl tahun usia umur hut ke rp hari seri edisi golongan tingkat
    babak grup tipe
""")
"""What a number, a letter or a Roman numeral follows."""
PREPOSITIONS = word_set("""
    di ke dari pada dalam untuk dengan oleh bagi tentang kepada terhadap antara antar sampai hingga sejak atas
    asal per sepanjang seluas setinggi sebesar senilai tanpa demi guna menuju lewat melalui soal secara
    seperti sebagai
""")
_BEFORE_MORE = word_set("""
    dan atau yang serta agar supaya karena tetapi namun para sang si tidak tak belum bukan jangan akan sudah
    telah bisa dapat harus siap lebih paling sangat makin semakin hanya setiap tiap semua seluruh sebuah seorang
    sebanyak sekitar capai raih
""")
"""Words that lead on: a line ends better before them."""
NAMED = word_set("""
    desa dusun kelurahan kecamatan kabupaten kota provinsi kampung nagari distrik pulau gunung sungai kali
    pantai waduk pasar jalan jembatan masjid musala gereja pura vihara posyandu puskesmas kim bumdes koperasi
    pak bu bapak ibu mas mbak mbah kang teh ki nyi haji hajah ustaz kiai kyai gus raden dokter bidan camat lurah
    bupati gubernur presiden sd smp dr. drg. drs. dra. ir. prof. h. hj. kh.
""")
"""Words that a name follows."""
_DAYS = frozenset(name.casefold() for name in WEEKDAYS)
_MONTHS = frozenset(name.casefold() for name in MONTHS)
_WITH_STOP = word_set("dr. drg. drh. drs. dra. ir. prof. h. hj. kh. no. jl. jln. gg.")
_ENDS = re.compile(r"[,.;:!?…)\]”\"»]$")
_NUMBER = re.compile(r"(?:Rp\.?)?\d[\d.,/:–-]*$", re.IGNORECASE)
_ORDER = re.compile(r"(?:\d.*|[IVXLC]+|[A-Z]|ke-\d+)\W*$")
_DEGREE = re.compile(r"[A-Z][A-Za-z]{0,3}\.(?:[A-Z][A-Za-z]*\.?)+")
_DASH = re.compile(r"[–—&/+=|-]+$")


def gap_strengths(words: Sequence[str]) -> tuple[int, ...]:
    """How firmly each word holds to the next one: one figure less than there are words.

    Args:
        words: of one line of text, with the signs that stand at them.
    """
    title_case = _is_title_case(words)
    before = ("", *words)
    return tuple(
        _strength(word, following, before[n].casefold(), title_case=title_case)
        for n, (word, following) in enumerate(pairwise(words))
    )


def _strength(word: str, following: str, before: str, *, title_case: bool) -> int:
    bare, other = word.strip("(“\"'‘[").casefold(), following.strip("(“\"'‘[.,;:!?…)]”’»").casefold()
    # No line begins with a dash; an initial or a title never stands away from its name.
    if _DASH.fullmatch(following) or bare in _WITH_STOP or re.fullmatch(r"[A-Z]\.", word):
        return FIRM
    if (word.endswith(",") and _DEGREE.match(following)) or "s.d." in {bare, following}:
        return KEPT
    if _ENDS.search(word) or _DASH.fullmatch(word):
        return FREE
    # In "RT 03 juara" the number counts nothing; in "pukul 08.00 WIB" it has its unit.
    # In "RT 03 Desa Sumberejo" it is the name that goes on.
    counted = other in UNITS and not (other in NAMED | {"rt", "rw"} and following[:1].isupper())
    numbering = before.rpartition("/")[2] in LABELS and not counted and bool(_NUMBER.match(bare))
    if not numbering and (found := _number_strength(bare, other, following)):
        return found
    begins = following in {"RT", "RW", "RT/RW"}
    if bare in PREPOSITIONS or (not begins and _is_name(word, following, bare, title_case=title_case)):
        return KEPT
    return WEAK if begins or bare in _BEFORE_MORE else FREE


def _number_strength(bare: str, other: str, following: str) -> int:
    if _NUMBER.match(bare):
        if other in UNITS or other in _MONTHS:
            return FIRM
        # What is counted may be any word: "64 balita", "7 sarang".
        return KEPT if following[:1].islower() and other not in PREPOSITIONS | _BEFORE_MORE else FREE
    if bare.rpartition("/")[2] in LABELS and _ORDER.match(following):
        return FIRM
    if re.match(r"ke-\d", following) or (bare in _MONTHS | _DAYS and _ORDER.match(following.lstrip("("))):
        return KEPT
    if bare in NUMBER_WORDS and other in UNITS:
        return KEPT
    return KEPT if bare in {"ribu", "juta", "miliar", "triliun"} and other in UNITS else FREE


def _is_name(word: str, following: str, bare: str, *, title_case: bool) -> bool:
    """Two parts of a name. Where all words have capitals only those after ``Desa``, ``Pak`` and the like are known."""
    if not following.strip("(“\"'‘[")[:1].isupper():
        return False
    if bare in NAMED:
        return True
    if following.strip("(,.").casefold() in _DAYS | _MONTHS:
        return False
    return not title_case and word.strip("(“\"'‘[")[:1].isupper()


def _is_title_case(words: Sequence[str]) -> bool:
    """Whether all words but small ones begin with a capital: then a capital tells no name."""
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    small = PREPOSITIONS | _BEFORE_MORE
    return len(long) > 3 and not any(word[0].islower() and word.casefold() not in small for word in long)

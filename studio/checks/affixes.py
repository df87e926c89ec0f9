"""Written apart or together: di and ke before places, di- before verbs, pun, per, bound forms, ke-2, se-Jawa.

This rule goes before spelling: to a dictionary ``diatas`` looks like a verb. (EYD V, II.A and II.L; checked against the
table of pairs.) Beginnings and endings that stand alone are for ``split_words``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.checks.morphology import active_forms, is_form
from studio.checks.rule import EYD, RuleMark
from studio.checks.word_lists import ACTIVE_STEMS, LINKING_WORDS, NOUNS_IN_I, PLACES, PUN_JOINED
from studio.story.text import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.rule import LexiconWords
    from studio.checks.text_passages import PlacedWord, TextPassage

_KEPT_KE = frozenset(
    {
        "kemari",
        "kepada",
        "keluar",
        "kelapangan",
        "kehutan",
        "keluarga",
        "ketengah",
        "kesela",
        "kepala",
        "kedua",
        "ketiga",
    }
    | {"keempat", "kesemua", "kesemuanya", "kesaat", "kekandang", "keseluruhan", "kekota", "kelaut"}
)
"""Joined words with ke- that are right, or mean something else."""
_SPLIT_ANYWAY = frozenset({"kelaut", "kekota", "kehutan", "ketengah", "kekandang"})
_PUN_WORDS = frozenset({"ampun", "himpun", "rumpun", "timpun", "pimpun", "tumpun"})
_PER = re.compile(
    r"\bper(hari|bulan|tahun|orang|minggu|pekan|jam|menit|detik|liter|kilogram|kilo|kg|gram|ton|kuintal|meter|kilometer"
    r"|hektare|hektar|kepala|lembar|kali|rumah|keluarga|ekor|karung|paket|unit|buah|biji|botol|bungkus|semester|triwulan"
    r"|siswa|anak|kk|rt|dusun|desa|kecamatan|hari|malam|sak|ikat|porsi|potong)(nya)?\b",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"\b(antar|pasca|non|anti|sub|swa|multi|pra|semi|ultra|inter|eks|maha|tuna|wira|nara|purna|mikro|makro|agro|bio|infra"
    r"|kontra|hiper|poli|mono|adi|tele|trans|re|an)\s+([a-z]{3,})\b",
    re.IGNORECASE,
)
_ALWAYS_BOUND = frozenset({"antar", "pasca", "non", "anti", "sub", "swa", "multi", "pra", "semi", "ultra", "inter"})
"""Joined to any word; the others only where the joined form is a word (``mahasiswa``, not ``re`` of a song)."""
_AFTER_ANTAR = word_set("""
    jemput ke kota surat makanan barang anak dan oleh yang mereka warga
""")
_BETWEEN = re.compile(
    r"\b(?:hubungan|kerukunan|persaudaraan|silaturahmi|kebersamaan|komunikasi|kerja sama|jalan|akses|lomba|turnamen"
    r"|pertandingan|kekompakan|konflik|gotong royong|solidaritas|penghubung|sinergi) (?=antar )",
    re.IGNORECASE,
)
_ORDINAL = (
    "yang|peringkat|juara|hari|tahun|edisi|kali|periode|tahap|gelombang|angkatan|urutan|anak|abad|semester|putaran|HUT|jadi"
    "|TMMD|RI|pekan|minggu|bulan|kloter|dies|natalis|ulang tahun|ronde|musim|kelompok"
)
# A lookbehind of ``re`` has one width, so there is one for each word.
_AFTER = "|".join(f"(?<={word} )" for word in _ORDINAL.split("|"))
_KE_NUMBER = re.compile(
    rf"(?:{_AFTER})([Kk]e) ?(\d+)\b(?![.,]\d|\s*%|\s+(?:persen|ribu|juta))"
    r"|(?<=\) )([Kk]e) ?(\d+)\b(?= di\b| tahun\b| yang\b|[.,]?$)"
    r"|\b([Kk]e) ?(\d{1,3})\b(?=\s*(?:[.;:)]|,(?!\d)|$|yang\b|di\b|dan\b|ini\b|itu\b|pada\b|tahun\b|Republik\b"
    r"|Kabupaten\b))"
)
"""An ordinal; "ke 27 hektare sawah" tells where to, and stays apart."""
_TO_A_NUMBER = re.compile(
    r"\b(?:dari|antara)\s+(?:Rp)?\d[\d.,]*(?:\s*\w+){0,2}\s+$|\b(?:naik|turun|menjadi|meningkat|menurun|bergeser|pindah|susut"
    r"|menyusut|merosot|melonjak|berkurang|bertambah|dikirim|datang|nomor|RT|RW|SDN?|SMP\w*|SMA\w*)\s+$"
)
"""What is written before a number that something went to: no ordinal."""
_KE_WORD = re.compile(
    r"\b([Kk]e)[ -](satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas)(nya)?\b(?= kal| orang|\b)"
)
_BEFORE_ORDINAL = re.compile(
    r"(?:^|[.!?]\s+|\b(?:yang|untuk|juara|peringkat|tahap|anak|hari|kali|adapun|para|dan|serta|oleh|tahun|pihak|dari|bagi|bahwa)"
    r"\s+)$",
    re.IGNORECASE,
)
_SE_NAME = re.compile(r"\b([Ss]e) ?(?=[A-Z])([A-Z]\w+)")
_DI_APART = re.compile(r"\b([Dd]i) +([a-z]+)\b(?!-)")
_PUN_APART = re.compile(
    r"\b(adapun|andai|atau|bagaimana|biar|jika|kalau|kendati|mau|meski|sekali|sungguh|walau) pun\b", re.I
)
_FOR_A_VERB = "II.A: awalan di- serangkai dengan kata kerja"


def check_affixes(passage: TextPassage, words: LexiconWords) -> Iterator[RuleMark]:
    """Marks of this rule for one paragraph."""
    yield from _joined_places(passage, words)
    yield from _apart_verbs(passage, words)
    yield from _pun_marks(passage, words)
    yield from _other_marks(passage, words)
    yield from _ordinal_marks(passage)


def _mark_affix(start: int, end: int, told: str, rule: str, *fixes: str) -> RuleMark:
    return RuleMark("language_apart", "warning", start, end, f"{EYD}, {rule}", fixes, {"word": told, "fix": fixes[0]})


def _joined_places(passage: TextPassage, words: LexiconWords) -> Iterator[RuleMark]:
    for word in passage.words:
        particle, base = word.text[:2], word.text[2:]
        if particle.lower() in {"di", "ke"} and len(base) > 1 and _is_particle(word, words):
            rule = f"II.L: {particle.lower()} sebagai kata depan dipisah"
            yield _mark_affix(word.start, word.end, word.text, rule, f"{particle} {base}")


def _is_particle(word: PlacedWord, words: LexiconWords) -> bool:
    """Whether the di or ke at its head stands before a place or time."""
    text, low = word.text, word.text.lower()
    base = low[2:]
    # "diJakarta": a capital inside is the head of a name. "DIBUKA" is shouted, and "diHP" may be an abbreviation.
    if text[2].isupper():
        return text[3:].islower() and not text[:2].isupper()
    # A word of the language is never taken apart, whatever its end looks like.
    if low in _KEPT_KE - _SPLIT_ANYWAY or words.spells(low) or text[1:] != low[1:]:
        return False
    if any(part in PLACES for part in (base, _bare_base(base), base.split("-")[0])):
        return True
    # From here on only a guess remains, so everything that could be a name, a place or a rare form is left alone.
    if text[0].isupper() or "-" in low or len(base) < 4 or low in words.places or is_form(low, words.spells):
        return False
    # "dibersihkan" is a verb even where the dictionary lacks this form.
    if low.startswith("di") and (base in ACTIVE_STEMS or base.endswith(("kan", "i"))):
        return False
    return words.spells(base) and (words.rank(base) < _COMMON or len(base) >= _LONG)


_COMMON = 8000
_LONG = 6
"""Rarer and shorter words are no ground to take another one apart."""


def _bare_base(base: str) -> str:
    return base[:-3] if base.endswith(("nya", "lah", "kah")) else base


def _apart_verbs(passage: TextPassage, words: LexiconWords) -> Iterator[RuleMark]:
    for found in _DI_APART.finditer(passage.clean_text):
        if _is_passive(found[2], words):
            yield _mark_affix(*found.span(), found[0], _FOR_A_VERB, f"{found[1]}{found[2]}")


def _is_passive(base: str, words: LexiconWords) -> bool:
    """Whether di before this is the beginning of a verb."""
    bare = _bare_base(base)
    if base in PLACES or bare in PLACES:
        return False
    if bare in ACTIVE_STEMS:
        return True
    # Without -kan or -i only per- makes a verb for sure: "diperluas".
    if not (bare.endswith("kan") or (bare.endswith("i") and bare not in NOUNS_IN_I)):
        return bare.startswith("per") and words.spells(f"di{bare}") and not words.spells(bare)
    # "di kali", "di pagi": a noun that merely ends in i.
    if bare.endswith("i") and words.spells(bare) and not words.spells(f"di{bare}"):
        return False
    return words.spells(f"di{bare}") or any(words.spells(active) for active in active_forms(bare))


def _pun_marks(passage: TextPassage, words: LexiconWords) -> Iterator[RuleMark]:
    for word in passage.words:
        low = word.text.lower()
        if not low.endswith("pun") or low in PUN_JOINED or low in _PUN_WORDS or len(low) < 5:
            continue
        if words.spells(low[:-3]) and not words.spells(low):
            fixed = f"{word.text[:-3]} {word.text[-3:]}"
            yield _mark_affix(word.start, word.end, word.text, "II.L: partikel pun dipisah", fixed)
    for found in _PUN_APART.finditer(passage.clean_text):
        yield _mark_affix(*found.span(), found[0], "II.L: tiga belas bentuk padu serangkai", found[0].replace(" ", ""))


def _other_marks(passage: TextPassage, words: LexiconWords) -> Iterator[RuleMark]:
    text = passage.clean_text
    for found in _PER.finditer(text):
        fixed = f"{found[0][:3]} {found[0][3:]}"
        yield _mark_affix(*found.span(), found[0], "II.L: per 'tiap' dipisah", fixed)
    for found in _BOUND.finditer(text):
        if _is_bound(text, found, words):
            yield _mark_affix(*found.span(), found[0], "II.A: bentuk terikat serangkai", found[1] + found[2])
    for found in _SE_NAME.finditer(text):
        yield _mark_affix(*found.span(), found[0], "II.A: se- dan nama diri bertanda hubung", f"{found[1]}-{found[2]}")


def _is_bound(text: str, found: re.Match[str], words: LexiconWords) -> bool:
    bound, base = found[1].lower(), found[2]
    if base != base.lower():
        return False
    # "re" or "an" may be a note or a preposition: joined only where the joined form is a word of the dictionary.
    if bound not in _ALWAYS_BOUND:
        return words.spells(bound + base) and words.rank(bound + base) < words.rank("") and found[1] != found[1].upper()
    # "antar" is also the verb "to bring": before these words it is the bound form only behind a noun of relation
    # ("hubungan antar warga").
    if bound in {"antar", "sub"} and base in _AFTER_ANTAR:
        return bound == "antar" and any(hit.end() == found.start() for hit in _BETWEEN.finditer(text))
    return words.spells(base) and base not in LINKING_WORDS


def _ordinal_marks(passage: TextPassage) -> Iterator[RuleMark]:
    text = passage.clean_text
    for found in _KE_NUMBER.finditer(text):
        # "naik dari 3 ke 5" counts; it does not put in order. Forty signs back are enough for the words that say so.
        if _TO_A_NUMBER.search(text[max(0, found.start() - 40) : found.start()]):
            continue
        fixed = f"{found[1] or found[3] or found[5]}-{found[2] or found[4] or found[6]}"
        yield _mark_affix(*found.span(), found[0], "II.A: ke- dan angka bertanda hubung", fixed)
    for found in _KE_WORD.finditer(text):
        joined = f"{found[1]}{found[2]}{found[3] or ''}"
        apart = "-" not in found[0] and not found[3]
        if apart and not _BEFORE_ORDINAL.search(text[max(0, found.start() - 12) : found.start()]):
            continue
        yield _mark_affix(*found.span(), found[0], "II.A: awalan ke- serangkai dengan kata bilangan", joined)

"""A text as it is read aloud: every figure, date, hour, sum, unit, abbreviation and telephone number in words.

The rules stand in one row and run in that order, the special before the general: a telephone number is taken out of the
text before the rule for plain numbers sees its digits. What a rule writes holds no digit, so that no later rule takes
it up again; the last rules leave nothing that has no sound (tests/posts/test_spoken_text.py holds this for any text).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from studio.base.locale_forms import MONTHS, WEEKDAYS, number_text
from studio.posts.spoken_codes import dotted_rules
from studio.posts.spoken_days import CLOCK, UNTIL, clock_words, day_rules
from studio.posts.spoken_numbers import (
    FIGURE,
    cardinal_words,
    digit_words,
    figure_words,
    fraction_words,
    grouped_digits,
    ordinal_words,
    roman_number,
)
from studio.posts.spoken_words import acronym_words, spoken_words
from studio.story.text import word_set

if TYPE_CHECKING:
    from collections.abc import Callable

    SpeakingRule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]

_DASH = r"\s?[-–—]\s?"
_PERSON = word_set("""
    warga ibu bapak anak remaja pria perempuan wanita lelaki kakek nenek petani nelayan pedagang pelajar siswa siswi
    mahasiswa korban bocah pemuda pelaku almarhum istri suami putra putri
""")
_NO_PERSON = word_set(f"""
    {" ".join((*MONTHS, *WEEKDAYS)).casefold()}
    ayat pasal huruf angka butir poin lampiran tabel gambar bab nomor desa dusun kelurahan kecamatan kampung kota
    kabupaten provinsi posko kelas posyandu puskesmas balita lansia peserta satu dua tiga empat lima enam tujuh
    delapan sembilan sepuluh sebelas belas puluh ratus seratus ribu seribu juta jumlah total
""")
"""Words, themselves or before a name, whose number in brackets is no age."""
_DEGREE = r"(?:S|M|A|D|B|Ph|Sp|Amd)\.[A-Z][A-Za-z]{0,4}(?:\.[A-Za-z]{1,4})*\.?(?:\([A-Z]+\))?"
_SCORED = r"skor|menang|kalah|imbang|seri|unggul|takluk|tumbang|berakhir"
_NUMBERED = (
    r"juara|harapan|peringkat|tingkat|sesi|fase|tipe|gang|jalur|kelas|abad|bab|tahap|triwulan|semester|jilid|zona"
    r"|golongan|gelombang|angkatan|seri|edisi|bagian|periode|pasal"
)
_RANKED = (
    r"HUT(?:\s\w+)?|RI|ulang tahun|kemerdekaan|anak|jam|hari|minggu|pekan|bulan|tahun|kali|sesi|pertemuan|putaran"
    rf"|babak|hitungan|urutan|dosis|vaksin|posisi|{_NUMBERED}"
)
"""What a spaced "ke 2" makes a place in a row of; elsewhere it is a way: "ke 12 desa", "SMS ke 1708"."""
_REIGNS = r"(?:Buwono|Pakualam|Paku Alam|Mangkunegara|Mangkunegoro|Paulus|Benediktus|Fransiskus)"

_PLAIN_SIGNS = {0x2044: "/", 0x2212: "-", 0x2010: "-"}
"""Fraction slash, minus and the hyphen that does not break, as they are on a keyboard."""
_TOGETHER = 6
"""Digits that are said in one breath."""
_SCALES = {
    **{word: word for word in ("ribu", "juta", "miliar", "triliun")},
    **{"milyar": "miliar", "mlr": "miliar", "rb": "ribu", "jt": "juta", "m": "miliar", "t": "triliun", "k": "ribu"},
}
"""What a sum of money is counted in, by how it is written; single letters are capitals."""
_LARGE = "ribu|juta|miliar|triliun|rb|jt"
_MOST_ROUNDS = 6
"""Rounds of the rules over one line; a line of a story needs two, the second to see that nothing changes."""


def spoken_text(text: str) -> str:
    """``text`` as a reader says it.

    Args:
        text: plain text of any length, figures in Indonesian notation.

    Returns:
        The text on as many lines, without digits and without signs that have no sound. What is words already stays as
        it is, so that the function changes nothing when it is used twice.
    """
    return "\n".join(_spoken_line(line) for line in text.splitlines()).strip("\n")


@lru_cache(maxsize=512)
def _spoken_line(line: str) -> str:
    """One line, said; remembered, because the scripts of 30, 60 and 90 seconds read the same sentences."""
    line = re.sub(r"(?<=\d)(?=[\u00bc-\u00be\u2150-\u215e])", " ", line)  # "2½" is two and a half, and not 21/2
    line = re.sub(r"(?<=\d)([\u00b2\u00b3])(?!\w)", lambda m: f" pangkat {m[1]}", line)  # "2³" is not 23
    # Compatibility forms first: "m²" and "½" and full-width digits are then written with plain signs.
    line = unicodedata.normalize("NFKC", line).translate(_PLAIN_SIGNS)
    line = "".join(str(unicodedata.digit(sign)) if unicodedata.category(sign) == "Nd" else sign for sign in line)
    # What one rule leaves can be a sign without sound to another (a bracket in brackets): again, until all is still.
    for _ in range(_MOST_ROUNDS):
        before, line = line, _ruled_line(line)
        if line == before:
            break
    return line


def _ruled_line(line: str) -> str:
    ends = line.rstrip()[-1:]
    for pattern, say in _rules():
        line = pattern.sub(say, line)
    line = _tidy(line)
    return line if ends not in ".!?" or not line or line[-1:] in '.!?”"' else line + ends


def _tidy(line: str) -> str:
    """Commas and spaces as they belong, after what was taken out has left holes."""
    line = re.sub(r"\s+", " ", line).strip(" ,;-")
    line = re.sub(r"\s+([,.;:!?])", r"\1", line)
    line = re.sub(r"(?:,\s*)+(?=[,.;:!?])", "", line)
    return re.sub(r"([.!?;:,])(?:\s*,)+", r"\1", line)


@cache
def _rules() -> tuple[SpeakingRule, ...]:
    """All rules in their order, compiled once."""
    rows = (
        *_address_rules(),
        *dotted_rules(),
        *day_rules(),
        *_notation_rules(),
        *_place_rules(),
        *_amount_rules(),
        *_word_rules(),
        *_plain_rules(),
    )
    return tuple((re.compile(pattern), say) for pattern, say in rows)


# ------------------------------------------------------------------------------------------------ addresses


def _address_rules() -> tuple[tuple[str, Callable[[re.Match[str]], str]], ...]:
    """Web and mail addresses, accounts, telephone numbers."""
    ending = r"(?:id|com|org|net|info|io|me|co|be|ly|edu|gov)"
    return (
        (r"(?i)(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+", _say_address),
        (r"(?i)\b(?:https?://|www\.)[^\s<>\"”)]+", _say_address),
        (rf"(?i)(?<![\w.-])[a-z0-9][a-z0-9-]*+(?:\.[a-z0-9-]+)*\.{ending}\b(?:/[^\s<>\"”),;]*)?", _say_address),
        (r"(?<!\w)@[\w.]*\w", lambda m: f"akun {_say_address(m)}"),
        (
            r"(?i)\b((?:hubungi|hub\.?|telepon|telp\.?|call center|darurat|hotline|layanan(?: nomor)?|sms(?: ke)?)"
            r"\s+(?:ke\s+)?)((?:1\d\d|[1-9]\d{3,5})(?:-\d{3})?"
            r"(?:(?:,\s*(?:dan|atau)?|\s+(?:dan|atau|/))\s*(?:1\d\d|[1-9]\d{3,5})(?:-\d{3})?)*)\b(?![\s.,-]?\d)",
            _in_digits,
        ),
        (r"(?i)\b((?:kode(?:\s[^\W\d]+)?|PIN|OTP|token)\s+)(\d{3,}+)(?![.,]\d)", _in_digits),
        (
            r"\b((?i:NIP|NIK|NPWP|NISN|NUPTK|(?:no|nomor)\.?\sKK|rekening|norek|rek)\b\.?[:\s]*"
            r"(?:(?!Rp)(?:[A-Z]\w*|no\.?|nomor)[:\s]+){0,4})"
            # A sum or a day may stand there too.
            r"(?!\d{1,3}(?:\.\d{3})+(?!\d|[.-]\d)|\d{1,2}([-./])\d{1,2}\2\d{4}\b)(\d[\d .-]{4,40}\d)(?!\d)",
            _in_digits,
        ),
        (r"(?<![\w.,-])()(?=(?:-?\d){9})(\d{1,8}(?:-\d{1,8}){3,6})(?![\w-])", _in_digits),
        (r"(?<![\w.,])(?:\(?\+62\)?[\s.-]?|(?:62|0)[\s-]?)8(?:[\s.-]?\d){7,11}(?![\d])", _telephone),
        (
            r"(?<![\w.,])\(0\d{2,3}\)\s?\d{3,4}[\s.-]?\d{3,5}(?!\d|\.\d)"
            r"|(?<![\w.,])(?:\+62[\s.-]?|0)\d{2,3}[\s.-]\d{3,4}[\s.-]?\d{3,5}(?!\d|\.\d)",
            _telephone,
        ),
        # "(0341) 551234, 551235": the second one behind words that end with a digit's name.
        (
            r"(\b(?:nol|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)\s?(?:,|/|atau|dan)\s?)"
            r"(\d{6,8})\b(?![.,]\d)",
            _in_digits,
        ),
    )


def _say_address(found: re.Match[str]) -> str:
    """An address as it is dictated: "kim-maju.id/rt" -> "kim strip maju titik id garis miring rt"."""
    signs = {
        ".": "titik",
        "/": "garis miring",
        "-": "strip",
        "_": "garis bawah",
        "@": "et",
        "+": "plus",
        ":": "titik dua",
    }
    text = re.sub(r"(?i)^(https?://)?(www\.)?", "", found[0])
    end = text[len(text.rstrip(".,:;!?")) :]
    text = text.rstrip(".,:;!?/").lstrip("@")
    parts = re.findall(rf"[^\W\d_]+|\d{{{_TOGETHER + 1},}}|\d|.", text)
    return (
        " ".join(grouped_digits(part) if part.isdecimal() else signs.get(part, part) for part in parts if part.strip())
        + end
    )


def _in_digits(found: re.Match[str]) -> str:
    """Numbers to dial or to write down: each digit by itself, a short stop where the writing has a sign."""

    def say(number: re.Match[str]) -> str:
        parts = number[0].replace(".", "-").replace(" ", "-").split("-")
        whole = len(parts) == 1 and len(number[0]) > _TOGETHER
        return grouped_digits(number[0]) if whole else ", ".join(digit_words(part) for part in parts if part)

    return found[1] + re.sub(r"\d+(?:[ .-]+\d+)*", say, found[found.re.groups])


def _telephone(found: re.Match[str]) -> str:
    """A telephone number digit by digit, in the groups it is written in or else in fours; +62 becomes a zero."""
    written = re.sub(r"^\(?\+?62\)?[\s.-]?", "0", found[0]).strip("()")
    groups = [re.sub(r"\D", "", part) for part in re.split(r"[\s.()-]+", written)]
    groups = [group for group in groups if group]
    if len(groups) > 1 and min(map(len, groups)) > 1:
        return ", ".join(digit_words(group) for group in groups)
    return grouped_digits("".join(groups))


# ------------------------------------------------------------------------------------------------ places and ranks


def _place_rules() -> tuple[tuple[str, Callable[[re.Match[str]], str]], ...]:
    """Neighbourhoods, ordinals, Roman numerals, scores, ages."""
    return (
        # Degrees belong on paper: a reader says the name. They go first, so that an age behind them is seen.
        (rf"(?:,\s?{_DEGREE})+(?![\w])", lambda m: ""),
        (rf"(?i)\b(R[TW]\.?\s?\d{{1,3}}){_DASH}(?=R[TW])", lambda m: f"{m[1]} sampai "),
        (
            r"(?i)\bRT\.?\s?(\d{1,3})\s?/\s?(?:RW\.?\s?)?(\d{1,3})\b",
            lambda m: f"er-te {_unit_number(m[1])}, er-we {_unit_number(m[2])}",
        ),
        (
            r"(?i)\bRT\.?\s?(\d{1,3}),?\s+RW\.?\s?(\d{1,3})\b",
            lambda m: f"er-te {_unit_number(m[1])}, er-we {_unit_number(m[2])}",
        ),
        (
            r"\b[Rr]([TtWw])\.?\s?((?:\d{1,3})"
            r"(?:(?:\s?,\s?|\s?[-–]\s?|,?\s(?:dan|atau|sampai|hingga|s\.d\.)\s)\d{1,3})*)(?![\d.]\d)",
            _units,
        ),
        (r"\bRT\s?/\s?RW\b", lambda m: "er-te er-we"),
        (r"\b[Kk]e-?(\d{1,6})\b(?![.,]\d)", lambda m: ordinal_words(int(m[1]))),
        (
            rf"\b((?i:{_RANKED}))\s[Kk]e (\d{{1,3}})\b(?![.,]\d)",
            lambda m: f"{m[1]} {ordinal_words(int(m[2]))}",
        ),
        (r"\b([Kk])e-([IVXLCDM]+)\b", lambda m: ordinal_words(roman_number(m[2])) if roman_number(m[2]) else m[0]),
        (
            rf"(?i:\b({_NUMBERED}))\s+([IVXLCDM]+)\b",
            lambda m: f"{m[1]} {cardinal_words(roman_number(m[2]))}" if roman_number(m[2]) else m[0],
        ),
        (
            rf"\b({_REIGNS})\s+([IVX]+)\b",
            lambda m: f"{m[1]} {ordinal_words(roman_number(m[2]))}" if roman_number(m[2]) else m[0],
        ),
        (
            rf"(?i)\b(?:{_SCORED})(?:\s+\w+){{0,3}}?\s+\d{{1,3}}{_DASH}\d{{1,3}}\b"
            rf"(?:(?:,|\s\(|,?\sdan)\s?\d{{1,3}}[-–]\d{{1,3}}\b)*",
            lambda m: re.sub(
                rf"(\d+){_DASH}(\d+)", lambda n: f"{cardinal_words(int(n[1]))} {cardinal_words(int(n[2]))}", m[0]
            ),
        ),
        (r"([^\W\d_]+)\s?\((\d{1,2})\)", _age),
        (rf"(?i)\b(Rp\.?\s?)?({FIGURE})(?:\s?({_LARGE})-|-?)an\b", _speak_rounded),
    )


def _unit_number(digits: str) -> str:
    # "RT 03" is RT tiga: the zero is there for the eye, in lists and on stamps.
    return cardinal_words(int(digits))


def _units(found: re.Match[str]) -> str:
    said = re.sub(r"\s?[-–]\s?", " sampai ", found[2])
    return f"er-{'te' if found[1] in 'Tt' else 'we'} " + re.sub(r"\d+", lambda m: _unit_number(m[0]), said)


def _age(found: re.Match[str]) -> str:
    """The age in brackets behind a person; behind anything else a number in brackets is a number."""
    word, before = found[1], found.string[: found.start()].split()[-1:]
    is_name = word[:1].isupper() and not {word.casefold(), *map(str.casefold, before)} & _NO_PERSON
    if not is_name and word.casefold() not in _PERSON:
        return f"{word} ({cardinal_words(int(found[2]))})"
    return f"{word}, {cardinal_words(int(found[2]))} tahun,"


def _speak_rounded(found: re.Match[str]) -> str:
    """A count, a sum or years at large: "17-an" -> "tujuh belasan", "Rp100.000-an" -> "seratus ribuan rupiah"."""
    return f"{_scaled(found[2], found[3])}an" + (" rupiah" if found[1] else "")


# ------------------------------------------------------------------------------------------------ amounts


def _notation_rules() -> tuple[tuple[str, Callable[[re.Match[str]], str]], ...]:
    """Figures as some write them, brought into the notation of the rules that follow; they stay figures."""
    units = "|".join(sorted(map(re.escape, spoken_words().satuan), key=len, reverse=True))
    scales = r"ribu|juta|miliar|milyar|triliun|rb|jt|persen|hektare|meter|kilometer|kilogram|ton|liter"
    return (
        (r"(?<![\d.,])\d{1,3}(?:,\d{3}){2,}(?![\d,])", lambda m: number_text(int(m[0].replace(",", "")))),
        (
            r"(?i)\b(Rp\.?\s?\d{1,3}),(\d{3})(?![\d,])(?!\s?(?:ribu|juta|miliar|milyar|triliun|rb|jt|M|T)\b)",
            lambda m: f"{m[1]}.{m[2]}",
        ),
        (rf"(?<![\d.,])(\d{{1,3}})\.(\d{{1,2}})(?=\s?(?:(?:{scales}|{units})(?![\w²³])|%))", _decimal),
        (
            r"(?i)(?:(?<=IPK )|(?<=IP )|(?<=kumulatif )|(?<=nilai )|(?<=rata-rata )|(?<=indeks ))"
            r"(\d{1,3})\.(\d{1,2})\b",
            _decimal,
        ),
        (r"\b(?:M|Mag)\.?\s?(?=\d[.,]\d\b)", lambda m: "magnitudo "),
        (r"\b(Jl|Jln|Gg|Ds|Dsn|No|Kec|Kab|Bpk|dr|drg|H|Hj)\.(?=[A-Z][a-z])", lambda m: f"{m[1]}. "),
        (r"(?i)\bRp\.?\s?-\s?(?=\d)", lambda m: "minus Rp"),
        (r"(?<=\d)\s?/\s?(?=Rp)", lambda m: " atau "),
        (rf"(?<=\d)(\s?(?:{_LARGE})){_DASH}(?=\d)", lambda m: f"{m[1]} sampai "),
        (r"(?:\+\s?/\s?-|\+-|±)\s?(?=\d|Rp)", lambda m: "kurang lebih "),
        (r"(?:>\s?=|≥)\s?(?=\d|Rp)", lambda m: "paling sedikit "),
        (r"(?:<\s?=|≤)\s?(?=\d|Rp)", lambda m: "paling banyak "),
        (r">\s?(?=\d|Rp)", lambda m: "lebih dari "),
        (r"<\s?(?=\d|Rp)", lambda m: "kurang dari "),
        (r"~\s?(?=\d|Rp)", lambda m: "sekitar "),
        (r"\bH\s?-\s?(?=\d{1,3}\b)", lambda m: "ha minus "),
        (r"\bH\s?\+\s?(?=\d{1,3}\b)", lambda m: "ha plus "),
        (r"(?<![\w-])(?<!\d\s)-(?=(?:Rp\.?\s?)?\d)", lambda m: "minus "),
        (r"(?i)\b(tensi|tekanan darah)(\s+\d{2,3})\s?/\s?(?=\d)", lambda m: f"{m[1]}{m[2]} per "),
        (r"(?i)\b(no\.?|nomor)(\s?\d{1,3})\s?/\s?(?=(?:19|20)\d\d\b)", lambda m: f"{m[1]}{m[2]} Tahun "),
        (r"(?i)\b(golongan\s[IV]+)/(?=[a-e]\b)", lambda m: f"{m[1]} "),
        (r"(?<!\w)@\s?(?=\d|Rp)", lambda m: "masing-masing "),
        (r"\b([Pp])kl\.?\s*(?=\d)", lambda m: f"{m[1]}ukul "),
        (r"(?<!\d)(?<!\d\s)\b([Kk])[Mm](?:\.\s?|\s)(?=\d)", lambda m: f"{m[1]}ilometer "),
        # The number of a decree, "188.45/12/2024", is a name and no decimal.
        (r"(?<![\w.,])(?<!Rp )(\d{3})\.(?=\d{1,2}/\d)", lambda m: f"{m[1]} titik "),
    )


def _decimal(found: re.Match[str]) -> str:
    return f"{found[1]},{found[2]}"


def _amount_rules() -> tuple[tuple[str, Callable[[re.Match[str]], str]], ...]:
    """Sums of money, percent, measures, ranges."""
    scale = rf"(?:\s?({'|'.join(word for word in _SCALES if len(word) > 1)}|(?-i:[MTK]))\b)?"
    units = "|".join(sorted(map(re.escape, spoken_words().satuan), key=len, reverse=True))
    measured = "|".join(sorted({"rupiah", *(said.split()[-1] for said in spoken_words().satuan.values())}))
    per = "|".join(sorted(map(re.escape, spoken_words().per), key=len, reverse=True))
    rp = r"(?:Rp|IDR)\.?\s?"
    return (
        (rf"(?i){rp}({FIGURE}){scale}{UNTIL}(?:{rp})?({FIGURE}){scale}(?:,[-–])?", _money_range),
        (rf"(?i){rp}({FIGURE})(?:,[-–]+)?{scale}", lambda m: f"{_scaled(m[1], m[2])} rupiah"),
        (rf"(?:US\$|USD|\$)\s?({FIGURE}){scale}", lambda m: f"{_scaled(m[1], m[2])} dolar Amerika"),
        (rf"({FIGURE})\s?%?{_DASH}({FIGURE})\s?%", lambda m: f"{_from_to(m[1], m[2])} persen"),
        (rf"({FIGURE})\s?%", lambda m: f"{figure_words(m[1])} persen"),
        (rf"(?<=\d)(\s?(?:{units}))\s?[x×]\s?(?={FIGURE})", lambda m: f"{m[1]} kali "),
        (rf"({FIGURE})\s?[x×]\s?(?={FIGURE})", lambda m: f"{figure_words(m[1])} kali "),
        (rf"({FIGURE})\s?[x×](?!\w)", lambda m: f"{figure_words(m[1])} kali"),
        (rf"(?<![\d/])(?<!\d[.,])([1-9])/([2-9]|10)(?![\d/])(?:\s?({units})(?![\w²³]))?", _fraction),
        (rf"({FIGURE}){_DASH}({FIGURE})(?=\s?(?:{units})(?![\w²³]))", lambda m: f"{figure_words(m[1])} sampai {m[2]}"),
        (
            rf"(?<=\d)(\s?(?:{units})(?:/(?:{per}))?){_DASH}(?={FIGURE}\s?(?:{units})(?![\w²³]))",
            lambda m: f"{m[1]} sampai ",
        ),
        (rf"({FIGURE})\s?({units})(?![\w²³])", lambda m: f"{figure_words(m[1])} {spoken_words().satuan[m[2]]}"),
        (rf"(?<=[a-z])\s?/\s?({per})(?!\w)", lambda m: f" per {spoken_words().per[m[1]]}"),
        (rf"\b({measured}|per\s\w+)\s?/\s?(?=[^\W_])", lambda m: f"{m[1]} per "),
        (rf"(?<![\w.,-])({FIGURE}){_DASH}({FIGURE})(?![\w-])", lambda m: _from_to(m[1], m[2])),
        (rf"\b({CLOCK})\b(?![.,]\d)", lambda m: clock_words(m[1])),
        (
            rf"(?<![\w.,:])({FIGURE}):({FIGURE})(?![\w:])",
            lambda m: f"{figure_words(m[1])} banding {figure_words(m[2])}",
        ),
        (r"(?<=\d)\s?/\s?(?=\d)", lambda m: " garis miring "),
    )


def _from_to(first: str, last: str) -> str:
    if first.isdecimal() and last.isdecimal() and int(first) > int(last):
        # What falls is no range: a number to dial (1500-123) or a score; "2025-26" is one, shortened.
        if len(first) > len(last) == 3:
            return f"{digit_words(first)}, {digit_words(last)}"
        if len(first) < 4:
            stop = "," if len(first) > 1 else ""  # "seratus lima puluh" would be another number
            return f"{figure_words(first)}{stop} {figure_words(last)}"
    return f"{figure_words(first)} sampai {figure_words(last)}"


def _scaled(figure: str, scale: str | None) -> str:
    word = _SCALES.get((scale or "").lower(), "")
    said = figure_words(figure)
    return "seribu" if (said, word) == ("satu", "ribu") else f"{said} {word}".strip()


def _fraction(found: re.Match[str]) -> str:
    said = fraction_words(int(found[1]), int(found[2]))
    return f"{said} {spoken_words().satuan[found[3]]}" if found[3] else said


def _money_range(found: re.Match[str]) -> str:
    first, small, last, large = found.groups()
    return f"{_scaled(first, small)} sampai {_scaled(last, large)} rupiah"


# ------------------------------------------------------------------------------------------------ words


def _word_rules() -> tuple[tuple[str, Callable[[re.Match[str]], str]], ...]:
    """Abbreviations, titles, degrees, and what stands between words."""
    short = "|".join(sorted(map(re.escape, spoken_words().singkatan), key=len, reverse=True))
    return (
        (r"\bDr\.(?=\s)", lambda m: "doktor"),
        (r"\b(dr|drg|drh|Hj|Drs|Dra|Ir)(?=\s[A-Z][a-z])", _full_word),
        (r"(?<=[\w.])\s(?:s/d|s\.d\.?)(?=\s)|(?<=\w)\ssd(?=\s\d)", lambda m: " sampai dengan"),
        (r"\b([dau])/([anp])\b", lambda m: spoken_words().singkatan.get(f"{m[1]}.{m[2]}", m[0])),
        (rf"(?i)(?<![\w.])({short})\.(?=[\s\d,;:)/]|$)", _full_word),
        (r"(?<=[\w”\")])\s?&\s?(?=[\w“\"(])", lambda m: " dan "),
        (r"\bdan\s?/\s?atau\b", lambda m: "dan atau"),
        (r"(?<=[^\W\d_])\s?/\s?(?=[^\W\d_])", lambda m: " atau "),
        (r"(?<![\w])([A-Z][A-Za-z]*[A-Z][A-Za-z]*|Wi-Fi|[A-Z][a-z]+|[a-z]{2,4})(?![^\W\d]|_)", _acronym),
        (r"(?<![\w])([A-Z]{1,4})-?(?=\d)", lambda m: f"{acronym_words(m[1]) if len(m[1]) > 1 else m[1]} "),
    )


def _full_word(found: re.Match[str]) -> str:
    said = spoken_words().singkatan[found[1].lower()]
    return said[0].upper() + said[1:] if found[1][0].isupper() else said


def _acronym(found: re.Match[str]) -> str:
    text = found[1]
    if re.fullmatch(r"[IVX]{2,}", text) and (number := roman_number(text)):
        return cardinal_words(number)
    return acronym_words(text)


def _plain_rules() -> tuple[tuple[str, Callable[[re.Match[str]], str]], ...]:
    """What is left: single figures, and signs that have no sound."""
    return (
        (r"(?<=[^\W\d_])-?(?=\d)", lambda m: " "),
        (r"(?<=\d)-?(?=[^\W\d_])", lambda m: " "),
        (FIGURE, lambda m: figure_words(m[0])),
        (r"(?<=[a-z])\.(?=[a-z])", lambda m: " koma "),
        # "10 (sepuluh) orang": what was said is not said again.
        (r"\s?\(([^\W\d_]+(?:\s[^\W\d_]+)*)\)", _unless_said),
        (r"[(\[{]([^()\[\]{}]*)[)\]}]", lambda m: f", {m[1]},"),
        (r"\s[-–—]+\s|[—]", lambda m: ", "),
        (r"\+", lambda m: " plus "),
        (r"=", lambda m: " sama dengan "),
        (r"%", lambda m: " persen "),
        (r"…|\.{2,}", lambda m: ","),
        (r"[^\w\s.,;:!?'’‘“”\"-]|_", lambda m: " "),
    )


def _unless_said(found: re.Match[str]) -> str:
    before, said = found.string[: found.start()].casefold(), found[1].casefold()
    if re.search(rf"(?:^|\s){re.escape(said)}$", before):
        return ""
    return f", {found[1]},"

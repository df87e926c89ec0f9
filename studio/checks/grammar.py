"""Words too many and words that do not go together, where one can say so without knowing what is meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.checks.rule import RuleMark
from studio.story.text import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.text_passages import TextPassage

_SOURCE = "kalimat efektif"


def _phrase_table(rows: tuple[tuple[str, str], ...]) -> dict[str, list[tuple[re.Pattern[str], str]]]:
    """Phrases by their first word, so that a text is searched once."""
    found: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for wrong, right in rows:
        found.setdefault(re.split(r"[ -]", wrong)[0], []).append((re.compile(rf"{wrong}\b", re.IGNORECASE), right))
    return found


_TOO_MANY = _phrase_table(
    (
        (r"agar supaya", "agar"),
        (r"adalah merupakan", "merupakan"),
        (r"merupakan adalah", "merupakan"),
        (r"ialah merupakan", "merupakan"),
        (r"yaitu merupakan", "merupakan"),
        (r"membahas tentang", "membahas"),
        (r"membahas mengenai", "membahas"),
        (r"membicarakan tentang", "membicarakan"),
        (r"mengapresiasi kepada", "mengapresiasi"),
        (r"demi untuk", "demi"),
        (r"guna untuk", "untuk"),
        (r"mulai sejak", "sejak"),
        (r"sejak dari", "sejak"),
        (r"seperti misalnya", "misalnya"),
        (r"seperti contohnya", "contohnya"),
        (r"hanya sekadar", "sekadar"),
        (r"hanya sekedar", "sekadar"),
        (r"kurang lebih sekitar", "sekitar"),
        (r"sekitar kurang lebih", "sekitar"),
        (r"disebabkan karena", "disebabkan oleh"),
        (r"dikarenakan oleh", "disebabkan oleh"),
        (r"alasan karena", "alasannya"),
        (r"alasannya karena", "alasannya"),
        (r"naik ke atas", "naik"),
        (r"turun ke bawah", "turun"),
        (r"mundur ke belakang", "mundur"),
        (r"maju ke depan", "maju"),
        (r"amat sangat", "sangat"),
        (r"sangat amat", "sangat"),
        (r"saling bahu-membahu", "bahu-membahu"),
        (r"saling tolong-menolong", "tolong-menolong"),
        (r"saling berpandang-pandangan", "berpandang-pandangan"),
        (r"namun demikian tetapi", "namun"),
        (r"akan tetapi namun", "namun"),
        (r"bergantung kepada", "bergantung pada"),
        (r"tergantung kepada", "bergantung pada"),
        (r"dibanding dengan", "dibandingkan dengan"),
        (r"dihadiri juga oleh", "dihadiri pula oleh"),
        (r"turut hadir pula", "hadir pula"),
        (r"dan juga serta", "serta"),
        (r"serta juga", "serta"),
        (r"beserta dengan", "beserta"),
        (r"adapun yang dimaksud dengan adalah", "yang dimaksud ialah"),
        (r"suatu hal yang mana", "hal yang"),
        (r"di mana dalam", "dalam"),
        (r"antara lain seperti", "antara lain"),
        (r"antara lain yaitu", "antara lain"),
        (r"yaitu antara lain", "antara lain"),
        (r"yaitu adalah", "yaitu"),
        (r"yakni adalah", "yakni"),
        (r"maka dari itu oleh karena itu", "oleh karena itu"),
        (r"rata-rata semua", "semua"),
        (r"kedua belah pihak saling", "kedua pihak saling"),
        (r"lebih terbaik", "terbaik"),
        (r"suatu saat nanti kelak", "kelak"),
    )
)
LEXICAL = word_set(
    "laki kupu oleh undang rata kura gado alun layang mata hati sehari cita gara tiba sama lama ubur biri "
    "langit kunang onde kue sia pura tata seolah masing rama labi cumi lumba empek otak api apa siapa "
    "basa besar kecil baik benar satu main kira ragu sungguh"
)
"""Words that are always doubled, and doubled ones that are no plural."""
_SEVERAL = re.compile(
    r"\b(para|banyak|beberapa|semua|seluruh|sejumlah|sebagian besar|segenap) (?!anak-anak yatim)([a-z]{3,})-\2\b",
    re.IGNORECASE,
)
"""Many, and doubled as well: ``para ibu-ibu`` (the plural said twice)."""
_VERY = re.compile(r"\bsangat ([a-z]+) sekali\b", re.IGNORECASE)
# "Menurut Budi mengatakan ...": menurut says already who speaks, and leaves the verb without a subject.
_ACCORDING = re.compile(
    r"\b(Menurut [^,.;:]{2,60}?),? (mengatakan|menjelaskan|menyampaikan|menuturkan|menyebut|menyebutkan|mengungkapkan"
    r"|menambahkan)(?: bahwa)?,?(?= )"
)
# With a conjunction in both halves neither is the main clause, so the second one goes.
_ALTHOUGH = re.compile(
    r"\b(?:Walaupun|Meskipun|Walau|Meski|Kendati)\b[^.!?;\n]{8,120}?,( tetapi| namun| tapi)\b", re.IGNORECASE
)
_BECAUSE = re.compile(r"\bKarena\b[^.!?;\n]{8,100}?,( maka| sehingga)\b")


def check_grammar(passage: TextPassage) -> Iterator[RuleMark]:
    """Marks of these rules for one paragraph."""
    text = passage.clean_text
    for word in passage.words:
        for pattern, right in _TOO_MANY.get(word.text.lower().split("-")[0], ()):
            found = pattern.match(text, word.start)
            if found:
                yield _mark_grammar(found.start(), found.end(), found[0], _like_model(found[0], right))
    for found in _SEVERAL.finditer(text):
        if found[2].lower() not in LEXICAL:
            yield _mark_grammar(*found.span(), found[0], f"{found[1]} {found[2]}")
    for found in _VERY.finditer(text):
        yield _mark_grammar(*found.span(), found[0], _like_model(found[0], f"sangat {found[1]}"))
    for found in _ACCORDING.finditer(text):
        yield _mark_grammar(*found.span(), found[0], f"{found[1]},")
    for pattern in (_ALTHOUGH, _BECAUSE):
        for found in pattern.finditer(text):
            yield _mark_grammar(found.start(1) - 1, found.end(1), text[found.start(1) - 1 : found.end(1)], ",")


def _like_model(model: str, word: str) -> str:
    return word[0].upper() + word[1:] if model[0].isupper() else word


def _mark_grammar(start: int, end: int, told: str, fixed: str) -> RuleMark:
    return RuleMark("language_redundant", "advice", start, end, _SOURCE, (fixed,), {"word": told, "fix": fixed})

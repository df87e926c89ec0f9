"""Doubled words: most are a plural or a manner that lost its hyphen, only small words are written twice by mistake.

``masing masing``, ``anak anaknya``, ``berjam jam``, ``terus menerus``, ``masing - masing`` (EYD V, II.C).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.checks.rule import EYD, RuleMark
from studio.checks.word_lists import ACTIVE_STEMS, FUNCTION_WORDS
from studio.story.text import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.rule import LexiconWords
    from studio.checks.text_passages import TextPassage

_DASH = r"[ \t]*[-–—][ \t]+|[ \t]+[-–—][ \t]*"
_PAIR = re.compile(rf"(?<![\w-])([^\W\d_]{{2,}})({_DASH}|[ \t]+)(?=([^\W\d_]{{2,}})(?![\w-]))")
"""Two words; the second is only looked at, so that it may be the first of the next two."""
_WRITTEN_TWICE = FUNCTION_WORDS | word_set("""
    adalah juga karena sehingga agar bagi kepada tentang terhadap hingga sejak bahwa jika maka secara tanpa
    melalui tersebut merupakan menjadi tidak belum namun setelah ketika serta sebagai
""")
_EATEN = ACTIVE_STEMS | {"makan", "minum"}
"""Verbs that take what they make: ``makan makanan`` is no double."""
_ENDING = ("", "nya", "an", "kan", "i", "ku", "mu", "lah", "kah", "annya", "kanlah")
_MELTED = (("meng", "k"), ("mem", "p"), ("meny", "s"), ("men", "t"), ("me", ""), ("ber", ""), ("meng", ""), ("mem", ""))
_TWINS = frozenset(
    frozenset(pair.split("-"))
    for pair in word_set("""
        warna-warni sayur-mayur lauk-pauk bolak-balik lalu-lalang hiruk-pikuk ramah-tamah serba-serbi
        pontang-panting lika-liku pernak-pernik porak-poranda turun-temurun gerak-gerik seluk-beluk teka-teki
        sanak-saudara corat-coret mondar-mandir tunggang-langgang compang-camping kocar-kacir carut-marut
        huru-hara beras-petas basa-basi gilang-gemilang simpang-siur cerai-berai desas-desus kelap-kelip
        kerlap-kerlip utak-atik asal-usul hingar-bingar centang-perenang morat-marit
    """)
)


def check_doubling(passage: TextPassage, words: LexiconWords) -> Iterator[RuleMark]:
    """Marks of this rule for one paragraph."""
    for found in _PAIR.finditer(passage.clean_text):
        one, gap, two = found[1], found[2], found[3]
        low, other = one.lower(), two.lower()
        dashed = bool(gap.strip())
        if low == other and not dashed and low in _WRITTEN_TWICE:
            yield _mark_doubled("language_doubled", found, one)
        elif _is_doubled(low, other, words, dashed=dashed) and not _is_name(passage, found):
            yield _mark_doubled(
                "language_hyphen", found, f"{one}-{other if one[0].isupper() and two.istitle() else two}"
            )
        # A dash with a space on both sides parts a sentence; with one only it is a hyphen that slipped.
        elif dashed and " " in gap and gap != gap.strip().join("  ") and words.spells(f"{low}-{other}"):
            yield _mark_doubled("language_hyphen", found, f"{one}-{two}")


def _mark_doubled(code: str, found: re.Match[str], fixed: str) -> RuleMark:
    told = found[0] + found[3]
    fixes = (fixed, found[1]) if code == "language_hyphen" and found[1].lower() == found[3].lower() else (fixed,)
    return RuleMark(code, "warning", found.start(), found.end(3), f"{EYD}, II.C", fixes, {"word": told, "fix": fixed})


def _is_name(passage: TextPassage, found: re.Match[str]) -> bool:
    """``Batu Batu`` is a place; ``Anak Anak`` at the head of a sentence is not."""
    one, two = found[1], found[3]
    if not (one[0].isupper() and two[0].isupper()):
        return False
    first = any(word.start == found.start() and word.first for word in passage.words)
    return not first or one.isupper()


def _is_doubled(low: str, other: str, words: LexiconWords, *, dashed: bool) -> bool:
    """Whether two words are one word and its double."""
    if low == other:
        return dashed or words.spells(low) or words.spells(f"{low}-{low}")
    if frozenset({low, other}) in _TWINS:
        return True
    if len(low) > 2 and any(other == low + ending for ending in _ENDING[1:]):
        return words.spells(low) and not (other.endswith("an") and low in _EATEN)
    if _answers_first(low, other):
        return True
    return _is_prefixed(low, other)


def _answers_first(low: str, other: str) -> bool:
    """``terus menerus``, ``bahu membahu``, ``tolong menolong``: the second is the first with meN-."""
    if len(low) < 4 or not other.startswith("me"):
        return False
    return any(
        other == prefix + (low[1:] if melted and low[0] == melted else low if not melted else "?")
        for prefix, melted in _MELTED
    )


def _is_prefixed(low: str, other: str) -> bool:
    """``berjam jam``, ``setinggi tingginya``, ``terburu buru``: the second repeats the root of the first."""
    for prefix in ("ber", "ter", "se", "ke", "be"):
        root = low[len(prefix) :]
        if prefix == "ter" and other.endswith("nya"):  # "tertinggi tingginya": the highest, and how high
            continue
        if low.startswith(prefix) and len(root) > 2 and any(other == root + ending for ending in _ENDING):
            return True
    return False

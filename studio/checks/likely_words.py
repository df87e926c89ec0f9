"""What a misspelt word was likely meant to be: the nearest words, weighed by how people err and how common a word is.

Errors of Indonesian writers are mostly of a few kinds: a letter doubled or not, i and e, o and u, f and p and v, z
and s and j, the h, spellings of the loan's own language (c, x, th, ph). Those cost little; a word few people use
costs more. What none of that reaches is asked of the dictionary.
"""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING

from studio.checks.morphology import bare_forms, is_form
from studio.story.text import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from studio.checks.rule import LexiconWords

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST = 5
FOR_A_NAME, FOR_A_WORD = 1.45, 1.75
"""Costs: see ``nearest_distance``."""
# By ear, not by the keys: f, p and v, or dz and z, sound alike to many who write here.
_CONFUSED = frozenset(
    frozenset(pair) for pair in word_set("ie ou ae ao fp fv pv bp dt zs zj js kq ck gk yi wu mn ng sc hk ei uo jy")
)
_LOANS = tuple(
    tuple(pair.split(">"))
    for pair in [
        "x>ks",
        "c>k",
        "ck>k",
        "ph>f",
        "th>t",
        "sh>s",
        "dh>d",
        "dz>z",
        "ou>u",
        "oe>u",
        "qu>ku",
        "y>i",
        "v>f",
        "ss>s",
        "kh>k",
        "tion>si",
        "ie>i",
        "oo>u",
        "ee>e",
        "ll>l",
        "tt>t",
        "mm>m",
        "nn>n",
        "ff>f",
        "cc>ks",
        "ity>itas",
        "fitas>vitas",
        "sy>s",
        "ts>s",
        "dj>j",
        "tj>c",
        "nj>ny",
        "ch>k",
        "ic>ik",
        "h>",
        "isir>isasi",
        "lisir>lisasi",
        "all>al",
        "ation>asi",
        "que>k",
        "ment>men",
        "'>",
    ]
)
"""Spellings of loan words as in the language they came from or in old spelling, and as they are now (EYD V, IV)."""


def likely_words(word: str, words: LexiconWords, pairs: Mapping[str, str]) -> tuple[str, ...]:
    """Words that may be meant, likeliest first, with the capital of the word; at most five.

    Args:
        word: unknown.
        words: the lexicon.
        pairs: spellings in lower case that are not standard, and the standard ones.
    """
    low = word.lower().replace("’", "'")
    found = _weigh_candidates(low, words, pairs)
    if not found or min(found.values()) > FOR_A_WORD:
        for place, other in enumerate(words.suggest(low)):
            bare = other.lower()
            if bare.replace("-", "").replace(" ", "").isalpha():
                # Above all costs that we accept ourselves: the dictionary's proposals come behind ours, in its order.
                found.setdefault(bare, 2.2 + 0.2 * place + _word_rarity(bare, words))
    ordered = sorted(found, key=lambda one: (found[one], one))[:_MOST]
    return tuple(one[0].upper() + one[1:] if word[0].isupper() else one for one in ordered)


def nearest_distance(word: str, words: LexiconWords, pairs: Mapping[str, str], *, loans: bool = False) -> float:
    """How far the nearest word is; 9.0 when there is none.

    Up to ``FOR_A_NAME`` even what looks like a name is likely a misspelling, up to ``FOR_A_WORD`` a word in small
    letters is.

    Args:
        word: unknown.
        words: the lexicon.
        pairs: spellings that are not standard, and the standard ones.
        loans: looks only at spellings of the language a loan came from.
    """
    low = word.lower()
    if loans:
        found = {
            other: cost + _word_rarity(other, words)
            for other, cost in _loan_spellings(low)
            if words.rank(other) < _COMMON
        }
    else:
        found = _weigh_candidates(low, words, pairs)
    return min(found.values(), default=9.0)


def _weigh_candidates(low: str, words: LexiconWords, pairs: Mapping[str, str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for bare in bare_forms(low):
        ending = low[len(bare) :]
        # The ending is set aside and put back, so that only the stem has to be near a known word.
        for other, cost in (*_likely_candidates(bare, words, pairs), *_under_prefixes(bare, words)):
            whole = other + ending
            found[whole] = min(found.get(whole, 9.0), cost + (0.15 if ending else 0.0))
    return found


def _under_prefixes(bare: str, words: LexiconWords) -> Iterator[tuple[str, float]]:
    """The root is misspelt, not the beginning: ``berekpresi`` -> ``berekspresi``."""
    for prefix in _PREFIXES:
        stem = bare[len(prefix) :]
        if bare.startswith(prefix) and len(stem) > 4:
            for other, cost in _edited_words(stem):
                if words.spells(other) and is_form(prefix + other, words.spells):
                    yield prefix + other, cost + _word_rarity(other, words) + 0.2


def _likely_candidates(low: str, words: LexiconWords, pairs: Mapping[str, str]) -> Iterator[tuple[str, float]]:
    for wrong, right in pairs.items():
        if len(wrong) > 3 and wrong in low and wrong != low and _is_word(low.replace(wrong, right, 1), words):
            # A mistake from the table of known ones costs next to nothing: it was seen in real texts.
            yield low.replace(wrong, right, 1), 0.1
    for other, cost in _loan_spellings(low):
        if _is_word(other, words):
            yield other, cost + _word_rarity(other, words)
    for other, cost in _edited_words(low):
        if words.spells(other):
            yield other, cost + _word_rarity(other, words)
        # Forms that are merely possible are many: only the likeliest slips may lead to one, and at a surcharge.
        elif cost <= 0.6 and is_form(other, words.spells):
            yield other, cost + 0.8
    yield from _two_words(low, words)


def _two_words(low: str, words: LexiconWords) -> Iterator[tuple[str, float]]:
    """Two common words that were written as one."""
    for at in range(3, len(low) - 2):
        both = low[:at], low[at:]
        if all(words.rank(one) < _COMMON and words.spells(one) for one in both):
            yield " ".join(both), 0.75 + sum(_word_rarity(one, words) for one in both) / 2


_PREFIXES = ("ber", "ter", "di", "se", "ke")
_COMMON = 6000


def _is_word(low: str, words: LexiconWords) -> bool:
    return words.spells(low) or is_form(low, words.spells)


def _word_rarity(low: str, words: LexiconWords) -> float:
    # 0 for the commonest words, 0.6 at rank 1,000, 0.9 at 10,000: a rare word needs a better likeness.
    return 0.3 * log10(words.rank(low) + 10) - 0.3


def _loan_spellings(low: str) -> Iterator[tuple[str, float]]:
    """One or two loan spellings made Indonesian."""
    once = {low.replace(old, new) for old, new in _LOANS if old in low}
    for other in once:
        yield other, 0.35
        for old, new in _LOANS:
            if old in other and (twice := other.replace(old, new)) not in once:
                yield twice, 0.7


def _edited_words(low: str) -> Iterator[tuple[str, float]]:
    """Every word one edit away, with the cost of the edit; the first letter is seldom the wrong one."""
    for at in range(len(low) + 1):
        head, tail = low[:at], low[at:]
        first = 0.5 if at == 0 else 0.0
        # Letters on both sides: a letter typed once too little is mostly the double of its neighbour.
        near = low[max(0, at - 1) : at + 1]
        if tail:
            doubled = at > 0 and low[at] == low[at - 1]
            yield head + tail[1:], (0.3 if doubled else 0.55 if tail[0] in "hkgeny" else 0.8) + first
        if len(tail) > 1 and tail[0] != tail[1]:
            # Two neighbours changed places.
            yield head + tail[1] + tail[0] + tail[2:], 0.55 + first
        for letter in _LETTERS:
            if tail and letter != tail[0]:
                close = frozenset((letter, tail[0])) in _CONFUSED
                yield head + letter + tail[1:], (0.5 if close else 1.0) + first
            easy = letter in near or letter == "h"
            yield head + letter + tail, (0.4 if easy else 0.55 if letter in "kgeny" else 0.8) + first

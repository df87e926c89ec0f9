"""Spelling: the table of pairs with its fixes, then words that the dictionary does not know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.checks.rule import KBBI, Mark
from studio.checks.word_lists import ABBREVIATIONS, PLACES

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from studio.checks.rule import SpellingPair, Words
    from studio.checks.words import Passage, Word

_ENDINGS = ("nya", "lah", "kah", "pun", "ku", "mu")
_BOUND = (
    "antar",
    "pasca",
    "non",
    "anti",
    "pra",
    "multi",
    "sub",
    "swa",
    "semi",
    "mikro",
    "maha",
    "tuna",
    "adi",
    "tata",
    "eko",
)
_SHORTEST = 3
_BY_RULE = re.compile(r"\d|\bse [A-Z]")
"""Pairs that stand for a rule of numbers and names; the rule itself finds them."""


class PairTable:
    """The table of pairs, ready to search: one pattern for all of them.

    Args:
        pairs: the table.
    """

    def __init__(self, pairs: tuple[SpellingPair, ...]) -> None:
        self._pairs = {pair.wrong.lower(): pair for pair in pairs if not _BY_RULE.search(pair.wrong)}
        longest_first = sorted(self._pairs, key=len, reverse=True)
        either = "|".join(re.escape(wrong).replace("\\ ", r"\s+").replace("'", "['’]") for wrong in longest_first)
        self._pattern = re.compile(rf"(?<![\w-])({either})((?:nya|lah|kah|ku|mu)?)(?![\w-])", re.IGNORECASE)

    def marks(self, passage: Passage, known: Set[str]) -> Iterator[Mark]:
        """What the table says about a paragraph; words in ``known`` are left alone."""
        for found in self._pattern.finditer(passage.clean):
            wrong = " ".join(found[1].replace("’", "'").lower().split())
            pair = self._pairs[wrong]
            if wrong in known or (found[1][0].isupper() and not pair.sure):
                continue
            fixed = _like(found[1], pair.right) + found[2]
            code = "language_pair" if pair.sure else "language_hint"
            facts = {"word": found[0], "fix": fixed, "rule": pair.rule}
            level = "warning" if pair.sure else "advice"
            yield Mark(code, level, *found.span(), KBBI, (fixed,), facts)  # type: ignore[arg-type]


def _like(model: str, word: str) -> str:
    """``word`` with a capital where ``model`` has one."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if model[0].isupper() else word


def check_spelling(passage: Passage, words: Words, known: Set[str], taken: Set[int]) -> Iterator[Mark]:
    """Words that nobody knows.

    Args:
        passage: the paragraph.
        words: the lexicon.
        known: more valid words in lower case: people and places of the story, the group's dictionary, ignored ones.
        taken: places that another rule has marked already.
    """
    for word in passage.words:
        if word.start in taken or len(word.text) < _SHORTEST or _is_name(word):
            continue
        if not _is_known(word.text, words, known):
            yield Mark("language_unknown", "advice", word.start, word.end, KBBI, (), {"word": word.text})


def _is_name(word: Word) -> bool:
    """A capital inside a sentence is a name, capitals throughout an acronym; names are no matter of spelling."""
    return (word.text[0].isupper() and not word.first) or any(sign.isupper() for sign in word.text[1:])


def _is_known(text: str, words: Words, known: Set[str]) -> bool:
    low = text.lower().replace("’", "'")
    if _stands(low, text, words, known):
        return True
    if "-" in low:
        return all(_is_known(part, words, known) for part in low.split("-") if len(part) >= _SHORTEST)
    return any(_stands(bare, bare, words, known) for bare in _stripped(low))


def _stands(low: str, text: str, words: Words, known: Set[str]) -> bool:
    if low in ABBREVIATIONS:
        return True
    return low in known or low in words.places or words.spells(low) or words.spells(text) or _passive(low, words)


def _stripped(low: str) -> Iterator[str]:
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= _SHORTEST:
            bare = low[: -len(ending)]
            yield bare
            for inner in ("kan", "an", "i"):
                if bare.endswith(inner) and len(bare) > len(inner) + 3:
                    yield bare[: -len(inner)]
    for bound in _BOUND:
        if low.startswith(bound) and len(low) - len(bound) >= _SHORTEST:
            yield low[len(bound) :]


def _passive(low: str, words: Words) -> bool:
    """di-, ter- and ber- words whose active form is known; places were dealt with before (``affixes``)."""
    if low.startswith("di") and low[2:] not in PLACES and len(low) > 5:
        return any(words.spells(active) for active in _active(low[2:]))
    if low.startswith("ter") and len(low) > 6:
        return any(words.spells(active) for stem in (low[3:], f"{low[3:]}kan") for active in _active(stem))
    if low.startswith("pe") and len(low) > 5:  # who does it: pengeruk, from mengeruk
        return words.spells(f"m{low[1:]}")
    if low.startswith("se") and len(low) > 5 and words.spells(low[2:]):
        return True
    if low.endswith(("i", "kan")) and any(words.spells(active) for active in _active(low)):  # hubungi, bacakan
        return True
    return low.startswith("ber") and len(low) > 6 and words.spells(low[3:])


def _active(stem: str) -> Iterator[str]:
    """The meN- forms of a stem (EYD V: k, p, s, t melt before vowels)."""
    melted = {"k": "meng", "p": "mem", "s": "meny", "t": "men"}
    if stem[0] in melted:
        yield melted[stem[0]] + stem[1:]
    prefix = "mem" if stem[0] in "bfpv" else "men" if stem[0] in "dcjtz" else "me" if stem[0] in "lrwymn" else "meng"
    yield prefix + stem

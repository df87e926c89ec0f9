"""Words that fell apart: a beginning or an ending that stands alone (``di kreasi kan``, ``ber jam jam``).

Affixes and the short pronouns are no words of their own (EYD V, II.A and II.L), so each is joined to its neighbour, and
what comes out must be a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.checks.morphology import is_form
from studio.checks.rule import EYD, RuleMark
from studio.story.text import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.rule import LexiconWords
    from studio.checks.text_passages import PlacedWord, TextPassage

_BEGINNINGS = word_set("""
    ber ter me mem men meng meny menge menye pem pen peng peny se di memper diper
""")
_ENDINGS = frozenset({"nya", "kan", "an", "i", "lah", "kah"})
_VERBAL = ("me", "di", "ber", "ter", "per", "pe", "ke")
_RULE = f"{EYD}, II.A: imbuhan serangkai dengan kata dasarnya"


def check_split_words(passage: TextPassage, words: LexiconWords) -> Iterator[RuleMark]:
    """Marks of this rule for one paragraph."""
    every = passage.words
    until = 0
    for number, word in enumerate(every):
        if word.start < until:
            continue
        joined = _from_beginning(passage, number, words) or _from_ending(passage, number, words)
        if joined is None:
            continue
        first, last, fixed = joined
        start, end = every[first].start, every[last].end
        until = end
        told = passage.clean_text[start:end]
        yield RuleMark("language_apart", "warning", start, end, _RULE, (fixed,), {"word": told, "fix": fixed})


def _are_neighbours(passage: TextPassage, first: int, last: int) -> bool:
    """Whether only spaces lie between these words."""
    every = passage.words
    if first < 0 or last >= len(every):
        return False
    return all(
        not passage.clean_text[one.end : two.start].strip(" ")
        for one, two in zip(every[first:last], every[first + 1 :], strict=False)
    )


def _is_known(joined: str, words: LexiconWords) -> bool:
    low = joined.lower()
    return words.spells(low) or is_form(low, words.spells)


def _from_beginning(passage: TextPassage, number: int, words: LexiconWords) -> tuple[int, int, str] | None:
    """A beginning alone, its root, and an ending alone or the root once more."""
    every = passage.words
    head = every[number].text
    low = head.lower()
    if low not in _BEGINNINGS or head.isupper() or not _are_neighbours(passage, number, number + 1):
        return None
    root = every[number + 1].text
    if not root.islower():
        return None
    third = every[number + 2].text if _are_neighbours(passage, number, number + 2) else ""
    if third in {"kan", "an", "i"}:
        for joined in (f"{head}{root}{third}", f"{head}{root[:-1]}{third}" if root.endswith("k") else ""):
            if joined and _is_known(joined, words):
                return number, number + 2, joined
    # "di" before a word is as often a preposition: ``affixes`` tells the two apart.
    if low == "di":
        return None
    if third == root and len(root) > 2 and low in {"ber", "ter", "se", "me"}:
        return number, number + 2, f"{head}{root}-{root}"
    joined = head + root
    return (number, number + 1, joined) if _is_known(joined, words) else None


def _from_ending(passage: TextPassage, number: int, words: LexiconWords) -> tuple[int, int, str] | None:
    """A word, and an ending alone after it."""
    every = passage.words
    if not _are_neighbours(passage, number, number + 1):
        return None
    head, ending = every[number], every[number + 1].text
    if ending not in _ENDINGS or len(head.text) < 2 or head.text.lower() in _ENDINGS | _BEGINNINGS:
        return None
    joined = _joined_word(head, ending, words)
    return None if joined is None else (number, number + 1, joined)


def _joined_word(head: PlacedWord, ending: str, words: LexiconWords) -> str | None:
    text, low = head.text, head.text.lower()
    if ending == "nya":
        return f"{text}-nya" if text.isupper() else f"{text}nya"
    if ending in {"lah", "kah"}:
        return f"{text}{ending}" if words.spells(low) and text.islower() else None
    if not low.startswith(_VERBAL):
        return None
    # With "kan" the k may stand there twice, at the end of the root and in the ending.
    spellings = [f"{text}{ending}", f"{text[:-1]}{ending}" if ending == "kan" and low.endswith("k") else ""]
    return next((one for one in spellings if one and _is_known(one, words)), None)

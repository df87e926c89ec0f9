"""Where an Indonesian word may be broken at the end of a line.

Rules: EYD V, "Pemenggalan kata" (Badan Bahasa, 2022). Where those rules need to know how a word was built (``ber-ada``
but ``be-rita``, ``makan-an`` but ``ba-dan``, ``meng-ubah`` but ``me-ngirim``), no break is offered: a line that is a
little shorter disturbs nobody, a wrong break does.
"""

from __future__ import annotations

import re
from itertools import pairwise

SOFT_HYPHEN = "\u00ad"
"""Marks a place where a word may be broken; seen only where that happens."""
_FEWEST_BEFORE, _FEWEST_AFTER = 2, 3
"""Letters that stay before the hyphen and that go to the next line; EYD wants two."""
_FEWEST_LEFT = 3
"""What is set keeps one letter more at the end of a line than EYD asks: "ba-" and "su-" stop the eye."""
_SHORTEST = 6
"""Words of fewer letters stay whole."""
_VOWELS = frozenset("aiueo")
_DIPHTHONGS = ("ai", "au", "ei", "oi")
_UNITS = re.compile("ng|ny|sy|kh|[a-z]")
"""One sound that is written with two letters is never parted (EYD)."""
_LIQUIDS = frozenset("lr")
_STOPS = frozenset("bcdfgkpt")
# After these a consonant between vowels may belong to the prefix or to the word: neither place is offered.
_UNSURE_PREFIX = re.compile(r"(?:(?:mem|di|ke|se|me)?(?P<r>[btp]er)|(?:di|ke|se)?(?P<ng>[mp]eng))(?=[aiueo])")
_UNSURE_SUFFIX = re.compile(r"(?:(?:ng|ny|sy|kh|[^aiueo])an|(?:ng|ny|sy|kh)i)(?=(?:nya|lah|kah|pun|ku|mu)?$)")
_WHOLE_SOUNDS = re.compile("pos(?=yandu)")
"""Short words put together, in which the letters of one sound are two."""
_SPOKEN = re.compile(r"(?<!\S)[\"'“‘(\u2013\u2014]*[a-z]+(?:-[a-z]+)*[.,;:!?)\"'”’…\u2013\u2014]*(?!\S)")
"""Small letters only: a name is not broken (EYD), nor an abbreviation, a number or an address."""
_LONG = re.compile("[a-z]{6,}")


def break_places(word: str) -> tuple[int, ...]:
    """Where a word may be broken: numbers of letters before the break, from left to right.

    Args:
        word: in small letters a to z; any other word has no such places.
    """
    if len(word) < _SHORTEST or not re.fullmatch("[a-z]+", word):
        return ()
    unsure = _unsure_places(word)
    last = len(word) - _FEWEST_AFTER
    return tuple(at for at in _syllable_starts(word) if _FEWEST_BEFORE <= at <= last and at not in unsure)


def hyphenate(text: str) -> str:
    """The text with soft hyphens in its Indonesian words; they are seen only where a line ends."""
    return _SPOKEN.sub(lambda spoken: _LONG.sub(lambda word: _with_hyphens(word[0]), spoken[0]), text)


def without_hyphens(text: str) -> str:
    """The text as it was before ``hyphenate``."""
    return text.replace(SOFT_HYPHEN, "")


def _with_hyphens(word: str) -> str:
    edges = (0, *(at for at in break_places(word) if at >= _FEWEST_LEFT), len(word))
    return SOFT_HYPHEN.join(word[first:end] for first, end in pairwise(edges))


def _syllable_starts(word: str) -> list[int]:
    """First letters of all syllables but the first, by the sounds alone."""
    units = [(found.start(), found[0]) for found in _UNITS.finditer(word)]
    peaks = _peaks(units)
    found: list[int] = []
    for (_, before), (after, _) in pairwise(peaks):
        between = [sound for _, sound in units[before:after]]
        skipped = _consonants_left(between)
        if skipped is not None:
            found.append(units[before + skipped][0])
    return found


def _peaks(units: list[tuple[int, str]]) -> list[tuple[int, int]]:
    """The vowels of the syllables, as the numbers of their first sound and of the one behind them."""
    made: list[tuple[int, int]] = []
    at = 0
    while at < len(units):
        if units[at][1] not in _VOWELS:
            at += 1
            continue
        # "ai" is one vowel in "pandai" and two in "baik"; it is parted in neither.
        pair = "".join(sound for _, sound in units[at : at + 2])
        long = 2 if pair in _DIPHTHONGS else 1
        made.append((at, at + long))
        at += long
    return made


def _consonants_left(between: list[str]) -> int | None:
    """How many of the consonants between two vowels stay before the break; None where EYD and dictionaries differ."""
    if len(between) < 2:
        return 0
    if len(between) == 2:
        # "Ap-ril" and "pro-gram".
        return None if between[0] in _STOPS and between[1] in _LIQUIDS else 1
    if between[:2] == ["k", "s"]:
        return 2  # eks-tra, teks-til
    # Behind "trans" and in "abs-trak" the first two stay; "in-stru-men" keeps one.
    if between[1] == "s" and between[2] not in ("t",):
        return None
    return None if between[0] == "b" else 1


def _unsure_places(word: str) -> set[int]:
    unsure: set[int] = set()
    if prefix := _UNSURE_PREFIX.match(word):
        sound = 1 if prefix["r"] else 2
        unsure |= {prefix.end() - sound, prefix.end()}
    unsure |= {suffix.start() for suffix in _UNSURE_SUFFIX.finditer(word)}
    unsure |= {whole.end() - 1 for whole in _WHOLE_SOUNDS.finditer(word)}
    return unsure

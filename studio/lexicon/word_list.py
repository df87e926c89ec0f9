"""Whether Indonesian has a word: asked by the rules about people, who read the dictionary only when they must."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from studio.base.data_shelf import program_shelf
from studio.base.paths import assets_dir
from studio.lexicon.lexicon import EXTRA, HunspellWords, read_words, shared_dictionary

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.base.data_shelf import DataShelf


@cache
def _dictionary() -> HunspellWords:
    return shared_dictionary(assets_dir() / "language")


@lru_cache(maxsize=2)
def _extra_words(packs: tuple[Path, ...]) -> frozenset[str]:
    """The words beside the dictionary; ``packs`` are files of data packs, which lie still once they are taken in."""
    return frozenset().union(*(read_words(path) for path in (assets_dir() / "language" / EXTRA, *packs)))


def is_word(word: str) -> bool:
    """Whether the dictionary or a list of extra words has it. Reading them takes a tenth of a second, once."""
    return known_words()(word)


def known_words(shelf: DataShelf | None = None) -> Callable[[str], bool]:
    """What tells whether there is a word, for asking it of many.

    Args:
        shelf: of data packs, whose words count too; None for this computer's.
    """
    packs = (program_shelf() if shelf is None else shelf).files("words", EXTRA)
    return lambda word: bool(word) and len(word) <= 60 and _is_word(word, packs)


@lru_cache(maxsize=4096)
def _is_word(word: str, packs: tuple[Path, ...]) -> bool:
    try:
        return word in _extra_words(packs) or bool(_dictionary().spell(word))
    except UnicodeEncodeError:  # the dictionary is written in Latin letters
        return False

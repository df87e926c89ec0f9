"""Whether Indonesian has a word: asked by the rules about people, who read the dictionary only when they must."""

from __future__ import annotations

from functools import cache, lru_cache

from studio.base.paths import assets_dir
from studio.lexicon.lexicon import EXTRA, HunspellWords, read_words, shared_dictionary


@cache
def _word_lists() -> tuple[HunspellWords, frozenset[str]]:
    folder = assets_dir() / "language"
    return shared_dictionary(folder), read_words(folder / EXTRA)


@lru_cache(maxsize=4096)
def is_word(word: str) -> bool:
    """Whether the dictionary or the list of extra words has it. Reading them takes a tenth of a second, once."""
    if not word or len(word) > 60:
        return False
    speller, extra = _word_lists()
    try:
        return word in extra or bool(speller.spell(word))
    except UnicodeEncodeError:  # the dictionary is written in Latin letters
        return False

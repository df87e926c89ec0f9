"""The search of the website: an index in pieces that a page loads as it needs them, also from a stick.

Words are cut as ``cari.js`` cuts them: lower case, compatibility forms resolved, accents of Latin letters and vowel
signs of Arabic dropped. Scripts that are written without spaces are cut into pairs of letters, so that any part is
found. Which piece a word is in shows in its first two letters.
"""

from __future__ import annotations

import unicodedata
from array import array
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

PIECES = 64
"""Pieces of the index: with 2,000 stories of 400 words each about 60 kB."""
SHOWN = 100
"""Stories in a piece of what is shown of a hit."""
_DROPPED = ((0x0300, 0x036F), (0x064B, 0x065F), (0x0670, 0x0670), (0x0640, 0x0640))
_UNSPACED = (
    *((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x1A00, 0x1A1F), (0x1B00, 0x1B7F), (0x3040, 0x30FF)),
    *((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA980, 0xA9DF), (0xF900, 0xFAFF), (0x20000, 0x2FFFF)),
)
"""Thai, Lao, Burmese, Khmer, Buginese, Balinese, Kana, Han, Javanese."""


def plain_letters(text: str) -> str:
    """The text as it is searched."""
    flat = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in flat if not any(low <= ord(char) <= high for low, high in _DROPPED))


def _letter_runs(text: str) -> Iterator[str]:
    """Letters, marks and digits that stand together, cut where writing with spaces begins or ends."""
    run, unspaced = "", False
    for char in plain_letters(text):
        if unicodedata.category(char)[0] not in "LMN":
            if run:
                yield run
            run = ""
            continue
        other = any(low <= ord(char) <= high for low, high in _UNSPACED)
        if run and other != unspaced:
            yield run
            run = ""
        unspaced = other
        run += char
    if run:
        yield run


def search_words(text: str) -> set[str]:
    """What a text is found by."""
    found: set[str] = set()
    for run in _letter_runs(text):
        if any(low <= ord(run[0]) <= high for low, high in _UNSPACED) and len(run) > 1:
            found.update(one + two for one, two in pairwise(run))
        else:
            found.add(run)
    return found


def piece_of(word: str) -> int:
    """The piece a word is in, 0 to ``PIECES`` - 1."""
    second = ord(word[1]) if len(word) > 1 else 0
    # cari.js computes the same number in the browser: change both or nothing is found. By code points, so it must not
    # meet a surrogate half there.
    return (ord(word[0]) * 31 + second) % PIECES


def words_of(entry: Mapping[str, Any]) -> str:
    """The words a story is found by: those of its headline, and on a second line the others."""
    head = search_words(entry["j"])
    # A word of the headline is listed only as such: it ranks above the text, and the index stays small.
    rest = search_words(" ".join((entry["r"], entry["t"], entry["i"]))) - head
    return f"{' '.join(sorted(head))}\n{' '.join(sorted(rest))}"


def index_files(
    stories: Sequence[Mapping[str, Any]], words: Iterable[tuple[int, str]] | None = None
) -> Iterator[tuple[str, str]]:
    """The files of the index.

    Args:
        stories: the newest first; of each ``u`` (address), ``j`` (headline), ``r`` (summary), ``d`` (day) are shown,
            these and ``t`` (topics and names) and ``i`` (all of the text) are searched.
        words: place in ``stories`` and ``words_of`` of each, in any order; then ``t`` and ``i`` are not asked for.

    Yields:
        Name and content: ``cari/b<n>.js`` what is shown, ``cari/k<n>.js`` words with the numbers of the stories that
        have them in the headline, and elsewhere.
    """
    # One array a word, twice the number, one more where it is not in the headline: half a district's words are rare.
    pieces: list[dict[str, array[int]]] = [{} for _ in range(PIECES)]
    for number, told in enumerate(map(words_of, stories)) if words is None else words:
        for place, line in enumerate(told.split("\n")):
            for word in line.split():
                pieces[piece_of(word)].setdefault(word, array("L")).append(2 * number + place)
    for number, piece in enumerate(pieces):
        if piece:
            listed = {word: _in_order(piece[word]) for word in sorted(piece)}
            yield f"cari/k{number}.js", _index_script("k", number, listed)
            piece.clear()
    for start in range(0, len(stories), SHOWN):
        shown = [[story[key] for key in ("u", "j", "r", "d")] for story in stories[start : start + SHOWN]]
        yield f"cari/b{start // SHOWN}.js", _index_script("b", start // SHOWN, shown)


def _in_order(found: array[int]) -> tuple[list[int], list[int]]:
    """The stories that have a word in the headline, and elsewhere."""
    ordered = sorted(found)
    return [each // 2 for each in ordered if not each % 2], [each // 2 for each in ordered if each % 2]


def _index_script(kind: str, number: int, content: object) -> str:
    # A script that calls, not JSON: browsers let no page on a stick (file://) fetch another file, but they run scripts.
    return f'KIM_CARI("{kind}{number}",{msgspec.json.encode(content).decode()});\n'

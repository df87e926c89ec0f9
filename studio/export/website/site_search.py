"""The search of the website: an index in pieces that a page loads as it needs them, also from a stick.

Words are cut as ``cari.js`` cuts them: lower case, compatibility forms resolved, accents of Latin letters and vowel
signs of Arabic dropped. Scripts that are written without spaces are cut into pairs of letters, so that any part is
found.

The words lie in their order in pieces of about the same size, however many stories there are: the page knows with which
word each begins, and loads those in which words begin as what was typed. A beginning that runs through more than
``MOST_PIECES`` of them ("me") has a piece of its own with the stories of all its words. A list of stories is written as
gaps or as bits, whichever is shorter: a word that every story has takes a sixth of a byte a story.
"""

from __future__ import annotations

import unicodedata
from array import array
from base64 import b64encode
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

PIECE_BYTES = 48_000
"""Of words in a piece of the index: a second on the network of a village."""
MOST_PIECES = 4
"""Pieces that are loaded for what was typed."""
SHOWN = 20
"""Stories in a piece of what is shown of a hit: hits lie anywhere, so that each of them may need a piece of its own."""
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


def words_of(entry: Mapping[str, Any]) -> str:
    """The words a story is found by: those of its headline, and on a second line the others."""
    head = search_words(entry["j"])
    # A word of the headline is listed only as such: it ranks above the text, and the index stays small.
    rest = search_words(" ".join((entry["r"], entry["t"], entry["i"]))) - head
    return f"{' '.join(sorted(head))}\n{' '.join(sorted(rest))}"


@dataclass(frozen=True, slots=True)
class SearchIndexMap:
    """What the page has to know of the index before it loads any of it.

    Attributes:
        starts: the first word of each piece ``cari/k<n>.js``, in the order of JavaScript.
        broad: beginnings with a piece ``cari/p<n>.js`` of their own, in the order of their numbers.
    """

    starts: tuple[str, ...] = ()
    broad: tuple[str, ...] = ()


def index_files(
    stories: Sequence[Mapping[str, Any]], words: Iterable[tuple[int, str]] | None = None
) -> tuple[SearchIndexMap, Iterator[tuple[str, str]]]:
    """The files of the index.

    Args:
        stories: the newest first; of each ``u`` (address), ``j`` (headline), ``r`` (summary), ``d`` (day) are shown,
            these and ``t`` (topics and names) and ``i`` (all of the text) are searched.
        words: place in ``stories`` and ``words_of`` of each, in any order; then ``t`` and ``i`` are not asked for.

    Returns:
        The map, and names with contents: ``cari/b<n>.js`` what is shown, ``cari/k<n>.js`` words with the numbers of the
        stories that have them in the headline, and elsewhere, ``cari/p<n>.js`` the same for a beginning of words.
    """
    # One array a word, twice the number, one more where it is not in the headline: half a district's words are rare.
    found: dict[str, array[int]] = {}
    for number, told in enumerate(map(words_of, stories)) if words is None else words:
        for place, line in enumerate(told.split("\n")):
            for word in line.split():
                found.setdefault(word, array("L")).append(2 * number + place)
    # As JavaScript compares: by halves of surrogate pairs, not by code points.
    ordered = sorted(found, key=_script_order)
    cuts = _piece_cuts(ordered, found)
    starts = tuple(ordered[cut] for cut in cuts)
    broad = _broad_beginnings(starts)

    def write() -> Iterator[tuple[str, str]]:
        for number, (begin, end) in enumerate(pairwise((*cuts, len(ordered)))):
            content = {word: [short_list(each) for each in _in_order(found[word])] for word in ordered[begin:end]}
            yield f"cari/k{number}.js", _index_script("k", number, content)
        for number, beginning in enumerate(broad):
            yield f"cari/p{number}.js", _index_script("p", number, _joined_lists(beginning, ordered, found))
        for start in range(0, len(stories), SHOWN):
            shown = [[story[key] for key in ("u", "j", "r", "d")] for story in stories[start : start + SHOWN]]
            yield f"cari/b{start // SHOWN}.js", _index_script("b", start // SHOWN, shown)

    return SearchIndexMap(starts, broad), write()


def _script_order(word: str) -> bytes:
    return word.encode("utf-16-be", "surrogatepass")


def _piece_cuts(ordered: Sequence[str], found: Mapping[str, array[int]]) -> list[int]:
    """Where pieces begin among the words."""
    cuts, size = [], PIECE_BYTES
    for at, word in enumerate(ordered):
        count, last = len(found[word]), max(found[word]) // 2
        # As gaps, of their mean digits and a comma; or as bits in Base64.
        own = len(word.encode()) + 10 + min(count * (1 + len(str(last // count))), last // 6)
        if size + own > PIECE_BYTES:
            cuts.append(at)
            size = 0
        size += own
    return cuts


def _broad_beginnings(starts: Sequence[str]) -> tuple[str, ...]:
    """Beginnings whose words lie in more than ``MOST_PIECES`` pieces: some pieces then begin with such a word."""
    counts: dict[str, int] = {}
    for start in starts:
        for length in range(1, len(start) + 1):
            beginning = start[:length]
            counts[beginning] = counts.get(beginning, 0) + 1
    # The piece before the first of these may end with words of that beginning.
    return tuple(sorted(beginning for beginning, count in counts.items() if count >= MOST_PIECES))


def _joined_lists(beginning: str, ordered: Sequence[str], found: Mapping[str, array[int]]) -> list[list[int] | str]:
    heads: set[int] = set()
    rests: set[int] = set()
    at = bisect_left(ordered, _script_order(beginning), key=_script_order)
    while at < len(ordered) and ordered[at].startswith(beginning):
        head, rest = _in_order(found[ordered[at]])
        heads.update(head)
        rests.update(rest)
        at += 1
    return [short_list(sorted(heads)), short_list(sorted(rests - heads))]


def short_list(numbers: Sequence[int]) -> list[int] | str:
    """Rising numbers as ``cari.js`` reads them: the first and the gaps, or the bits of their bytes in Base64."""
    if not numbers:
        return []
    size = numbers[-1] // 8 + 1
    if 2 * len(numbers) <= size * 4 // 3 + 4:
        gaps = [numbers[0], *(later - earlier for earlier, later in pairwise(numbers))]
        if sum(len(str(gap)) + 1 for gap in gaps) <= size * 4 // 3 + 4:
            return gaps
    bits = bytearray(size)
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return b64encode(bits).decode()


def _in_order(found: array[int]) -> tuple[list[int], list[int]]:
    """The stories that have a word in the headline, and elsewhere."""
    ordered = sorted(found)
    return [each // 2 for each in ordered if not each % 2], [each // 2 for each in ordered if each % 2]


def _index_script(kind: str, number: int, content: object) -> str:
    # A script that calls, not JSON: browsers let no page on a stick (file://) fetch another file, but they run scripts.
    return f'KIM_CARI("{kind}{number}",{msgspec.json.encode(content).decode()});\n'

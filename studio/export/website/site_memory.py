"""What this computer remembers of a website it has built: what nobody touched is neither judged nor filled again.

As for exports (``running/export_memory.py``) it lies in the cache of this computer and holds for as long as the story's
bytes, the profile, the packs, the version and the day are the same. What the lists show of a story is kept apart from
its text and its words, which are read one story at a time: a library of 20,000 need not fit into memory.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

import msgspec

from studio.base.finished_files import path_inside
from studio.base.paths import cache_dir
from studio.export.planning.content_keys import key_of
from studio.export.website.site_search import words_of
from studio.export.website.site_writer import NOTED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS stories (folder TEXT PRIMARY KEY, stamp TEXT, told BLOB, content TEXT, words TEXT);
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT);
"""
_LAYOUT = 1
HEAVY = ("content", "i", "translations")
"""What of a story's entry is not kept with the lists."""


class SiteFile(msgspec.Struct, frozen=True, array_like=True):
    """A file of the site as it was written: size in bytes, time in nanoseconds."""

    name: str
    size: int
    time: int


class RememberedStory(msgspec.Struct, frozen=True, omit_defaults=True):
    """A story as the site has it (``entry``), or why it has none (``code`` and ``facts``).

    Attributes:
        entry: what lists show of it, without ``HEAVY``.
        files: of the site that are its own.
        code: of the reason.
        facts: of the reason.
        expected: see ``LeftOut``.
        protects: whether it hides somebody whom the others may not name.
        again: whether it has to be looked at anew as soon as anything else on the site changed.
        notice: what feeds tell of a story that was taken back.
    """

    entry: dict[str, Any] = {}
    files: tuple[SiteFile, ...] = ()
    code: str = ""
    facts: dict[str, str] = {}
    expected: bool = False
    protects: bool = False
    again: bool = False
    notice: dict[str, Any] = {}


class RememberedProducts(msgspec.Struct, frozen=True, omit_defaults=True):
    """The catalogue as the site has it.

    Attributes:
        stamp: hash of all it was made of; "" where it has to be looked at anew.
        shown: whether there is one: every page leads to it.
        left: products that are not in it: name, code and facts of the reason.
    """

    stamp: str = ""
    shown: bool = False
    left: tuple[tuple[str, str, dict[str, str]], ...] = ()


class SiteMemory:
    """What is remembered of one site.

    Args:
        place: the site's folder.
        run: hash of all that goes into every page alike.
    """

    def __init__(self, place: Path, run: str) -> None:
        self._place = place
        self._run = run
        self._stamps: dict[str, str] = {}
        self._told: dict[str, RememberedStory] = {}
        self._fresh: dict[str, tuple[str, RememberedStory, str, str]] = {}
        self._whole = self._beside = self._abroad = ""
        self.products = RememberedProducts()
        with suppress(sqlite3.Error, OSError, msgspec.MsgspecError), closing(_open(place)) as base:
            facts = dict(base.execute("SELECT name, value FROM facts").fetchall())
            if facts.get("run") == run:
                self._whole, self._beside = facts.get("whole", ""), facts.get("beside", "")
                self._abroad = facts.get("abroad", "")
                self.products = msgspec.json.decode(facts.get("products", "{}"), type=RememberedProducts)
                for folder, stamp, told in base.execute("SELECT folder, stamp, told FROM stories"):
                    self._stamps[folder] = stamp
                    self._told[folder] = msgspec.json.decode(told, type=RememberedStory)

    def recall(self, folder: str, stamp: str) -> RememberedStory | None:
        """What is known of a story with this stamp, when its files on the site are as they were written."""
        if not stamp or self._stamps.get(folder) != stamp:
            return None
        told = self._told[folder]
        return told if all(self._is_there(file) for file in told.files) else None

    def last_entries(self) -> list[dict[str, Any]]:
        """What lists showed of the stories when the site was last built, in whatever run that was."""
        return stored_entries(self._place)

    def last_stamps(self, folders: Iterable[str]) -> dict[str, str]:
        """From which bytes (a hash) pages were made that stand as they were written, in whatever run that was."""
        found: dict[str, str] = {}
        with suppress(sqlite3.Error, OSError, msgspec.MsgspecError), closing(_open(self._place)) as base:
            for folder in folders:
                row = base.execute("SELECT stamp, told FROM stories WHERE folder = ?", (folder,)).fetchone()
                files = msgspec.json.decode(row[1], type=RememberedStory).files if row else ()
                if files and all(map(self._is_there, files)):
                    found[folder] = row[0]
        return found

    def restore_entries(self, entries: Iterable[dict[str, Any]]) -> None:
        """Keep what lists need of stories whose pages stand and of which nothing is remembered; they are made anew."""
        with suppress(sqlite3.Error, OSError), closing(_open(self._place)) as base, base:
            for entry in entries:
                told = msgspec.json.encode(RememberedStory(light_entry(entry)))
                row = (entry["folder"], "", told, entry["content"], words_of(entry))
                base.execute("INSERT OR REPLACE INTO stories VALUES (?,?,?,?,?)", row)

    def stands_beside(self, beside: str) -> bool:
        """Whether whom the stories protect (a hash) is as it was; if not, all that was known is forgotten."""
        same = self._beside == beside
        if not same:
            self._beside, self._whole = beside, ""
            # All of it, as the names of people may stand in any story: which ones would have to be searched for anyway.
            self._stamps.clear()
            self._told.clear()
        return same

    @property
    def abroad(self) -> str:
        """The hash of whom other groups protected when the site was last built."""
        return self._abroad

    def stands_abroad(self, abroad: str) -> bool:
        """Whether whom other groups protect (a hash) is as it was; if not, the site is no longer whole."""
        same = self._abroad == abroad
        if not same:
            self._abroad, self._whole = abroad, ""
        return same

    def remember_story(
        self, folder: str, stamp: str, told: RememberedStory, entry: dict[str, Any] | None = None
    ) -> None:
        """Remember a story; ``entry`` is that of the lists as a whole, its files are looked up by ``save``."""
        full = entry is not None and "i" in entry
        content, words = (entry["content"], words_of(entry)) if full and entry else ("", "")
        self._fresh[folder] = (stamp, told, content, words)

    def is_whole(self, stamps: Iterable[tuple[str, str]]) -> bool:
        """Whether the site was written whole from these very stories, and what they share is as it was written."""
        if not self._whole or self._fresh:
            return False
        with suppress(sqlite3.Error, OSError, msgspec.MsgspecError), closing(_open(self._place)) as base:
            row = base.execute("SELECT value FROM facts WHERE name = 'shared'").fetchone()
            shared = msgspec.json.decode(row[0], type=list[SiteFile]) if row else []
            return self._whole == _whole_key(stamps) and all(self._is_there(file) for file in shared)
        return False

    def contents(self, folders: Collection[str]) -> dict[str, str]:
        """The text of some stories as feeds have it."""
        return stored_contents(self._place, folders)

    def words(self, folders: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The words that each of these stories is found by; see ``words_of``."""
        return stored_words(self._place, folders)

    def save(self, present: Collection[str], stamps: Iterable[tuple[str, str]], files: Iterable[str]) -> None:
        """Keep what was learned, once the site is written.

        Args:
            present: folders of all stories that are on the site or left out of it; others are forgotten.
            stamps: folder and stamp of each, in order; empty when the site is not to be passed by as a whole.
            files: names of all files of the site.
        """
        stories = {**self._told, **{folder: each[1] for folder, each in self._fresh.items()}}
        # What belongs to a story is looked after with it; the rest (lists, feeds, search, styles) all pages share.
        pages = {file.name for folder in present if folder in stories for file in stories[folder].files}
        own = {folder for folder in present if folder in stories and stories[folder].entry}
        shared = [name for name in files if name not in pages and name.partition("/")[0] not in own]
        given = list(stamps)
        with suppress(sqlite3.Error, OSError), closing(_open(self._place)) as base, base:
            # Of a story that has changed and cannot be remembered now, the words are no longer these.
            kept = self._fresh.keys() | {folder for folder, stamp in given if self._stamps.get(folder) == stamp}
            kept &= set(present)
            gone = [(row[0],) for row in base.execute("SELECT folder FROM stories") if row[0] not in kept]
            # Forgotten and remembered in one transaction (``with base``): a power cut leaves the old memory or the new
            # one.
            base.executemany("DELETE FROM stories WHERE folder = ?", gone)
            for folder, (stamp, told, content, words) in self._fresh.items():
                row = (folder, stamp, msgspec.json.encode(told), content, words)
                base.execute("INSERT OR REPLACE INTO stories VALUES (?,?,?,?,?)", row)
            whole = _whole_key(given) if given else ""
            seen = msgspec.json.encode(self.look_up([*shared, NOTED])).decode()
            products = msgspec.json.encode(self.products).decode()
            facts = {"run": self._run, "beside": self._beside, "abroad": self._abroad, "products": products}
            facts |= {"whole": whole, "shared": seen}
            base.executemany("INSERT OR REPLACE INTO facts VALUES (?,?)", facts.items())

    def look_up(self, names: Iterable[str]) -> tuple[SiteFile, ...]:
        """Files of the site as they are now; those that are not there are left out."""
        found = []
        for name in names:
            with suppress(OSError):
                facts = path_inside(self._place, name).stat()
                found.append(SiteFile(name, facts.st_size, facts.st_mtime_ns))
        return tuple(found)

    def _is_there(self, file: SiteFile) -> bool:
        try:
            facts = path_inside(self._place, file.name).stat()
        except OSError:
            return False
        # Size and time, no hash: thousands of files are looked at in every run, and reading them would cost the run.
        return (facts.st_size, facts.st_mtime_ns) == (file.size, file.time)


def _open(place: Path) -> sqlite3.Connection:
    file = cache_dir() / "sites" / f"{key_of('site', str(place))}.sqlite"
    file.parent.mkdir(parents=True, exist_ok=True)
    base = sqlite3.connect(file, timeout=5.0)
    if base.execute("PRAGMA user_version").fetchone()[0] != _LAYOUT:
        base.executescript("DROP TABLE IF EXISTS stories; DROP TABLE IF EXISTS facts;")
    base.execute("PRAGMA synchronous = OFF")  # a cache: what is lost is made again
    base.executescript(f"{_SCHEMA} PRAGMA user_version = {_LAYOUT};")
    return base


def stored_entries(place: Path) -> list[dict[str, Any]]:
    """What lists of the site at ``place`` showed of its stories when it was last built, on whatever day."""
    with suppress(sqlite3.Error, OSError, msgspec.MsgspecError), closing(_open(place)) as base:
        rows = base.execute("SELECT told FROM stories ORDER BY folder")
        told = (msgspec.json.decode(row[0], type=RememberedStory) for row in rows)
        return [each.entry for each in told if each.entry]
    return []


def stored_notices(place: Path) -> list[dict[str, Any]]:
    """What feeds of the site at ``place`` told of stories that were taken back."""
    with suppress(sqlite3.Error, OSError, msgspec.MsgspecError), closing(_open(place)) as base:
        told = (msgspec.json.decode(row[0], type=RememberedStory) for row in base.execute("SELECT told FROM stories"))
        return [each.notice for each in told if each.notice]
    return []


def stored_folders(place: Path) -> frozenset[str]:
    """The stories of the site at ``place`` whose text and words are kept."""
    with suppress(sqlite3.Error, OSError), closing(_open(place)) as base:
        return frozenset(row[0] for row in base.execute("SELECT folder FROM stories WHERE words != ''"))
    return frozenset()


def stored_contents(place: Path, folders: Collection[str]) -> dict[str, str]:
    """The text of some stories of the site at ``place``, as feeds have it."""
    with suppress(sqlite3.Error, OSError), closing(_open(place)) as base:
        rows = (base.execute("SELECT content FROM stories WHERE folder = ?", (f,)).fetchone() for f in folders)
        return {folder: row[0] if row else "" for folder, row in zip(folders, rows, strict=True)}
    return {}


def stored_words(place: Path, folders: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The words that each of these stories of the site at ``place`` is found by; see ``words_of``."""
    with closing(_open(place)) as base:
        for folder in folders:
            row = base.execute("SELECT words FROM stories WHERE folder = ?", (folder,)).fetchone()
            yield folder, row[0] if row else "\n"


def light_entry(entry: dict[str, Any]) -> dict[str, Any]:
    """What of an entry is kept with the lists."""
    return {name: value for name, value in entry.items() if name not in HEAVY}


def _whole_key(stamps: Iterable[tuple[str, str]]) -> str:
    return key_of("whole site", list(stamps))

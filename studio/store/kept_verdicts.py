"""What the gate said of stories that claim to be finished, kept in the search index by what it was asked about.

A verdict holds for the very file (time and size) and for what else decides, which the caller names by a key. It is a
cache like the rest of the index: what is not known is judged again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from studio.store.index import SearchIndex

_MOST = 500
"""Folders asked about at once: SQLite takes 999 values."""


@dataclass(frozen=True, slots=True)
class KeptVerdict:
    """Whether the gate held a story back (``held``), and for which file and ``key`` that was said.

    ``current``: the file is the one that the list shows.
    """

    held: bool
    key: str
    current: bool


def kept_verdicts(index: SearchIndex, folders: Sequence[str]) -> Mapping[str, KeptVerdict]:
    """The last verdict of each of these stories, by folder; those never judged are missing.

    Raises:
        UserError: the cache cannot be used.
    """

    def ask(base: sqlite3.Connection) -> dict[str, KeptVerdict]:
        found: dict[str, KeptVerdict] = {}
        for at in range(0, len(folders), _MOST):
            some = folders[at : at + _MOST]
            rows = base.execute(
                "SELECT v.folder, v.held, v.key, v.stamp = s.stamp AND v.size = s.size FROM verdicts v JOIN stories s "
                f"ON s.folder = v.folder WHERE v.folder IN ({','.join('?' * len(some))})",
                some,
            )
            found |= {folder: KeptVerdict(bool(held), key, bool(current)) for folder, held, key, current in rows}
        return found

    return index.ask(ask) if folders else {}


def keep_verdict(index: SearchIndex, folder: str, stamp: tuple[int, int], key: str, *, held: bool) -> None:
    """Keep what the gate said of the file with this time (ns) and size (bytes).

    Raises:
        UserError: the cache cannot be used.
    """
    row = (folder, *stamp, key, held)

    def keep(base: sqlite3.Connection) -> None:
        base.execute("INSERT OR REPLACE INTO verdicts VALUES (?,?,?,?,?)", row)

    index.tell(keep)

"""Where the studio's data is: what came with it, and newer data packs that somebody took in from a stick.

``DataShelf`` is the one answer to "which files hold the limits of outlets, the words, the kinds of notices ...". Every
reader asks ``program_shelf().folders(kind)`` and reads these folders one after the other: what a later one says goes
before what an earlier one says. A workspace's own files come last, and only the readers know of them.

What was taken in is told by one small file, ``packs.json`` (docs/format.md, "Data packs"), which
``studio.store.pack_shelf`` writes.
"""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, get_args

from studio.base.paths import packs_dir

if TYPE_CHECKING:
    from pathlib import Path

DataKind = Literal[
    "limits", "words", "places", "checklist", "services", "lessons", "indicators", "music", "calendar", "installer"
]
"""What a pack holds; a pack of the kind ``installer`` only vouches for a file that lies beside it."""
DATA_KINDS: tuple[DataKind, ...] = tuple(kind for kind in get_args(DataKind) if kind != "installer")
"""The kinds that can be taken in, in the order in which they are shown."""
STATE_FILE = "packs.json"
CONTENT = "isi"
"""The folder of a pack that holds its data."""
KEYS = "keys"
"""The folder of trusted keys, beside those of packs."""
PACK_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
PACK_VERSION = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6}){0,3}")
_LARGEST = 1024 * 1024
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TakenVersion:
    """A version that was taken in: its number, the ISO day, and the public key (64 hex digits) it was signed with."""

    version: str
    taken: str
    key: str


@dataclass(frozen=True, slots=True)
class TakenPack:
    """A pack that was taken in.

    Attributes:
        id, kind: as its ``paket.toml`` says.
        used: the version in use; "" for none: then what came with the studio counts.
        versions: those on this computer, in the order in which they were taken in.
    """

    id: str
    kind: DataKind
    used: str
    versions: tuple[TakenVersion, ...]


@dataclass(frozen=True, slots=True)
class DataShelf:
    """Finds data.

    Args:
        root: the folder of packs (``packs_dir()``), which need not exist: then there are none.
        trial: a pack that is tried out before it is taken in, by kind and folder of its data: it is read after all
            others, and what is wrong with it is raised.
    """

    root: Path
    trial: tuple[DataKind, Path] | None = None

    def packs(self) -> tuple[TakenPack, ...]:
        """All packs that were taken in, the last one last; none where the file that tells of them cannot be read."""
        path = self.root / STATE_FILE
        try:
            facts = path.stat()
            return _read_state(path, facts.st_mtime_ns, facts.st_size)
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            _LOG.warning("%s: %s", path, error)
            return ()

    def folders(self, kind: DataKind) -> tuple[Path, ...]:
        """The folders of the packs of a kind that are in use; a later one goes before an earlier one."""
        used = (self.folder(pack.id, pack.used) / CONTENT for pack in self.packs() if pack.kind == kind and pack.used)
        tried = (self.trial[1],) if self.trial is not None and self.trial[0] == kind else ()
        return (*(folder for folder in used if folder.is_dir()), *tried)

    def folder(self, pack: str, version: str) -> Path:
        """Where a version lies: what was taken in, with its signature; the data itself is in ``CONTENT``."""
        return self.root / pack / version

    def files(self, kind: DataKind, name: str) -> tuple[Path, ...]:
        """The files of a name in ``folders(kind)``."""
        return tuple(path for folder in self.folders(kind) if (path := folder / name).is_file())


def program_shelf() -> DataShelf:
    """The shelf of whoever uses this computer."""
    return DataShelf(packs_dir())


@lru_cache(maxsize=8)
def _read_state(path: Path, changed_ns: int, size: int) -> tuple[TakenPack, ...]:
    """The packs in a state file that is as it was; readers ask for them with every story."""
    if size > _LARGEST:
        raise ValueError(f"> {_LARGEST} bytes")
    found = json.loads(path.read_text(encoding="utf-8"))
    return tuple(pack for entry in found["packs"] if (pack := _read_pack(entry)) is not None)


def _read_pack(entry: dict[str, object]) -> TakenPack | None:
    """One entry; None for a kind that a newer studio knows."""
    name, kind, used = str(entry["id"]), entry["kind"], str(entry["used"])
    versions = entry["versions"]
    if kind not in DATA_KINDS or not isinstance(versions, list):
        return None
    known = tuple(TakenVersion(str(each["version"]), str(each["taken"]), str(each["key"])) for each in versions)
    # These become names of folders: a file that somebody tampered with leads nowhere else.
    plain = PACK_ID.fullmatch(name) and all(PACK_VERSION.fullmatch(each.version) for each in known)
    if not plain or used not in {"", *(each.version for each in known)}:
        raise ValueError(f"{name}: {used}")
    return TakenPack(name, kind, used, known)

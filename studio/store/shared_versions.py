"""Versions of a story that went to another laptop or came from one, in ``shared/`` of its folder: what both have seen.

A file is named by the moment it was noted (UTC), the first 16 hex digits of its SHA-256 and its way:
``2026-11-22T020500-000Z-60303ae22b998861-out.json``. Its content is the story.json of that package.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from studio.base.atomic_files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FOLDER = "shared"
MOST = 20
"""Versions that are kept; the first that went out stays, too."""
Way = Literal["in", "out"]
_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d{6}-\d{3}Z)-([0-9a-f]{16})-(in|out)\.json")


@dataclass(frozen=True, slots=True, order=True)
class SharedVersion:
    """One version: when it was noted, the digest of its text, and whether it came in or went out."""

    when: str
    digest: str
    way: Way

    @property
    def name(self) -> str:
        """Its file in ``shared/``."""
        return f"{self.when}-{self.digest}-{self.way}.json"


def digest_of(data: bytes) -> str:
    """What tells a version from others: the first 16 hex digits of the SHA-256 of its text."""
    return hashlib.sha256(data).hexdigest()[:16]


def shared_versions(folder: Path) -> tuple[SharedVersion, ...]:
    """The versions of the story in ``folder``, newest first; none when they cannot be read."""
    try:
        names = os.listdir(folder / FOLDER)  # noqa: PTH208 - names only
    except OSError:
        return ()
    found = [SharedVersion(m[1], m[2], "in" if m[3] == "in" else "out") for n in names if (m := _NAME.fullmatch(n))]
    return tuple(sorted(found, reverse=True))


def read_shared(folder: Path, version: SharedVersion) -> bytes | None:
    """The text of a version; None when it is gone or is no longer what its name says."""
    try:
        data = (folder / FOLDER / version.name).read_bytes()
    except OSError:
        return None
    return data if digest_of(data) == version.digest else None


def note_shared(folder: Path, data: bytes, way: Way, now: datetime) -> None:
    """Keep a version that leaves or comes in; one that is there already, on the same branch, is noted again.

    Raises:
        UserError: the disk refuses.
        OSError: the same, for the folder.
    """
    moment = now.astimezone(UTC)
    version = SharedVersion(f"{moment:%Y-%m-%dT%H%M%S}-{moment.microsecond // 1000:03}Z", digest_of(data), way)
    before = shared_versions(folder)
    (folder / FOLDER).mkdir(exist_ok=True)
    write_atomic(folder / FOLDER / version.name, data)
    same = [old for old in before if (old.digest, old.way) == (version.digest, way) and old != version]
    others = [old for old in before if old not in same and old != version]
    # The first that went out is the last resort of a merge: whoever answers to an old package has at least that one.
    first = [old for old in others if old.way == "out"][-1:]
    for old in [*same, *(old for old in others[MOST - 1 :] if old not in first)]:
        with contextlib.suppress(OSError):
            (folder / FOLDER / old.name).unlink()


def forget_shared(folder: Path, data: bytes, way: Way) -> None:
    """A version that came in was given back (its merge was undone): it may come in again.

    Raises:
        OSError: the disk refuses.
    """
    digest = digest_of(data)
    for version in shared_versions(folder):
        if (version.digest, version.way) == (digest, way):
            (folder / FOLDER / version.name).unlink(missing_ok=True)


def known_there(folder: Path) -> bytes | None:
    """The newest version the other side is known to have had: it came from there, or it went there first."""
    versions = shared_versions(folder)
    # What came in was certainly seen there. Of what went out, the oldest is the likeliest to have arrived and been
    # opened.
    likely = [*(v for v in versions if v.way == "in"), *reversed([v for v in versions if v.way == "out"])]
    return next((data for version in likely if (data := read_shared(folder, version)) is not None), None)


def newest_common(folder: Path, digests: Sequence[str]) -> bytes | None:
    """The version to merge from: the first of ``digests`` (newest first) that was noted here, too."""
    here = {version.digest: version for version in shared_versions(folder)}
    common = (here[digest] for digest in digests if digest in here)
    return next((data for version in common if (data := read_shared(folder, version)) is not None), None)

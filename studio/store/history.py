"""Earlier versions of a file, in ``history/`` beside it: plain copies, named by the moment they were written (UTC).

A version is kept when the newest one is at least ``GAP`` old, and always when a save would take away much text, when
someone else changed the file, when it cannot be read, or before a change of format. Thinning keeps every version of
the last hour, the last one of each hour for a day, and the last one of each day after that. Versions kept for a
reason stay.
"""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from studio.base.atomic_files import sync_folder, write_atomic

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FOLDER = "history"
GAP = timedelta(seconds=30)
LOST_BYTES = 200
"""A save that makes the file this much shorter always keeps the version before it."""
Reason = Literal["", "outside", "unreadable", "format", "restore", "export"]
_STAMP = "%Y-%m-%dT%H%M%S"
_NAME = re.compile(
    r"^(?P<stamp>\d{4}-\d\d-\d\dT\d{6})-(?P<milli>\d{3})Z(?:-(?P<number>\d+))?(?:-(?P<reason>outside|unreadable|format|restore|export))?\.json$"
)


@dataclass(frozen=True, slots=True, order=True)
class EarlierVersion:
    """One earlier version. ``written``: when its content was saved; ``reason``: why it was kept, "" as usual."""

    written: datetime
    number: int
    name: str
    reason: Reason
    size: int


def earlier_versions(folder: Path) -> tuple[EarlierVersion, ...]:
    """The earlier versions of the file in ``folder``, newest first. An unreadable folder has none."""
    return versions_in(folder / FOLDER)


def versions_in(place: Path) -> tuple[EarlierVersion, ...]:
    """The versions that lie in a folder, newest first. An unreadable folder has none."""
    try:
        with os.scandir(place) as entries:
            found = [version for entry in entries if (version := _read_version(entry))]
    except OSError:
        return ()
    return tuple(sorted(found, reverse=True))


def _read_version(entry: os.DirEntry[str]) -> EarlierVersion | None:
    match = _NAME.match(entry.name)
    if match is None:
        return None
    try:
        moment = datetime.strptime(match["stamp"], _STAMP).replace(tzinfo=UTC, microsecond=int(match["milli"]) * 1000)
        size = entry.stat().st_size
    except (ValueError, OSError):
        return None
    reason: Reason = match["reason"] or ""  # type: ignore[assignment] # the pattern allows only the reasons
    return EarlierVersion(moment, int(match["number"] or 1), entry.name, reason, size)


def read_version(folder: Path, name: str) -> bytes:
    """The content of one earlier version.

    Raises:
        OSError: it is gone or unreadable.
    """
    return (folder / FOLDER / name).read_bytes()


def keep_version(
    path: Path, new_size: int, now: datetime, reason: Reason = "", place: Path | None = None
) -> str | None:
    """Keep the present content of ``path`` as a version, if that is due, before it is replaced.

    Args:
        path: the file about to be replaced; it must exist.
        new_size: bytes of the content to come.
        now: the present moment, with time zone.
        reason: anything but "" keeps it in any case.
        place: the folder of its versions, where several files lie beside each other; ``history/`` beside it else.

    Returns:
        The name of the version, None when none was due.

    Raises:
        UserError: the copy cannot be written; then ``path`` must not be replaced.
        OSError: ``path`` cannot be read, or the folder cannot be made.
    """
    place = place or path.parent / FOLDER
    earlier = versions_in(place)
    facts = path.stat()
    # ``abs``: after a clock that went wrong a version may be dated in the future.
    young = any(abs(now - version.written) < GAP for version in earlier)
    # Autosave runs after every pause in typing; without the gap a morning's work would be thousands of versions.
    if reason == "" and young and facts.st_size - new_size < LOST_BYTES:
        return None
    if earlier and _same_file(place / earlier[0].name, facts):
        return earlier[0].name  # kept by an earlier try whose save then failed
    # The version carries the time at which its content was written, not that of its being replaced.
    written = datetime.fromtimestamp(facts.st_mtime, UTC)
    name = _free_name(place, written, reason)
    _copy_file(path, place / name)
    # After the new one is safe: thinning never runs for a version that could not be written.
    thin_versions(place, now)
    return name


def keep_exported(path: Path, now: datetime) -> None:
    """Keep the present content under the heading "export", unless the newest version is the same.

    Raises:
        UserError: the copy cannot be written.
        OSError: ``path`` cannot be read.
    """
    earlier = versions_in(path.parent / FOLDER)
    # Disks without hard links would else keep a copy for every export of an unchanged story.
    if not earlier or (path.parent / FOLDER / earlier[0].name).read_bytes() != path.read_bytes():
        keep_version(path, path.stat().st_size, now, "export")


def _same_file(path: Path, facts: os.stat_result) -> bool:
    try:
        return os.path.samestat(path.stat(), facts)
    except OSError:
        return False


def _free_name(folder: Path, written: datetime, reason: Reason) -> str:
    stamp = f"{written.strftime(_STAMP)}-{written.microsecond // 1000:03d}Z"
    tail = f"-{reason}.json" if reason else ".json"
    number = 1
    while (name := stamp + (f"-{number}" if number > 1 else "") + tail) and (folder / name).exists():
        number += 1
    return name


def _copy_file(path: Path, target: Path) -> None:
    """A second name for the same content: instant where the disk can (the file is only ever replaced), else a copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, target)
        sync_folder(target.parent)
    except OSError:
        # FAT32, exFAT and some network drives have no hard links.
        with contextlib.suppress(OSError):
            target.unlink(missing_ok=True)
        write_atomic(target, path.read_bytes())


def thin_versions(place: Path, now: datetime) -> int:
    """Remove versions that the rule at the head of this module lets go.

    Args:
        place: the folder in which they lie.
        now: the present moment, with time zone.

    Returns:
        How many were removed.
    """
    removed = 0
    for version in superfluous_versions(versions_in(place), now):
        with contextlib.suppress(OSError):
            (place / version.name).unlink()
            removed += 1
    return removed


def superfluous_versions(found: Sequence[EarlierVersion], now: datetime) -> tuple[EarlierVersion, ...]:
    """The versions that may go; never the newest, never one kept for a reason, never one dated in the future."""
    seen: set[str] = set()
    gone = []
    for version in sorted(found, reverse=True):
        age = now - version.written
        if version.reason or age < timedelta(hours=1):
            continue
        # Newest first, so the first version of a slot is the last one of that hour or day, and it stays.
        slot = version.written.strftime("%Y-%m-%dT%H" if age < timedelta(days=1) else "%Y-%m-%d")
        if slot in seen:
            gone.append(version)
        seen.add(slot)
    return tuple(gone)

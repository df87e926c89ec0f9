"""The group's own files below ``group/``: read with what is damaged named, written completely, earlier versions kept.

A damaged file stays as it is and the rest is read; what is saved in its place keeps it as an earlier version. A file of
a newer format is shown as far as it is understood and never written. Versions lie in ``group/history/<place>/``.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from studio.base.atomic_files import clean_leftovers, disk_error, sync_folder, write_atomic
from studio.base.errors import UserError, WorkNotice
from studio.base.media_kinds import HEAD, kind_of
from studio.base.media_types import media_type
from studio.base.progress import SilentProgress
from studio.base.sizes import ByteCount
from studio.group.group_records import GroupRecords
from studio.group.group_region import REGION_PLACE, GroupRegion, group_in_region, region_of
from studio.group.record_kinds import FILE_KINDS, FOLDER_KINDS, kind_at
from studio.store import history, media_files
from studio.store.codec import json_object, plain_record, record_from, to_json
from studio.store.documents import UNREADABLE, content_digest, read_if_there
from studio.store.file_names import plain_name
from studio.store.workspace import now_here
from studio.story.record_base import Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.store.workspace import Workspace

FORMAT = 1
"""The format of the group's own files, an integer raised like a major."""
MEDIA = "media"
MOST_BYTES = 8_000_000
"""A larger file is none of ours: a record has a few kilobytes."""
_PLACE = re.compile(r"(?:[a-z]+/)?[^/\\:\0.][^/\\:\0]{0,120}\.json")
_PROOF_KINDS = frozenset({"jpeg", "png", "webp", "gif", "avif", "heif", "tiff", "bmp", "document"})
"""What may come in as a scan or proof: pictures, and documents (PDF, Office) which are only kept and passed on."""
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class GroupReading:
    """What was read.

    Attributes:
        records: all that could be understood.
        notices: what could not, a sentence for each file.
        damaged: places of those files.
        newer: places of files of a newer format: they are shown and never written.
    """

    records: GroupRecords
    notices: tuple[WorkNotice, ...] = ()
    damaged: frozenset[str] = frozenset()
    newer: frozenset[str] = frozenset()


class GroupFolder:
    """Reads and writes the group's own files of an open workspace.

    Args:
        workspace: the workspace; its lock and its disk are asked before anything is written.
        clock: the present moment, with time zone.
    """

    def __init__(self, workspace: Workspace, clock: Callable[[], datetime] = now_here) -> None:
        self._workspace = workspace
        self._clock = clock
        self._seen: dict[str, str] = {}
        self.path = workspace.group_dir

    @property
    def read_only(self) -> bool:
        """Whether nothing may be written."""
        return self._workspace.read_only

    # ------------------------------------------------------------------------------------------- reading

    def read_all(self) -> GroupReading:
        """Every record that a table entry is known for (``studio.group.record_kinds``); never raises for a file."""
        found: dict[str, Record] = {REGION_PLACE: region_of(self._workspace.group)}
        notices: list[WorkNotice] = []
        damaged, newer = set[str](), set[str]()
        for place in self.places():
            kind = kind_at(place)
            if kind is None:
                continue
            try:
                record, is_newer = self._read(place, kind)
            except UserError as error:
                notices.append(WorkNotice(error.code, error.facts))
                damaged.add(place)
                continue
            if record is not None:
                found[place] = record
            if is_newer:
                newer.add(place)
                notices.append(WorkNotice("group.newer", {"file": f"group/{place}"}))
        return GroupReading(GroupRecords(found), tuple(notices), frozenset(damaged), frozenset(newer))

    def places(self) -> tuple[str, ...]:
        """Where files of known kinds lie, whether they can be understood or not."""
        single = [place for place in FILE_KINDS if (self.path / place).is_file()]
        many = [
            f"{folder}/{name}"
            for folder in FOLDER_KINDS
            for name in _file_names(self.path / folder)
            if _PLACE.fullmatch(f"{folder}/{name}")
        ]
        return (*single, *many)

    def read(self, place: str, kind: type[R]) -> R | None:
        """One record; None when there is no such file.

        Raises:
            UserError: it cannot be read or understood (the file is named); or the place leads elsewhere.
        """
        return self._read(place, kind)[0]

    def _read(self, place: str, kind: type[R]) -> tuple[R | None, bool]:
        data = self._bytes(place)
        if data is None:
            return None, False
        # Until decoding has succeeded: if it raises, the next save must keep the damaged content as a version.
        self._seen[place] = UNREADABLE
        record, is_newer = decode_record(data, kind, f"group/{place}")
        self._seen[place] = content_digest(data)
        return record, is_newer

    def _bytes(self, place: str) -> bytes | None:
        path = self._safe_path(place)
        return _bounded_bytes(path, f"group/{place}") if path.exists() else None

    def _safe_path(self, place: str) -> Path:
        """Where a file lies: never outside ``group/``, by its name or by a link."""
        if not _PLACE.fullmatch(place):
            raise UserError("group.place", name=place)
        return self._linked_inside(self.path / place, place)

    def _linked_inside(self, path: Path, name: str) -> Path:
        # Resolved: a workspace from a stick may contain symbolic links that point at the laptop's own files.
        if not path.resolve().is_relative_to(self._workspace.path.resolve() / self.path.name):
            raise UserError("group.place", name=name)
        return path

    # ------------------------------------------------------------------------------------------- writing

    def write(self, place: str, record: Record, reason: history.Reason = "") -> bool:
        """Write a record, safe against a power cut once this returns; whether anything had to be written.

        Args:
            place: where it belongs.
            record: what is written.
            reason: keep the present content as an earlier version in any case, under this heading.

        Raises:
            UserError: read-only, a newer format lies there, or the disk refuses; the file is as it was.
        """
        if isinstance(record, GroupRegion):
            return self._write_region(record)
        path = self._safe_path(place)
        data = to_json({"format": FORMAT, **plain_record(record)})
        with self._workspace.for_writing():
            current = read_if_there(path)
            # No version, no new file time: backup and sync tools would take an untouched record for a change.
            if current == data:
                self._seen[place] = content_digest(data)
                return False
            try:
                self._make_folder(path.parent)
                if current is not None:
                    # Judged from what lies there now, not from what was read: another program may have written in
                    # between.
                    reason = self._judge(place, current) or reason
                    # Before the write: if the version cannot be kept (full disk), the present content must not be
                    # replaced.
                    history.keep_version(path, len(data), self._clock(), reason, self._versions_of(place))
                write_atomic(path, data)
            except OSError as error:
                raise disk_error(error, path, len(data)) from error
            self._seen[place] = content_digest(data)
        return True

    def _write_region(self, region: GroupRegion) -> bool:
        # Read and written under one lock: the profile dialog writes other fields of the same file.
        with self._workspace.for_writing():
            before = self._workspace.group
            after = group_in_region(before, region)
            if after is not before:
                self._workspace.save_group(after)
        return after is not before

    def remove(self, place: str) -> None:
        """Take a record's file away; it stays an earlier version. One that is not there is no error.

        Raises:
            UserError: read-only, a newer format lies there, or the disk refuses.
        """
        path = self._safe_path(place)
        with self._workspace.for_writing():
            current = read_if_there(path)
            if current is None:
                return
            # Never "": versions without a reason are thinned, and this is the only copy left.
            reason = self._judge(place, current) or "restore"
            try:
                history.keep_version(path, 0, self._clock(), reason, self._versions_of(place))
                path.unlink()
                sync_folder(path.parent)
            except OSError as error:
                raise disk_error(error, path) from error
            self._seen.pop(place, None)

    def earlier_versions(self, place: str) -> tuple[history.EarlierVersion, ...]:
        """Earlier versions of a record's file, newest first."""
        self._safe_path(place)
        return history.versions_in(self._versions_of(place))

    def kept_places(self) -> tuple[str, ...]:
        """Places of known kinds that have earlier versions, also those whose file was taken away."""
        top = self.path / history.FOLDER
        single = [place for place in FILE_KINDS if (top / place.removesuffix(".json")).is_dir()]
        many = [f"{folder}/{name}.json" for folder in FOLDER_KINDS for name in _folder_names(top / folder)]
        return (*single, *(place for place in many if _PLACE.fullmatch(place)))

    def read_version(self, place: str, name: str, kind: type[R]) -> R:
        """One earlier version of a record.

        Args:
            place: where the record lies, or lay.
            name: of the version (``earlier_versions``).
            kind: what it is.

        Raises:
            UserError: it is gone, too big, or cannot be understood; or it lies elsewhere.
        """
        self._safe_path(place)
        known = {version.name for version in self.earlier_versions(place)}
        path = self._linked_inside(self._versions_of(place) / name, name)
        if name not in known:
            raise UserError("store.cannot_read", file=name, place=f"group/{history.FOLDER}")
        return decode_record(_bounded_bytes(path, name), kind, f"group/{place}")[0]

    def changed_outside(self, place: str) -> bool:
        """Whether another program changed a file since it was last read or written here."""
        seen, path = self._seen.get(place), self._safe_path(place)
        try:
            return seen is not None and content_digest(path.read_bytes()) != seen
        except OSError:
            return False

    def _versions_of(self, place: str) -> Path:
        return self.path / history.FOLDER / place.removesuffix(".json")

    def _judge(self, place: str, current: bytes) -> history.Reason:
        """Why the present content must be kept in any case; "" where nothing speaks for that.

        Raises:
            UserError: it is of a newer format.
        """
        name = f"group/{place}"
        try:
            document = json_object(current, name)
            newer = is_newer(document, name)
        except UserError:
            return "unreadable"
        if newer:
            raise UserError("group.newer", file=name)
        if self._seen.get(place) == UNREADABLE:
            return "unreadable"
        return "outside" if self._seen.get(place, content_digest(current)) != content_digest(current) else ""

    def _make_folder(self, folder: Path) -> None:
        if folder.is_dir():
            return
        folder.mkdir(parents=True, exist_ok=True)
        # The parent as well: a new folder's name is an entry there, and may be lost in a power cut with all that is in
        # it.
        for made in (folder, folder.parent):
            sync_folder(made)

    # ------------------------------------------------------------------------------------------- media

    def media_path(self, file: str) -> Path:
        """Where a photo, scan or proof lies (it may be missing).

        Raises:
            UserError: no plain name, or a link that leads elsewhere.
        """
        name = plain_name(file, "store.media_name")
        return self._linked_inside(self.path / MEDIA / name, name)

    def add_media(self, source: Path, progress: Progress | None = None) -> str:
        """Copy a photo, scan or document in, under the name of its content.

        Returns:
            Its name in ``group/media/``: the same content is there once.

        Raises:
            UserError: no picture and no document (by its content), missing, empty, or the disk refuses.
        """
        media_files.ordinary_file(source)
        if _kind_of_file(source) not in _PROOF_KINDS:
            raise UserError("group.media_kind", file=source.name)
        with self._workspace.for_writing():
            try:
                self._make_folder(self.path / MEDIA)
            except OSError as error:
                raise disk_error(error, self.path / MEDIA) from error
            clean_leftovers(self.path / MEDIA)
        # Not under the lock: a long copy must not hold up the saving of text.
        return media_files.copy_in(source, self.path / MEDIA, progress or SilentProgress())


def decode_record(data: bytes, kind: type[R], file: str) -> tuple[R, bool]:
    """A record of the group's own files from its bytes, and whether its format is a newer one.

    Args:
        data: UTF-8.
        kind: what it is.
        file: how errors call the file.

    Raises:
        UserError: no JSON object, a field of a wrong type (named), or a newer format that cannot be understood.
    """
    document = json_object(data, file)
    newer = is_newer(document, file)
    try:
        return record_from(kind, document, file), newer
    except UserError as error:
        if newer:
            raise UserError("group.newer", file=file) from error
        raise


def is_newer(document: dict[str, object], file: str) -> bool:
    """Whether one of the group's own files is of a format that may be shown but not written.

    Raises:
        UserError: ``format`` is no integer from 1.
    """
    version = document.get("format", FORMAT)
    if type(version) is not int or version < 1:
        raise UserError("store.field", file=file, field="format", problem="1")
    return version > FORMAT


def sha256_of_media(folder: GroupFolder, file: str) -> str:
    """SHA-256 of a file in ``group/media/`` as 64 hex digits; "" when it cannot be read."""
    try:
        return media_files.sha256_of(folder.media_path(file))
    except OSError:
        return ""


def media_digest(data: bytes) -> str:
    """SHA-256 as 64 hex digits, as proofs name it."""
    return hashlib.sha256(data).hexdigest()


def _bounded_bytes(path: Path, file: str) -> bytes:
    """What a file holds.

    Raises:
        UserError: it is too big, or cannot be read.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise UserError("group.too_big", file=file, size=ByteCount(size))
        return path.read_bytes()
    except OSError as error:
        raise UserError("store.cannot_read", file=path.name, place=str(path.parent)) from error


def _folder_names(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in folder.iterdir() if entry.is_dir())
    except OSError:
        return []


def _file_names(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in folder.iterdir() if entry.is_file())
    except OSError:
        return []


def _kind_of_file(source: Path) -> str:
    try:
        with source.open("rb") as file:
            found = kind_of(file.read(HEAD))
    except OSError as error:
        raise UserError("store.media_unreadable", file=str(source)) from error
    row = media_type(source)
    # Minutes and lists as plain text have no sign at their beginning: there the ending decides.
    return "document" if found == "unknown" and row is not None and row.name == "text/plain" else found


class GroupRecordStore:
    """Saves a snapshot of the group's records: writes and removes what differs from the last one that was saved.

    Args:
        folder: where the files lie.
        saved: what lies there now.
    """

    def __init__(self, folder: GroupFolder, saved: GroupRecords) -> None:
        self._folder = folder
        self._saved = saved

    def save(self, _folder: str, records: GroupRecords) -> GroupRecords:
        """Have a snapshot on disk when this returns. One file that refuses never keeps the others from being written.

        Raises:
            UserError: the first refusal; what could be written is.
        """
        trouble: UserError | None = None
        for place, after in self.unsaved(records).items():
            try:
                if after is None:
                    self._folder.remove(place)
                else:
                    self._folder.write(place, after)
            except UserError as error:
                trouble = trouble or error
            else:
                self._saved = self._saved.with_record(place, after)
        if trouble is not None:
            raise trouble
        return records

    def unsaved(self, records: GroupRecords) -> dict[str, Record | None]:
        """What of a snapshot differs from what was saved last, by place; None for what was taken away."""
        saved, now = self._saved.by_place, records.by_place
        return {place: now.get(place) for place in sorted({*saved, *now}) if saved.get(place) != now.get(place)}

    def renew(self, records: GroupRecords) -> None:
        """These lie there now: another program wrote them."""
        self._saved = records

    def add(self, records: GroupRecords) -> str:
        """As ``save``: ``group/`` is made with its first file."""
        self.save(self._folder.path.name, records)
        return self._folder.path.name

    def seen(self, _folder: str) -> str:
        """Nothing: each file is compared when it is written."""
        return ""

"""What the Dinas was given: files, folders, ZIP archives, workspaces and pasted lines, read within bounds.

Nothing is skipped in silence: whatever cannot be merged is a ``RefusedFile`` with its reason, and the rest goes on.
Names of archives and folders come from other people's computers; they are only ever shown, never written to.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from studio.base.archives import (
    BadArchive,
    LockedMember,
    TooLarge,
    TooMany,
    ask_readable,
    open_archive,
    read_member,
)
from studio.base.errors import UserError
from studio.base.folders import PROFILE
from studio.base.media_types import is_used_as
from studio.base.progress import PartProgress, SilentProgress
from studio.base.sizes import ByteCount
from studio.group.answer_line import LINE_INSTRUMENT, AnswerLine, has_line, read_lines
from studio.group.district_figures import KnownGroup
from studio.group.district_merge import ReceivedFile, RefusedFile
from studio.group.handover_file import (
    MOST_BYTES,
    CheckedHandover,
    ReadAnswer,
    ReadGroup,
    ReadHandover,
    ReadRound,
    clean_text,
    read_handover,
)
from studio.group.handover_table import looks_like_form, read_form, read_known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from studio.base.progress import Progress

MOST_FILES = 20_000
"""Files below one folder or in one archive; all groups of Indonesia are some 8,000."""
MOST_ARCHIVE = 400_000_000
"""Bytes that one archive may unpack to, all files together."""
_MOST_TABLE = 16_000_000
_NO_GUESTS = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
"""What systems leave in folders and archives by themselves."""


@dataclass
class DistrictIntake:
    """Collects what was given; ``received`` and ``refused`` are what a merge takes.

    Args:
        today: files of later days are refused.
        read_workspace: makes the file of a workspace's group; None refuses workspaces.
    """

    today: date
    read_workspace: Callable[[Path, date], bytes] | None = None
    received: list[ReceivedFile] = field(default_factory=list)
    refused: list[RefusedFile] = field(default_factory=list)

    def take_paths(self, paths: Sequence[Path], progress: Progress | None = None) -> None:
        """Read files, folders (with all below), archives and workspaces.

        Args:
            paths: what was named or dropped.
            progress: called for every file; its ``WorkCancelled`` passes through, and what was read until then stays.
        """
        told = progress or SilentProgress()
        found = [(path, label) for path in paths for path, label in self._files_of(path)]
        for done, (path, label) in enumerate(found):
            # Not for each: files are small and come by the thousand, and every report goes to the window.
            if done % 16 == 0:
                told.report(done, len(found), label)
            self._take_file(path, label, PartProgress(told, done, done + 1, len(found)))
        told.report(len(found), max(1, len(found)), "")

    def take_text(self, text: str, source: str) -> int:
        """Read the lines of answers in a pasted text; how many were found, good or not.

        Args:
            text: a line, or a chat with lines in it.
            source: how the user calls it.
        """
        found = read_lines(text, self.today)
        for number, (line, shown) in enumerate(found, 1):
            name = f"{source}: {shown}" if len(found) == 1 else f"{source} #{number}: {shown}"
            if isinstance(line, UserError):
                self.refused.append(RefusedFile(name, line))
            else:
                self.received.append(ReceivedFile(name, _line_handover(line, shown), partial_id=True))
        return len(found)

    # ------------------------------------------------------------------------------------------- files

    def _files_of(self, path: Path) -> Iterator[tuple[Path, str]]:
        """What lies at a path, with how it is called; folders are walked in order and links in them not followed."""
        if not path.is_dir() or (path / PROFILE).is_file():
            yield path, path.name or str(path)
            return
        count = 0
        top = path.name or str(path)
        for folder, folders, names in os.walk(path):
            here = Path(folder)
            # A workspace among the files: its group's file is made, and its thousands of stories and photos are not
            # walked through.
            if here != path and PROFILE in names:
                folders.clear()
                yield here, f"{top}/{here.relative_to(path).as_posix()}"
                continue
            for name in sorted(name for name in folders if (here / name).is_symlink()):
                place = f"{top}/{(here / name).relative_to(path).as_posix()}"
                self.refused.append(RefusedFile(clean_text(place), UserError("district.linked")))
            # In place: os.walk then goes into these only, and in this order.
            folders[:] = sorted(name for name in folders if not _is_guest(name))
            for name in sorted(name for name in names if not _is_guest(name)):
                count += 1
                if count > MOST_FILES:
                    self.refused.append(RefusedFile(top, UserError("district.too_many", most=MOST_FILES)))
                    return
                yield here / name, f"{top}/{(here / name).relative_to(path).as_posix()}"

    def _take_file(self, path: Path, label: str, progress: Progress) -> None:
        label = clean_text(label)
        with self._refusing(label):
            if path.is_dir():
                self._take_workspace(path, label)
                return
            kind = path.suffix.lower()
            if kind == ".zip":
                self._take_archive(path, label, progress)
                return
            self._take_bytes(self._read_bounded(path, kind), kind, label)

    def _read_bounded(self, path: Path, kind: str) -> bytes:
        if not path.exists():
            raise UserError("district.gone")
        if not is_used_as(path, "district") or not path.is_file():
            raise UserError("district.other_kind")
        most = _most_of(kind)
        with path.open("rb") as handle:
            size = os.fstat(handle.fileno()).st_size
            if size > most:
                raise UserError("district.too_large", size=ByteCount(size), most=ByteCount(most))
            # One byte more than allowed: a file that grew since it was measured is refused for its length.
            return handle.read(most + 1)

    def _take_workspace(self, path: Path, label: str) -> None:
        if self.read_workspace is None:
            raise UserError("district.other_kind")
        self._take_bytes(self.read_workspace(path, self.today), ".json", label)

    def _take_archive(self, path: Path, label: str, progress: Progress) -> None:
        left = MOST_ARCHIVE
        with open_archive(path, MOST_FILES, every_member=False) as archive:
            members = [info for info in archive.infolist() if not info.is_dir() and not _is_inside_guest(info.filename)]
            if not members:
                raise UserError("handover.empty")
            for done, info in enumerate(members):
                if done % 16 == 0:
                    progress.report(done, len(members), label)
                kind = Path(info.filename).suffix.lower()
                name = clean_text(f"{label}/{info.filename}")
                with self._refusing(name):
                    # A ZIP within a ZIP can unpack to any size, past every limit that holds for the outer one.
                    if kind == ".zip":
                        raise UserError("district.nested")
                    if not is_used_as(info.filename, "district"):
                        raise UserError("district.other_kind")
                    if left <= 0:
                        raise UserError("district.bomb", most=ByteCount(MOST_ARCHIVE))
                    most = min(_most_of(kind), left)
                    ask_readable(info)
                    try:
                        data = read_member(archive, info, most)
                    # Counted as if it had been unpacked to its limit, or an archive of ten thousand such members could
                    # keep the reader busy for hours.
                    except TooLarge:
                        left -= most
                        raise UserError("district.unpacks", most=ByteCount(_most_of(kind))) from None
                    left -= len(data)
                    self._take_bytes(data, kind, name)

    def _take_bytes(self, data: bytes, kind: str, label: str) -> None:
        if kind == ".json":
            self.received.append(ReceivedFile(label, read_handover(data, self.today)))
        elif kind == ".txt":
            if self.take_text(data.decode("utf-8", "replace"), label) == 0:
                raise UserError("handover.empty" if not data.strip() else "district.no_line")
        elif not looks_like_form(data):
            raise UserError("handover.empty" if not data.strip() else "table.no_form")
        else:
            for line, row in read_form(data, self.today):
                name = f"{label}:{line}"
                if isinstance(row, UserError):
                    self.refused.append(RefusedFile(name, row))
                else:
                    self.received.append(ReceivedFile(name, row))

    @contextmanager
    def _refusing(self, label: str) -> Iterator[None]:
        """Turn whatever is wrong with one file into its entry in the list."""
        try:
            yield
        except UserError as error:
            self.refused.append(RefusedFile(label, error))
        except LockedMember:
            self.refused.append(RefusedFile(label, UserError("district.locked")))
        except TooMany:
            self.refused.append(RefusedFile(label, UserError("district.crowded", most=MOST_FILES)))
        except BadArchive as error:
            self.refused.append(RefusedFile(label, UserError("district.bad_archive", detail=clean_text(str(error)))))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self.refused.append(RefusedFile(label, UserError("district.unreadable", reason=reason)))


def _most_of(kind: str) -> int:
    return MOST_BYTES if kind == ".json" else _MOST_TABLE


def _is_guest(name: str) -> bool:
    return (name.startswith(".") and name.strip(".") != "") or name.lower() in _NO_GUESTS


def _is_inside_guest(name: str) -> bool:
    return any(_is_guest(part) for part in name.replace("\\", "/").split("/"))


def _line_handover(line: AnswerLine, shown: str) -> CheckedHandover:
    """A line of answers as a file: a group of which only the village and eight digits are known."""
    import hashlib

    found = ReadRound(
        instrument=LINE_INSTRUMENT,
        date=line.date,
        answers={code: ReadAnswer(score, level) for code, (score, level) in line.answers.items()},
        no_business=line.no_business,
    )
    place = ReadGroup(id=line.group, region_code=line.region_code)
    handover = ReadHandover(format=1, group=place, made=line.date, rounds=(found,), app="KIM1")
    # Of what the line says and not of its letters: the same line in another chat has other spaces and capitals.
    return CheckedHandover(handover, hashlib.sha256(repr(line).encode()).hexdigest())


def read_known_groups(path: Path, today: date) -> tuple[tuple[KnownGroup, ...], tuple[RefusedFile, ...]]:
    """The Dinas' own list of groups (CSV), and the rows that cannot be taken.

    Raises:
        UserError: why the table as a whole cannot be read.
    """
    try:
        if path.stat().st_size > _MOST_TABLE:
            raise UserError("district.too_large", size=ByteCount(path.stat().st_size), most=ByteCount(_MOST_TABLE))
        data = path.read_bytes()
    except OSError as error:
        raise UserError("district.unreadable", reason=error.strerror or type(error).__name__) from error
    known, refused = [], []
    for line, row in read_known(data, today):
        source = f"{path.name}:{line}"
        if isinstance(row, UserError):
            refused.append(RefusedFile(source, row))
        else:
            known.append(KnownGroup(row, source))
    return tuple(known), tuple(refused)


def has_answers(text: str) -> bool:
    """Whether a pasted text holds a line of answers."""
    return has_line(text)

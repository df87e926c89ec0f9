"""ZIP archives from outside: opened and read so that damage or a lie about sizes does no harm.

``zipfile`` believes what an archive says of itself: ``ZipFile.read`` takes whatever unpacks (a thousand times what came
in), LZMA and bzip2 are unpacked without any bound, and damage ends in one of a dozen exceptions. Here only what
every program writes is read (stored and deflated, APPNOTE.TXT 4.4.5), in pieces, up to a limit, and every kind of
damage is a ``BadArchive``.
"""

from __future__ import annotations

import errno
import struct
import zipfile
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_MEMBERS = 10_000
"""Files in an archive; a story with its media has a few hundred at most."""
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_LOCKED = 0x1
_END, _LOCATOR, _END64_BYTES = b"PK\5\6", b"PK\6\7", 56
_TAIL = 22 + 20 + (1 << 16)
"""Bytes in which the end of an archive lies: its record, with the longest comment, and where the long one is."""
_LONGEST_ENTRY = 1_024
"""Bytes of one file in the list, more than any system's longest name and its times need (APPNOTE.TXT 4.3.12)."""
_DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    RuntimeError,
    KeyError,
    ValueError,
    OverflowError,
)
"""What ``zipfile`` raises for damaged, cut, encrypted or exotic archives, and for names that are not in them.

``RuntimeError`` is also what it raises for methods that it does not know.
"""


class BadArchive(Exception):  # noqa: N818 - callers say to the user what it means for them
    """The archive, or the file in it, cannot be read."""


class TooLarge(BadArchive):
    """A file in the archive unpacks to more than it may."""


class TooMany(BadArchive):
    """The archive is sound, but has more files in it than are read."""


class LockedMember(BadArchive):
    """A file in the archive needs a password."""


@contextmanager
def reading_archive() -> Iterator[None]:
    """Turn whatever ``zipfile`` raises for a bad archive into ``BadArchive``; errors of the disk pass."""
    try:
        yield
    except _DAMAGE as error:
        raise BadArchive(str(error)) from error
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise BadArchive(str(error)) from error  # asked to look before the beginning of the file


def open_archive(path: Path, most: int = MOST_MEMBERS, *, every_member: bool = True) -> zipfile.ZipFile:
    """Open an archive to read.

    Args:
        path: the file.
        most: files that it may have.
        every_member: refuse the archive for one file in it that ``ask_readable`` refuses; else the caller asks of each.

    Raises:
        TooMany: it has more than ``most`` files.
        LockedMember: it is locked with a password.
        BadArchive: no ZIP, damaged, or compressed in a way nobody needs.
        OSError: it is not there or the system will not give it.
    """
    _ask_count(path, most)
    with reading_archive():
        archive = zipfile.ZipFile(path)
    try:
        if len(archive.infolist()) > most:
            raise TooMany(f"{len(archive.infolist())} files")
        if every_member:
            for info in archive.infolist():
                ask_readable(info)
    except BadArchive:
        archive.close()
        raise
    return archive


def ask_readable(info: zipfile.ZipInfo) -> None:
    """Make sure that a file in an archive can be read within bounds.

    Raises:
        LockedMember: it is locked with a password.
        BadArchive: it is compressed in a way nobody needs.
    """
    if info.flag_bits & _LOCKED:
        raise LockedMember(info.filename)
    if info.compress_type not in _METHODS:
        raise BadArchive(f"{info.filename}: method {info.compress_type}")


def _ask_count(path: Path, most: int) -> None:
    """Look how long the list of files is before ``zipfile`` reads it: it makes an object of half a kilobyte of each.

    An archive of 78 MB, a list of files and nothing else, took 700 MB of memory and half a minute. What the end of the
    file says may be believed: ``zipfile`` reads no more of the list than that.

    Raises:
        TooMany: no list of ``most`` files is that long.
    """
    with path.open("rb") as handle:
        size = handle.seek(0, 2)
        start = handle.seek(max(0, size - _TAIL))
        tail = handle.read()
        at = tail.rfind(_END)
        if at < 0 or len(tail) < at + 16:
            return
        (length,) = struct.unpack_from("<I", tail, at + 12)
        if tail[max(0, at - 20) : at].startswith(_LOCATOR):
            handle.seek(max(0, start + at - 20 - _END64_BYTES))
            end64 = handle.read(_END64_BYTES)
            # APPNOTE.TXT 4.3.14: the length of the list is the eighth field, 40 bytes in.
            length = struct.unpack_from("<Q", end64, 40)[0] if len(end64) >= 48 else length
    if length > most * _LONGEST_ENTRY:
        raise TooMany(f"a list of files of {length} bytes")


def read_member(archive: zipfile.ZipFile, name: str | zipfile.ZipInfo, limit: int) -> bytes:
    """A file in the archive, all of it.

    Args:
        archive: from ``open_archive``.
        name: which.
        limit: bytes it may unpack to; what it says about its size is not believed.

    Raises:
        TooLarge: it has more.
        BadArchive: it is damaged or not there.
    """
    with reading_archive(), archive.open(name) as reader:
        pieces = list(member_pieces(reader, limit))
    return b"".join(pieces)


def member_pieces(reader: IO[bytes], limit: int, size: int = 1 << 16) -> Iterator[bytes]:
    """What ``reader`` gives, ``size`` bytes at a time.

    Raises:
        TooLarge: after ``limit`` bytes more would come.
    """
    left = limit
    while piece := reader.read(min(size, left + 1)):
        left -= len(piece)
        if left < 0:
            raise TooLarge(f"more than {limit} bytes")
        yield piece

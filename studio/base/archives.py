"""ZIP archives from outside: opened and read so that neither damage nor a lie about sizes does harm.

``zipfile`` believes what an archive says of itself: ``ZipFile.read`` takes whatever unpacks (a thousand times what came
in), LZMA and bzip2 are unpacked without any bound, and damage ends in one of a dozen exceptions. Here only what
everybody writes is read (stored and deflated, APPNOTE.TXT 4.4.5), in pieces, up to a limit, and every kind of
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
        raise BadArchive(str(error)) from error  # told to look before the beginning of the file


def open_archive(path: Path) -> zipfile.ZipFile:
    """Open an archive to read.

    Raises:
        BadArchive: no ZIP, damaged, locked with a password, compressed in a way nobody needs, or more than
            ``MOST_MEMBERS`` files.
        OSError: it is not there or the system will not give it.
    """
    with reading_archive():
        archive = zipfile.ZipFile(path)
    strange = [info for info in archive.infolist() if info.compress_type not in _METHODS or info.flag_bits & _LOCKED]
    if strange or len(archive.infolist()) > MOST_MEMBERS:
        archive.close()
        raise BadArchive(f"{strange[0].filename}: method {strange[0].compress_type}" if strange else "too many files")
    return archive


def read_member(archive: zipfile.ZipFile, name: str | zipfile.ZipInfo, limit: int) -> bytes:
    """A file in the archive, whole.

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

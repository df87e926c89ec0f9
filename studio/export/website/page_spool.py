"""Holds the pages a site is to be made of until they are written: on disk as soon as they are many."""

from __future__ import annotations

import weakref
from tempfile import SpooledTemporaryFile

_IN_MEMORY = 8 << 20
"""Bytes kept in memory; the shared pages of 20,000 stories are over a hundred megabytes."""


class PageSpool:
    """Pages in the order they came; one that is put again takes the place of the former."""

    def __init__(self) -> None:
        self._file: SpooledTemporaryFile[bytes]
        self._file = SpooledTemporaryFile(_IN_MEMORY, prefix="kim-situs-")  # noqa: SIM115 - it outlives this function
        self._end = 0
        # Closed also where an exception ends the run: an open file would be reported as a leak.
        weakref.finalize(self, self._file.close)

    def put_page(self, content: bytes) -> tuple[int, int]:
        """Keep a page; gives what ``get_page`` finds it by."""
        place = (self._end, len(content))
        self._file.seek(self._end)
        self._file.write(content)
        self._end += len(content)
        return place

    def get_page(self, place: tuple[int, int]) -> bytes:
        """A page that was put."""
        self._file.seek(place[0])
        return self._file.read(place[1])

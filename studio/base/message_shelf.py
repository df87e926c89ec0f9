"""The texts of one language, kept as the bytes they were read from and taken apart one subject at a time.

A window has 5,000 texts in two languages; as a dictionary they held 2.5 MB, and it shows a tenth of them. The subject
of a text is its code up to the first dot.

The file that keeps them between two starts has a line of JSON (``stamp``: name, time and size of the files they came
from; for each language ``at`` and ``bytes`` of its block, its ``check`` (CRC-32), and ``subjects``: start and length in
the block) and behind it the blocks, of each subject a JSON object of code and text.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

LANGUAGES = ("id", "en")


def subject_of(code: str) -> str:
    """What a text is about: its code up to the first dot."""
    return code.partition(".")[0]


class MessageShelf:
    """The texts of one language.

    Args:
        block: of each subject a JSON object of code and text, in UTF-8, one behind the other.
        subjects: start and length of each in the block, in bytes.
    """

    def __init__(self, block: bytes, subjects: Mapping[str, tuple[int, int]]) -> None:
        self._block = block
        self._subjects = subjects
        self._open: dict[str, dict[str, str]] = {}

    def subject(self, name: str) -> Mapping[str, str]:
        """All texts of a subject by their whole codes; none for one that nobody knows."""
        if name not in self._open:
            begin, length = self._subjects.get(name, (0, 0))
            self._open[name] = json.loads(self._block[begin : begin + length]) if length else {}
        return self._open[name]

    def find(self, code: str) -> str | None:
        """The text of a code."""
        return self.subject(subject_of(code)).get(code)

    def codes(self) -> frozenset[str]:
        """All codes; takes everything apart."""
        return frozenset(code for name in self._subjects for code in self.subject(name))


def fill_shelf(texts: Iterable[tuple[str, str]]) -> MessageShelf:
    """A shelf of these codes and their texts."""
    return MessageShelf(*_lay_out(texts))


def _lay_out(texts: Iterable[tuple[str, str]]) -> tuple[bytes, dict[str, tuple[int, int]]]:
    sorted_in: dict[str, dict[str, str]] = {}
    for code, text in texts:
        sorted_in.setdefault(subject_of(code), {})[code] = text
    block, subjects = bytearray(), dict[str, tuple[int, int]]()
    for name, found in sorted_in.items():
        written = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
        subjects[name] = (len(block), len(written))
        block += written
    return bytes(block), subjects


def read_shelf(cache: Path, stamp: list[list[object]], language: str) -> MessageShelf | None:
    """What was kept of exactly these files; None when there is nothing, or it was damaged."""
    try:
        with cache.open("rb") as file:
            head = json.loads(file.readline())
            if head["stamp"] != stamp:
                return None
            kept = head["languages"][language]
            file.seek(kept["at"], 1)
            block = file.read(kept["bytes"])
        if zlib.crc32(block) != kept["check"]:
            return None
        return MessageShelf(block, {name: (begin, length) for name, (begin, length) in kept["subjects"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def keep_shelves(cache: Path, stamp: list[list[object]], texts: Mapping[str, Mapping[str, str]]) -> None:
    """Keep all texts for ``read_shelf``; a file that cannot be written is no error.

    Args:
        cache: the file.
        stamp: of the files they came from.
        texts: by code, then by language.
    """
    from studio.base.atomic_files import write_cache

    head, blocks = dict[str, object](), bytearray()
    for language in LANGUAGES:
        block, subjects = _lay_out((code, entry[language]) for code, entry in texts.items())
        facts = {"at": len(blocks), "bytes": len(block), "check": zlib.crc32(block), "subjects": subjects}
        head[language] = facts
        blocks += block
    write_cache(cache, json.dumps({"stamp": stamp, "languages": head}).encode() + b"\n" + bytes(blocks))

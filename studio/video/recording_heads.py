"""Where recordings begin in a file: more than one place where files were glued together byte by byte."""

from __future__ import annotations

import re
from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING

from studio.video.clip_opening import top_boxes

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.progress import Progress

_WINDOW = 1 << 26
"""Bytes that are searched from one report to the next."""
_LONGEST = 256
"""Bytes, at least, that the longest of the heads below has."""
_PATTERNS = {
    # RFC 8794: EBML head, with its kind of document.
    "matroska": rb"\x1a\x45\xdf\xa3.{1,64}?\x42\x82.(?:webm|matroska)",
    # Adobe's FLV 10.1, E.2 and E.3: signature, kinds of streams, size of the head, size of the tag before the first.
    "flv": rb"FLV\x01[\x01\x04\x05]\0\0\0\x09\0\0\0\0",
    # ASF 01.20.06, 3.1: GUID of the header object, size, number of objects, two reserved bytes.
    "asf": rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c.{12}\x01\x02",
    # RFC 3533: the page that begins a stream, here one of pictures.
    "ogg": rb"OggS\0\x02.{20}\x01.(?:\x80theora|OVP80|\x01video|fishead\0)",
}


def recording_heads(path: Path, format_: str, progress: Progress) -> list[int]:
    """Bytes at which recordings begin; empty for formats in which that is not known or does not matter.

    Args:
        path: the clip.
        format_: ffmpeg's name of its container.
        progress: may cancel; all of a file is read where its format has no index of its parts.

    Raises:
        WorkCancelled: asked for through ``progress``.
    """
    names = format_.split(",")
    if "mov" in names:
        return [at for at, kind in top_boxes(path) if kind == b"moov"]
    if "avi" in names:
        return _avi_heads(path)
    pattern = next((_PATTERNS[name] for name in names if name in _PATTERNS), None)
    return [] if pattern is None else _found_heads(path, pattern, progress)


def _found_heads(path: Path, pattern: bytes, progress: Progress) -> list[int]:
    head = re.compile(pattern, re.DOTALL)
    found: dict[int, None] = {}  # one that lies across two windows is found twice
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        for begin in range(0, len(data), _WINDOW):
            progress.report(begin, len(data), path.name)
            found |= {each.start(): None for each in head.finditer(data, begin, begin + _WINDOW + _LONGEST)}
    return list(found)


def _avi_heads(path: Path) -> list[int]:
    """Those of an AVI: its RIFF chunks, without those by which a long one goes on ("AVIX", OpenDML 1.02)."""
    heads, at = [], 0
    with path.open("rb") as file:
        while (head := file.read(12)).startswith(b"RIFF") and len(head) == 12:
            if head[8:] == b"AVI ":
                heads.append(at)
            length = int.from_bytes(head[4:8], "little")
            at = file.seek(at + 8 + length + length % 2)
    return heads

"""Keeps pictures and peaks of clips, so that a desk opened again shows them at once. May be deleted at any time."""

from __future__ import annotations

import hashlib
import struct
import zlib
from typing import TYPE_CHECKING

from studio.video.frames import Frame, filmstrip
from studio.video.sound import peaks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.video.clip import Clip

_HEAD = struct.Struct("<d2I")


class ClipCache:
    """Filmstrips and waveforms on disk, keyed by the file's place, size and time of change.

    Args:
        folder: where they are kept; made when first needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def filmstrip(self, clip: Clip, count: int, height: int) -> Iterator[tuple[int, Frame]]:
        """As ``frames.filmstrip``; read from the cache where it is there whole."""
        path = self._path(clip, f"strip-{count}-{height}")
        if (kept := self._read(path)) is not None:
            yield from kept
            return
        made = []
        for pair in filmstrip(clip, count, height):
            made.append(pair)
            yield pair
        body = b"".join(
            struct.pack("<I", number) + _HEAD.pack(frame.seconds, frame.width, frame.height) + frame.rgb
            for number, frame in made
        )
        self._write(path, zlib.compress(body, 1))

    def peaks(self, clip: Clip, count: int) -> tuple[float, ...]:
        """As ``sound.peaks``; read from the cache where they are there."""
        path = self._path(clip, f"peaks-{count}")
        try:
            kept = path.read_bytes()
            if len(kept) == 4 * count:
                return struct.unpack(f"<{count}f", kept)
        except OSError:
            pass  # not there yet, or not readable: made again
        made = peaks(clip, count)
        self._write(path, struct.pack(f"<{count}f", *made))
        return made

    def _path(self, clip: Clip, what: str) -> Path:
        stat = clip.path.stat()
        facts = f"{clip.path.resolve()}|{stat.st_size}|{stat.st_mtime_ns}"
        return self._folder / f"{hashlib.sha256(facts.encode('utf-8', 'surrogateescape')).hexdigest()[:24]}.{what}"

    def _write(self, path: Path, data: bytes) -> None:
        part = path.with_name(path.name + ".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(data)
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)  # a full disk costs the cache, not the picture

    def _read(self, path: Path) -> list[tuple[int, Frame]] | None:
        try:
            body = zlib.decompress(path.read_bytes())
            at, pairs = 0, []
            while at < len(body):
                (number,) = struct.unpack_from("<I", body, at)
                seconds, width, height = _HEAD.unpack_from(body, at + 4)
                at += 4 + _HEAD.size
                pairs.append((number, Frame(seconds, width, height, body[at : at + width * height * 3])))
                at += width * height * 3
        except (OSError, zlib.error, struct.error):
            return None
        return pairs

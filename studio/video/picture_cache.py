"""Keeps pictures, peaks and keyframes of clips, so that a desk opened again shows them at once.

May be deleted at any time; what was not used for longest goes by itself when there is too much of it.
"""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

from studio.base.atomic_files import write_cache
from studio.video.clip_pictures import VideoPicture, frame_at, poster_time, read_filmstrip, read_keyframes
from studio.video.sound import sound_peaks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from studio.video.clip import ClipFacts

_HEAD = struct.Struct("<d2I")
_MOST = 200_000_000
"""Bytes: some hundred clips."""


class ClipCache:
    """Pictures, waveforms and keyframes on disk, keyed by the file's place, size and time of change.

    Args:
        folder: where they are kept; made when first needed.
        most: bytes kept; above it the least recently used half goes.
    """

    def __init__(self, folder: Path, most: int = _MOST) -> None:
        self._folder = folder
        self._most = most
        self._new = most  # so that the first thing written looks at what earlier sessions left

    def cached_filmstrip(self, clip: ClipFacts, count: int, height: int) -> Iterator[tuple[int, VideoPicture]]:
        """As ``clip_pictures.read_filmstrip``; read from the cache where it is there complete."""
        path = self._path(clip, f"strip-{count}-{height}")
        if (kept := self._cached_frames(path)) is not None:
            yield from kept
            return
        made = []
        for pair in read_filmstrip(clip, count, height):
            made.append(pair)
            yield pair
        self._write_cache(path, zlib.compress(_pack_frames(made), 1))

    def frame_at(self, clip: ClipFacts, seconds: float, longest: int) -> VideoPicture:
        """As ``clip_pictures.frame_at``; meant for small pictures (posters, marks of a cut)."""
        path = self._path(clip, f"frame-{round(seconds * 1000)}-{longest}")
        if kept := self._cached_frames(path):
            return kept[0][1]
        made = frame_at(clip, seconds, longest)
        self._write_cache(path, zlib.compress(_pack_frames([(0, made)]), 1))
        return made

    def cached_keyframes(self, clip: ClipFacts) -> tuple[float, ...]:
        """As ``clip_pictures.read_keyframes``."""
        path = self._path(clip, "keys")
        if (kept := self._cached_bytes(path)) is not None and len(kept) % 8 == 0:
            return struct.unpack(f"<{len(kept) // 8}d", kept)
        made = read_keyframes(clip)
        self._write_cache(path, struct.pack(f"<{len(made)}d", *made))
        return made

    def poster_time(self, clip: ClipFacts) -> float:
        """As ``clip_pictures.poster_time``."""
        path = self._path(clip, "poster")
        if (kept := self._cached_bytes(path)) is not None and len(kept) == 8:
            return float(struct.unpack("<d", kept)[0])
        made = poster_time(clip)
        self._write_cache(path, struct.pack("<d", made))
        return made

    def peaks(self, clip: ClipFacts, count: int) -> tuple[float, ...]:
        """As ``sound.sound_peaks``; read from the cache where they are there."""
        path = self._path(clip, f"peaks-{count}")
        if (kept := self._cached_bytes(path)) is not None and len(kept) == 4 * count:
            return struct.unpack(f"<{count}f", kept)
        made = sound_peaks(clip, count)
        self._write_cache(path, struct.pack(f"<{count}f", *made))
        return made

    def _path(self, clip: ClipFacts, what: str) -> Path:
        stat = clip.path.stat()
        facts = f"{clip.path.resolve()}|{stat.st_size}|{stat.st_mtime_ns}|{clip.orientation}"
        digest = hashlib.sha256(facts.encode("utf-8", "surrogateescape")).hexdigest()[:16]
        return self._folder / f"{clip.path.stem[:16]}-{digest}.{what}"  # store.previews finds them by the file's name

    def _write_cache(self, path: Path, data: bytes) -> None:
        if write_cache(path, data):  # a full disk costs the cache, not the picture
            self._new += len(data)
            if self._new > self._most / 8:
                with suppress(OSError):
                    self._thin_out()

    def _thin_out(self) -> None:
        self._new = 0
        kept = sorted((stat.st_mtime, stat.st_size, path) for path in self._folder.iterdir() if (stat := path.stat()))
        total = sum(size for _, size, _ in kept)
        if total <= self._most:
            return
        for _, size, path in kept:
            path.unlink(missing_ok=True)
            total -= size
            if total <= self._most / 2:
                break

    @staticmethod
    def _cached_bytes(path: Path) -> bytes | None:
        """What is kept, marked as used now; None when it is not there or not readable."""
        try:
            kept = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return kept

    def _cached_frames(self, path: Path) -> list[tuple[int, VideoPicture]] | None:
        kept = self._cached_bytes(path)
        if kept is None:
            return None
        try:
            body = zlib.decompressobj().decompress(kept, _MOST)  # a stick may bring a cache nobody here wrote
            at, pairs = 0, []
            while at < len(body):
                (number,) = struct.unpack_from("<I", body, at)
                seconds, width, height = _HEAD.unpack_from(body, at + 4)
                at += 4 + _HEAD.size
                pairs.append((number, VideoPicture(seconds, width, height, body[at : at + width * height * 3])))
                at += width * height * 3
        except (zlib.error, struct.error):
            return None
        return pairs


def _pack_frames(pairs: Iterable[tuple[int, VideoPicture]]) -> bytes:
    return b"".join(
        struct.pack("<I", number) + _HEAD.pack(frame.seconds, frame.width, frame.height) + frame.rgb
        for number, frame in pairs
    )

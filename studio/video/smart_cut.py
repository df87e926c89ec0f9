"""Keeps pieces of a clip by copying its pictures as they are; only those at the edges are encoded again.

A copy can only begin at a picture that needs nothing before it, and end where everything stored is shown. What is kept
before and behind that is decoded and encoded with parameter sets of its own (``edge_encoder``). Everything is checked
before the file gets its name: number and times of all pictures, and the first copied pictures behind each seam, which
must come out of the decoder as they came out of the original.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from hashlib import blake2b
from typing import TYPE_CHECKING

from studio.video.clip_opening import CopyError, open_clip
from studio.video.edge_encoder import EdgeNumbers, EdgePictures, encode_edge
from studio.video.parameter_sets import declare_sets
from studio.video.smart_writer import StoredPacket, packets_from, write_pictures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

    from studio.base.progress import Progress
    from studio.video.clip import ClipFacts
    from studio.video.picture_index import PictureIndex

_LOOKED_AT = 2
"""Copied pictures behind a seam that are compared."""


@dataclass(frozen=True, slots=True)
class KeptPictures:
    """Pictures that are kept in one go, from ``first`` up to, not including, ``last`` (in the order they are shown).

    Attributes:
        first: number of the first.
        last: number behind the last.
        times: seconds from the beginning of the piece at which each is shown; the first is 0.
        seconds: length of the piece.
    """

    first: int
    last: int
    times: tuple[Fraction, ...]
    seconds: Fraction


@dataclass(frozen=True, slots=True)
class CutStretch:
    """Pictures of one piece that are copied, or encoded again."""

    first: int
    last: int
    copied: bool


def stretches_of(index: PictureIndex, kept: KeptPictures) -> tuple[CutStretch, ...]:
    """How a piece is made: what is copied, and its edges.

    Copied is from the first picture that begins anew to the last place up to which everything stored is shown.
    """
    first, last = kept.first, kept.last
    # ``anew`` alone is not enough: a picture can begin anew while pictures shown before it are still stored behind it
    # (the leading pictures of HEVC). Only where it is ``clean`` as well does the copy show nothing from before the cut.
    begin = next((at for at in index.anew if at >= first and at in index.clean), last)
    # Searched backwards, so that as much as possible is copied: the last place where every stored picture is also
    # shown.
    end = next((at for at in range(last, begin, -1) if at in index.clean), begin)
    # No complete group lies inside the piece: copying would save nothing, so all of it is encoded.
    if end <= begin:
        return (CutStretch(first, last, copied=False),)
    parts = (
        CutStretch(first, begin, copied=False),
        CutStretch(begin, end, copied=True),
        CutStretch(end, last, copied=False),
    )
    return tuple(part for part in parts if part.last > part.first)


def copied_share(index: PictureIndex, pieces: Sequence[KeptPictures]) -> float:
    """Which part of the kept pictures is copied, 0 to 1."""
    parts = [part for kept in pieces for part in stretches_of(index, kept)]
    return sum(part.last - part.first for part in parts if part.copied) / sum(part.last - part.first for part in parts)


def cut_pictures(
    clip: ClipFacts,
    index: PictureIndex,
    pieces: Sequence[KeptPictures],
    base: Fraction,
    sound: Path | None,
    out: Path,
    progress: Progress,
) -> None:
    """Write the kept pictures and a finished sound as an MP4.

    Args:
        clip: the original.
        index: its pictures.
        pieces: what is kept, in the order of the result.
        base: unit of the result's times.
        sound: a file with one sound track of the result's length; None for none.
        out: the file to write, under a temporary name.
        progress: called with the pictures that are done.

    Raises:
        CopyError: this clip cannot be copied, or the result is not what it should be.
        WorkCancelled: asked for through ``progress``.
    """
    stretches = _laid_out(index, pieces)
    try:
        numbers = EdgeNumbers.free_numbers(index.sets)
    except (ValueError, IndexError):
        raise CopyError("video.trim_sets", file=clip.path.name) from None
    looks = _DecodedLooks(clip, index, progress)
    edges: dict[CutStretch, EdgePictures] = {}
    sets = index.sets
    for placed in stretches:
        part = placed.part
        # The same stretch may stand in several pieces (a piece kept twice): it is encoded once.
        if not part.copied and part not in edges:
            edges[part] = encode_edge(clip, looks.frames(part, placed.looked_at), numbers)
            sets = sets.join_sets(edges[part].sets)
    stored = list(_stored_packets(index, stretches, edges))
    write_pictures(clip, index, stored, declare_sets(sets), base, sound, out, progress)
    looks.check(out, stored, stretches, base)


@dataclass(frozen=True, slots=True)
class _PlacedStretch:
    """A stretch of a piece that begins at ``offset`` in the result; so many copied pictures behind it are compared."""

    offset: Fraction
    kept: KeptPictures
    part: CutStretch
    looked_at: int

    def time(self, picture: int) -> Fraction:
        """When a picture of the piece is shown in the result."""
        return self.offset + self.kept.times[picture - self.kept.first]


def _laid_out(index: PictureIndex, pieces: Sequence[KeptPictures]) -> list[_PlacedStretch]:
    """All stretches in the order of the result."""
    placed, offset = [], Fraction(0)
    for kept in pieces:
        parts = stretches_of(index, kept)
        for number, part in enumerate(parts):
            follows = parts[number + 1] if number + 1 < len(parts) else None
            looked_at = min(_LOOKED_AT, follows.last - follows.first) if follows and follows.copied else 0
            # Only an encoded stretch is compared at its seam: it is decoded anyway, so the first copied pictures behind
            # it cost little.
            placed.append(_PlacedStretch(offset, kept, part, looked_at))
        offset += kept.seconds
    return placed


def _stored_packets(
    index: PictureIndex, stretches: Sequence[_PlacedStretch], edges: dict[CutStretch, EdgePictures]
) -> Iterator[StoredPacket]:
    """The packets of the result in the order they are stored."""
    for placed in stretches:
        part = placed.part
        for place in range(part.first, part.last):
            # A copied stretch runs in the order of storage, so its place says which picture it is; ours is stored as it
            # is shown.
            picture = index.shown[place] if part.copied else place
            data = None if part.copied else edges[part].packets[place - part.first]
            anew = place in index.anew if part.copied else place == part.first
            yield StoredPacket(placed.time(picture), place, data, anew)


@dataclass
class _DecodedLooks:
    """Decodes what is needed of the original, and remembers what the first copied pictures behind it look like."""

    clip: ClipFacts
    index: PictureIndex
    progress: Progress

    def __post_init__(self) -> None:
        self._seen: dict[int, bytes] = {}

    def frames(self, part: CutStretch, beyond: int) -> Iterator[VideoFrame]:
        """The pictures of a stretch; ``beyond`` more are looked at."""
        for picture, frame in self._decode_range(part.first, min(part.last + beyond, len(self.index.times))):
            if picture < part.last:
                self.progress.report(0.0, 1.0, self.clip.path.name)
                yield frame
            else:
                self._seen[picture] = _frame_digest(frame)

    def _decode_range(self, first: int, last: int) -> Iterator[tuple[int, VideoFrame]]:
        index = self.index
        # Decoding has to begin at a picture that needs nothing before it, mostly well before the first one wanted.
        begin = index.begin_for(first)
        # Frames are distinguished by their times, not counted: a decoder may drop or hold back pictures at the start.
        numbers = {time: picture for picture, time in enumerate(index.times[first:last], first)}
        # Because of reordering the last wanted picture is not the last stored one: read up to the last packet that is
        # wanted.
        behind = max(place for place in range(begin, len(index.shown)) if index.shown[place] < last)
        with open_clip(self.clip.path) as (container, stream):
            for frame in self._read_frames(container, stream, begin, first, behind):
                picture = numbers.pop(frame.pts, None) if frame.pts is not None else None
                if picture is not None:
                    yield picture, frame
        if numbers:
            raise CopyError("video.trim_times", file=self.clip.path.name)

    def _read_frames(
        self, container: InputContainer, stream: VideoStream, begin: int, first: int, behind: int
    ) -> Iterator[VideoFrame]:
        for place, packet in packets_from(self.clip, self.index, container, stream, begin):
            if place > behind:
                break
            # what no other picture refers to need not be decoded before the first one that is wanted
            stream.codec_context.skip_frame = "DEFAULT" if self.index.shown[place] >= first else "NONREF"
            yield from packet.decode()
        # None asks the decoder for the pictures it still holds back for reordering.
        yield from stream.codec_context.decode(None)

    def check(
        self, out: Path, stored: Sequence[StoredPacket], stretches: Sequence[_PlacedStretch], base: Fraction
    ) -> None:
        """Compare the result with what it should be.

        Raises:
            CopyError: ``video.trim_differs``.
        """
        import av

        # Both sides sorted: packets come in the order they are stored, times are compared in the order they are shown.
        wanted = sorted(round(each.time / base) for each in stored)
        with av.open(str(out)) as container:
            stream = container.streams.video[0]
            # The muxer may have chosen a finer unit than was asked for.
            scale = (stream.time_base or base) / base
            found = sorted(packet.pts or 0 for packet in container.demux(stream) if packet.size)
            ok = [round(time * scale) for time in found] == wanted
            for placed in stretches:
                if ok and placed.looked_at:
                    last = placed.part.last
                    seen = {round(placed.time(at) / base): at for at in range(last, last + placed.looked_at)}
                    # x264's pictures are stored as they come; of x265's the numbers were changed: all of them decode
                    first = last if self.clip.codec == "h264" else placed.part.first
                    begin = round(placed.time(first) / base / scale)
                    container.seek(begin, stream=stream, backward=True)
                    ok = self._same_frames(container.decode(stream), seen, scale)
        if not ok:
            raise CopyError("video.trim_differs", file=self.clip.path.name)

    def _same_frames(self, frames: Iterator[VideoFrame], wanted: dict[int, int], scale: Fraction) -> bool:
        for frame in frames:
            picture = wanted.pop(round((frame.pts or 0) * scale), None)
            if picture is not None and _frame_digest(frame) != self._seen[picture]:
                return False
            if not wanted:
                return True
        return False


def _frame_digest(frame: VideoFrame) -> bytes:
    """Of what is seen: the rows of a plane may be longer than that."""
    digest = blake2b(digest_size=16)
    # Formats of more than eight bits (yuv420p10le) take two bytes a sample.
    wide = 2 if frame.format.name.endswith("le") else 1
    for plane in frame.planes:
        rows = memoryview(plane)
        for row in range(plane.height):
            at = row * plane.line_size
            digest.update(rows[at : at + plane.width * wide])
    return digest.digest()

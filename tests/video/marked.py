"""Clips made to be told apart: each picture carries its number in blocks, some a magenta mark that a cover must hide.

What is seen (upright, cut) is drawn first and then stored the way a recorder would: turned, mirrored, with a green rim
that the container cuts away, in any container, with any clock, rate and unevenness. So whatever comes out can be judged
without asking the code under test: which picture it is, whether mark or rim show.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from av.container import OutputContainer

COLUMNS, ROWS = 5, 2
"""Blocks of a number; they take the upper half of the picture, the mark is in the lower half."""
WIDTH, HEIGHT = 160, 128
MATRICES = {
    "upright": (1, 0, 0, 1),
    "quarter": (0, 1, -1, 0),
    "half": (-1, 0, 0, -1),
    "three quarters": (0, -1, 1, 0),
    "mirrored": (-1, 0, 0, 1),
    "upside down mirrored": (1, 0, 0, -1),
    "quarter mirrored": (0, 1, 1, 0),
    "three quarters mirrored": (0, -1, -1, 0),
}
"""a, b, c, d of the display matrix: where "right" and "down" of the stored picture go, as (right, down)."""
CODECS = {
    "avi": "mjpeg",
    "mp4": "libx264",
    "mov": "libx264",
    "3gp": "mpeg4",
    "mkv": "libx264",
    "webm": "libvpx-vp9",
    "ts": "libx264",
    "flv": "libx264",
}
TURNED = ("mp4", "mov", "3gp", "mkv", "webm")
"""Containers that say how a picture is turned."""
CROPPED = ("mp4", "mov", "mkv")
"""Containers that say what is cut away of it."""


@dataclass(frozen=True)
class Recording:
    """A clip to be made.

    Attributes:
        ending: of its name.
        times: when each picture begins, in units of ``clock``, rising.
        clock: units a second.
        turn: name of a matrix.
        rim: pixels that are cut away at the left, top, right and bottom of the stored picture.
        mark: the mark's x, y, width, height as fractions of what is seen; in the lower half.
        drift: by how much it moves from one picture with it to the next, in fractions right and down.
        marked: first and last number of the pictures with the mark.
        b_frames: pictures stored in another order than they are shown.
        group: pictures from one keyframe to the next.
        sound: seconds at which the sound begins and ends, or None.
    """

    ending: str
    times: tuple[int, ...]
    clock: int
    turn: str = "upright"
    rim: tuple[int, int, int, int] = (0, 0, 0, 0)
    mark: tuple[float, float, float, float] = (0.42, 0.62, 0.16, 0.2)
    marked: tuple[int, int] = (0, 0)
    b_frames: int = 0
    group: int = 12
    sound: tuple[float, float] | None = None
    drift: tuple[float, float] = (0.0, 0.0)

    def mark_at(self, number: int) -> tuple[float, float, float, float]:
        """Where the mark is in a picture that has it."""
        x, y, wide, high = self.mark
        gone = number - self.marked[0]
        return x + gone * self.drift[0], y + gone * self.drift[1], wide, high


def drawn(recording: Recording, number: int) -> np.ndarray:
    """What is seen of picture ``number``."""
    height, width = HEIGHT, WIDTH
    if recording.turn.startswith(("quarter", "three")):
        height, width = width, height
    picture = np.full((height, width, 3), 90, np.uint8)
    for bit in range(COLUMNS * ROWS):
        row, column = divmod(bit, COLUMNS)
        top, bottom = row * height // 2 // ROWS, (row + 1) * height // 2 // ROWS
        left, right = column * width // COLUMNS, (column + 1) * width // COLUMNS
        picture[top:bottom, left:right] = 225 if number >> bit & 1 else 25
    if recording.marked[0] <= number <= recording.marked[1]:
        x, y, wide, high = recording.mark_at(number)
        picture[round(y * height) : round((y + high) * height), round(x * width) : round((x + wide) * width)] = (
            255,
            0,
            255,
        )
    return picture


def stored(recording: Recording, number: int) -> np.ndarray:
    """The pixels a recorder would store for it: by the matrix, pixel for pixel, with the rim around."""
    seen = drawn(recording, number)
    a, b, c, d = MATRICES[recording.turn]
    height, width = seen.shape[:2] if b == 0 else seen.shape[1::-1]
    down, right = np.mgrid[0:height, 0:width]
    across, below = a * right + c * down, b * right + d * down
    inner = seen[below - below.min(), across - across.min()]
    left, top, more, lower = recording.rim
    whole = np.zeros((height + top + lower, width + left + more, 3), np.uint8)
    whole[:] = (0, 255, 0)
    whole[top : top + height, left : left + width] = inner
    return whole


@dataclass(frozen=True)
class Made:
    """A clip that was written, and when its pictures begin, in seconds from the start of the file."""

    path: Path
    seconds: tuple[float, ...]

    def standing(self, at: float) -> int:
        """Number of the picture that stands at a time; the first one before its time."""
        return max(0, bisect_right(self.seconds, at) - 1)


def make(recording: Recording, path: Path) -> Made:
    """Write the clip to ``path``, whose ending is that of the recording."""
    _write(recording, path)
    with av.open(str(path)) as container:
        start = (container.start_time or 0) / 1_000_000
        stream = container.streams.video[0]
        stamps = [packet.pts for packet in container.demux(stream) if packet.pts is not None]
        seconds = tuple(float(stamp * stream.time_base) - start for stamp in sorted(stamps))
    assert len(seconds) == len(recording.times), "the writer dropped or added pictures"
    return Made(path, seconds)


def _write(recording: Recording, path: Path) -> None:
    plain = path.with_name(f"{path.stem}-plain.mp4")
    direct = recording.turn == "upright" and not any(recording.rim)
    family = recording.ending in {"mp4", "mov", "3gp"}
    target = path if direct or family else plain
    _encode(recording, target)
    if direct:
        return
    data = _with_matrix(target.read_bytes(), MATRICES[recording.turn])
    if any(recording.rim):
        data = _with_aperture(data, recording.rim)
    target.write_bytes(data)
    if not family:
        _copied(target, path)
        target.unlink()


def _encode(recording: Recording, path: Path) -> None:
    codec = CODECS[recording.ending]
    family = path.suffix in {".mp4", ".mov", ".3gp"}
    options = {"video_track_timescale": str(recording.clock)} if family else {}
    with av.open(str(path), "w", options=options, format="matroska" if path.suffix == ".mkv" else None) as out:
        stream = out.add_stream(codec)
        first = stored(recording, 0)
        stream.height, stream.width = first.shape[:2]
        stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        stream.time_base = stream.codec_context.time_base = Fraction(1, recording.clock)
        stream.codec_context.framerate = Fraction(recording.clock) if path.suffix == ".avi" else Fraction(30)
        stream.codec_context.gop_size = recording.group
        stream.codec_context.max_b_frames = recording.b_frames
        stream.codec_context.thread_count = 1
        stream.options = _settings(codec, recording)
        sound = out.add_stream("libopus" if path.suffix == ".webm" else "aac", rate=48_000) if recording.sound else None
        for number, time in enumerate(recording.times):
            frame = av.VideoFrame.from_ndarray(stored(recording, number), "rgb24").reformat(format=stream.pix_fmt)
            frame.pts, frame.time_base = time, Fraction(1, recording.clock)
            _mux(out, stream.encode(frame), recording)
        _mux(out, stream.encode(None), recording)
        if sound is not None and recording.sound is not None:
            begin, end = (round(at * 48_000) for at in recording.sound)
            size = 960
            for at in range(begin, end, size):
                quiet = av.AudioFrame.from_ndarray(np.zeros((2, size), np.float32), "fltp", "stereo")
                quiet.rate, quiet.pts, quiet.time_base = 48_000, at, Fraction(1, 48_000)
                out.mux(sound.encode(quiet))
            out.mux(sound.encode(None))


def _mux(out: OutputContainer, packets: list[av.Packet], recording: Recording) -> None:
    """Write packets with the time their pictures stand; the last one a fifth of a second."""
    for packet in packets:
        at = bisect_right(recording.times, packet.pts)
        until = recording.times[at] if at < len(recording.times) else packet.pts + max(1, recording.clock // 5)
        packet.duration = until - packet.pts
        out.mux(packet)


def _settings(codec: str, recording: Recording) -> dict[str, str]:
    if codec == "libx264":
        more = f"keyint={recording.group}:scenecut=0:b-adapt=0:bframes={recording.b_frames}"
        return {"preset": "ultrafast" if not recording.b_frames else "veryfast", "crf": "8", "x264-params": more}
    if codec == "libvpx-vp9":
        return {
            "deadline": "realtime",
            "cpu-used": "8",
            "crf": "4",
            "b": "2M",
            "auto-alt-ref": "0",
            "lag-in-frames": "0",
        }
    return {"qmin": "2", "qmax": "3", "flags": "+qscale"} if codec == "mjpeg" else {"qmin": "2", "qmax": "4"}


def _copied(source: Path, path: Path) -> None:
    """The same stream in another container, by ffmpeg: it carries matrix and crop over."""
    import subprocess

    from studio.video.binary import ffmpeg_path

    done = subprocess.run(
        [ffmpeg_path(), "-v", "error", "-y", "-nostdin", "-i", str(source), "-map", "0", "-c", "copy", str(path)],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()


def _path_to(data: bytes, *kinds: bytes) -> list[int]:
    """Where each box on a way begins; of several tracks the one with the picture."""
    places, at, end = [], 0, len(data)
    for kind in kinds:
        while at < end:
            length = int.from_bytes(data[at : at + 4])
            if data[at + 4 : at + 8] == kind and (kind != b"trak" or b"vide" in data[at : at + length]):
                break
            at += length
        assert at < end, kind
        places.append(at)
        at, end = at + 8, at + length
    return places


def _with_matrix(data: bytes, matrix: tuple[int, int, int, int]) -> bytes:
    at = _path_to(data, b"moov", b"trak", b"tkhd")[-1] + 8 + 40
    a, b, c, d = (value << 16 for value in matrix)
    return data[:at] + struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30) + data[at + 36 :]


def _with_aperture(data: bytes, rim: tuple[int, int, int, int]) -> bytes:
    """A clean aperture box in the description of the picture; the index stands last, so nothing else moves."""
    places = _path_to(data, b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd")
    entry = places[-1] + 16
    end = entry + int.from_bytes(data[entry : entry + 4])
    width, height = struct.unpack(">2H", data[entry + 32 : entry + 36])
    left, top, right, lower = rim
    shifts = (left - right, 2, top - lower, 2)
    clap = struct.pack(">I4s8i", 40, b"clap", width - left - right, 1, height - top - lower, 1, *shifts)
    changed = bytearray(data[:end] + clap + data[end:])
    for at in (*places, entry):
        changed[at : at + 4] = (int.from_bytes(changed[at : at + 4]) + len(clap)).to_bytes(4)
    return bytes(changed)


# ------------------------------------------------------------------------------------------------ judging


def number_in(picture: np.ndarray) -> int:
    """The number a picture carries: rows, columns, RGB."""
    height, width = picture.shape[:2]
    grey = picture.astype(float).mean(axis=2)
    number = 0
    for bit in range(COLUMNS * ROWS):
        row, column = divmod(bit, COLUMNS)
        top, left = (row + 0.5) * height / 2 / ROWS, (column + 0.5) * width / COLUMNS
        inner = grey[
            round(top - height / 16) : round(top + height / 16), round(left - width / 30) : round(left + width / 30)
        ]
        number |= int(inner.mean() > 125) << bit
    return number


def shows_mark(picture: np.ndarray) -> bool:
    """Whether the magenta mark is anywhere."""
    red, green, blue = (picture[..., part].astype(int) for part in range(3))
    return int(((red > 165) & (green < 110) & (blue > 165)).sum()) > max(3, picture.shape[0] * picture.shape[1] // 4000)


def shows_rim(picture: np.ndarray) -> bool:
    """Whether the green rim is anywhere."""
    red, green, blue = (picture[..., part].astype(int) for part in range(3))
    return int(((red < 90) & (green > 170) & (blue < 90)).sum()) > max(3, picture.shape[0] * picture.shape[1] // 4000)

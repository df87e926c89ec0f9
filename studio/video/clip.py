"""What is known about a clip: plain facts, found by ``probe`` and used by the pure planner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    from studio.base.errors import Notice

Transfer = Literal["sdr", "hlg", "pq"]


@dataclass(frozen=True, slots=True)
class Sound:
    """The first sound track: its number in the file, codec name, samples a second, number of channels."""

    stream: int
    codec: str
    rate: int
    channels: int


@dataclass(frozen=True, slots=True)
class Clip:
    """Facts of one clip.

    Attributes:
        path: where the file is.
        stream: number of the picture's stream in the file.
        container: ffmpeg's name of the format, such as ``"mov,mp4,m4a,3gp,3g2,mj2"``.
        start: timestamp of the first moment in seconds; may be negative or late. All other times count from it.
        seconds: how much can be used, in seconds from the start; shorter than declared when the file is cut short.
        width: of the upright picture in square pixels.
        height: of the upright picture in square pixels.
        stored: width and height of the stored pixels, before rotation.
        aspect: shape of a stored pixel, width by height.
        rotation: degrees clockwise (0, 90, 180, 270) from the stored picture to the upright one.
        fps: average frames a second.
        variable: whether the time between frames varies.
        hold: the longest time in seconds that one picture stands.
        codec: name of the picture's codec, such as ``"h264"``.
        pixels: ffmpeg's name of the pixel format.
        depth: bits of one colour value.
        transfer: how light is stored: ordinary (``"sdr"``) or high dynamic range.
        matrix: colour matrix, ``""`` when the file does not say.
        interlaced: whether a frame holds two half pictures.
        seekable: whether reading can begin in the middle; otherwise it must begin at the start.
        sound: the first sound track, None when there is none.
        notices: what the user should know.
    """

    path: Path
    stream: int
    container: str
    start: float
    seconds: float
    width: int
    height: int
    stored: tuple[int, int]
    aspect: Fraction
    rotation: int
    fps: float
    variable: bool
    codec: str
    pixels: str
    depth: int
    transfer: Transfer
    matrix: str
    interlaced: bool
    seekable: bool
    sound: Sound | None
    hold: float = 0.0
    notices: tuple[Notice, ...] = ()


def upright_size(stored: tuple[int, int], aspect: Fraction, rotation: int) -> tuple[int, int]:
    """Size of the picture as it is seen: square pixels, turned upright.

    Args:
        stored: width and height of the stored pixels.
        aspect: shape of a stored pixel, width by height.
        rotation: degrees clockwise; a multiple of 90.
    """
    width, height = max(1, round(stored[0] * aspect)), stored[1]
    return (height, width) if rotation % 180 else (width, height)

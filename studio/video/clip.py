"""What is known about a clip: plain facts, found by ``probe`` and used by the pure planner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    from studio.base.errors import WorkNotice
    from studio.video.orientation import ClipOrientation

SLACK = 0.002
"""Seconds that a picture may claim to be late and still count as the one of a time: Matroska stores full milliseconds,
cuts are rounded to milliseconds, too. Half of the shortest time that a picture of 240 a second stands."""

Transfer = Literal["sdr", "hlg", "pq"]


@dataclass(frozen=True, slots=True)
class SoundTrack:
    """The sound track that is heard.

    Attributes:
        stream: its number in the file.
        codec: its name.
        rate: samples a second.
        channels: how many.
        uneven: whether rate or channels change on the way.
        file: where it lies evened out, from the clip's first moment; None for the clip itself.
        dead: of two channels the one on which there is nothing (0 left, 1 right): the other goes to both ears.
    """

    stream: int
    codec: str
    rate: int
    channels: int
    dead: int | None = None
    uneven: bool = False
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class ClipFacts:
    """Facts of one clip.

    Attributes:
        path: where the file is.
        stream: number of the picture's stream in the file.
        container: ffmpeg's name of the format, such as ``"mov,mp4,m4a,3gp,3g2,mj2"``.
        start: timestamp of the first moment in seconds; may be negative or late. All other times count from it.
        seconds: how much can be used, in seconds from the start; shorter than declared when the file is cut short.
        width: of the upright picture in square pixels.
        height: of the upright picture in square pixels.
        stored: width and height of the stored pixels, as the decoder gives them.
        aspect: shape of a stored pixel, width by height.
        orientation: how the stored picture becomes the upright one.
        tick: unit in seconds of the times that the file stores; as coarse as the frame rate in an AVI.
        fps: usual frames a second.
        variable: whether the time between frames varies.
        first: when the first picture is shown, in seconds; later than 0 where the sound begins earlier.
        loose: whether packets do not say when their pictures are shown: pictures come when they leave the decoder.
        hold: the longest time in seconds that one picture stands.
        codec: name of the picture's codec, such as ``"h264"``.
        pixels: ffmpeg's name of the pixel format.
        depth: bits of one colour value.
        transfer: how light is stored: ordinary (``"sdr"``) or high dynamic range.
        matrix: colour matrix, ``""`` when the file does not say; of high dynamic range what the light implies then.
        assumed: whether matrix and primaries of high dynamic range were concluded from how light is stored.
        interlaced: whether a frame holds two half pictures.
        seekable: whether reading can begin in the middle; otherwise it must begin at the start.
        told_once: whether only some frames say how they are turned; the others are turned in the same way.
        retag: what ffmpeg is told of the colours instead of what the file says, where no converter knows that:
            arguments of its ``setparams`` filter; ``""`` for nothing.
        steady: whether the container promises that size and format of the picture stay as they are.
        full_range: whether black is 0 and white 255, instead of 16 and 235.
        sound: the sound track that is heard, None when there is none.
        notices: what the user should know.
        tracks: all sound tracks that can be heard, in the order of the file.
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
    orientation: ClipOrientation
    tick: Fraction
    fps: float
    variable: bool
    codec: str
    pixels: str
    depth: int
    transfer: Transfer
    matrix: str
    interlaced: bool
    seekable: bool
    sound: SoundTrack | None
    first: float = 0.0
    loose: bool = False
    told_once: bool = False
    assumed: bool = False
    retag: str = ""
    steady: bool = True
    full_range: bool = False
    hold: float = 0.0
    notices: tuple[WorkNotice, ...] = ()
    tracks: tuple[SoundTrack, ...] = ()

    @property
    def sequential(self) -> bool:
        """Whether only reading from the start is right: a Matroska reader that seeks forgets what is before zero."""
        return not self.seekable and "matroska" in self.container


def upright_size(orientation: ClipOrientation, aspect: Fraction) -> tuple[int, int]:
    """Width and height of the picture as it is seen: cut, square pixels, turned upright.

    Args:
        orientation: how it is cut and turned.
        aspect: shape of a stored pixel, width by height.
    """
    width, height = max(1, round(orientation.area[2] * aspect)), orientation.area[3]
    return (height, width) if orientation.is_sideways else (width, height)


def with_track(clip: ClipFacts, number: int) -> ClipFacts:
    """The clip with another of its sound tracks.

    Args:
        clip: the original.
        number: from 1; 0, or one that is not there, keeps the track that was found to be the right one.
    """
    if not 1 <= number <= len(clip.tracks) or clip.sound is None:
        return clip
    track = clip.tracks[number - 1]
    return clip if track.stream == clip.sound.stream else replace(clip, sound=track)

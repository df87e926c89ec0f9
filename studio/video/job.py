"""What is to be made of a clip, as plain data. ``ffmpeg_arguments`` turns it into ffmpeg's arguments.

Times of the result are counted in its frames, so that nothing is rounded twice; times of the original are seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from studio.base.errors import UserError
from studio.story.cover_geometry import ellipse_strips

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.story.geometry import PixelBox
    from studio.story.model import Cut, Fit, Point
    from studio.video.clip import ClipFacts

Streams = Literal["both", "video", "audio"]


@dataclass(frozen=True, slots=True)
class KeptPiece:
    """A kept piece: from ``start`` (seconds of the original) for ``frames`` frames of the result.

    Attributes:
        start: seconds of the original.
        frames: how many of the result.
        focus: what must stay in the picture.
        late: seconds after the time of a frame at which its picture is looked up; None: not known yet, a little.
        opened: when the picture begins (seconds of the original) with which reading begins; 0 is always right.
        holds: frames for which the last picture stands, as far as that is known to be long.
    """

    start: float
    frames: int
    focus: Point | None = None
    late: float | None = None
    opened: float = 0.0
    holds: int = 0


@dataclass(frozen=True, slots=True)
class CoverBox:
    """A part of the original picture hidden for good.

    Attributes:
        pixels: of the upright original (``story.cover_geometry.covered_box``), edges even.
        start: seconds of the original from which it hides.
        end: until when.
        color: ``#rrggbb``.
        number: of the cover in the clip, from 0: one that moves is many boxes.
        ellipse: only the ellipse in the box is hidden.
    """

    pixels: PixelBox
    start: float
    end: float
    color: str
    number: int = 0
    ellipse: bool = False

    @property
    def parts(self) -> tuple[PixelBox, ...]:
        """The boxes that are filled."""
        return ellipse_strips(self.pixels) if self.ellipse else (self.pixels,)

    def hides(self, seconds: float, fps: int) -> bool:
        """Whether it hides something at a time of the original, as in a file: one frame early and late."""
        return self.start - 1 / fps <= seconds <= self.end + 1 / fps


@dataclass(frozen=True, slots=True)
class ImageOverlay:
    """A picture laid over the result at x, y (pixels) from frame ``first`` for ``frames`` frames (0: all the time).

    It comes over ``fade_in`` frames and goes over ``fade_out``.
    """

    file: str
    x: int
    y: int
    first: int = 0
    frames: int = 0
    fade_in: int = 0
    fade_out: int = 0


@dataclass(frozen=True, slots=True)
class SubtitleImage:
    """One card of a deck, shown from frame ``first`` up to, not including, frame ``last``."""

    file: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class SubtitleTrack:
    """Cards of one size laid over the result at x, y one after another (subtitles); ``blank`` is shown in between."""

    x: int
    y: int
    blank: str
    cards: tuple[SubtitleImage, ...]


Layer = ImageOverlay | SubtitleTrack


@dataclass(frozen=True, slots=True)
class EncoderRate:
    """How much room the encoder gets.

    Attributes:
        crf: constant quality; None where ``kbit`` decides. 20.6 with the quick search of ``encoder_args`` gives
            the SSIM of x264's plain veryfast at 21 (bench/README.md).
        kbit: average kbit/s of the picture in a second pass.
        peak: largest kbit/s, held over two seconds; None for no limit.
        audio: kbit/s of the sound.
        pass_: 0 one pass; 1 writes what it learned to ``log``; 2 uses it.
        log: file name prefix for that.
        preset: x264's name of the trade between time and size.
        threads: of the encoder, each of which holds pictures in memory; 0 leaves it to x264.
    """

    crf: float | None = 20.6
    kbit: int = 0
    peak: int | None = None
    audio: int = 128
    pass_: Literal[0, 1, 2] = 0
    log: str = ""
    preset: str = "veryfast"
    threads: int = 0


@dataclass(frozen=True, slots=True)
class VideoFormat:
    """One format of the result: pixels (even numbers), what lies over the picture, room, and the file to write."""

    width: int
    height: int
    out: str
    layers: tuple[Layer, ...] = ()
    rate: EncoderRate = EncoderRate()


@dataclass(frozen=True, slots=True)
class VideoJob:
    """What is to be made, the same for all formats.

    Attributes:
        clip: the original.
        pieces: kept pieces, joined in their order.
        fps: frames a second of the result, constant.
        reframe: cut to the format, or put all of the picture on a blurred background.
        focus: what must stay in the picture where a piece has no focus of its own.
        covers: what is hidden.
        lead: frames for which the first picture stands still (under a title card), without sound.
        tail: the same at the end.
        fade: frames of fading from and to black, picture and sound.
        mute: no sound of the original.
        gain: decibels added to the sound, then limited; None leaves it as it is.
        clean: whether hum and wind are taken out of the sound (``cleaned_sound.CLEANING``).
        tone_map: whether this ffmpeg can turn high dynamic range into ordinary light.
        frugal: whether memory counts for more than time.
        mixed: a file with all that is heard, as long as the result, or "": then it is the clip's own sound. ``gain`` is
            that of the file.
        own_crop: whether the container has a crop that this ffmpeg would cut by unless it is asked not to.
    """

    clip: ClipFacts
    pieces: tuple[KeptPiece, ...]
    fps: int = 30
    reframe: Fit = "crop"
    focus: Point | None = None
    covers: tuple[CoverBox, ...] = ()
    lead: int = 0
    tail: int = 0
    fade: int = 0
    mute: bool = False
    gain: float | None = None
    clean: bool = False
    tone_map: bool = True
    own_crop: bool = False
    frugal: bool = False
    mixed: str = ""

    @property
    def inner(self) -> int:
        """Frames of the kept pieces."""
        return sum(piece.frames for piece in self.pieces)

    @property
    def frames(self) -> int:
        """Frames of the complete result."""
        return self.lead + self.inner + self.tail

    @property
    def seconds(self) -> float:
        """Length of the complete result."""
        return self.frames / self.fps


def pieces_of(clip: ClipFacts, cuts: Sequence[Cut], fps: int) -> tuple[KeptPiece, ...]:
    """The kept pieces of a clip, held inside it.

    Args:
        clip: the original.
        cuts: what to keep, in the order of the result; empty keeps everything.
        fps: frames a second of the result.

    Raises:
        UserError: ``video.nothing_kept``: no cut lies inside the clip.
    """
    if not cuts:
        return (KeptPiece(0.0, max(1, round(clip.seconds * fps))),)
    pieces = []
    for cut in cuts:
        start, end = max(0.0, cut.start), min(cut.end, clip.seconds)
        if frames := round((end - start) * fps) if end > start else 0:
            pieces.append(KeptPiece(start, frames, cut.focus))
    if not pieces:
        raise UserError("video.nothing_kept", file=clip.path.name, seconds=round(clip.seconds, 1))
    return tuple(pieces)


def part_of(job: VideoJob, first: int, last: int) -> VideoJob:
    """The stretch of the result from frame ``first`` up to, not including, ``last``, as a job of its own."""
    pieces: list[KeptPiece] = []
    at = job.lead
    for piece in job.pieces:
        begin, end = max(first, at), min(last, at + piece.frames)
        if end > begin:
            pieces.append(replace(piece, start=piece.start + (begin - at) / job.fps, frames=end - begin))
        at += piece.frames
    return replace(
        job,
        pieces=tuple(pieces),
        lead=max(0, job.lead - first),
        tail=max(0, last - (job.lead + job.inner)),
    )


def layers_of(layers: Sequence[Layer], first: int, last: int) -> tuple[Layer, ...]:
    """The layers seen from frame ``first`` up to ``last``, counted from ``first``.

    A still that fades must lie inside the stretch or outside it; ``encoder_parts`` sees to that.
    """
    kept: list[Layer] = []
    for layer in layers:
        if isinstance(layer, SubtitleTrack):
            cards = tuple(
                SubtitleImage(card.file, max(0, card.first - first), min(last, card.last) - first)
                for card in layer.cards
                if card.last > first and card.first < last
            )
            if cards:
                kept.append(replace(layer, cards=cards))
        elif not layer.frames:
            kept.append(layer)
        elif layer.first + layer.frames > first and layer.first < last:
            begin, end = max(layer.first, first), min(layer.first + layer.frames, last)
            kept.append(replace(layer, first=begin - first, frames=end - begin))
    return tuple(kept)

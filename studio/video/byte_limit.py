"""How a video gets under a limit of bytes: which resolution, how much for the sound, how much for the picture. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from studio.base.errors import UserError
from studio.video.job import EncoderRate

LADDER = (1.0, 5 / 6, 2 / 3, 1 / 2, 4 / 9, 1 / 3)
"""Shares of the wanted size that are tried: 1080, 900, 720, 540, 480, 360 lines of a 1080 format."""
ENOUGH = 0.04
"""Bits a pixel under which x264's veryfast visibly breaks up: then a smaller picture looks better."""
LEAST = 0.028
"""Bits a pixel of the smallest picture under which we refuse: nobody should have to watch that."""
_MUXING = 8.0
"""kbit/s that the tables of an mp4 take: about 12 bytes for each of 30 pictures and 47 pieces of sound a second."""
AIM = 0.955
"""Share of the limit that a second pass aims at: x264 lands within 4 %."""
# A result that uses less than this share of its limit is worth another try.
HIT = 0.90


@dataclass(frozen=True, slots=True)
class FittedSize:
    """The resolution and room of a video that stays under a limit."""

    width: int
    height: int
    rate: EncoderRate


def _audio_rate(total: float) -> int:
    """kbit/s for the sound, at least 48, out of ``total`` kbit/s."""
    return next((audio for least, audio in ((1500, 128), (900, 96), (450, 64)) if total >= least), 48)


def fit_size(
    file: str, seconds: float, fps: int, size: tuple[int, int], max_bytes: int, part: float | None = None
) -> FittedSize:
    """Choose resolution and rates so that constant quality with a ceiling cannot exceed the limit.

    A stream of average rate R held over two seconds is at most R * (seconds + 2) bits long (the buffer of the video
    buffering verifier, ISO/IEC 14496-10 annex C), which gives the factor ``t / (t + 2)``.

    Args:
        file: name of the original, for the message.
        seconds: length of the result.
        fps: frames a second.
        size: wanted width and height.
        max_bytes: the limit.
        part: length in seconds of the parts it is encoded in, None for one piece.

    Raises:
        UserError: ``video.too_long_for_size``: even the smallest picture would break up; the facts say what length
            fits, and into how many parts it must be split.
    """
    total = max_bytes * 8 / 1000 / seconds
    audio = _audio_rate(total)
    room = total - audio - _MUXING
    stretch = min(seconds, part or seconds)
    for step in LADDER:
        width, height = (max(2, round(side * step / 2) * 2) for side in size)
        least = LEAST if step == LADDER[-1] else ENOUGH
        if room * 1000 >= least * width * height * fps:
            peak = int(room * stretch / (stretch + 2))
            return FittedSize(width, height, EncoderRate(peak=peak, audio=audio))
    longest = longest_for(fps, size, max_bytes)
    raise UserError(
        "video.too_long_for_size",
        file=file,
        seconds=round(seconds),
        megabytes=round(max_bytes / 1e6),
        longest=int(longest),
        parts=-int(-seconds // max(1.0, longest)),
    )


def longest_for(fps: int, size: tuple[int, int], max_bytes: int, fewest: int = 0) -> float:
    """Seconds of video that still fit into the limit at the smallest size.

    Args:
        fps: frames a second.
        size: wanted width and height.
        max_bytes: the limit.
        fewest: pixels that the shorter side must have.
    """
    sizes = [(step, [max(2, round(side * step / 2) * 2) for side in size]) for step in LADDER]
    step, (width, height) = next((each for each in reversed(sizes) if min(each[1]) >= fewest), sizes[0])
    least = LEAST if step == LADDER[-1] else ENOUGH
    return max_bytes * 8 / (least * width * height * fps + (48 + _MUXING) * 1000)


def next_try(bytes_now: int, picture_now: int, seconds: float, max_bytes: int, rate: EncoderRate) -> EncoderRate:
    """Rate of the next try, a second pass, from what the last one made.

    After the first try the room is simply divided by the time; after that, what the last pass missed is made up for.

    Args:
        bytes_now: size of the file of the last try.
        picture_now: bytes of its picture alone.
        seconds: its length.
        max_bytes: the limit.
        rate: of the last try.
    """
    wanted = max_bytes * AIM - (bytes_now - picture_now)
    kbit = rate.kbit * wanted / max(1, picture_now) if rate.pass_ == 2 else wanted * 8 / 1000 / seconds
    return replace(rate, crf=None, kbit=max(40, int(kbit)), peak=None, pass_=2)

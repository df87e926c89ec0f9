"""A video made of photos: slow zoom without jitter, captions, crossfades, narration.

Pillow draws each frame from a crop with fractions of pixels, ffmpeg encodes what it is fed. Measured against MoviePy
(four times slower, RAM twice) and ffmpeg's zoompan (twice as fast, but it steps by full pixels, which is seen).
"""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from studio.base.atomic_files import cache_file
from studio.base.errors import UserError, WorkCancelled
from studio.video.ffmpeg_arguments import SOUND_RATE, encoder_args
from studio.video.ffmpeg_process import QUIET, REPORT, feed_frames, run_ffmpeg
from studio.video.result_parts import PART
from studio.video.sound import TARGET_LUFS
from studio.video.sound_facts import sound_facts
from studio.video.verify import verify_video

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from PIL.Image import Image

    from studio.base.progress import Progress
    from studio.video.job import EncoderRate
    from studio.video.verify import CheckedVideo

T = TypeVar("T")
_PART_NAME = "show-part-"
ZOOM = 0.08
"""How much larger a picture has become when its time is over."""


@dataclass(frozen=True, slots=True)
class PhotoSlide:
    """A picture that is ready (the canvas's ratio, at least ``1 + ZOOM`` times its size), and its caption as PNG."""

    picture: Path
    caption: Path | None = None


@dataclass(frozen=True, slots=True)
class SlideShow:
    """What is shown.

    Attributes:
        slides: at least one.
        width: of the canvas in pixels, even.
        height: of the canvas.
        each: frames of one slide, crossfades included.
        cross: frames of a crossfade, less than half of ``each``.
        fps: frames a second.
        zoom: whether the pictures move: every other one comes closer, the rest draw back.
        ending: a card shown last for ``tail`` frames, or None.
        tail: frames of the ending, with a crossfade before it.
    """

    slides: tuple[PhotoSlide, ...]
    width: int
    height: int
    each: int
    cross: int
    fps: int = 30
    zoom: bool = True
    ending: Path | None = None
    tail: int = 0

    @property
    def frames(self) -> int:
        """Frames of the complete show."""
        pictures = len(self.slides) * (self.each - self.cross) + self.cross
        return pictures + (self.tail if self.ending else 0)


def narration_seconds(path: Path) -> float:
    """Length of a sound file.

    Raises:
        UserError: ``video.narration``: not readable, or no sound in it.
    """
    try:
        known = path.stat()
    except OSError as error:
        raise UserError("video.narration", file=path.name) from error
    return _heard_seconds(path, known.st_size, known.st_mtime_ns)


@lru_cache(maxsize=32)
def _heard_seconds(path: Path, _size: int, _changed: int) -> float:
    # All of it is decoded, and every plan of every outlet asks, also after each changed letter of a headline.
    return sound_facts(path).seconds


def make_show(
    show: SlideShow, narration: Path | None, rate: EncoderRate, out: Path, progress: Progress
) -> CheckedVideo:
    """Draw and encode a slideshow; a long one in parts, so that a power cut costs one of them.

    Args:
        show: what is shown.
        narration: a sound file, levelled like a clip's sound; None for silence.
        rate: room for the encoder.
        out: the file to write. Finished parts of an earlier attempt that lie beside it are used.
        progress: called with the seconds of result done.

    Raises:
        UserError: a picture or the narration cannot be read, ffmpeg failed, or the result is not complete.
        WorkCancelled: asked for; ``out`` and its parts are gone.
    """
    parts: list[Path] = []
    try:
        sound = sound_input(narration, show.frames / show.fps)
        stretches = _show_stretches(show)
        if len(stretches) == 1:
            _draw_stretch(show, stretches[0], rate, out, progress, sound)
        else:
            parts = [_encode_stretch(show, stretch, rate, out.parent, progress) for stretch in stretches]
            _join_parts(show, parts, sound, rate, out)
        checked = verify_video(out, show.frames, show.fps)
    except (WorkCancelled, UserError):
        for left in [out, *out.parent.glob(f"{_PART_NAME}*")]:
            left.unlink(missing_ok=True)
        raise
    for part in parts:
        part.unlink(missing_ok=True)
    return checked


def _show_stretches(show: SlideShow) -> list[tuple[int, int]]:
    """First frame and the frame after the last of each part."""
    long = round(PART * show.fps)
    # No part shorter than half of one: the rest goes to the part before it.
    borders = list(range(0, max(1, show.frames - long // 2), long))
    return list(zip(borders, [*borders[1:], show.frames], strict=True))


def _encode_stretch(
    show: SlideShow, stretch: tuple[int, int], rate: EncoderRate, folder: Path, progress: Progress
) -> Path:
    """One part, picture only. Its name says what is in it."""
    digest = hashlib.sha256(f"{show!r} {rate!r} {stretch}".encode())
    for slide in show.slides:
        for file in (slide.picture, slide.caption):
            digest.update(file.read_bytes() if file else b"-")
    file = folder / f"{_PART_NAME}{digest.hexdigest()[:16]}.mp4"
    frames = stretch[1] - stretch[0]
    # A part of an earlier attempt is used only when it is complete; otherwise it is drawn again.
    with suppress(UserError, OSError):
        verify_video(file, frames, show.fps, sound=False)
        return file
    with cache_file(file) as draft:
        _draw_stretch(show, stretch, rate, draft, progress, ())
        verify_video(draft, frames, show.fps, sound=False)
    return file


def _draw_stretch(
    show: SlideShow, stretch: tuple[int, int], rate: EncoderRate, out: Path, progress: Progress, sound: Sequence[str]
) -> None:
    """Encode the frames of a stretch as they are drawn, with ``sound`` (input and filters) or without any."""
    args = [*QUIET, "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{show.width}x{show.height}"]
    args += ["-framerate", str(show.fps), "-i", "pipe:0", *sound]
    tags = "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"
    args += ["-vf", f"scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,{tags}"]
    # A keyframe at least every two seconds, so that players can seek.
    args += ["-map", "0:v:0", *encoder_args(rate), "-g", str(2 * show.fps)]
    args += ["-video_track_timescale", str(512 * show.fps)]
    args += sound_output(show.frames, show.fps, rate) if sound else ["-an"]
    args += ["-map_metadata", "-1", "-movflags", "+faststart", "-f", "mp4", str(out)]
    feed_frames(args, _show_frames(show, progress, *stretch), out.parent)


def sound_output(frames: int, fps: int, rate: EncoderRate) -> list[str]:
    """Arguments that encode the sound of the second input, as long as the picture."""
    length = f"{frames / fps:.6f}"
    return ["-map", "1:a:0", "-c:a", "aac", "-b:a", f"{rate.audio}k", "-ar", str(SOUND_RATE), "-ac", "2", "-t", length]


def _join_parts(show: SlideShow, parts: Sequence[Path], sound: Sequence[str], rate: EncoderRate, out: Path) -> None:
    """Lay the parts end to end without encoding them again, with the sound."""
    script = out.with_suffix(".ffconcat")
    lines = ["ffconcat version 1.0", *(f"file '{part.name}'" for part in parts)]
    script.write_text("\n".join(lines) + "\n", encoding="utf-8")
    args = [*QUIET, *REPORT, "-f", "concat", "-safe", "0", "-i", str(script), *sound]
    args += ["-map", "0:v:0", "-c:v", "copy", *sound_output(show.frames, show.fps, rate)]
    args += ["-map_metadata", "-1", "-movflags", "+faststart", "-f", "mp4", str(out)]
    run_ffmpeg(args, lambda _: None, out.parent)
    script.unlink(missing_ok=True)


def sound_input(narration: Path | None, seconds: float) -> list[str]:
    """The second input and its filters: levelled to ``TARGET_LUFS``, faded out at ``seconds``; silence for None."""
    if narration is None:
        return ["-f", "lavfi", "-t", f"{seconds:.6f}", "-i", f"anullsrc=r={SOUND_RATE}:cl=stereo"]
    name = f"file:{narration}"
    measure = ["-hide_banner", "-nostats", "-loglevel", "info", "-vn", "-i", name, "-af", "ebur128=framelog=quiet"]
    said = run_ffmpeg([*measure, "-f", "null", "-"], lambda _: None, narration.parent)
    found = re.findall(r"\bI:\s+(-?\d+(?:\.\d+)?) LUFS", said)
    gain = max(-30.0, min(20.0, TARGET_LUFS - float(found[-1]))) if found and float(found[-1]) > -60 else 0.0
    limit = "alimiter=limit=0.841:level=disabled:attack=5:release=50"
    # The narration may be cut off by the end of the show: it fades instead of breaking off.
    fade = f"afade=t=out:st={max(0.0, seconds - 0.5):.3f}:d=0.5"
    chain = f"aresample={SOUND_RATE},volume={gain:.2f}dB,{limit},apad,{fade}"
    return ["-vn", "-i", name, "-af", chain]


def _show_frames(show: SlideShow, progress: Progress, first: int, end: int) -> Iterator[bytes]:
    """Frames as RGB, from ``first`` up to ``end``. At most two pictures are in memory at a time."""
    step = show.each - show.cross
    pictures: dict[int, Image] = {}
    captions: dict[int, Image | None] = {}
    ending = _open_picture(show.ending, show) if show.ending else None
    last = len(show.slides) - 1
    for number in range(first, end):
        if number % max(1, show.fps // 4) == 0:
            progress.report(number / show.fps, show.frames / show.fps, "slideshow")
        at = min(last, number // step)
        # Pictures are held as pixels: only the one that is shown and the one that fades out stay in memory.
        for gone in [key for key in pictures if key < at - 1]:
            del pictures[gone], captions[gone]
        frame = _draw_slide(show, at, number - at * step, pictures, captions)
        since = number - at * step
        if at and since < show.cross:
            before = _draw_slide(show, at - 1, since + step, pictures, captions)
            frame = _blend_pictures(before, frame, _ease_share((since + 1) / (show.cross + 1)))
        over = number - (show.frames - show.tail - show.cross) if ending is not None else -1
        if ending is not None and over >= 0:
            frame = _blend_pictures(frame, ending, _ease_share(min(1.0, (over + 1) / (show.cross + 1))))
        yield frame.tobytes()


def _ease_share(share: float) -> float:
    # Smoothstep: it begins and ends without a jerk.
    return share * share * (3 - 2 * share)


def _blend_pictures(before: Image, after: Image, share: float) -> Image:
    from PIL import Image as Pictures

    return Pictures.blend(before, after, share)


def _open_picture(path: Path, show: SlideShow) -> Image:
    from PIL import Image as Pictures
    from PIL import UnidentifiedImageError

    try:
        with Pictures.open(path, formats=["JPEG", "PNG", "WEBP"]) as picture:
            shown: Image = picture.convert("RGB")
    except (OSError, UnidentifiedImageError) as error:
        raise UserError("video.no_photos") from error
    return (
        shown if shown.size[0] >= show.width else shown.resize((show.width, show.height), Pictures.Resampling.BICUBIC)
    )


def _draw_slide(
    show: SlideShow, number: int, since: int, pictures: dict[int, Image], captions: dict[int, Image | None]
) -> Image:
    """One slide ``since`` frames after it came, with its caption."""
    from PIL import Image as Pictures

    slide = show.slides[number]
    if number not in pictures:
        pictures[number] = _open_picture(slide.picture, show)
        captions[number] = _open_caption(slide.caption)
    picture = pictures[number]
    share = min(1.0, since / max(1, show.each - 1))
    # Every second photo zooms out: always in would feel like one long pull.
    share = (share if number % 2 == 0 else 1 - share) if show.zoom else 0.0
    # The crop shrinks evenly in scale, not in pixels, so that the speed looks constant.
    scale = (1 + ZOOM) ** -share
    ratio = show.width / show.height
    wide = min(picture.width, picture.height * ratio) * scale
    high = wide / ratio
    left, top = (picture.width - wide) / 2, (picture.height - high) / 2
    box = (max(0.0, left), max(0.0, top), min(picture.width, left + wide), min(picture.height, top + high))
    frame = picture.resize((show.width, show.height), Pictures.Resampling.BILINEAR, box=box)
    caption = captions[number]
    if caption is not None:
        frame.paste(caption, (0, show.height - caption.height), caption)
    return frame


def _open_caption(path: Path | None) -> Image | None:
    from PIL import Image as Pictures

    if path is None:
        return None
    with Pictures.open(path, formats=["PNG"]) as picture:
        shown: Image = picture.convert("RGBA")
    return shown


def seconds_each(wanted: float, count: int, cross: float, narration: float) -> float:
    """Seconds of one slide so that all of them last at least as long as the narration.

    Args:
        wanted: what the user asked for.
        count: slides, at least 1.
        cross: seconds of a crossfade.
        narration: seconds, 0 without one.
    """
    return max(wanted, 2 * cross + 0.2, (narration + 0.4 - cross) / count + cross if narration else 0.0)


def photos_within(items: Sequence[T], each: float, cross: float, tail: float, most: float | None) -> tuple[T, ...]:
    """As many photos, from the first, as fit into ``most`` seconds; at least one.

    Args:
        items: the photos.
        each: seconds of one, crossfades included.
        cross: seconds of a crossfade.
        tail: seconds of the ending.
        most: seconds of the complete show; None for any.
    """
    if most is None:
        return tuple(items)
    fitting = int((most - tail - cross) / max(0.1, each - cross))
    return tuple(items[: max(1, fitting)])

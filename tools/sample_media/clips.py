"""The clips of the sample: drawn scenes that move, with sound, encoded by ffmpeg as phones store them.

One is landscape 1080p, one is upright but stored lying down with a display matrix, one has a variable frame rate.
"""

from __future__ import annotations

import math
import subprocess
import tempfile
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from studio.base.atomic_files import replace_file
from studio.video.binary import ffmpeg_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from PIL import Image

    from studio.base.progress import Progress
    from tools.sample_media.voice import Wave

FRAMES = 30
"""Pictures per second, before some are left out of the variable clip."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One clip.

    Attributes:
        file: its name beside the drafts.
        size: width and height as stored, at full scale.
        seconds: duration.
        turn: degrees of the display matrix, counter-clockwise as ffmpeg counts.
        uneven: leave out frames, so that the rate varies.
        taken: when it was recorded, UTC.
    """

    file: str
    size: tuple[int, int]
    seconds: float
    taken: str
    turn: int = 0
    uneven: bool = False


@dataclass(frozen=True, slots=True)
class Encoding:
    """How well a clip is encoded: preset and constant rate factor of x264, bits per second of the sound."""

    preset: str
    rate_factor: int
    sound: str


PHONE = Encoding("superfast", 23, "96k")
"""Large, as a phone does it."""
SMALL = Encoding("slow", 38, "48k")
"""What the repository carries."""


CANAL = Clip("air-mengalir.mp4", (1920, 1080), 12.0, "2026-11-22T02:20:11Z")
RICE = Clip("padi-bergoyang.mp4", (1280, 720), 10.0, "2026-11-14T10:24:40Z", turn=90)
FRUIT = Clip("lapak-buah.mp4", (1280, 720), 9.0, "2026-11-14T23:50:02Z", uneven=True)
CLIPS = (CANAL, RICE, FRUIT)


def make_all(
    folder: Path, progress: Progress, wanted: Sequence[Clip] = CLIPS, scale: float = 1.0, encoding: Encoding = PHONE
) -> None:
    """Make the wanted clips in ``folder``, from the pictures that were drawn there.

    Args:
        folder: where ``padi-menguning.jpg`` and ``lapak-buah.jpg`` are, and the clips are put.
        progress: called before each clip.
        wanted: which clips.
        scale: of their width and height; their length stays.
        encoding: how well.

    Raises:
        RuntimeError: ffmpeg fails, with what it says.
        UserError: ``video.no_ffmpeg``: there is none.
        Cancelled: from ``progress``.
    """
    for done, clip in enumerate(wanted):
        progress.report(done, len(wanted), clip.file)
        size = scaled_size(clip, scale)
        frames = draw_frames(clip, folder, size, round(clip.seconds * FRAMES))
        _encode(clip, size, frames, _sound(clip), folder / clip.file, encoding)
    progress.report(len(wanted), len(wanted), "")


def scaled_size(clip: Clip, scale: float) -> tuple[int, int]:
    """Stored width and height at this scale, in multiples of 8 pixels."""
    width, height = (max(64, round(side * scale / 8) * 8) for side in clip.size)
    return width, height


def draw_frames(clip: Clip, folder: Path, size: tuple[int, int], count: int) -> Iterator[bytes]:
    """The clip's pictures as stored, RGB, one after the other.

    Args:
        clip: which one.
        folder: where the photos are that two of them are made from.
        size: width and height in pixels.
        count: how many the clip has; what moves is spread over them.
    """
    makers = {CANAL: _canal_frames, RICE: _rice_frames, FRUIT: _fruit_frames}
    return makers[clip](folder, size, count)


def _sound(clip: Clip) -> Wave:
    import numpy as np

    from tools.sample_media import voice

    rng = np.random.default_rng(len(clip.file))
    if clip == CANAL:
        said = voice.speech(((0.6, 3.9), (4.5, 8.0), (8.6, 11.4)), clip.seconds, rng)
        around = 0.022 * voice.band(clip.seconds, 350, 2600, rng) + 0.7 * voice.birds(clip.seconds, rng)
    elif clip == RICE:
        said = voice.speech(((0.8, 4.4), (5.2, 9.2)), clip.seconds, rng) * np.float32(1.1)
        around = 0.03 * voice.band(clip.seconds, 120, 900, rng) + 0.4 * voice.birds(clip.seconds, rng)
    else:
        said = voice.speech(((0.5, 3.6), (4.2, 8.4)), clip.seconds, rng)
        murmur = [voice.speech(((0.0, clip.seconds),), clip.seconds, rng) for _ in range(3)]
        around = sum(murmur[1:], murmur[0]) * np.float32(0.10) + 0.02 * voice.band(clip.seconds, 200, 1800, rng)
    result: Wave = (said + around).astype(np.float32)
    return result


def _canal_frames(folder: Path, size: tuple[int, int], count: int) -> Iterator[bytes]:
    """Water runs through the canal while the camera slowly moves in. The water repeats every two seconds."""
    del folder  # this scene is drawn again, in parts
    import numpy as np
    from PIL import Image, ImageFilter

    from tools.sample_media.scenery import canal, develop

    width, height = round(size[0] * 0.72), round(size[1] * 0.72)
    scene = canal.build(width, height, np.random.default_rng(7))
    first = scene.water(0.0, slice(0, height), slice(0, width))
    base = develop.develop(scene.land + first * scene.cover[..., None]).filter(ImageFilter.UnsharpMask(1.0, 50, 2))
    rows, columns = _bounds(scene.cover > 0.02)
    hole = Image.fromarray((scene.cover[rows, columns] * 255).astype(np.uint8))
    still = base.crop((columns.start, rows.start, columns.stop, rows.stop))
    loop = 2 * FRAMES
    shade = develop.corners(width, height)[rows, columns][::2, ::2, None]
    run = []
    for i in range(min(loop, count)):
        light = scene.water(canal.RUN * i / loop, rows, columns, 2)
        water = develop.tone(light * shade).resize(hole.size, Image.Resampling.BICUBIC)
        run.append(Image.composite(water, still, hole))
    for i in range(count):
        base.paste(run[i % loop], (columns.start, rows.start))
        near = 1 - 0.055 * (0.5 - 0.5 * math.cos(math.pi * i / count))
        yield _window(base, size, near, 0.5, 0.46).tobytes()


def _bounds(cover: np.ndarray) -> tuple[slice, slice]:
    import numpy as np

    down, across = np.flatnonzero(cover.any(1)), np.flatnonzero(cover.any(0))
    return slice(int(down[0]), int(down[-1]) + 1), slice(int(across[0]), int(across[-1]) + 1)


def _window(picture: Image.Image, size: tuple[int, int], part: float, x: float, y: float) -> Image.Image:
    """A window of the picture, ``part`` of its size, at x, y (0..1 of the room left), to a fraction of a pixel."""
    from PIL import Image

    wide, tall = picture.width * part, picture.height * part
    left, top = (picture.width - wide) * x, (picture.height - tall) * y
    return picture.resize(size, Image.Resampling.BILINEAR, box=(left, top, left + wide, top + tall))


def _upright(folder: Path, name: str) -> Image.Image:
    from PIL import Image, ImageCms, ImageOps

    with Image.open(folder / name, formats=["JPEG"]) as opened:
        opened.draft("RGB", (2000, 1500))
        upright = ImageOps.exif_transpose(opened).convert("RGB")
        profile = opened.info.get("icc_profile")
    if profile:
        wide = ImageCms.ImageCmsProfile(BytesIO(profile))
        ImageCms.profileToProfile(upright, wide, ImageCms.createProfile("sRGB"), inPlace=True)
    return upright


def _rice_frames(folder: Path, size: tuple[int, int], count: int) -> Iterator[bytes]:
    """Ears sway in the wind; the upright picture is stored lying down. The wind repeats every three seconds."""
    from PIL import Image

    photo = _upright(folder, "padi-menguning.jpg")
    wide = photo.height * size[1] / size[0]
    left = photo.width * 0.77 - wide * 0.62
    box = (left, 0.0, left + wide, float(photo.height))
    upright = photo.resize((size[1], size[0]), Image.Resampling.LANCZOS, box=box)
    loop = 3 * FRAMES
    swayed = []
    for i in range(min(loop, count)):
        moved = upright.transform(
            upright.size, Image.Transform.MESH, _wind(upright.size, 2 * math.pi * i / loop), Image.Resampling.BILINEAR
        )
        swayed.append(moved.transpose(Image.Transpose.ROTATE_270).tobytes())
    for i in range(count):
        yield swayed[i % loop]


def _wind(size: tuple[int, int], turn: float) -> list[tuple[tuple[int, int, int, int], tuple[float, ...]]]:
    """A mesh for ``Image.transform``: quads whose corners lean with the wind, still above and at the foot."""
    width, height = size

    def push(x: float, y: float) -> float:
        high = y / height
        strong = max(0.0, min((high - 0.47) / 0.16, 1.0)) * max(0.0, min((1.02 - high) / 0.35, 1.0))
        gust = math.sin(turn + 5 * x / width - 3 * high) + 0.4 * math.sin(2 * turn + 11 * x / width)
        return 0.012 * width * strong * gust

    columns, rows = 9, 16
    xs = [round(width * i / columns) for i in range(columns + 1)]
    ys = [round(height * i / rows) for i in range(rows + 1)]
    mesh = []
    for x0, x1 in pairwise(xs):
        for y0, y1 in pairwise(ys):
            corners = ((x0, y0), (x0, y1), (x1, y1), (x1, y0))
            # Nothing is taken from beyond the edges: there it would be black.
            quad = tuple(v for x, y in corners for v in (min(max(x + push(x, y), 0.0), float(width)), float(y)))
            mesh.append(((x0, y0, x1, y1), quad))
    return mesh


def _fruit_frames(folder: Path, size: tuple[int, int], count: int) -> Iterator[bytes]:
    """The camera passes along the stall, with the slight unrest of a hand."""
    photo = _upright(folder, "lapak-buah.jpg")
    tall = photo.width * size[1] / size[0]
    wide = photo.crop((0, round(photo.height * 0.97 - tall), photo.width, round(photo.height * 0.97)))
    wide.thumbnail((round(size[0] * 1.42), 10_000))
    for i in range(count):
        t = i / count
        x = 0.5 - 0.48 * math.cos(math.pi * t) + 0.010 * math.sin(23 * t)
        y = 0.55 + 0.20 * math.sin(5 * t) + 0.02 * math.sin(31 * t)
        yield _window(wide, size, 0.74 - 0.03 * math.sin(math.pi * t), x, y).tobytes()


def _encode(
    clip: Clip, size: tuple[int, int], frames: Iterable[bytes], sound: Wave, out: Path, encoding: Encoding = PHONE
) -> None:
    """Frames through a pipe to H.264, sound to AAC; then the display matrix is set without encoding again.

    Raises:
        RuntimeError: ffmpeg failed; the file is not there then.
    """
    from tools.sample_media import voice

    with tempfile.TemporaryDirectory(dir=out.parent) as name:
        work = Path(name)
        voice.save(sound, work / "sound.wav")
        plain = work / "plain.mp4"
        _feed(_arguments(clip, size, work / "sound.wav", plain, encoding), frames, clip.file)
        final = plain
        if clip.turn:
            final = work / "turned.mp4"
            turn = ["-display_rotation", str(clip.turn), "-i", str(plain), "-map", "0", "-c", "copy"]
            _feed([*turn, *_tags(clip), str(final)], (), clip.file)
        replace_file(final, out)


def _arguments(clip: Clip, size: tuple[int, int], sound: Path, out: Path, encoding: Encoding) -> list[str]:
    video = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{size[0]}x{size[1]}", "-r", str(FRAMES), "-i", "pipe:0"]
    colours = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"
    chosen = (
        f"select='lt(t,3)+gt(mod(n,3),0)*between(t,3,6)+not(mod(n,2))*gt(t,6)',{colours}" if clip.uneven else colours
    )
    code = [
        "-c:v",
        "libx264",
        "-preset",
        encoding.preset,
        "-crf",
        str(encoding.rate_factor),
        "-g",
        str(FRAMES),
        "-c:a",
        "aac",
        "-b:a",
        encoding.sound,
        "-ar",
        "48000",
    ]
    rate = ["-fps_mode", "vfr"] if clip.uneven else []
    marks = ["-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709"]
    return [*video, "-i", str(sound), "-vf", chosen, *rate, *code, *marks, *_tags(clip), "-shortest", str(out)]


def _tags(clip: Clip) -> list[str]:
    """What phones write: when, where and with what."""
    place = "-05.5120+111.0340+041.200/"
    tags = {
        "creation_time": clip.taken,
        "location": place,
        "location-eng": place,
        "make": "Contoh",
        "model": "Ponsel K1",
    }
    return [word for key, value in tags.items() for word in ("-metadata", f"{key}={value}")] + [
        "-movflags",
        "+use_metadata_tags",
    ]


def _feed(arguments: list[str], frames: Iterable[bytes], name: str) -> None:
    command = [ffmpeg_path(), "-hide_banner", "-loglevel", "error", "-y", *arguments]
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=errors)
        try:
            if process.stdin is not None:
                for frame in frames:
                    process.stdin.write(frame)
                process.stdin.close()
        except OSError:
            pass  # ffmpeg has ended early; its exit code and words say why
        except BaseException:
            process.kill()
            process.wait()
            raise
        code = process.wait()
        if code:
            errors.seek(0)
            detail = errors.read().decode("utf-8", "replace").strip().splitlines()[-1:] or [str(code)]
            raise RuntimeError(f"{name}: {detail[0]}")

"""Puts a marked clip with a cover through everything that shows pictures of it, and tells what is wrong."""

from __future__ import annotations

import dataclasses
import shutil
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

import av
import numpy as np
from msgspec.structs import replace
from PIL import Image
from PySide6.QtGui import QImage

from studio.base.progress import SilentProgress
from studio.export.planning.video_specs import ClipInputs, VideoTarget
from studio.export.rendering.clip_videos import make_videos
from studio.export.rendering.video_stills import video_still
from studio.services.clip_preparation import save_still
from studio.story.cover_path import with_path
from studio.story.model import Cover, CoverKeyframe, Cut, Group, Story, Video
from studio.ui.video.frame_reader import to_image
from studio.ui.video.result_preview import covered
from studio.video.clip_job import cover_boxes
from studio.video.clip_pictures import first_picture, frame_at, read_filmstrip
from studio.video.composition import FrameComposer
from studio.video.frame_seeking import ClipScrubber
from studio.video.job import KeptPiece, VideoJob, pieces_of
from studio.video.probe import probe_clip
from tests.video.marked import (
    CODECS,
    CROPPED,
    MATRICES,
    TURNED,
    Made,
    Recording,
    make,
    number_in,
    shows_mark,
    shows_rim,
)

if TYPE_CHECKING:
    from pathlib import Path

    from studio.story.model import Box
    from studio.video.clip import ClipFacts
    from studio.video.clip_pictures import VideoPicture

FPS = 30
NEAR = 0.0021
"""Seconds that times may be off: files store milliseconds, cuts are rounded to them."""


@dataclass(frozen=True)
class Case:
    """A clip, the pieces kept of it, its cover's stretch of time, and places to look at."""

    recording: Recording
    cuts: tuple[tuple[float, float], ...]
    cover: tuple[float | None, float | None]
    looks: tuple[float, ...] = ()
    late: float = 0.0
    """Share of the time a picture stands after which a keyframe is put on it."""


def faults(case: Case, folder: Path) -> list[str]:
    """What is wrong with all that is made of a case; empty when nothing is."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    recording = case.recording
    made = make(recording, folder / f"clip.{recording.ending}")
    offset = made.seconds[0] - recording.times[0] / recording.clock  # sound may begin a little before
    begin, end = (None if at is None else at + offset for at in case.cover)
    cover = Cover(box=_around(recording, recording.marked[0]), start=begin, end=end, color="#202020")
    if any(recording.drift):
        cover = with_path(cover, _keyframes(case, made))
    clip = probe_clip(made.path)
    video = Video(
        id="v1",
        file=made.path.name,
        cuts=tuple(Cut(start=start, end=last) for start, last in case.cuts if start < clip.seconds)
        or (Cut(start=0.0, end=1.0),),
        covers=(cover,),
        reframe="pad",
        closing_card=False,
        logo=False,
        level_sound=False,
    )
    found = _of_pictures(case, made, clip, video.covers[0])
    for at in case.looks:
        found += _of_files(clip, replace(video, poster=at), folder)
    return found + _of_result(made, clip, video, folder)


def _around(recording: Recording, number: int) -> Box:
    """A cover drawn around the mark of a picture."""
    x, y, wide, high = recording.mark_at(number)
    left, top = max(0.0, x - 0.03), max(0.0, y - 0.03)
    return left, top, min(1.0, x + wide + 0.03) - left, min(1.0, y + high + 0.03) - top


def _keyframes(case: Case, made: Made) -> list[CoverKeyframe]:
    """A mark that moves is followed on its first, middle and last picture, while each of them stands."""
    first, last = case.recording.marked
    frames = []
    for number in sorted({first, (first + last) // 2, last}):
        stands = made.seconds[number + 1] - made.seconds[number]
        at = round(made.seconds[number] + case.late * stands, 4)
        frames.append(CoverKeyframe(at=at, box=_around(case.recording, number)))
    return frames


def _of_pictures(case: Case, made: Made, clip: ClipFacts, cover: Cover) -> list[str]:
    """Stills, scrubbing, filmstrip, thumbnail: the right picture, upright, cut, and the mark where the cover is."""
    found: list[str] = []
    job = VideoJob(clip, (KeptPiece(0.0, 1),), FPS, covers=cover_boxes(clip, (cover,)))
    result = FrameComposer(job, clip.width, clip.height)
    scrubber = ClipScrubber(clip, 0)

    def look(name: str, frame: VideoPicture, numbers: set[int] | None) -> None:
        bare = pixels_of(frame.rgb, frame.width, frame.height)
        if numbers is not None and number_in(bare) not in numbers:
            found.append(f"{name}: picture {number_in(bare)}, not {sorted(numbers)}")
        if shows_rim(bare):
            found.append(f"{name}: what is cut away shows")
        image = covered(to_image(frame), result.frame(0, 0, frame.seconds)).convertToFormat(
            QImage.Format.Format_RGBX8888
        )
        shown = np.frombuffer(image.constBits(), np.uint8).reshape(frame.height, frame.width, 4)
        if shows_mark(shown[..., :3]):
            found.append(f"{name}: picture {number_in(bare)} at {frame.seconds:.3f} is bare")

    for at in case.looks:
        wanted = {made.standing(max(0.0, at + off)) for off in (-NEAR, 0, NEAR)}
        look(f"still {at:.4f}", frame_at(clip, at), wanted)
        shown = scrubber.frame_at(at, lambda: False, lambda frame: look("early", frame, None))
        if shown is not None:
            look(f"scrub {at:.4f}", shown, wanted)
    scrubber.close()
    for number, frame in read_filmstrip(clip, 4, clip.height):
        look(f"strip {number}", frame, None)
    bare = first_picture(clip.path, 0)
    if number_in(pixels_of(bare.rgb, bare.width, bare.height)) != 0:
        found.append("thumbnail: another picture than the first")
    return found


def pixels_of(rgb: bytes, width: int, height: int) -> np.ndarray:
    """Rows, columns, colours."""
    return np.frombuffer(rgb, np.uint8).reshape(height, width, 3)


def _of_files(clip: ClipFacts, video: Video, folder: Path) -> list[str]:
    """The poster of the result, and a picture of the clip taken as a photo."""
    found = []
    inputs = ClipInputs(clip.path, Story(id="s1"), video, Group(), folder / "poster")
    wide, high, rgb = video_still(inputs, VideoTarget((96, 160)), (96, 160))
    photo = save_still(clip, video.poster or 0.0, folder / "photo.jpg", SilentProgress(), covers=video.covers)
    with Image.open(photo) as opened:
        stills = {"poster": pixels_of(rgb, wide, high), "photo": np.asarray(opened.convert("RGB"))}
    for name, pixels in stills.items():
        found += [f"{name} {video.poster}: bare"] if shows_mark(pixels) else []
        found += [f"{name} {video.poster}: what is cut away shows"] if shows_rim(pixels) else []
    return found


def _of_result(made: Made, clip: ClipFacts, video: Video, folder: Path) -> list[str]:
    """Every frame of the result: the asked picture, no mark, no rim; once as it is, once on a blurred ground."""
    pieces = pieces_of(clip, video.cuts, FPS)
    sizes = {"plain": (clip.width // 2 * 2, clip.height // 2 * 2), "padded": (96, 160)}
    wishes = [(VideoTarget(size), folder / f"{name}.mp4") for name, size in sizes.items()]
    inputs = ClipInputs(clip.path, Story(id="s1"), video, Group(), folder / "work")
    results = make_videos(inputs, wishes, SilentProgress())
    found = []
    wanted = [near for piece in pieces for near in _asked(made, piece.start, piece.frames)]
    for name, target in zip(sizes, results, strict=True):
        with av.open(str(target.path)) as container:
            frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
        if len(frames) != len(wanted):
            found.append(f"{len(frames)} frames, not {len(wanted)}")
        for at, (pixels, near) in enumerate(zip(frames, wanted, strict=False)):
            if shows_mark(pixels):
                found.append(f"{name} {at}: bare ({sorted(near)})")
            if shows_rim(pixels):
                found.append(f"{name} {at}: what is cut away shows")
            if name == "plain" and number_in(pixels) not in near:
                found.append(f"{name} {at}: picture {number_in(pixels)}, not {sorted(near)}")
    return found


def _asked(made: Made, start: float, frames: int) -> list[set[int]]:
    """The pictures each frame of a piece may show: of its own time, up to half a frame later; none from after its end.

    The first frame shows the picture that stands when the piece begins.
    """
    asked = []
    end = start + frames / FPS
    for at in range(frames):
        begin = start + at / FPS
        until = begin + (NEAR if at == 0 else 0.5 / FPS)
        asked.append(set(range(made.standing(begin - NEAR), made.standing(min(until, end)) + 1)))
    return asked


# ------------------------------------------------------------------------------------------------ any case

_CLOCKS = {
    "avi": (12, 15, 24, 25, 30),
    "mkv": (1000,),
    "webm": (1000,),
    "flv": (1000,),
    "ts": (90_000,),
    "3gp": (600, 1000, 15_000),
}
_RATES = (8.0, 10.0, 12.0, 15.0, 24_000 / 1001, 24.0, 25.0, 30_000 / 1001, 30.0, 48.0, 50.0, 60.0, 120.0, 240.0)


def case_of(seed: int) -> Case:
    """Any recording, with pieces and a cover whose times lie anywhere, also a few milliseconds beside a picture.

    Drawn by a seeded generator: what a library draws by itself are many that are almost the same.
    """
    dice = Random(seed)
    ending = dice.choice(sorted(CODECS))
    rate = dice.choice(_RATES)
    clock = dice.choice(_CLOCKS.get(ending, (round(rate), 600, 1000, 15_360, 90_000)))
    times = _times(dice, rate, clock, ending)
    seconds = [time / clock for time in times]
    length = seconds[-1] + 0.2
    first = dice.randint(0, len(times) - 2)
    last = dice.randint(first, min(len(times) - 2, first + dice.choice((0, 3, 40))))
    x264 = CODECS[ending] == "libx264"
    quiet = ending in {"webm", "avi", "flv"} or dice.random() < 0.5
    recording = Recording(
        ending,
        times,
        clock,
        dice.choice(sorted(MATRICES)) if ending in TURNED else "upright",
        _rim(dice) if ending in CROPPED and dice.random() < 0.6 else (0, 0, 0, 0),
        (dice.randint(0, 8) / 10, dice.randint(55, 78) / 100, 0.16, 0.2),
        (first, last),
        *dice.choice(((0, 1), (0, 5), (0, 30), (0, 250), (2, 20), (3, 250)) if x264 else ((0, 1), (0, 12))),
        None if quiet else (0.0, dice.choice((length / 2, length + 1.5))),
    )
    early, late = sorted((dice.choice((0.0, 0.3, 0.9)), dice.choice((0.0, 0.3, 0.9))))
    begin = seconds[first] + early * (seconds[first + 1] - seconds[first])
    end = seconds[last] + late * (seconds[last + 1] - seconds[last])

    def somewhere(most: float) -> float:
        near = dice.choice(seconds) + dice.choice((0.0, 0.003, 0.006, -0.004))
        return round(min(most, max(0.0, near if dice.random() < 0.6 else dice.uniform(0, length))), 3)

    cuts = []
    for _ in range(dice.randint(1, 3)):
        at = somewhere(seconds[-1] - 0.001)
        cuts.append((at, round(at + dice.choice((0.034, 0.1, 0.37, 1.2, 3.0)), 3)))
    cover = (dice.choice((None, begin)), dice.choice((None, end)))
    looks = tuple(somewhere(length) for _ in range(4))
    if dice.random() < 0.5 and last > first:  # as far as there is room in the lower half
        x, y = recording.mark[:2]
        goal = dice.uniform(0.0, 0.84), dice.uniform(0.55, 0.78)
        drift = (goal[0] - x) / (last - first), (goal[1] - y) / (last - first)
        recording = dataclasses.replace(recording, drift=drift)
    return Case(recording, tuple(cuts), cover, looks, dice.choice((0.0, 0.4, 0.9)))


def _rim(dice: Random) -> tuple[int, int, int, int]:
    """Any sides, odd ones too; what is stored has an even width and height."""
    left, top, right, lower = (dice.randint(0, 24) for _ in range(4))
    return left, top, right + (left + right) % 2, lower + (top + lower) % 2


def _times(dice: Random, rate: float, clock: int, ending: str) -> tuple[int, ...]:
    """Even, wavering, or with pictures that stand for long; at least a tick apart."""
    if ending == "avi":
        return tuple(range(dice.randint(20, 60)))
    kind = dice.choice(("even", "even", "wavering", "standing"))
    steps = [1 / rate] * max(20, min(150, round(rate * 2.2)))
    if kind == "wavering":
        steps = [step * dice.uniform(0.4, 1.8) for step in steps]
    if kind == "standing":
        for _ in range(dice.randint(1, 3)):
            steps[dice.randrange(len(steps))] = dice.choice((0.5, 2.0, 9.0, 5.0 if ending == "ts" else 14.0))
    times, now = [0], 0.0
    for step in steps[1:]:
        now += step
        times.append(max(times[-1] + 1, round(now * clock)))
    return tuple(times)

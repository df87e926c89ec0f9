"""Tracks covers over clips made here: a face-sized mark moves, turns away, is crossed, leaves, in other light, is cut.

    python bench/moving_covers.py [--keep FOLDER] [--only NAME ...]

The mark is magenta, and nothing else is. For each clip a box is drawn around it on one picture and tracked both ways;
then every doubt is confirmed without a touch, the post is made, and every decoded picture of it is looked at: a frame
is *bare* where any of the mark's colour shows, *right* where none does and the cover is at most four times the mark,
*silent* where it is not right and nobody was asked to look.
Prints a row a clip; ends with 1 when a frame is bare or fewer than 90 % of the frames are right.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from studio.base.progress import SilentProgress
from studio.export.planning.video_specs import ClipInputs, VideoTarget
from studio.export.rendering.clip_videos import make_videos
from studio.services.cover_tracking import follow_path, track_cover
from studio.story.cover_path import path_doubts, path_of, still_covers, without_doubts
from studio.story.model import Box, Cover, Group, Story, Video
from studio.video.probe import probe_clip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WIDTH, HEIGHT, FPS = 640, 360, 30
FACE = (52, 68)
"""Width and height of the mark in pixels."""


@dataclass(frozen=True)
class Scene:
    """A clip: where the mark is in each picture (None: not seen), how far it is turned away, and what else happens."""

    frames: int
    way: Callable[[int], tuple[float, float] | None]
    ground: int = 1
    turn: Callable[[int], float] = lambda number: 0.0
    bar: Callable[[int], float | None] = lambda number: None
    light: Callable[[int], float] = lambda number: 1.0
    cut: int = 10_000
    grow: Callable[[int], float] = lambda number: 1.0
    pan: float = 0.0
    drawn_on: int = 0
    twin: Callable[[int], tuple[float, float] | None] = lambda number: None
    shake: float = 0.0


def line(x: float, y: float, dx: float, dy: float = 0.0) -> Callable[[int], tuple[float, float]]:
    return lambda n: (x + dx * n, y + dy * n)


def swing(x: float, y: float, wide: float, period: float, high: float = 0.0) -> Callable[[int], tuple[float, float]]:
    return lambda n: (x + wide * np.sin(2 * np.pi * n / period), y + high * np.sin(4 * np.pi * n / period))


def ramp(first: int, last: int) -> Callable[[int], float]:
    """0 before, then up to 1, held for as long again, and back."""
    long = last - first
    return lambda n: float(np.clip(min((n - first) / long, (last + 2 * long - n) / long), 0, 1))


SCENES: dict[str, Scene] = {
    "stands": Scene(150, line(300, 150, 0)),
    "walks": Scene(150, line(80, 150, 2.5, 0.3)),
    "runs": Scene(120, swing(320, 170, 220, 80, 30), ground=2),
    "sprints": Scene(90, swing(320, 180, 240, 50), ground=3),
    "comes nearer": Scene(150, line(320, 170, 0.3), grow=lambda n: 0.7 + n / 150, ground=2),
    "goes away": Scene(150, line(320, 170, -0.5), grow=lambda n: 1.6 - n / 160, ground=4),
    "camera pans": Scene(150, line(150, 160, 1.5), pan=4.0, ground=2),
    "hand-held": Scene(150, swing(300, 170, 90, 120), shake=3.0, pan=0.5, ground=4),
    "turns away": Scene(180, swing(300, 170, 100, 150), turn=ramp(40, 75), ground=2),
    "turns away, walking": Scene(180, line(90, 150, 2.2), turn=ramp(50, 90), ground=4),
    "is crossed": Scene(150, line(200, 150, 0.8), bar=lambda n: -120 + 6.0 * n, ground=2),
    "is crossed slowly": Scene(180, line(340, 160, -0.4), bar=lambda n: -110 + 3.5 * n, ground=4),
    "crosses a pole": Scene(150, line(100, 160, 2.8), bar=lambda n: 300.0, ground=3),
    "light changes": Scene(150, swing(300, 170, 80, 120), light=lambda n: 0.45 if 50 <= n < 100 else 1.0, ground=2),
    "light goes down": Scene(150, line(150, 160, 1.5), light=lambda n: 1.0 - n / 230, ground=1),
    "leaves": Scene(150, line(300, 160, 4.5), ground=2),
    "leaves and comes back": Scene(210, swing(430, 160, 330, 200), ground=4),
    "comes in": Scene(150, line(-150, 160, 3.5), drawn_on=120, ground=2),
    "cut to another scene": Scene(150, line(150, 160, 1.2), cut=75, ground=2),
    "two alike": Scene(150, line(120, 160, 2.4), twin=lambda n: (520 - 2.4 * n, 175.0), ground=2),
}


def ground_picture(kind: int, seed: int = 0) -> np.ndarray:
    """A wide background without any magenta: greens, browns and greys, smooth or busy, twice as wide as the picture."""
    dice = np.random.default_rng(100 * kind + seed)
    made = np.zeros((HEIGHT, 3 * WIDTH, 3))
    for cell, strength in ((90, 60), (30, 22), (9, (4, 14, 26, 40)[kind - 1])):
        rows, columns = HEIGHT // cell + 2, 3 * WIDTH // cell + 2
        rough = dice.uniform(-1, 1, (rows, columns))
        made += strength * np.kron(rough, np.ones((cell, cell)))[:HEIGHT, : 3 * WIDTH, None]
    for down, across in ((1, 0), (0, 1)):  # each the mean of five in a row; nothing lies outside
        wide = np.pad(made, ((2 * down, 2 * down), (2 * across, 2 * across), (0, 0)))
        made = sum(wide[down * k :, across * k :][: made.shape[0], : made.shape[1]] for k in range(5)) / 5
    tint = np.array([(0.75, 1.0, 0.6), (0.95, 0.9, 0.75), (0.8, 0.9, 0.85), (0.9, 1.0, 0.8)][kind - 1])
    return np.clip((made + 110) * tint, 0, 235)


def face_picture(turned: float, scale: float) -> np.ndarray:
    """The mark and its alpha: a magenta head with eyes and a mouth that slide round the side as it turns, then hair."""
    wide, high = round(FACE[0] * scale), round(FACE[1] * scale)
    down, across = np.mgrid[-1 : 1 : high * 1j, -1 : 1 : wide * 1j]
    inside = across**2 + down**2 <= 1.0
    shade = 0.75 + 0.25 * np.clip(1 - (across + 0.3) ** 2 - (down + 0.2) ** 2, -1, 1)
    red = 245 * shade
    slid = 2.0 * turned
    for eye in (-0.38, 0.38):
        red[(np.hypot((across - eye - slid) * 1.0, (down + 0.15) * 1.5) < 0.17)] = 70
    red[(np.abs(across - slid) < 0.35) & (np.abs(down - 0.45) < 0.09)] = 90
    hair = (down < -0.55) | (across < -1.3 + 2.6 * max(0.0, turned - 0.25) / 0.75)
    red = np.where(hair, 105 + 20 * np.sin(9 * across + 3), red)
    return np.dstack([red, 0.06 * red, red, inside * 1.0])


def paint(scene: Scene, number: int, grounds: list[np.ndarray], dice: np.random.Generator) -> np.ndarray:
    """One picture of a scene."""
    shift = round(WIDTH + scene.pan * number + dice.normal(0, scene.shake))
    picture = grounds[number >= scene.cut][:, shift % (2 * WIDTH) :][:, :WIDTH].copy()
    jitter = dice.normal(0, scene.shake, 2) if scene.shake else (0.0, 0.0)
    places = [] if number >= scene.cut else [scene.twin(number), scene.way(number)]
    for order, place in enumerate(places):
        if place is None:
            continue
        face = face_picture(scene.turn(number), scene.grow(number))
        if order == 0:  # its twin: the same in grey, of another colour
            face[..., 1] = face[..., 0] * 0.55
            face[..., 0] *= 0.55
            face[..., 2] *= 0.2
        put(picture, face, place[0] + jitter[0], place[1] + jitter[1])
    bar = scene.bar(number)
    if bar is not None:
        left, right = max(0, round(bar)), min(WIDTH, round(bar + 70))
        stripes = 60 + 50 * (np.arange(HEIGHT)[:, None, None] // 11 % 2)
        if right > left:
            picture[:, left:right] = stripes * np.array([0.9, 1.1, 0.7])
    picture = picture * scene.light(number) + dice.normal(0, 3.0, (HEIGHT, WIDTH, 1))
    return np.clip(picture, 0, 255).astype(np.uint8)


def put(picture: np.ndarray, face: np.ndarray, x: float, y: float) -> None:
    """Lay the mark with its middle at x, y."""
    high, wide = face.shape[:2]
    left, top = round(x - wide / 2), round(y - high / 2)
    cut_left, cut_top = max(0, -left), max(0, -top)
    part = face[cut_top : max(0, HEIGHT - top), cut_left : max(0, WIDTH - left)]
    if part.size:
        here = np.s_[top + cut_top : top + cut_top + part.shape[0], left + cut_left : left + cut_left + part.shape[1]]
        alpha = part[..., 3:]
        picture[here] = picture[here] * (1 - alpha) + part[..., :3] * alpha


def write_clip(scene: Scene, path: Path) -> list[float]:
    """Write the clip; returns how many pixels of it are the mark, per picture."""
    grounds = [ground_picture(scene.ground), ground_picture(scene.ground % 4 + 1, 7)]
    dice = np.random.default_rng(5)
    shown = []
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.options = {"crf": "20", "preset": "veryfast"}
        for number in range(scene.frames):
            picture = paint(scene, number, grounds, dice)
            shown.append(float(is_mark(picture).sum()))
            out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
        out.mux(stream.encode(None))
    return shown


def is_mark(picture: np.ndarray) -> np.ndarray:
    """Where the mark's colour is seen: more red and blue than green."""
    red, green, blue = (picture[..., part].astype(int) for part in range(3))
    return (np.minimum(red, blue) - green > 28) & (np.minimum(red, blue) > 1.45 * green)


def drawn_box(scene: Scene) -> Box:
    """What a hurried hand draws around the mark."""
    place = scene.way(scene.drawn_on)
    assert place is not None
    scale = scene.grow(scene.drawn_on)
    wide, high = FACE[0] * scale * 1.12, FACE[1] * scale * 1.12
    return (place[0] - wide / 2 + 1) / WIDTH, (place[1] - high / 2) / HEIGHT, wide / WIDTH, high / HEIGHT


def decoded(path: Path) -> Iterator[np.ndarray]:
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            yield frame.to_ndarray(format="rgb24")


def cover_share(cover: Cover, seconds: float) -> float:
    """The largest part of the picture that the cover hides at a time, in pixels."""
    boxes = [
        still.box
        for still in still_covers(cover)
        if (still.start is None or still.start <= seconds) and (still.end is None or seconds <= still.end)
    ]
    return max(box[2] * box[3] for box in boxes) * WIDTH * HEIGHT


@dataclass(frozen=True)
class Row:
    """What came of one clip."""

    name: str
    frames: int
    bare: int
    right: int
    doubts: tuple[tuple[float, float, str], ...]
    keyframes: int
    cost: float
    silent: int
    """Frames that are bare, or covered too largely, outside of any doubt."""


def tried(name: str, scene: Scene, folder: Path) -> Row:
    path = folder / f"{name.replace(' ', '-')}.mp4"
    shown = write_clip(scene, path)
    clip = probe_clip(path)
    cover = Cover(box=drawn_box(scene), color="#202020")
    begun = time.process_time()
    found = track_cover(clip, cover, scene.drawn_on / FPS, "both", SilentProgress())
    cost = (time.process_time() - begun) / scene.frames
    proposed = follow_path(cover, found, "both")
    doubts = path_doubts(proposed)
    video = Video(id="v", file=path.name, covers=(without_doubts(proposed),), closing_card=False, logo=False)
    out = folder / f"{path.stem}-hasil.mp4"
    inputs = ClipInputs(path, Story(id="s"), video, Group(), folder / "kerja", None)
    make_videos(inputs, [(VideoTarget((WIDTH, HEIGHT)), out)], SilentProgress())
    bare = right = silent = 0
    for number, picture in enumerate(decoded(out)):
        seconds = number / FPS
        open_ = int(is_mark(picture).sum()) > 12
        face = FACE[0] * FACE[1] * scene.grow(number) ** 2
        small = cover_share(proposed, seconds) <= 4 * face or not shown[min(number, len(shown) - 1)]
        doubted = any(doubt.start - 0.001 <= seconds <= doubt.end + 0.001 for doubt in doubts)
        bare += open_
        right += not open_ and small
        silent += (open_ or not small) and not doubted
    spans = tuple((round(doubt.start, 2), round(doubt.end, 2), doubt.reason) for doubt in doubts)
    return Row(name, scene.frames, bare, right, spans, len(path_of(proposed)), cost, silent)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--keep", type=Path, help="folder in which clips and posts stay")
    parser.add_argument("--only", nargs="*", default=[], help="names of scenes")
    wish = parser.parse_args()
    frames = bare = right = 0
    with tempfile.TemporaryDirectory(prefix="kim-") as scratch:
        folder = wish.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for name, scene in SCENES.items():
            if wish.only and name not in wish.only:
                continue
            row = tried(name, scene, folder)
            frames, bare, right = frames + row.frames, bare + row.bare, right + row.right
            doubts = " ".join(f"{start}-{end} {reason}" for start, end, reason in row.doubts)
            print(
                f"{name:24} bare {row.bare:3}  right {row.right / row.frames:4.0%}  silent {row.silent:3}"
                f"  keyframes {row.keyframes:3}  {1000 * row.cost:5.1f} ms a picture  {doubts}",
                flush=True,
            )
    print(f"{frames} frames: {bare} bare, {right / max(1, frames):.1%} right without a touch")
    return bare > 0 or right < 0.9 * frames


if __name__ == "__main__":
    raise SystemExit(main())

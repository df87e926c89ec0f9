"""One composition, many renderers: what a cover hides and how far a fade has gone, looked at in their pixels.

Export (ffmpeg), poster (Pillow), picture of the desk (Qt) and thumbnails of a white clip with a red cover; photos
turned and cropped any way. The margin is reckoned here once more: 5 %, at least 16 pixels, which are at most 1.5 % of a
small picture.
"""

from __future__ import annotations

import subprocess
from random import Random

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtGui import QImage

from studio.base.progress import SilentProgress
from studio.export.planning.video_specs import ClipInputs, VideoTarget
from studio.export.rendering.clip_videos import make_videos
from studio.export.rendering.video_stills import video_still
from studio.photo.framing import PhotoVariant, frame_variant
from studio.photo.render import render_variants
from studio.preview.clip_preview import keeping_artist, preview_result
from studio.services.media_pictures import first_frame
from studio.story import geometry
from studio.story.model import Cover, Group, Photo, Story, Video
from studio.ui.video.frame_reader import to_image
from studio.ui.video.result_preview import compose
from studio.video.binary import ffmpeg_path
from studio.video.clip_pictures import frame_at
from studio.video.probe import probe_clip

RED = "#ff0000"
SIDES = (320, 240)
TURNS = (0.0, 90.0, 180.0, 270.0, 8.0, -13.5, 97.0)


def margin(side: float, longest: int) -> float:
    """Pixels by which a cover must at least reach beyond a box with that side."""
    return max(0.05 * side, min(16.0, 0.015 * longest))


def grown_corners(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """What must be covered, in pixels of the original, cut at its edges."""
    x, y, wide, high = box[0] * SIDES[0], box[1] * SIDES[1], box[2] * SIDES[0], box[3] * SIDES[1]
    across, down = margin(wide, SIDES[0]), margin(high, SIDES[0])
    return max(0, x - across), max(0, y - down), min(SIDES[0], x + wide + across), min(SIDES[1], y + high + down)


def red(pixels: np.ndarray) -> np.ndarray:
    """Where red prevails."""
    return (pixels[..., 0].astype(int) > 150) & (pixels[..., 1] < 110) & (pixels[..., 2] < 110)


# ------------------------------------------------------------------------------------------------ photos


@pytest.fixture(scope="module")
def white_photo(tmp_path_factory):
    path = tmp_path_factory.mktemp("foto") / "putih.png"
    Image.new("RGB", SIDES, "white").save(path)
    return path


boxes = st.tuples(st.floats(0, 0.8), st.floats(0, 0.8), st.floats(0.04, 0.4), st.floats(0.04, 0.4))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    boxes, st.sampled_from((0.0, 90.0, 180.0, 270.0, 8.0, -13.5, 97.0)), st.booleans(), st.sampled_from(("1:1", "4:5"))
)
def test_a_photo_is_covered_however_it_is_turned_and_cropped(white_photo, tmp_path, box, rotate, flip, shape):
    box = (*box[:2], min(box[2], 1 - box[0]), min(box[3], 1 - box[1]))
    photo = Photo(
        id="f", file="x.png", width=SIDES[0], height=SIDES[1], rotate=rotate, flip=flip, focus=(0.3, 0.6),
        covers=(Cover(box=box, color=RED),),
    )  # fmt: skip
    variant = PhotoVariant((160, 160) if shape == "1:1" else (160, 200), format="png")
    out = tmp_path / "hasil.png"
    render_variants(white_photo, photo, [(variant, out)], None, SilentProgress())
    hidden = red(np.asarray(Image.open(out).convert("RGB")))
    shown = frame_variant(photo, variant, *SIDES, photo.focus)
    turned = geometry.turned_size(geometry.Turn(*SIDES, rotate))
    left, top, right, bottom = grown_corners(box)
    for at_x in np.linspace(left + 1.5, right - 1.5, 5):
        for at_y in np.linspace(top + 1.5, bottom - 1.5, 5):
            point = geometry.turn_point((at_x / SIDES[0], at_y / SIDES[1]), geometry.Turn(*SIDES, rotate, flip))
            x = (point[0] * turned[0] - shown.box[0]) * variant.size[0] / (shown.box[2] - shown.box[0])
            y = (point[1] * turned[1] - shown.box[1]) * variant.size[1] / (shown.box[3] - shown.box[1])
            if 0 <= x < variant.size[0] and 0 <= y < variant.size[1]:
                assert hidden[int(y), int(x)], (at_x, at_y, x, y)


# ------------------------------------------------------------------------------------------------ clips


@pytest.fixture(scope="module")
def white_clip(tmp_path_factory):
    path = tmp_path_factory.mktemp("klip") / "putih.mp4"
    source = ["-f", "lavfi", "-i", f"color=white:s={SIDES[0]}x{SIDES[1]}:r=30", "-t", "1"]
    command = [ffmpeg_path(), "-v", "error", *source, "-c:v", "libx264", "-pix_fmt", "yuv420p", str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path


def exported(white_clip, video: Video, size: tuple[int, int], folder) -> list[np.ndarray]:
    out = folder / "hasil.mp4"
    inputs = ClipInputs(white_clip, Story(id="s"), video, Group(), folder / "kerja", None)
    make_videos(inputs, [(VideoTarget(size), out)], SilentProgress())
    with av.open(str(out)) as container:
        return [picture.to_ndarray(format="rgb24") for picture in container.decode(video=0)]


def poster_of(white_clip, video: Video, size: tuple[int, int], folder) -> np.ndarray:
    inputs = ClipInputs(white_clip, Story(id="s"), video, Group(), folder / "kerja", None)
    wide, high, rgb = video_still(inputs, VideoTarget(size), size)
    return np.frombuffer(rgb, np.uint8).reshape(high, wide, 3)


def desk_picture(white_clip, video: Video, size: tuple[int, int], folder, number: int) -> np.ndarray:
    clip = probe_clip(white_clip)
    look = preview_result(Story(id="s"), video, clip, size, keeping_artist(Group(), None, folder / "kartu"))
    seconds = number / 30
    image = compose(to_image(frame_at(clip, seconds, 200)), look.frame(number, 0, seconds), QImage)
    image = image.convertToFormat(QImage.Format.Format_RGBX8888)
    return np.frombuffer(image.constBits(), np.uint8).reshape(size[1], size[0], 4)[..., :3].copy()


def extent(hidden: np.ndarray) -> tuple[int, int, int, int]:
    rows, columns = np.flatnonzero(hidden.any(axis=1)), np.flatnonzero(hidden.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def clip_video(**more) -> Video:
    plain = {"closing_card": False, "logo": False, "level_sound": False}
    return Video(id="v", file="putih.mp4", width=SIDES[0], height=SIDES[1], seconds=1.0, **(plain | more))


@pytest.mark.parametrize(
    ("seed", "reframe", "size", "shape"),
    [(1, "crop", (180, 320), "box"), (2, "pad", (180, 320), "ellipse"), (3, "crop", (320, 240), "ellipse")],
)
def test_every_renderer_of_a_clip_covers_the_same_pixels(white_clip, tmp_path, seed, reframe, size, shape):
    dice = Random(seed)
    box = (dice.uniform(0.3, 0.45), dice.uniform(0.1, 0.6), dice.uniform(0.06, 0.2), dice.uniform(0.1, 0.3))
    video = clip_video(covers=(Cover(box=box, color=RED, shape=shape),), reframe=reframe, poster=0.5, focus=(0.5, 0.5))
    share = (size[1] / SIDES[1]) if reframe == "crop" else size[0] / SIDES[0]
    middle = (size[0] - SIDES[0] * share) / 2, (size[1] - SIDES[1] * share) / 2
    left, top, right, bottom = grown_corners(box)
    wanted = [side * share + middle[at % 2] for at, side in enumerate((left, top, right, bottom))]
    pictures = {
        "export": exported(white_clip, video, size, tmp_path)[15],
        "poster": poster_of(white_clip, video, size, tmp_path),
        "desk": desk_picture(white_clip, video, size, tmp_path, 15),
    }
    found = {name: extent(red(pixels)) for name, pixels in pictures.items()}
    for name, (x, y, end_x, end_y) in found.items():
        assert x <= wanted[0] + 1, (name, found, wanted)
        assert y <= wanted[1] + 1, (name, found, wanted)
        assert end_x >= wanted[2] - 1, (name, found, wanted)
        assert end_y >= wanted[3] - 1, (name, found, wanted)
        assert red(pictures[name])[inside_shape(wanted, size, shape, 2.0)].all(), name
        if shape == "ellipse":  # its corners are left to be seen, as on a photo
            assert not red(pictures[name])[~inside_shape(wanted, size, shape, -8.0)].any(), name
        assert max(abs(a - b) for a, b in zip(found[name], found["export"], strict=True)) <= 1, found
    wide, high, rgb = first_frame(white_clip, 200, video.covers)
    thumb = extent(red(np.frombuffer(rgb, np.uint8).reshape(high, wide, 3)))
    small = [side * wide / SIDES[0] for side in (left, top, right, bottom)]
    assert thumb[0] <= small[0] + 0.01, (thumb, small)
    assert thumb[3] >= small[3] - 0.01, (thumb, small)
    assert max(abs(a - b) for a, b in zip(thumb, small, strict=True)) <= 2.3, (thumb, small)


def inside_shape(corners: list[float], size: tuple[int, int], shape: str, less: float) -> np.ndarray:
    """Which pixels of a picture lie in a box or its ellipse, made smaller by ``less`` pixels on every side."""
    x, y = np.meshgrid(np.arange(size[0]) + 0.5, np.arange(size[1]) + 0.5)
    left, top, right, bottom = corners
    across, down = (right - left) / 2 - less, (bottom - top) / 2 - less
    by_x, by_y = np.abs(x - (left + right) / 2) / across, np.abs(y - (top + bottom) / 2) / down
    return (by_x**2 + by_y**2 <= 1) if shape == "ellipse" else (by_x <= 1) & (by_y <= 1)


def test_poster_and_desk_fade_as_the_video_does(white_clip, tmp_path):
    video, size = clip_video(fade=0.3, poster=0.1), (320, 240)
    light = exported(white_clip, video, size, tmp_path)[3].mean()
    assert 60 < light < 120
    assert poster_of(white_clip, video, size, tmp_path).mean() == pytest.approx(light, abs=4)
    assert desk_picture(white_clip, video, size, tmp_path, 3).mean() == pytest.approx(light, abs=4)
    chosen = poster_of(white_clip, clip_video(fade=0.3), size, tmp_path)
    assert chosen.mean() > 250, "one that is chosen of itself is seen in full"

"""Exports of a clip that nothing lies over copy its pictures; whatever would change one of them is encoded."""

from __future__ import annotations

import subprocess
from collections import Counter

import av
import msgspec
import numpy as np
import pytest

from studio.base.progress import SilentProgress
from studio.export.planning.video_specs import ClipInputs, VideoTarget
from studio.export.rendering.clip_videos import make_video
from studio.story.model import Cover, Cut, Group, Story, Video
from studio.video.binary import ffmpeg_path

pytestmark = pytest.mark.usefixtures("qapp")

PLAIN = Video(id="v", file="v.mp4", logo=False, closing_card=False, cuts=(Cut(start=0.7, end=2.7),))
SAME = VideoTarget((384, 216))


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Three seconds of a moving picture, tagged as phones do, with the encoder's name in the stream."""
    path = tmp_path_factory.mktemp("source") / "clip.mp4"
    args = ["-f", "lavfi", "-i", "testsrc2=s=384x216:r=30:d=3", "-f", "lavfi", "-i", "sine=440:d=3"]
    tags = ["-vf", "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv,format=yuv420p"]
    codec = ["-c:v", "libx264", "-preset", "veryfast", "-g", "15", "-c:a", "aac"]
    subprocess.run(
        [ffmpeg_path(), "-v", "error", *args, *tags, *codec, str(path)], stdin=subprocess.DEVNULL, check=True
    )
    return path


def pictures(path):
    with av.open(str(path)) as container:
        return [frame.to_ndarray() for frame in container.decode(video=0)]


def copied(source, tmp_path, video=PLAIN, target=SAME):
    """How many pictures of the result are the original's to the last bit."""
    inputs = ClipInputs(source, Story(id="s"), video, Group(name="KIM"), tmp_path / "work")
    made = make_video(inputs, target, tmp_path / "out.mp4", SilentProgress())
    after, before = pictures(made.path), Counter(picture.tobytes() for picture in pictures(source))
    assert len(after) == 60
    return sum(picture.tobytes() in before for picture in after)


def test_an_untouched_clip_is_copied_exactly(source, tmp_path):
    assert copied(source, tmp_path) >= 50
    made, original = pictures(tmp_path / "out.mp4"), pictures(source)
    for number, picture in enumerate(made):
        assert np.abs(picture.astype(int) - original[21 + number]).mean() < 1
    assert b"x264" in source.read_bytes()  # what the recorder says of itself
    assert b"x264" not in (tmp_path / "out.mp4").read_bytes()


@pytest.mark.parametrize(
    "changes",
    [
        {"logo": True},
        {"fade": 0.2},
        {"covers": (Cover(box=(0.1, 0.1, 0.2, 0.2)),)},
        {"title": "Panen raya"},
    ],
)
def test_what_lies_over_it_is_encoded(source, tmp_path, changes):
    assert copied(source, tmp_path, msgspec.structs.replace(PLAIN, **changes)) == 0


def test_another_size_or_a_tight_limit_is_encoded(source, tmp_path):
    assert copied(source, tmp_path, target=VideoTarget((216, 384))) == 0
    assert copied(source, tmp_path, target=VideoTarget((384, 216), max_bytes=90_000)) == 0
    assert (tmp_path / "out.mp4").stat().st_size <= 90_000

"""Covers of clips of every kind: the mark under a cover is in no picture of anything; the pictures are the asked ones.

Many more cases: ``bench/covered_clips.py``.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.services.clip_preparation import needs_copy
from studio.video.probe import probe_clip
from tests.video.covering import Case, case_of, faults
from tests.video.marked import MATRICES, Recording, make

KINDS = {
    "a clock as coarse as the frames": Case(
        Recording("avi", tuple(range(60)), 15, marked=(30, 34)), ((0.5, 3.5),), (2.0, 2.34), (1.98, 2.33)
    ),
    "a coarse clock in an MP4": Case(
        Recording("mp4", tuple(range(60)), 15, marked=(30, 34), b_frames=2, group=20),
        ((0.41, 3.5),), (2.0, 2.34), (2.3,),
    ),
    "a picture that stands for long": Case(
        Recording("mp4", (*range(0, 1000, 100), *range(26_000, 28_000, 100)), 1000, marked=(10, 29)),
        ((20.0, 25.0), (0.95, 1.5)), (26.0, 30.0), (25.0, 26.05),
    ),
    "cut a few milliseconds after a picture": Case(
        Recording("mkv", tuple(round(at * 1000 / 25) for at in range(75)), 1000, marked=(50, 58)),
        ((1.963, 2.7), (2.005, 2.1)), (2.0, 2.37), (1.963, 2.36),
    ),
    "slow motion": Case(
        Recording("mov", tuple(range(0, 24_000, 100)), 24_000, marked=(100, 109)),
        ((0.3004, 0.6),), (0.4167, 0.4542), (0.43,),
    ),
    "sound that begins before the picture": Case(
        Recording("mkv", tuple(range(300, 2300, 40)), 1000, marked=(0, 3), sound=(0.0, 4.0)),
        ((0.0, 0.7),), (None, 0.43), (0.0,),
    ),
    "a rim cut away, mirrored and turned": Case(
        Recording(
            "mov", tuple(range(0, 2000, 40)), 1000, "quarter mirrored", (21, 8, 7, 30), (0.7, 0.6, 0.2, 0.3), (20, 25)
        ),
        ((0.5, 1.3),), (0.8, 1.02), (0.81, 0.2),
    ),
    "a mark that moves": Case(
        Recording(
            "mp4", tuple(range(0, 1000, 40)), 1000, "quarter", mark=(0.05, 0.6, 0.16, 0.2), marked=(3, 15),
            drift=(0.05, 0.01),
        ),
        ((0.1, 0.7), (0.33, 0.5)), (None, None), (0.14, 0.36, 0.55),
    ),
    "a mark that moves at any pace, mirrored and cut": Case(
        Recording(
            "mov", (0, 40, 60, 200, 230, 900, 940, 960, 1500, 1540), 1000, "mirrored", (12, 8, 4, 6),
            (0.7, 0.75, 0.16, 0.2), (1, 8), drift=(-0.08, -0.02),
        ),
        ((0.05, 0.94), (0.2, 1.5)), (0.04, 1.5), (0.1, 0.9, 1.2), late=0.9,
    ),
    "a rim cut away in Matroska": Case(
        Recording("mkv", tuple(range(0, 2000, 40)), 1000, "mirrored", (32, 0, 0, 6), (0.0, 0.6, 0.2, 0.3), (20, 25)),
        ((0.5, 1.3),), (0.8, 1.02), (0.81, 0.2),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_cover_hides(tmp_path, kind):
    assert faults(KINDS[kind], tmp_path / "case") == []


@settings(max_examples=9, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**9))
def test_a_cover_hides_whatever_the_clip(tmp_path, seed):
    assert faults(case_of(seed), tmp_path / "case") == []


@pytest.mark.parametrize("turn", MATRICES)
def test_every_way_a_picture_can_lie(tmp_path, turn):
    recording = Recording("mp4", tuple(range(0, 400, 40)), 1000, turn, mark=(0.1, 0.6, 0.16, 0.3), marked=(3, 6))
    assert faults(Case(recording, ((0.04, 0.36),), (0.12, 0.25), (0.13,)), tmp_path / "case") == []
    assert needs_copy(probe_clip(tmp_path / "case" / "clip.mp4")) == ("mirrored" in turn)  # Qt does not mirror


def leaning(path):
    """An MP4 that asks to be turned by ten degrees."""
    make(Recording("mp4", (0, 40, 80), 1000, "quarter"), path)
    data = path.read_bytes()
    at = data.index(b"tkhd") + 44
    lean = b"".join(value.to_bytes(4, signed=True) for value in (64_540, 11_380, 0, -11_380, 64_540))
    path.write_bytes(data[:at] + lean + data[at + 20 :])


def hardly_anything(path):
    """A MOV whose container leaves four pixels of the picture."""
    make(Recording("mov", (0, 40, 80), 1000, rim=(2, 2, 2, 2)), path)
    data = path.read_bytes()
    at = data.index(b"clap") + 4
    path.write_bytes(data[:at] + (4).to_bytes(4) + data[at + 4 :])


def without_times(path):
    """A bare stream, as surveillance cameras store it."""
    import av

    with av.open(str(path), "w", format="h264") as out:
        stream = out.add_stream("libx264", rate=25)
        stream.width = stream.height = 64
        for _ in range(5):
            out.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        out.mux(stream.encode(None))


@pytest.mark.parametrize(
    ("code", "write", "name"),
    [
        ("video.crooked", leaning, "miring.mp4"),
        ("video.strange_crop", hardly_anything, "sempit.mov"),
        ("video.no_times", without_times, "cctv.mp4"),
    ],
)
def test_what_cannot_be_told_for_sure_is_refused(tmp_path, code, write, name):
    write(tmp_path / name)
    with pytest.raises(UserError) as caught:
        probe_clip(tmp_path / name)
    assert caught.value.code == code
    for language in ("id", "en"):
        assert name in MessageTexts(assets_dir() / "messages", language).explain(caught.value)


def tracks_at_the_end(path):
    """The description of the tracks moved behind the pictures, where an index says that it is: so some writers do."""
    data = bytearray(path.read_bytes())
    segment = data.index(b"\x18\x53\x80\x67")
    content, _ = inside(data, segment)
    seek = data.index(b"\x11\x4d\x9b\x74", content)
    tracks = data.index(b"\x16\x54\xae\x6b", inside(data, seek)[1])
    moved = bytes(data[tracks : inside(data, tracks)[1]])
    place = b"\x53\xab\x84\x16\x54\xae\x6b\x53\xac\x88" + (len(data) - content).to_bytes(8)
    index = b"\x11\x4d\x9b\x74\x95\x4d\xbb\x92" + place
    for at, first in ((seek, b""), (tracks, index)):
        end = inside(data, at)[1]
        nothing = b"\xec" + (1 << 56 | (end - at - len(first) - 9)).to_bytes(8)
        data[at:end] = (first + nothing).ljust(end - at, b"\0")
    size = content - segment - 4
    data[segment + 4 : content] = (1 << 7 * size | (len(data) + len(moved) - content)).to_bytes(size)
    path.write_bytes(bytes(data) + moved)


def inside(data, at):
    """Where the content of a Matroska element with a code of four bytes begins and ends."""
    wide = 9 - data[at + 4].bit_length()
    begin = at + 4 + wide
    return begin, begin + (int.from_bytes(data[at + 4 : begin]) & ((1 << 7 * wide) - 1))


def test_a_crop_told_behind_the_pictures_is_cut(tmp_path):
    path = tmp_path / "clip.mkv"
    make(Recording("mkv", tuple(range(0, 1000, 40)), 1000, rim=(24, 12, 8, 20)), path)
    before = probe_clip(path)
    assert before.orientation.area == (24, 12, 160, 128)
    tracks_at_the_end(path)
    assert probe_clip(path) == before

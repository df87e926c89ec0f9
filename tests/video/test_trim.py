"""Pieces of a clip, exact at both ends: only the pictures at the edges are encoded again."""

from __future__ import annotations

import re

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.base.errors import UserError, WorkCancelled
from studio.base.progress import SilentProgress
from studio.commands.trim import read_cut
from studio.story.model import Cut
from studio.video.parameter_sets import escape_unit, unescape_unit
from studio.video.probe import first_look, probe_clip
from studio.video.smart_writer import decode_times
from studio.video.trim import trim_clip
from tests.commands.test_commands import studio as run_studio
from tests.video.conftest import clicks_in, number_of
from tests.video.marked import Recording, make

X264 = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "12", "-pix_fmt", "yuv420p", "-c:a", "aac")
X265 = ("-c:v", "libx265", "-preset", "ultrafast", "-crf", "12", "-pix_fmt", "yuv420p", "-c:a", "aac", "-tag:v", "hvc1")
ORDINARY = {
    "h264.mp4": (*X264, "-x264-params", "keyint=20:scenecut=0:bframes=3"),
    "h264.ts": (*X264, "-x264-params", "keyint=20:scenecut=0:bframes=2"),
    "h264.mkv": (*X264, "-x264-params", "keyint=20:scenecut=0:bframes=0"),
    "hevc.mp4": (*X265, "-x265-params", "log-level=none:keyint=20:scenecut=0:open-gop=0:bframes=3"),
}
ODD = {
    "open.mp4": ((*X264, "-x264-params", "keyint=20:scenecut=0:bframes=3:open-gop=1"), "video.trim_keyframes"),
    "vp9.webm": (
        ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"),
        "video.trim_codec",
    ),
    "wide.mp4": ((*X264, "-pix_fmt", "yuv422p"), "video.trim_codec"),
}


def pictures(path):
    with av.open(str(path)) as container:
        start = (container.start_time or 0) / 1_000_000
        return [(frame.time - start, frame.to_ndarray(), frame) for frame in container.decode(video=0)]


@pytest.mark.parametrize("name", ORDINARY)
def test_both_ends_are_exact_and_the_middle_is_the_originals(workshop, tmp_path, name):
    source = workshop.clip(name, *ORDINARY[name])
    made = trim_clip(source, [Cut(start=0.3, end=1.5), Cut(start=1.7, end=2.3)], tmp_path / "out.mp4", SilentProgress())
    assert made.copied > 0.5
    assert made.notices == ()
    before, after = pictures(source), pictures(made.path)
    first = [number_of(frame.to_ndarray(format="rgb24")) for _, _, frame in after]
    late = before[0][0]  # of a transport stream: the sound begins before the picture
    begin, other = round((0.3 - late) * 30), round((1.7 - late) * 30)
    assert first == [*range(begin, begin + 36), *range(other, other + 18)]
    same = [np.array_equal(pixels, before[number][1]) for number, (_, pixels, _) in zip(first, after, strict=True)]
    assert sum(same) >= made.copied * len(after)
    times = [time for time, _, _ in after]
    assert np.allclose(times, np.arange(54) / 30, atol=0.0015)
    heard = clicks_in(source)  # a transport stream does not tell that its sound begins with a filled block
    wanted = [at - 0.3 for at in heard if 0.4 < at < 1.4] + [1.2 + at - 1.7 for at in heard if 1.8 < at < 2.2]
    assert np.allclose(clicks_in(made.path), wanted, atol=0.003)
    with av.open(str(made.path)) as file:
        assert float(file.streams.audio[0].duration * file.streams.audio[0].time_base) == pytest.approx(1.8, abs=0.001)


@pytest.mark.parametrize("name", ODD)
def test_what_cannot_be_copied_is_said_and_encoded(workshop, tmp_path, name):
    options, why = ODD[name]
    made = trim_clip(workshop.clip(name, *options), [Cut(start=0.3, end=1.3)], tmp_path / "out.mp4", SilentProgress())
    assert [notice.code for notice in made.notices] == [why]
    assert made.copied == 0
    assert [number_of(frame.to_ndarray(format="rgb24")) for _, _, frame in pictures(made.path)] == list(range(9, 39))


def test_what_another_program_hid_does_not_come_along(workshop, tmp_path):
    source = workshop.clip("h264.mp4", *ORDINARY["h264.mp4"])
    workshop.ff("-ss", "0.5", "-i", source.name, "-c", "copy", str(tmp_path / "hidden.mp4"))
    made = trim_clip(tmp_path / "hidden.mp4", [Cut(start=0.0, end=1.0)], tmp_path / "out.mp4", SilentProgress())
    assert [notice.code for notice in made.notices] == ["video.trim_edits"]
    shown = [number_of(frame.to_ndarray(format="rgb24")) for _, _, frame in pictures(made.path)]
    assert shown == list(range(15, 45))


def test_uneven_turned_and_silent(tmp_path):
    """Pictures keep their own times, the way they are turned, and a stretch between two keyframes is encoded."""
    times = tuple(np.cumsum([0, *([40, 20, 60, 30] * 12)]).tolist())
    source = make(Recording("mp4", times, 1000, turn="quarter", group=10, b_frames=2), tmp_path / "in.mp4")
    made = trim_clip(source.path, [Cut(start=0.11, end=1.3)], tmp_path / "out.mp4", SilentProgress())
    assert made.copied > 0.5
    first = source.standing(0.11)
    kept = [0.0, *(at - 0.11 for at in source.seconds if source.seconds[first] < at < 1.299)]
    assert np.allclose([time for time, _, _ in pictures(made.path)], kept, atol=0.0011)
    assert first_look(made.path)[0].orientation == first_look(source.path)[0].orientation
    assert probe_clip(made.path).sound is None
    assert probe_clip(made.path).seconds == pytest.approx(1.19, abs=0.1)


def test_place_and_device_stay_at_home(workshop, tmp_path):
    source = workshop.clip("h264.mp4", *ORDINARY["h264.mp4"])
    tags = ("-metadata", "location=-6.9+107.6/", "-metadata", "model=Ponsel Rahasia", "-movflags", "use_metadata_tags")
    workshop.ff("-i", source.name, "-c", "copy", *tags, str(tmp_path / "in.mp4"))
    made = trim_clip(tmp_path / "in.mp4", [Cut(start=0.3, end=1.3)], tmp_path / "out.mp4", SilentProgress())
    assert made.copied
    data = made.path.read_bytes()
    assert b"107.6" not in data
    assert b"Rahasia" not in data


class _Stops:
    """Cancels at the given report."""

    def __init__(self, at: int) -> None:
        self.left = at

    def report(self, done: float, total: float, what: str) -> None:
        self.left -= 1
        if self.left < 0:
            raise WorkCancelled


@pytest.mark.parametrize("at", [0, 3, 8])
def test_cancelling_leaves_nothing(workshop, tmp_path, at):
    source = workshop.clip("h264.mp4", *ORDINARY["h264.mp4"])
    with pytest.raises(WorkCancelled):
        trim_clip(source, [Cut(start=0.3, end=2.3)], tmp_path / "out.mp4", _Stops(at))
    assert list(tmp_path.iterdir()) == []


def test_the_command(workshop, tmp_path):
    source = workshop.clip("h264.mp4", *ORDINARY["h264.mp4"])
    out = tmp_path / "potong.mp4"
    done = run_studio("trim", str(source), "--cut", "0:00,3-1.5", "--cut", "1.7-2.3", "-o", str(out))
    assert done.returncode == 0, done.stderr
    assert re.search(r"1,8 detik, \d\d % gambarnya disalin", done.stdout)
    assert len(pictures(out)) == 54
    again = run_studio("trim", str(source), "--cut", "0.3-1.5", "-o", str(out))
    assert (again.returncode, "tidak ditimpa" in again.stderr) == (1, True)
    wrong = run_studio("trim", str(source), "--cut", "9-2", "-o", str(tmp_path / "x.mp4"), language="en_GB.UTF-8")
    assert (wrong.returncode, '"9-2"' in wrong.stderr) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["potong.mp4"]


def test_what_a_killed_trim_left_is_swept(workshop, tmp_path):
    left = tmp_path / ".kim-potong-abc"
    left.mkdir()
    (left / "dipakai").touch()
    (left / "result.mp4").write_bytes(b"half")
    source = workshop.clip("h264.mp4", *ORDINARY["h264.mp4"])
    trim_clip(source, [Cut(start=0.3, end=1.3)], tmp_path / "a.mp4", SilentProgress())
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]


def test_cuts_as_people_type_them():
    assert read_cut("1:02,5-1:10") == Cut(start=62.5, end=70)
    assert read_cut(" 2 – 9.5 ") == Cut(start=2, end=9.5)
    assert [read_cut(text) for text in ("", "2", "9-2", "a-b", "2-2", "-3-4")] == [None] * 6


@pytest.mark.parametrize(("out", "why"), [("a.mkv", "video.trim_ending"), ("no/a.mp4", "video.trim_folder")])
def test_a_result_that_cannot_be(workshop, tmp_path, out, why):
    source = workshop.clip("h264.mp4", *ORDINARY["h264.mp4"])
    with pytest.raises(UserError) as caught:
        trim_clip(source, [Cut(start=0.3, end=1.3)], tmp_path / out, SilentProgress())
    assert caught.value.code == why


@given(st.permutations(range(7)))
def test_times_of_decoding_rise_and_come_before_showing(shown):
    times = decode_times(shown)
    assert times == sorted(set(times))
    assert all(dts <= pts for dts, pts in zip(times, shown, strict=True))


@given(st.lists(st.sampled_from([0, 0, 0, 1, 3, 255]), max_size=12))
def test_start_codes_are_kept_out_and_come_back(data):
    hidden = escape_unit(bytes(data))
    assert not re.search(rb"\0\0[\0-\2]", hidden)
    assert unescape_unit(hidden) == bytes(data)

"""What a clip is, and why a file is none."""

from __future__ import annotations

from itertools import accumulate, pairwise
from random import Random

import pytest

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.story.model import Cut
from studio.video.ffmpeg_arguments import compile_plan
from studio.video.frame_spans import settle_job
from studio.video.job import VideoFormat
from studio.video.probe import probe_clip
from tests.video.marked import Recording, make

X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac")


@pytest.fixture(scope="module")
def plain(workshop):
    return workshop.clip("plain.mp4", *X264, "-movflags", "+faststart")


def test_facts(workshop, plain):
    clip = probe_clip(plain)
    assert (clip.width, clip.height, clip.orientation.quarters) == (192, 108, 0)
    assert abs(clip.seconds - 2.5) < 0.04
    assert clip.fps == 30
    assert (clip.codec, clip.depth, clip.transfer) == ("h264", 8, "sdr")
    assert clip.sound is not None
    assert (clip.sound.codec, clip.sound.rate, clip.sound.channels) == ("aac", 48_000, 2)
    assert clip.notices == ()


def test_wide_pixels_and_interlacing(workshop):
    clip = probe_clip(workshop.clip("sar.mp4", "-vf", "scale=96:108,setsar=2", *X264))
    assert (clip.width, clip.height) == (192, 108)
    laced = ("-vf", "interlace", "-flags", "+ildct+ilme")
    assert probe_clip(workshop.clip("laced.mp4", *laced, *X264)).interlaced


def test_a_copy_that_stopped_early_is_used_as_far_as_it_goes(workshop, plain, tmp_path):
    data = plain.read_bytes()
    half = tmp_path / "half.mp4"
    half.write_bytes(data[: len(data) * 6 // 10])
    clip = probe_clip(half)
    assert 0.2 < clip.seconds < 2.2
    assert [notice.code for notice in clip.notices] == ["video.truncated"]
    result = workshop.make(workshop.job(half), tmp_path)
    assert result.numbers[:6] == list(range(6))


@pytest.mark.parametrize("ending", ["mkv", "avi"])
def test_cut_short_without_an_index_in_front(workshop, tmp_path, ending):
    data = workshop.clip(f"plain.{ending}", *X264[:6], "-c:a", "mp3").read_bytes()
    half = tmp_path / f"half.{ending}"
    half.write_bytes(data[: len(data) * 6 // 10])
    clip = probe_clip(half)
    assert 0.2 < clip.seconds < 2.2
    workshop.make(workshop.job(half), tmp_path)


def test_the_rate_is_the_one_that_comes(tmp_path):
    """A browser writes 30 frames a second into the head and sends what it can; some readers make 1000 of it."""
    dice = Random(3)
    times = tuple(accumulate((dice.randint(10, 200) for _ in range(59)), initial=0))
    made = make(Recording("webm", times, 1000), tmp_path / "browser.webm")
    clip = probe_clip(made.path)
    assert clip.variable
    assert clip.hold == pytest.approx(max(after - before for before, after in pairwise(times)) / 1000, abs=0.002)
    assert 5 < clip.fps < 15
    even = probe_clip(make(Recording("webm", tuple(range(0, 2000, 40)), 1000), tmp_path / "even.webm").path)
    assert (even.fps, even.variable) == (pytest.approx(25, abs=0.1), False)


def test_pieces_of_a_transport_stream_are_sought(workshop):
    """Six of them took twenty times what they take in an MP4: each was decoded from the start."""
    path = workshop.clip("sought.ts", *X264[:6], "-g", "15", "-c:a", "aac")
    job = settle_job(workshop.job(path, [Cut(start=1.0, end=1.3), Cut(start=1.9, end=2.2)]))
    args = compile_plan(job, [VideoFormat(192, 108, "x.mp4")]).args
    starts = [float(args[at + 1]) for at, word in enumerate(args) if word == "-ss"]
    assert len(starts) == 2
    assert 0.2 < starts[0] < 1.0
    assert 1.1 < starts[1] < 1.9


def broken(workshop, plain, folder):
    data = plain.read_bytes()
    (folder / "empty.mp4").write_bytes(b"")
    (folder / "noise.mp4").write_bytes(bytes(range(256)) * 40)
    (folder / "text.mp4").write_text("Berita hari ini", encoding="utf-8")
    late = workshop.clip("late-index.mp4", *X264).read_bytes()
    (folder / "unfinished.mp4").write_bytes(late[: late.index(b"moov") - 4])
    (folder / "head.mp4").write_bytes(data[:40])
    (folder / "list.mp4").write_text("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n", encoding="utf-8")
    (folder / "script.mp4").write_text("ffconcat version 1.0\nfile plain.mp4\n", encoding="utf-8")
    _, clicks = workshop.master()
    workshop.ff("-i", clicks.name, "-c:a", "aac", str(folder / "sound.m4a"))
    return {
        "missing.mp4": "video.missing",
        "empty.mp4": "video.empty",
        "noise.mp4": "video.not_video",
        "text.mp4": "video.not_video",
        "unfinished.mp4": "video.no_index",
        "head.mp4": "video.no_index",
        "list.mp4": "video.not_video",
        "script.mp4": "video.not_video",
        "sound.m4a": "video.no_picture",
    }


def test_broken_files_are_explained(workshop, plain, tmp_path):
    texts = MessageTexts(assets_dir() / "messages")
    for name, code in broken(workshop, plain, tmp_path).items():
        with pytest.raises(UserError) as caught:
            probe_clip(tmp_path / name)
        assert caught.value.code == code, name
        assert name in texts.explain(caught.value)

"""What a clip is, and why a file is none."""

from __future__ import annotations

import pytest

from studio.base.errors import UserError
from studio.base.i18n import Texts
from studio.base.paths import assets_dir
from studio.video.probe import probe

X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac")


@pytest.fixture(scope="module")
def plain(workshop):
    return workshop.clip("plain.mp4", *X264, "-movflags", "+faststart")


def test_facts(workshop, plain):
    clip = probe(plain)
    assert (clip.width, clip.height, clip.orientation.quarters) == (192, 108, 0)
    assert abs(clip.seconds - 2.5) < 0.04
    assert clip.fps == 30
    assert (clip.codec, clip.depth, clip.transfer) == ("h264", 8, "sdr")
    assert clip.sound is not None
    assert (clip.sound.codec, clip.sound.rate, clip.sound.channels) == ("aac", 48_000, 2)
    assert clip.notices == ()


def test_wide_pixels_and_interlacing(workshop):
    clip = probe(workshop.clip("sar.mp4", "-vf", "scale=96:108,setsar=2", *X264))
    assert (clip.width, clip.height) == (192, 108)
    laced = ("-vf", "interlace", "-flags", "+ildct+ilme")
    assert probe(workshop.clip("laced.mp4", *laced, *X264)).interlaced


def test_a_copy_that_stopped_early_is_used_as_far_as_it_goes(workshop, plain, tmp_path):
    data = plain.read_bytes()
    half = tmp_path / "half.mp4"
    half.write_bytes(data[: len(data) * 6 // 10])
    clip = probe(half)
    assert 0.2 < clip.seconds < 2.2
    assert [notice.code for notice in clip.notices] == ["video.truncated"]
    result = workshop.make(workshop.job(half), tmp_path)
    assert result.numbers[:6] == list(range(6))


@pytest.mark.parametrize("ending", ["mkv", "avi"])
def test_cut_short_without_an_index_in_front(workshop, tmp_path, ending):
    data = workshop.clip(f"plain.{ending}", *X264[:6], "-c:a", "mp3").read_bytes()
    half = tmp_path / f"half.{ending}"
    half.write_bytes(data[: len(data) * 6 // 10])
    clip = probe(half)
    assert 0.2 < clip.seconds < 2.2
    workshop.make(workshop.job(half), tmp_path)


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
    texts = Texts(assets_dir() / "messages")
    for name, code in broken(workshop, plain, tmp_path).items():
        with pytest.raises(UserError) as caught:
            probe(tmp_path / name)
        assert caught.value.code == code, name
        assert name in texts.explain(caught.value)

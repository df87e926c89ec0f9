"""Finished files: parts that survive a power cut, limits of bytes, cancelling, and nothing left behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import namedtuple
from pathlib import Path

import numpy as np
import pytest

from studio.base.errors import UserError, WorkCancelled
from studio.base.progress import SilentProgress
from studio.story.model import Cover, Cut
from studio.video import encode as encoding
from studio.video import ffmpeg_process, result_parts
from studio.video.binary import can_tone_map
from studio.video.byte_limit import ENOUGH, fit_size, longest_for
from studio.video.encode import encode_targets, encode_under
from studio.video.job import EncoderRate, ImageOverlay, SubtitleImage, SubtitleTrack, VideoFormat
from studio.video.probe import probe_clip
from studio.video.verify import verify_video

X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "30", "-c:a", "aac")


@pytest.fixture(scope="module")
def plain(workshop):
    return workshop.clip("whole.mp4", *X264)


@pytest.fixture
def short_parts(monkeypatch):
    monkeypatch.setattr(result_parts, "PART", 0.5)
    monkeypatch.setattr(result_parts, "_WHOLE", 0.6)


class Recorder:
    def __init__(self, stop_after=None, raising=WorkCancelled):
        self.reports = []
        self.stop_after = stop_after
        self.raising = raising

    def report(self, done, total, what):
        self.reports.append((done, total))
        if self.stop_after is not None and len(self.reports) > self.stop_after:
            raise self.raising


def test_parts_make_the_same_video(workshop, plain, tmp_path, short_parts):
    job = workshop.job(plain, [Cut(start=0.5, end=2.4), Cut(start=0.1, end=0.5)], lead=6, tail=6)
    progress = Recorder()
    out = tmp_path / "result.mp4"
    encode_targets(job, [VideoFormat(108, 192, str(out))], tmp_path, progress, "x")
    result = workshop.read(out)
    assert result.numbers == [15] * 6 + [*range(15, 72), *range(3, 15)] + [14] * 6
    assert [round(at, 1) for at in result.clicks] == [0.2, 0.7, 1.2, 1.7, 2.1] or len(result.clicks) >= 4
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".mp4"] == ["result.mp4"]
    assert all(0 <= done <= total for done, total in progress.reports)
    assert [done for done, _ in progress.reports] == sorted(done for done, _ in progress.reports)


def test_a_power_cut_costs_one_part(workshop, plain, tmp_path, short_parts, monkeypatch):
    made = []
    real = encoding.run_plan

    def counted(plan, seconds, progress, what, folder):
        if len(made) == 2 and not (tmp_path / "cut").exists():
            (tmp_path / "cut").touch()
            raise KeyboardInterrupt
        made.append(plan)
        real(plan, seconds, progress, what, folder)

    monkeypatch.setattr(encoding, "run_plan", counted)
    job, target = workshop.job(plain), VideoFormat(108, 192, str(tmp_path / "result.mp4"))
    with pytest.raises(KeyboardInterrupt):
        encode_targets(job, [target], tmp_path, SilentProgress(), "x")
    assert len(made) == 2
    encode_targets(job, [target], tmp_path, SilentProgress(), "x")
    assert len(made) == 5 + 1, "three parts were missing, and the sound"
    assert workshop.read(tmp_path / "result.mp4").numbers == list(range(75))


def test_parts_of_other_edits_are_not_used(workshop, plain, tmp_path, short_parts, monkeypatch):
    mark = tmp_path / "mark.png"
    picture(mark, (20, 20), (255, 0, 0, 255))
    target = VideoFormat(108, 192, str(tmp_path / "result.mp4"), (ImageOverlay(str(mark), 4, 4),))
    real = encoding._join_parts
    monkeypatch.setattr(encoding, "_join_parts", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        encode_targets(workshop.job(plain), [target], tmp_path, SilentProgress(), "x")
    picture(mark, (20, 20), (0, 0, 255, 255))
    monkeypatch.setattr(encoding, "_join_parts", real)
    encode_targets(workshop.job(plain), [target], tmp_path, SilentProgress(), "x")
    for frame in workshop.read(tmp_path / "result.mp4").frames[::10]:
        assert is_blue(frame[10, 10])


@pytest.mark.parametrize("reports", [0, 1])
def test_cancelling_leaves_nothing(workshop, plain, tmp_path, reports):
    job = workshop.job(plain, [Cut(start=0, end=2.5)] * 6)
    with pytest.raises(WorkCancelled):
        encode_targets(job, [VideoFormat(1080, 1920, str(tmp_path / "a.mp4"))], tmp_path, Recorder(reports), "x")
    assert list(tmp_path.iterdir()) == []
    assert not processes(str(tmp_path))


def processes(text: str) -> list[int]:
    """Processes whose command line holds ``text`` (Linux)."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if text in line and "ffmpeg" in line and int(folder.name) != os.getpid():
            found.append(int(folder.name))
    return found


LONG = """
import sys
from pathlib import Path
from studio.base.progress import SilentProgress
from studio.video.encode import encode_targets
from studio.video.job import KeptPiece, VideoFormat, VideoJob
from studio.video.probe import probe_clip
clip = probe_clip(Path(sys.argv[1]))
job = VideoJob(clip, tuple(KeptPiece(0.0, 75) for _ in range(8)) )
encode_targets(job, [VideoFormat(1080, 1920, sys.argv[2] + "/a.mp4")], Path(sys.argv[2]), SilentProgress(), "x")
"""


@pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("setpriv"), reason="needs the kernel's help (Linux with setpriv)"
)
def test_ffmpeg_dies_with_its_parent(plain, tmp_path):
    parent = subprocess.Popen([sys.executable, "-c", LONG, str(plain), str(tmp_path)])
    deadline = time.monotonic() + 60
    while not processes(str(tmp_path)) and time.monotonic() < deadline and parent.poll() is None:
        time.sleep(0.02)
    assert processes(str(tmp_path)), "the encode never began"
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    deadline = time.monotonic() + 60
    while processes(str(tmp_path)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert processes(str(tmp_path)) == []
    assert not (tmp_path / "a.mp4").exists()


def test_what_a_killed_run_left_is_cleared(workshop, plain, tmp_path):
    stale = tmp_path / "old.part.mp4"
    stale.write_bytes(b"half")
    encode_targets(
        workshop.job(plain), [VideoFormat(108, 192, str(tmp_path / "a.mp4"))], tmp_path, SilentProgress(), "x"
    )
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.mp4"]


def test_a_full_disk_is_told_before_starting(workshop, plain, tmp_path, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(encoding.shutil, "disk_usage", lambda _: usage(10**9, 10**9, 1_000_000))
    with pytest.raises(UserError) as caught:
        encode_targets(
            workshop.job(plain), [VideoFormat(108, 192, str(tmp_path / "a.mp4"))], tmp_path, SilentProgress(), "x"
        )
    assert caught.value.code == "error.disk_full"


def test_what_ffmpeg_says_is_passed_on(tmp_path):
    with pytest.raises(UserError) as caught:
        ffmpeg_process.run_ffmpeg(
            ["-hide_banner", "-loglevel", "error", "-i", "nothing.mp4", "x.mp4"], lambda _: None, tmp_path
        )
    assert caught.value.code == "video.failed"
    assert "nothing.mp4" in str(caught.value.facts["detail"])


@pytest.mark.parametrize("text", ["#!/bin/sh\n", None])
def test_an_ffmpeg_that_may_not_run_says_so(tmp_path, monkeypatch, text):
    program = tmp_path / "ffmpeg"
    if text is not None:
        program.write_text(text)  # there, but no program for anybody
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(program))
    for run_it in (lambda: ffmpeg_process.run_ffmpeg(["-version"], lambda _: None, tmp_path), can_tone_map):
        with pytest.raises(UserError) as caught:
            run_it()
        assert caught.value.code == "video.barred"
        assert caught.value.facts["file"] == str(program)
        assert caught.value.facts["detail"] in {"Permission denied", "No such file or directory"}


LACKING = "echo ffmpeg: error while loading shared libraries: libx.so.9: cannot open >&2"
OLDER = 'echo "ffmpeg: /lib/libc.so.6: version \\`GLIBC_2.99 not found (required by ffmpeg)" >&2'


@pytest.mark.parametrize(
    ("does", "code", "told"),
    [
        ("exit 126", "video.barred", "126"),
        ("exit 127", "video.barred", "127"),
        ("exit 7", "video.silent", "7"),
        (f"{LACKING}; exit 127", "video.barred", "libx.so.9: cannot open"),
        (f"{OLDER}; exit 1", "video.barred", "version `GLIBC_2.99 not found (required by ffmpeg)"),
        ("echo ffmpeg: 1: ELF: not found >&2; exit 127", "video.barred", "ffmpeg: 1: ELF: not found"),
        ("echo Invalid data found >&2; exit 1", "video.failed", "Invalid data found"),
    ],
)
def test_an_ffmpeg_that_does_not_run_is_told_with_a_remedy(tmp_path, monkeypatch, does, code, told):
    program = tmp_path / "ffmpeg"
    program.write_text(f"#!/bin/sh\n{does}\n")
    program.chmod(0o755)
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(program))
    with pytest.raises(UserError) as caught:
        ffmpeg_process.run_ffmpeg(["-version"], lambda _: None, tmp_path)
    assert caught.value.code == code
    assert told in map(str, caught.value.facts.values())


def test_a_hung_ffmpeg_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(ffmpeg_process, "_PATIENCE", 0.3)
    monkeypatch.setattr(ffmpeg_process, "_GRACE", 0.2)
    with pytest.raises(UserError) as caught:
        ffmpeg_process.run_ffmpeg(
            ["-v", "error", "-f", "s16le", "-i", "pipe:0", "-f", "null", "-"], lambda _: None, tmp_path
        )
    assert caught.value.code == "video.hung"


def test_a_short_result_is_refused(workshop, plain):
    assert verify_video(plain, 75, 30).frames == 75
    with pytest.raises(UserError) as caught:
        verify_video(plain, 76, 30)
    assert caught.value.code == "video.incomplete"
    with pytest.raises(UserError):
        verify_video(workshop.clip("no-sound.mp4", *X264[:8], sound=False), 75, 30)


def test_a_result_that_breaks_off_is_refused(workshop, plain, tmp_path):
    data = workshop.clip("front.mp4", *X264, "-movflags", "+faststart").read_bytes()
    for share in (0.5, 0.98):
        half = tmp_path / "half.mp4"
        half.write_bytes(data[: int(len(data) * share)])
        with pytest.raises(UserError):
            verify_video(half, 75, 30)


def picture(path, size, color):
    from PIL import Image

    Image.new("RGBA", size, color).save(path)


def test_layers_come_and_go_at_their_frames(workshop, plain, tmp_path):
    for name, color in {"red": (255, 0, 0, 255), "blue": (0, 0, 255, 255), "none": (0, 0, 0, 0)}.items():
        picture(tmp_path / f"{name}.png", (108, 20), color)
    red, blue, none = (str(tmp_path / f"{name}.png") for name in ("red", "blue", "none"))
    layers = (
        SubtitleTrack(
            0, 0, none, (SubtitleImage(red, 10, 20), SubtitleImage(blue, 20, 25), SubtitleImage(red, 40, 41))
        ),
        ImageOverlay(blue, 0, 100, 30, 12, 4, 4),
        ImageOverlay(red, 0, 150),
    )
    result = workshop.make(workshop.job(plain), tmp_path / "w", layers=layers)

    def shows(frame, y, channel):
        pixel = frame[y, 50].astype(int)
        return bool(pixel[channel] - pixel[(channel + 1) % 3] > 120)

    assert [n for n, frame in enumerate(result.frames) if shows(frame, 8, 0)] == [*range(10, 20), 40]
    assert [n for n, frame in enumerate(result.frames) if shows(frame, 8, 2)] == list(range(20, 25))
    middle = [n for n, frame in enumerate(result.frames) if shows(frame, 108, 2)]
    assert set(range(34, 38)) <= set(middle) <= set(range(30, 42))
    assert all(shows(frame, 158, 0) for frame in result.frames)


def noise_clip(workshop, name="noise.mp4", seconds=6):
    path = workshop.folder / name
    if not path.exists():
        rng = np.random.default_rng(5)
        small = rng.integers(0, 255, (seconds * 10, 27, 48, 3), dtype=np.uint8)
        _, clicks = workshop.master()
        workshop.ff(
            *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "48x27", "-r", "10", "-i", "pipe:0", "-stream_loop", "-1"),
            *("-i", clicks.name, "-vf", "scale=384:216:flags=bicubic,fps=30", "-t", str(seconds), *X264, name),
            data=small.tobytes(),
        )
    return path


def test_a_limit_is_used_up_but_not_exceeded(workshop, tmp_path):
    job = workshop.job(noise_clip(workshop))
    limit = 420_000
    fitted = fit_size("noise.mp4", job.seconds, 30, (216, 384), limit)
    target = VideoFormat(fitted.width, fitted.height, str(tmp_path / "a.mp4"), rate=fitted.rate)
    done = encode_under(job, target, limit, tmp_path, SilentProgress(), "x")
    size = (tmp_path / "a.mp4").stat().st_size
    assert 0.9 * limit <= size <= limit
    assert done.tries <= 2
    assert done.checked.bytes == size
    assert [file.name for file in tmp_path.iterdir()] == ["a.mp4"]


def test_an_uneven_clip_needs_the_second_pass(workshop, tmp_path):
    calm, busy = workshop.clip("calm.mp4", *X264), noise_clip(workshop)
    uneven = workshop.folder / "uneven.mp4"
    if not uneven.exists():
        still = "[0:v]scale=384:216,setsar=1,tpad=stop_mode=clone:stop_duration=8,trim=end=9[a]"
        graph = f"{still};[1:v]setsar=1,trim=end=3[b];[a][b]concat"
        workshop.ff("-i", calm.name, "-i", busy.name, "-i", "clicks-2.5-48000-2.wav", "-filter_complex", graph,
                    "-map", "2:a", "-af", "apad", "-t", "12", *X264, uneven.name)  # fmt: skip
    job = workshop.job(uneven)
    limit = 420_000
    fitted = fit_size("uneven.mp4", job.seconds, 30, (216, 384), limit)
    target = VideoFormat(fitted.width, fitted.height, str(tmp_path / "a.mp4"), rate=fitted.rate)
    done = encode_under(job, target, limit, tmp_path, SilentProgress(), "x")
    assert done.tries in (2, 3), "a burst among stills is the hardest there is"
    assert 0.9 * limit <= (tmp_path / "a.mp4").stat().st_size <= limit


def test_a_power_cut_in_the_second_pass_keeps_the_first(workshop, tmp_path, monkeypatch):
    still = workshop.folder / "burst.mp4"
    if not still.exists():
        graph = "[0:v]scale=384:216,setsar=1,tpad=stop_mode=clone:stop_duration=3,trim=end=4[a];"
        graph += "[1:v]setsar=1,trim=end=2[b];[a][b]concat"
        inputs = ("-i", workshop.clip("calm.mp4", *X264).name, "-i", noise_clip(workshop).name)
        workshop.ff(*inputs, "-filter_complex", graph, *X264[:8], still.name)
    job, limit = workshop.job(still), 260_000
    fitted = fit_size("x", job.seconds, 30, (216, 384), limit)
    target = VideoFormat(fitted.width, fitted.height, str(tmp_path / "a.mp4"), rate=fitted.rate)
    runs = []
    real = encoding.run_plan

    def cut(plan, *rest):
        runs.append("2" if plan.args[plan.args.index("-pass") + 1] == "2" else "1")
        if runs == ["1", "2"]:
            raise KeyboardInterrupt
        real(plan, *rest)

    monkeypatch.setattr(encoding, "run_plan", cut)
    with pytest.raises(KeyboardInterrupt):
        encode_under(job, target, limit, tmp_path, SilentProgress(), "x")
    done = encode_under(job, target, limit, tmp_path, SilentProgress(), "x")
    assert runs[:3] == ["1", "2", "2"], "the first pass is not made again"
    assert done.tries == len(runs) - 1
    assert done.checked.bytes <= limit
    assert [file.name for file in tmp_path.iterdir()] == ["a.mp4"]


def test_an_easy_clip_stays_small(workshop, plain, tmp_path):
    job = workshop.job(plain)
    fitted = fit_size("a", job.seconds, 30, (108, 192), 16_000_000)
    assert (fitted.width, fitted.height) == (108, 192)
    target = VideoFormat(108, 192, str(tmp_path / "a.mp4"), rate=fitted.rate)
    done = encode_under(job, target, 16_000_000, tmp_path, SilentProgress(), "x")
    assert done.tries == 1


def test_the_ladder():
    seen = []
    for seconds in (5, 30, 60, 120, 240, 400):
        fitted = fit_size("a.mp4", seconds, 30, (1080, 1920), 16_000_000)
        seen.append(fitted.width)
        assert fitted.rate.audio >= 48
        assert fitted.width % 2 == fitted.height % 2 == 0
        assert abs(fitted.width / fitted.height / (1080 / 1920) - 1) < 0.01
        bits = (fitted.rate.peak or 0) * 1000 / (fitted.width * fitted.height * 30)
        assert bits > ENOUGH * 0.6
        assert ((fitted.rate.peak or 0) + fitted.rate.audio) * 1000 / 8 * seconds < 16_000_000
    assert seen == sorted(seen, reverse=True)
    assert seen[0] == 1080 > seen[-1]


def test_too_long_for_the_limit_is_refused_with_a_way_out():
    with pytest.raises(UserError) as caught:
        fit_size("a.mp4", 1500, 30, (1080, 1920), 16_000_000)
    assert caught.value.code == "video.too_long_for_size"
    facts = caught.value.facts
    assert fit_size("a.mp4", facts["longest"], 30, (1080, 1920), 16_000_000).rate.audio >= 48
    assert fit_size("a.mp4", 1500 / facts["parts"], 30, (1080, 1920), 16_000_000).width == 360
    assert longest_for(30, (1080, 1920), 16_000_000) >= facts["longest"]


def test_covers_hide_for_their_time(workshop, tmp_path):
    from studio.video.clip_job import cover_boxes
    from studio.video.probe import probe_clip

    path = workshop.clip("h264.mp4", *X264)
    covers = cover_boxes(
        probe_clip(path),
        (
            Cover(box=(0.4, 0.0, 0.2, 1.0), start=1.0, end=1.49, color="#ff0000"),
            Cover(box=(0.4, 0.4, 0.2, 0.2), start=2.0, end=9.0, color="#ff0000"),
        ),
    )
    for reframe in ("crop", "pad"):
        job = workshop.job(path, [Cut(start=0.5, end=2.5)], covers=covers, reframe=reframe)
        frames = workshop.make(job, tmp_path / reframe).frames
        red = [n for n, frame in enumerate(frames) if is_red(frame[96, 54])]
        assert set(range(15, 30)) <= set(red)
        assert set(range(45, 60)) <= set(red)
        assert set(red) <= set(range(14, 32)) | set(range(44, 60))


def is_red(pixel):
    return pixel[0] > 150 and pixel[1] < 90 and pixel[2] < 90


def is_blue(pixel):
    return pixel[2] > 150 and pixel[0] < 90


def test_focus_decides_the_crop(workshop, tmp_path):
    path = workshop.folder / "split.mp4"
    if not path.exists():
        graph = "color=red:s=96x108:r=30[a];color=blue:s=96x108:r=30[b];[a][b]hstack"
        workshop.ff("-f", "lavfi", "-i", graph, "-t", "1", "-c:v", "libx264", "-pix_fmt", "yuv420p", path.name)
    cuts = [Cut(start=0, end=0.5, focus=(0.1, 0.5)), Cut(start=0, end=0.5)]
    job = workshop.job(path, cuts, focus=(0.9, 0.5))
    frames = workshop.make(job, tmp_path).frames
    assert all(is_red(frame[96, 54]) for frame in frames[:15])
    assert all(is_blue(frame[96, 54]) for frame in frames[15:])
    padded = workshop.make(workshop.job(path, reframe="pad"), tmp_path).frames[5]
    assert is_red(padded[96, 20])
    assert padded[96, 90, 2] > 150


def test_several_formats_share_one_decode(workshop, plain, tmp_path):
    job = workshop.job(plain, [Cut(start=0.5, end=1.5)])
    targets = [VideoFormat(*size, str(tmp_path / f"{size[0]}.mp4")) for size in ((108, 192), (120, 120), (192, 108))]
    made = encode_targets(job, targets, tmp_path, SilentProgress(), "x")
    for target, done in zip(targets, made, strict=True):
        result = workshop.read(Path(target.out))
        assert (result.width, result.height) == (target.width, target.height)
        assert (done.checked.width, done.checked.height) == (target.width, target.height)
        assert result.numbers == list(range(15, 45))
        assert len(result.clicks) == 2


def test_no_metadata_survives(workshop, tmp_path):
    import av

    path = workshop.clip(
        "place.mp4", *X264, "-metadata", "location=+06.2-106.8/", "-metadata", "make=Phone", "-metadata", "title=Rumah"
    )
    workshop.make(workshop.job(path), tmp_path)
    with av.open(str(tmp_path / "result.mp4")) as container:
        kept = set(container.metadata) | {key for stream in container.streams for key in stream.metadata}
        codec = container.streams.video[0].codec_context
        assert (int(codec.colorspace), int(codec.color_trc), int(codec.color_primaries)) == (1, 1, 1)
    assert kept <= {
        "major_brand",
        "minor_version",
        "compatible_brands",
        "encoder",
        "language",
        "handler_name",
        "vendor_id",
    }
    data = (tmp_path / "result.mp4").read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_rate_is_hashable_and_probe_is_repeatable(plain):
    assert hash(EncoderRate()) == hash(EncoderRate())
    assert probe_clip(plain) == probe_clip(plain)

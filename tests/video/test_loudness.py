"""Every result is as loud as the next."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace

import pytest

from studio.base.progress import SilentProgress
from studio.story.model import Cut
from studio.video.binary import ffmpeg_path
from studio.video.sound import TARGET_LUFS, measure_gain

X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac")


def loudness(path):
    args = [
        ffmpeg_path(),
        "-hide_banner",
        "-nostats",
        "-i",
        str(path),
        "-vn",
        "-af",
        "ebur128=framelog=quiet:peak=true",
    ]
    said = subprocess.run([*args, "-f", "null", "-"], capture_output=True, check=True).stderr.decode()
    return float(re.findall(r"I:\s+(-?[\d.]+) LUFS", said)[-1]), float(re.findall(r"Peak:\s+(-?[\d.]+) dBFS", said)[-1])


def speechlike(workshop, name, volume):
    path = workshop.folder / name
    if not path.exists():
        tone = f"anoisesrc=c=pink:a=0.6:seed=3:d=5,tremolo=f=4:d=0.6,volume={volume}dB"
        workshop.ff("-f", "lavfi", "-i", "testsrc2=s=192x108:r=30:d=5", "-f", "lavfi", "-i", tone, *X264, path.name)
    return path


@pytest.mark.parametrize("volume", [-14, -2])
def test_results_have_one_loudness(workshop, tmp_path, volume):
    job = workshop.job(
        speechlike(workshop, f"speech{volume}.mp4", volume), [Cut(start=2, end=4.5), Cut(start=0, end=1)]
    )
    job = replace(job, gain=measure_gain(job, SilentProgress()))
    workshop.make(job, tmp_path)
    heard, peak = loudness(tmp_path / "result.mp4")
    assert abs(heard - TARGET_LUFS) < 0.7
    assert peak < -0.5


def test_silence_is_not_raised(workshop):
    quiet = workshop.folder / "quiet.mp4"
    source = "anullsrc=r=48000:cl=mono:d=2"
    workshop.ff(
        "-f", "lavfi", "-i", "testsrc2=s=192x108:r=30:d=2", "-f", "lavfi", "-i", source, *X264, "-t", "2", quiet.name
    )
    assert measure_gain(workshop.job(quiet), SilentProgress()) == 0.0
    assert measure_gain(workshop.job(quiet, mute=True), SilentProgress()) == 0.0


def test_hiss_is_raised_by_20_decibels_at_most(workshop):
    assert measure_gain(workshop.job(speechlike(workshop, "hiss.mp4", -40)), SilentProgress()) == 20.0

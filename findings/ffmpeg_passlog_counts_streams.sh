#!/usr/bin/env bash
# Two outputs analysed in one ffmpeg command ("-pass 1 -passlogfile log" on both), each encoded by a second pass of its own (imageio-ffmpeg 0.8.1, ffmpeg 9.0.2, libx264).
# Guess:   statistics are numbered within an output, so "-pass 2 -passlogfile log" finds its own, or says that there are none.
# Happens: the number in "log-N.log" counts the streams of all outputs of the command, sound too. A second pass by itself counts
#          from 0 again and follows, without a word, the statistics of another output: with 400 kbit/s asked for, noise that is
#          encoded by those of a calm picture comes to eight times as much. The log has to be renamed to what the second command
#          will count.
# Source:  fftools/ffmpeg_mux_init.c: the name is made with the index over all outputs (ost_idx, "%s-%d.log"); ffmpeg, "-passlogfile".
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q imageio-ffmpeg==0.8.1
cd "$dir"
venv/bin/python - <<'PY'
import pathlib
import shutil
import subprocess
import sys

import imageio_ffmpeg

FFMPEG = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "error"]
# Two pictures of one length: a calm one, and one of noise with its sound mapped first.
calm, busy = "testsrc=s=160x120:r=25:d=4,format=yuv420p", "testsrc2=s=160x120:r=25:d=4,format=yuv420p,noise=alls=40:allf=t"
code = ["-c:v", "libx264", "-b:v", "400k"]
first = ["-pass", "1", "-passlogfile", "log"]
subprocess.run([*FFMPEG, "-f", "lavfi", "-i", calm, "-f", "lavfi", "-i", busy, "-f", "lavfi", "-i", "sine=d=4",
                "-map", "0", *code, *first, "a.mp4", "-map", "2", "-map", "1", *code, *first, "b.mp4"], check=True)
logs = sorted(path.name for path in pathlib.Path().glob("log-*.log"))


def second_pass(name):
    """Exit code of a second pass of the noise alone, and its kilobits a second."""
    shutil.copy(name, "own-0.log")
    shutil.copy(f"{name}.mbtree", "own-0.log.mbtree")
    run = subprocess.run([*FFMPEG, "-f", "lavfi", "-i", busy, *code, "-pass", "2", "-passlogfile", "own", "c.h264"], check=False)
    return run.returncode, pathlib.Path("c.h264").stat().st_size * 8 / 4 / 1000


print("logs of two outputs, the second with its sound first:", *logs)
own, other = second_pass(logs[-1]), second_pass(logs[0])
print(f"400 kbit/s asked; by its own log: {own[1]:.0f} (exit {own[0]}); by log-0, which it would take: {other[1]:.0f} (exit {other[0]})")
sys.exit(0 if logs == ["log-0.log", "log-2.log"] and own[0] == other[0] == 0 and abs(own[1] - 400) < 40 and other[1] > 1600 else "the behaviour changed")
PY

#!/usr/bin/env bash
# Cutting a clip whose time base is its frame interval (AVI at 15 pictures a second) with ffmpeg's trim and setpts (imageio-ffmpeg 0.8.1, ffmpeg 9.0.2).
# Guess:   "trim=start=0.5,setpts=PTS-0.5/TB" makes half a second on the source's clock into zero: what lay at 2.0 s lies at 1.5 s.
# Happens: setpts gives whole ticks, and drops what is over. With ticks of 1/15 s the shift of 7.5 ticks makes every picture half
#          a tick (33 ms) too early, so an overlay timed by enable='between(t,..)' behind it begins a picture late: for one
#          picture, what it is to hide shows. A finer time base set before (settb) keeps the half tick.
# Source:  libavfilter/setpts.c: the double result is cast to an integer; ffmpeg-filters, "setpts" and "settb".
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q imageio-ffmpeg==0.8.1 numpy==2.4.6
cd "$dir"
venv/bin/python - <<'PY'
import subprocess
import sys

import imageio_ffmpeg
import numpy

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
# A white spot from 2.0 s to 2.4 s of the source, to be covered by a black box for exactly that time of the cut clip.
spot = "drawbox=x=100:y=60:w=80:h=80:color=white:t=fill:enable='between(t,1.99,2.39)'"
source = [FFMPEG, "-y", "-v", "error", "-f", "lavfi", "-i", "color=gray:s=320x240:r=15:d=4", "-vf", spot]
subprocess.run([*source, "-c:v", "mjpeg", "-q:v", "2", "clip.avi"], check=True)
cover = "drawbox=x=90:y=50:w=100:h=100:color=black:t=fill:enable='between(t,1.499,1.899)'"


def bare_pictures(before):
    chain = f"trim=start=0.5,{before}setpts=PTS-0.5/TB,{cover}"
    raw = subprocess.run([FFMPEG, "-v", "error", "-i", "clip.avi", "-vf", chain, "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "gray", "-"],
                         capture_output=True, check=True).stdout
    pictures = numpy.frombuffer(raw, numpy.uint8).reshape(-1, 240, 320)
    return int((pictures[:, 70:130, 110:170].mean(axis=(1, 2)) > 200).sum())


plain, fine = bare_pictures(""), bare_pictures("settb=1/90000,")
print(f"pictures in which the spot shows: time base 1/15: {plain}; time base 1/90000: {fine}")
sys.exit(0 if plain > 0 and fine == 0 else "the behaviour changed")
PY

#!/usr/bin/env bash
# An AVI with H.264 and B-frames, as action cameras and old converters write it, decoded with PyAV (av 18.1.0) and with the ffmpeg program.
# Guess:   decoded frames come in the order they are shown, so frame.pts (and frame.time) rises from frame to frame, as in MP4.
# Happens: the pictures do come in the order they are shown, but their pts go forth and back (1, 3, 2, 4, 6, 5 ...): AVI holds no times of
#          presentation, the demuxer gives each packet one that only counts packets. frame.dts rises, and is what the ffmpeg program
#          (best_effort_timestamp) shows the picture at. A search "first frame with time >= t" by frame.time finds the wrong picture.
# Source:  libavformat/avidec.c and guess_correct_pts in libavcodec/decode.c of FFmpeg 8.1; AVI has no composition times.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q av==18.1.0 imageio-ffmpeg==0.8.1 numpy==2.4.6
cd "$dir"
venv/bin/python - <<'PY'
import re
import subprocess
import sys

import av
import imageio_ffmpeg

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
# Every picture is a little brighter than the one before, so its brightness says which one it is.
source = "color=black:s=320x240:r=10:d=2,geq=lum=40+8*N:cb=128:cr=128"
encoded = ["-c:v", "libx264", "-bf", "2", "-b_strategy", "0", "-qp", "4", "-pix_fmt", "yuv420p"]
subprocess.run([FFMPEG, "-y", "-v", "error", "-f", "lavfi", "-i", source, *encoded, "clip.avi"], check=True)
with av.open("clip.avi") as clip:
    frames = [(frame.pts, frame.dts, frame.to_ndarray(format="gray").mean()) for frame in clip.decode(video=0)]
shown = subprocess.run([FFMPEG, "-i", "clip.avi", "-vf", "showinfo", "-f", "null", "-"], capture_output=True, text=True).stderr
program = [int(found) for found in re.findall(r"n: *\d+ pts: *(\d+)", shown)]
pts, dts, light = zip(*frames)
print(f"PyAV frame.pts {pts[:9]}")
print(f"PyAV frame.dts {dts[:9]}")
print(f"ffmpeg shows at {tuple(program[:9])}")
print(f"brightness      {tuple(round(value) for value in light[:9])}")
dts = [at for at in dts if at is not None]  # the last pictures, flushed out of the decoder, have none
in_order = list(light) == sorted(light)
sys.exit(0 if in_order and list(pts) != sorted(pts) and dts == program[: len(dts)] == sorted(dts) else "the behaviour changed")
PY

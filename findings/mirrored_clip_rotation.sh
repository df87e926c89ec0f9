#!/usr/bin/env bash
# A selfie clip whose display matrix mirrors the picture, read with PyAV (av 18.1.0, FFmpeg 8.1).
# Guess:   VideoFrame.rotation is 0 for a clip that is only mirrored, and turning a frame by it shows what a player shows.
# Happens: a left-right mirror is reported as -180 (turned by it, the picture stands on its head), a top-bottom mirror as 0
#          (shown unturned, it stands on its head too), and a mirrored quarter turn as a plain one. The angle is computed from one
#          column of the 3x3 matrix, so the sign of the determinant is lost; only the matrix itself (side data) tells the truth.
# Source:  libavutil/display.h (av_display_rotation_get), av/video/frame.py of PyAV 18; ffmpeg's own command line looks at the matrix.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q av==18.1.0 imageio-ffmpeg==0.8.1 numpy==2.4.6
cd "$dir"
venv/bin/python - <<'PY'
import struct
import subprocess
import sys

import av
import imageio_ffmpeg

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()


def ffmpeg(*words):
    subprocess.run([FFMPEG, "-y", "-v", "error", *words], check=True)


ffmpeg("-f", "lavfi", "-i", "testsrc2=s=320x240:r=30:d=1", "-c:v", "libx264", "-pix_fmt", "yuv420p", "plain.mp4")
cases = {
    "mirror left-right": (["-display_hflip"], -180, True),
    "mirror top-bottom": (["-display_vflip"], 0, True),
    "quarter turn": (["-display_rotation", "90"], 90, False),
    "mirrored quarter turn": (["-display_rotation", "90", "-display_hflip"], 90, True),
}
changed = False
for name, (options, angle, mirrored) in cases.items():
    ffmpeg(*options, "-i", "plain.mp4", "-c", "copy", "turned.mp4")
    with av.open("turned.mp4") as clip:
        frame = next(clip.decode(video=0))
    matrix = next(struct.unpack("<9i", bytes(side)) for side in frame.side_data if "DISPLAYMATRIX" in str(side.type).upper())
    a, b, c, d = (matrix[k] / 65536 for k in (0, 1, 3, 4))
    print(f"{name}: rotation says {frame.rotation}, the matrix is [{a:+.0f} {b:+.0f} / {c:+.0f} {d:+.0f}], determinant {a * d - b * c:+.0f}")
    changed |= frame.rotation != angle or (a * d - b * c < 0) != mirrored
sys.exit("the behaviour changed" if changed else 0)
PY

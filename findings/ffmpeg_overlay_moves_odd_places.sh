#!/usr/bin/env bash
# A black patch laid over a clip at x=5, y=7 with ffmpeg's overlay (imageio-ffmpeg 0.8.1, ffmpeg 9.0), as to hide a face or a number plate.
# Guess:   the patch lies where it was asked for; only colour, kept at half size in yuv420p, could bleed by a pixel. And if positions had to
#          be even, a clip whose colour is kept at full size (yuv444p) would not need it.
# Happens: the whole patch moves to x=4, y=6, brightness too: the last column and the last row of what was to be hidden stay bare. So it is
#          also in a yuv444p clip, which is brought to yuv420 unasked (the default of the option "format"; "auto" follows the patch, here
#          yuva420p). Only format=yuv444, rgb or gbrp keeps odd places. Nothing is printed. A cover needs even edges, rounded outwards.
# Source:  vf_overlay.c of FFmpeg (normalize_xy takes the low bit away by hsub and vsub); ffmpeg-filters, overlay, "format".
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

WIDE, HIGH, SIDE = 64, 48, 16
ASKED = (5, 7, 5 + SIDE - 1, 7 + SIDE - 1)


def dark_part(clip_format, option):
    """Left, top, right and bottom pixel of what is dark after a patch was laid at ASKED."""
    graph = (
        f"color=white:s={WIDE}x{HIGH}:r=25:d=0.04,format={clip_format}[clip];"
        f"color=black:s={SIDE}x{SIDE}:r=25:d=0.04,format=yuva420p[patch];"
        f"[clip][patch]overlay={ASKED[0]}:{ASKED[1]}{option}[out]"
    )
    asked = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "warning", "-filter_complex", graph, "-map", "[out]", "-frames:v", "1"]
    done = subprocess.run([*asked, "-f", "rawvideo", "-pix_fmt", "gray", "-"], capture_output=True, check=True)
    rows, columns = numpy.where(numpy.frombuffer(done.stdout, numpy.uint8).reshape(HIGH, WIDE) < 128)
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


seen = {}
for clip_format in ("yuv420p", "yuv444p"):
    for option in ("", ":format=auto", ":format=yuv444", ":format=rgb"):
        seen[clip_format, option] = dark_part(clip_format, option)
        print(f"{clip_format} {option or '(as it comes)':16} asked for {ASKED}, dark is {seen[clip_format, option]}")
moved = tuple(edge - 1 for edge in ASKED)
kept = all(part == ASKED for (_, option), part in seen.items() if option in (":format=yuv444", ":format=rgb"))
shifted = all(part == moved for (_, option), part in seen.items() if option in ("", ":format=auto"))
sys.exit(0 if kept and shifted else "the behaviour changed")
PY

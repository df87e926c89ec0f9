#!/usr/bin/env bash
# What a program that ships PyAV's wheel reads about its licence, PyAV 18.1.0 (FFmpeg 8.1).
# Guess:   the licence that libavcodec tells (avcodec_license) is that of all that is linked into it; one that holds x264 and x265, which are
#          under the GPL, says GPL, as FFmpeg's own configure asks for --enable-gpl before it takes them.
# Happens: library_meta says "LGPL version 3 or later" for every library, the configuration has --enable-libx264 and --enable-libx265 without
#          --enable-gpl, and both encoders are there and encode. Whoever writes notices from this field leaves the GPL parts out.
# Source:  av._core.library_meta and av.Codec of the wheel for Linux; the build that PyAV's wheels are made from.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q av==18.1.0
"$dir/venv/bin/python" - <<'PY'
import sys
from fractions import Fraction

import av
from av._core import library_meta

codec = library_meta["libavcodec"]
flags = [flag in codec["configuration"].split() for flag in ("--enable-libx264", "--enable-libx265", "--enable-gpl")]
licences = {part["license"] for name, part in library_meta.items() if name.startswith("lib")}


def first_bytes(name):
    """Of one grey picture, encoded."""
    encoder = av.CodecContext.create(name, "w")
    encoder.width, encoder.height, encoder.pix_fmt, encoder.time_base = 64, 64, "yuv420p", Fraction(1, 25)
    if name == "libx265":
        encoder.options = {"x265-params": "log-level=none"}
    picture = av.VideoFrame(64, 64, "yuv420p")
    for plane in picture.planes:
        plane.update(bytes([128]) * plane.buffer_size)
    return sum(packet.size for part in (picture, None) for packet in encoder.encode(part))


made = {name: first_bytes(name) for name in ("libx264", "libx265")}
print("licences told:", licences)
print("built with x264, x265, --enable-gpl:", flags)
print("bytes of a picture:", made)
sys.exit(0 if licences == {"LGPL version 3 or later"} and flags == [True, True, False] and all(made.values()) else "the behaviour changed")
PY

#!/usr/bin/env bash
# A QuickTime clip with a clean aperture (a `clap` box, as old cameras, editors and some phones write), opened with PyAV and with ffmpeg.
# Guess:   PyAV and the ffmpeg program are one library, so both show the same picture: all of it, or the clean part.
# Happens: ffmpeg 9 cuts the picture to the clean aperture by itself; PyAV 18.1 gives the whole picture, states the whole size, and has
#          nothing on stream or frame that tells of the crop. A box drawn on PyAV's preview lies elsewhere in ffmpeg's result.
#          "-apply_cropping codec" before -i makes ffmpeg show what PyAV shows.
# Source:  QuickTime File Format, "Clean aperture"; ISO/IEC 14496-12, 12.1.4; ffmpeg.html of 9.0, -apply_cropping (default "all").
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
import numpy

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
source = "color=gray:s=320x240:r=10:d=1,drawbox=x=0:y=0:w=40:h=240:color=white:t=fill"  # a white strip in what is cut off
subprocess.run([FFMPEG, "-y", "-v", "error", "-f", "lavfi", "-i", source, "-c:v", "libx264", "-pix_fmt", "yuv420p", "whole.mov"], check=True)
# The middle 240 x 240: width, height, and the offset of its centre, each a fraction.
box = struct.pack(">I4s8i", 40, b"clap", 240, 1, 240, 1, 0, 1, 0, 1)
data = bytearray(open("whole.mov", "rb").read())
path, start, end = [b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd", b"avc1"], 0, len(data)
heads = {b"stsd": 16}
for name in path:  # every box around it grows by the new box; moov is last in the file, so no offset moves
    while data[start + 4 : start + 8] != name:
        start += struct.unpack_from(">I", data, start)[0]
    size = struct.unpack_from(">I", data, start)[0]
    struct.pack_into(">I", data, start, size + len(box))
    end, start = start + size, start + heads.get(name, 8)
data[end:end] = box
open("clean.mov", "wb").write(data)


def strip_shows(*options):
    raw = subprocess.run([FFMPEG, "-v", "error", *options, "-i", "clean.mov", "-frames:v", "1", "-f", "image2pipe", "-c:v", "ppm", "-"], capture_output=True, check=True).stdout
    size = tuple(int(word) for word in raw.split(b"\n")[1].split())
    return size, bool(numpy.frombuffer(raw[-size[0] * size[1] * 3 :], numpy.uint8).reshape(size[1], size[0], 3)[:, 5].mean() > 200)


with av.open("clean.mov") as clip:
    frame = next(clip.decode(video=0))
    preview = (frame.width, frame.height), bool(frame.to_ndarray(format="gray")[:, 5].mean() > 200)
results = {"PyAV": preview, "ffmpeg": strip_shows(), "ffmpeg -apply_cropping codec": strip_shows("-apply_cropping", "codec")}
for name, (size, strip) in results.items():
    print(f"{name}: {size[0]} x {size[1]}, the strip outside the clean aperture {'shows' if strip else 'is cut off'}")
whole = ((320, 240), True)
sys.exit(0 if list(results.values()) == [whole, ((240, 240), False), whole] else "the behaviour changed")
PY

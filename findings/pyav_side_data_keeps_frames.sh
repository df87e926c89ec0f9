#!/usr/bin/env bash
# Reading the display matrix of each frame of a clip with PyAV (av 18.1.0): `frame.side_data` in a loop that keeps nothing.
# Guess:   a frame is given back as soon as the loop goes on, as it is when only its picture is read: reference counting does that.
# Happens: a frame that was asked for its side data is kept until Python's cyclic garbage collector runs (frame and side data point to
#          each other). The collector counts objects, not bytes, so a few hundred pictures pile up: a clip that took one picture of memory
#          takes as much as the loop is long. Ask one frame only, or look at the side data of the stream's codec parameters.
# Source:  av/video/frame.py and av/sidedata of PyAV 18.1.0; Python's gc module (thresholds are numbers of objects).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q av==18.1.0 imageio-ffmpeg==0.8.1
cd "$dir"
venv/bin/python - <<'PY'
import gc
import subprocess
import sys

import av
import imageio_ffmpeg

made = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=640x360:r=30:d=4"]
subprocess.run([*made, "-c:v", "libx264", "-pix_fmt", "yuv420p", "clip.mp4"], check=True)


def kept_frames(*, ask):
    """Frames still alive right after a loop over 120 of them."""
    gc.collect()
    with av.open("clip.mp4") as clip:
        for frame in clip.decode(video=0):
            if ask:
                list(frame.side_data)
    del frame
    return sum(isinstance(thing, av.VideoFrame) for thing in gc.get_objects())


plain, asked = kept_frames(ask=False), kept_frames(ask=True)
gc.collect()
after = sum(isinstance(thing, av.VideoFrame) for thing in gc.get_objects())
print(f"frames kept after a loop over 120: {plain} when only decoded, {asked} when asked for side data, {after} after gc.collect()")
sys.exit(0 if plain <= 1 and asked > 60 and after <= 1 else "the behaviour changed")
PY

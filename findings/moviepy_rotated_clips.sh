#!/usr/bin/env bash
# A portrait phone clip (landscape pixels and a display matrix) in MoviePy 2.2.1 with the ffmpeg that pip installs beside it (imageio-ffmpeg 0.8.1).
# Guess:   VideoFileClip gives the upright picture: size (240, 320), as MoviePy's reader handles rotation since its first version 2.
# Happens: size (320, 240), rotation 0, and the frames are the upright picture squashed into it: ffmpeg turns the picture by itself,
#          the reader asks for the unturned size. It looks for "displaymatrix" in ffmpeg's text; ffmpeg 9 prints "Display Matrix".
#          With imageio-ffmpeg 0.6.0 (ffmpeg 7.0.2) beside the same MoviePy the clip is right: nothing warns in either case.
# Source:  moviepy/video/io/ffmpeg_reader.py of 2.2.1; fftools of ffmpeg 9.0.2 and 7.0.2.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
cd "$dir"
cat >look.py <<'PY'
import subprocess

import imageio_ffmpeg

ffmpeg = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "error"]
# The clip's left half is white, its right half black; turned by a quarter, the upper or lower half is white.
halves = "color=black:s=320x240:r=30:d=1,drawbox=x=0:y=0:w=160:h=240:color=white:t=fill"
subprocess.run([*ffmpeg, "-f", "lavfi", "-i", halves, "-c:v", "libx264", "-pix_fmt", "yuv420p", "plain.mp4"], check=True)
subprocess.run([*ffmpeg, "-display_rotation", "90", "-i", "plain.mp4", "-c", "copy", "turned.mp4"], check=True)

from moviepy import VideoFileClip

clip = VideoFileClip("turned.mp4")
picture = clip.get_frame(0.5).mean(axis=2)
upright = abs(picture[: len(picture) // 4].mean() - picture[-len(picture) // 4 :].mean()) > 200
print(tuple(clip.size), clip.rotation, picture.shape, "upright" if upright else "not turned")
clip.close()
PY
venv/bin/pip install -q moviepy==2.2.1 imageio-ffmpeg==0.8.1 pillow==11.3.0
ffmpeg9=$(venv/bin/python look.py)
venv/bin/pip install -q imageio-ffmpeg==0.6.0
if ffmpeg7=$(venv/bin/python look.py 2>error.txt); then :; else ffmpeg7="not tried: $(tail -n 1 error.txt)"; fi
echo "ffmpeg 9: size, rotation, frame: $ffmpeg9"
echo "ffmpeg 7: size, rotation, frame: $ffmpeg7"
[ "$ffmpeg9" = "(320, 240) 0 (240, 320) upright" ] || { echo "the behaviour changed"; exit 1; }

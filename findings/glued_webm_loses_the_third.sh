#!/usr/bin/env bash
# Three WebM recordings put one after the other byte by byte (cat, copy /b), read with PyAV (av 18.1.0) and ffmpeg (imageio-ffmpeg 0.8.1).
# Guess:   WebM is made to be streamed and appended: all three are read, or the reader fails, as it does with damage. Of two
#          recordings both are read, which seems to prove it.
# Happens: of three only two are read. After the second the demuxer says that the file ends: no error, no warning, exit
#          code 0, in PyAV and in the ffmpeg program alike. The last recording is gone and nothing tells of it.
# Source:  matroskadec.c in FFmpeg; RFC 9559 (Matroska) and RFC 8794 (EBML: a stream is one document after another).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q av==18.1.0 imageio-ffmpeg==0.8.1
cd "$dir"
venv/bin/python - <<'PY'
import re
import subprocess
import sys
from pathlib import Path

import av
import imageio_ffmpeg

ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
made = [ffmpeg, "-y", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=160x120:r=25:d=2", "-c:v", "libvpx", "-b:v", "200k"]
subprocess.run([*made, "one.webm"], check=True)
seen = []
for parts in (1, 2, 3):
    glued = Path(f"glued{parts}.webm")
    glued.write_bytes(Path("one.webm").read_bytes() * parts)
    with av.open(str(glued)) as clip:
        by_pyav = sum(1 for _ in clip.decode(video=0))
    run = subprocess.run([ffmpeg, "-i", str(glued), "-fps_mode", "passthrough", "-f", "null", "-"], capture_output=True, text=True)
    by_ffmpeg = int(re.findall(r"frame=\s*(\d+)", run.stderr)[-1])
    print(f"{parts} x 50 pictures: PyAV reads {by_pyav}, ffmpeg {by_ffmpeg} with exit code {run.returncode}")
    seen.append((by_pyav, by_ffmpeg, run.returncode))
sys.exit(0 if seen == [(50, 50, 0), (100, 100, 0), (100, 100, 0)] else "the behaviour changed")
PY

#!/usr/bin/env bash
# Two transport streams put one after the other (as cameras and TV sticks leave them), read with PyAV (av 18.1.0) and ffmpeg (imageio-ffmpeg 0.8.1).
# Guess:   both sit on the same demuxer of FFmpeg, so both give the same times: either 0 to 4 s, or 0 to 2 s twice.
# Happens: PyAV gives the times of the second recording again from the beginning (0 to 2 s twice), while the ffmpeg program
#          evens the clock and writes 0 to 4 s. A moment found with PyAV is another picture in what ffmpeg makes of it.
# Source:  discontinuity handling ("-dts_delta_threshold") lives in the program (fftools/ffmpeg_demux.c), not in libavformat.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q av==18.1.0 imageio-ffmpeg==0.8.1
cd "$dir"
venv/bin/python - <<'PY'
import subprocess
import sys
from pathlib import Path

import av
import imageio_ffmpeg

made = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "error"]
subprocess.run([*made, "-f", "lavfi", "-i", "testsrc2=s=160x120:r=25:d=2", "-c:v", "mpeg2video", "one.ts"], check=True)
Path("glued.ts").write_bytes(Path("one.ts").read_bytes() * 2)
subprocess.run([*made, "-i", "glued.ts", "-c:v", "mpeg4", "evened.mp4"], check=True)


def span(name: str) -> tuple[int, float]:
    with av.open(name) as clip:
        times = [frame.time for frame in clip.decode(video=0)]
    return len(times), round(max(times) - min(times), 1)


by_pyav, by_ffmpeg = span("glued.ts"), span("evened.mp4")
print(f"PyAV: {by_pyav[0]} pictures within {by_pyav[1]} s; through ffmpeg: {by_ffmpeg[0]} pictures within {by_ffmpeg[1]} s")
sys.exit(0 if by_pyav[0] > 90 and by_pyav[1] < 2.5 and by_ffmpeg[1] > 3.5 else "the behaviour changed")
PY

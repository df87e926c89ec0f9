#!/usr/bin/env bash
# A transport stream whose sound changes its rate and channels half way (two recordings joined by copying), padded and cut with ffmpeg 9.0
# (imageio-ffmpeg 0.8.1): "apad,atrim=end_sample=N" in -filter_complex, as one does to get exactly N samples.
# Guess:   the result has N samples (6 s of AAC at 48 kHz: about 283 packets), or ffmpeg fails.
# Happens: at the change the whole graph begins anew. The first graph is ended, so its apad fills up to N; the second one adds its part.
#          The file has over 400 packets where its header says 6.0 s, and ffmpeg ends with 0. Only counting packets shows it.
# Source:  ffmpeg_filter.c of FFmpeg (a filter graph is configured again when an input's parameters change; -reinit_filter).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q av==18.1.0 imageio-ffmpeg==0.8.1
cd "$dir"
venv/bin/python - <<'PY'
import subprocess
import sys

import av
import imageio_ffmpeg

FFMPEG = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "error"]
for name, rate, channels in (("one", 48_000, 2), ("two", 44_100, 1)):
    source = ["-f", "lavfi", "-i", "testsrc2=s=64x64:r=25:d=3", "-f", "lavfi", "-i", f"sine=r={rate}:d=3"]
    subprocess.run([*FFMPEG, *source, "-ac", str(channels), "-c:v", "libx264", "-c:a", "aac", "-shortest", f"{name}.ts"], check=True)
open("list.txt", "w").write("file one.ts\nfile two.ts\n")
subprocess.run([*FFMPEG, "-f", "concat", "-i", "list.txt", "-c", "copy", "joined.ts"], check=True)
graph = "[0:1]aresample=48000:async=1:first_pts=0,aformat=channel_layouts=stereo,apad,asetpts=N,atrim=end_sample=288000"
ended = subprocess.run([*FFMPEG, "-i", "joined.ts", "-filter_complex", graph, "-c:a", "aac", "out.mp4"]).returncode
with av.open("out.mp4") as result:
    told = result.streams.audio[0].duration * result.streams.audio[0].time_base
    packets = sum(1 for packet in result.demux(audio=0) if packet.size)
print(f"exit code {ended}; the header says {float(told):.2f} s; {packets} packets of 1024 samples are {packets * 1024 / 48_000:.2f} s")
sys.exit(0 if ended == 0 and float(told) < 6.2 and packets > 380 else "the behaviour changed")
PY

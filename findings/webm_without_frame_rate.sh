#!/usr/bin/env bash
# A WebM without DefaultDuration, as browsers record it (their MediaRecorder writes none), probed with PyAV (av 18.1.0, FFmpeg 8.1).
# Guess:   Stream.guessed_rate falls back to something near the real rate (30), or is None when nothing is known.
# Happens: average_rate is None and guessed_rate is 1000: Matroska's clock of a millisecond is taken for the frame rate.
#          "One frame further" by it is 1 ms: 33 key presses a picture. Count packets over their times instead.
# Source:  avformat_find_stream_info and av_guess_frame_rate in FFmpeg; Matroska, TrackEntry DefaultDuration (optional).
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

made = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x240:r=30:d=2"]
# Times as a camera gives them: 33 ms apart, with a jitter of a few.
made += ["-vf", "settb=1/1000,setpts=N*33+mod(N\\,3)*4", "-c:v", "libvpx", "-b:v", "500k", "-fps_mode", "passthrough", "-enc_time_base", "1/1000"]
subprocess.run([*made, "rated.webm"], check=True)
# Copied packet by packet into a track that states no rate: the muxer leaves DefaultDuration out.
with av.open("rated.webm") as source, av.open("browser.webm", "w") as target:
    video = source.streams.video[0]
    track = target.add_stream_from_template(video)
    track.time_base = video.time_base
    for packet in source.demux(video):
        if packet.dts is not None:
            packet.stream = track
            target.mux(packet)
with av.open("browser.webm") as clip:
    track = clip.streams.video[0]
    average, guessed = track.average_rate, track.guessed_rate
    times = sorted(float(packet.pts * track.time_base) for packet in clip.demux(track) if packet.pts is not None)
real = (len(times) - 1) / (times[-1] - times[0])
print(f"average_rate {average}, guessed_rate {guessed}, by its packets {real:.1f} pictures a second")
sys.exit(0 if average is None and guessed == 1000 and 28 < real < 32 else "the behaviour changed")
PY

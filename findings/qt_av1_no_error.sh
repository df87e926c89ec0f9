#!/usr/bin/env bash
# Playing an AV1 clip (what newer phones and YouTube's downloads give) with QtMultimedia of PySide6-Addons 6.11.3, ffmpeg backend.
# Guess:   a player that cannot decode a clip emits errorOccurred, or reports InvalidMedia, so that a program can say so.
# Happens: media loads with size and duration, status runs Loading, Loaded, Buffered, EndOfMedia; error() stays NoError, nothing is emitted,
#          and not one valid frame reaches the sink. The wheel's FFmpeg has no software AV1 decoder. H.264 beside it plays.
#          So: whether frames came is the only thing to ask, or probe with another decoder (PyAV decodes the same file).
# Source:  Qt 6.11.3 (bundled FFmpeg 7.1), QMediaPlayer::errorOccurred; av 18.1.0 brings dav1d.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q PySide6-Essentials==6.11.3 PySide6-Addons==6.11.3 av==18.1.0 imageio-ffmpeg==0.8.1
cd "$dir"
QT_QPA_PLATFORM=offscreen QT_LOGGING_RULES="*=false" venv/bin/python - 2>noise.txt <<'PY'
import subprocess
import sys

import av
import imageio_ffmpeg
from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtMultimedia import QMediaPlayer, QVideoSink

for name, codec in (("h264.mp4", ["libx264"]), ("av1.mp4", ["libsvtav1", "-preset", "12"])):
    source = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "quiet", "-f", "lavfi", "-i", "testsrc2=s=320x240:r=30:d=2"]
    subprocess.run([*source, "-c:v", *codec, "-pix_fmt", "yuv420p", name], check=True)
app = QGuiApplication([])


def play(name):
    player, sink, frames, errors = QMediaPlayer(), QVideoSink(), [], []
    player.setVideoSink(sink)
    sink.videoFrameChanged.connect(lambda frame: frames.append(1) if frame.isValid() else None)
    player.errorOccurred.connect(lambda *told: errors.append(told))
    player.mediaStatusChanged.connect(lambda status: app.quit() if status == QMediaPlayer.MediaStatus.EndOfMedia else None)
    player.setSource(QUrl.fromLocalFile(name))
    player.play()
    QTimer.singleShot(15000, app.quit)
    app.exec()
    ended = player.mediaStatus() == QMediaPlayer.MediaStatus.EndOfMedia
    print(f"{name}: frames {len(frames)}, errors {len(errors)}, {player.error().name}, duration {player.duration()} ms, {player.mediaStatus().name}")
    player.stop()
    return len(frames), len(errors), ended


plain, modern = play("h264.mp4"), play("av1.mp4")
with av.open("av1.mp4") as clip:
    decoded = sum(1 for _ in clip.decode(video=0))
print(f"PyAV decodes {decoded} frames of av1.mp4")
sys.exit(0 if plain[0] > 30 and modern == (0, 0, True) and decoded == 60 else "the behaviour changed")
PY

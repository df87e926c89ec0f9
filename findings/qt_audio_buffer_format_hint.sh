#!/usr/bin/env bash
# A recorder fed with sound from a program (QAudioBufferInput into QMediaRecorder, a WAV file), PySide6-Addons 6.11.3 with its FFmpeg backend.
# Guess:   a QAudioBufferInput that is given the format of the buffers at once (its second constructor) is at least as good as one that waits for the first buffer.
# Happens: with it readyToSendAudioBuffer never comes and sendAudioBuffer() says False for every buffer of that very format; the recorder says that it is
#          recording, reports no error and leaves a file with a header and no sound. Without the format all buffers are taken and the second is there.
# Source:  Qt 6.11.3 as in PySide6-Addons 6.11.3, QAudioBufferInput(const QAudioFormat &, QObject *); the same for 44.1 and 48 kHz, Int16 and Float, WAV and M4A.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q PySide6-Essentials==6.11.3 PySide6-Addons==6.11.3
QT_QPA_PLATFORM=offscreen "$dir/venv/bin/python" - "$dir" 2>"$dir/noise.txt" <<'PY'
import sys
from pathlib import Path

from PySide6.QtCore import QByteArray, QEventLoop, QTimer, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtMultimedia import QAudioBuffer, QAudioBufferInput, QAudioFormat, QMediaCaptureSession, QMediaFormat, QMediaRecorder

app = QGuiApplication([])
sound = QAudioFormat()
sound.setSampleRate(48_000)
sound.setChannelCount(1)
sound.setSampleFormat(QAudioFormat.SampleFormat.Int16)
tenth = QAudioBuffer(QByteArray(bytes(9_600)), sound)


def recorded(source, target):
    """Buffers offered, buffers taken, whether the signal came, state, errors, bytes of the file."""
    session, recorder, kind = QMediaCaptureSession(), QMediaRecorder(), QMediaFormat(QMediaFormat.FileFormat.Wave)
    session.setAudioBufferInput(source)
    session.setRecorder(recorder)
    kind.setAudioCodec(QMediaFormat.AudioCodec.Wave)
    recorder.setMediaFormat(kind)
    recorder.setOutputLocation(QUrl.fromLocalFile(str(target)))
    offered, taken, ready, errors, loop, timer = [], [], [], [], QEventLoop(), QTimer(interval=20)
    source.readyToSendAudioBuffer.connect(lambda: ready.append(1))
    recorder.errorOccurred.connect(lambda code, text: errors.append(text))

    def offer():
        offered.append(1)
        if source.sendAudioBuffer(tenth):
            taken.append(1)
        if len(taken) == 10 or len(offered) == 100:
            timer.stop()
            QTimer.singleShot(200, loop.quit)

    timer.timeout.connect(offer)
    recorder.record()
    timer.start()
    loop.exec()
    state = recorder.recorderState().name
    recorder.stop()
    QTimer.singleShot(500, loop.quit)
    loop.exec()
    return len(offered), len(taken), bool(ready), state, errors, target.stat().st_size


folder, seen = Path(sys.argv[1]), []
for name, source in (("without a format", QAudioBufferInput()), ("with the format", QAudioBufferInput(sound))):
    offered, taken, ready, state, errors, size = recorded(source, folder / f"{len(seen)}.wav")
    print(f"{name}: {taken} of {offered} buffers taken, signal {'came' if ready else 'never came'}, {state}, errors {errors}, {size:,} bytes")
    seen.append((taken, ready, state, errors, size > 90_000))
expected = [(10, True, "RecordingState", [], True), (0, False, "RecordingState", [], False)]
sys.exit(0 if seen == expected else "the behaviour changed")
PY

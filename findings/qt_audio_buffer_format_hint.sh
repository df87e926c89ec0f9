#!/usr/bin/env bash
# A recorder fed with sound from a program (QAudioBufferInput into QMediaRecorder, a WAV file), PySide6-Addons 6.11.3, FFmpeg backend.
# Guess:   a QAudioBufferInput that is given the format of the buffers at once (its second constructor) is at least as good as one without.
# Happens: with it readyToSendAudioBuffer never comes and sendAudioBuffer() says False for every buffer of that very format; the recorder
#          says that it is recording, reports no error and leaves a file with a header and no sound. Without it all buffers are taken.
# Source:  Qt 6.11.3 as in PySide6-Addons 6.11.3, QAudioBufferInput(const QAudioFormat &, QObject *); the same for 44.1 and 48 kHz,
#          Int16 and Float, WAV and M4A.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q PySide6-Essentials==6.11.3 PySide6-Addons==6.11.3
QT_QPA_PLATFORM=offscreen "$dir/venv/bin/python" - "$dir" 2>"$dir/noise.txt" <<'PY'
import sys
from pathlib import Path

from PySide6.QtCore import QByteArray, QTimer, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtMultimedia import QAudioBuffer, QAudioBufferInput, QAudioFormat, QMediaCaptureSession, QMediaFormat, QMediaRecorder

app, sound = QGuiApplication([]), QAudioFormat()
sound.setSampleRate(48_000)
sound.setChannelCount(1)
sound.setSampleFormat(QAudioFormat.SampleFormat.Int16)
tenth = QAudioBuffer(QByteArray(bytes(9_600)), sound)


def recorded(source, target):
    """Buffers taken of fifty, times the signal came, state while recording, errors, bytes of the file."""
    session, recorder, timer, sent, ready, errors = QMediaCaptureSession(), QMediaRecorder(), QTimer(interval=20), [], [], []
    session.setAudioBufferInput(source)
    session.setRecorder(recorder)
    recorder.setMediaFormat(QMediaFormat(QMediaFormat.FileFormat.Wave))
    recorder.setOutputLocation(QUrl.fromLocalFile(str(target)))
    source.readyToSendAudioBuffer.connect(lambda: ready.append(1))
    recorder.errorOccurred.connect(lambda code, text: errors.append(text))
    timer.timeout.connect(lambda: sent.append(source.sendAudioBuffer(tenth)) if len(sent) < 50 else app.quit())
    recorder.record()
    timer.start()
    app.exec()
    state = recorder.recorderState().name
    recorder.stop()
    QTimer.singleShot(500, app.quit)
    app.exec()
    return sum(sent), len(ready), state, errors, target.stat().st_size


folder, seen = Path(sys.argv[1]), []
for name, source in (("without a format", QAudioBufferInput()), ("with the format", QAudioBufferInput(sound))):
    taken, ready, state, errors, size = recorded(source, folder / f"{len(seen)}.wav")
    print(f"{name}: {taken} of 50 buffers taken, signal came {ready} times, {state}, errors {errors}, {size:,} bytes")
    seen.append((taken == 50, taken, ready > 0, state, errors, size > 400_000))
expected = [(True, 50, True, "RecordingState", [], True), (False, 0, False, "RecordingState", [], False)]
sys.exit(0 if seen == expected else "the behaviour changed")
PY

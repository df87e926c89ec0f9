"""Hears a microphone, says how loud it is, and records takes. Imported when the recorder is opened.

The microphone's samples are read here and handed to Qt's recorder, so that what the meter shows is what is recorded.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QByteArray, QObject, QTimer, QUrl, Signal
from shiboken6 import isValid

from studio.services.sound_levels import LoudestSample, loudest_sample

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from PySide6.QtMultimedia import QAudioFormat, QAudioSource

_WAITING = 600
"""Buffers that may wait for the encoder: half a minute; more means that it has stopped taking any."""

_SILENCE_MS = 5000
"""Without a sample for so long the microphone is gone: PulseAudio that ends tells nobody."""


class SoundSource(Protocol):
    """What is recorded: a ``Microphone``, or tones in tests."""

    heard: Any
    """Signal: samples in ``format``, as a ``QByteArray``."""
    failed: Any
    """Signal: the microphone is gone."""

    @property
    def format(self) -> QAudioFormat:
        """Of the samples."""

    def start(self) -> None:
        """Begin to hear."""

    def stop(self) -> None:
        """End it."""


class Microphone(QObject):
    """A microphone of this computer.

    Args:
        number: which one of ``microphone_names``.
        parent: ends it.
    """

    heard = Signal(QByteArray)
    failed = Signal()

    def __init__(self, number: int, parent: QObject) -> None:
        from PySide6.QtMultimedia import QAudioFormat, QMediaDevices

        super().__init__(parent)
        self._device = QMediaDevices.audioInputs()[number]
        wanted = QAudioFormat()
        wanted.setSampleRate(48_000)
        wanted.setChannelCount(1)
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._format = wanted if self._device.isFormatSupported(wanted) else self._device.preferredFormat()
        self._source: QAudioSource | None = None

    @property
    def format(self) -> QAudioFormat:
        """Of the samples."""
        return self._format

    def start(self) -> None:
        """Begin to hear."""
        from PySide6.QtMultimedia import QAudioSource

        self._source = QAudioSource(self._device, self._format, self)
        # Without its argument: PySide 6.11 cannot turn a state of QAudioSource into one of Python's.
        self._source.stateChanged.connect(self._on_state)
        stream = self._source.start()
        stream.readyRead.connect(lambda: self.heard.emit(stream.readAll()))

    def stop(self) -> None:
        """End it; the microphone's lamp goes out."""
        if self._source is not None:
            source, self._source = self._source, None
            source.stop()
            source.deleteLater()

    def _on_state(self) -> None:
        source = self._source
        if source is not None and isValid(source) and source.error().name not in {"NoError", "UnderrunError"}:
            self.failed.emit()


def microphone_names() -> tuple[str, ...]:
    """The microphones of this computer, that of the system first; empty without any, or without Qt's sound."""
    try:
        from PySide6.QtMultimedia import QMediaDevices
    except ImportError:
        return ()
    return tuple(device.description() for device in QMediaDevices.audioInputs())


class VoiceRecorder(QObject):
    """Records what a source hears.

    Args:
        source: what is recorded; heard from now on, so that the meter moves before anybody speaks in earnest.
        parent: ends it.
    """

    level = Signal(object)
    """``LoudestSample`` of what was heard just now."""
    finished = Signal(object)
    """The path of a take that is whole."""
    failed = Signal(str)
    """A code of a text: why it stopped. What was recorded until then is finished all the same."""

    def __init__(self, source: SoundSource, parent: QObject) -> None:
        from PySide6.QtMultimedia import QAudioBufferInput, QMediaCaptureSession, QMediaFormat, QMediaRecorder

        super().__init__(parent)
        self._source = source
        self._session = QMediaCaptureSession(self)
        # Qt 6.11: one that was made with a format takes no buffer, ever; it learns the format from the first one.
        self._input = QAudioBufferInput(self)
        self._recorder = QMediaRecorder(self)
        self._session.setRecorder(self._recorder)
        self._session.setAudioBufferInput(self._input)
        form = QMediaFormat(QMediaFormat.FileFormat.FLAC)
        form.setAudioCodec(QMediaFormat.AudioCodec.FLAC)
        self._recorder.setMediaFormat(form)
        self._waiting: deque[QByteArray] = deque()
        self._take: Path | None = None
        self._ending = False
        self._sent = 0
        self._input.readyToSendAudioBuffer.connect(self._send)
        self._recorder.recorderStateChanged.connect(self._on_state)
        self._recorder.errorOccurred.connect(lambda *_: self._give_up("recorder.stopped"))
        self._watch = QTimer(self, interval=_SILENCE_MS, singleShot=True)
        self._watch.timeout.connect(lambda: self._give_up("recorder.unplugged"))
        self._watch.start()
        source.heard.connect(self._on_heard)
        source.failed.connect(lambda: self._give_up("recorder.unplugged"))
        source.start()

    @property
    def recording(self) -> bool:
        """Whether a take is on."""
        return self._take is not None

    @property
    def seconds(self) -> float:
        """Seconds of the take that is on."""
        per_second = self._source.format.bytesForDuration(1_000_000)
        return self._sent / per_second if per_second else 0.0

    def record(self, take: Path) -> None:
        """Begin a take."""
        self._take, self._sent, self._ending = take, 0, False
        self._waiting.clear()
        self._recorder.setOutputLocation(QUrl.fromLocalFile(str(take)))
        self._recorder.record()

    def finish(self) -> None:
        """End the take; ``finished`` comes when its file is whole."""
        if self._take is not None and not self._ending:
            self._ending = True
            self._send()

    def close(self) -> None:
        """Hear nothing any more."""
        self._watch.stop()
        self._source.stop()

    def _on_heard(self, data: QByteArray) -> None:
        loudest = loudest_sample(bytes(data.data()), self._source.format.sampleFormat().name)
        self.level.emit(loudest)
        self._watch.start()
        if self._take is None or self._ending:
            return
        self._waiting.append(data)
        self._sent += data.size()
        self._send()
        if len(self._waiting) > _WAITING:
            self._give_up("recorder.stopped")

    def _send(self) -> None:
        from PySide6.QtMultimedia import QAudioBuffer

        while self._waiting and self._input.sendAudioBuffer(QAudioBuffer(self._waiting[0], self._source.format)):
            self._waiting.popleft()
        if self._ending and not self._waiting and self._take is not None:
            self._recorder.stop()

    def _give_up(self, code: str) -> None:
        if self._take is not None:
            self._waiting.clear()
            self.finish()
        self.failed.emit(code)

    def _on_state(self, _: object) -> None:
        from PySide6.QtMultimedia import QMediaRecorder

        if self._recorder.recorderState() == QMediaRecorder.RecorderState.StoppedState and self._take is not None:
            take, self._take = self._take, None
            self.finished.emit(take)


__all__ = ["LoudestSample", "Microphone", "SoundSource", "VoiceRecorder", "microphone_names"]

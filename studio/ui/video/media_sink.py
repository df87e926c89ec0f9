"""The one place that knows Qt's multimedia: plays a file into pictures. Imported when a clip is first played."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer, QVideoFrame, QVideoSink


class MediaSink(QObject):
    """Plays a file with Qt; the pictures come as signals.

    Args:
        player: Qt's player.
        sink: what it plays into.
        output: where the sound goes, None on a computer without any.
    """

    frame = Signal(QImage, float)
    """A picture and its time in the file."""
    ended = Signal()
    failed = Signal()

    def __init__(self, player: QMediaPlayer, sink: QVideoSink, output: QAudioOutput | None, parent: QObject) -> None:
        super().__init__(parent)
        self._player = player
        self._sink = sink
        self._output = output
        self._file: Path | None = None
        for part in (player, sink, output):
            if part is not None:
                part.setParent(self)
        player.setVideoSink(sink)
        if output is not None:
            player.setAudioOutput(output)
        sink.videoFrameChanged.connect(self._on_frame)
        player.mediaStatusChanged.connect(self._on_status)
        player.errorOccurred.connect(lambda *_: self.failed.emit())

    def play(self, file: Path, seconds: float, rate: float) -> None:
        """Play from a time on."""
        if file != self._file:
            self._file = file
            self._player.setSource(QUrl.fromLocalFile(str(file)))
        self._player.setPlaybackRate(rate)
        self._player.setPosition(round(seconds * 1000))
        self._player.play()

    def pause(self) -> None:
        """Stand still."""
        self._player.pause()

    def set_muted(self, muted: bool) -> None:
        """Without sound, or with it."""
        if self._output is not None:
            self._output.setMuted(muted)

    def set_volume(self, share: float) -> None:
        """How loud, 0..1."""
        if self._output is not None:
            self._output.setVolume(share)

    def close(self) -> None:
        """Let go of the file."""
        self._player.stop()
        # Stopped alone, the player keeps the file open.
        self._player.setSource(QUrl())
        self._file = None

    def _on_frame(self, frame: QVideoFrame) -> None:
        from PySide6.QtMultimedia import QMediaPlayer

        # Of a clip that stands, PyAV reads the exact picture; a late one of Qt's must not take its place.
        if not frame.isValid() or self._player.playbackState() != QMediaPlayer.PlaybackState.PlayingState:
            return
        image = frame.toImage()
        if image.isNull():
            self.failed.emit()  # a light it cannot convert: Qt says nothing else about it
            return
        began = frame.startTime()
        # A negative time: not every container says when a picture begins.
        self.frame.emit(image, began / 1_000_000 if began >= 0 else self._player.position() / 1000)

    def _on_status(self, status: QMediaPlayer.MediaStatus) -> None:
        from PySide6.QtMultimedia import QMediaPlayer

        if status == QMediaPlayer.MediaStatus.EndOfMedia:
            self.ended.emit()
        elif status == QMediaPlayer.MediaStatus.InvalidMedia:
            self.failed.emit()


def make_sink(parent: QObject) -> MediaSink | None:
    """A sink, or None where Qt's multimedia cannot be loaded (a missing system library, a trimmed installation)."""
    try:
        from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer, QVideoSink
    except ImportError:
        return None
    player = QMediaPlayer()
    if not player.isAvailable():
        return None
    output = QAudioOutput() if QMediaDevices.audioOutputs() else None
    return MediaSink(player, QVideoSink(), output, parent)


def why_no_player() -> str | None:
    """Why Qt can play no clip: what cannot be loaded, or "" where its player does not say; None where it can.

    In the main thread, once there is a Qt application.
    """
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")  # or it prints what it looked for
    try:
        from PySide6.QtMultimedia import QMediaPlayer
    except ImportError as error:
        return str(error)
    return None if QMediaPlayer().isAvailable() else ""

"""Shows a clip: still pictures by PyAV, moving ones with sound by Qt, silent ones by PyAV where Qt cannot.

Qt plays into a sink and we paint its pictures (a QVideoWidget can neither be painted over nor grabbed). Whatever Qt
shows wrongly or not at all (high dynamic range, AV1, a computer without its plugin) runs silently instead of black.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from studio.services.clip_preparation import qt_can_play
from studio.ui.video.frame_reader import FrameReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.ui.video.media_sink import MediaSink
    from studio.video.clip import ClipFacts

LONGEST = 1280
"""Pixels of the longer side of a still: more than the desk ever shows."""
RATES = (1.0, 2.0, 4.0)
"""What pressing L (or J) again and again gives."""
_BACKWARDS = 100
"""Milliseconds between two pictures going backwards."""
_PATIENCE = 2500
"""Milliseconds without a first picture after which Qt counts as unable to play a clip."""


class ClipPlayer(QObject):
    """Plays one clip. Times are seconds of the original.

    Args:
        make_sink: makes the part that plays with Qt; None where it cannot be loaded.
    """

    frame = Signal(QImage, float)
    """A picture to show, and its own time: until the exact one is read an earlier one may be shown."""
    moved = Signal(float)
    """Where the playhead is."""
    running = Signal(float)
    """The speed: 0 stands still, below 0 goes backwards."""
    reached = Signal()
    """The limit, or the end of the clip."""
    troubled = Signal(object)
    """A ``UserError``: the clip cannot be shown."""
    silent = Signal()
    """Qt cannot play this clip: it runs without sound."""

    def __init__(self, make_sink: Callable[[QObject], MediaSink | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_sink = make_sink
        self._sink: MediaSink | None = None
        self._sink_asked = False
        self._reader: FrameReader | None = None
        self._clip: ClipFacts | None = None
        self._source: ClipFacts | None = None
        self._offered: ClipFacts | None = None
        self._unplayable = False
        self._told = False
        self.position = 0.0
        self.rate = 0.0
        self.limit: float | None = None
        self.muted = False
        self.volume = 1.0
        self._backwards = QTimer(self, interval=_BACKWARDS)
        self._backwards.timeout.connect(self._step_back)
        self._watch = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._watch.timeout.connect(self._give_up)

    # ------------------------------------------------------------------------------------------- the clip

    @property
    def clip(self) -> ClipFacts | None:
        """What is shown."""
        return self._clip

    def load(self, clip: ClipFacts, copy: ClipFacts | None = None) -> None:
        """Show a clip from where the playhead is; ``copy`` is a lighter one for the preview, if there is one."""
        same = self._clip is not None and self._clip.path == clip.path
        self.pause()
        self._drop_reader()
        self._offered = None
        self._clip = clip
        self._source = copy or clip
        self._unplayable = not qt_can_play(self._source)
        self._told = same and self._told
        self._reader = FrameReader(self._source, LONGEST, self)
        self._reader.shown.connect(self._on_still)
        self._reader.failed.connect(self._on_failed)
        self._reader.finished.connect(self._on_end)
        self.seek(self.position if same else 0.0)

    def offer(self, copy: ClipFacts) -> None:
        """A lighter copy is there now: taken at once, or when what plays is stopped."""
        self._offered = copy
        self._take_offered()

    def _take_offered(self) -> None:
        if self._offered is not None and self._clip is not None and self.rate == 0:
            self.load(self._clip, self._offered)

    def close(self) -> None:
        """Stop and let go of the file; what is still on its way from it is not shown."""
        self._offered = None
        self.pause()
        self._drop_reader()
        self.position = 0.0
        if self._sink is not None:
            self._sink.close()
        self._clip = self._source = None

    def _drop_reader(self) -> None:
        if self._reader is not None:
            self._reader.shown.disconnect(self._on_still)
            self._reader.close()
            self._reader = None

    # ------------------------------------------------------------------------------------------- moving

    def seek(self, seconds: float) -> None:
        """Put the playhead there; goes on playing if it did."""
        if self._clip is None:
            return
        self.position = max(0.0, min(seconds, self._clip.seconds))
        self.moved.emit(self.position)
        if self.rate > 0:
            self._start(self.rate)
        elif self._reader is not None:
            self._reader.show(self.position)

    def step_frames(self, frames: int) -> None:
        """Stop, and go some frames on or back."""
        if self._clip is None:
            return
        self.pause()
        fps = max(1.0, self._clip.fps)
        # From the middle of a frame to the middle of another: a time on the border may show either.
        now = min(int(self.position * fps + 0.01), round(self._clip.seconds * fps) - 1)
        self.seek((now + frames + 0.5) / fps)

    def play(self, rate: float = 1.0) -> None:
        """Run, forwards or (``rate`` below 0) backwards."""
        if self._clip is None or rate == 0:
            return
        # Not at the last digit: the playhead stands where the last picture began.
        if rate > 0 and self.position >= self._clip.seconds - 0.05:
            self.position = 0.0
        self._halt()
        self.rate = rate
        if rate < 0:
            self._backwards.start()
        else:
            self._start(rate)
        self.running.emit(rate)

    def pause(self) -> None:
        """Stand still, on the exact picture."""
        if self.rate == 0:
            return
        self._halt()
        self.rate = 0.0
        self.running.emit(0.0)
        if self._reader is not None:
            self._reader.show(self.position)
        self._take_offered()

    def faster(self, direction: int) -> None:
        """What J (-1) and L (1) do: start that way, and each further press runs faster."""
        speeds = [rate * direction for rate in RATES]
        at = speeds.index(self.rate) + 1 if self.rate in speeds else 0
        self.play(speeds[min(at, len(speeds) - 1)])

    def set_muted(self, muted: bool) -> None:
        """Play without sound, or with it."""
        self.muted = muted
        if self._sink is not None:
            self._sink.set_muted(muted)

    def set_volume(self, share: float) -> None:
        """How loud, 0..1: the result comes and goes as its file does."""
        if share != self.volume:
            self.volume = share
            if self._sink is not None:
                self._sink.set_volume(share)

    # ------------------------------------------------------------------------------------------- inside

    def _start(self, rate: float) -> None:
        sink = self._ready_sink()
        if sink is not None and self._source is not None:
            sink.set_muted(self.muted)
            sink.set_volume(self.volume)
            sink.play(self._source.path, self.position, rate)
            self._watch.start()
        elif self._reader is not None:
            self._reader.run(self.position, rate)
            self._warn_soundless_playback()

    def _warn_soundless_playback(self) -> None:
        """Once for each clip that has sound: else people look for what is wrong with their loudspeakers."""
        if not self._told and self._clip is not None and self._clip.sound is not None:
            self._told = True
            self.silent.emit()

    def _ready_sink(self) -> MediaSink | None:
        if self._unplayable:
            return None
        if not self._sink_asked:
            self._sink_asked = True
            self._sink = self._make_sink(self)
            if self._sink is not None:
                self._sink.frame.connect(self._on_moving)
                self._sink.ended.connect(self._on_end)
                self._sink.failed.connect(self._give_up)
        return self._sink

    def _halt(self) -> None:
        self._backwards.stop()
        self._watch.stop()
        if self._sink is not None:
            self._sink.pause()
        if self._reader is not None:
            self._reader.halt()

    def _give_up(self) -> None:
        """Qt shows nothing of this clip: go on without it."""
        if self._unplayable:
            return
        self._unplayable = True
        self._watch.stop()
        if self._sink is not None:
            self._sink.pause()
        self._warn_soundless_playback()
        if self.rate > 0 and self._reader is not None:
            self._reader.run(self.position, self.rate)

    def _on_still(self, image: QImage, seconds: float, exact: bool) -> None:
        if self._clip is None:
            return  # of the clip before
        if self.rate > 0:
            if not exact or (self._sink is not None and not self._unplayable):
                return  # a late answer from before it ran
            self._arrive(seconds)
        self.frame.emit(image, seconds)

    def _on_moving(self, image: QImage, seconds: float) -> None:
        if self.rate <= 0 or self._unplayable:
            return
        self._watch.stop()
        self.frame.emit(image, seconds)
        self._arrive(seconds)

    def _arrive(self, seconds: float) -> None:
        self.position = seconds
        self.moved.emit(seconds)
        fps = self._clip.fps if self._clip is not None else 30.0
        # On the last picture before the limit: the next one would be of what was cut away.
        if self.limit is not None and seconds + 1 / max(1.0, fps) >= self.limit:
            self.reached.emit()

    def _on_failed(self, error: object) -> None:
        """A broken place: what ran stands there, instead of seeming to run for ever."""
        if self.rate:
            self._halt()
            self.rate = 0.0
            self.running.emit(0.0)
        self.troubled.emit(error)

    def _on_end(self) -> None:
        if self.rate <= 0 or self._clip is None:
            return
        if self.limit is not None:
            self.reached.emit()
            return
        self.pause()
        self.seek(self._clip.seconds)

    def _step_back(self) -> None:
        to = self.position + self.rate * _BACKWARDS / 1000
        if to <= 0:
            self.pause()
        self.seek(max(0.0, to))

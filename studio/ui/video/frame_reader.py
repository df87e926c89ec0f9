"""A thread that reads pictures of a clip: the latest request wins; it can also run through the clip without sound."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from studio.base.errors import UserError

if TYPE_CHECKING:
    from studio.video.clip import ClipFacts
    from studio.video.clip_pictures import VideoPicture
    from studio.video.frame_seeking import ClipScrubber

_RATE = 1 / 25
"""Seconds between two pictures while it runs through a clip: nobody sees more on a slow laptop."""
_IDLE = 20.0
"""Seconds without a request after which the thread ends and lets go of the file."""


@dataclass(frozen=True, slots=True)
class _ReadingWish:
    """A place, or (``rate`` above 0) a way through the clip that began at the clock's ``since``."""

    seconds: float
    rate: float = 0.0
    since: float = 0.0


class FrameReader(QObject):
    """Pictures of one clip.

    Args:
        clip: the original, or its copy for the preview.
        longest: longest side of the pictures in pixels.
        parent: ends it. Without one the thread would hold it last, and destroy it behind Qt's back.
    """

    shown = Signal(QImage, float, bool)
    """A picture, its time, and whether it is the exact one (else the keyframe before it)."""
    failed = Signal(object)
    """A ``UserError``: nothing can be read there."""
    finished = Signal()
    """The way through the clip came to its end."""

    def __init__(self, clip: ClipFacts, longest: int, parent: QObject) -> None:
        super().__init__(parent)
        self._clip = clip
        self._longest = longest
        self._wish: _ReadingWish | None = None
        self._bell = threading.Condition()
        self._closed = False
        self._thread: threading.Thread | None = None
        # When Qt deletes the desk, nobody calls ``close``; waiting for the bell here, Qt does not go on while a picture
        # is being told. The method would keep this alive as a slot of its own signal.
        self.destroyed.connect(lambda _=None, keep=self.__dict__: _end_reading(keep))

    def show(self, seconds: float) -> None:
        """Ask for the picture at a time."""
        self._ask(_ReadingWish(seconds))

    def run(self, seconds: float, rate: float) -> None:
        """Run through the clip from a time on, ``rate`` times as fast as it was filmed."""
        self._ask(_ReadingWish(seconds, rate, time.monotonic()))

    def halt(self) -> None:
        """Stop running."""
        with self._bell:
            if self._wish is not None and self._wish.rate:
                self._wish = None

    def close(self) -> None:
        """End the thread; it lets go of the file once the picture in work is done."""
        _end_reading(self.__dict__)
        self.deleteLater()

    def _ask(self, wish: _ReadingWish) -> None:
        with self._bell:
            if self._closed:
                return
            self._wish = wish
            self._bell.notify()
            if self._thread is None:
                self._thread = threading.Thread(target=self._read, name="video-reader", daemon=True)
                self._thread.start()

    # ------------------------------------------------------------------------------------------- in the thread

    def _read(self) -> None:
        from studio.services.clip_preparation import open_scrubber

        scrubber = open_scrubber(self._clip, self._longest)
        while True:
            with self._bell:
                if self._wish is None and not self._closed:
                    self._bell.wait(_IDLE)
                wish = self._wish
                if self._closed or wish is None:
                    self._thread = None  # the next request starts another
                    break
            self._fulfil(scrubber, wish)
        scrubber.close()

    def _fulfil(self, scrubber: ClipScrubber, wish: _ReadingWish) -> None:
        started = time.monotonic()
        # By the clock and not by pictures counted: a slow laptop leaves some out and stays in time.
        at = wish.seconds + (started - wish.since) * wish.rate if wish.rate else wish.seconds
        over = bool(wish.rate) and at >= self._clip.seconds
        try:
            # Asked on the way to the picture: a newer wish ends the work for an older one.
            frame = scrubber.frame_at(at, lambda: self._wish is not wish, lambda early: self._emit(early, exact=False))
        except UserError as error:
            self._drop_wish(wish)
            self._announce_end(error)
            return
        if frame is not None:
            self._emit(frame, exact=True)
        if not wish.rate or over:
            self._drop_wish(wish)
            if over:
                self._announce_end(None)
            return
        with self._bell:
            if self._wish is wish:
                # Until the next picture is due or something else is wished for.
                self._bell.wait(max(0.0, _RATE - (time.monotonic() - started)))

    def _drop_wish(self, wish: _ReadingWish) -> None:
        with self._bell:
            if self._wish is wish:
                self._wish = None

    def _emit(self, frame: VideoPicture, *, exact: bool) -> None:
        image = to_image(frame)
        with self._bell:  # once ``close`` has returned, nothing is told any more: Qt may delete this then
            if not self._closed:
                self.shown.emit(image, frame.seconds, exact)

    def _announce_end(self, error: UserError | None) -> None:
        with self._bell:
            if self._closed:
                return
            if error is None:
                self.finished.emit()
            else:
                self.failed.emit(error)


def _end_reading(state: dict[str, Any]) -> None:
    """Of a reader's attributes, as the reader itself may be gone."""
    with state["_bell"]:
        state["_closed"] = True
        state["_wish"] = None
        state["_bell"].notify()


def to_image(frame: VideoPicture) -> QImage:
    """The picture for Qt, with memory of its own."""
    return QImage(frame.rgb, frame.width, frame.height, frame.width * 3, QImage.Format.Format_RGB888).copy()

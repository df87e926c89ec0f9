"""Small pictures of exported files, read in a worker: what a file shows says more than its name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap
from shiboken6 import isValid

from studio.ui.core.background_jobs import ignore_failure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QLabel

    from studio.base.progress import Progress
    from studio.ui.core.background_jobs import BackgroundJob, JobRunner

SIDE = 44
"""Pixels of a picture's longer side, at the usual size of text."""


class ResultPictures(QObject):
    """Fills labels with pictures as they are read.

    Args:
        jobs: does the work.
    """

    def __init__(self, jobs: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: BackgroundJob | None = None

    def show(self, wanted: Sequence[tuple[Path, QLabel]]) -> None:
        """Read these, and no more what was wanted before."""
        if self._job is not None and isValid(self._job):
            self._job.cancel()
        if wanted:
            work = partial(_read_pictures, tuple(wanted), self._jobs.post)
            self._job = self._jobs.start("", work, failed=ignore_failure, owner=self, lane="quick", quiet=True)


def _read_pictures(
    wanted: Sequence[tuple[Path, QLabel]], post: Callable[[Callable[[], None]], None], progress: Progress
) -> None:
    for number, (path, place) in enumerate(wanted):
        progress.report(number, len(wanted), "")
        image = _read_small(path, place.width())
        if not image.isNull():
            post(partial(_show_pixmap, place, image))


def _read_small(path: Path, side: int) -> QImage:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    if reader.size().isValid():
        reader.setScaledSize(reader.size().scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _show_pixmap(place: QLabel, image: QImage) -> None:
    if isValid(place):
        place.setPixmap(QPixmap.fromImage(image))

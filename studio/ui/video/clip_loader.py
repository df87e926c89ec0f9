"""Brings a clip to the desk: its facts, its filmstrip, its sound, and a small copy where that is needed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from studio.services import clip_preparation as work
from studio.ui.video.frame_reader import to_image

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.base.errors import UserError
    from studio.base.progress import Progress
    from studio.ui.core.background_jobs import BackgroundJob, Lane
    from studio.ui.core.desk_context import WindowTools
    from studio.video.clip import ClipFacts
    from studio.video.clip_pictures import VideoPicture


class ClipLoader(QObject):
    """Reads one clip after the other; what is asked for a clip that is gone is dropped.

    Args:
        tools: for jobs and texts.
        folder: where pictures, levels and copies are kept.
    """

    known = Signal(object)
    """A ``ClipFacts``."""
    picture = Signal(str, int, QImage, float)
    """Which clip (its path), number, picture of the filmstrip and its time."""
    peaks = Signal(object)
    copied = Signal(object)
    """A ``ClipFacts``: the small copy."""
    failed = Signal(object)
    """A ``UserError``."""

    def __init__(self, tools: WindowTools, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._folder = folder
        self._path: Path | None = None
        self._covered = False
        self._name = ""
        self._room: TemporaryDirectory[str] | None = None
        self._running: list[BackgroundJob] = []

    def load(self, path: Path, name: str = "", *, covered: bool = False) -> None:
        """Read this one, which the user knows as ``name``; the work for the one before ends.

        Of a clip with covers no picture is kept, as it would show what they hide; its small copy, which Qt needs as
        a file, lies outside the workspace as long as the clip is open.
        """
        self.stop()
        self._path, self._covered, self._name = path, covered, name or path.name
        self._start("", partial(work.read_clip, path), self._on_clip, quiet=True)

    def stop(self) -> None:
        """Nothing more is wanted."""
        self._path = None
        for job in self._running:
            job.cancel()
        self._running.clear()
        if self._room is not None:
            self._room.cleanup()
            self._room = None

    def _start(
        self, title: str, what: Callable[[Progress], object], done: Callable[[object], None], *, quiet: bool = False
    ) -> None:
        path = self._path
        lane: Lane = "quick" if quiet else "long"

        def finish(result: object) -> None:
            if self._path == path:
                done(result)

        def fail(error: UserError) -> None:
            if self._path == path:
                self.failed.emit(error)

        job = self._tools.jobs.start(title, what, done=finish, failed=fail, lane=lane, quiet=quiet)
        if job.state in {"waiting", "running"}:
            self._running.append(job)
            job.ended.connect(lambda: self._running.remove(job) if job in self._running else None)

    def _on_clip(self, found: object) -> None:
        clip: ClipFacts = found  # type: ignore[assignment]  # what read_clip returns
        self.known.emit(clip)
        path = self._path

        def show(number: int, image: QImage, seconds: float) -> None:
            if self._path == path:
                self.picture.emit(str(clip.path), number, image, seconds)

        def tell(number: int, frame: VideoPicture) -> None:
            self._tools.jobs.post(partial(show, number, to_image(frame), frame.seconds))

        strips = None if self._covered else self._folder
        self._start("", partial(work.read_strip, clip, strips, tell), lambda _: None, quiet=True)
        self._start("", partial(work.read_peaks, clip, self._folder), self.peaks.emit, quiet=True)
        self._start("", work.ready_player, lambda _: None, quiet=True)
        if work.needs_copy(clip):
            title = self._tools.t("clip.job_copy", file=self._name)
            if self._covered:
                self._room = TemporaryDirectory(prefix="kim-", ignore_cleanup_errors=True)
            place = self._folder if self._room is None else Path(self._room.name)
            # A copy that is there takes no time, so no job is shown for it.
            ready = work.kept_copy(clip, place).exists()
            self._start(title, partial(work.make_copy, clip, place, name=self._name), self.copied.emit, quiet=ready)

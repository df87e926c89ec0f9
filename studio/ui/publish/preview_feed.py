"""Keeps the previews up with the story: waits a moment, has them made in the worker, and hands them to the desk."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from studio.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.export.preview import OutletPictures, OutletTexts, Previewer
    from studio.ui.jobs import Job, Runner
    from studio.ui.session import StorySession

WAIT_MS = 60
"""A pause between a change and its preview: short enough to feel live, long enough to join a burst of keys."""


class PreviewFeed(QObject):
    """Makes texts first (of the shown outlet, then of all), then pictures; one job at a time, the newest story wins.

    Args:
        previewer: makes them; used in the worker only.
        session: the open story.
        jobs: the worker.
        across: width of the phone's screen in pixels of the display.
    """

    texts_ready = Signal(object)
    """A tuple of ``OutletTexts``."""
    pictures_ready = Signal(object)
    """``OutletPictures`` of the shown outlet."""
    failed = Signal(str)
    """A story that cannot be shown at all: the reason, in the user's words comes from ``explain``."""

    def __init__(
        self,
        previewer: Previewer,
        session: StorySession,
        jobs: Runner,
        across: int,
        explain: Callable[[UserError], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._previewer, self._session, self._jobs, self._across = previewer, session, jobs, across
        self._explain = explain
        self.outlet = ""
        self._job: Job | None = None
        self._todo: list[str] = []
        self._awake = False
        self._stale = True
        self._round = 0
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self._begin)
        session.changed.connect(lambda _: self.refresh())

    def wake(self, awake: bool) -> None:
        """Work only while the desk is seen."""
        self._awake = awake
        if awake and self._stale:
            self._timer.start(0)

    def show(self, outlet: str) -> None:
        """Whose pictures are wanted."""
        self.outlet = outlet
        self.refresh(0)

    def refresh(self, wait: int = WAIT_MS) -> None:
        """The story, the group or the packs have changed."""
        self._stale = True
        if self._awake and not self._timer.isActive():
            self._timer.start(wait)

    def _begin(self) -> None:
        if not self._awake:
            return
        self._stale = False
        self._round += 1
        self._todo = ["own", "pictures", "all"]
        if self._job is not None:
            self._job.cancel()  # what is being made is of an older story; its end starts the next
            return
        self._next()

    def _next(self) -> None:
        if self._job is not None or not self._todo or not self._awake:
            return
        step = self._todo.pop(0)
        story, folder, outlet, mine = self._session.story, self._session.folder, self.outlet, self._round
        if step == "pictures":
            work = partial(_pictures, self._previewer, folder, story, outlet, self._across)
            take: Callable[[object], None] = partial(self._take_pictures, outlet, mine)
        else:
            urgent = tuple(dict.fromkeys((outlet, *(key.partition("/")[0] for key in story.overrides))))
            work = partial(_texts, self._previewer, folder, story, urgent if step == "own" else ())  # type: ignore[assignment]
            take = self._take_texts
        job = self._jobs.start("", work, done=take, failed=self._fail, lane="quick", quiet=True)
        if job.state in {"done", "failed", "cancelled"}:  # done at once, by the inline runner
            self._ended()
            return
        self._job = job
        job.ended.connect(self._ended)

    def _ended(self) -> None:
        self._job = None
        QTimer.singleShot(0, self, self._next)

    def _take_texts(self, made: object) -> None:
        self.texts_ready.emit(made)

    def _take_pictures(self, outlet: str, mine: int, made: object) -> None:
        if outlet == self.outlet and mine == self._round:
            self.pictures_ready.emit(made)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.failed.emit(self._explain(error))


def _texts(
    previewer: Previewer, folder: str, story: object, outlets: tuple[str, ...], progress: object
) -> tuple[OutletTexts, ...]:
    return previewer.texts(folder, story, outlets)  # type: ignore[arg-type]


def _pictures(
    previewer: Previewer, folder: str, story: object, outlet: str, across: int, progress: object
) -> OutletPictures:
    return previewer.pictures(folder, story, outlet, across, progress)  # type: ignore[arg-type]

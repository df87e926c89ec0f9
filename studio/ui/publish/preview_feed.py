"""Keeps the previews up with the story: waits a moment, has them made in the worker, and hands them to the desk."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.base.errors import UserError
    from studio.base.progress import Progress
    from studio.checks.readiness import StoryReadiness
    from studio.preview.outlet_previews import OutletPreviewer
    from studio.preview.preview_results import OutletPictures, OutletTexts
    from studio.story.model import Story
    from studio.ui.core.background_jobs import BackgroundJob, JobRunner
    from studio.ui.core.story_session import StorySession

WAIT_MS = 60
"""From one beginning to the next while changes keep coming: short enough to feel live, long enough to join a burst of
keys. A change that comes alone is begun at once."""


@dataclass(frozen=True, slots=True)
class PreviewNews:
    """Something made of ``story``: texts of some outlets with the gate's verdict, or the pictures of one."""

    story: Story
    texts: tuple[OutletTexts, ...] = ()
    verdict: StoryReadiness | None = None
    pictures: OutletPictures | None = None


class PreviewFeed(QObject):
    """Makes texts first (of the shown outlet, then of all), then pictures; one job at a time, the newest story wins.

    Args:
        previewer: makes them; used in the worker only.
        session: the open story.
        jobs: the worker.
        across: width of the phone's screen in pixels of the display.
    """

    texts_ready = Signal(object)
    """``PreviewNews`` with texts."""
    pictures_ready = Signal(object)
    """``PreviewNews`` with the pictures of the shown outlet."""
    failed = Signal(object)
    """The ``UserError`` of what cannot be shown at all."""

    def __init__(
        self,
        previewer: OutletPreviewer,
        session: StorySession,
        jobs: JobRunner,
        across: int,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._previewer, self._session, self._jobs, self._across = previewer, session, jobs, across
        self.outlet = ""
        self._job: BackgroundJob | None = None
        self._todo: list[str] = []
        self._awake = False
        self._stale = True
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._begin)
        self._since = QElapsedTimer()
        self._step = QTimer(self, singleShot=True, interval=0)
        self._step.timeout.connect(self._start_next)
        session.changed.connect(self._on_changed)

    def wake(self, awake: bool) -> None:
        """Work only while the desk is seen."""
        self._awake = awake
        if awake and self._stale:
            self._timer.start(0)
        elif not awake and self._job is not None:
            self._job.cancel()
            self._stale = True

    def show(self, outlet: str) -> None:
        """Whose pictures are wanted."""
        self.outlet = outlet
        self._stale = True
        if self._awake:
            self._timer.start(0)

    def _on_changed(self, story: Story) -> None:
        self.refresh()

    def refresh(self) -> None:
        """The story, the group or the packs have changed."""
        self._stale = True
        if self._awake and not self._timer.isActive():
            rested = self._since.elapsed() if self._since.isValid() else WAIT_MS
            self._timer.start(max(0, WAIT_MS - rested))

    @property
    def busy(self) -> bool:
        """Whether something is being made or waits for it."""
        return self._timer.isActive() or self._job is not None or bool(self._todo)

    def _begin(self) -> None:
        if not self._awake or not self.outlet:
            return
        self._stale = False
        self._since.start()
        # In the order of what is looked at: the texts and pictures of the shown outlet, then the texts of all others
        # for their counters.
        self._todo = ["own", "pictures", "all"]
        if self._job is not None:
            self._job.cancel()  # it works on an older story; its end starts the next
        self._start_next()

    def _start_next(self) -> None:
        if self._job is not None or not self._todo or not self._awake:
            return
        step = self._todo.pop(0)
        story, folder, outlet = self._session.story, self._session.folder, self.outlet
        work: Callable[[Progress], PreviewNews]
        if step == "pictures":
            work = partial(_pictures, self._previewer, folder, story, outlet, self._across)
        else:
            adjusted = (key.partition("/")[0] for key in story.overrides)
            # Outlets with adjusted texts come along first: whether these still fit the story is shown at once in the
            # list.
            wanted = tuple(dict.fromkeys((outlet, *adjusted))) if step == "own" else ()
            work = partial(_texts, self._previewer, folder, story, wanted)
        job = self._jobs.start("", work, done=self._pass_on, failed=self._fail, lane="quick", quiet=True)
        if job.state in {"done", "failed", "cancelled"}:  # done at once, by the inline runner
            self._ended()
            return
        self._job = job
        job.ended.connect(self._ended)

    def _ended(self) -> None:
        self._job = None
        self._step.start()

    def _pass_on(self, news: PreviewNews) -> None:
        if not self._awake:
            return
        if news.pictures is None:
            self.texts_ready.emit(news)
        # The user may have gone on to another outlet while these were painted.
        elif news.pictures.outlet.id == self.outlet:
            self.pictures_ready.emit(news)

    def _fail(self, error: UserError) -> None:
        if self._awake:
            self.failed.emit(error)


def _texts(
    previewer: OutletPreviewer, folder: str, story: Story, outlets: tuple[str, ...], progress: Progress
) -> PreviewNews:
    progress.report(0, 1, "")
    return PreviewNews(story, texts=previewer.texts(folder, story, outlets), verdict=previewer.verdict(story, folder))


def _pictures(
    previewer: OutletPreviewer, folder: str, story: Story, outlet: str, across: int, progress: Progress
) -> PreviewNews:
    return PreviewNews(story, pictures=previewer.pictures(folder, story, outlet, across, progress))

"""A button that writes a PDF in the background; meanwhile it says how far that is and stops it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from studio.services.photo_folder_choice import ready_fonts
from studio.ui.widgets.basic_parts import button, describe

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QPushButton

    from studio.base.progress import Progress
    from studio.ui.core.background_jobs import BackgroundJob, JobState
    from studio.ui.core.desk_context import WindowTools

R = TypeVar("R")


def choose_paper(tools: WindowTools, title: str, name: str) -> Path | None:
    """Where to write; a name without an ending gets that of ``name``."""
    target = tools.dialogs.choose_target(title, name)
    return target if target is None or target.suffix else Path(f"{target}{Path(name).suffix}")


@dataclass(frozen=True, slots=True)
class PaperWords:
    """Codes of messages: the button, its hint, the job, and the name proposed for the file, without ending."""

    label: str
    tip: str
    job: str
    file: str


class PaperButton(Generic[R]):
    """The button.

    Args:
        tools: what every part is given.
        words: what it says.
        icon: what it shows.
        write: writes the file, in a worker.
        done: told, in the window's thread, of the file and of what ``write`` returned.
        parts: how many there are to write, shown before the first report.
    """

    def __init__(
        self,
        tools: WindowTools,
        words: PaperWords,
        icon: str,
        write: Callable[[Path, Progress], R],
        done: Callable[[Path, R], None],
        parts: int = 1,
    ) -> None:
        self._tools, self._words, self._write, self._done, self._parts = tools, words, write, done, parts
        self._job: BackgroundJob | None = None
        self.button: QPushButton = button(tools.theme, "", self._press, icon=icon)
        self._rest()

    def stop(self) -> None:
        """Give up a PDF that is being written; called when its dialog closes."""
        if self._job is not None:
            self._job.cancel()

    def _press(self) -> None:
        if self._job is not None:
            self._job.cancel()
            return
        t, words = self._tools.t, self._words
        target = choose_paper(self._tools, t(words.label), f"{t(words.file)}.pdf")
        if target is None:
            return
        ready_fonts()  # here: a worker may paint, but not load fonts
        job = self._tools.jobs.start(
            t(words.job),
            partial(self._write, target),
            done=partial(self._done, target),
            failed=self._tools.dialogs.explain,
            ended=self._ended,
            owner=self.button,
            lane="quick",  # an export may go on for an hour
        )
        # Where jobs are done at once, it has ended already.
        if job.state in {"waiting", "running"}:
            self._job = job
            self._show(0, self._parts, "")
            job.progressed.connect(self._show)

    def _show(self, done: float, total: float, what: str) -> None:
        self.button.setText(f"  {self._tools.t('dialog.cancel')} ({done:.0f}/{total:.0f})")
        describe(self.button, self.button.text().strip(), what)

    def _ended(self, _: JobState) -> None:
        self._job = None
        self._rest()

    def _rest(self) -> None:
        label = self._tools.t(self._words.label)
        self.button.setText(f"  {label}")
        describe(self.button, label, self._tools.t(self._words.tip))

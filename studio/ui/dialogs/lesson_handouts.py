"""Hand-outs from the window of lessons: of the lesson that is shown, and of all as one PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.progress import SilentProgress
from studio.services.lesson_papers import write_lesson_handouts
from studio.services.photo_folder_choice import ready_fonts
from studio.ui.widgets.basic_parts import button, describe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QPushButton

    from studio.base.errors import WorkNotice
    from studio.services.lesson_shelf import LessonShelf, StoredLesson
    from studio.story.model import Group
    from studio.ui.core.background_jobs import BackgroundJob, JobState
    from studio.ui.core.desk_context import WindowTools


def choose_paper(tools: WindowTools, title: str, name: str) -> Path | None:
    """Where to write; a name without an ending gets that of ``name``."""
    target = tools.dialogs.choose_target(title, name)
    return target if target is None or target.suffix else Path(f"{target}{Path(name).suffix}")


def save_handout(tools: WindowTools, group: Group, stored: StoredLesson) -> None:
    """Ask where to, and write the hand-out of one lesson."""
    target = choose_paper(tools, tools.t("lesson.handout"), f"{stored.lesson.id}.pdf")
    if target is None:
        return
    try:
        notices = write_lesson_handouts(target, (stored,), group, tools.texts, SilentProgress())
    except UserError as error:
        tools.dialogs.explain(error)
        return
    _tell(tools, target, notices)


class AllHandouts:
    """The button that writes all lessons as one PDF; while they are written, it says how far that is and stops it.

    Args:
        tools: what every part is given.
        group: whose name is on the papers.
        shelf: the lessons.
    """

    def __init__(self, tools: WindowTools, group: Group, shelf: LessonShelf) -> None:
        self._tools, self._group, self._shelf = tools, group, shelf
        self._job: BackgroundJob | None = None
        self.button: QPushButton = button(tools.theme, "", self._press, icon="files")
        self._rest()

    def stop(self) -> None:
        """Stop writing; called when the dialog closes."""
        if self._job is not None:
            self._job.cancel()

    def _press(self) -> None:
        if self._job is not None:
            self._job.cancel()
            return
        t = self._tools.t
        target = choose_paper(self._tools, t("lesson.all_handouts"), f"{t('lesson.all_handouts_file')}.pdf")
        if target is None:
            return
        ready_fonts()  # here: a worker may paint, but not load fonts
        lessons, group, texts = self._shelf.lessons, self._group, self._tools.texts
        job = self._tools.jobs.start(
            t("lesson.all_handouts_job"),
            lambda progress: write_lesson_handouts(target, lessons, group, texts, progress),
            done=lambda notices: _tell(self._tools, target, notices),
            failed=self._tools.dialogs.explain,
            ended=self._ended,
            owner=self.button,
            lane="quick",  # an export may go on for an hour
        )
        # Where jobs are done at once, it has ended already.
        if job.state in {"waiting", "running"}:
            self._job = job
            self._show(0, len(lessons), "")
            job.progressed.connect(self._show)

    def _show(self, done: float, total: float, what: str) -> None:
        self.button.setText(f"  {self._tools.t('dialog.cancel')} ({done:.0f}/{total:.0f})")
        describe(self.button, self.button.text().strip(), what)

    def _ended(self, _: JobState) -> None:
        self._job = None
        self._rest()

    def _rest(self) -> None:
        words = self._tools.t("lesson.all_handouts")
        self.button.setText(f"  {words}")
        describe(self.button, words, self._tools.t("lesson.all_handouts_tip"))


def _tell(tools: WindowTools, target: Path, notices: Sequence[WorkNotice]) -> None:
    for notice in notices:
        tools.dialogs.explain(notice)
    tools.dialogs.tell(tools.t("lesson.title"), tools.t("lesson.written", file=str(target)))

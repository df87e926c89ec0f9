"""The button that writes the guide as a PDF, in the background; meanwhile it says how far that is and stops it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from studio.services.guide_printing import write_guide
from studio.services.photo_folder_choice import ready_fonts
from studio.ui.dialogs.lesson_handouts import choose_paper
from studio.ui.widgets.basic_parts import button, describe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QPushButton

    from studio.services.guide_pages import GuidePage
    from studio.ui.core.background_jobs import BackgroundJob, JobState
    from studio.ui.core.desk_context import WindowTools


class GuidePaper:
    """The button.

    Args:
        tools: what every part is given.
        pages: of the guide.
    """

    def __init__(self, tools: WindowTools, pages: Sequence[GuidePage]) -> None:
        self._tools, self._pages = tools, pages
        self._job: BackgroundJob | None = None
        self.button: QPushButton = button(tools.theme, "", self._press, icon="printer")
        self._rest()

    def stop(self) -> None:
        """Give up a PDF that is being written."""
        if self._job is not None:
            self._job.cancel()

    def _press(self) -> None:
        if self._job is not None:
            self._job.cancel()
            return
        t, texts, pages = self._tools.t, self._tools.texts, self._pages
        target = choose_paper(self._tools, t("guide.save"), f"{t('guide.file')}.pdf")
        if target is None:
            return
        ready_fonts()  # here: a worker may paint, but not load fonts
        job = self._tools.jobs.start(
            t("guide.job"),
            lambda progress: write_guide(target, pages, texts, progress),
            done=partial(self._tell, str(target)),
            failed=self._tools.dialogs.explain,
            ended=self._ended,
            owner=self.button,
            lane="quick",  # an export may go on for an hour
        )
        # Where jobs are done at once, it has ended already.
        if job.state in {"waiting", "running"}:
            self._job = job
            self._show(0, 1, "")
            job.progressed.connect(self._show)

    def _tell(self, file: str, sheets: int) -> None:
        self._tools.dialogs.tell(self._tools.t("guide.title"), self._tools.t("guide.written", file=file, n=sheets))

    def _show(self, done: float, total: float, what: str) -> None:
        self.button.setText(f"  {self._tools.t('dialog.cancel')} ({done:.0f}/{total:.0f})")
        describe(self.button, self.button.text().strip(), what)

    def _ended(self, _: JobState) -> None:
        self._job = None
        self._rest()

    def _rest(self) -> None:
        self.button.setText(f"  {self._tools.t('guide.save')}")
        describe(self.button, self._tools.t("guide.save"), self._tools.t("guide.save_tip"))

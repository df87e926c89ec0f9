"""The window "Cetak": which stories in which order become a bulletin, a poster or sheets; preview, printer, PDF."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QProgressBar, QSizePolicy

from studio.base.errors import UserError
from studio.base.portable_names import with_ending
from studio.services.kept_bulletins import keep_bulletin
from studio.services.paper_printing import make_paper, set_again, show_paper, side_painter
from studio.ui.core.paper_printer import print_job
from studio.ui.dialogs.print_form import PrintForm
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row, scrolled, tool
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeAlias

    from PySide6.QtGui import QResizeEvent

    from studio.base.progress import Progress
    from studio.services.paper_printing import PaperJob, PaperMaterial
    from studio.store.workspace import Workspace
    from studio.ui.core.background_jobs import BackgroundJob, JobState
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace

    SetPaper: TypeAlias = tuple[PaperMaterial, PaperJob]

_EMPTY = "#ffffff"


class PrintDialog(StyledDialog):
    """The window.

    What is shown was gathered when it was chosen; what is printed or saved is gathered anew, through the gate.

    Args:
        tools: what every part is given.
        workspace: whose stories are printed.
        folder: the open story, ticked at first; "" for none.
    """

    def __init__(self, tools: WindowTools, workspace: Workspace, folder: str) -> None:
        super().__init__(tools.theme)
        self._tools = tools
        self._workspace = workspace
        self._material: PaperMaterial | None = None
        self._paper: PaperJob | None = None
        self._job: BackgroundJob | None = None
        self._waiting = False
        self._side = 0
        theme = tools.theme
        self.setWindowTitle(self._t("title"))
        self.form = PrintForm(tools, workspace, folder)
        self.page = QLabel()
        self.previous = tool(theme, "chevron-left", self._t("previous"), partial(self._turn, -1))
        self.next = tool(theme, "chevron-right", self._t("next"), partial(self._turn, 1))
        self.side = label("", "muted")
        self.summary = label("", "strong", wrap=True)
        self.notes = label("", "hint", wrap=True)
        self.bar = QProgressBar()
        self.print = button(theme, self._t("print"), self._print, look="primary", icon="printer")
        self.pdf = button(theme, self._t("pdf"), self._save, icon="file-down")
        self.close_button = button(theme, tools.t("dialog.close"), self.reject)
        self._lay_out()
        self.form.stories_changed.connect(self._renew)
        self.form.look_changed.connect(self._set_again)
        self._renew()

    def _t(self, code: str, **facts: object) -> str:
        return self._tools.t(f"cetak.{code}", **facts)

    def _lay_out(self) -> None:
        px = self._tools.theme.px
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.page.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.page.setMinimumSize(px(240), px(200))
        describe(self.page, self._t("preview"))
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(px(6))
        self.bar.setVisible(False)
        describe(self.bar, self._t("making"))
        left = scrolled(self.form)
        left.setFixedWidth(px(330))
        turn = row(self.previous, self.side, self.next, 1, gap=px(6))
        right = column(self.page, self.bar, turn, self.summary, self.notes, gap=px(8))
        right.setStretch(0, 1)
        middle = row(left, right, gap=px(14))
        middle.setStretch(1, 1)
        foot = row(self.print, self.pdf, 1, self.close_button)
        whole = column(middle, foot, gap=px(12), edges=edges(self._tools.theme, 18, 16))
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.resize(min(px(1120), 1340), min(px(660), 690))

    # ------------------------------------------------------------------------------------------ making it

    def _renew(self) -> None:
        """Gather what is chosen now; where something is being gathered, again when that is done."""
        self._forget()
        if not self.form.chosen():
            self._waiting = False
            self.notes.setText(self._t("choose"))
            return
        if self._job is not None:
            self._waiting = True
            self._job.cancel()
            return
        self._start(partial(show_paper, self._workspace, self.form.paper_wish(), self._tools.texts), self._show)

    def _gather(self, then: Callable[[SetPaper], object], path: Path | None = None) -> None:
        """For the printer or a file: through the gate once more, while the side in sight stays."""
        self._start(partial(make_paper, self._workspace, self.form.paper_wish(), self._tools.texts, path=path), then)

    def _start(self, work: Callable[[Progress], SetPaper], then: Callable[[SetPaper], object]) -> None:
        self._show_working(True)
        job = self._tools.jobs.start(
            self._t("making"),
            work,
            done=then,
            failed=self._failed,
            ended=self._ended,
            owner=self,
        )
        # Where jobs are done at once, it has ended already.
        if job.state in {"waiting", "running"}:
            self._job = job
            job.progressed.connect(self._show_progress)

    def _show_progress(self, done: float, total: float, what: str) -> None:
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(1000 * done / total) if total else 0)
        self.notes.setText(what)

    def _show_working(self, working: bool) -> None:
        self.bar.setRange(0, 0)
        self.bar.setVisible(working)
        for part in (self.print, self.pdf):
            part.setEnabled(not working and self._paper is not None)
        self.close_button.setText(self._tools.t("dialog.cancel" if working else "dialog.close"))

    def _ended(self, _state: JobState) -> None:
        self._job = None
        self._show_working(False)
        if self._waiting:
            self._waiting = False
            self._renew()

    def _failed(self, error: UserError) -> None:
        self._forget()
        self.notes.setText(self._tools.texts.explain(error))

    def _forget(self) -> None:
        self._material = self._paper = None
        self._side = 0
        self.page.clear()
        self.summary.setText("")
        self.side.setText("")
        self.notes.setText("")
        for part in (self.print, self.pdf, self.previous, self.next):
            part.setEnabled(False)

    def _set_again(self) -> None:
        """The same stories with another look: they are not gathered again."""
        if self._material is not None and self._job is None:
            material = replace(self._material, wish=self.form.paper_wish())
            self._start(partial(set_again, material, self._tools.texts), self._show)
        elif self._job is not None:
            self._waiting = True  # once more, as the form says by then

    def _show(self, made: SetPaper) -> None:
        """Show the first side."""
        self._material, self._paper = made
        self._side = min(self._side, len(self._paper.sides) - 1)
        code = "summary_bulletin" if self._paper.duplex else "summary_sheets"
        self.summary.setText(self._t(code, pages=self._paper.pages, papers=self._paper.papers))
        self._tell_troubles(self._paper)
        for part in (self.print, self.pdf):
            part.setEnabled(True)
        self._draw()

    def _tell_troubles(self, paper: PaperJob) -> None:
        self.notes.setText("\n".join(self._tools.texts.explain(trouble) for trouble in paper.troubles))

    # ------------------------------------------------------------------------------------------ looking at it

    def _turn(self, step: int) -> None:
        self._side += step
        self._draw()

    def _draw(self) -> None:
        if self._paper is None:
            return
        count = len(self._paper.sides)
        self.previous.setEnabled(self._side > 0)
        self.next.setEnabled(self._side < count - 1)
        self.side.setText(self._t("side", number=self._side + 1, count=count))
        room = self.page.size().expandedTo(QSize(200, 150))
        wide, high = self._paper.sides[self._side].size
        # Painted at the screen's own pixels: a sheet that is scaled afterwards has grey letters.
        unit = min((room.width() - 4) / wide, (room.height() - 4) / high) * self.devicePixelRatioF()
        image = QImage(max(1, round(wide * unit)), max(1, round(high * unit)), QImage.Format.Format_RGB32)
        image.fill(_EMPTY)
        painter = QPainter(image)
        try:
            side_painter(self._paper, self._side)(painter, unit)
        except UserError as error:
            self._failed(error)
            return
        finally:
            painter.end()
        # Only now: a painter on such an image would scale once more.
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self.page.setPixmap(QPixmap.fromImage(image))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the side as large as there is room."""
        super().resizeEvent(event)
        self._draw()

    # ------------------------------------------------------------------------------------------ on paper

    def _print(self) -> None:
        self._gather(self._print_gathered)

    def _print_gathered(self, made: SetPaper) -> None:
        self._tell_troubles(made[1])
        try:
            printer = print_job(made[1], self._tools)
        except UserError as error:
            self._tools.dialogs.explain(error)
            return
        if printer is not None:
            self._keep_bulletin(made[0])
            self._tools.dialogs.tell(self._t("title"), self._t("printed", printer=printer or "PDF"))

    def _save(self) -> None:
        path = self._tools.dialogs.choose_target(self._t("save_as"), f"{self.form.file_name()}.pdf")
        if path is not None:
            path = with_ending(path, ".pdf")
            self._gather(partial(self._saved, path), path)

    def _saved(self, path: Path, made: SetPaper) -> None:
        self._tell_troubles(made[1])
        self._keep_bulletin(made[0])
        self._tools.dialogs.tell(self._t("title"), self._t("written", file=str(path)))

    def _keep_bulletin(self, material: PaperMaterial) -> None:
        """Remember a bulletin that was made, for its next issue."""
        if material.wish.kind != "bulletin" or self._workspace.read_only:
            return
        try:
            keep_bulletin(self._workspace, material.wish)
        except UserError as error:
            self._tools.dialogs.explain(error)
            return
        self.form.fill_kept()

    def reject(self) -> None:
        """While something is made the button stops that; else it closes the window."""
        if self._job is not None:
            self._waiting = False
            self._job.cancel()
            return
        super().reject()


def show_print(tools: WindowTools, stories: OpenWorkspace) -> None:
    """Let the user put stories on paper.

    Args:
        tools: what every part is given.
        stories: the open workspace and story.
    """
    folder = stories.saved_folder()
    if folder is None:
        return
    dialog = PrintDialog(tools, stories.workspace, folder)
    tools.dialogs.show(dialog)
    dialog.deleteLater()

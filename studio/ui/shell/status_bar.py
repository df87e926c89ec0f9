"""The bar at the foot of the window: saved when and where, offline, what is being worked on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QProgressBar, QSizePolicy, QToolButton, QWidget

from studio.base.relative_dates import time_of_day
from studio.ui.core.spoken_news import SpokenSaving, SpokenWork
from studio.ui.shell.writer_choice import WriterChoice
from studio.ui.widgets.basic_parts import describe, label, picture, restyle, row, tool

if TYPE_CHECKING:
    from studio.store.workspace import Workspace
    from studio.ui.core.background_jobs import BackgroundJob
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.story_session import SaveState

HEIGHT = 32


class JobStrip(QWidget):
    """Shows the running job with its progress and a way to stop it; nothing while there is none.

    Args:
        tools: what every part is given.
    """

    def __init__(self, tools: WindowTools) -> None:
        super().__init__()
        self._tools = tools
        self._jobs: list[BackgroundJob] = []
        self._spoken = SpokenWork(self, tools.t)
        theme = tools.theme
        self.text = label("", "muted")
        self.text.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(theme.px(130))
        self.bar.setAccessibleName(tools.t("status.progress"))
        self.stop = tool(theme, "x", tools.t("status.stop"), self._stop_shown, size=14)
        self.more = self._more_button()
        spin = picture(theme, "loader-circle", "accent", 14)
        self.setLayout(row(spin, self.text, self.bar, self.stop, self.more, gap=theme.px(6)))
        self._show()
        tools.jobs.started.connect(self.add)
        # The window may be built anew while work goes on.
        for job in tools.jobs.running():
            self.add(job)

    def _more_button(self) -> QToolButton:
        made = QToolButton()
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        describe(made, self._tools.t("status.more_jobs"))
        menu = QMenu(made)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        made.setMenu(menu)
        return made

    def add(self, job: BackgroundJob) -> None:
        """Show a job until it ends."""
        if job.quiet:
            return
        self._jobs.append(job)
        self._spoken.begin(job)
        job.progressed.connect(self._on_news)
        job.ended.connect(self._drop_ended)
        self._show()

    def _on_news(self, _done: float, _total: float, _what: str) -> None:
        for job in self._jobs:
            self._spoken.go_on(job)
        self._show()

    def _drop_ended(self) -> None:
        for job in self._jobs:
            self._spoken.end(job)
        self._jobs = [job for job in self._jobs if job.state in {"waiting", "running"}]
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._jobs))
        if not self._jobs:
            return
        job = self._jobs[0]
        text = job.title if not job.what else f"{job.title}: {job.what}"
        width = self._tools.theme.px(300)
        # A guess of less than five seconds is over before it was read.
        if (left := job.left) is not None and left >= 5:
            minutes = round(left / 60)
            told = self._tools.t("status.minutes_left", n=minutes) if left > 90 else self._tools.t("status.soon")
            text = f"{told} · {text}"
        self.text.setText(self.text.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, width))
        self.text.setToolTip(text)
        # A range without length makes Qt show a bar that only says "busy".
        self.bar.setRange(0, 1000 if job.total else 0)
        if job.total:
            self.bar.setValue(round(1000 * job.done / job.total))
        self.stop.setEnabled(not job.cancel_asked)
        self.more.setVisible(len(self._jobs) > 1)
        self.more.setText(f"+{len(self._jobs) - 1}")

    def _stop_shown(self) -> None:
        if self._jobs:
            self._jobs[0].cancel()
            self.stop.setEnabled(False)

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        for job in self._jobs[1:]:
            menu.addAction(self._tools.t("status.stop_one", title=job.title)).triggered.connect(job.cancel)


class StatusBar(QFrame):
    """Says that the work is safe, and what is being worked on.

    Args:
        tools: what every part is given.
        workspace: where the work lies, and whose members may be writing.
    """

    def __init__(self, tools: WindowTools, workspace: Workspace) -> None:
        super().__init__()
        place = workspace.path
        self.setObjectName("status")
        self._tools = tools
        self._place = place
        self._state: SaveState | None = None
        self._here = True
        theme = tools.theme
        self._mark = QLabel()
        self.saved = label()
        self.saved.setToolTip(str(place))
        offline = label(tools.t("status.offline"))
        offline.setToolTip(tools.t("status.offline_tip"))
        cloud = picture(theme, "cloud-off", "muted", 14)
        self.jobs = JobStrip(tools)
        self._spoken = SpokenSaving(self)
        self.setFixedHeight(theme.px(HEIGHT))
        left = (self._mark, self.saved, label("·"), cloud, offline)
        self.writer = WriterChoice(tools, workspace)
        self.setLayout(row(*left, 1, self.jobs, self.writer, gap=theme.px(6), edges=(theme.px(16), 0, theme.px(10), 0)))
        self.show_state(None)

    def show_drive(self, *, here: bool) -> None:
        """Say that the drive of the workspace is gone, or again what is true of the story."""
        if self._here != here:
            self._here = here
            self.show_state(self._state)

    def show_state(self, state: SaveState | None) -> None:
        """Say whether the open story is on disk; None when no story is open."""
        self._state = state
        icon, role, look = "hard-drive", "ok", ""
        if not self._here and (state is None or state.kind != "failed"):
            icon, role, look = "triangle-alert", "bad", "bad"
            text = self._tools.t("status.gone")
        elif state is None:
            text = self._tools.t("status.workspace", place=self._place.name)
        elif state.kind == "failed":
            icon, role, look = "triangle-alert", "bad", "bad"
            text = self._tools.t("status.failed")
        elif state.kind == "read_only":
            icon, role = "lock", "warn"
            text = self._tools.t("status.read_only")
        elif state.kind == "pending":
            icon, role = "pencil-line", "muted"
            text = self._tools.t("status.pending")
        elif state.when is None:
            text = self._tools.t("status.saved", place=self._place.name)
        else:
            time = time_of_day(state.when, self._tools.texts.language)
            text = self._tools.t("status.saved_at", place=self._place.name, time=time)
        self._mark.setPixmap(self._tools.theme.pixmap(icon, role, 14))
        self.saved.setText(text)
        self._spoken.follow_foot(state, text)
        restyle(self.saved, "look", look)

"""The dialog of "Situs bersama": which groups, where to, the work with its bar, and what came down and why."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QListWidget, QWidget

from studio.services.joint_site import joint_lines, look_at_groups, make_joint_site
from studio.services.story_export import prepare_painting
from studio.ui.dialogs.dialog_service import DialogChoice
from studio.ui.dialogs.history_dialog import resize_to_screen
from studio.ui.dialogs.joint_site_form import JointSiteForm
from studio.ui.publish.export_results import open_folder
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row, scroll_to, scrolled
from studio.ui.widgets.working_dialog import WorkingDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from studio.base.progress import Progress
    from studio.export.website.site_library import BuiltSite
    from studio.services.joint_site import JointOutlook
    from studio.ui.core.desk_context import WindowTools

T = TypeVar("T")
_FOLDER = Qt.ItemDataRole.UserRole
_NAMED = 6
"""Groups named in the question whether they may leave; more are counted."""


class JointSiteDialog(WorkingDialog):
    """The dialog; work that is on when it is closed is cancelled, and goes on where it was the next time.

    Args:
        tools: what every part is given; groups, folder and address are kept in the settings.
    """

    def __init__(self, tools: WindowTools) -> None:
        super().__init__(tools, tools.t("joint.form.cancelled"))
        theme = tools.theme
        self.form = JointSiteForm(tools)
        self.left = QListWidget()
        self.open_button = button(theme, self._t("open"), self._open_site, icon="folder-open")
        self.start = button(theme, self._t("start"), self.make_site, look="primary", icon="globe")
        self._lay_out()
        self.form.changed.connect(self._update_start)
        self._update_start()
        self.form.add.setFocus()

    def _t(self, code: str, **facts: object) -> str:
        return self._tools.t(f"joint.form.{code}", **facts)

    def _lay_out(self) -> None:
        theme, px = self._tools.theme, self._tools.theme.px
        self.setWindowTitle(self._t("head"))
        self.setAcceptDrops(True)
        self.left.setWordWrap(True)
        self.left.setMinimumHeight(px(150))
        self.left.setProperty("look", "framed")
        describe(self.left, self._t("left"))
        describe(self.bar, self._t("progress"))
        inside = QWidget()
        inside.setLayout(column(self.form, self.outcome, self.left, 1, gap=px(8), edges=(0, 0, px(8), 0)))
        for hidden in (self.left, self.open_button):
            hidden.hide()
        self._area = scrolled(inside)
        foot = row(self.open_button, 1, self.close_button, self.start, gap=px(8))
        head = label(self._t("head"), "page")
        whole = column(head, self._area, self.bar, self.what, foot, gap=px(10), edges=edges(theme, 22, 18))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        resize_to_screen(self, px(700), px(720))
        self.start.setDefault(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Folders of workspaces, or folders that hold many, may be dropped anywhere."""
        if self._job is None and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the folders."""
        event.acceptProposedAction()
        self.form.take_folders([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _update_start(self) -> None:
        self.start.setEnabled(self._job is None and bool(self.form.folders) and self.form.out is not None)

    def make_site(self) -> None:
        """Look at the groups, ask about those that would leave, make the site."""
        out, folders = self.form.out, self.form.folders
        if out is not None and folders:
            self._start_work(partial(look_at_groups, folders, out), partial(self._ask_and_make, folders, out))

    def _ask_and_make(self, folders: Sequence[Path], out: Path, seen: JointOutlook) -> None:
        self.form.show_names(seen)
        if broken := [each.problem for each in seen.groups if each.problem is not None]:
            lines = [self._tools.texts.explain(problem) for problem in broken[:_NAMED]]
            self.show_outcome("\n\n".join([self._t("missing", count=len(broken)), *lines]))
            return
        if seen.leaving and not self._may_leave(seen.leaving):
            return
        prepare_painting()  # here: a worker may paint, but not load fonts
        work = partial(make_joint_site, folders, out, self.form.keep_address(), self._tools.texts)
        QTimer.singleShot(0, self, partial(self._start_work, work, self._show_site))  # once this job has ended

    def _may_leave(self, leaving: Sequence[str]) -> bool:
        names = ", ".join(leaving[:_NAMED])
        choices = [
            DialogChoice("stop", self._t("leave_not")),
            DialogChoice("go", self._t("leave_go", count=len(leaving)), destructive=True),
        ]
        if len(leaving) > _NAMED:
            names = self._t("and_more", names=names, count=len(leaving) - _NAMED)
        text = self._t("leaving", count=len(leaving), names=names)
        return self._tools.dialogs.ask(self._t("head"), text, choices, tone="warning") == "go"

    def _start_work(self, work: Callable[[Progress], T], done: Callable[[T], object]) -> None:
        self.start_work(self._t("job"), work, done)

    def show_working(self, working: bool) -> None:
        """See ``WorkingDialog``: nothing is asked for meanwhile, and what came of the run before is gone."""
        super().show_working(working)
        self.form.setEnabled(not working)
        if not working:
            self._update_start()
            return
        self.start.setEnabled(False)
        self.left.hide()
        self.open_button.hide()

    def _show_site(self, site: BuiltSite) -> None:
        self.show_outcome(
            self._tools.t("phone.site_made", stories=site.stories, written=site.written, removed=site.removed)
        )
        self.left.clear()
        self.left.addItems(joint_lines(site, self._tools.texts))
        self.left.setVisible(self.left.count() > 0)
        self.open_button.setVisible(True)
        self.open_button.setFocus()

    def show_outcome(self, text: str) -> None:
        """See ``WorkingDialog``; the line is brought into sight."""
        super().show_outcome(text)
        QTimer.singleShot(0, self, partial(scroll_to, self._area, self.outcome))  # once all has its place

    def _open_site(self) -> None:
        if (out := self.form.out) is not None:
            open_folder(out / "index.html")


def show_joint_site(tools: WindowTools) -> None:
    """Let the user make the website of many groups.

    Args:
        tools: what every part is given.
    """
    dialog = JointSiteDialog(tools)
    tools.dialogs.show(dialog)
    dialog.deleteLater()

"""The dialog of "Olah folder foto...": the form, the work with its bar, and the photos with faces to look at."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QCheckBox, QListView, QListWidget, QListWidgetItem, QWidget

from studio.services.face_suggestions import has_face_finder
from studio.services.photo_folder_choice import ready_fonts, run_choice, small_photos
from studio.services.photo_folder_words import folder_summary, folder_troubles
from studio.ui.dialogs.history_dialog import resize_to_screen
from studio.ui.dialogs.photo_folder_form import PhotoFolderForm
from studio.ui.publish.export_results import open_folder
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row, scroll_to, scrolled
from studio.ui.widgets.working_dialog import WorkingDialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from studio.base.pixel_data import Pixels
    from studio.services.photo_folder import FolderResult
    from studio.services.photo_folder_choice import FolderChoice
    from studio.services.photo_folder_order import FolderOrder
    from studio.store.workspace import Workspace
    from studio.ui.core.desk_context import WindowTools

_SOURCE = Qt.ItemDataRole.UserRole
_SHOWN = 240
"""Pixels of a photo in the list to look at, at letters of usual size."""


class PhotoFolderDialog(WorkingDialog):
    """The dialog; work that is on when it is closed is cancelled, and goes on where it was the next time.

    Args:
        tools: what every part is given.
        workspace: whose group signs.
    """

    def __init__(self, tools: WindowTools, workspace: Workspace) -> None:
        super().__init__(tools, tools.t("folder.form.cancelled"))
        self._workspace = workspace
        self._order: FolderOrder | None = None
        self._finder = has_face_finder()
        theme = tools.theme
        self.form = PhotoFolderForm(tools, tools.settings.text("author") or workspace.group.name)
        self.looked = QCheckBox(self._t("looked"))
        self.faces = QListWidget()
        self.faces_hint = label(self._t("faces"), "warn", wrap=True)
        self.make_faces = button(theme, self._t("make_faces"), self._make_looked, icon="check")
        self.open_button = button(theme, self._t("open"), self._open_results, icon="folder-open")
        self.start = button(theme, self._t("start"), self._start, look="primary", icon="images")
        self._lay_out()
        self.form.changed.connect(self._renew)
        self.form.source_taken.connect(self._forget_run)
        self.looked.toggled.connect(self._renew)
        self._renew()
        self.form.choose.setFocus()

    def _t(self, code: str, **facts: object) -> str:
        return self._tools.t(f"folder.form.{code}", **facts)

    def _lay_out(self) -> None:
        theme = self._tools.theme
        px = theme.px
        self.setWindowTitle(self._t("head"))
        self.setAcceptDrops(True)
        self.faces.setViewMode(QListView.ViewMode.IconMode)
        self.faces.setResizeMode(QListView.ResizeMode.Adjust)
        self.faces.setMovement(QListView.Movement.Static)
        self.faces.setIconSize(QSize(px(_SHOWN), px(_SHOWN)))
        self.faces.setMinimumHeight(px(300))
        self.faces.setProperty("look", "framed")
        describe(self.faces, self._t("faces_list"), self._t("faces_tip"))
        describe(self.bar, self._t("progress"))
        self.looked.setVisible(not self._finder)
        looked_hint = label(self._t("looked_tip"), "hint", wrap=True)
        looked_hint.setVisible(not self._finder)
        inside = QWidget()
        faces = (self.faces_hint, self.faces, row(self.make_faces, 1))
        inside.setLayout(
            column(self.form, self.looked, looked_hint, self.outcome, *faces, 1, gap=px(10), edges=(0, 0, px(8), 0))
        )
        self._forget_run()
        self._area = scrolled(inside)
        foot = row(self.open_button, 1, self.close_button, self.start, gap=px(8))
        whole = column(
            label(self._t("head"), "page"),
            self._area,
            self.bar,
            self.what,
            foot,
            gap=px(10),
            edges=edges(theme, 22, 18),
        )
        whole.setStretch(1, 1)
        self.setLayout(whole)
        resize_to_screen(self, px(680), px(760))
        self.start.setDefault(True)

    # ------------------------------------------------------------------------------------------- a folder comes in

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A folder, or a photo of it, may be dropped anywhere."""
        if self._job is None and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the folder."""
        event.acceptProposedAction()
        local = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if local:
            self.form.take_source(Path(local[0]))

    # ------------------------------------------------------------------------------------------- the work

    def _renew(self, *_: object) -> None:
        ready = self._job is None and self.form.choice() is not None
        self.start.setEnabled(ready and (self._finder or self.looked.isChecked()))

    def _forget_run(self) -> None:
        """Show nothing of another folder: what was ticked there says nothing of photos of the same names here."""
        self.looked.setChecked(False)
        self.faces.clear()
        for part in (self.faces_hint, self.faces, self.make_faces, self.outcome, self.open_button):
            part.setVisible(False)

    def _start(self) -> None:
        """Make the folder; photos with faces are held back where they can be found."""
        choice = self.form.choice()
        if choice is None:
            return
        # Without the finder nothing starts before the user has ticked that they looked at every photo.
        order = replace(choice.order, faces="ask" if self._finder else "ok")
        self._run(replace(choice, order=order))

    def _make_looked(self) -> None:
        """Make the photos with faces that were ticked; what is there already stays."""
        choice = self.form.choice()
        if choice is None:
            return
        items = (self.faces.item(number) for number in range(self.faces.count()))
        looked = frozenset(item.data(_SOURCE) for item in items if item.checkState() is Qt.CheckState.Checked)
        self._run(replace(choice, order=replace(choice.order, looked_at=looked)))

    def _run(self, choice: FolderChoice) -> None:
        ready_fonts()  # here: a worker may paint, but not load fonts
        self._order = choice.order
        work = partial(run_choice, choice, self._workspace, self._tools.texts)
        self.start_work(self._tools.t("folder.job"), work, self._done)

    def show_working(self, working: bool) -> None:
        """See ``WorkingDialog``: nothing is asked for meanwhile."""
        super().show_working(working)
        for control in (self.form, self.looked, self.make_faces, self.start):
            control.setEnabled(not working)
        if not working:
            self._renew()

    def _done(self, result: FolderResult) -> None:
        order = self._order
        if order is None:
            return
        texts = self._tools.texts
        shown = replace(result, with_faces=())  # these have a list of their own
        self.show_outcome("\n".join([*folder_summary(shown, order, texts), *folder_troubles(shown, order, texts)]))
        self.open_button.setVisible(bool(result.made or result.kept))
        self._show_faces(order, result)
        if result.with_faces:
            self.faces.setFocus()
        elif self.open_button.isVisible():
            self.open_button.setFocus()
            QTimer.singleShot(0, self, partial(scroll_to, self._area, self.outcome))

    def _open_results(self) -> None:
        if self._order is not None:
            open_folder(self._order.out)

    # ------------------------------------------------------------------------------------------- faces

    def _show_faces(self, order: FolderOrder, result: FolderResult) -> None:
        """The photos that were held back, to be looked at and ticked one by one."""
        self.faces.clear()
        for source, count in result.with_faces:
            item = QListWidgetItem(self._t("faces_row", file=source, faces=count), self.faces)
            item.setData(_SOURCE, source)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        there = bool(result.with_faces)
        for part in (self.faces_hint, self.faces, self.make_faces):
            part.setVisible(there)
        if there:
            names = [source for source, _ in result.with_faces]
            paths = [order.source / name for name in names]
            show = partial(self._show_photos, names)
            work = partial(small_photos, paths, self._tools.theme.px(_SHOWN))
            self._tools.jobs.start(self._t("faces_list"), work, done=show, lane="quick", quiet=True)
            QTimer.singleShot(0, self, partial(scroll_to, self._area, self.outcome))  # once all has its place

    def _show_photos(self, names: Sequence[str], pictures: Sequence[Pixels | None]) -> None:
        items = (self.faces.item(at) for at in range(self.faces.count()))
        shown = {item.data(_SOURCE): item for item in items}
        # By name and not by row: these may be the photos of a run before, and the rows those of the next one.
        for name, picture in zip(names, pictures, strict=True):
            if picture is not None and name in shown:
                width, height, data = picture
                image = QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888)
                shown[name].setIcon(QIcon(QPixmap.fromImage(image)))


def show_photo_folder(tools: WindowTools, workspace: Workspace) -> None:
    """Let the user make a folder of photos ready.

    Args:
        tools: what every part is given.
        workspace: whose group signs.
    """
    dialog = PhotoFolderDialog(tools, workspace)
    tools.dialogs.show(dialog)
    dialog.deleteLater()

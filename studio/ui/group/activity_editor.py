"""One activity: its fields, its photos (with the photo desk of stories) and its minutes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from studio.base.errors import UserError
from studio.group.activities import Activity, activity_problems
from studio.group.activity_form import (
    ACTIVITY_FORM,
    ASPIRATION_FORM,
    activity_place,
    activity_story,
    with_story_photos,
)
from studio.group.group_records import change_record
from studio.ui.check.labelled_fields import LabelledEntry
from studio.ui.group.photo_session import PhotoBench, PhotoRecord, PhotoSession, make_photo_page
from studio.ui.group.record_form import RecordForm
from studio.ui.widgets.basic_parts import button, card, clear, column, describe, edges, label, row, scrolled, tool

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QFrame

    from studio.store.activity_shelf import ActivityShelf
    from studio.ui.group.group_context import GroupContext
    from studio.ui.library.thumbnail_store import ThumbnailStore

LABEL = "edit.group.report"
_THUMB = 72


class ActivityEditor(QStackedWidget):
    """The form of one activity, or the photo desk with its photos.

    Args:
        context: what a page works with.
        shelf: the activities.
        thumbs: small pictures of their photos.
        key: which one (its file's name without the ending).
        bring_in: adds photos and documents to it; with True photos count as scans of minutes.
    """

    def __init__(
        self,
        context: GroupContext,
        shelf: ActivityShelf,
        thumbs: ThumbnailStore,
        key: str,
        bring_in: Callable[[Sequence[Path], bool], None],
    ) -> None:
        super().__init__()
        self._context, self._shelf, self._thumbs, self._bring_in = context, shelf, thumbs, bring_in
        self.key = key
        self._place = activity_place(key)
        self._start = Activity(id=key, date="", title="")
        kind = PhotoRecord(self._place, self._start, activity_story, with_story_photos)
        self.session = PhotoSession(context.session, key, kind, self)
        self._photo_page: QWidget | None = None
        self.addWidget(self._make_form())
        self.session.changed.connect(self._show)
        thumbs.ready.connect(self._on_thumb)
        self._show()

    def _t(self, code: str, **facts: object) -> str:
        return self._context.t(f"group.report.{code}", **facts)

    @property
    def activity(self) -> Activity:
        """The activity as it is now."""
        return self.session.record or self._start

    # ------------------------------------------------------------------------------------------- making

    def _make_form(self) -> QWidget:
        context, theme = self._context, self._context.tools.theme
        self.wrong = label("", "warn", wrap=True)
        self.form = RecordForm(context, self._place, self._start, ACTIVITY_FORM, "group.report")
        self.more = RecordForm(context, self._place, self._start, ASPIRATION_FORM, "group.report")
        parts = column(self.wrong, self.form, self.more, self._make_photos(), self._make_minutes(), 1, gap=theme.px(12))
        parts.setContentsMargins(*edges(theme, 16, 8))
        inside = QWidget()
        inside.setLayout(parts)
        return scrolled(inside)

    def _make_photos(self) -> QFrame:
        theme = self._context.tools.theme
        self.photos = QListWidget()
        self.photos.setViewMode(QListWidget.ViewMode.IconMode)
        self.photos.setMovement(QListWidget.Movement.Static)
        self.photos.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.photos.setIconSize(QSize(theme.px(_THUMB), theme.px(_THUMB)))
        self.photos.setFixedHeight(theme.px(_THUMB + 22))
        describe(self.photos, self._t("photos"), self._t("edit_photos"))
        self.photos.itemActivated.connect(self.show_photos)
        self.add_photos = button(theme, self._t("add_photos"), self._choose_photos, icon="image-plus")
        self.edit_photos = button(theme, self._t("edit_photos"), self.show_photos, icon="image")
        both = (self.add_photos, self.edit_photos)
        large = theme.scale > 1.3
        buttons = column(*(row(each, 1) for each in both)) if large else row(*both, 1, gap=theme.px(8))
        return card(
            column(
                label(self._t("photos"), "title"),
                label(self._t("photos_hint"), "hint", wrap=True),
                self.photos,
                buttons,
                gap=theme.px(8),
                edges=edges(theme, 18, 14),
            )
        )

    def _make_minutes(self) -> QFrame:
        theme = self._context.tools.theme
        self._files = QVBoxLayout()
        self._files.setSpacing(theme.px(2))
        self.add_minutes = button(theme, self._t("add_minutes"), self._choose_minutes, icon="file-plus")
        return card(
            column(
                label(self._t("minutes"), "title"),
                label(self._t("minutes_hint"), "hint", wrap=True),
                self._files,
                row(self.add_minutes, 1),
                gap=theme.px(8),
                edges=edges(theme, 18, 14),
            )
        )

    # ------------------------------------------------------------------------------------------- showing

    def _show(self, _: object = None) -> None:
        activity, locked = self.activity, self.session.read_only
        problems = activity_problems(activity, self._context.today, self._is_there)
        self.wrong.setText("\n".join(self._context.tools.texts.explain(each) for each in problems))
        self.wrong.setVisible(bool(problems))
        asked = activity.kind == "aspiration" or any((activity.forwarded_to, activity.forwarded, activity.outcome))
        self.more.setVisible(asked)
        self._show_photos(activity)
        self.edit_photos.setEnabled(bool(activity.photos))
        for made in (self.add_photos, self.add_minutes):
            made.setEnabled(not locked)
        clear(self._files)
        for number, file in enumerate(activity.files, 1):
            self._files.addWidget(self._file_row(number, file, locked=locked))

    def _show_photos(self, activity: Activity) -> None:
        theme = self._context.tools.theme
        # Asked for first: one that is made at once tells of itself before this list is filled.
        pixmaps = [self._thumbs.get(self.key, photo.file) for photo in activity.photos]
        self.photos.clear()
        self.photos.setVisible(bool(activity.photos))
        for photo, pixmap in zip(activity.photos, pixmaps, strict=True):
            icon = QIcon(pixmap) if pixmap is not None else theme.icon("image", "muted", _THUMB)
            item = QListWidgetItem(icon, "")
            item.setToolTip(photo.caption or photo.name)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, photo.caption or photo.name)
            self.photos.addItem(item)

    def _on_thumb(self, folder: str, _: str) -> None:
        if folder == self.key:
            self._show_photos(self.activity)

    def _file_row(self, number: int, file: str, *, locked: bool) -> QWidget:
        theme = self._context.tools.theme
        kind = file.rpartition(".")[2].upper()
        name = self._t("minutes_row", n=number, kind=kind)
        open_ = button(theme, name, partial(self._open, file), look="link", icon="file-text", tip=file)
        drop = tool(theme, "x", self._t("minutes_drop", n=number), partial(self._drop, file), size=14)
        drop.setEnabled(not locked)
        made = QWidget()
        made.setProperty("look", "clear")
        made.setLayout(row(open_, drop, 1, gap=theme.px(4)))
        return made

    def _is_there(self, file: str) -> bool:
        try:
            return self._context.folder.media_path(file).is_file()
        except UserError:
            return False

    # ------------------------------------------------------------------------------------------- doing

    def _choose_photos(self) -> None:
        self._bring_in(self._context.tools.dialogs.choose_files(self._t("add_photos"), "photo"), False)

    def _choose_minutes(self) -> None:
        self._bring_in(self._context.tools.dialogs.choose_files(self._t("add_minutes"), "any"), True)

    def _drop(self, file: str) -> None:
        """Take a file out of the activity; it stays in ``group/media``, so that undo finds it."""

        def apply(activity: Activity) -> Activity:
            return replace(activity, files=tuple(each for each in activity.files if each != file))

        self._context.session.edit(change_record(self._place, self._start, apply, LABEL))
        self._context.toast(self._t("minutes_dropped"), True)

    def _open(self, file: str) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        if self._is_there(file):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._context.folder.media_path(file))))
        else:
            self._context.tools.dialogs.explain(UserError("store.media_missing", file=file))

    def show_photos(self, _: object = None) -> None:
        """The photo desk with the photos of this activity."""
        if self._photo_page is None:
            bench = PhotoBench(
                *(self._context, self._shelf, self._thumbs, self.session, self._bring_photos, self.show_form),
                back_text="group.report.back",
            )
            self._photo_page, self.photo_desk = make_photo_page(bench)
            self.addWidget(self._photo_page)
        self.setCurrentWidget(self._photo_page)

    def _bring_photos(self, paths: Sequence[Path]) -> None:
        self._bring_in(paths, False)

    def focus_title(self) -> None:
        """Put the focus into the first field."""
        first = self.form.fields["title"]
        if isinstance(first, LabelledEntry):
            first.field.setFocus()

    def show_form(self, _: object = None) -> None:
        """Back to the fields."""
        self.setCurrentIndex(0)

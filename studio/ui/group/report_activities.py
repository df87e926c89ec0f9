"""Activities on the page "Laporan": those of the period (or all), and the one that is worked on."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QWidget

from studio.base.locale_forms import short_day
from studio.group.activities import ACTIVITIES, KINDS, Activity, activity_days
from studio.group.activity_form import activity_key, activity_place, belongs_to
from studio.group.group_records import change_record, put_record, remove_record
from studio.services.activity_proofs import bring_proofs
from studio.store.activity_shelf import ActivityShelf, free_activity_key
from studio.ui.group.activity_editor import LABEL, ActivityEditor
from studio.ui.library.thumbnail_store import ThumbnailStore
from studio.ui.widgets.basic_parts import button, column, describe, edges, empty, row
from studio.ui.widgets.calm_inputs import narrow_combo_box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.group.report_period import ReportPeriod
    from studio.services.activity_proofs import BroughtProofs
    from studio.ui.group.group_context import GroupContext


class ActivitiesPanel(QWidget):
    """A list beside a form.

    Args:
        context: what a page works with.
    """

    wide = Signal(bool)
    """The photo desk needs all the room of the page; False: no longer."""

    def __init__(self, context: GroupContext) -> None:
        super().__init__()
        self._context = context
        self._period: ReportPeriod | None = None
        self.shelf = ActivityShelf(context.workspace)
        self._thumbs = ThumbnailStore(self.shelf, context.tools.jobs, self)
        self.editor: ActivityEditor | None = None
        self._lay_out()
        context.session.changed.connect(self._show)

    def _t(self, code: str, **facts: object) -> str:
        return self._context.t(f"group.report.{code}", **facts)

    def _lay_out(self) -> None:
        theme = self._context.tools.theme
        px = theme.px
        self.add = button(theme, self._t("add"), self.add_activity, look="primary", icon="plus")
        self.remove = button(theme, self._t("remove"), self.remove_activity, icon="trash-2")
        self.which = narrow_combo_box()
        describe(self.which, self._t("which"))
        for code in ("period", "all"):
            self.which.addItem(self._t(f"which.{code}"), code)
        self.list = QListWidget()
        self.list.setSpacing(2)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        describe(self.list, self._context.t("report.sheet.activities"), self._t("list_tip"))
        self.side = QWidget()
        self.side.setFixedWidth(px(262))
        inner = column(
            row(self.add, self.remove, 1, gap=px(6)), self.which, self.list, gap=px(8), edges=edges(theme, 14, 6)
        )
        inner.setStretch(2, 1)
        self.side.setLayout(inner)
        first = button(theme, self._t("activity_add"), self.add_activity, look="primary", icon="plus")
        first.setEnabled(not self._context.session.read_only)
        blank = QWidget()
        sheet = empty(theme, "calendar", self._t("activities_empty_title"), self._t("activities_empty"), first)
        blank.setLayout(column(sheet, edges=edges(theme, 20, 12)))
        self.stack = QStackedWidget()
        self.stack.addWidget(blank)
        whole = row(self.side, self.stack, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.which.activated.connect(self._show)
        self.list.currentItemChanged.connect(self._on_current)
        self.list.itemActivated.connect(self._to_form)

    # ------------------------------------------------------------------------------------------- showing

    @property
    def current(self) -> str:
        """The key of the activity that is worked on; "" for none."""
        return self.editor.key if self.editor is not None else ""

    def show_period(self, period: ReportPeriod) -> None:
        """List the activities of a period."""
        self._period = period
        self._show()
        shown = [self._key(self.list.item(at)) for at in range(self.list.count())]
        if self.current not in shown:
            self._edit(shown[0] if shown else "")
            self._show()

    def _activities(self) -> dict[str, Activity]:
        found = self._context.session.records.records(ACTIVITIES, Activity)
        return {activity_key(place): each for place, each in found.items()}

    def _show(self, _: object = None) -> None:
        known, chosen = self._activities(), self.current
        every = self.which.currentData() == "all"
        # One whose day is being typed stays in the list, wherever that day lies.
        shown = {
            key: each
            for key, each in known.items()
            if every or key == chosen or self._period is None or belongs_to(each, self._period)
        }
        self.list.blockSignals(True)
        self.list.clear()
        for key, each in sorted(shown.items(), key=lambda pair: (pair[1].date, pair[0]), reverse=True):
            self.list.addItem(self._item(key, each))
            if key == chosen:
                self.list.setCurrentRow(self.list.count() - 1)
        self.list.blockSignals(False)
        if chosen and chosen not in known:
            self._edit("")
        if not self.current and self.list.count():
            self.list.setCurrentRow(0)
        locked = self._context.session.read_only
        self.add.setEnabled(not locked)
        self.remove.setEnabled(bool(self.current) and not locked)

    def _item(self, key: str, activity: Activity) -> QListWidgetItem:
        language, texts = self._context.tools.texts.language, self._context.tools.texts
        days = activity_days(activity)
        day = short_day(days[0], language, year=True) if days is not None else self._t("no_day")
        kind = texts.text(f"activity.kind.{activity.kind}") if activity.kind in KINDS else activity.kind
        title = activity.title.strip() or self._context.t("report.no_title")
        item = QListWidgetItem(f"{title}\n{' · '.join(part for part in (day, kind) if part)}")
        item.setData(Qt.ItemDataRole.UserRole, key)
        item.setToolTip(title)
        return item

    @staticmethod
    def _key(item: QListWidgetItem | None) -> str:
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def _on_current(self, item: QListWidgetItem | None, _: object = None) -> None:
        chosen = self._key(item)
        if chosen and chosen != self.current:
            self._edit(chosen)

    def _to_form(self, _: object = None) -> None:
        if self.editor is not None:
            self.editor.focus_title()

    def _edit(self, key: str) -> None:
        """Show the form of an activity, or the empty state."""
        before, self.editor = self.editor, None
        self._on_page(0)
        if before is not None:
            self.stack.removeWidget(before)
            before.deleteLater()
        if key:
            self.editor = ActivityEditor(self._context, self.shelf, self._thumbs, key, self._bring_in)
            self.stack.addWidget(self.editor)
            self.stack.setCurrentWidget(self.editor)
            self.editor.currentChanged.connect(self._on_page)
        else:
            self.stack.setCurrentIndex(0)
        self.remove.setEnabled(bool(key) and not self._context.session.read_only)

    def _on_page(self, at: int) -> None:
        self.side.setVisible(at == 0)
        self.wide.emit(at != 0)

    # ------------------------------------------------------------------------------------------- doing

    def add_activity(self) -> None:
        """Ask for the title of a new activity, and open its form."""
        title = self._context.tools.dialogs.ask_text(
            self._t("activity_add"), self._t("field.title"), hint=self._t("hint.title")
        )
        if title and title.strip():
            self._new(title.strip())

    def _new(self, title: str) -> str:
        period = self._period
        today = self._context.today
        day = today if period is None or period.holds(today) else min(period.last, today)
        key = free_activity_key(day.isoformat(), title, self._activities())
        made = Activity(id=key.removeprefix(f"{day.isoformat()}-"), date=day.isoformat(), title=title, kind=KINDS[0])
        self._context.session.edit(put_record(activity_place(key), made, "edit.group.activity_add"))
        self._edit(key)
        self._show()
        return key

    def remove_activity(self) -> None:
        """Take the activity out; undo brings it back, and its photos and minutes stay."""
        if self.current:
            self._context.session.edit(remove_record(activity_place(self.current), "edit.group.activity_remove"))
            self._context.toast(self._t("removed"), True)

    def take_files(self, names: Sequence[str]) -> None:
        """Photos and documents were dropped: they belong to the open activity; without one they begin one."""
        self._bring_in([Path(name) for name in names], False)

    def _bring_in(self, paths: Sequence[Path], minutes: bool) -> None:
        if not paths or self._context.session.read_only:
            return
        tools = self._context.tools
        key = self.current or self._new(self._t("new_title"))
        place = activity_place(key)
        activity = self._context.session.records.record(place, Activity) or Activity(id=key, date="", title="")
        tools.jobs.start(
            self._t("bringing"),
            partial(
                bring_proofs,
                self._context.folder,
                [Path(path) for path in paths],
                activity,
                tools.settings.text("author"),
                minutes=minutes,
            ),
            done=partial(self._add_proofs, key),
            failed=tools.dialogs.explain,
            owner=self,
        )

    def _add_proofs(self, key: str, came: BroughtProofs) -> None:
        def grow(activity: Activity) -> Activity:
            if not came.photos and not came.files:
                return activity
            files = tuple(dict.fromkeys((*activity.files, *came.files)))
            return replace(activity, photos=(*activity.photos, *came.photos), files=files)

        place = activity_place(key)
        # One that was deleted meanwhile stays deleted: what came in lies in group/media.
        if self._context.session.records.record(place, Activity) is not None:
            self._context.session.edit(change_record(place, Activity(id=key, date="", title=""), grow, LABEL))
        for trouble in came.troubles:
            self._context.tools.dialogs.explain(trouble)

"""Chooses what goes into the queue: stories from the library or of a week, outlets, and where to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from studio.services.export_states import plan_week
from studio.services.story_list import listed_row, status_text
from studio.store.index import SearchIndex
from studio.store.story_shelf import today_of
from studio.ui.library.story_verdicts import StoryVerdicts
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row
from studio.ui.widgets.calm_inputs import date_edit
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any

    from studio.posts.packs import Outlet
    from studio.ui.core.desk_context import DeskContext

_ROLE = Qt.ItemDataRole.UserRole
_MOST = 5000
_TWO_COLUMNS = 1.3
"""Larger letters have the outlets below one another."""


class QueueDialog(StyledDialog):
    """Stories to the left, outlets and place to the right.

    Args:
        bench: what a desk works with.
        outlets: all there are.
        picked: folders of the stories that are chosen already.
    """

    def __init__(self, bench: DeskContext, outlets: tuple[Outlet, ...], picked: Sequence[str] = ()) -> None:
        super().__init__(bench.tools.theme)
        self._bench = bench
        self.target: Path | None = None
        self.search = QLineEdit()
        self.list = QListWidget()
        self.week = date_edit(bench.tools, _monday(date.fromisoformat(today_of(bench.workspace))))
        self.boxes = {outlet.id: QCheckBox(bench.tools.texts.outlet_name(outlet.name)) for outlet in outlets}
        self._outlets = {outlet.id: outlet for outlet in outlets}
        self.place = label("", "muted", wrap=True)
        self.count = label("", "hint")
        theme = bench.tools.theme
        self.add = button(theme, self._t("add_to_queue"), self.accept, look="primary", icon="list-plus")
        self.setWindowTitle(self._t("choose_title"))
        self.resize(theme.px(860), theme.px(560))
        self._fill()
        for item in self._items():
            item.setSelected(_item_facts(item)[0] in picked)
        self._lay_out()
        self._count()

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"queue.{code}", **facts)

    def _fill(self) -> None:
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setProperty("look", "framed")
        # Qt then measures one item and not each of thousands.
        self.list.setUniformItemSizes(True)
        describe(self.list, self._t("stories"), self._t("stories_tip"))
        index = SearchIndex(self._bench.workspace)
        self._verdicts = StoryVerdicts(index, self._bench.tools.jobs, self)
        found = index.find(sort="date", limit=_MOST).rows
        self._rows = [listed_row(each, "") for each in found if not each.problem]
        for shown in self._rows:
            item = QListWidgetItem()
            item.setData(_ROLE, (shown.folder, shown.headline, shown.date))
            self.list.addItem(item)
        self._verdicts.judged.connect(self._show_states)
        self._show_states()
        self.list.itemSelectionChanged.connect(self._count)

    def _show_states(self, _: object = None) -> None:
        """Each story with its status, and whether the gate holds it back now."""
        held = self._verdicts.held(self._rows)
        for item, shown in zip(self._items(), self._rows, strict=True):
            state = status_text(self._bench.tools.texts, shown.status, held=held.get(shown.folder, False))
            text = f"{shown.headline or shown.folder}\n{shown.date} · {state}"
            if item.text() != text:
                item.setText(text)

    def done(self, result: int) -> None:
        """Closed: nobody looks at verdicts any more."""
        self._verdicts.stop()
        super().done(result)

    def _lay_out(self) -> None:
        theme = self._bench.tools.theme
        px = theme.px
        self.search.setPlaceholderText(self._t("filter"))
        describe(self.search, self._t("filter"), self._t("filter_tip"))
        self.search.textChanged.connect(self._filter)
        describe(self.week, self._t("week"), self._t("week_tip"))
        week = button(theme, self._t("take_week"), self.take_week, icon="calendar-days", tip=self._t("week_tip"))
        everything = button(theme, self._t("all"), self.list.selectAll, look="link")
        left = column(
            label(self._t("stories"), "title"),
            row(self.search, everything, gap=px(8)),
            self.list,
            row(label(self._t("week"), "muted"), self.week, week, 1, gap=px(8)),
            gap=px(8),
        )
        grid, columns = QGridLayout(), 2 if theme.scale <= _TWO_COLUMNS else 1
        for number, (outlet, box) in enumerate(self.boxes.items()):
            box.setChecked(self._outlets[outlet].is_preset(self._bench.workspace.group.outlets))
            box.toggled.connect(self._count)
            describe(box, box.text(), self._t("outlet_tip", name=box.text()))
            grid.addWidget(box, number // columns, number % columns)
        other = button(theme, self._t("target_choose"), self.choose_target, icon="usb", tip=self._t("target_tip"))
        self.place.setText(self._t("target_own"))
        right = column(
            label(self._t("outlets"), "title"),
            grid,
            -px(8),
            label(self._t("target_label"), "title"),
            self.place,
            row(other, 1),
            1,
            gap=px(8),
        )
        side = QWidget()
        side.setLayout(right)
        side.setMinimumWidth(px(380 if columns > 1 else 230))  # no name is cut
        middle = row(left, side, gap=px(20))
        middle.setStretch(0, 1)
        close = button(theme, self._t("close"), self.reject)
        foot = row(self.count, 1, close, self.add, gap=px(8))
        self.setLayout(column(middle, foot, gap=px(14), edges=edges(theme, 20, 18)))

    # ------------------------------------------------------------------------------------------- choosing

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(number) for number in range(self.list.count())]

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        for item in self._items():
            shown = item.text().casefold()
            item.setHidden(not all(word in shown for word in words))

    def take_week(self) -> None:
        """Choose the stories of the week of the chosen day."""
        day = self.week.date()
        monday = _monday(date(day.year(), day.month(), day.day()))
        days = {folder: when for folder, _, when in (_item_facts(item) for item in self._items())}
        wanted = set(plan_week(days, f"{monday.year():04}-{monday.month():02}-{monday.day():02}"))
        for item in self._items():
            item.setSelected(_item_facts(item)[0] in wanted)

    def choose_target(self) -> None:
        """Another folder or a stick."""
        chosen = self._bench.tools.dialogs.choose_folder(self._t("target_label"))
        if chosen is not None:
            self.target = chosen
            self.place.setText(str(chosen))

    def stories(self) -> tuple[tuple[str, str], ...]:
        """Folder and headline of what is chosen, in the order of the list."""
        # What the search hides stays chosen, but does not go into the queue.
        return tuple(_item_facts(item)[:2] for item in self._items() if item.isSelected() and not item.isHidden())

    def outlets(self) -> tuple[str, ...]:
        """Chosen outlets; () for all."""
        chosen = tuple(outlet for outlet, box in self.boxes.items() if box.isChecked())
        # Nothing named means every outlet but those that have to be asked for.
        every = tuple(outlet for outlet in self.boxes if self._outlets[outlet].is_preset(()))
        return () if chosen == every else chosen

    def _count(self) -> None:
        stories = len(self.stories())
        outlets = sum(box.isChecked() for box in self.boxes.values())
        self.count.setText(self._t("chosen", stories=stories, outlets=outlets))
        self.add.setEnabled(bool(stories and outlets))


def _item_facts(item: QListWidgetItem) -> Any:  # noqa: ANN401 - Qt hands back what was put in
    return item.data(_ROLE)


def _monday(day: date) -> QDate:
    first = day - timedelta(days=day.weekday())
    return QDate(first.year, first.month, first.day)

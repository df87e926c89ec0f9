"""The queue of exports: what waits, what is being made, how long it still takes, and why something failed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAction, QBrush, QColor, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPlainTextEdit,
    QProgressBar,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from studio.base.sizes import size_text
from studio.services.export_states import AGAIN, OPEN
from studio.services.outlet_packs import outlet_catalog
from studio.ui.publish.export_results import open_folder
from studio.ui.publish.queue_dialog import QueueDialog
from studio.ui.publish.queue_work import QueueWork, work_of
from studio.ui.widgets.basic_parts import button, card, column, describe, edges, empty, label, row, scrolled, tool

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QToolButton

    from studio.base.errors import UserError
    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.export.running.export_queue import ExportQueue, QueueItem
    from studio.export.running.queue_runner import QueueOutcome, QueueReport
    from studio.store.workspace import Workspace
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.core.window_theme import IconRole

_ROLE = Qt.ItemDataRole.UserRole
_ICONS: Mapping[str, tuple[str, IconRole]] = {
    "waiting": ("clock", "muted"),
    "running": ("loader", "accent"),
    "done": ("circle-check", "ok"),
    "partly": ("triangle-alert", "warn"),
    "failed": ("circle-x", "bad"),
    "lost": ("usb", "warn"),
    "cancelled": ("ban", "muted"),
}


def make_queue_panel(bench: DeskContext) -> QWidget:
    """The panel for the publishing desk."""
    return QueuePanel(bench)


class QueuePanel(QWidget):
    """A line of how it goes, the items, and the log of the chosen one.

    Args:
        bench: what a desk works with.
    """

    def __init__(self, bench: DeskContext) -> None:
        super().__init__()
        self._bench = bench
        self.work: QueueWork = work_of(bench)
        self._shown: tuple[QueueItem, ...] = ()
        theme = bench.tools.theme
        self.total = QProgressBar()
        self.total.setTextVisible(False)
        self.told = label("", "title")
        self.file = label("", "muted")
        self.add = button(theme, self._t("add"), self.choose, icon="list-plus", tip=self._t("add_tip"))
        self.run = button(theme, self._t("run"), self.work.start, look="primary", icon="play", tip=self._t("run_tip"))
        self.stop = button(theme, self._t("pause"), self.work.pause, icon="pause", tip=self._t("pause_tip"))
        self.again = button(theme, self._t("retry_all"), self.retry_all, icon="rotate-cw", tip=self._t("retry_all_tip"))
        self.list = QTreeWidget()
        self.log = QPlainTextEdit()
        self.tools: dict[str, QToolButton] = {}
        self.pages = QStackedWidget()
        self._make_list()
        self._lay_out()
        self.work.changed.connect(self.refresh)
        self.work.reported.connect(self._show_report)
        self.work.finished.connect(self._finished)
        self.refresh()

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"queue.{code}", **facts)

    # ------------------------------------------------------------------------------------------- parts

    def _make_list(self) -> None:
        view = self.list
        view.setHeaderLabels([self._t(f"col_{name}") for name in ("story", "outlets", "state", "files", "size")])
        view.setProperty("look", "rows")
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setAllColumnsShowFocus(True)
        describe(view, self._t("items"), self._t("items_tip"))
        head = view.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        px = self._bench.tools.theme.px
        for column_, width in ((1, 112), (2, 172), (3, 62), (4, 74)):
            view.setColumnWidth(column_, px(width))
        view.itemSelectionChanged.connect(self._show_log)
        for code, key, act in (
            ("up", "Alt+Up", partial(self._move, -1)),
            ("down", "Alt+Down", partial(self._move, 1)),
            ("remove", "Delete", self._remove),
        ):
            action = QAction(self._t(code), view, shortcut=QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _=False, act=act: act())
            view.addAction(action)

    def _lay_out(self) -> None:
        theme = self._bench.tools.theme
        px = theme.px
        texts = column(self.told, self.file, gap=px(1))
        head = row(texts, 1, self.again, self.add, self.stop, self.run, gap=px(8))
        head.setStretch(0, 1)
        bar = card(column(head, self.total, gap=px(10), edges=edges(theme, 16, 12)))
        for code, icon, act, key in (
            ("up", "arrow-up", partial(self._move, -1), "Alt+Up"),
            ("down", "arrow-down", partial(self._move, 1), "Alt+Down"),
            ("retry", "rotate-cw", self._retry, ""),
            ("cancel", "ban", self._cancel, ""),
            ("remove", "x", self._remove, "Delete"),
            ("open", "folder-open", self._open, ""),
        ):
            self.tools[code] = tool(theme, icon, self._t(code), act, key=key)
        tidy = button(
            theme, self._t("tidy"), lambda: self.work.change_queue(lambda q: q.remove_finished()), look="link"
        )
        tidy.setToolTip(self._t("tidy_tip"))
        side = row(*self.tools.values(), 1, tidy, gap=px(4))
        self.log.setReadOnly(True)
        self.log.setFixedHeight(px(118))
        describe(self.log, self._t("log"), self._t("log_tip"))
        inside = column(
            side, self.list, label(self._t("log"), "strong"), self.log, gap=px(6), edges=edges(theme, 14, 10)
        )
        inside.setStretch(1, 1)
        first = button(theme, self._t("add"), self.choose, look="primary", icon="list-plus")
        nothing = empty(theme, "list-plus", self._t("empty_title"), self._t("empty"), first)
        self.pages.addWidget(scrolled(nothing))  # large letters need more than a small screen has left
        self.pages.addWidget(card(inside))
        whole = column(bar, self.pages, gap=px(12), edges=edges(theme, 20, 14))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    # ------------------------------------------------------------------------------------------- what is shown

    def refresh(self) -> None:
        """Show the queue as it is now; rows that did not change are left alone."""
        items = self.work.queue.items
        # Rebuilt only when items came, went or moved: clearing the list loses its scroll position and the selection's
        # focus.
        if [item.id for item in items] != [item.id for item in self._shown]:
            self._rebuild(items)
        before = {item.id: item for item in self._shown}
        for number, item in enumerate(items):
            line = self.list.topLevelItem(number)
            if line is not None and (before.get(item.id) != item or not line.text(2)):
                self._fill(line, item)
        self._shown = items
        self.pages.setCurrentIndex(1 if items else 0)
        self._show_state()
        self._show_log()

    def _rebuild(self, items: tuple[QueueItem, ...]) -> None:
        chosen = set(self.chosen_items())
        self.list.blockSignals(True)
        self.list.clear()
        for item in items:
            line = QTreeWidgetItem()
            line.setData(0, _ROLE, item.id)
            self.list.addTopLevelItem(line)
            if item.id in chosen:
                line.setSelected(True)
                where = self.list.indexFromItem(line)
                self.list.selectionModel().setCurrentIndex(where, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.list.blockSignals(False)

    def _fill(self, line: QTreeWidgetItem, item: QueueItem) -> None:
        theme = self._bench.tools.theme
        line.setText(0, item.headline or item.story)
        line.setToolTip(0, f"{item.story}\n{item.target}".strip())
        line.setText(1, self._t("all_outlets") if not item.outlets else self._t("n_outlets", n=len(item.outlets)))
        line.setToolTip(1, ", ".join(item.outlets))
        line.setText(2, self._t(f"state.{item.state}"))
        icon, role = _ICONS[item.state]
        line.setIcon(2, theme.icon(icon, role))
        line.setText(3, str(item.files) if item.files else "")
        line.setText(4, size_text(item.bytes, self._bench.tools.texts.language) if item.bytes else "")
        for number in (3, 4):
            line.setTextAlignment(number, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        muted = QBrush(QColor(theme.color("muted"))) if item.state in {"done", "cancelled"} else QBrush()
        line.setForeground(0, muted)

    def _show_state(self) -> None:
        items, working = self.work.queue.items, self.work.running
        waiting = sum(item.state in OPEN for item in items)
        bad = sum(item.state in {"failed", "partly"} for item in items)
        lost = sum(item.state == "lost" for item in items)
        locked = self._bench.workspace.read_only
        self.run.setVisible(not working)
        self.run.setEnabled(bool(waiting) and not locked)
        self.run.setText("  " + self._t("resume" if self.work.queue.paused and waiting else "run"))
        self.stop.setVisible(working)
        self.again.setVisible(bool(bad or lost))
        self.again.setEnabled(not locked)
        self.add.setEnabled(not locked)
        if not working:
            done = sum(item.state == "done" for item in items)
            self.total.setRange(0, max(1, len(items)))
            self.total.setValue(done)
            code = "idle_lost" if lost else "idle_bad" if bad else "idle_waiting" if waiting else "idle_done"
            self.told.setText(self._t(code if items else "idle", waiting=waiting, bad=bad, lost=lost, done=done))
            self.file.setText(self._t("idle_hint") if waiting else "")

    def _show_report(self, report: QueueReport) -> None:
        # In thousandths of an item, as one video may take twenty minutes and the bar has to move.
        self.total.setRange(0, max(1, report.total) * 1000)
        self.total.setValue(round(report.done * 1000))
        done, left = int(report.done), left_text(self._bench, report.left)
        self.told.setText(self._t("running", done=done, total=report.total, left=left))
        self.file.setText(report.file)
        for number in range(self.list.topLevelItemCount()):
            line = self.list.topLevelItem(number)
            if line is not None and line.data(0, _ROLE) == report.item:
                line.setText(2, self._t("share", percent=round(report.share * 100)))

    def _finished(self, outcome: QueueOutcome) -> None:
        code = "toast_stopped" if outcome.stopped else "toast_bad" if outcome.failed + outcome.partly else "toast_done"
        code = "toast_lost" if outcome.lost else code
        self._bench.toast(self._t(code, done=outcome.done, bad=outcome.failed + outcome.partly, lost=outcome.lost))
        self.refresh()

    # ------------------------------------------------------------------------------------------- the chosen ones

    def chosen_items(self) -> tuple[str, ...]:
        """Ids of the chosen items, in the order of the list."""
        lines = [self.list.topLevelItem(number) for number in range(self.list.topLevelItemCount())]
        return tuple(line.data(0, _ROLE) for line in lines if line is not None and line.isSelected())

    def _items(self) -> list[QueueItem]:
        return [item for name in self.chosen_items() if (item := self.work.queue.find_item(name)) is not None]

    def _show_log(self) -> None:
        items = self._items()
        locked = self._bench.workspace.read_only
        for code, can in (
            ("up", bool(items)),
            ("down", bool(items)),
            ("retry", any(item.state in AGAIN for item in items)),
            ("cancel", any(item.state in OPEN | {"lost"} for item in items)),
            ("remove", bool(items)),
        ):
            self.tools[code].setEnabled(can and not locked)
        self.tools["open"].setEnabled(len(items) == 1 and items[0].files > 0)
        text = self._t("log_choose") if not items else "\n\n".join(self._log_of(item) for item in items)
        # Setting the same text again would scroll to the top and drop a selection the user is about to copy.
        if self.log.toPlainText() != text:
            self.log.setPlainText(text)

    def _log_of(self, item: QueueItem) -> str:
        lines = [f"{line.file}: {line.text}" if line.file else line.text for line in item.log]
        if not lines:
            lines = [self._t(f"log_{'done' if item.state == 'done' else 'none'}", made=item.made, kept=item.kept)]
        return "\n".join([item.headline or item.story, *lines])

    def _change_each(self, change: Callable[[ExportQueue, str], object], *, backwards: bool = False) -> None:
        # Moving several items down has to begin with the lowest, or each would only swap with the next chosen one.
        names = self.chosen_items()[::-1] if backwards else self.chosen_items()

        def apply(queue: ExportQueue) -> None:
            for name in names:
                change(queue, name)

        self.work.change_queue(apply)

    def _move(self, by: int) -> None:
        self._change_each(lambda queue, name: queue.move_item(name, by), backwards=by > 0)

    def _cancel(self) -> None:
        self._change_each(lambda queue, name: queue.cancel(name))

    def _remove(self) -> None:
        self._change_each(lambda queue, name: queue.remove(name))

    def _retry(self) -> None:
        self._change_each(lambda queue, name: queue.retry_items(name))
        self.work.start()

    def retry_all(self) -> None:
        """Let everything that failed be made again."""
        self.work.change_queue(lambda queue: queue.retry_items())
        self.work.start()

    def _open(self) -> None:
        for item in self._items()[:1]:
            base = Path(item.target) if item.target else self._bench.workspace.exports_dir()
            ask = partial(_ask_gate, self._bench.workspace, item.story, base, self._bench.tools.texts)
            self._bench.tools.jobs.start("", ask, done=open_folder, failed=self._explain, lane="quick", quiet=True)

    def _explain(self, error: UserError) -> None:
        self._bench.tools.dialogs.explain(error)

    def choose(self, picked: Sequence[str] = ()) -> None:
        """Ask for stories, outlets and a place, and begin.

        Args:
            picked: folders of the stories that are chosen already.
        """
        error = self._bench.session.flush()
        if error is not None:
            self._bench.tools.dialogs.explain(error)
            return
        self._bench.session.settle_address()  # once a link or QR code is out, the address stays
        catalog = outlet_catalog(self._bench.workspace)
        dialog = QueueDialog(self._bench, catalog.outlets, [self._bench.workspace.name_now(one) for one in picked])
        try:
            if self._bench.tools.dialogs.show(dialog):
                stories, outlets, target = dialog.stories(), dialog.outlets(), dialog.target
                self.work.change_queue(lambda queue: queue.add(stories, outlets, target))
        finally:
            dialog.deleteLater()


def _ask_gate(workspace: Workspace, folder: str, base: Path, texts: MessageTexts, progress: Progress) -> Path:
    """The export in ``base``, if what a story was exported to may be shown to a user who takes it along.

    Raises:
        UserError: the gate refuses.
    """
    from studio.release.release_gate import release_story

    progress.report(0, 1, "")
    return base / release_story(workspace, folder, texts).name


def left_text(bench: DeskContext, seconds: float | None) -> str:
    """How long it still takes, roughly, in words."""
    if seconds is None:
        return bench.t("queue.left_unknown")
    if seconds < 60:
        return bench.t("queue.left_soon")
    if seconds < 5400:
        return bench.t("queue.left_minutes", n=round(seconds / 60))
    return bench.t("queue.left_hours", n=round(seconds / 3600, 1))

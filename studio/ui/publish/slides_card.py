"""The slides of the carousel beside its phone: ticked or left out, put in order by drag or key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem

from studio.services.carousel import slide_lines
from studio.story.edits import set_slides
from studio.story.slide_order import FIRST, slide_marks
from studio.ui.core.shortcut_table import KEYS
from studio.ui.media.media_keys import bind_order
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, restyle, row

if TYPE_CHECKING:
    from studio.services.carousel import SlideLine
    from studio.story.model import Story
    from studio.ui.core.desk_context import DeskContext

_KEY = Qt.ItemDataRole.UserRole


class SlidesCard(QFrame):
    """The list; hidden where the outlet that is looked at has no carousel.

    Args:
        bench: what a desk works with.
    """

    def __init__(self, bench: DeskContext) -> None:
        super().__init__()
        self._bench = bench
        theme, t, px = bench.tools.theme, bench.t, bench.tools.theme.px
        self._shown: tuple[SlideLine, ...] = ()
        self._filling = False
        self.list = QListWidget()
        restyle(self.list, "look", "framed")
        describe(self.list, t("slides.title"), t("slides.tip"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.up = button(theme, t("slides.up"), lambda: self._move(-1), look="chip", key=KEYS["move_up"])
        self.down = button(theme, t("slides.down"), lambda: self._move(1), look="chip", key=KEYS["move_down"])
        self.proposed = button(theme, t("slides.proposed"), self._propose_slides, look="link")
        self._told = label("", "muted")
        self.setProperty("look", "card")
        head = row(label(t("slides.title"), "title"), 1, self._told)
        foot = row(self.up, self.down, 1, self.proposed, gap=px(6))
        hint = label(t("slides.hint"), "hint", wrap=True)
        self.setLayout(column(head, hint, self.list, foot, gap=px(8), edges=edges(theme, 14, 12)))
        bind_order(self.list, self._move)
        self.list.itemChanged.connect(self._save_order)
        # A drop is three changes of the model; what stands there at last counts.
        self.list.model().rowsMoved.connect(lambda *_: QTimer.singleShot(0, self, self._save_order))
        self.list.currentRowChanged.connect(lambda _: self._enable_buttons())
        bench.session.changed.connect(self._on_story)
        self._enable_buttons()

    def _on_story(self, story: Story) -> None:
        if self.isVisible():
            self.show_story(story)

    def show_story(self, story: Story) -> None:
        """Show the slides of a story."""
        lines = slide_lines(story, self._bench.workspace.group)
        self.proposed.setVisible(story.slides is not None and not self._bench.session.read_only)
        if lines == self._shown:
            return
        self._shown = lines
        current = self.list.currentItem().data(_KEY) if self.list.currentItem() else ""
        self._filling = True
        self.list.clear()
        for line in lines:
            self.list.addItem(self._item(line))
        at = next((number for number, line in enumerate(lines) if line.key == current), -1)
        self.list.setCurrentRow(at)
        self._filling = False
        high = sum(self.list.sizeHintForRow(number) for number in range(len(lines)))
        self.list.setFixedHeight(high + 2 * self.list.frameWidth() + 2)
        self._told.setText(self._bench.t("slides.count", count=sum(line.shown for line in lines)))
        self._enable_buttons()

    def _item(self, line: SlideLine) -> QListWidgetItem:
        name = self._bench.t(f"slides.kind.{line.kind}")
        made = QListWidgetItem(f"{name}: {line.words}" if line.words else name)
        made.setData(_KEY, line.key)
        # Else a slide that is dropped on another one would take its place instead of moving beside it.
        flags = made.flags() & ~Qt.ItemFlag.ItemIsDropEnabled
        locked = self._bench.session.read_only
        if line.key == FIRST:
            flags &= ~Qt.ItemFlag.ItemIsDragEnabled & ~Qt.ItemFlag.ItemIsUserCheckable
        elif not locked:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        if locked:
            flags &= ~Qt.ItemFlag.ItemIsDragEnabled & ~Qt.ItemFlag.ItemIsUserCheckable
        made.setFlags(flags)
        made.setCheckState(Qt.CheckState.Checked if line.shown else Qt.CheckState.Unchecked)
        if line.key == FIRST:
            made.setToolTip(self._bench.t("slides.cover_tip"))
        return made

    def _enable_buttons(self) -> None:
        at, last = self.list.currentRow(), self.list.count() - 1
        free = not self._bench.session.read_only
        self.up.setEnabled(free and at > 1)
        self.down.setEnabled(free and 0 < at < last)

    def _move(self, by: int) -> None:
        at = self.list.currentRow()
        if self._bench.session.read_only or at < 1 or not 1 <= at + by < self.list.count():
            return
        self._filling = True
        self.list.insertItem(at + by, self.list.takeItem(at))
        self.list.setCurrentRow(at + by)
        self._filling = False
        self._save_order()

    def _save_order(self, *_: object) -> None:
        """Keep what the list says now."""
        if self._filling or self.list.count() != len(self._shown):
            return
        items = [self.list.item(number) for number in range(self.list.count())]
        entries = [(str(item.data(_KEY)), item.checkState() == Qt.CheckState.Checked) for item in items]
        if entries != [(line.key, line.shown) for line in self._shown]:
            self._shown = ()  # what comes back is shown anew, so that nothing stands before the cover
            self._bench.session.edit(set_slides(slide_marks(entries)))
            self._bench.session.break_merge()

    def _propose_slides(self) -> None:
        self._bench.session.edit(set_slides(None))
        self._bench.session.break_merge()

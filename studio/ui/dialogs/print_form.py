"""What is printed, and how: the left side of the window "Cetak"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from studio.group.bulletins import bulletin_name
from studio.services.broadcast_programme import story_titles
from studio.services.kept_bulletins import kept_bulletins
from studio.services.paper_printing import PAPER_KINDS, PaperWish
from studio.ui.widgets.basic_parts import column, describe, label
from studio.ui.widgets.calm_inputs import combo_box

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from studio.group.bulletins import Bulletin
    from studio.store.workspace import Workspace
    from studio.ui.core.desk_context import WindowTools

_FOLDER = Qt.ItemDataRole.UserRole
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class OrderedStories(QListWidget):
    """Stories to tick, in an order that is changed by dragging, or by Ctrl and the arrows."""

    moved = Signal()
    """The order is another one."""

    def __init__(self) -> None:
        super().__init__()
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("look", "framed")
        self.model().rowsMoved.connect(lambda *_: self.moved.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl and an arrow move the story that has the focus."""
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if not step or event.modifiers() != Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        at = self.currentRow()
        if 0 <= at + step < self.count():
            self.blockSignals(True)
            item = self.takeItem(at)
            self.insertItem(at + step, item)
            self.setCurrentRow(at + step)
            self.blockSignals(False)
            self.moved.emit()

    def add(self, folder: str, title: str, *, ticked: bool) -> None:
        """A story at the end."""
        item = QListWidgetItem(title, self)
        item.setData(_FOLDER, folder)
        item.setToolTip(title)
        # Dropped between stories and never on one, from where Qt would send it to the end.
        item.setFlags((item.flags() | Qt.ItemFlag.ItemIsUserCheckable) & ~Qt.ItemFlag.ItemIsDropEnabled)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def ticked(self) -> tuple[str, ...]:
        """Folders of the ticked stories, in order."""
        items = (self.item(at) for at in range(self.count()))
        return tuple(item.data(_FOLDER) for item in items if item.checkState() == Qt.CheckState.Checked)


class PrintForm(QWidget):
    """The fields.

    Args:
        tools: what every part is given.
        workspace: whose newest stories are listed.
        folder: the open story, ticked at first.
    """

    stories_changed = Signal()
    """Other stories, another order or another form: they have to be gathered."""
    look_changed = Signal()
    """Only how it looks."""

    def __init__(self, tools: WindowTools, workspace: Workspace, folder: str) -> None:
        super().__init__()
        self._tools = tools
        self._workspace = workspace
        self._kept: tuple[Bulletin, ...] = ()
        self.form = combo_box()
        self.stories = OrderedStories()
        self.kept = combo_box()
        self.name = QLineEdit()
        self.issue = QLineEdit()
        self.pages = combo_box()
        self.services = QCheckBox(self._t("services"))
        self.ink = QCheckBox(self._t("ink"))
        self._fill(folder)
        self.fill_kept()
        self._lay_out()
        self.form.activated.connect(self._choose_form)
        self.stories.itemChanged.connect(lambda _: self.stories_changed.emit())
        self.stories.moved.connect(self.stories_changed)
        self.services.clicked.connect(lambda _: self.stories_changed.emit())
        self.ink.clicked.connect(lambda _: self.look_changed.emit())
        self.pages.activated.connect(lambda _: self.look_changed.emit())
        self.kept.activated.connect(self._take_kept)
        for line in (self.name, self.issue):
            line.editingFinished.connect(self.look_changed)

    def _t(self, code: str, **facts: object) -> str:
        return self._tools.t(f"cetak.{code}", **facts)

    def _fill(self, folder: str) -> None:
        for kind in PAPER_KINDS:
            self.form.addItem(self._t(f"kind.{kind}"), kind)
        for count in (0, 4, 8):
            self.pages.addItem(self._t("pages_count", n=count) if count else self._t("pages_auto"), count)
        # The open story first: it is what the user came to print.
        for name, headline in sorted(story_titles(self._workspace), key=lambda title: title[0] != folder):
            self.stories.add(name, headline or self._tools.t("library.no_headline"), ticked=name == folder)
        self.services.setChecked(True)
        describe(self.form, self._t("form"))
        describe(self.stories, self._t("stories"), self._t("stories_tip"))
        describe(self.kept, self._t("remembered"))
        describe(self.name, self._t("name"))
        describe(self.issue, self._t("issue"))
        describe(self.pages, self._t("pages"))
        describe(self.services, self._t("services"), self._t("services_tip"))
        describe(self.ink, self._t("ink"), self._t("ink_tip"))

    def fill_kept(self) -> None:
        """List the bulletins that are kept, the newest first."""
        self._kept = kept_bulletins(self._workspace)
        self.kept.clear()
        self.kept.addItem("–", "")
        for bulletin in self._kept:
            self.kept.addItem(" · ".join(part for part in (bulletin.title, bulletin.issue) if part) or bulletin.id)

    def _lay_out(self) -> None:
        px = self._tools.theme.px
        self.stories.setMinimumHeight(px(150))
        self._of_bulletin = (
            label(self._t("remembered"), "strong"),
            self.kept,
            label(self._t("name"), "strong"),
            self.name,
            label(self._t("issue"), "strong"),
            self.issue,
            label(self._t("pages"), "strong"),
            self.pages,
        )
        whole = column(
            *(label(self._t("form"), "strong"), self.form),
            *(label(self._t("stories"), "strong"), self.stories, label(self._t("stories_tip"), "hint", wrap=True)),
            *self._of_bulletin,
            *(self.services, self.ink),
            gap=px(6),
        )
        whole.setStretch(3, 1)
        self.setLayout(whole)

    def _choose_form(self, _: int) -> None:
        for part in (*self._of_bulletin, self.services):
            part.setVisible(self.form.currentData() == "bulletin")
        self.stories_changed.emit()

    def _take_kept(self, number: int) -> None:
        """Begin from a bulletin that was made before: its stories in order, its name and its look."""
        if number < 1:
            return
        bulletin = self._kept[number - 1]
        known = {
            self.stories.item(at).data(_FOLDER): self.stories.item(at).text() for at in range(self.stories.count())
        }
        # A story may have been deleted or renamed since that issue.
        ticked = [folder for folder in bulletin.stories if folder in known]
        # One change and not one for each story: every one would set the whole paper again.
        self.stories.blockSignals(True)
        self.stories.clear()
        for folder in (*ticked, *(folder for folder in known if folder not in ticked)):
            self.stories.add(folder, known[folder], ticked=folder in ticked)
        self.stories.blockSignals(False)
        self.name.setText(bulletin.title)
        self.issue.setText(bulletin.issue)
        self.pages.setCurrentIndex(self.pages.findData(bulletin.pages))
        self.services.setChecked(bulletin.services)
        self.ink.setChecked(bulletin.ink_saving)
        self.stories_changed.emit()

    def chosen(self) -> tuple[str, ...]:
        """Folders of the ticked stories, in order."""
        return self.stories.ticked()

    def paper_wish(self) -> PaperWish:
        """What is to be printed."""
        return PaperWish(
            kind=self.form.currentData(),
            stories=self.chosen(),
            title=self.name.text().strip(),
            issue=self.issue.text().strip(),
            pages=self.pages.currentData(),
            services=self.services.isChecked(),
            ink_saving=self.ink.isChecked(),
        )

    def file_name(self) -> str:
        """What the file is called at first."""
        wish = self.paper_wish()
        return bulletin_name(wish.title, wish.issue) if wish.kind == "bulletin" else f"cetak-{wish.kind}"

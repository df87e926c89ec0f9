"""The button that makes cards and catalogue: of everything, or of what is chosen; with progress and cancel."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QProgressBar, QWidget

from studio.base.paths import templates_dir
from studio.group.products import CATALOG, FOLDER, Product
from studio.services.outlet_packs import outlet_catalog
from studio.services.product_export import SUBJECTS, draft_troubles, export_products
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.base.errors import UserError
    from studio.export.running.story_exporter import ExportedStory
    from studio.posts.packs import Outlet
    from studio.store.product_shelf import ProductShelf
    from studio.ui.core.background_jobs import BackgroundJob
    from studio.ui.group.group_context import GroupContext

_ID = Qt.ItemDataRole.UserRole


class CatalogOutputs(QWidget):
    """Makes files of products, and tells what became of them.

    Args:
        context: what a page works with.
        shelf: the products.
    """

    def __init__(self, context: GroupContext, shelf: ProductShelf) -> None:
        super().__init__()
        self._context, self._shelf = context, shelf
        self._job: BackgroundJob | None = None
        theme, t = context.tools.theme, self._t
        self.make = button(theme, t("make"), self.make_all, icon="send", tip=t("make_tip"))
        self.choose = button(theme, t("choose"), self.make_chosen, look="link", tip=t("choose_tip"))
        self.bar = QProgressBar()
        self.bar.setAccessibleName(t("making"))
        self.bar.setRange(0, 1000)
        self.stop = button(theme, t("stop"), self._cancel, icon="x")
        self.folder = button(theme, t("open_folder"), self._open, look="link")
        self.told = label("", "muted", wrap=True)
        for part in (self.bar, self.stop, self.folder, self.told):
            part.hide()
        parts = (self.make, self.choose, self.bar, self.stop, self.told, self.folder)
        self.setLayout(column(*parts, gap=theme.px(6)))

    def _t(self, code: str, **facts: object) -> str:
        return self._context.t(f"group.products.{code}", **facts)

    def show_able(self) -> None:
        """Whether anything can be made now."""
        there = bool(self._context.session.records.records(FOLDER, Product)) and self._job is None
        self.make.setEnabled(there)
        self.choose.setEnabled(there)

    # ------------------------------------------------------------------------------------------- making

    def make_all(self) -> None:
        """Make the cards of all products, and the catalogue; only what changed."""
        self._start((), ())

    def make_chosen(self) -> None:
        """Ask which products and outlets, and make these."""
        catalog = outlet_catalog(self._context.workspace)
        found = self._context.session.records.records(FOLDER, Product).values()
        products = sorted(found, key=lambda each: (each.name.casefold(), each.id))
        dialog = CatalogDialog(self._context, products, catalog.of_subjects(SUBJECTS))
        try:
            if self._context.tools.dialogs.show(dialog):
                self._start(dialog.chosen_products(), dialog.chosen_outlets())
        finally:
            dialog.deleteLater()

    def _start(self, products: Sequence[str], outlets: Sequence[str]) -> None:
        from studio.services.story_export import prepare_painting

        tools = self._context.tools
        # The export reads the products from the disk.
        error = self._context.session.flush()
        if error is not None:
            tools.dialogs.explain(error)
            return
        prepare_painting()
        work = partial(export_products, self._context.workspace, templates_dir(), tools.texts, products, outlets, None)
        self._job = tools.jobs.start(
            self._t("making"), work, done=self._show_made, failed=self._failed, ended=self._ended
        )
        if self._job.state in {"done", "failed", "cancelled"}:  # work that is done at once
            self._ended(self._job.state)
            return
        self._job.progressed.connect(self._progress)
        self.bar.setValue(0)
        for part, shown in ((self.bar, True), (self.stop, True), (self.told, False), (self.folder, False)):
            part.setVisible(shown)
        self.show_able()

    def _progress(self, done: float, total: float, _: str) -> None:
        self.bar.setValue(round(1000 * done / total) if total else 0)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _ended(self, state: object) -> None:
        self._job = None
        self.bar.hide()
        self.stop.hide()
        self.show_able()
        if state == "cancelled":
            self.told.setText(self._t("stopped"))
            self.told.show()

    def _show_made(self, result: tuple[list[ExportedStory], tuple[UserError, ...]]) -> None:
        done, problems = result
        texts = self._context.tools.texts
        lines = [texts.explain(each.error) for each in done if each.error is not None]
        lines += draft_troubles(done, texts)
        lines += [one.text for each in done for one in each.problems]
        lines += [texts.explain(problem) for problem in problems]
        files = sum(len(each.manifest.files) for each in done if each.manifest is not None)
        self.told.setText(self._t("made", files=files, made=sum(each.made for each in done)))
        self.told.show()
        self.folder.show()
        if lines:
            self._context.tools.dialogs.tell(self._t("made_partly"), "\n\n".join(lines), tone="warning")

    def _failed(self, error: UserError) -> None:
        self._context.tools.dialogs.explain(error)

    def _open(self) -> None:
        from studio.ui.publish.export_results import open_folder

        open_folder(self._shelf.exports_dir())


class CatalogDialog(StyledDialog):
    """Products to the left, outlets to the right; everything is ticked at first.

    Args:
        context: what a page works with.
        products: all there are, in order.
        outlets: of products and of their catalogue.
    """

    def __init__(self, context: GroupContext, products: Sequence[Product], outlets: Sequence[Outlet]) -> None:
        super().__init__(context.tools.theme)
        self._context, self._outlets = context, tuple(outlets)
        theme = context.tools.theme
        self.setWindowTitle(self._t("choose_title"))
        self.resize(theme.px(680), theme.px(460))
        self.list = QListWidget()
        self.list.setProperty("look", "framed")
        describe(self.list, self._t("choose_products"), self._t("choose_products_tip"))
        for product in products:
            item = QListWidgetItem(product.name.strip() or self._t("unnamed"))
            item.setData(_ID, product.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.boxes = {outlet.id: QCheckBox(context.tools.texts.outlet_name(outlet.name)) for outlet in outlets}
        self.accepted_button = button(theme, self._t("choose_make"), self.accept, look="primary", icon="send")
        self._lay_out()
        self._show()

    def _t(self, code: str, **facts: object) -> str:
        return self._context.t(f"group.products.{code}", **facts)

    def _lay_out(self) -> None:
        theme = self._context.tools.theme
        px = theme.px
        every = button(theme, self._t("choose_all"), partial(self.tick_all, on=True), look="link")
        none = button(theme, self._t("choose_none"), partial(self.tick_all, on=False), look="link")
        left = column(row(label(self._t("choose_products"), "title"), 1, every, none), self.list, gap=px(8))
        for box in self.boxes.values():
            box.setChecked(True)
            box.toggled.connect(self._show)
        self.list.itemChanged.connect(self._show)
        hint = label(self._t("choose_hint"), "hint", wrap=True)
        side = QWidget()
        side.setFixedWidth(px(250))
        side.setLayout(column(label(self._t("choose_outlets"), "title"), *self.boxes.values(), hint, 1, gap=px(8)))
        middle = row(left, side, gap=px(20))
        middle.setStretch(0, 1)
        close = button(theme, self._t("stop"), self.reject)
        foot = row(1, close, self.accepted_button, gap=px(8))
        self.setLayout(column(middle, foot, gap=px(14), edges=edges(theme, 20, 18)))

    def tick_all(self, *, on: bool) -> None:
        """Tick all products or none."""
        for number in range(self.list.count()):
            self.list.item(number).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _ticked(self) -> list[str]:
        items = [self.list.item(number) for number in range(self.list.count())]
        return [str(item.data(_ID)) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _whole(self, outlets: Sequence[str]) -> bool:
        """Whether one of these is filled from the catalogue of all products."""
        return any(outlet.subject == "catalog" for outlet in self._outlets if outlet.id in outlets)

    def chosen_outlets(self) -> tuple[str, ...]:
        """Ticked outlets; () for all."""
        ticked = tuple(outlet for outlet, box in self.boxes.items() if box.isChecked())
        return () if len(ticked) == len(self.boxes) else ticked

    def chosen_products(self) -> tuple[str, ...]:
        """Ticked products, with the catalogue where an outlet of it is ticked; () for all of them."""
        ticked, outlets = self._ticked(), [outlet for outlet, box in self.boxes.items() if box.isChecked()]
        if len(ticked) == self.list.count() and len(outlets) == len(self.boxes):
            return ()
        single = any(outlet.subject == "product" for outlet in self._outlets if outlet.id in outlets)
        return (*(ticked if single else ()), *((CATALOG,) if self._whole(outlets) else ()))

    def _show(self, _: object = None) -> None:
        outlets = [outlet for outlet, box in self.boxes.items() if box.isChecked()]
        single = any(outlet.subject == "product" for outlet in self._outlets if outlet.id in outlets)
        self.accepted_button.setEnabled(self._whole(outlets) or (single and bool(self._ticked())))

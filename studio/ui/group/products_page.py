"""The page "Potensi & usaha": the list of products, the one that is worked on, and what is made of all of them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QProgressBar, QStackedWidget, QWidget

from studio.base.paths import templates_dir
from studio.group.group_records import put_record, remove_record
from studio.group.product_words import price_words
from studio.group.products import FOLDER, PRODUCT_KINDS, Product, place_of, product_story
from studio.services.product_export import draft_troubles, export_products
from studio.services.product_photos import bring_photos, name_from_file
from studio.store.product_shelf import ProductShelf, free_id
from studio.story.model import cover_photo
from studio.ui.group.product_editor import LABEL, ProductEditor, has_product, stamped
from studio.ui.library.thumbnail_store import ThumbnailStore
from studio.ui.widgets.basic_parts import button, column, describe, edges, empty, label, row
from studio.ui.widgets.calm_inputs import narrow_combo_box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.base.errors import UserError
    from studio.export.running.story_exporter import ExportedStory
    from studio.services.media_import import ImportedMedia
    from studio.ui.core.background_jobs import BackgroundJob
    from studio.ui.group.group_context import GroupContext

_THUMB = 46


class ProductsPage(QWidget):
    """What the village offers.

    Args:
        context: what a page works with.
    """

    def __init__(self, context: GroupContext) -> None:
        super().__init__()
        self._context = context
        self.shelf = ProductShelf(context.workspace)
        self._thumbs = ThumbnailStore(self.shelf, context.tools.jobs, self)
        self._job: BackgroundJob | None = None
        self.editor: ProductEditor | None = None
        self._lay_out()
        context.session.changed.connect(self._show)
        self._thumbs.ready.connect(lambda *_: self._show())
        self._show()

    def _t(self, code: str, **facts: object) -> str:
        return self._context.t(f"group.products.{code}", **facts)

    # ------------------------------------------------------------------------------------------- layout

    def _lay_out(self) -> None:
        theme = self._context.tools.theme
        px = theme.px
        self.search = QLineEdit()
        self.search.setPlaceholderText(self._t("search"))
        self.search.setClearButtonEnabled(True)
        describe(self.search, self._t("search"))
        self.kind = narrow_combo_box()
        describe(self.kind, self._t("filter"))
        self.kind.addItem(self._t("all_kinds"), "")
        for code in PRODUCT_KINDS:
            self.kind.addItem(self._t(f"option.kind.{code}"), code)
        self.list = self.home = QListWidget()
        self.list.setIconSize(QSize(px(_THUMB), px(_THUMB)))
        self.list.setSpacing(2)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        describe(self.list, self._t("list"), self._t("list_tip"))
        self.add = button(theme, self._t("add"), self.add_product, look="primary", icon="plus")
        self.remove = button(theme, self._t("remove"), self.remove_product, icon="trash-2")
        self.make = button(theme, self._t("make"), self.make_all, icon="send", tip=self._t("make_tip"))
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self._t("making"))
        self.stop = button(theme, self._t("stop"), self._cancel, icon="x")
        self.folder = button(theme, self._t("open_folder"), self._open, look="link")
        self.told = label("", "muted", wrap=True)
        for part in (self.bar, self.stop, self.folder, self.told):
            part.hide()
        side = self.side = QWidget()
        side.setFixedWidth(px(262))
        top = row(self.add, self.remove, 1, gap=px(6))
        foot = column(self.make, self.bar, self.stop, self.told, self.folder, gap=px(6))
        inner = column(top, self.search, self.kind, self.list, foot, gap=px(8), edges=edges(theme, 14, 8))
        inner.setStretch(3, 1)
        side.setLayout(inner)
        first = button(theme, self._t("add"), self.add_product, look="primary", icon="plus")
        blank = QWidget()
        blank.setLayout(
            column(empty(theme, "store", self._t("empty_title"), self._t("empty"), first), edges=edges(theme, 20, 18))
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(blank)
        whole = row(side, self.stack, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.search.textChanged.connect(lambda _: self._show())
        self.kind.activated.connect(lambda _: self._show())
        self.list.currentItemChanged.connect(self._on_current)

    # ------------------------------------------------------------------------------------------- showing

    @property
    def current(self) -> str:
        """The id of the product that is worked on; "" for none."""
        return self.editor.product_id if self.editor is not None else ""

    def _products(self) -> list[Product]:
        found = self._context.session.records.records(FOLDER, Product).values()
        return sorted(found, key=lambda each: (each.name.casefold(), each.id))

    def _show(self, _: object = None) -> None:
        sought, kind = self.search.text().casefold().strip(), str(self.kind.currentData() or "")
        chosen = self.current
        self.list.blockSignals(True)
        self.list.clear()
        for product in self._products():
            said = f"{product.name} {product.description}".casefold()
            if sought in said and kind in {"", product.kind}:
                self.list.addItem(self._item(product))
                if product.id == chosen:
                    self.list.setCurrentRow(self.list.count() - 1)
        self.list.blockSignals(False)
        locked = self._context.session.read_only
        self.add.setEnabled(not locked)
        self.remove.setEnabled(bool(chosen) and not locked)
        self.make.setEnabled(bool(self._products()) and self._job is None)
        if chosen and not has_product(self._context.session.records, chosen):
            self._edit("")
        if not self.current and self.list.count():
            self.list.setCurrentRow(0)

    def _item(self, product: Product) -> QListWidgetItem:
        price = price_words(product_story(product).offer) or self._t("no_price")
        name = product.name or self._t("unnamed")
        item = QListWidgetItem(f"{name}\n{self._t('hidden') if product.hidden else price}")
        item.setData(Qt.ItemDataRole.UserRole, product.id)
        item.setToolTip(name)
        photo = cover_photo(product_story(product))
        pixmap = self._thumbs.get(product.id, photo.file) if photo is not None else None
        theme = self._context.tools.theme
        item.setIcon(QIcon(pixmap) if pixmap is not None else theme.icon("image", "muted", _THUMB))
        return item

    def _on_current(self, item: QListWidgetItem | None, _: object = None) -> None:
        chosen = str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""
        if chosen and chosen != self.current:
            self._edit(chosen)

    def _edit(self, product_id: str) -> None:
        """Show the form of a product, or the empty state."""
        before, self.editor = self.editor, None
        self.side.show()
        if before is not None:
            self.stack.removeWidget(before)
            before.deleteLater()
        if product_id:
            self.editor = ProductEditor(self._context, self.shelf, self._thumbs, product_id, self._add_photos)
            self.stack.addWidget(self.editor)
            self.stack.setCurrentWidget(self.editor)
            # The photo desk needs the room of the list.
            self.editor.currentChanged.connect(lambda at: self.side.setVisible(at == 0))
        else:
            self.stack.setCurrentIndex(0)
        self.remove.setEnabled(bool(product_id) and not self._context.session.read_only)

    # ------------------------------------------------------------------------------------------- doing

    def add_product(self) -> None:
        """Ask for the name of a new product, and open its form."""
        name = self._context.tools.dialogs.ask_text(self._t("add"), self._t("field.name"), hint=self._t("hint.name"))
        if name and name.strip():
            self._new(name.strip())

    def _new(self, name: str) -> str:
        made = free_id(name, {product.id for product in self._products()})
        product = stamped(Product(id=made, name=name))
        self._context.session.edit(put_record(place_of(made), product, "edit.group.product_add"))
        self._edit(made)
        self._show()
        return made

    def remove_product(self) -> None:
        """Take the product out of the list; undo brings it back, and its photos stay."""
        if self.current:
            self._context.session.edit(remove_record(place_of(self.current), "edit.group.product_remove"))
            self._context.toast(self._t("removed"), True)

    def take_files(self, names: list[str]) -> None:
        """Photos were dropped: they belong to the open product; without one each becomes a product of its own."""
        self._add_photos([Path(name) for name in names])

    def _add_photos(self, paths: Sequence[Path]) -> None:
        if not paths or self._context.session.read_only:
            return
        target = self.current or self._new(name_from_file(Path(paths[0])))
        product = self._context.session.records.record(place_of(target), Product)
        present = frozenset(photo.file for photo in product.photos) if product is not None else frozenset()
        credit = self._context.tools.settings.text("author")
        self._context.tools.jobs.start(
            self._t("bringing"),
            partial(bring_photos, self.shelf.files, [Path(path) for path in paths], present, credit),
            done=partial(self._take_photos, target),
            failed=self._context.tools.dialogs.explain,
        )

    def _take_photos(self, target: str, came: ImportedMedia) -> None:
        from studio.group.group_records import change_record

        def grow(product: Product) -> Product:
            return replace(product, photos=(*product.photos, *came.photos)) if came.photos else product

        start = Product(id=target, name="")
        self._context.session.edit(change_record(place_of(target), start, grow, LABEL))
        for trouble in came.troubles:
            self._context.tools.dialogs.explain(trouble)

    # ------------------------------------------------------------------------------------------- making

    def make_all(self) -> None:
        """Make the cards of all products, and the catalogue; only what changed."""
        from studio.services.story_export import prepare_painting

        tools = self._context.tools
        error = self._context.session.flush()
        if error is not None:
            tools.dialogs.explain(error)
            return
        prepare_painting()
        work = partial(export_products, self._context.workspace, templates_dir(), tools.texts, (), (), None)
        self._job = tools.jobs.start(self._t("making"), work, done=self._made, failed=self._failed, ended=self._ended)
        self.bar.setRange(0, 1000)
        self.bar.setValue(0)
        for part, shown in ((self.bar, True), (self.stop, True), (self.told, False), (self.folder, False)):
            part.setVisible(shown and self._job is not None)
        self.make.setEnabled(False)
        self._job.progressed.connect(self._progress)
        if self._job.state in {"done", "failed", "cancelled"}:  # work that is done at once
            self._ended(self._job.state)

    def _progress(self, done: float, total: float, _: str) -> None:
        self.bar.setValue(round(1000 * done / total) if total else 0)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _ended(self, _: object) -> None:
        self._job = None
        self.bar.hide()
        self.stop.hide()
        self.make.setEnabled(True)

    def _made(self, result: tuple[list[ExportedStory], tuple[UserError, ...]]) -> None:
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

        open_folder(self.shelf.exports_dir())

"""The page "Potensi & usaha": the list of products, the one that is worked on, and what is made of all of them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from studio.group.group_records import put_record, remove_record
from studio.group.product_words import price_words
from studio.group.products import FOLDER, PRODUCT_KINDS, Product, place_of, product_story
from studio.services.product_photos import bring_photos, name_from_file
from studio.store.product_shelf import ProductShelf, free_id
from studio.story.model import cover_photo
from studio.ui.core.media_pasting import bind_paste, take_pasted
from studio.ui.group.catalog_outputs import CatalogOutputs
from studio.ui.group.product_editor import LABEL, ProductEditor, has_product, stamped
from studio.ui.library.thumbnail_store import ThumbnailStore
from studio.ui.widgets.basic_parts import button, column, describe, edges, empty, row
from studio.ui.widgets.calm_inputs import narrow_combo_box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData

    from studio.services.media_import import ImportedMedia
    from studio.ui.group.group_context import GroupContext
    from studio.ui.group.group_session import GroupSession

_THUMB = 46
_WIDE_SCALE = 1.3
"""Up to this size of letters there is room for the list beside the form at 1366 pixels."""


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
        # Where letters are large, list and form take turns: beside each other the form would lie outside of the window.
        self._narrow = theme.scale > _WIDE_SCALE
        self._none_yet: bool | None = None
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
        self.outputs = CatalogOutputs(self._context, self.shelf)
        side = self.side = QWidget()
        if not self._narrow:
            side.setFixedWidth(px(262))
        top = row(self.add, self.remove, 1, gap=px(6))
        sought = (row if self._narrow else column)(self.search, self.kind, gap=px(8))
        inner = column(top, sought, self.list, self.outputs, gap=px(8), edges=edges(theme, 14, 8))
        inner.setStretch(2, 1)
        side.setLayout(inner)
        first = button(theme, self._t("add"), self.add_product, look="primary", icon="plus")
        blank = QWidget()
        blank.setLayout(
            column(empty(theme, "store", self._t("empty_title"), self._t("empty"), first), edges=edges(theme, 20, 18))
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(blank)
        self.to_list = button(theme, self._t("to_list"), partial(self._show_form, shown=False), icon="arrow-left")
        self.to_list.setVisible(self._narrow)
        self._form_side = QWidget()
        self._form_side.setLayout(column(row(self.to_list, 1, edges=edges(theme, 14, 0)), self.stack, gap=0))
        whole = row(side, self._form_side, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.search.textChanged.connect(lambda _: self._show())
        self.kind.activated.connect(lambda _: self._show())
        self.list.currentItemChanged.connect(self._on_current)
        self.list.itemClicked.connect(lambda _: self._show_form(shown=True))
        self.list.itemActivated.connect(lambda _: self._show_form(shown=True))
        bind_paste(self, side, blank)

    # ------------------------------------------------------------------------------------------- showing

    def _show_form(self, *, shown: bool) -> None:
        """The form or the list, where there is no room for both."""
        if self._narrow:
            self.side.setVisible(not shown)
            self._form_side.setVisible(shown)
            (self.to_list if shown else self.list).setFocus()

    def _on_photos(self, at: int) -> None:
        """The photo desk needs the room of the list, and has a way back of its own."""
        if self._narrow:
            self.to_list.setVisible(at == 0)
        else:
            self.side.setVisible(at == 0)

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
        self.remove.setEnabled(bool(self.current) and not locked)
        self.outputs.show_able()
        if chosen and not has_product(self._context.session.records, chosen):
            self._edit("")
        if not self.current and self.list.count():
            self.list.setCurrentRow(0)
        if self._narrow and self._none_yet != (not self._products()):
            self._none_yet = not self._products()
            self._show_form(shown=self._none_yet)
            self.to_list.setVisible(not self._none_yet)

    def _item(self, product: Product) -> QListWidgetItem:
        price = price_words(product_story(product).offer) or self._t("no_price")
        name = product.name.strip() or self._t("unnamed")
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
        if not self._narrow:
            self.side.show()
        if before is not None:
            self.stack.removeWidget(before)
            before.deleteLater()
        if product_id:
            self.editor = ProductEditor(self._context, self.shelf, self._thumbs, product_id, self._add_photos)
            bind_paste(self, self.editor.fields)  # the photo desk has a way of its own
            self.stack.addWidget(self.editor)
            self.stack.setCurrentWidget(self.editor)
            self.editor.currentChanged.connect(self._on_photos)
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
        self._show_form(shown=True)
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

    # ------------------------------------------------------------------------------------------- pasting

    @property
    def session(self) -> GroupSession:
        """What is pasted into."""
        return self._context.session

    def toast(self, text: str) -> None:
        """A short word at the foot of the window."""
        self._context.toast(text, False)

    def t(self, code: str, **facts: object) -> str:
        """The text for a code."""
        return self._context.t(code, **facts)

    def take_mime(self, data: QMimeData) -> None:
        """Photos were pasted: as dropped ones, or a picture copied in a browser or chat."""
        tools = self._context.tools
        take_pasted(tools, self._context.workspace, data, self._add_photos, tools.dialogs.explain, self)

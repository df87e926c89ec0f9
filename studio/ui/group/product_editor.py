"""One product: its card as it will look, its photos, its fields; the photo desk of stories for its photos."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from studio.group.group_records import GroupRecords, change_record
from studio.group.product_form import PRODUCT_FORM
from studio.group.products import Product, place_of, product_story
from studio.services.crop_shapes import load_product_uses
from studio.services.product_photos import OUTLET, paint_card, product_designs
from studio.store.story_shelf import today_of
from studio.ui.group.photo_session import PhotoBench, make_photo_page
from studio.ui.group.product_parts import MakerCard, ProductFindings, SeasonCard
from studio.ui.group.product_session import ProductSession
from studio.ui.group.record_form import RecordForm
from studio.ui.widgets.basic_parts import button, card, column, describe, edges, label, row, scrolled
from studio.ui.widgets.calm_inputs import narrow_combo_box

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from studio.base.errors import UserError
    from studio.base.pixel_data import Pixels
    from studio.store.product_shelf import ProductShelf
    from studio.ui.group.group_context import GroupContext
    from studio.ui.library.thumbnail_store import ThumbnailStore

_ACROSS = 232
_PAUSE_MS = 500
LABEL = "edit.group.products"


class ProductEditor(QStackedWidget):
    """The form of one product, or the photo desk with its photos.

    Args:
        context: what a page works with.
        shelf: the products.
        thumbs: small pictures of their photos.
        product_id: which one.
        bring_in: adds photos to it.
    """

    def __init__(
        self,
        context: GroupContext,
        shelf: ProductShelf,
        thumbs: ThumbnailStore,
        product_id: str,
        bring_in: Callable[[Sequence[Path]], None],
    ) -> None:
        super().__init__()
        self._context, self._shelf, self._thumbs, self._bring_in = context, shelf, thumbs, bring_in
        self.product_id = product_id
        self.session = ProductSession(context.session, product_id, self)
        self._photo_page: QWidget | None = None
        self._painted: Product | None = None
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self._paint)
        self.fields = self._make_form()
        self.addWidget(self.fields)
        self.session.changed.connect(self._show)
        self._show()

    def _t(self, code: str, **facts: object) -> str:
        return self._context.t(f"group.products.{code}", **facts)

    # ------------------------------------------------------------------------------------------- making

    def _make_form(self) -> QWidget:
        context, theme = self._context, self._context.tools.theme
        start = Product(id=self.product_id, name="")
        self.form = RecordForm(context, place_of(self.product_id), start, PRODUCT_FORM, "group.products")
        self.season = SeasonCard(context.tools, self._change)
        self.maker = MakerCard(context.tools, self._change, lambda: context.today)
        self.findings = ProductFindings(context.tools)
        parts = column(self._make_look(), self.findings, self.form, self.season, self.maker, 1, gap=theme.px(14))
        inside = QWidget()
        parts.setContentsMargins(*edges(theme, 16, 10))
        inside.setLayout(parts)
        return scrolled(inside)

    def _make_look(self) -> QWidget:
        theme = self._context.tools.theme
        self.picture = QLabel()
        self.picture.setFixedSize(theme.px(_ACROSS), theme.px(_ACROSS * 1.25))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setWordWrap(True)
        describe(self.picture, self._t("card"))
        self.design = narrow_combo_box()
        describe(self.design, self._t("design"), self._t("design_tip"))
        for name in product_designs(self._shelf):
            self.design.addItem(self._t(f"option.design.{name}"), name)
        chosen = self._context.workspace.group.designs.get(OUTLET, "")
        self.design.setCurrentIndex(max(0, self.design.findData(chosen)))
        self.design.activated.connect(self._choose_design)
        self.photos = label("", "muted", wrap=True)
        self.add = button(theme, self._t("add_photos"), self._choose_photos, icon="image-plus")
        self.edit_photos = button(theme, self._t("edit_photos"), self.show_photos, look="primary", icon="image")
        words = column(
            label(self._t("card"), "title"),
            label(self._t("card_hint"), "hint", wrap=True),
            label(self._t("design"), "strong"),
            self.design,
            -6,
            self.photos,
            row(self.edit_photos, 1),
            row(self.add, 1),
            1,
            gap=theme.px(8),
        )
        if theme.scale > 1.3:
            return card(column(self.picture, words, gap=theme.px(12), edges=edges(theme, 18, 14)))
        whole = row(self.picture, words, gap=theme.px(18), edges=edges(theme, 18, 14))
        whole.setStretch(1, 1)
        return card(whole)

    # ------------------------------------------------------------------------------------------- showing

    def _show(self, _: object = None) -> None:
        product = self.session.product
        if product is None:
            return
        locked = self.session.read_only
        self.season.show_product(product, locked=locked)
        self.maker.show_product(product, locked=locked)
        workspace = self._context.workspace
        self.findings.show_story(product_story(product), workspace.group, today_of(workspace))
        self.photos.setText(self._t("photos", count=len(product.photos)))
        self.edit_photos.setEnabled(bool(product.photos))
        self.add.setEnabled(not locked)
        self._soon.start()

    def finish(self) -> None:
        """Have the card painted now, where work is done at once (pictures of the window)."""
        if self._soon.isActive():
            self._soon.stop()
            self._paint()

    def _paint(self) -> None:
        from studio.services.story_export import prepare_painting

        product = self.session.product
        if product is None or product == self._painted:
            return
        # Also when painting fails: only another product is tried again.
        self._painted = product
        prepare_painting()
        work = partial(paint_card, self._shelf, product, str(self.design.currentData() or ""), self.picture.width())
        self._context.tools.jobs.start(
            self._t("card"), work, done=self._take_card, failed=self._no_card, owner=self, lane="quick", quiet=True
        )

    def _take_card(self, pixels: Pixels) -> None:
        width, height, rgb = pixels
        image = QImage(rgb, width, height, width * 3, QImage.Format.Format_RGB888)
        self.picture.setPixmap(QPixmap.fromImage(image))

    def _no_card(self, error: UserError) -> None:
        self.picture.setText(self._context.tools.texts.explain(error))

    # ------------------------------------------------------------------------------------------- doing

    def _change(self, change: Callable[[Product], Product], merge: str) -> None:
        place = place_of(self.product_id)
        start = Product(id=self.product_id, name="")
        self._context.session.edit(change_record(place, start, change, LABEL, f"{place}/{merge}" if merge else ""))

    def _choose_design(self, _: int) -> None:
        workspace = self._context.workspace
        designs = {**workspace.group.designs, OUTLET: str(self.design.currentData())}
        from studio.base.errors import UserError

        try:
            workspace.save_group(replace(workspace.group, designs=designs))
        except UserError as error:
            self._context.tools.dialogs.explain(error)
        self._context.group_changed()
        self._forget_photo_page()
        self._painted = None
        self._paint()

    def _choose_photos(self) -> None:
        self._bring_in(self._context.tools.dialogs.choose_files(self._t("add_photos"), "photo"))

    def show_photos(self) -> None:
        """The photo desk with the photos of this product."""
        if self._photo_page is None:
            self._photo_page = self._make_photo_page()
            self.addWidget(self._photo_page)
        self.setCurrentWidget(self._photo_page)

    def show_form(self, _: object = None) -> None:
        """Back to the fields."""
        self.setCurrentIndex(0)

    def _forget_photo_page(self) -> None:
        """Another design shows another part of a photo: the desk is made anew with the shapes of that."""
        if self._photo_page is not None:
            self.removeWidget(self._photo_page)
            self._photo_page.deleteLater()
            self._photo_page = None

    def _make_photo_page(self) -> QWidget:
        bench = PhotoBench(
            *(self._context, self._shelf, self._thumbs, self.session, self._bring_in, self.show_form),
            back_text="group.products.back",
            uses=load_product_uses(self._shelf, self.session.story, self._context.tools.t),
        )
        page, self.photo_desk = make_photo_page(bench)
        return page


def has_product(records: GroupRecords, product_id: str) -> bool:
    """Whether there is such a product."""
    return records.record(place_of(product_id), Product) is not None


def stamped(product: Product) -> Product:
    """A new product with its birthday."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    return replace(product, created=now, modified=now)

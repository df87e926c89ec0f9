"""One product of the group's records as a story session: what the photo desk works with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.group.group_records import GroupEdit
from studio.group.products import Product, place_of, product_story, with_photos

if TYPE_CHECKING:
    from studio.group.group_records import GroupRecords
    from studio.story.edits import StoryEdit
    from studio.story.model import Story
    from studio.ui.group.group_session import GroupSession


class ProductSession(QObject):
    """Turns edits of the photos of a story into edits of the product; undo and saving are those of the group.

    Args:
        session: the group's records.
        product_id: which product.
    """

    changed = Signal(object)
    """The story of the product, after every edit."""

    def __init__(self, session: GroupSession, product_id: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._place = place_of(product_id)
        self.folder = product_id
        self._last = self.product
        session.changed.connect(self._on_records)

    @property
    def product(self) -> Product | None:
        """The product as it is now; None when it was taken out."""
        return self._session.records.record(self._place, Product)

    @property
    def story(self) -> Story:
        """The product as a story."""
        return product_story(self.product or Product(id=self.folder, name=""))

    @property
    def read_only(self) -> bool:
        """Whether nothing may be changed."""
        return self._session.read_only

    def edit(self, edit: StoryEdit) -> None:
        """Change the photos; whatever else the edit changes stays as it is."""
        place = self._place

        def apply(records: GroupRecords) -> GroupRecords:
            product = records.record(place, Product)
            if product is None:
                return records
            return records.with_record(place, with_photos(product, edit.apply(product_story(product))))

        self._session.edit(GroupEdit(edit.label, apply, f"{place}/{edit.merge}" if edit.merge else ""))

    def break_merge(self) -> None:
        """See ``DocumentSession.break_merge``."""
        self._session.break_merge()

    def hold(self) -> None:
        """See ``DocumentSession.hold``."""
        self._session.hold()

    def abandon(self) -> None:
        """See ``DocumentSession.abandon``."""
        self._session.abandon()

    def _on_records(self, _: object) -> None:
        if self.product != self._last:
            self._last = self.product
            self.changed.emit(self.story)

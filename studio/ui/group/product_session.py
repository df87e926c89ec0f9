"""One product of the group's records as a story session: what the photo desk works with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.group.products import Product, place_of, product_story, with_photos
from studio.ui.group.photo_session import PhotoRecord, PhotoSession

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from studio.ui.group.group_session import GroupSession


class ProductSession(PhotoSession[Product]):
    """The photos of a product.

    Args:
        session: the group's records.
        product_id: which product.
    """

    def __init__(self, session: GroupSession, product_id: str, parent: QObject | None = None) -> None:
        start = Product(id=product_id, name="")
        kind = PhotoRecord(place_of(product_id), start, product_story, with_photos)
        super().__init__(session, product_id, kind, parent)

    @property
    def product(self) -> Product | None:
        """The product as it is now; None when it was taken out."""
        return self.record

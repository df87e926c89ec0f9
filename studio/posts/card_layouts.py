"""Where a card design may put its photo: one place or several to choose from (``_common/cards/designs.toml``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.story.geometry import WHOLE, ratio_key
from studio.story.model import Box

if TYPE_CHECKING:
    from collections.abc import Mapping

WIDE = 1.3
"""A card is a wide one above this, width by height."""
_ALL = 0.999
"""A side of the photo's area that is this share of the card's reaches from edge to edge."""


@dataclass(frozen=True, slots=True)
class CardPlace:
    """One place for the photo of a card.

    Attributes:
        name: what templates know it by (``placement``); "" where a design has only one.
        box: fractions of the card.
        least: the shortest that the area may get, to fit a photo of other proportions; as a fraction of the card's
            height where the area is as wide as the card, of its width where it is as high. 0: it stays as it is.
    """

    name: str = ""
    box: Box = WHOLE
    least: float = 0.0

    @property
    def fills(self) -> bool:
        """Whether the photo is all of the card, so that words lie on it."""
        return self.box.width >= _ALL and self.box.height >= _ALL

    def fitted(self, size: tuple[int, int], ratio: float) -> Box:
        """The area for a photo of ``ratio`` (width by height; 0: unknown) on a card of ``size`` pixels.

        The side of it that lies at an edge of the card stays there.
        """
        x, y, width, height = self.box
        if not self.least or ratio <= 0:
            return self.box
        if width >= _ALL:
            return Box(x, y, width, min(height, max(self.least, size[0] / ratio / size[1])))
        wide = min(width, max(self.least, size[1] * height * ratio / size[0]))
        return Box(x + width - wide if x + width >= _ALL else x, y, wide, height)


FULL = CardPlace()


def is_template(design: str) -> bool:
    """Whether it is no design but the template of a pack that draws its card itself."""
    return design.endswith(".j2")


def layout_names(size: tuple[int, int], outlet: str) -> tuple[str, ...]:
    """The names under which the layout of a card is looked for, the most fitting first.

    Args:
        size: width and height in pixels.
        outlet: id of the outlet: YouTube's cover is seen as small as a stamp.
    """
    ratio = size[0] / size[1]
    if ratio <= WIDE:
        return ("square" if ratio > 0.9 else "portrait" if ratio > 0.65 else "tall",)
    if ratio < 1.6:
        return ("wide", "x")
    own = "youtube" if outlet == "youtube" else "link" if ratio > 1.84 else "x"
    return (own, "x", "wide")


def card_places(
    areas: Mapping[str, Any], design: str, size: tuple[int, int], outlet: str = ""
) -> tuple[CardPlace, ...]:
    """The places a design has for its photo on a card of ``size`` pixels, the one it likes best first.

    Args:
        areas: ``_common/cards/designs.toml``.
        design: a card design, or the template of a card that the pack draws itself (then the photo fills it, unless the
            table knows it).
        size: width and height of the card.
        outlet: id of the outlet, for ``layout_names``.
    """
    entry = areas.get(design, {})
    names: tuple[str, ...] = (ratio_key(*size),)
    # Wide, the art is that of the headline, unless the design has its own.
    if design and not is_template(design) and size[0] > WIDE * size[1]:
        entry, names = entry.get("wide") or areas.get("wide", {}), layout_names(size, outlet)
    told = next((entry[name] for name in names if name in entry), entry)
    return tuple(_read_place(each) for each in told.get("places") or (told,))


def _read_place(told: Mapping[str, Any]) -> CardPlace:
    box = told.get("photo", "full")
    return CardPlace(told.get("name", ""), WHOLE if box == "full" else Box(*box), told.get("least", 0.0))


def area_pixels(box: Box, size: tuple[int, int]) -> tuple[int, int]:
    """Width and height of an area in pixels, for a card of ``size``."""
    return max(1, round(box.width * size[0])), max(1, round(box.height * size[1]))

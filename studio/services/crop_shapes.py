"""Which shapes the outlets want of a photo, named by outlet and use."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from studio.posts.output_kinds import CardOutput, PhotoOutput
from studio.services.photo_preview import CropUse
from studio.story.geometry import ratio_key
from studio.story.text import cut_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from studio.posts.output_kinds import Output
    from studio.posts.packs import Outlet
    from studio.store.product_shelf import ProductShelf
    from studio.story.model import Story

SHOWN = 150
"""Height in pixels of a shape on the desk."""
_LONGEST_NAME = 16
_OWN_NAME = frozenset({"status", "story"})
"""Uses that people know by their own name, whichever outlet they are in."""
_PLACES = {"status": "status", "story": "story", "sampul": "cover", "pratinjau": "link", "kutipan": "quote"}
"""The name of an output's file -> what it is used as; a photo or an ordinary card where it says nothing."""


def _whole_size(_outlet: Outlet, output: PhotoOutput | CardOutput) -> tuple[int, int]:
    return output.size


def uses_of(
    outlets: Iterable[Outlet],
    t: Callable[..., str],
    place_of: Callable[[Outlet, PhotoOutput | CardOutput], tuple[int, int]] = _whole_size,
) -> tuple[CropUse, ...]:
    """Every shape of photos and cards, the one most outlets want first.

    A shape has the name of the first outlet that wants it, or of its use where that has one: "Instagram 4:5",
    "Status 9:16". All who want it are in ``CropUse.everyone``.

    Args:
        outlets: in the order of the catalog.
        t: the text for a code, with its placeholders as keywords.
        place_of: the pixels a photo fills of an output; else all of it.
    """
    wanted: dict[str, list[tuple[str, str]]] = {}
    ratios: dict[str, float] = {}
    photos: set[str] = set()
    for outlet in outlets:
        for output in outlet.outputs:
            inside = isinstance(output, PhotoOutput) and output.fit == "inside"
            if isinstance(output, PhotoOutput | CardOutput) and not inside and output.size.height:
                width, height = place_of(outlet, output)
                key = ratio_key(width, height)
                photos |= {key} if isinstance(output, PhotoOutput) else set()
                ratios.setdefault(key, width / height)
                told = wanted.setdefault(key, [])
                if (each := (t("photodesk.outlet", outlet=outlet.name), _outlet_place(output))) not in told:
                    told.append(each)
    ordered = sorted(wanted, key=lambda key: (-len({name for name, _ in wanted[key]}), ratios[key]))
    return tuple(_crop_use(key, ratios[key], wanted[key], t, photos=key in photos) for key in ordered)


def _outlet_place(output: Output) -> str:
    return _PLACES.get(PurePath(output.file).stem, output.kind)


def _crop_use(key: str, ratio: float, wanted: list[tuple[str, str]], t: Callable[..., str], *, photos: bool) -> CropUse:
    outlet, place = wanted[0]
    name = t(f"photodesk.use_{place}") if place in _OWN_NAME else cut_line(outlet, _LONGEST_NAME)
    name = name[0].upper() + name[1:]
    places: dict[str, list[str]] = {}
    for who, what in wanted:
        places.setdefault(who, []).append(t(f"photodesk.use_{what}"))
    everyone = ", ".join(f"{who} ({', '.join(what)})" for who, what in places.items())
    return CropUse(key, f"{name} {key}", everyone, _shape_size(key, ratio), photos)


def _shape_size(key: str, ratio: float) -> tuple[int, int]:
    """A size for the screen that has the very key of the shape: crops made by hand are found by it."""
    # Rounded to whole pixels, 1080x607 at a height of 150 may fall into another key; a few pixels more and it has its
    # own.
    sizes = ((max(1, round(high * ratio)), high) for high in range(SHOWN, 2 * SHOWN))
    return next((size for size in sizes if ratio_key(*size) == key), (max(1, round(SHOWN * ratio)), SHOWN))


def load_uses(builtin: Path, own: Path, t: Callable[..., str]) -> tuple[CropUse, ...]:
    """The shapes of all outlets, the group's own too."""
    from studio.posts.catalog import load_catalog

    return uses_of(load_catalog(builtin, own).outlets, t)


def load_product_uses(shelf: ProductShelf, product: Story, t: Callable[..., str]) -> tuple[CropUse, ...]:
    """The shapes that cards and photos of a product show of its photo: a card's design leaves it a part only.

    Args:
        shelf: for the group, its designs and its own outlets.
        product: as a story.
        t: the text for a code, with its placeholders as keywords.
    """
    from studio.base.paths import templates_dir
    from studio.posts.card_choice import card_design, photo_area
    from studio.posts.catalog import load_catalog
    from studio.posts.render_context import RenderContext
    from studio.posts.template_context import build_context

    catalog = load_catalog(templates_dir(), shelf.templates_dir)
    press, material = RenderContext(catalog), build_context(product, shelf.group, catalog.labels)

    def place_of(outlet: Outlet, output: PhotoOutput | CardOutput) -> tuple[int, int]:
        if isinstance(output, PhotoOutput):
            return output.size
        return photo_area(press, card_design(press, outlet, output, material), output.size, material, outlet)

    return uses_of(catalog.of_subjects(("product", "catalog")), t, place_of)

"""Which shapes the outlets want of a photo, named by outlet and use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.story.geometry import ratio_key
from studio.ui.photo.develop import Use

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from studio.posts.packs import Outlet

SHOWN = 150
"""Height in pixels of a shape on the desk."""
_MOST_NAMES = 2


def uses_of(outlets: Iterable[Outlet]) -> tuple[Use, ...]:
    """Every shape of photos and cards, the one most outlets want first."""
    names: dict[str, list[str]] = {}
    ratios: dict[str, float] = {}
    for outlet in outlets:
        for output in outlet.outputs:
            if output.kind in {"photo", "card"} and output.fit != "inside" and output.size[1]:
                key = ratio_key(*output.size)
                told = names.setdefault(key, [])
                if outlet.name not in told:
                    told.append(outlet.name)
                ratios.setdefault(key, output.size[0] / output.size[1])
    ordered = sorted(names, key=lambda key: (-len(names[key]), ratios[key]))
    return tuple(
        Use(key, f"{', '.join(names[key][:_MOST_NAMES])} {key}", (max(1, round(SHOWN * ratios[key])), SHOWN))
        for key in ordered
    )


def load_uses(builtin: Path, own: Path) -> tuple[Use, ...]:
    """The shapes of all outlets, the group's own too."""
    from studio.posts.catalog import load_catalog

    return uses_of(load_catalog(builtin, own).outlets)

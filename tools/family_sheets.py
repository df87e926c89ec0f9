"""Draws all design families with hard stories, a sheet a family: ``python -m tools.family_sheets DIR [FAMILY ...]``.

Rows are the stories (long headline, no photo, very bright, very dark, Arabic and Javanese), columns the cards in their
shapes. ``--one`` draws one small picture of all families instead, for the documentation.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from studio.base.paths import templates_dir
from studio.paint.qt_application import ensure_gui
from studio.posts.catalog import load_catalog
from studio.posts.render_context import RenderContext
from studio.services.template_samples import HARD, KINDS, SHAPES, draw_sheet


def main() -> None:
    """Write the sheets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("families", nargs="*")
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--shapes", default=",".join(SHAPES))
    parser.add_argument("--stories", default=",".join(hard.name for hard in HARD))
    parser.add_argument("--high", type=int, default=300)
    parser.add_argument("--one", action="store_true")
    asked = parser.parse_args()
    ensure_gui()
    press = RenderContext(load_catalog(templates_dir(), None))
    asked.out.mkdir(parents=True, exist_ok=True)
    hards = [hard for hard in HARD if hard.name in asked.stories.split(",")]
    columns = [(kind, shape) for kind in asked.kinds.split(",") for shape in asked.shapes.split(",")]
    made = {
        family: draw_sheet(press, family, columns, hards, asked.high)
        for family in asked.families or press.catalog.families
    }
    if not asked.one:
        for family, sheet in made.items():
            sheet.save(asked.out / f"{family}.png")
        return
    from PIL import Image

    whole = Image.new("RGB", (max(s.width for s in made.values()), sum(s.height for s in made.values())))
    top = 0
    for sheet in made.values():
        whole.paste(sheet, (0, top))
        top += sheet.height
    whole.save(asked.out / "families.png")
    whole.save(asked.out / "families.jpg", quality=55, optimize=True, progressive=True)


if __name__ == "__main__":
    main()

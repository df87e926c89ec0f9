"""The studio's packs as a group's own that make less: for tests that look at some of what a pack makes."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from studio.base.paths import templates_dir

if TYPE_CHECKING:
    from pathlib import Path


def shrink_packs(templates: Path, *outlets: str) -> None:
    """Give a group packs of its own that take the place of these of the studio's.

    Args:
        templates: the group's folder of packs.
        outlets: ids; cards, photos and videos of them shrink, sheets of paper do not.
    """
    for outlet in outlets:
        pack = shutil.copytree(templates_dir() / outlet, templates / outlet) / "outlet.toml"
        told = pack.read_text(encoding="utf-8")
        small = re.sub(r"(?m)^size = \[(\d+), (\d+)\]", lambda m: f"size = [{_third(m[1])}, {_third(m[2])}]", told)
        pack.write_text(small, encoding="utf-8")


def keep_photos(templates: Path, *outlets: str) -> None:
    """Give a group packs of its own that make the photos of these of the studio's, and nothing else."""
    for outlet in outlets:
        pack = shutil.copytree(templates_dir() / outlet, templates / outlet) / "outlet.toml"
        head, *outputs = pack.read_text(encoding="utf-8").split("[[output]]")
        pack.write_text("[[output]]".join([head, *(o for o in outputs if 'kind = "photo"' in o)]), encoding="utf-8")


def _third(length: str) -> int:
    """Of pixels, even, as videos want it; what is smaller are the millimetres of a sheet."""
    return int(length) // 6 * 2 if int(length) > 420 else int(length)


def keep_pages(templates: Path, *outlets: str) -> None:
    """Give a group packs of its own that make the pages and texts of these of the studio's, and nothing else."""
    for outlet in outlets:
        pack = shutil.copytree(templates_dir() / outlet, templates / outlet) / "outlet.toml"
        head, *outputs = pack.read_text(encoding="utf-8").split("[[output]]")
        kept = [output for output in outputs if 'kind = "page"' in output or 'kind = "text"' in output]
        pack.write_text("[[output]]".join([head, *kept]), encoding="utf-8")

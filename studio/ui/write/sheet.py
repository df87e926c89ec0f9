"""The desk's own part of the style sheet, in the tokens of the window's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.base.paths import assets_dir

if TYPE_CHECKING:
    from studio.ui.theme import Theme


def desk_sheet(theme: Theme) -> str:
    """The style sheet of the desk and its side panel, with colours and lengths filled in."""
    sheet = (assets_dir() / "theme" / "write.qss").read_text(encoding="utf-8")
    return replace(theme, sheet=sheet).stylesheet()

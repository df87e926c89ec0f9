"""``kim-studio [WORKSPACE]`` and ``kim-studio screenshots``: the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.commands.common import WRONG_USE, complain, texts
from studio.commands.doctor import has_display

if TYPE_CHECKING:
    from pathlib import Path


def run(workspace: Path | None) -> int:
    """Open the window; without a display say so.

    Returns:
        The window's exit code, or 2 when there is no display.
    """
    words = texts()
    if not has_display():
        complain(words.text("cli.no_display"))
        return WRONG_USE
    from studio.app import run_window

    return run_window(workspace)


def screenshots(folder: Path) -> int:
    """Draw every desk of the window, light and dark, into ``folder``."""
    from studio.app import draw_screenshots

    return draw_screenshots(folder)

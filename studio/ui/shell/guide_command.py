"""F1 in the window: the guide, at the page for where one stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.ui.core.desk_context import WindowTools
    from studio.ui.shell.story_window import StoryWindow


def open_guide(tools: WindowTools, window: StoryWindow) -> None:
    """Show the guide beside the window of a workspace."""
    from studio.ui.dialogs.guide_window import show_guide

    place = "calendar" if window.calendar.shown else "group" if window.group_place.shown else window.desk
    show_guide(tools, window.shell, place, window.story_actions.shortcuts)


def open_first_page(tools: WindowTools, welcome: QWidget | None) -> None:
    """Show the guide beside the first window, where there is nothing to do yet."""
    from studio.ui.dialogs.guide_window import show_guide

    if welcome is not None:
        show_guide(tools, welcome, "welcome")

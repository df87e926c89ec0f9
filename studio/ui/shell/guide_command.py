"""F1 in the window: the guide, at the page for where one stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from studio.ui.core.desk_context import WindowTools
    from studio.ui.shell.calendar_place import CalendarPlace
    from studio.ui.shell.group_place import GroupPlace

GUIDE = "guide"
"""What the window of the guide is called among Qt's objects."""


def open_guide(
    tools: WindowTools,
    calendar: CalendarPlace,
    group: GroupPlace,
    desk: Callable[[], str],
    show_keys: Callable[[], object],
) -> None:
    """Show the guide beside the window of a workspace.

    Args:
        tools: what every part is given.
        calendar: the page of the guide is about it while it is shown.
        group: the same, and whose window it is.
        desk: the code of the desk that is shown otherwise.
        show_keys: shows the keyboard shortcuts.
    """
    from studio.ui.dialogs.guide_window import show_guide

    place = "calendar" if calendar.shown else "group" if group.shown else desk()
    show_guide(tools, group.shell, place, show_keys)


def is_guide_open(window: QWidget) -> bool:
    """Whether the guide is shown beside a window: it goes down with it, and is to be there again beside the next."""
    return any(part.objectName() == GUIDE and part.isVisible() for part in window.findChildren(QDialog))


def open_first_page(tools: WindowTools, welcome: QWidget | None) -> None:
    """Show the guide beside the first window, where there is nothing to do yet."""
    from studio.ui.dialogs.guide_window import show_guide

    if welcome is not None:
        show_guide(tools, welcome, "welcome")

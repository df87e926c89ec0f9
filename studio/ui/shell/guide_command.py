"""F1 in the window: the guide, at the page for where one stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from studio.ui.core.desk_context import WindowTools
    from studio.ui.shell.calendar_place import CalendarPlace
    from studio.ui.shell.group_place import GroupPlace


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


def open_first_page(tools: WindowTools, welcome: QWidget | None) -> None:
    """Show the guide beside the first window, where there is nothing to do yet."""
    from studio.ui.dialogs.guide_window import show_guide

    if welcome is not None:
        show_guide(tools, welcome, "welcome")

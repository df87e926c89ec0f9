"""Pictures of the place "Kelompok": each page, and parts of those that scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.group.group_context import PAGES
from studio.ui.group.map_page import MapPage
from studio.ui.group.products_page import ProductsPage
from studio.ui.group.profile_page import ProfilePage
from studio.ui.group.report_page import ReportPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from studio.ui.shell.application import StudioApplication


def calendar_scenes(studio: StudioApplication, shell: QWidget) -> Iterator[tuple[str, QWidget]]:
    """The calendar, a month and a week; arguments as of ``group_scenes``."""
    if studio.window is None:
        return
    studio.window.calendar.show()
    page = studio.window.calendar.page
    if page is not None:
        yield "calendar", shell
        page.spans.button(1).click()
        yield "calendar-week", shell
        page.spans.button(0).click()
    studio.window.go("write")


def group_scenes(studio: StudioApplication, shell: QWidget) -> Iterator[tuple[str, QWidget]]:
    """Everything to draw of this place.

    Args:
        studio: with the sample workspace.
        shell: the window.
    """
    if studio.window is None:
        return
    place = studio.window.group_place
    for code, _ in PAGES:
        place.show(code)
        page = place.desk.page if place.desk is not None else None
        if isinstance(page, ProductsPage) and page.editor is not None:
            page.editor.finish()
        if isinstance(page, ReportPage):  # what one month holds is too little to look at
            page.period.kind.setCurrentIndex(page.period.kind.findData("year"))
            page.period.kind.activated.emit(page.period.kind.currentIndex())
        yield f"group-{code}", shell
        if isinstance(page, ProfilePage):
            for part in ("decree", "officers", "channels"):
                page.reveal(part)
                yield f"group-profile-{part}", shell
        elif isinstance(page, MapPage):
            page.reveal("KP2")
            yield "group-map-question", shell
        elif isinstance(page, ReportPage):
            for part in ("activities", "readings"):
                page.reveal(part)
                yield f"group-report-{part}", shell
    studio.window.go("write")

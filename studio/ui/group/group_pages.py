"""Makes the pages of "Kelompok", each when it is first shown: the one table of what stands behind a tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from studio.ui.group.group_context import GroupContext, GroupPageCode


def make_page(code: GroupPageCode, context: GroupContext) -> QWidget:
    """The page behind a tab; modules are imported now. It may have ``home``, ``reveal`` and ``take_files``."""
    return _FACTORIES[code](context)


def _profile_page(context: GroupContext) -> QWidget:
    from studio.ui.group.profile_page import ProfilePage

    return ProfilePage(context)


def _map_page(context: GroupContext) -> QWidget:
    from studio.ui.group.map_page import MapPage

    return MapPage(context)


def _products_page(context: GroupContext) -> QWidget:
    from studio.ui.group.products_page import ProductsPage

    return ProductsPage(context)


def _report_page(context: GroupContext) -> QWidget:
    from studio.ui.group.report_page import ReportPage

    return ReportPage(context)


def _district_page(context: GroupContext) -> QWidget:
    from studio.ui.group.district_page import DistrictPage

    made = DistrictPage(context.tools, context)
    if context.session.district is not None:
        made.resume(context.session.district)
    return made


_FACTORIES: Mapping[GroupPageCode, Callable[[GroupContext], QWidget]] = {
    "profile": _profile_page,
    "map": _map_page,
    "products": _products_page,
    "report": _report_page,
    "district": _district_page,
}

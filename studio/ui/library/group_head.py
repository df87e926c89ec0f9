"""Whose workspace it is, at the top left: the group's mark, name and village. A press leads to "Kelompok"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy

from studio.story.typed_names import initials
from studio.ui.core.shortcut_table import KEYS
from studio.ui.widgets.basic_parts import column, describe, label, row
from studio.ui.widgets.drawn_marks import initials_mark

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

    from studio.story.model import Group
    from studio.ui.core.desk_context import WindowTools

MARK_SIDE = 34
"""Of the mark, in design pixels."""


class GroupHead(QPushButton):
    """The group's name as a button; pressed in while its place is shown.

    Args:
        tools: what every part is given.
        group: whose workspace it is.
        logo: the group's logo, None draws its initials.
    """

    def __init__(self, tools: WindowTools, group: Group, logo: QPixmap | None) -> None:
        super().__init__()
        self._tools = tools
        px = tools.theme.px
        self.setProperty("look", "group")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.mark = QLabel()
        self.mark.setFixedSize(px(MARK_SIDE), px(MARK_SIDE))
        self.mark.setScaledContents(True)
        self._name, self._place = label("", "brand"), label("", "muted")
        for each in (self._name, self._place):
            each.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            each.setMinimumWidth(px(160))
        inside = row(self.mark, column(self._name, self._place, gap=0), gap=px(10), edges=(px(6), px(5), px(6), px(5)))
        inside.setStretch(1, 1)
        self.setLayout(inside)
        for child in (self.mark, self._name, self._place):
            # What is clicked is the button, also where its words and its logo lie.
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_group(group, logo)

    def show_group(self, group: Group, logo: QPixmap | None) -> None:
        """The group has another name, colour or logo."""
        name = group.name or "KIM Studio"
        self.mark.setPixmap(logo if logo is not None else group_mark(self._tools, group))
        self._name.setText(name)
        self._place.setText(group.village or self._tools.t("library.no_village"))
        describe(self, self._tools.t("group.open", name=name), self._tools.t("group.open_tip"), KEYS["group"])


def group_mark(tools: WindowTools, group: Group) -> QPixmap:
    """The group's initials on its main colour, as a rounded square of 34 design pixels."""
    return initials_mark(initials(group.name), group.colors.main, tools.theme.px(MARK_SIDE) * 2)

"""The first thing a new user sees: make a workspace, open one, or look at the sample."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from studio.ui.core.shortcut_table import KEYS
from studio.ui.shell.status_bar import JobStrip
from studio.ui.widgets.basic_parts import button, card, column, describe, edges, label, row, scrolled
from studio.ui.widgets.drawn_marks import initials_mark
from studio.ui.widgets.pressing_window import PressingWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QFrame

    from studio.services.district_report import DistrictWork
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.group.district_page import DistrictPage

_TILES = (
    ("new_workspace", "folder-plus"),
    ("workspaces", "folder-open"),
    ("sample", "sparkles"),
    ("restore", "usb"),
    ("district", "map"),
    ("joint", "globe"),
)


_MANY = ("district", "joint")
"""For whoever looks after many groups."""


class WelcomeWindow(PressingWindow):
    """The first page.

    Args:
        tools: what every part is given.
        calls: what its buttons do, by action code.
        open_recent: opens a workspace of the list.
    """

    closing = Signal()

    def __init__(
        self, tools: WindowTools, calls: dict[str, Callable[[], object]], open_recent: Callable[[Path], object]
    ) -> None:
        super().__init__()
        tools.theme.style_window(self)
        self._tools = tools
        self.setWindowTitle("KIM Studio")
        self.tiles: dict[str, QPushButton] = {}
        known = {**calls, "district": self.open_district, "joint": self.open_joint}
        for code, icon in _TILES:
            self.tiles[code] = self._choice_tile(code, icon, known[code])
        theme, px = tools.theme, tools.theme.px
        mark = label()
        picture = initials_mark("K", theme.colors["accent"], px(64) * 2)
        # Drawn at twice its size, for screens with small pixels.
        picture.setDevicePixelRatio(2)
        mark.setPixmap(picture)
        head = row(
            mark,
            column(
                1,
                label(tools.t("welcome.title"), "page"),
                label(tools.t("welcome.intro"), "hint", wrap=True),
                1,
                gap=px(3),
            ),
            gap=px(18),
        )
        head.setStretch(1, 1)
        first = [tile for code, tile in self.tiles.items() if code not in _MANY]
        many = [self.tiles[code] for code in _MANY]
        # Side by side, or the first page would not fit on a screen of 768 lines; large letters need the width.
        below = [row(*many, gap=px(12))] if theme.scale <= 1.2 else many
        parts = column(head, *first, *below, gap=px(12))
        parts.addWidget(JobStrip(tools))
        if recent := self._recent(open_recent):
            parts.addWidget(recent)
        parts.addLayout(_welcome_foot(tools, calls))
        parts.setContentsMargins(*edges(theme, 36, 32))
        body = card(parts, "sheet")
        body.setMaximumWidth(px(720))
        body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        across = row(1, column(1, body, 1), 1, edges=edges(theme, 24, 24))
        across.setStretch(1, 20)
        inside = QWidget()
        inside.setLayout(across)
        page = QWidget()
        page.setObjectName("page")
        page.setLayout(column(scrolled(inside), gap=0))
        self.setCentralWidget(page)
        self.district: DistrictPage | None = None
        self.setMinimumSize(min(700, px(560)), min(560, px(440)))
        self._bind(calls)
        self.tiles["new_workspace"].setFocus()

    def open_district(self, before: DistrictWork | None = None) -> None:
        """Show the map of many groups in this window: whoever merges them needs no workspace.

        Args:
            before: of a window that this one takes the place of; it goes on here.
        """
        from studio.ui.group.district_page import DistrictPage

        tools, theme = self._tools, self._tools.theme
        # Taken out first: setCentralWidget would delete it.
        first = self.takeCentralWidget() or QWidget()
        self.district = DistrictPage(tools, None)
        back = button(theme, tools.t("district.page.back"), lambda: self._close_district(first), icon="arrow-left")
        title = label(tools.t("welcome.district"), "page")
        strip = row(back, title, 1, JobStrip(tools), gap=theme.px(12), edges=edges(theme, 20, 10))
        whole = column(strip, self.district, gap=0)
        whole.setStretch(1, 1)
        page = QWidget()
        page.setObjectName("page")
        page.setLayout(whole)
        self.setCentralWidget(page)
        self.district.home.setFocus()
        if before is not None:
            self.district.resume(before)

    def open_joint(self) -> None:
        """Make the website of many groups: that needs no open workspace."""
        from studio.ui.dialogs.joint_site_dialog import show_joint_site

        show_joint_site(self._tools)

    def _close_district(self, first: QWidget) -> None:
        """Back to the first page; what was merged is gone, its files are not."""
        self.district = None
        self.setCentralWidget(first)
        self.tiles["district"].setFocus()

    def _bind(self, calls: dict[str, Callable[[], object]]) -> None:
        for code in ("workspaces", "theme", "guide", "quit"):
            QShortcut(QKeySequence(KEYS[code]), self).activated.connect(calls[code])

    def _choice_tile(self, code: str, icon: str, call: Callable[[], object]) -> QPushButton:
        tools, px = self._tools, self._tools.theme.px
        made = QPushButton()
        title, hint = tools.t(f"welcome.{code}"), tools.t(f"welcome.{code}_hint")
        describe(made, title, hint)
        made.setProperty("look", "tile")
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        mark = label()
        mark.setPixmap(tools.theme.pixmap(icon, "accent", 26))
        inside = row(mark, column(label(title, "title"), label(hint, "hint", wrap=True), gap=px(2)), gap=px(16))
        inside.setStretch(1, 1)
        inside.setContentsMargins(*edges(tools.theme, 18, 12))
        made.setLayout(inside)
        made.setMinimumHeight(px(76))
        for child in made.findChildren(QWidget):
            # What is clicked is the button, also where its words lie.
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.clicked.connect(lambda _=False: call())
        return made

    def _recent(self, open_recent: Callable[[Path], object]) -> QFrame | None:
        tools, px = self._tools, self._tools.theme.px
        known = [Path(text) for text in tools.settings.words("recent") if (Path(text) / "workspace.json").exists()]
        if not known:
            return None
        rows = column(label(tools.t("welcome.recent"), "title"), gap=px(4), edges=edges(tools.theme, 18, 12))
        for path in known[:4]:
            made = button(tools.theme, path.name, partial(open_recent, path), look="link", icon="folder", tip=str(path))
            rows.addLayout(row(made, label(str(path.parent), "muted"), 1, gap=px(8)))
        return card(rows)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The program ends with its first page."""
        self.closing.emit()
        event.accept()


def _welcome_foot(tools: WindowTools, calls: dict[str, Callable[[], object]]) -> QHBoxLayout:
    """The guide, the look and the language: what helps before there is a workspace."""
    theme = tools.theme
    other = "en" if tools.texts.language == "id" else "id"
    shown = "sun" if theme.mode == "dark" else "moon"
    buttons = (
        button(theme, tools.t("key.guide"), calls["guide"], icon="book-open", key=KEYS["guide"]),
        button(theme, tools.t("key.theme"), calls["theme"], icon=shown, key=KEYS["theme"]),
        button(theme, tools.t(f"settings.language.{other}"), calls["language"], icon="languages"),
    )
    return row(label(tools.t("welcome.offline"), "muted", wrap=True), 1, *buttons, gap=theme.px(8))

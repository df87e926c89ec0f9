"""The frame of the window: list on the left, desks along the top, their side panel on the right, status at the foot.

Only layout: what happens is decided in ``studio.ui.shell.story_window``.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from studio.ui.core.focus_order import move_focus
from studio.ui.core.shortcut_table import KEYS
from studio.ui.core.spoken_news import announce
from studio.ui.shell.desk_tabs import DeskTabs
from studio.ui.shell.message_banner import MessageBanner, bind
from studio.ui.widgets.basic_parts import button, card, column, label, picture, row, tool
from studio.ui.widgets.pressing_window import PressingWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent, QResizeEvent

    from studio.ui.core.desk_context import WindowTools
    from studio.ui.shell.status_bar import StatusBar

Side = Literal["library", "panel"]
Tab = tuple[str, str]
"""Code of a desk and its icon."""
PANEL_WIDTH = 310
_PAGE_LEAST = 330
_PANEL_MOST = 0.41
"""Part of the window that the panel may take: with letters of twice the size the page would be left a half."""
_TOAST_MS = 6000


class WindowFrame(PressingWindow):
    """The window.

    Args:
        tools: what every part is given.
        tabs: the desks, in order.
        library: the left side.
        status: the foot.
        menu: what the button with three dots opens.
    """

    desk_pressed = Signal(str)
    """The mouse went down on a tab: ``desk_chosen`` follows when it goes up there."""
    desk_chosen = Signal(str)
    desk_looked_at = Signal(str)
    """The keyboard went along the tabs, and stays there."""
    dropped = Signal(list)
    """Paths (as text) of files dropped onto the window."""
    closing = Signal()
    first_painted = Signal()
    """The window was painted for the first time."""

    def __init__(
        self, tools: WindowTools, tabs: tuple[Tab, ...], library: QWidget, status: StatusBar, menu: QMenu
    ) -> None:
        super().__init__()
        tools.theme.style_window(self)
        self._tools = tools
        self._library = library
        self.status = status
        self._root = QWidget()
        self.pages = QStackedWidget()
        self.panels = QStackedWidget()
        self.tabs = DeskTabs(tools, tabs)
        self.tabs.desk_pressed.connect(self.desk_pressed)
        self.tabs.chosen.connect(self.desk_chosen)
        self.tabs.looked_at.connect(self.desk_looked_at)
        self.banner = MessageBanner(tools.theme)
        self.stays = False
        self._side = QFrame()
        self._toast, self._toast_text, self._toast_button = self._make_toast()
        self._toast_timer = QTimer(self, singleShot=True, interval=_TOAST_MS)
        self._toast_timer.timeout.connect(self._toast.hide)
        self._drop_mark = self._make_drop_mark()
        self._focus_mode = False
        self._painted = False
        self._panel_asked = False
        self._first: Side = "panel"  # it belongs to the page; the list of stories makes way for both
        self.setWindowTitle("KIM Studio")
        self.setAcceptDrops(True)
        self.setMinimumSize(min(900, tools.theme.px(760)), min(560, tools.theme.px(480)))
        self._lay_out(menu)

    # ------------------------------------------------------------------------------------------- layout

    def _lay_out(self, menu: QMenu) -> None:
        px = self._tools.theme.px
        self.tab_bar = self._make_tabs(menu)
        page = QWidget()
        page.setObjectName("page")
        inside = column(self.tab_bar, self.banner, self.pages, gap=0)
        inside.setStretch(2, 1)
        page.setLayout(inside)
        self._side.setObjectName("sidePanel")
        self._side.setFixedWidth(px(PANEL_WIDTH))
        self._side.setLayout(column(self.panels, gap=0))
        middle = QHBoxLayout()
        middle.setSpacing(0)
        for part, stretch in ((self._library, 0), (page, 1), (self._side, 0)):
            middle.addWidget(part, stretch)
        whole = QVBoxLayout()
        whole.setSpacing(0)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(middle, 1)
        whole.addWidget(self.status)
        self._root.setLayout(whole)
        self.setCentralWidget(self._root)
        # In no layout, as they lie over the page.
        for floating in (self._toast, self._drop_mark):
            floating.setParent(self._root)
            floating.hide()

    def _make_tabs(self, menu: QMenu) -> QFrame:
        tools = self._tools
        bar = QFrame()
        bar.setObjectName("tabs")
        self.library_toggle = self._toggle("panel-left", "library")
        self.panel_toggle = self._toggle("panel-right", "panel")
        self.lessons, more = _lessons_button(tools), tool(tools.theme, "ellipsis", tools.t("window.more"))
        more.setMenu(menu)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        px = tools.theme.px
        bar.setLayout(
            row(
                *(self.library_toggle, self.tabs),
                *(1, self.lessons, self.panel_toggle, more),
                gap=px(2),
                edges=(px(10), 0, px(12), 0),
            )
        )
        return bar

    def _toggle(self, icon: str, side: Side) -> QToolButton:
        made = tool(self._tools.theme, icon, self._tools.t(f"window.{side}"), key=KEYS[side])
        made.setProperty("look", "quiet")
        made.setCheckable(True)
        made.clicked.connect(lambda: self.toggle(side))
        return made

    def _make_toast(self) -> tuple[QFrame, QLabel, QPushButton]:
        theme = self._tools.theme
        text = label()
        action = button(theme, "")
        toast = QFrame()
        toast.setObjectName("toast")
        toast.setLayout(
            row(text, action, gap=theme.px(14), edges=(theme.px(16), theme.px(9), theme.px(12), theme.px(9)))
        )
        return toast, text, action

    def _make_drop_mark(self) -> QFrame:
        theme = self._tools.theme
        text = label(self._tools.t("window.drop"), "title", wrap=True)
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        mark = card(column(1, row(1, picture(theme, "file-text", "accent", 40), 1), text, 1, gap=theme.px(12)), "")
        mark.setObjectName("drop")
        mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return mark

    # ------------------------------------------------------------------------------------------- desks

    def show_desk(self, code: str, page: QWidget, panel: QWidget | None) -> None:
        """Put a desk in the middle and its panel at the side; ``code`` "" is the group's place, which has no tab."""
        take_desk(self, page, panel)
        for stack, widget in ((self.pages, page), (self.panels, panel)):
            if widget is not None:
                stack.setCurrentWidget(widget)
        self._has_panel = panel is not None
        self.tabs.show_current(code)
        self.fit_width()

    def drop_desk(self, page: QWidget, panel: QWidget | None) -> None:
        """Take a desk out and delete it."""
        for stack, widget in ((self.pages, page), (self.panels, panel)):
            if widget is not None:
                stack.removeWidget(widget)
                widget.hide()
                widget.deleteLater()

    def enable_tabs(self, enabled: bool) -> None:
        """Without a story there is nothing on the desks."""
        self.tabs.setEnabled(enabled)

    # ------------------------------------------------------------------------------------------- fitting

    _has_panel = False

    def set_focus_mode(self, on: bool) -> None:
        """Only the page: everything around it is hidden."""
        self._focus_mode = on
        self.tab_bar.setVisible(not on)
        self.status.setVisible(not on)
        self.fit_width()

    def toggle(self, side: Side) -> None:
        """Show or hide the list or the side panel; where both do not fit, the one asked for last stays."""
        wanted = not (self._library if side == "library" else self._side).isVisible()
        self._tools.settings.set(side, wanted)
        if side == "panel":
            self._panel_asked = wanted
        self._first = side if wanted else "panel"
        self.fit_width()

    def fit_width(self) -> None:
        """Show what there is room for. The buttons of the sides say what is shown."""
        px, page = self._tools.theme.px, self.pages.currentWidget()
        side_width = min(px(PANEL_WIDTH), max(PANEL_WIDTH, round(self.width() * _PANEL_MOST)))
        self._side.setFixedWidth(side_width)
        # A page of forms and tables needs more than a text; with large letters the list of stories then makes way.
        least = max(_PAGE_LEAST, getattr(page, "least_width", 0))
        room = self.width() - px(least)
        # Size of text above which list and panel come when they are asked for: beside them, the page would be cut.
        waits = self._tools.theme.scale > getattr(page, "panel_waits", math.inf)
        wanted = {
            "library": self._tools.settings.flag("library")
            and not self._focus_mode
            and (self._first == "library" or not waits),
            "panel": self._tools.settings.flag("panel")
            and not self._focus_mode
            and self._has_panel
            and (self._panel_asked or not waits),
        }
        widths = {"library": self._library.width() or px(304), "panel": side_width}
        order: tuple[Side, ...] = ("library", "panel") if self._first == "library" else ("panel", "library")
        for side in order:
            # Where a picture is worked on, it comes before the list, unless the list was just asked for.
            spare = px(getattr(page, "picture_width", least) - least) if side == "library" != order[0] else 0
            # The side asked for last may take a little of the page's own width; the other one only what is left.
            near = side == order[0] and room + px(120) >= widths[side]
            fits = wanted[side] and (room - spare >= widths[side] or near)
            if fits:
                room -= widths[side]
            shown = self._library if side == "library" else self._side
            shown.setVisible(fits)
            (self.library_toggle if side == "library" else self.panel_toggle).setChecked(fits)
        self.panel_toggle.setEnabled(self._has_panel)
        self._fit_tabs(room + px(least))

    def _fit_tabs(self, width: int) -> None:
        """Names on all tabs; only on the chosen one, or on none, where there is no room."""
        beside, only = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        spare = self.tabs.fit_names(width - self._tools.theme.px(186))
        spare -= self.lessons.fontMetrics().horizontalAdvance(self.lessons.text())
        self.lessons.setToolButtonStyle(beside if spare >= 0 else only)

    # ------------------------------------------------------------------------------------------- messages

    def show_toast(self, text: str, action: str = "", on: Callable[[], None] | None = None) -> None:
        """A short word at the foot of the page that goes by itself, perhaps with one button (undo).

        Work that ends after its window was built anew (text size, theme, language) has nowhere to say it any more.
        """
        if not isValid(self):
            return
        self._toast_text.setText(text)
        announce(self, text)

        def act() -> None:
            self._toast.hide()
            if on is not None:
                on()

        bind(self._toast_button, action, act)
        self._toast.adjustSize()
        self._place_floating()
        self._toast.show()
        self._toast.raise_()
        self._toast_timer.start()

    def _place_floating(self) -> None:
        root = self._root
        below = self.status.height() + self._tools.theme.px(16)
        left = (root.width() - self._toast.width()) // 2
        self._toast.move(QPoint(left, root.height() - self._toast.height() - below))
        gap = self._tools.theme.px(24)
        self._drop_mark.setGeometry(root.rect().adjusted(gap, gap, -gap, -gap))

    # ------------------------------------------------------------------------------------------- Qt's events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what there is room for."""
        super().resizeEvent(event)
        self.fit_width()
        self._place_floating()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            self._place_floating()
            self._drop_mark.show()
            self._drop_mark.raise_()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went away."""
        self._drop_mark.hide()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """They were dropped."""
        self._drop_mark.hide()
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if paths:
            self.dropped.emit(paths)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say when there is something to see."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.first_painted.emit()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Tab, from wherever no part of the window keeps it: on as things lie."""
        return move_focus(self, forward=next)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything goes on disk first; what cannot be saved may keep the window open (``stays``)."""
        self.stays = False
        self.closing.emit()
        event.setAccepted(not self.stays)


def take_desk(shell: WindowFrame, page: QWidget, panel: QWidget | None) -> None:
    """Put a desk that is shown next among the others, unseen."""
    for stack, widget in ((shell.pages, page), (shell.panels, panel)):
        if widget is not None and stack.indexOf(widget) < 0:
            stack.addWidget(widget)


def _lessons_button(tools: WindowTools) -> QToolButton:
    """The way to the lessons of the desk that is shown; its name is there where the tabs leave room."""
    made = tool(tools.theme, "graduation-cap", tools.t("window.lessons"), key=KEYS["lessons"])
    made.setText(f" {tools.t('window.lessons_short')}")
    made.setProperty("look", "quiet")
    return made

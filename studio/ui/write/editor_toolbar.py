"""The commands of the desk in one table, as actions with shortcuts, and the bar that shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from studio.ui.widgets.basic_parts import describe, label, tool

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QResizeEvent

    from studio.base.i18n import MessageTexts
    from studio.ui.core.window_theme import WindowTheme


@dataclass(frozen=True, slots=True)
class EditorCommand:
    """One command: ``"write.do.<code>"`` is its text. ``key`` "" shows ``shown`` only: the window binds that one."""

    code: str
    icon: str
    key: str = ""
    shown: str = ""
    checkable: bool = False


COMMANDS = (
    EditorCommand("undo", "undo-2", shown="Ctrl+Z"),
    EditorCommand("redo", "redo-2", shown="Ctrl+Shift+Z"),
    EditorCommand("bold", "bold", "Ctrl+B", checkable=True),
    EditorCommand("italic", "italic", "Ctrl+I", checkable=True),
    EditorCommand("link", "link", "Ctrl+K", checkable=True),
    EditorCommand("heading", "heading-2", "Ctrl+Alt+1", checkable=True),
    EditorCommand("quote", "quote", "Ctrl+Alt+2", checkable=True),
    EditorCommand("bullet", "list", "Ctrl+Alt+3", checkable=True),
    EditorCommand("number", "list-ordered", "Ctrl+Alt+4", checkable=True),
    EditorCommand("paragraph", "pilcrow", "Ctrl+Alt+0", checkable=True),
    EditorCommand("find", "search", "Ctrl+F"),
    EditorCommand("replace", "replace", "Ctrl+H"),
    EditorCommand("spelling", "spell-check", "F7"),
    EditorCommand("focus", "maximize", "F11", checkable=True),
    EditorCommand("zoom_in", "zoom-in", "Ctrl+Alt+="),
    EditorCommand("zoom_out", "zoom-out", "Ctrl+Alt+-"),
    EditorCommand("zoom_reset", "rotate-ccw", "Ctrl+Alt+9"),
    EditorCommand("plain", "clipboard-paste", "Ctrl+Shift+V"),
    EditorCommand("comment", "message-square-plus", "Ctrl+Alt+M"),
    EditorCommand("reword", "replace-all", "Ctrl+Alt+R"),
    EditorCommand("suggest", "file-pen-line", "Ctrl+Alt+U", checkable=True),
)
_ON_BAR = (
    "undo",
    "redo",
    "",
    "bold",
    "italic",
    "link",
    "",
    "heading",
    "quote",
    "bullet",
    "number",
    "",
    "comment",
    "suggest",
    "",
    "find",
    "focus",
)
"""What the bar shows, "" is a gap; where the room is short the last ones move into the menu."""
_ONLY_IN_MENU = ("paragraph", "replace", "spelling", "plain", "reword", "", "zoom_in", "zoom_out", "zoom_reset")


_OTHER_ICONS = (
    *("map-pin", "calendar", "user-round", "folder", "hash", "ellipsis", "case-sensitive", "whole-word"),
    *("chevron-up", "chevron-down", "chevron-left", "chevron-right", "x"),
    *("circle-check", "circle"),
)
ICONS = (*(command.icon for command in COMMANDS), *_OTHER_ICONS)
"""Icons of the desk: reading them at once costs as much as reading one."""


def make_actions(texts: MessageTexts, theme: WindowTheme, owner: QWidget) -> dict[str, QAction]:
    """The actions by code; they belong to ``owner`` and their keys work inside it."""
    actions = {}
    for command in COMMANDS:
        text = texts.text(f"write.do.{command.code}")
        action = QAction(theme.icon(command.icon), text, owner)
        key = command.key or command.shown
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{text} ({shown})")
        action.setCheckable(command.checkable)
        if command.key:
            action.setShortcut(QKeySequence(command.key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        # Only the actions of a widget answer their keys.
        owner.addAction(action)
        actions[command.code] = action
    return actions


class ToolBar(QFrame):
    """The bar: buttons from the left, a menu for the rest, the numbers of the text at the right."""

    def __init__(
        self, texts: MessageTexts, theme: WindowTheme, actions: Mapping[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._actions = actions
        self.setProperty("look", "bar")
        self.setObjectName("writeBar")
        self.buttons: dict[str, QToolButton] = {}
        self._slots: list[tuple[str, QWidget]] = []
        row = QHBoxLayout(self)
        row.setSpacing(theme.px(1))
        row.setContentsMargins(theme.px(14), theme.px(6), theme.px(16), theme.px(6))
        for code in _ON_BAR:
            slot = self._button(actions[code]) if code else self._gap()
            if isinstance(slot, QToolButton):
                self.buttons[code] = slot
            self._slots.append((code, slot))
            row.addWidget(slot)
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.more = tool(theme, "ellipsis", texts.text("write.do.more"))
        self.more.setMenu(self.menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row.addWidget(self.more)
        row.addStretch(1)
        self.numbers: QLabel = label("", "muted")
        row.addWidget(self.numbers)

    def _button(self, action: QAction) -> QToolButton:
        made = QToolButton()
        made.setDefaultAction(action)
        made.setIconSize(self._theme.icon_size())
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        describe(made, action.text(), action.toolTip())
        return made

    def _gap(self) -> QWidget:
        made = QFrame()
        made.setObjectName("barGap")
        made.setFixedSize(self._theme.px(13), self._theme.px(20))
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move buttons into the menu while the room is short."""
        super().resizeEvent(event)
        self._use_room()

    def show_numbers(self, shown: str) -> None:
        """Say how long the text is, where there is room for all of it."""
        self.numbers.setText(shown)
        self._use_room()

    def _use_room(self) -> None:
        """The numbers go first."""
        gap = self._theme.px(1)
        room = self.width() - self._theme.px(30) - self.more.sizeHint().width() - gap
        # A gap has a fixed size and no hint of its own.
        slots = [slot for _, slot in self._slots]
        widths = [gap + (slot.sizeHint().width() if isinstance(slot, QToolButton) else slot.width()) for slot in slots]
        self.numbers.setVisible(sum(widths) + self.numbers.sizeHint().width() + self._theme.px(12) <= room)
        for slot, width in zip(slots, widths, strict=True):
            room -= width
            slot.setVisible(room >= 0)

    def _fill_menu(self) -> None:
        self.menu.clear()
        # Not isVisible: as long as the window is not shown, nothing in it is visible.
        hidden = [code for code, slot in self._slots if slot.isHidden()]
        codes: Sequence[str] = (*hidden, "", *_ONLY_IN_MENU) if hidden else _ONLY_IN_MENU
        for code in codes:
            if code:
                self.menu.addAction(self._actions[code])
            else:
                self.menu.addSeparator()

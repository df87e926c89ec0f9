"""Small parts the desks are built of. Whatever can have the focus gets its accessible name and tooltip here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar, cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpacerItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.ui.core.shortcut_table import key_text
from studio.ui.widgets.squeezed_button import SqueezedButton

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from studio.story.model import Status
    from studio.ui.core.window_theme import IconRole, WindowTheme

L = TypeVar("L", bound=QBoxLayout)
_ABOVE = 8
"""Pixels left above a part that was scrolled to."""
Tone = Literal["ok", "warn", "bad", "info", "idle"]
STATUS_TONES: Mapping[Status, Tone] = {
    "draft": "idle",
    "review": "warn",
    "ready": "ok",
    "published": "info",
    "corrected": "info",
    "withdrawn": "bad",
}
Item = QWidget | QLayout | int
"""An item of a row or column: a widget, a layout, a stretch (1 and up) or a gap (negative: design pixels)."""
_BESIDE = 1.3
"""Size of text above which buttons stand below one another: three of them beside the list would be cut."""


class ChoiceGroup(QButtonGroup):
    """Buttons of which one is chosen: radio buttons for a screen reader, whatever they look like.

    A QToolButton stays a box to tick for it: take ``choice_tool``.
    """

    def addButton(self, button: QAbstractButton, id: int = -1) -> None:  # noqa: A002, N802 - Qt's names
        """Add one."""
        button.setAutoExclusive(True)  # Qt takes the role from this alone; who is whose mate the group decides
        super().addButton(button, id)


# Qt 6.11 takes what a screen reader hears from the name of the class, and calls every QToolButton that can be checked a
# box to tick. Under the name of its base class it is asked whether it is exclusive, as other buttons are.
_ChoiceTool = cast("type[QToolButton]", type("QAbstractButton", (QToolButton,), {}))


def choice_tool() -> QToolButton:
    """A QToolButton for a ``ChoiceGroup``. Reached by Tab and by a click."""
    made = _ChoiceTool()
    made.setCheckable(True)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


def describe(widget: QWidget, name: str, tip: str = "", key: str = "") -> None:
    """Give a control its name for screen readers and its tooltip, with the shortcut if it has one."""
    widget.setAccessibleName(name)
    if isinstance(widget, QComboBox) and (line := widget.lineEdit()) is not None:
        line.setAccessibleName(name)  # what is typed into is a part of its own
    shown = tip or name
    widget.setToolTip(f"{shown} ({key_text(key)})" if key else shown)


def label(text: str = "", look: str = "", *, wrap: bool = False) -> QLabel:
    """A text. ``look`` is a name from the style sheet: muted, hint, title, page, strong, ok, warn, bad."""
    made = QLabel(text)
    # Qt would guess, and set a headline with a tag in it as HTML.
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if look:
        made.setProperty("look", look)
    return made


def pill(text: str, tone: Tone) -> QLabel:
    """A small rounded mark."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("pill", tone)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def set_pill(mark: QLabel, text: str, tone: Tone) -> None:
    """Change a pill."""
    mark.setText(text)
    restyle(mark, "pill", tone)


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Change a property the style sheet looks at."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    # Style sheets read properties only while a widget is polished.
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def picture(theme: WindowTheme, icon: str, role: str = "muted", size: float = 18) -> QLabel:
    """An icon that is only looked at."""
    made = QLabel()
    made.setPixmap(theme.pixmap(icon, role, size))
    made.setFixedSize(theme.px(size) + 1, theme.px(size) + 1)
    return made


def button(
    theme: WindowTheme,
    text: str,
    on: Callable[[], object] | None = None,
    *,
    look: str = "",
    icon: str = "",
    tip: str = "",
    key: str = "",
    squeezed: bool = False,
) -> QPushButton:
    """A button with a text. ``look``: primary, danger, link, chip, tile; ``key`` is only shown, see ``shortcuts``.

    ``squeezed``: for words that users wrote; they end in dots where there is no room for all of them.
    """
    shown = f"  {text}" if icon else text
    made = SqueezedButton(shown) if squeezed else QPushButton(shown)
    describe(made, text, tip, key)
    if look:
        made.setProperty("look", look)
    if icon:
        role: IconRole = "on_accent" if look == "primary" else "bad" if look == "danger" else "accent"
        made.setIcon(theme.icon(icon, role))
        made.setIconSize(theme.icon_size())
    if look in {"link", "chip"}:
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    if look == "link":
        made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    # In a dialog Qt lets Enter press whichever button has the focus or comes first; only the one meant for it may be.
    made.setAutoDefault(False)
    if on is not None:
        # ``clicked`` sends whether the button is checked, which nobody here asks for.
        made.clicked.connect(lambda _=False: on())
    return made


def tool(
    theme: WindowTheme,
    icon: str,
    name: str,
    on: Callable[[], object] | None = None,
    *,
    key: str = "",
    role: IconRole = "normal",
    size: float = 18,
    choice: bool = False,
) -> QToolButton:
    """A button with only an icon; ``name`` is its accessible name and tooltip. Reached by Tab.

    ``choice``: for a ``ChoiceGroup``.
    """
    made = choice_tool() if choice else QToolButton()
    made.setIcon(theme.icon(icon, role, size))
    made.setIconSize(theme.icon_size(size))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    describe(made, name, key=key)
    if on is not None:
        made.clicked.connect(lambda _=False: on())
    return made


def row(*items: Item, gap: int = 8, edges: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Items from left to right; ``edges`` are left, top, right, bottom in pixels."""
    return _fill(QHBoxLayout(), items, gap, edges)


def column(*items: Item, gap: int = 8, edges: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Items from top to bottom."""
    return _fill(QVBoxLayout(), items, gap, edges)


def _fill(layout: L, items: tuple[Item, ...], gap: int, edges: tuple[int, int, int, int]) -> L:
    layout.setSpacing(gap)
    layout.setContentsMargins(*edges)
    for item in items:
        if isinstance(item, int):
            if item > 0:
                layout.addStretch(item)
            else:
                layout.addSpacing(-item)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)
    return layout


def card(layout: QLayout, look: str = "card") -> QFrame:
    """A rounded sheet around a layout."""
    made = QFrame()
    made.setProperty("look", look)
    made.setLayout(layout)
    return made


def separator_line() -> QFrame:
    """A hairline."""
    made = QFrame()
    made.setProperty("look", "line")
    return made


def scrolled(content: QWidget) -> QScrollArea:
    """``content`` in an area that scrolls up and down and is as wide as there is room."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    # Tab stops at what is in the area, not at the area.
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    content.setProperty("look", "clear")
    area.viewport().setProperty("look", "clear")
    area.setWidget(content)
    return area


def scroll_to(area: QScrollArea, part: QWidget) -> None:
    """Scroll so that a part of what an area holds begins at its top, as far as that goes."""
    content = area.widget()
    if content is not None:
        area.verticalScrollBar().setValue(max(0, part.mapTo(content, QPoint(0, 0)).y() - _ABOVE))


def clear(layout: QLayout) -> None:
    """Empty a layout; its widgets are deleted."""
    while (item := layout.takeAt(0)) is not None:
        if isinstance(item, QSpacerItem):
            continue
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            # Later, as the click that led here may have come from one of them.
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def empty(
    theme: WindowTheme, icon: str, title: str, text: str, *buttons: QPushButton, below: Sequence[QPushButton] = ()
) -> QFrame:
    """What stands where there is nothing yet: what belongs here and how to get it.

    Args:
        theme: the look.
        icon: above the words.
        title: what is not there yet.
        text: one sentence.
        buttons: how to get it; one, wherever one will do.
        below: other ways, as links.
    """
    head = label(title, "title", wrap=True)
    hint = label(text, "hint", wrap=True)
    for each in (head, hint):
        each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    mark = QLabel()
    mark.setPixmap(theme.pixmap(icon, "accent", 40))
    mark.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    rows = [buttons] if theme.scale <= _BESIDE else [(each,) for each in buttons]
    ways: list[Item] = [*(row(1, *each, 1) for each in rows), *([row(1, *below, 1)] if below else [])]
    inside = column(1, mark, head, hint, -4, *ways, 1, gap=theme.px(10), edges=edges(theme, 28, 28))
    return card(inside, "empty")


def edges(theme: WindowTheme, across: float, down: float) -> tuple[int, int, int, int]:
    """Margins at this text size: left and right, top and bottom."""
    return theme.px(across), theme.px(down), theme.px(across), theme.px(down)


def show_tick(box: QCheckBox, on: bool, *, locked: bool) -> None:
    """Show a tick without telling of it."""
    box.blockSignals(True)
    box.setChecked(on)
    box.blockSignals(False)
    box.setEnabled(not locked)

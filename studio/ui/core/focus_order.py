"""The order of the Tab key: as things lie on the screen, also for what was made or put elsewhere later.

Qt goes in the order in which widgets came into the window: a row that is added to a list, or a desk that is first shown
now, would come after everything else. Here the order is read from the layouts when the key is pressed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFormLayout,
    QGridLayout,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from studio.base.utf16_positions import utf16_units

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtWidgets import QLayoutItem


_NESTED = 3
"""Layouts within layouts whose sizes follow from each other."""


class OrderedPart(Protocol):
    """A part with an order of its own, because it does not lie as it is read or written."""

    def tab_chain(self) -> Sequence[QWidget]:
        """Its parts in the order of the Tab key; what is not named comes last."""


def tab_stops(region: QWidget) -> list[QWidget]:
    """Whatever in ``region`` takes the focus by Tab now, in order."""
    return [each for each in _walk(region, set()) if takes_focus(each)]


def takes_focus(widget: QWidget) -> bool:
    """Whether Tab may stop here."""
    return _has_tab_stop(widget) and widget.focusProxy() is None and widget.isEnabled() and widget.isVisible()


def _has_tab_stop(widget: QWidget) -> bool:
    """Of an exclusive group Tab comes to the chosen button, and the arrows to the others.

    Qt does the same, but only after one of them had the focus; and it leaves Tab with that one when another is chosen
    for it, as by undo.
    """
    takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    if not isinstance(widget, QAbstractButton):
        return takes_tab
    mates = _exclusive_mates(widget)
    if widget.isChecked():
        return takes_tab or any(mate.focusPolicy() & Qt.FocusPolicy.TabFocus for mate in mates)
    seen = [mate for mate in mates if mate.isVisible() and mate.isEnabled()]
    if any(mate.isChecked() for mate in seen):
        return False
    # Where none is chosen, it is the one that has Tab now: Qt takes it from the others at the first focus.
    with_tab = (mate for mate in seen if mate.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes_tab and next(with_tab, widget) is widget


def _exclusive_mates(made: QAbstractButton) -> Sequence[QAbstractButton]:
    """The buttons of which it is one to choose; none where more can be chosen."""
    group, parent = made.group(), made.parentWidget()
    if not (made.autoExclusive() or (group is not None and group.exclusive())):
        return ()
    return group.buttons() if group is not None else parent.findChildren(type(made)) if parent is not None else ()


def move_focus(window: QWidget, *, forward: bool) -> bool:
    """Move the focus on (or back) by one; what has no place in the order gives it to the first (or last).

    Returns:
        Whether there was somewhere to go.
    """
    stops = tab_stops(window)
    if not stops:
        return False
    now: QWidget | None = window.focusWidget()
    # The focus may be in a part that is no stop of its own (the field within a spin box): its nearest stop around
    # counts.
    while now is not None and now is not window and now not in stops:
        now = now.parentWidget()
    if now in stops:
        target = stops[(stops.index(now) + (1 if forward else -1)) % len(stops)]
    else:
        target = stops[0 if forward else -1]
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return True


def go_to(widget: QWidget) -> None:
    """Put the focus into a widget, and bring it into sight in every area that scrolls around it."""
    for _ in range(_NESTED):  # a page that was just made or unfolded has its sizes only after that
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    widget.setFocus()
    into_sight(widget)
    # Once more when the layouts that are still waiting have given the page its size.
    QTimer.singleShot(0, widget, lambda: into_sight(widget))


def into_sight(widget: QWidget) -> None:
    """Scroll every area around a widget so that it is seen."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()


def mark_words(field: QWidget, start: int, end: int) -> None:
    """Select part of a text field, counted in code points; of another widget nothing."""
    if isinstance(field, QLineEdit):
        field.setSelection(start, end - start)
    elif isinstance(field, QPlainTextEdit | QTextEdit):
        text = field.toPlainText()
        cursor = field.textCursor()
        cursor.setPosition(utf16_units(text[:start]))
        cursor.setPosition(utf16_units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)


def _walk(part: QWidget, seen: set[QWidget]) -> Iterator[QWidget]:
    """The part, then what is in it; hidden parts are skipped with all that is in them."""
    # A widget may be reached twice, by its layout and as a child: the first way decides its place.
    if part in seen or not part.isVisible():
        return
    seen.add(part)
    # By its method: isinstance() with a protocol takes 0.1 ms on Python 3.11, and a window has a thousand parts.
    if hasattr(part, "tab_chain"):
        for each in cast("OrderedPart", part).tab_chain():
            yield from _walk(each, seen)
    yield part
    yield from _inside(part, seen)


def _inside(part: QWidget, seen: set[QWidget]) -> Iterator[QWidget]:
    layout = part.layout()
    if layout is not None:
        yield from _laid_out(layout, seen)
    # What lies in no layout (the page of a scroll area, a part that is placed by hand) comes behind what does.
    # Not by children(): layouts, timers and animations would get Python classes too, 50 ms at the first Tab.
    for child in part.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if not child.isWindow():
            yield from _walk(child, seen)


def _laid_out(layout: QLayout, seen: set[QWidget]) -> Iterator[QWidget]:
    for item in _items(layout):
        if (widget := item.widget()) is not None:
            yield from _walk(widget, seen)
        elif (inner := item.layout()) is not None:
            yield from _laid_out(inner, seen)


def _items(layout: QLayout) -> Sequence[QLayoutItem]:
    """The items of a layout from the left to the right and from the top down."""
    items = [item for at in range(layout.count()) if (item := layout.itemAt(at)) is not None]
    if isinstance(layout, QGridLayout | QFormLayout):
        places = {id(item): _cell(layout, at) for at, item in enumerate(items)}
        # Grids and forms keep their items in the order in which they were added, which is not that of the screen.
        items.sort(key=lambda item: places[id(item)])
    return items


def _cell(layout: QGridLayout | QFormLayout, at: int) -> tuple[int, int]:
    if isinstance(layout, QGridLayout):
        row, column, *_ = cast("tuple[int, int, int, int]", layout.getItemPosition(at))
        return row, column
    row, role = cast("tuple[int, QFormLayout.ItemRole]", layout.getItemPosition(at))
    return row, role.value


def focus_next_region(regions: Sequence[QWidget]) -> None:
    """Move the focus to the first control of the region after the one that has it."""
    shown = [region for region in regions if region.isVisible()]
    focused = QApplication.focusWidget()
    now = next((at for at, region in enumerate(shown) if focused and region.isAncestorOf(focused)), -1)
    for step in range(1, len(shown) + 1):
        target = first_focus(shown[(now + step) % len(shown)])
        if target is not None:
            target.setFocus()
            return


def first_focus(region: QWidget) -> QWidget | None:
    """The first control in a region that takes the focus by Tab."""
    return next(iter(tab_stops(region)), None)

"""One walk over a picture with keys only: the photo desk and the video desk must answer it alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QRectF
    from PySide6.QtWidgets import QListWidget, QWidget

    from studio.story.model import Box

Keys, Mods = Qt.Key, Qt.KeyboardModifier
WALK = (
    (Keys.Key_Insert, Mods.NoModifier, (0.4, 0.35, 0.2, 0.3)),
    (Keys.Key_Right, Mods.NoModifier, (0.405, 0.35, 0.2, 0.3)),
    (Keys.Key_Down, Mods.ShiftModifier, (0.405, 0.4, 0.2, 0.3)),
    (Keys.Key_Right, Mods.ControlModifier, (0.405, 0.4, 0.205, 0.3)),
    (Keys.Key_Up, Mods.ControlModifier | Mods.ShiftModifier, (0.405, 0.4, 0.205, 0.25)),
    (Keys.Key_Left, Mods.ShiftModifier | Mods.KeypadModifier, (0.355, 0.4, 0.205, 0.25)),
    (Keys.Key_Return, Mods.NoModifier, (0.355, 0.4, 0.205, 0.25)),  # confirms nothing: one is chosen, none is drawn
)


def walk_with_keys(canvas: QWidget, covers: QListWidget, boxes: Callable[[], list[Box]]) -> None:
    """Cover, move, resize, let go, draw again by Enter, uncover; from the list too."""
    canvas.setFocus()
    for key, modifiers, box in WALK:
        QTest.keyClick(canvas, key, modifiers)
        assert boxes() == [pytest.approx(box, abs=1e-6)], (key, modifiers)
    QTest.keyClick(canvas, Keys.Key_Escape)
    QTest.keyClick(canvas, Keys.Key_Delete)
    assert len(boxes()) == 1, "what was let go of is not taken away"
    for draw in (Keys.Key_C, Keys.Key_3):
        QTest.keyClick(canvas, draw, Mods.AltModifier if draw == Keys.Key_3 else Mods.NoModifier)
        QTest.keyClick(canvas, Keys.Key_Escape)
        QTest.keyClick(canvas, draw, Mods.AltModifier if draw == Keys.Key_3 else Mods.NoModifier)
        QTest.keyClick(canvas, Keys.Key_Enter, Mods.KeypadModifier)
        assert len(boxes()) == 2, draw
        QTest.keyClick(canvas, Keys.Key_Backspace)
        assert len(boxes()) == 1, draw
        QTest.keyClick(canvas, Keys.Key_Escape)
    covers.setFocus()
    covers.setCurrentRow(0)
    assert covers.hasFocus()
    QTest.keyClick(covers, Keys.Key_Backspace)
    assert boxes() == []


def drag_every_handle(
    canvas: QWidget, place: QRectF, boxes: Callable[[], list[Box]], undo: Callable[[], object]
) -> None:
    """The first cover, chosen and at (0.4, 0.35, 0.2, 0.3): each of the eight handles moves its own sides only."""
    x, y, wide, high = 0.4, 0.35, 0.2, 0.3
    for down, top in ((0, True), (0.5, False), (1, False)):
        for right, left in ((0, True), (0.5, False), (1, False)):
            held = (x + right * wide, y + down * high)
            sides = [x, y, x + wide, y + high]
            if right != 0.5 or down == right:
                sides[0 if left or right == 0.5 else 2] += 0.06
            if down != 0.5 or down == right:
                sides[1 if top or down == 0.5 else 3] += 0.06
            if down == right == 0.5:  # the middle moves it whole
                sides[2], sides[3] = sides[2] + 0.06, sides[3] + 0.06
            wanted = (sides[0], sides[1], sides[2] - sides[0], sides[3] - sides[1])
            start, end = (
                QPointF(place.x() + px * place.width(), place.y() + py * place.height()).toPoint()
                for px, py in (held, (held[0] + 0.06, held[1] + 0.06))
            )
            QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
            QTest.mouseMove(canvas, (start + end) / 2)
            QTest.mouseMove(canvas, end)
            QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)
            assert boxes()[0] == pytest.approx(wanted, abs=0.01), (right, down)
            undo()
            assert boxes()[0] == pytest.approx((x, y, wide, high))

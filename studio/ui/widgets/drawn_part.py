"""A part of the window that paints itself, and is a picture for a screen reader."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy


class DrawnPart(QLabel):
    """Painted by who inherits.

    A bare widget is "filler" to a screen reader, which passes it by. Qt gives the role of a picture to labels with a
    picture only, and Python cannot give it to anything else (PySide6 6.11): so this is one, of a single empty pixel.
    """

    def __init__(self) -> None:
        super().__init__()
        nothing = QPixmap(1, 1)
        nothing.fill(Qt.GlobalColor.transparent)
        self.setPixmap(nothing)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)  # as a bare widget has it

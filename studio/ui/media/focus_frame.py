"""A painted part of a media desk that shows whether it has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.widgets.drawn_part import DrawnPart

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent


class FocusFrame(DrawnPart):
    """Painted again when the focus comes and goes; the frame itself is drawn by who inherits."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show it."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it."""
        super().focusOutEvent(event)
        self.update()

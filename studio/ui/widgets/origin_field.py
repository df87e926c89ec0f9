"""Where a picture comes from: a camera, partly AI, or AI; asked on the photo desk and on the video desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.base.origin import C2PA, made_up
from studio.ui.widgets.basic_parts import column, describe, label
from studio.ui.widgets.calm_inputs import narrow_combo_box

if TYPE_CHECKING:
    from studio.story.model import Photo, Video
    from studio.ui.core.desk_context import WindowTools

ANSWERS = ("", "digitalCapture", "compositeWithTrainedAlgorithmicMedia", "trainedAlgorithmicMedia")
"""Terms of IPTC's DigitalSourceType, as ``Photo.source_type`` keeps them; "" is no answer."""


class OriginField(QWidget):
    """A choice, and what the file says.

    Args:
        tools: for texts and look.
    """

    chosen = Signal(str)
    """An answer of the user's."""

    def __init__(self, tools: WindowTools) -> None:
        super().__init__()
        self._tools = tools
        self.box = narrow_combo_box()
        for answer in ANSWERS:
            self.box.addItem(tools.t(f"origin.{answer or 'unsaid'}"), answer)
        describe(self.box, tools.t("origin.title"), tools.t("origin.tip"))
        self.box.activated.connect(lambda: self.chosen.emit(str(self.box.currentData())))
        name = label(tools.t("origin.title"), "muted")
        name.setBuddy(self.box)
        self.told = label("", "warn", wrap=True)
        self.setLayout(column(name, self.box, self.told, gap=tools.theme.px(4)))
        self.setFocusProxy(self.box)

    def show_item(self, item: Photo | Video, *, locked: bool) -> None:
        """Show what was answered for a photo or clip, and ask where its mark was not answered."""
        self.box.setItemText(0, self._tools.t("origin.unsaid" if item.origin_mark else "origin.unmarked"))
        at = self.box.findData(item.source_type)
        if at < 0:  # another term of the list, written by another program
            self.box.addItem(item.source_type, item.source_type)
            at = self.box.count() - 1
        if self.box.currentIndex() != at:
            self.box.setCurrentIndex(at)
        self.box.setEnabled(not locked)
        self.told.setText(self._question(item))
        self.told.setVisible(bool(self.told.text()))

    def _question(self, item: Photo | Video) -> str:
        if made_up(item.origin_mark) and not made_up(item.source_type):
            return self._tools.t("origin.marked_ai" if not item.source_type else "origin.stays_ai")
        return self._tools.t("origin.marked_c2pa") if item.origin_mark == C2PA and not item.source_type else ""

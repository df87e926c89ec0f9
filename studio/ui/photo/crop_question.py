"""Asks whether shapes that a crop would take much of show all of the photo; one click answers, nothing waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from studio.ui.media.picture_list import ROOMY
from studio.ui.widgets.basic_parts import button, describe, label, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.ui.core.desk_context import WindowTools


class CropQuestion(QWidget):
    """The question, and once it is answered the way to crop after all.

    Args:
        tools: what every part is given.
    """

    settled = Signal(object, bool, bool)
    """Keys of the shapes, whether they show all of the photo, and whether the answer is for all photos."""

    def __init__(self, tools: WindowTools) -> None:
        super().__init__()
        self._t = tools.t
        self._roomy = tools.theme.scale <= ROOMY
        self._keys: list[str] = []
        theme, t = tools.theme, tools.t
        self._words = label("", "warn")
        self.keep = button(theme, t("photodesk.keep_whole"), self._keep_crop, tip=t("photodesk.keep_whole_tip"))
        self.crop = button(theme, "", self._crop, tip=t("photodesk.crop_whole_tip"))
        self.later = button(theme, "", self._crop, look="link", tip=t("photodesk.crop_whole_tip"))
        self.every = QCheckBox(t("photodesk.all_photos"))
        describe(self.every, t("photodesk.all_photos"), t("photodesk.all_photos_tip"))
        self.crop.setText(t("photodesk.crop_now"))
        self.setLayout(row(self._words, self.keep, self.crop, self.later, self.every, gap=theme.px(6)))

    def ask(self, asked: Sequence[str], padded: Sequence[str], names: Sequence[str], *, more: bool) -> None:
        """Ask of shapes, or say how many show all of the photo where that was answered.

        Args:
            asked: keys of the shapes nobody has answered for.
            padded: keys of all that show all of the photo.
            names: of the shapes that are meant, for the tool tip.
            more: whether other photos have such shapes too.
        """
        self._keys = list(asked or padded)
        told = self._t("photodesk.loses_much", count=len(asked))
        self._words.setText(told if self._roomy else self._t("photodesk.loses_much_short", count=len(asked)))
        self._words.setToolTip(", ".join(names) if self._roomy else f"{told} {', '.join(names)}")
        self.later.setText(self._t("photodesk.whole_shapes", count=len(padded)))
        for part in (self._words, self.keep, self.crop):
            part.setVisible(bool(asked))
        self.later.setVisible(not asked)
        self.every.setVisible(more)
        if not more:
            self.every.setChecked(False)

    def _keep_crop(self) -> None:
        self.settled.emit(self._keys, True, self.every.isChecked())

    def _crop(self) -> None:
        self.settled.emit(self._keys, False, self.every.isChecked())

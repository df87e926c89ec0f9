"""The row of clips above the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.base.timecode import minutes_text
from studio.story.text import cut_line
from studio.ui.core.shortcut_table import KEYS
from studio.ui.media.media_keys import bind_order
from studio.ui.media.media_strip import MediaStrip, StripItem, StripLook
from studio.ui.widgets.basic_parts import button, describe, row, tool

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPixmap

    from studio.story.model import Video
    from studio.ui.core.desk_context import WindowTools

_NAME_LETTERS = 15
_LINE = 1.4
"""Times a line of the usual size: larger letters have room in it too, and the picture below needs what is left."""
SHOW = "slideshow"
"""Stands for the video of photos among the ids of clips."""


class ClipShelf(QWidget):
    """The clips of the story, one of them chosen, and the video of photos.

    Args:
        tools: what every part is given.
        from_phone: asks a phone for clips; None where that cannot be.
    """

    chosen = Signal(str)
    """Id of a clip, or ``SHOW``."""
    add_asked = Signal()
    remove_asked = Signal(str)
    move_asked = Signal(str, int)
    """A clip, and how far."""

    def __init__(self, tools: WindowTools, from_phone: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._tools = tools
        self._low = False
        self._shown: tuple[tuple[Video, ...], bool, bool] = ((), False, False)
        theme, t = tools.theme, tools.t
        self.strip = MediaStrip(theme, self._strip_look(), beside=True, several=False)
        describe(self.strip, t("clip.shelf"), t("clip.shelf_tip"))
        self.strip.chosen.connect(self.chosen)
        self.strip.moved.connect(self._move_clips)
        self.strip.removal_asked.connect(lambda ids: self.remove_asked.emit(ids[0]))
        self.earlier = tool(theme, "arrow-left", t("clip.earlier"), lambda: self._move(-1), key=KEYS["move_up"])
        self.later = tool(theme, "arrow-right", t("clip.later"), lambda: self._move(1), key=KEYS["move_down"])
        self.remove = tool(theme, "trash-2", t("media.remove"), lambda: self.remove_asked.emit(self.strip.current))
        self.add = button(theme, t("clip.add"), self.add_asked.emit, icon="plus", key=KEYS["add"])
        self.phone = tool(theme, "smartphone", t("photodesk.from_phone"), from_phone or self.add_asked.emit)
        if from_phone is None:
            self.phone.hide()  # ``setHidden(False)`` would show it as a window: it has no parent yet
        whole = row(self.strip, self.earlier, self.later, self.remove, self.phone, self.add, gap=theme.px(2))
        whole.setStretch(0, 1)
        self.setLayout(whole)
        bind_order(self, self._move, within=True)

    def _strip_look(self) -> StripLook:
        px = self._tools.theme.px
        if self._low:
            line, bar = round(34 * min(px(100) / 100, _LINE)), px(10)  # the bar below comes where they are too many
            return StripLook(px(20), (px(216), line), line + bar)
        return StripLook(px(32), (px(164), px(46)), px(58))

    def show_videos(self, videos: Sequence[Video], current: str, *, slideshow: bool, locked: bool) -> None:
        """Show these clips; ``slideshow`` whether there are photos for a video of them."""
        self._shown = tuple(videos), slideshow, locked
        self._show_items()
        self.strip.blockSignals(True)
        if current != self.strip.current:
            self.strip.choose(current)
        self.strip.blockSignals(False)
        ids = [video.id for video in videos]
        at = ids.index(current) if current in ids else -1
        self.earlier.setEnabled(at > 0 and not locked)
        self.later.setEnabled(0 <= at < len(ids) - 1 and not locked)
        self.remove.setEnabled(at >= 0 and not locked)
        self.add.setEnabled(not locked)
        self.phone.setEnabled(not locked)

    def _show_items(self) -> None:
        videos, slideshow, locked = self._shown
        t, between = self._tools.t, "  ·  " if self._low else "\n"
        items = []
        for number, video in enumerate(videos, 1):
            name = video.name or video.file
            text = f"{cut_line(name, _NAME_LETTERS)}{between}{minutes_text(video.seconds, self._tools.texts.language)}"
            items.append(StripItem(video.id, text, t("clip.card", number=number, name=name), "film"))
        if slideshow:
            items.append(StripItem(SHOW, t("clip.show"), t("clip.show_tip"), "images", fixed=True))
        self.strip.show_items(items, locked=locked)
        if slideshow:
            self.strip.show_thumb(SHOW, None)

    def show_thumb(self, video_id: str, pixmap: QPixmap | None) -> None:
        """Show the picture of a clip."""
        self.strip.show_thumb(video_id, pixmap)

    def set_low(self, low: bool) -> None:
        """One line for each clip, or two."""
        if low != self._low:
            self._low = low
            self.strip.set_look(self._strip_look())
            self._show_items()

    def _move(self, by: int) -> None:
        if self.strip.current not in {"", SHOW}:
            self.move_asked.emit(self.strip.current, by)

    def _move_clips(self, ids: list[str], gap: int) -> None:
        """A clip was dragged, or ordered by a key, to the place before item number ``gap``."""
        at = self.strip.ids.index(ids[0])
        last = len(self._shown[0]) - 1
        # Its own place closes behind it, and the video of photos stays last.
        self.move_asked.emit(ids[0], min(gap - (gap > at), last) - at)

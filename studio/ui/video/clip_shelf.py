"""The row of clips above the picture."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QScrollArea, QSizePolicy, QToolButton, QWidget

from studio.base.timecode import duration_words
from studio.ui.core.shortcut_table import KEYS
from studio.ui.media.media_keys import bind_keys, bind_order
from studio.ui.widgets.basic_parts import button, clear, describe, restyle, row, tool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPixmap

    from studio.story.model import Video
    from studio.ui.core.desk_context import WindowTools

SHOW = "slideshow"
"""Stands for the video of photos among the ids of clips."""


class ClipShelf(QWidget):
    """The clips of the story, one of them chosen, and the video of photos.

    Args:
        tools: what every part is given.
    """

    chosen = Signal(str)
    """Id of a clip, or ``SHOW``."""
    add_asked = Signal()
    remove_asked = Signal(str)
    move_asked = Signal(str, int)
    """A clip, and how far."""

    def __init__(self, tools: WindowTools) -> None:
        super().__init__()
        self._tools = tools
        self._ids: list[str] = []
        self.buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._current = ""
        self._words: dict[str, str] = {}
        self._low = False
        theme, t = tools.theme, tools.t
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(6))
        inside = QWidget()
        inside.setLayout(self._row)
        restyle(inside, "look", "clear")
        self._area = area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedHeight(theme.px(56))
        restyle(area.viewport(), "look", "clear")
        self.earlier = tool(theme, "arrow-left", t("clip.earlier"), lambda: self._move(-1), key=KEYS["move_up"])
        self.later = tool(theme, "arrow-right", t("clip.later"), lambda: self._move(1), key=KEYS["move_down"])
        self.remove = tool(theme, "trash-2", t("media.remove"), lambda: self.remove_asked.emit(self._current))
        self.add = button(theme, t("clip.add"), self.add_asked.emit, icon="plus", key=KEYS["add"])
        whole = row(area, self.earlier, self.later, self.remove, self.add, gap=theme.px(2))
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self._reveal = QTimer(self, singleShot=True, interval=0)  # once the row is laid out
        self._reveal.timeout.connect(self._show_current)
        area.horizontalScrollBar().rangeChanged.connect(lambda *_: self._reveal.start())
        bind_order(self, self._move, within=True)
        bind_keys(area, "remove", self.remove.click, within=True)

    def show_videos(self, videos: Sequence[Video], current: str, *, slideshow: bool, locked: bool) -> None:
        """Show these clips; ``slideshow`` whether there are photos for a video of them."""
        ids = [video.id for video in videos] + ([SHOW] if slideshow else [])
        if ids != self._ids:
            self._rebuild(videos, ids)
        if current != self._current:
            self._current = current
            self._reveal.start()
        for key, made in self.buttons.items():
            made.setChecked(key == current)
        clips = [key for key in ids if key != SHOW]
        at = clips.index(current) if current in clips else -1
        self.earlier.setEnabled(at > 0 and not locked)
        self.later.setEnabled(0 <= at < len(clips) - 1 and not locked)
        self.remove.setEnabled(at >= 0 and not locked)
        self.add.setEnabled(not locked)

    def show_thumb(self, video_id: str, pixmap: QPixmap | None) -> None:
        """Show the picture of a clip."""
        if video_id in self.buttons and pixmap is not None:
            self.buttons[video_id].setIcon(QIcon(pixmap))

    def set_low(self, low: bool) -> None:
        """One line for each clip, or two."""
        if low != self._low:
            self._low = low
            self._area.setFixedHeight(self._tools.theme.px(42 if low else 56))
            for key in self.buttons:
                self._dress(key)

    def _dress(self, key: str) -> None:
        made, px = self.buttons[key], self._tools.theme.px
        words = self._words[key]
        made.setText(words.replace("\n", "  ·  ") if self._low else words)
        side = px(20 if key == SHOW or self._low else 32)
        made.setIconSize(QSize(side, side))
        made.setFixedHeight(px(30 if self._low else 44))

    def _show_current(self) -> None:
        if self._current in self.buttons:
            self._area.ensureWidgetVisible(self.buttons[self._current], self._tools.theme.px(24), 0)

    def _rebuild(self, videos: Sequence[Video], ids: list[str]) -> None:
        held = next((key for key, made in self.buttons.items() if made.hasFocus()), "")
        clear(self._row)
        self._ids, self.buttons = ids, {}
        for number, video in enumerate(videos, 1):
            name = video.name or video.file
            made = self._make(video.id, f" {_short(name)}\n {duration_words(video.seconds)}", "film")
            describe(made, self._tools.t("clip.card", number=number, name=name))
            self._row.addWidget(made)
        if SHOW in ids:
            made = self._make(SHOW, f" {self._tools.t('clip.show')}", "images")
            describe(made, self._tools.t("clip.show"), self._tools.t("clip.show_tip"))
            self._row.addWidget(made)
        self._row.addStretch(1)
        # Qt puts what is made late at the end of the order of Tab, and only behind what can have the focus.
        self._area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for before, after in pairwise((self._area, *self.buttons.values())):
            QWidget.setTabOrder(before, after)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if held:
            kept = self.buttons.get(held, self.add)
            kept.show()  # the layout would do so later, and what is hidden takes no focus
            kept.setFocus()
        self._reveal.start()

    def _make(self, key: str, text: str, icon: str) -> QToolButton:
        theme = self._tools.theme
        made = QToolButton()
        made.setProperty("look", "shelf")
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setIcon(theme.icon(icon, "normal", 20))
        made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group.addButton(made)
        made.clicked.connect(lambda _=False: self.chosen.emit(key))
        self.buttons[key], self._words[key] = made, text
        self._dress(key)
        return made

    def _move(self, by: int) -> None:
        if self._current in self.buttons and self._current != SHOW:
            self.move_asked.emit(self._current, by)


def _short(name: str, most: int = 15) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"

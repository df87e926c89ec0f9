"""The page of covers: what is hidden, for how long, in which colour."""

from __future__ import annotations

from functools import partial
from math import ceil, floor
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSpinBox, QWidget

from studio.base.timecode import clock_time
from studio.ui.core.shortcut_table import KEYS
from studio.ui.media.cover_list import CoverList
from studio.ui.video.side_pages import sheet
from studio.ui.widgets.basic_parts import button, column, describe, label, restyle, row
from studio.ui.widgets.calm_inputs import combo_box, spin_box

if TYPE_CHECKING:
    from studio.base.i18n import MessageTexts
    from studio.story.model import Cover
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.video.clip_edits import ClipEditing

_SIDES = ("x", "y", "width", "height")
_COLORS = (("#1f2933", "clip.color_dark"), ("#f3f5f4", "clip.color_light"), ("", "clip.color_mean"))
"""Colours of a cover; "" is the average colour of what it hides. Both are safe: nothing of the face is left."""


class CoversPage(QWidget):
    """What is hidden in the clip.

    Args:
        tools: what every part is given.
        editing: the state of the desk.
    """

    draw_asked = Signal()
    """The next drag over the picture draws a cover."""

    def __init__(self, tools: WindowTools, editing: ClipEditing) -> None:
        super().__init__()
        self._tools = tools
        self._editing, self._state = editing, editing.state
        theme, t = tools.theme, tools.t
        self.draw = button(
            theme,
            t("clip.cover_draw"),
            self.draw_asked.emit,
            look="primary",
            icon="square-plus",
            key=KEYS["draw_cover"],
        )
        self.whole = button(
            theme,
            t("clip.cover_whole"),
            lambda: editing.add_cover((0.0, 0.0, 1.0, 1.0), whole=True),
            icon="eye-off",
            tip=t("clip.cover_whole_tip"),
        )
        self.list = CoverList(theme, t("clip.covers"))
        self.list.chosen.connect(editing.state.choose_cover)
        self.list.removal_asked.connect(editing.remove_cover)
        self.boxes: dict[str, QSpinBox] = {}
        self.color = combo_box()
        describe(self.color, t("clip.cover_color"))
        for _, code in _COLORS:
            self.color.addItem(t(code))
        self.color.activated.connect(self._on_color)
        self.span = label("", "hint", wrap=True)
        self.from_here = button(theme, t("clip.cover_from"), lambda: self._limit("start"), look="chip")
        self.to_here = button(theme, t("clip.cover_to"), lambda: self._limit("end"), look="chip")
        self.always = button(theme, t("clip.cover_always"), self._always, look="chip")
        self.remove = button(theme, t("clip.cover_remove"), editing.remove_cover, look="danger", icon="trash-2")
        self._lay_out()

    def _lay_out(self) -> None:
        t, px = self._tools.t, self._tools.theme.px
        grid = QGridLayout()
        grid.setSpacing(px(6))
        for at, side in enumerate(_SIDES):
            made = spin_box()
            made.setRange(0 if side in {"x", "y"} else 2, 100)
            made.setSuffix(" %")
            restyle(made, "look", "plain")
            made.setAlignment(Qt.AlignmentFlag.AlignCenter)
            describe(made, t(f"clip.cover_{side}"))
            made.valueChanged.connect(partial(self._on_side, at))
            self.boxes[side] = made
            grid.addWidget(label(t(f"clip.cover_{side}"), "muted"), at // 2 * 2, at % 2)
            grid.addWidget(made, at // 2 * 2 + 1, at % 2)
        self.detail = sheet(
            self._tools,
            label(t("clip.cover_when"), "strong"),
            self.span,
            row(self.from_here, self.to_here, 1, gap=px(6)),
            row(self.always, 1),
            label(t("clip.cover_color"), "strong"),
            self.color,
            grid,
            self.remove,
        )
        self.hint = label(t("clip.cover_hint"), "hint", wrap=True)
        head = sheet(self._tools, label(t("clip.covers"), "title"), self.hint, self.draw, self.whole, self.list)
        self.setLayout(column(head, self.detail, 1, gap=px(12)))

    def show_state(self) -> None:
        """Show the covers, and the chosen one in detail."""
        video, locked = self._state.video, self._state.locked
        covers = video.covers if video is not None else ()
        names = [cover_name(self._tools.texts, cover, n, self._state.seconds) for n, cover in enumerate(covers)]
        self.list.show_covers(names, self._state.cover)
        chosen = covers[self._state.cover] if 0 <= self._state.cover < len(covers) else None
        self.list.setVisible(bool(covers))
        self.detail.setVisible(chosen is not None)
        for each in (self.draw, self.whole, self.remove, self.from_here, self.to_here, self.always, self.color):
            each.setEnabled(not locked)
        if chosen is None:
            return
        for side, share in zip(_SIDES, chosen.box, strict=True):
            made = self.boxes[side]
            made.blockSignals(True)
            made.setValue(round(share * 100))
            made.blockSignals(False)
            made.setEnabled(not locked and not chosen.whole)
        color = "" if chosen.style == "mean" else chosen.color
        self.color.setCurrentIndex(next((at for at, (known, _) in enumerate(_COLORS) if known == color), 0))
        self.span.setText(when(self._tools.texts, chosen, self._state.seconds))

    def _on_side(self, number: int, percent: int) -> None:
        """Only this side changes: the others were drawn finer than whole percents, and must not lose what they hide."""
        video = self._state.video
        if video is None or not 0 <= self._state.cover < len(video.covers):
            return
        x, y, width, height = video.covers[self._state.cover].box
        sides = [x, y, width, height]
        sides[number] = percent / 100
        self._editing.change_cover(self._state.cover, "box", box=tuple(sides))

    def _on_color(self, at: int) -> None:
        color = _COLORS[at][0]
        values: dict[str, object] = {"style": "solid", "color": color} if color else {"style": "mean"}
        self._editing.change_cover(self._state.cover, "", **values)

    def _limit(self, side: str) -> None:
        """It begins or ends on the picture that is seen now: rounding must not lead to the one after or before."""
        outwards = floor if side == "start" else ceil
        self._editing.change_cover(
            self._state.cover, "", **{side: outwards(round(self._state.position * 1000, 3)) / 1000}
        )

    def _always(self) -> None:
        self._editing.change_cover(self._state.cover, start=None, end=None)


def cover_name(texts: MessageTexts, cover: Cover, number: int, seconds: float) -> str:
    """What a cover is called in the list and on the picture.

    Args:
        texts: the user's language.
        cover: which.
        number: its place in the list, from 0.
        seconds: length of the clip.
    """
    what = texts.text("clip.cover_all_picture" if cover.whole else "clip.cover_part", n=number + 1)
    return f"{what}  ·  {when(texts, cover, seconds)}"


def when(texts: MessageTexts, cover: Cover, seconds: float) -> str:
    """For how long a cover holds."""
    if cover.start is None and cover.end is None:
        return texts.text("clip.cover_whole_clip")
    end = seconds if cover.end is None else cover.end
    return texts.text("clip.cover_span", start=clock_time(cover.start or 0.0), end=clock_time(end))

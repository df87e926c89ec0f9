"""The page of covers: what is hidden, for how long, and where to the percent."""

from __future__ import annotations

from functools import partial
from math import ceil, floor
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSpinBox, QWidget

from studio.base.timecode import ClipTime
from studio.story.cover_path import box_at, path_of
from studio.story.model import Box
from studio.ui.media.cover_panel import CoverPanel
from studio.ui.video.path_card import PathCard
from studio.ui.video.side_pages import sheet
from studio.ui.widgets.basic_parts import button, card, column, describe, label, restyle, row
from studio.ui.widgets.calm_inputs import spin_box

if TYPE_CHECKING:
    from studio.base.i18n import MessageTexts
    from studio.story.model import Cover
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.video.clip_edits import ClipEditing

_SIDES = ("x", "y", "width", "height")


class CoversPage(QWidget):
    """What is hidden in the clip.

    Args:
        tools: what every part is given.
        editing: every edit of the desk.
    """

    def __init__(self, tools: WindowTools, editing: ClipEditing) -> None:
        super().__init__()
        self._tools = tools
        self._editing, self._state = editing, editing.state
        theme, t = tools.theme, tools.t
        tip = t("clip.cover_whole_tip")
        self.whole = button(theme, t("clip.cover_whole"), self._cover_whole, icon="eye-off", tip=tip)
        self.panel = CoverPanel(tools, t("clip.cover_hint"), below=self.whole)
        self.panel.chosen.connect(self._state.choose_cover)
        self.panel.removed.connect(lambda _: editing.remove_cover())
        self.panel.styled.connect(lambda number, changes: editing.change_cover(number, "", **changes))
        self.boxes: dict[str, QSpinBox] = {}
        self.span = label("", "hint", wrap=True)
        self.from_here = button(theme, t("clip.cover_from"), lambda: self._limit("start"), look="chip")
        self.to_here = button(theme, t("clip.cover_to"), lambda: self._limit("end"), look="chip")
        self.always = button(theme, t("clip.cover_always"), self._always, look="chip")
        self.path = PathCard(tools, self._state)
        self._lay_out()

    def _lay_out(self) -> None:
        t, px = self._tools.t, self._tools.theme.px
        grid = QGridLayout()
        grid.setSpacing(px(6))
        for at, side in enumerate(_SIDES):
            made = spin_box()
            # As small as a cover can be dragged (``box_dragging.LEAST``), and no smaller.
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
            self.path,
            label(t("clip.cover_when"), "strong"),
            self.span,
            row(self.from_here, self.to_here, 1, gap=px(6)),
            row(self.always, 1),
            grid,
        )
        self.setLayout(column(card(column(self.panel, gap=0)), self.detail, 1, gap=px(12)))

    def show_state(self) -> None:
        """Show the covers, and the chosen one in detail."""
        video, locked = self._state.video, self._state.locked
        covers = video.covers if video is not None else ()
        names = [cover_name(self._tools.texts, cover, n, self._state.seconds) for n, cover in enumerate(covers)]
        self.panel.show_covers(covers, names, self._state.cover, locked=locked)
        chosen = covers[self._state.cover] if 0 <= self._state.cover < len(covers) else None
        self.detail.setVisible(chosen is not None)
        for each in (self.whole, self.from_here, self.to_here, self.always):
            each.setEnabled(not locked)
        if chosen is None:
            return
        for side, share in zip(_SIDES, box_at(chosen, self._state.position), strict=True):
            made = self.boxes[side]
            # What is shown is rounded, and must not come back as an edit.
            made.blockSignals(True)
            made.setValue(round(share * 100))
            made.blockSignals(False)
            made.setEnabled(not locked and not chosen.whole)
        self.span.setText(cover_times(self._tools.texts, chosen, self._state.seconds))
        self.path.show_state()

    def show_position(self) -> None:
        """The playhead moved: a cover that moves is elsewhere."""
        video = self._state.video
        covers = video.covers if video is not None else ()
        if 0 <= self._state.cover < len(covers) and path_of(covers[self._state.cover]):
            self.show_state()

    def _cover_whole(self) -> None:
        self._editing.add_cover(self.panel.next_cover, whole=True)

    def _on_side(self, number: int, percent: int) -> None:
        """Only this side changes: the others were drawn finer than full percents, and must not lose what they hide."""
        video = self._state.video
        if video is None or not 0 <= self._state.cover < len(video.covers):
            return
        sides = list(box_at(video.covers[self._state.cover], self._state.position))
        sides[number] = percent / 100
        self._editing.move_cover(self._state.cover, Box(*sides))

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
    what = (
        texts.text("clip.cover_all_picture", n=number + 1)
        if cover.whole
        else texts.text("media.cover_number", number=number + 1)
    )
    return f"{what}  ·  {cover_times(texts, cover, seconds)}"


def cover_times(texts: MessageTexts, cover: Cover, seconds: float) -> str:
    """For how long a cover holds."""
    if cover.start is None and cover.end is None:
        return texts.text("clip.cover_whole_clip")
    end = seconds if cover.end is None else cover.end
    return texts.text("clip.cover_span", start=ClipTime(cover.start or 0.0), end=ClipTime(end))

"""How the chosen cover moves: following, keyframes by hand, and what has to be looked at."""

from __future__ import annotations

from functools import partial
from math import inf
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.base.timecode import ClipTime
from studio.story.clips import shown_doubts
from studio.story.cover_path import keyframe_at, path_of
from studio.ui.core.shortcut_table import KEYS
from studio.ui.widgets.basic_parts import button, column, label, row

if TYPE_CHECKING:
    from studio.story.cover_path import PathDoubt
    from studio.story.model import Cover
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.video.desk_state import DeskState

_REASONS = frozenset({"turned", "crossed", "similar", "edge", "lost", "scene"})
"""Doubts the studio has words for; others are shown as ``lost``."""
WAYS = (
    ("follow", "route", "primary"),
    ("follow_back", "", "chip"),
    ("point", "", "chip"),
    ("drop_point", "", "chip"),
    ("point_before", "", "chip"),
    ("point_after", "", "chip"),
    ("doubt", "search-check", "primary"),
    ("settle", "check", ""),
)
"""What can be asked for: code, icon and look of its button."""


class PathCard(QWidget):
    """The way of the chosen cover.

    Args:
        tools: what every part is given.
        state: what is worked on.
    """

    asked = Signal(str)
    """One of the codes of ``WAYS``; "stop" while something is followed."""

    def __init__(self, tools: WindowTools, state: DeskState) -> None:
        super().__init__()
        self._tools, self._state = tools, state
        self._running = False
        theme, t, px = tools.theme, tools.t, tools.theme.px
        self.buttons = {
            code: button(
                theme,
                t(f"clip.path_{code}"),
                partial(self._ask, code),
                look=look,
                icon=icon,
                key=KEYS.get(f"video_{code}", ""),
                tip=t(f"clip.path_{code}_tip"),
            )
            for code, icon, look in WAYS
        }
        self.said = label("", "hint", wrap=True)
        self.doubt = label("", "warn", wrap=True)
        made = self.buttons
        self.points = QWidget()
        self.points.setLayout(
            column(
                row(made["point"], made["drop_point"], 1, gap=px(6)),
                row(made["point_before"], made["point_after"], 1, gap=px(6)),
                gap=px(6),
            )
        )
        self.setLayout(
            column(
                label(t("clip.path"), "strong"),
                self.said,
                made["follow"],
                row(made["follow_back"], 1),
                made["doubt"],
                self.doubt,
                made["settle"],
                self.points,
                gap=px(8),
            )
        )

    def _ask(self, code: str) -> None:
        self.asked.emit("stop" if code == "follow" and self._running else code)

    def show_running(self, running: bool) -> None:
        """Whether something is being followed: then the button stops it."""
        self._running = running
        # The blanks keep the words off the icon.
        self.buttons["follow"].setText("  " + self._tools.t("clip.path_stop" if running else "clip.path_follow"))
        self.show_state()

    def show_state(self) -> None:
        """Show the way of the chosen cover, at the playhead."""
        state, t = self._state, self._tools.t
        video = state.video
        if video is None or not 0 <= state.cover < len(video.covers):
            return
        cover = video.covers[state.cover]
        path, doubts = path_of(cover), shown_doubts(video, (cover,))
        ready = not state.locked and state.clip is not None and not cover.whole
        for each in self.buttons.values():
            each.setEnabled(ready and not self._running)
        # While something is followed, this is the button that stops it.
        self.buttons["follow"].setEnabled(ready)
        here = keyframe_at(cover, state.position, near_time(state))
        self.buttons["drop_point"].setEnabled(ready and not self._running and here is not None)
        for code in ("point_before", "point_after"):
            self.buttons[code].setEnabled(bool(path))
        self.said.setText(self._way_words(cover, settled=video.people_checked or bool(doubts)))
        now = doubt_at(doubts, state.position)
        self.buttons["doubt"].setVisible(bool(doubts))
        self.buttons["doubt"].setText("  " + t("clip.path_doubts", count=len(doubts)))
        self.buttons["settle"].setVisible(now is not None)
        self.doubt.setVisible(now is not None)
        if now is not None:
            self.doubt.setText(self._doubt_words(now, doubts.index(now) + 1, len(doubts)))

    def _way_words(self, cover: Cover, *, settled: bool) -> str:
        t = self._tools.t
        if cover.whole:
            return t("clip.path_whole")
        if self._running:
            return t("clip.path_running")
        path = path_of(cover)
        if not path:
            return t("clip.path_still")
        told = t("clip.path_moves", count=len(path))
        return told if settled else f"{told} {t('clip.path_confirm')}"

    def _doubt_words(self, doubt: PathDoubt, number: int, count: int) -> str:
        reason = doubt.reason if doubt.reason in _REASONS else "lost"
        # The last doubt may last to the end of the clip, whichever that is.
        end = self._state.seconds if doubt.end == inf else doubt.end
        span = {"start": ClipTime(max(0.0, doubt.start)), "end": ClipTime(end)}
        told = self._tools.t("clip.path_doubt", number=number, count=count, **span)
        return f"{told} {self._tools.t(f'clip.path_doubt_{reason}')}"


def near_time(state: DeskState) -> float:
    """Seconds within which a keyframe is the one of the picture that is seen."""
    fps = state.clip.fps if state.clip is not None else 30.0
    # Half a picture to either side, and a little for times that were rounded to milliseconds.
    return 0.6 / max(1.0, fps)


def doubt_at(doubts: tuple[PathDoubt, ...], seconds: float) -> PathDoubt | None:
    """The doubt around a time; a little early counts, too: the last sure picture belongs to it."""
    return next((doubt for doubt in doubts if doubt.start - 0.05 <= seconds <= doubt.end), None)

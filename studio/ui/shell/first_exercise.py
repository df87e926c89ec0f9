"""The first post as an exercise: three pointers at a story of the sample, each of which can be left out.

A pointer stands beside what it speaks of and holds nothing up: whoever works on without it goes on with the next. How
far one is lies in the settings (``exercise``), so that another theme, text size or day finds the same pointer again.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QFrame, QWidget
from shiboken6 import isValid

from studio.ui.core.focus_order import into_sight
from studio.ui.core.spoken_news import announce
from studio.ui.widgets.basic_parts import button, column, edges, label, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.ui.core.desk_context import DeskCode, WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace
    from studio.ui.shell.story_window import StoryWindow

_PLACE_MS = 200
"""How often the pointer looks where its part is now: pages scroll, panels fold, windows grow."""
_WIDE = 330
_OUTLETS = frozenset({"whatsapp", "instagram"})
"""Ticked for the exercise: all of them would take an old laptop more than five minutes."""
_RESULTS = 2
"""Place of the tab with what was exported."""
OVER = 0.0


class ExerciseStep(NamedTuple):
    """A pointer: the desk it belongs to, the name of its texts, and the part of the desk it points at."""

    desk: DeskCode
    code: str
    part: str


STEPS = (
    ExerciseStep("write", "headline", "header.headline"),
    ExerciseStep("photo", "photo", "canvas"),
    ExerciseStep("publish", "export", "export"),
)


class ExercisePointer(QFrame):
    """The words of a step, and a ring around what they speak of.

    Args:
        tools: what every part is given.
        over: the part of the window it lies over.
        onward: goes on.
        skip: ends it.
    """

    def __init__(
        self, tools: WindowTools, over: QWidget, onward: Callable[[], object], skip: Callable[[], object]
    ) -> None:
        super().__init__(over)
        theme, t = tools.theme, tools.t
        self._tools, self._over = tools, over
        self.setObjectName("pointer")
        self.ring = QFrame(over)
        self.ring.setObjectName("pointerRing")
        self.ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.count, self.title = label("", "muted"), label("", "title", wrap=True)
        self.text = label("", wrap=True)
        self.on = button(theme, t("exercise.on"), onward, look="primary")
        self.skip = button(theme, t("exercise.skip"), skip, look="link")
        inside = (self.count, self.title, self.text, row(self.skip, 1, self.on))
        self.setLayout(column(*inside, gap=theme.px(6), edges=edges(theme, 16, 14)))
        self.setFixedWidth(theme.px(_WIDE))

    def show_step(self, number: int, code: str) -> None:
        """Show the words of a step, and say them."""
        t = self._tools.t
        self.count.setText(t("exercise.count", n=number + 1, count=len(STEPS)))
        self.title.setText(t(f"exercise.{code}_title"))
        self.text.setText(t(f"exercise.{code}"))
        self.on.setText(t("exercise.on" if number + 1 < len(STEPS) else "exercise.end"))
        self.setAccessibleName(f"{self.count.text()}. {self.title.text()}. {self.text.text()}")
        self.adjustSize()
        announce(self, self.accessibleName())

    def stand_beside(self, part: QWidget | None) -> None:
        """Stand beside a part, where there is room; in the middle, when it cannot be seen."""
        over, gap = self._over, self._tools.theme.px(12)
        seen = part.visibleRegion().boundingRect() if part is not None and part.isVisible() else QRect()
        self.ring.setVisible(not seen.isEmpty())
        self.resize(self.width(), self.heightForWidth(self.width()) if self.hasHeightForWidth() else self.height())
        room = over.rect().adjusted(gap, gap, -gap, -gap)
        if part is None or seen.isEmpty():
            self.move(room.center() - self.rect().center())
        else:
            area = QRect(part.mapTo(over, seen.topLeft()), seen.size()).adjusted(-4, -4, 4, 4)
            self.ring.setGeometry(area)
            self.move(_beside(area, self.rect(), room, gap))
        self.show()
        self.ring.raise_()
        self.raise_()

    def leave(self) -> None:
        """Go, with the ring."""
        for each in (self.ring, self):
            each.hide()
            each.deleteLater()


def _beside(area: QRect, words: QRect, room: QRect, gap: int) -> QPoint:
    """Below, above, left or right of an area, wherever all of the words fit; else in its lower right corner."""
    across = min(max(area.left(), room.left()), room.right() - words.width())
    down = min(max(area.top(), room.top()), room.bottom() - words.height())
    ways = (
        QPoint(across, area.bottom() + gap),
        QPoint(across, area.top() - gap - words.height()),
        QPoint(area.right() + gap, down),
        QPoint(area.left() - gap - words.width(), down),
    )
    for way in ways:
        if room.contains(QRect(way, words.size())):
            return way
    return QPoint(area.right() - gap - words.width(), area.bottom() - gap - words.height())


class FirstExercise(QObject):
    """Leads through the steps in one window.

    Args:
        window: where.
        tools: what every part is given.
        stories: the open story; the exercise shows itself once there is one.
    """

    def __init__(self, window: StoryWindow, tools: WindowTools, stories: OpenWorkspace) -> None:
        super().__init__(window.shell)
        self._window, self._tools, self._stories = window, tools, stories
        self.pointer: ExercisePointer | None = None
        self._led = False
        self._timer = QTimer(self, interval=_PLACE_MS)
        self._timer.timeout.connect(self._place_pointer)
        window.shell.pages.currentChanged.connect(self._on_desk)
        window.shell.installEventFilter(self)
        stories.opened.connect(self._show)
        self._show()

    @property
    def step(self) -> int:
        """Number of the pointer that is shown; below 0 when it is over."""
        return int(self._tools.settings.number("exercise")) - 1

    def _go_to(self, number: int) -> None:
        self._tools.settings.set("exercise", float(number + 1))
        self._show()

    def _show(self, _: object = None) -> None:
        if not 0 <= self.step < len(STEPS) or self._stories.session is None:
            self._take_down()
            return
        step = STEPS[self.step]
        if self.pointer is None:
            self.pointer = ExercisePointer(
                self._tools, self._window.shell.centralWidget() or self._window.shell, self.go_on, self.skip
            )
        if self._window.desk != step.desk:
            self._window.go(step.desk)
        self.pointer.show_step(self.step, step.code)
        self._led = False
        self._place_pointer()
        self._timer.start()

    def _part(self) -> QWidget | None:
        """What the step points at; None while its desk is being made, some turns after a story was opened."""
        step = STEPS[self.step]
        if self._window.desk != step.desk or self._window.desks.get(step.desk) is not self._window.page:
            return None
        found = attrgetter(step.part)(self._window.page)
        return found if isinstance(found, QWidget) else None

    def _lead_to(self, part: QWidget) -> None:
        """Once for a step: make ready what it speaks of."""
        self._led = True
        into_sight(part)
        if STEPS[self.step].desk == "publish":
            for outlet, box in getattr(self._window.page, "boxes", {}).items():
                box.setChecked(outlet in _OUTLETS)

    def _place_pointer(self) -> None:
        if self.pointer is None or not 0 <= self.step < len(STEPS):
            return
        tabs = getattr(getattr(self._window.page, "head", None), "tabs", None)
        if self.step + 1 == len(STEPS) and tabs is not None and tabs.currentIndex() == _RESULTS:
            self.go_on()  # the export leads there
        elif self._window.desk == STEPS[self.step].desk and not self._window.group_place.shown:
            part = self._part()
            if part is not None and not self._led:
                self._lead_to(part)
            self.pointer.stand_beside(part)
        else:  # somewhere else meanwhile: it waits there
            self.pointer.hide()
            self.pointer.ring.hide()

    def _on_desk(self, _: int = 0) -> None:
        """Whoever goes to the desk of the next step by himself has done this one."""
        later = self.step + 1
        if 0 < later < len(STEPS) and self._window.desk == STEPS[later].desk and self.pointer is not None:
            QTimer.singleShot(0, self, lambda: self._go_to(later))

    def go_on(self) -> None:
        """The next pointer, or the end."""
        if self.step + 1 < len(STEPS):
            self._go_to(self.step + 1)
        else:
            self.skip()
            self._window.shell.show_toast(self._tools.t("exercise.done"))

    def skip(self) -> None:
        """No more of it."""
        self._tools.settings.set("exercise", OVER)
        self._take_down()

    def _take_down(self) -> None:
        self._timer.stop()
        if self.pointer is not None and isValid(self.pointer):
            self.pointer.leave()
        self.pointer = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window has another size: the pointer stays beside its part."""
        if event.type() == QEvent.Type.Resize and self.pointer is not None:
            QTimer.singleShot(0, self, self._place_pointer)
        return super().eventFilter(watched, event)

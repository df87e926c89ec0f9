"""What a screen reader says of its own accord: saving, findings, progress, messages, and what moved on a canvas.

Qt passes an announcement on only where a screen reader is there; without one nothing is worked out.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from studio.ui.core.background_jobs import BackgroundJob
    from studio.ui.core.story_session import SaveState

QUIET_SECONDS = 60.0
"""A story is saved after each pause of typing: said every time, nobody could hear anything else."""
_PARTS = 4
"""Long work is heard of when it begins, at each quarter and when it ends."""


def announce(part: QWidget, text: str, *, urgent: bool = False) -> None:
    """Have a screen reader say a text; ``urgent`` in the middle of whatever it is saying."""
    if not text or not QAccessible.isActive():
        return
    told = QAccessibleAnnouncementEvent(part, text)
    ways = QAccessible.AnnouncementPoliteness
    told.setPoliteness(ways.Assertive if urgent else ways.Polite)
    QAccessible.updateAccessibility(told)


def describe_marks(canvas: QWidget, text: str) -> None:
    """Say what is chosen on a canvas and where it lies; aloud when the keyboard is there and something moved."""
    if canvas.accessibleDescription() != text:
        canvas.setAccessibleDescription(text)
        if canvas.hasFocus():
            announce(canvas, text)


class SpokenSaving(QObject):
    """Says that the story is saved, now and then, and at once that it is not.

    Args:
        part: in whose name.
        now: seconds that only go forward.
    """

    def __init__(self, part: QWidget, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(part)
        self._part, self._now = part, now
        self._said = -QUIET_SECONDS
        self._last = ""

    def follow_foot(self, state: SaveState | None, text: str) -> None:
        """The foot of the window shows this now."""
        kind = state.kind if state is not None else ""
        before, self._last = self._last, kind
        if kind == "failed" and before != "failed":
            announce(self._part, text, urgent=True)
        elif kind == "read_only" and before != kind:
            announce(self._part, text)
        elif kind == "saved" and before in {"pending", "failed"}:
            now = self._now()
            if before == "failed" or now - self._said >= QUIET_SECONDS:
                self._said = now
                announce(self._part, text)


class SpokenWork(QObject):
    """Says that long work began, how far it is and how it ended.

    Args:
        part: in whose name.
        say: text of a code.
    """

    def __init__(self, part: QWidget, say: Callable[..., str]) -> None:
        super().__init__(part)
        self._part, self._say = part, say
        self._quarters: dict[BackgroundJob, int] = {}

    def begin(self, job: BackgroundJob) -> None:
        """Work that the foot of the window shows has begun."""
        self._quarters[job] = 0
        announce(self._part, self._say("status.spoken_begun", title=job.title))

    def go_on(self, job: BackgroundJob) -> None:
        """It is a little further."""
        quarter = int(_PARTS * job.done / job.total) if job.total else 0
        if self._quarters.get(job, 0) < quarter < _PARTS:
            self._quarters[job] = quarter
            announce(self._part, self._say("status.spoken_part", title=job.title, percent=quarter * 100 // _PARTS))

    def end(self, job: BackgroundJob) -> None:
        """Other work than this one may be over; of this one it is said."""
        if job.state in {"done", "failed", "cancelled"} and self._quarters.pop(job, None) is not None:
            announce(self._part, self._say(f"status.spoken_{job.state}", title=job.title), urgent=job.state == "failed")

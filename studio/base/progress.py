"""How long work reports itself, and how it is cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Progress(Protocol):
    """Receives reports from long work. Implementations live in ``cli`` and ``ui/jobs``."""

    def report(self, done: float, total: float, what: str) -> None:
        """Say that ``done`` of ``total`` units are finished and ``what`` is being worked on.

        Raises:
            Cancelled: the user asked to stop; the work cleans up and lets it pass.
        """


class Silent:
    """A Progress that nobody watches."""

    def report(self, done: float, total: float, what: str) -> None:
        """Ignore the report."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long the rest will take, from how long the work so far took."""

    started: float

    def left(self, done: float, total: float, now: float) -> float | None:
        """Seconds left, or None while it is too early to say (under 3 % done or under 2 s of work).

        Args:
            done: units finished.
            total: units in all.
            now: on the clock that ``started`` was read from.
        """
        spent = now - self.started
        if spent < 2 or done < 0.03 * total or done <= 0:
            return None
        return max(0.0, spent * (total - done) / done)

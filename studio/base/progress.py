"""How long work reports itself, and how it is cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Progress(Protocol):
    """Receives reports from long work. Implementations live in ``cli`` and ``ui/jobs``."""

    def report(self, done: float, total: float, what: str) -> None:
        """Say that ``done`` of ``total`` units are finished and ``what`` is being worked on.

        Raises:
            WorkCancelled: the user asked to stop; the work cleans up and lets it pass.
        """


class SilentProgress:
    """A Progress that nobody watches."""

    def report(self, done: float, total: float, what: str) -> None:
        """Ignore the report."""


class PartProgress:
    """A stretch of a parent's range: what is reported here counts as that share of the total, and never goes back.

    Args:
        parent: called, in its own units; its ``WorkCancelled`` passes through.
        begin: where the stretch begins, in units of the parent, 0 to ``total``.
        end: where it ends, ``begin`` to ``total``.
        total: units of the parent in all.
        name: shown instead of what the work names; "" shows what the work names.
    """

    def __init__(self, parent: Progress, begin: float, end: float, total: float, name: str = "") -> None:
        self._parent, self._begin, self._end, self._total, self._name = parent, begin, end, total, name
        self._furthest = 0.0

    def report(self, done: float, total: float, what: str) -> None:
        """See ``Progress.report``; nothing of nothing is all of it."""
        share = min(1.0, max(0.0, done / total)) if total > 0 else 1.0
        self._furthest = max(self._furthest, share)
        # The end itself, not what rounding makes of it: whoever waits for done == total would wait for ever.
        at = self._end if self._furthest == 1.0 else self._begin + (self._end - self._begin) * self._furthest
        self._parent.report(at, self._total, self._name or what)


class SplitProgress:
    """All of a parent's range, filled by pieces of work of known sizes, one after the other or side by side.

    Args:
        parent: called with the units done of ``total``; its ``WorkCancelled`` passes through.
        total: units in all, such as files to make.
    """

    def __init__(self, parent: Progress, total: int) -> None:
        self._parent = parent
        self._total = total
        self._done = 0

    def begin(self, units: int = 1, name: str = "") -> PartProgress:
        """The progress of the next piece, which fills ``units``; see ``PartProgress`` for ``name``."""
        return PartProgress(self._parent, self._done, min(self._done + units, self._total), self._total, name)

    def finish(self, units: int = 1, what: str = "") -> None:
        """A piece is over, whatever it reported."""
        self._done = min(self._done + units, self._total)
        self._parent.report(self._done, self._total, what)


@dataclass(frozen=True, slots=True)
class WorkPace:
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

"""How long work reports itself, and how it is cancelled."""

from __future__ import annotations

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

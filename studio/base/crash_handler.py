"""When the program has a bug: the story goes on disk first, then the user gets a report to copy."""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from typing import TYPE_CHECKING

from studio import __version__
from studio.base.log import part_logger

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType


def report_of(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """What a developer needs to know: versions and the traceback. No story text."""
    return bug_report("".join(traceback.format_exception(kind, error, trace)))


def bug_report(trace: str) -> str:
    """The same for a traceback that is text already, such as one that came from another process."""
    head = f"KIM Studio {__version__} · Python {platform.python_version()} · {platform.platform()}"
    return f"{head}\n\n{trace}"


class CrashHandler:
    """Catches what was not caught, in every thread.

    Args:
        save: writes the open story.
        excuses: whether an error is no bug but what a drive that was pulled out does; it is only noted then.
        tell: shows the report: one line and the full text; called in the window's thread only.
    """

    def __init__(
        self,
        save: Callable[[], object],
        tell: Callable[[str, str], None],
        excuses: Callable[[BaseException], bool] = lambda _: False,
    ) -> None:
        self._save = save
        self._excuses = excuses
        self._tell = tell
        self._busy = False

    def install(self) -> None:
        """Take over from Python's own handlers."""
        sys.excepthook = self.handle
        threading.excepthook = lambda facts: self.handle(
            facts.exc_type, facts.exc_value or facts.exc_type(), facts.exc_traceback
        )

    def _is_excused(self, error: BaseException) -> bool:
        try:
            return self._excuses(error)
        except Exception:
            part_logger().exception("no excuse")
            return False

    def handle(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Save, write to the log, tell. A second bug on the way does not start it again."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        report = report_of(kind, error, trace)
        if self._busy:
            part_logger().error("again: %s", report)
            return
        self._busy = True
        try:
            try:
                self._save()
            except Exception:
                part_logger().exception("saving failed")
            part_logger().error(report)
            # Only the main thread may show a window; from another thread Qt crashes. What failed there is in the log.
            if threading.current_thread() is threading.main_thread() and not self._is_excused(error):
                self._tell(f"{kind.__name__}: {error}", report)
        finally:
            self._busy = False

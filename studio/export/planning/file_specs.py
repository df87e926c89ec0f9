"""What an exported file is, and what is said of one that was refused: plain data that plan and manifest share."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Literal

import msgspec

from studio.base.crash_handler import bug_report
from studio.base.errors import UserError

if TYPE_CHECKING:
    from studio.base.i18n import MessageTexts

FileKind = Literal["text", "photo", "card", "video", "page", "print", "poster", "subtitles"]
"""What an exported file is. Whoever tells kinds apart ends in ``assert_never``, so that a new one is missed nowhere."""


class FileProblem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file that was refused or failed; the rest was made.

    Attributes:
        path: of the file.
        outlet: it was for.
        code: of the message.
        text: the message, in the language of whoever exported.
        bug_report: versions and traceback, where the program is to blame: what the message asks to send.
    """

    path: str
    outlet: str
    code: str
    text: str
    bug_report: str = ""


def file_problem(path: str, outlet: str, error: Exception, texts: MessageTexts, trace: str = "") -> FileProblem:
    """What is said of a file that could not be made.

    Args:
        path: of the file.
        outlet: it was for.
        error: why; anything but a ``UserError`` is a bug.
        texts: the user's language.
        trace: the traceback of a bug that was caught elsewhere; "" takes that of ``error``.
    """
    if not isinstance(error, UserError):
        trace = trace or "".join(traceback.format_exception(error))
        error = bug_error(error)
    report = bug_report(trace) if trace else ""
    return FileProblem(path=path, outlet=outlet, code=error.code, text=texts.explain(error), bug_report=report)


def bug_error(error: Exception) -> UserError:
    """A bug as an error that users can read."""
    return UserError("error.bug", detail=f"{type(error).__name__}: {error}")

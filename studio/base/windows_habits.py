"""What Windows does unless it is asked not to: a console for each child process, dot folders visible to every user."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_NO_WINDOW = 0x08000000
"""CREATE_NO_WINDOW (processthreadsapi.h, "Process Creation Flags")."""
_HIDDEN, _UNKNOWN = 0x2, 0xFFFFFFFF
"""FILE_ATTRIBUTE_HIDDEN, INVALID_FILE_ATTRIBUTES (winnt.h, fileapi.h)."""


def _on_windows() -> bool:
    return str(sys.platform) == "win32"


def no_console_flags() -> int:
    """``creationflags`` of a child process that opens no console window; 0 where there is none to open."""
    return _NO_WINDOW if _on_windows() else 0


def hide_folder(folder: Path) -> None:
    """Hide a folder in Windows' Explorer, as its dot does elsewhere. Where the system refuses, all stays as it is."""
    if not _on_windows():
        return
    import ctypes

    with suppress(OSError, AttributeError):
        kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - known on Windows only
        # ctypes takes the result for a signed number; the mask makes -1 comparable with 0xFFFFFFFF.
        found = int(kernel.GetFileAttributesW(str(folder))) & _UNKNOWN
        if found != _UNKNOWN and not found & _HIDDEN:
            kernel.SetFileAttributesW(str(folder), found | _HIDDEN)


def make_hidden_folder(folder: Path) -> None:
    """Make a folder that is not to be seen among the group's own, in a folder that is there.

    Raises:
        OSError: whatever the system says.
    """
    folder.mkdir(exist_ok=True)
    hide_folder(folder)

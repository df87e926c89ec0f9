"""Lets long work give way to the window: an encoder that takes both of two cores makes it stand still now and then."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

NICENESS = 10
"""A ninth of the share of a program that wants the same processor, all of it when none does (sched(7))."""


def give_way(pid: int = 0) -> None:
    """Let a process run after others that want the processor. Where the system refuses, all stays as it is.

    Args:
        pid: a process of ours; 0 is this one. Threads that it starts later do the same.
    """
    if sys.platform == "win32":  # pragma: no cover - only on Windows
        import ctypes

        if pid == 0:
            kernel = ctypes.WinDLL("kernel32")
            kernel.SetPriorityClass(kernel.GetCurrentProcess(), 0x4000)  # BELOW_NORMAL_PRIORITY_CLASS
        return
    with suppress(OSError):  # it is over already
        os.setpriority(os.PRIO_PROCESS, pid, max(NICENESS, os.getpriority(os.PRIO_PROCESS, pid)))

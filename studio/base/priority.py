"""Lets long work give way to the window, in computing time and in memory.

An encoder that takes both of two cores makes the window stand still now and then; and where memory runs out, the kernel
ends the biggest process, which may be the window with a story in it.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

NICENESS = 10
"""A ninth of the share of a program that wants the same processor, all of it when none does (sched(7))."""
OFFERED = 500
"""``oom_score_adj`` (proc_pid_oom_score_adj(5)): as if it took half of all memory more. The window has 0."""


def give_way(pid: int = 0) -> None:
    """Let a process run after others that want the processor, and be ended before them where memory runs out.

    Where the system refuses, all stays as it is.

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
    with suppress(OSError, ValueError):  # only Linux has it
        score = Path(f"/proc/{pid or 'self'}/oom_score_adj")
        if int(score.read_text(encoding="ascii")) < OFFERED:
            score.write_text(f"{OFFERED}", encoding="ascii")

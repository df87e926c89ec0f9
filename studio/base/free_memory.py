"""How much memory is free: an old laptop of 4 GB has 1.5 GB left beside a browser, and must not begin to swap."""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from pathlib import Path

from studio.base.memory_limits import free_under_limits

LITTLE = 1_500_000_000
"""Bytes; where no more are free, work that can be done with less memory is."""
_MEMINFO = Path("/proc/meminfo")


def free_memory(meminfo: Path = _MEMINFO) -> int | None:
    """Bytes that programs can still get without swapping; None where the system does not say.

    Args:
        meminfo: where Linux says it (proc(5), ``MemAvailable``).
    """
    if sys.platform == "win32":  # pragma: no cover - only on Windows
        return _free_on_windows()
    if sys.platform == "darwin":  # pragma: no cover - only on macOS
        return _free_on_mac()
    limited = free_under_limits() if meminfo is _MEMINFO else None
    with suppress(OSError):
        if found := re.search(r"^MemAvailable:\s*(\d+) kB", meminfo.read_text(encoding="ascii"), re.MULTILINE):
            free = int(found[1]) * 1024
            return free if limited is None else min(free, limited)
    return limited


def has_little_memory(meminfo: Path = _MEMINFO) -> bool:
    """Whether work should be done with less memory; not where nobody knows."""
    free = free_memory(meminfo)
    return free is not None and free <= LITTLE


def give_back_memory() -> None:
    """Return to the system what work has left free in the heap: after an export that is 60 MB. Call it in a worker.

    glibc keeps the ends of its arenas (malloc_trim(3)); other systems give back by themselves.
    """
    if sys.platform != "linux":  # pragma: no cover - only elsewhere
        return
    import ctypes

    with suppress(OSError, AttributeError):  # musl has no such function
        ctypes.CDLL(None).malloc_trim(0)


_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Numbers of ``mallopt`` (malloc.h)."""
_KEPT, _OWN_PAGES = 64 << 20, 32 << 20
"""Bytes: what may stay free at the heap's end, and from where a piece gets pages of its own (what glibc itself goes up
to)."""


def keep_freed_memory() -> bool:
    """Have the heap keep up to 64 MB of what work has freed, for the next photo; for processes that end with it.

    glibc gives the pages of each photo back and asks for as many anew: 4,000 page faults and 3 % of its time.

    Returns:
        Whether it does from now on; other systems do as they are used to.
    """
    if sys.platform != "linux":  # pragma: no cover - only elsewhere
        return False
    import ctypes

    with suppress(OSError, AttributeError):  # musl has no such function
        set_option = ctypes.CDLL(None).mallopt
        return bool(set_option(_MMAP_THRESHOLD, _OWN_PAGES) and set_option(_TRIM_THRESHOLD, _KEPT))
    return False


if sys.platform == "win32":  # pragma: no cover - only on Windows
    import ctypes

    class _MemoryStatus(ctypes.Structure):
        """MEMORYSTATUSEX (sysinfoapi.h)."""

        _fields_ = (
            ("length", ctypes.c_uint32),
            ("load", ctypes.c_uint32),
            ("total", ctypes.c_uint64),
            ("free", ctypes.c_uint64),
            ("others", ctypes.c_uint64 * 5),
        )

    def _free_on_windows() -> int | None:
        status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
        return int(status.free) if ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)) else None


def _free_on_mac() -> int | None:  # pragma: no cover - only on macOS
    """Free, inactive and speculative pages, as vm_stat(1) counts them."""
    import subprocess

    with suppress(OSError, subprocess.SubprocessError):
        said = subprocess.run(["vm_stat"], capture_output=True, text=True, check=True, timeout=5).stdout
        size = re.search(r"page size of (\d+)", said)
        pages = re.findall(r"^Pages (?:free|inactive|speculative):\s+(\d+)", said, re.MULTILINE)
        return sum(map(int, pages)) * int(size[1]) if size and pages else None
    return None

"""Starts ffmpeg so that it cannot outlive the studio: ffmpeg itself goes on after its parent has died."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.priority import give_way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_NO_START = {
    **{126: "126", 127: "127"},
    **{0xC0000022: "0xC0000022", 0xC000007B: "0xC000007B", 0xC0000135: "0xC0000135", 0xC0000139: "0xC0000139"},
}
"""How a program ends that the system did not start: of the shell's kin (env(1)), and of Windows (ntstatus.h: denied,
bad image, a library or a function of one is missing). ffmpeg itself ends with none of them."""
_NOT_RUN = re.compile(r"^setpriv: .*: ([^:\n]+)$", re.MULTILINE)
_MOST_SAID = 160
"""Characters of it that a message has room for."""
_NOT_LOADED = re.compile(r"error while loading shared libraries: ([^\n]+)|(version `GLIBC[^\n]+)")
"""What ld.so(8) says of a program that lacks a library: a build for another system. It ends with 127, or 1."""


def _guard_process(args: Sequence[str]) -> list[str]:
    """On Linux, let the kernel kill the process when the thread that started it ends (prctl(2), PR_SET_PDEATHSIG)."""
    if sys.platform == "linux" and (setpriv := shutil.which("setpriv")):
        return [setpriv, "--pdeathsig", "KILL", "--", *args]
    return list(args)


def why_not_run(said: str, code: int) -> str:
    """Why the program was not started: as guard, loader or shell say it, else the number; empty when it was.

    Args:
        said: the end of the error output.
        code: how the process ended.
    """
    if code and (lacking := _NOT_LOADED.search(said)):
        return (lacking[1] or lacking[2]).strip()
    if code not in _NO_START:
        return ""
    if found := _NOT_RUN.search(said):  # setpriv(1)
        return found[1]
    return said.strip().rpartition("\n")[2][-_MOST_SAID:] or _NO_START[code]


if sys.platform == "win32":  # pragma: no cover - only on Windows
    import ctypes
    from ctypes import wintypes

    class _Limits(ctypes.Structure):
        """JOBOBJECT_EXTENDED_LIMIT_INFORMATION; only the flags are set (winnt.h)."""

        _fields_ = (
            ("times", ctypes.c_int64 * 2),
            ("flags", wintypes.DWORD),
            ("sizes", ctypes.c_size_t * 2),
            ("active", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("classes", wintypes.DWORD * 2),
            ("counters", ctypes.c_uint64 * 6),
            ("memory", ctypes.c_size_t * 4),
        )

    _FLAGS = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS

    def _tie_process(process: subprocess.Popen[bytes]) -> object:
        """Put the process in a job object that ends with this program, however it ends."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        job = kernel.CreateJobObjectW(None, None)
        limits = _Limits(flags=0x2000)  # JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
        kernel.SetInformationJobObject(wintypes.HANDLE(job), 9, ctypes.byref(limits), ctypes.sizeof(limits))
        kernel.AssignProcessToJobObject(wintypes.HANDLE(job), wintypes.HANDLE(int(process._handle)))  # type: ignore[attr-defined]
        return job

    def _release_job(job: object) -> None:
        ctypes.WinDLL("kernel32").CloseHandle(job)

else:
    _FLAGS = 0

    def _tie_process(process: subprocess.Popen[bytes]) -> object:
        return None

    def _release_job(job: object) -> None:
        pass


@contextmanager
def child_process(args: Sequence[str], folder: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program with pipes for input, output and errors; it is dead when the block is left.

    It gives way to whoever works at the computer meanwhile.

    Args:
        args: program and arguments; never a shell.
        folder: working directory.

    Raises:
        UserError: ``video.barred``.
    """
    try:
        process = subprocess.Popen(
            _guard_process(args),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            creationflags=_FLAGS,
        )
    except OSError as error:
        raise UserError("video.barred", file=args[0], detail=error.strerror or str(error)) from error
    give_way(process.pid)
    tie = _tie_process(process)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                with suppress(OSError):  # what was left in the pipe to a dead process is of no use
                    pipe.close()
        _release_job(tie)

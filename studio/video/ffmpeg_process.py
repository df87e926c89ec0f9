"""Runs one ffmpeg process: progress, cancel, hang guard, and what went wrong in words.

The file is written under the name given by the plan, which is a temporary one; ``verify`` and the rename come after.
"""

from __future__ import annotations

import queue
import re
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.video.binary import ffmpeg_path
from studio.video.process import child_process, why_not_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import IO

    from studio.base.progress import Progress
    from studio.video.ffmpeg_arguments import FfmpegPlan

QUIET = ("-hide_banner", "-loglevel", "error", "-y")
"""In front of every plan."""
REPORT = ("-progress", "pipe:1", "-nostats", "-stats_period", "0.25")
_PATIENCE = 180.0
"""Seconds without any news after which ffmpeg counts as hung: a slow laptop may need a minute for the first frame."""
_GRACE = 3.0
"""Seconds to stop by itself after being asked; then it is killed."""
_TAIL = 8_000
"""Bytes of error output kept."""
_KILLED = {-9, 0xC0000017}
"""How a process ends that the kernel took for want of memory: by SIGKILL, which nobody else sends it; on Windows with
STATUS_NO_MEMORY."""
_NO_MEMORY = ("Cannot allocate memory", "Out of memory", "malloc of size")
"""As ffmpeg and x264 say it."""


def run_plan(plan: FfmpegPlan, seconds: float, progress: Progress, what: str, folder: Path) -> None:
    """Write the plan's files, run it, and report seconds of the result that are done.

    Args:
        plan: what to run; its outputs are temporary names.
        seconds: length of the result.
        progress: called about every quarter second; may cancel.
        what: what is being made, for the report.
        folder: where ffmpeg runs and keeps its logs.

    Raises:
        UserError: ``video.no_ffmpeg``, ``video.barred``, ``video.out_of_memory``, ``error.disk_full``,
            ``video.failed``, ``video.silent``, ``video.hung``.
        WorkCancelled: from ``progress``; ffmpeg has ended by then.
    """
    for file, text in plan.files:
        Path(file).write_text(text, encoding="utf-8")
    run_ffmpeg([*QUIET, *REPORT, *plan.args], lambda done: progress.report(min(done, seconds), seconds, what), folder)


def run_ffmpeg(args: Sequence[str], report: Callable[[float], None], folder: Path) -> str:
    """Run ffmpeg with ``args``; its error output is returned (it is empty unless asked for).

    Args:
        args: without the program.
        report: called with seconds done, at least four times a second; what it raises stops ffmpeg.
        folder: where ffmpeg runs.

    Raises:
        UserError: see ``run_plan``.
    """
    with child_process([ffmpeg_path(), *args], folder) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        news: queue.Queue[bytes | None] = queue.Queue()
        errors: list[bytes] = []
        threads = [
            threading.Thread(target=_read_lines, args=(process.stdout, news), daemon=True),
            threading.Thread(target=_keep_errors, args=(process.stderr, errors), daemon=True),
        ]
        for thread in threads:
            thread.start()
        try:
            _watch_progress(news, report)
        except BaseException:
            _ask_stop(process)
            raise
        finally:
            _finish_process(process, threads)
        said = b"".join(errors).decode("utf-8", "replace")
    if process.returncode:
        raise _explain_error(said, process.returncode, folder)
    return said


def feed_frames(args: Sequence[str], frames: Iterable[bytes | memoryview], folder: Path) -> None:
    """Run ffmpeg and write ``frames`` to its input; what raises while they are made stops ffmpeg.

    Args:
        args: without the program; the input is ``pipe:0``.
        frames: raw pictures.
        folder: where ffmpeg runs.

    Raises:
        UserError: see ``run_plan``.
    """
    with child_process([ffmpeg_path(), *args], folder) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        assert process.stdout is not None
        errors: list[bytes] = []
        threads = [
            threading.Thread(target=_keep_errors, args=(process.stderr, errors), daemon=True),
            threading.Thread(target=_keep_errors, args=(process.stdout, []), daemon=True),
        ]
        for thread in threads:
            thread.start()
        try:
            for frame in frames:
                process.stdin.write(frame)
            process.stdin.close()
        except (BrokenPipeError, OSError):
            pass  # ffmpeg has ended; why, it has said
        process.wait()
        for thread in threads:
            thread.join(_GRACE)
        said = b"".join(errors).decode("utf-8", "replace")
    if process.returncode:
        raise _explain_error(said, process.returncode, folder)


def _read_lines(pipe: IO[bytes], news: queue.Queue[bytes | None]) -> None:
    with suppress(ValueError, OSError):
        for line in pipe:
            news.put(line)
    news.put(None)


def _keep_errors(pipe: IO[bytes], errors: list[bytes]) -> None:
    """Read error output so that ffmpeg never waits for us; only the end is kept."""
    with suppress(ValueError, OSError):
        for line in pipe:
            errors.append(line)
            while sum(map(len, errors)) > _TAIL and len(errors) > 1:
                del errors[0]


def _watch_progress(news: queue.Queue[bytes | None], report: Callable[[float], None]) -> None:
    """Pass the progress on until the output ends; report also while there is no news, so that cancelling works."""
    done, heard = 0.0, time.monotonic()
    while True:
        try:
            line = news.get(timeout=0.25)
        except queue.Empty:
            if time.monotonic() - heard > _PATIENCE:
                raise UserError("video.hung", minutes=round(_PATIENCE / 60)) from None
            report(done)
            continue
        if line is None:
            return
        key, _, value = line.decode("ascii", "replace").strip().partition("=")
        if key == "out_time_us" and value.lstrip("-").isdigit():
            now = max(0, int(value)) / 1_000_000
            heard = time.monotonic() if now > done else heard
            done = max(done, now)
        elif key == "progress":
            report(done)


def _ask_stop(process: subprocess.Popen[bytes]) -> None:
    """Ask ffmpeg to end; ``child`` kills it when it does not."""
    with suppress(OSError, ValueError):
        assert process.stdin is not None
        process.stdin.write(b"q")
        process.stdin.flush()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_GRACE)


def _finish_process(process: subprocess.Popen[bytes], threads: Sequence[threading.Thread]) -> None:
    try:
        process.wait(_GRACE * 4)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for thread in threads:
        thread.join(_GRACE)


def _explain_error(said: str, code: int, folder: Path) -> UserError:
    if why := why_not_run(said, code):
        return UserError("video.barred", file=ffmpeg_path(), detail=why)
    if code in _KILLED or any(words in said for words in _NO_MEMORY):
        return UserError("video.out_of_memory")
    if "No space left" in said or "not enough space" in said:
        return UserError("error.disk_full", place=str(folder), need="?", free="0 MB")
    lines = [re.sub(r"^\[[^\]]*\]\s*", "", line.strip()) for line in said.splitlines() if line.strip()]
    detail = "; ".join(dict.fromkeys(line.rstrip(".") for line in lines[-3:]))
    return UserError("video.failed", detail=detail[:300]) if detail else UserError("video.silent", number=code)

"""Threads that paint, and the window, never wait for each other."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import threading
from pathlib import Path


def test_two_threads_paint_while_the_window_is_there(tmp_path, repository):
    """Qt asks for its own texts while it holds the lock of its picture plugins: whoever answers must not wait."""
    script = Path(__file__).with_name("paint_in_threads.py")
    command = [sys.executable, str(script), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=repository, timeout=60, check=False)
    assert done.stdout.split()[-1:] == ["240"], done.stderr[-2000:]


def test_the_whole_window_at_work_never_stands_still(tmp_path, repository):
    """It paints, exports, scrubs, types and changes its theme for some seconds, threads taking turns all the time."""
    report = tmp_path / "report.json"
    command = [sys.executable, "bench/soak.py", "--seconds", "2", "--eager", "--patience", "30", "--json", str(report)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=repository, timeout=180, check=False)
    assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-3000:]
    found = json.loads(report.read_text(encoding="utf-8"))
    assert found["wrong"] == []
    assert found["steps"] > 0


class Circle:
    """Rubbish that tells which thread takes it away."""

    def __init__(self, told: list[str]) -> None:
        self.me, self.told = self, told

    def __del__(self) -> None:
        self.told.append(threading.current_thread().name)


def test_rubbish_is_taken_away_in_the_windows_thread_only_while_there_are_workers(threaded_jobs, qtbot):
    told: list[str] = []
    threaded_jobs.start("", lambda _: [Circle(told) for _ in range(3000)] and None)
    qtbot.waitUntil(lambda: len(told) == 3000, timeout=5000)
    assert set(told) == {threading.main_thread().name}
    threaded_jobs.close()
    assert gc.isenabled()

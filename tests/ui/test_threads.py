"""Threads that paint, and the window, never wait for each other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_two_threads_paint_while_the_window_is_there(tmp_path, repository):
    """Qt asks for its own texts while it holds the lock of its picture plugins: whoever answers must not wait."""
    script = Path(__file__).with_name("paint_in_threads.py")
    command = [sys.executable, str(script), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=repository, timeout=60, check=False)
    assert done.stdout.split()[-1:] == ["240"], done.stderr[-2000:]

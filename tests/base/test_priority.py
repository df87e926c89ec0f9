"""Long work gives way to the window, and never takes more than it had."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from studio.base.priority import NICENESS, OFFERED, give_way
from studio.export.running.task_executors import ProcessExecutor
from studio.video.process import child_process

WAIT = [sys.executable, "-c", "input()"]


def offered(pid: int) -> int:
    return int(Path(f"/proc/{pid}/oom_score_adj").read_text(encoding="ascii"))


def niceness(pid: int) -> int:
    return os.getpriority(os.PRIO_PROCESS, pid)


def test_a_child_gives_way_and_the_studio_itself_does_not():
    mine = niceness(0)
    with child_process(WAIT) as process:
        assert niceness(process.pid) == max(NICENESS, mine)
    assert niceness(0) == mine


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be told whom to end first")
def test_a_child_is_ended_before_the_studio_where_memory_runs_out():
    mine = offered(os.getpid())
    with child_process(WAIT) as process:
        assert offered(process.pid) == max(OFFERED, mine)
    assert offered(os.getpid()) == mine


def test_the_processes_of_an_export_give_way():
    executor = ProcessExecutor(1)
    try:
        assert executor._pool.submit(niceness, 0).result() >= NICENESS
    finally:
        executor.close()


def test_what_gave_way_more_already_stays_there():
    more = min(19, niceness(0) + 15)  # the tests themselves may run with another priority
    with subprocess.Popen(["nice", "-n", "15", *WAIT], stdin=subprocess.PIPE) as process:
        while niceness(process.pid) < more:  # until nice has done its work
            pass
        give_way(process.pid)
        assert niceness(process.pid) >= more
        process.communicate(b"\n")


def test_a_process_that_is_over_is_no_trouble():
    with subprocess.Popen([sys.executable, "-c", "pass"]) as process:
        process.wait()
    give_way(process.pid)

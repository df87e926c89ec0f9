from __future__ import annotations

import json
import os
import socket
from datetime import datetime

import pytest

from studio.store.lock import LockRefused, WorkspaceLock, acquire_lock, refusal_notice
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Group, Story

HOLD = """
import sys
from pathlib import Path
from studio.store.workspace import create_workspace, open_workspace
workspace = open_workspace(Path(sys.argv[1]))
print(workspace.read_only, flush=True)
sys.stdin.readline()
workspace.close()
print("closed", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "lock"


def elsewhere(path, host="laptop-desa", pid=4):
    holder = {"host": host, "pid": pid, "user": "siti", "since": "2026-11-22T02:00:00+00:00", "token": "t"}
    path.write_text(json.dumps(holder))


def test_one_writer_and_then_the_next(path):
    first = acquire_lock(path)
    assert isinstance(first, WorkspaceLock)
    second = acquire_lock(path)
    assert isinstance(second, LockRefused)
    assert second.holder == first.holder
    assert refusal_notice(second).facts["host"] == socket.gethostname()
    first.release_lock()
    first.release_lock()
    third = acquire_lock(path)
    assert isinstance(third, WorkspaceLock)
    assert not third.after_crash
    third.release_lock()


def test_two_processes_on_one_workspace(workspace, child):
    workspace.close()
    other = child(HOLD, workspace.path)
    assert other.stdout.readline() == "False\n"
    with open_workspace(workspace.path) as here:
        assert here.read_only
        assert [notice.code for notice in here.problems] == ["store.locked"]
        assert here.problems[0].facts["host"] == socket.gethostname()
    print(file=other.stdin, flush=True)
    assert other.stdout.readline() == "closed\n"
    with open_workspace(workspace.path) as here:
        assert not here.read_only
        assert not here.after_crash


def test_a_crash_is_noticed_and_its_lock_taken(workspace, child):
    workspace.close()
    other = child(HOLD, workspace.path)
    other.stdout.readline()
    other.kill()
    other.wait(timeout=60)
    with open_workspace(workspace.path) as here:
        assert not here.read_only
        assert here.after_crash


def test_a_reused_process_number_fools_nobody(path):
    elsewhere(path, socket.gethostname(), os.getppid())
    lock = acquire_lock(path)
    assert isinstance(lock, WorkspaceLock)
    assert lock.after_crash
    lock.release_lock()


def test_another_computer_is_respected_until_the_user_says_otherwise(path):
    elsewhere(path)
    refused = acquire_lock(path)
    assert isinstance(refused, LockRefused)
    assert refusal_notice(refused).facts["host"] == "laptop-desa"
    assert refusal_notice(refused).facts["seen"].startswith("20")
    assert json.loads(path.read_text())["host"] == "laptop-desa"
    lock = acquire_lock(path, take_over=True)
    assert isinstance(lock, WorkspaceLock)
    assert not lock.after_crash
    lock.release_lock()


def test_the_last_sign_of_life_is_that_of_the_holder_however_often_others_look(path):
    elsewhere(path)
    os.utime(path, (1_763_777_700, 1_763_777_700))
    for _ in range(3):
        refused = acquire_lock(path)
        assert refused.seen == "2025-11-22T02:15:00+00:00"
        assert refused.elsewhere
    told = refusal_notice(refused)
    assert told.code == "store.locked_elsewhere"
    assert told.facts["seen"] == f"{datetime.fromtimestamp(1_763_777_700).astimezone():%Y-%m-%d %H:%M}"
    assert path.stat().st_mtime == 1_763_777_700


def test_whoever_lives_on_this_computer_cannot_be_taken_over(workspace, child):
    workspace.close()
    other = child(HOLD, workspace.path)
    other.stdout.readline()
    with open_workspace(workspace.path, take_over=True) as here:
        assert here.read_only
        assert [notice.code for notice in here.problems] == ["store.locked"]


def test_the_beat_is_a_sign_of_life_and_notices_a_takeover(workspace):
    lock = workspace.path / ".studio" / "lock"
    os.utime(lock, (1, 1))
    assert workspace.site.give_sign() == "here"
    assert lock.stat().st_mtime > 1
    elsewhere(lock)
    assert workspace.site.give_sign() == "taken"
    assert workspace.read_only
    assert workspace.problems[-1].code == "store.taken_over"
    workspace.close()
    assert json.loads(lock.read_text())["host"] == "laptop-desa"


def test_nonsense_in_the_lock_is_no_holder(path):
    path.write_bytes(b"\0\0 rusak")
    lock = acquire_lock(path)
    assert isinstance(lock, WorkspaceLock)
    lock.release_lock()


def test_reading_needs_no_lock(workspace, story):
    folder = workspace.add(story)
    with open_workspace(workspace.path, write=False) as reader:
        assert reader.read_only
        assert reader.problems == ()
        assert reader.load(folder).headline == story.headline
    assert workspace.site.give_sign() == "here"
    assert workspace.save(folder, Story(id="s1", headline="Lain")).headline == "Lain"


def test_a_lock_that_was_released_is_not_taken_again(path):
    first = acquire_lock(path)
    first.release_lock()
    assert not first.take_again()
    second = acquire_lock(path)
    assert isinstance(second, WorkspaceLock)
    second.release_lock()


def test_a_look_after_closing_leaves_the_workspace_to_the_next_window(tmp_path):
    """A timer or a worker may look whether the drive is there when the window has just closed."""
    closed = create_workspace(tmp_path / "kerja", Group(name="KIM"))
    closed.close()
    assert closed.site.known_presence() == "here"
    closed.site.require_workspace()
    with open_workspace(tmp_path / "kerja") as following:
        assert not following.read_only

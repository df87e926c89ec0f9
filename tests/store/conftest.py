"""Workspaces, clocks and child processes for the tests of the store."""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studio.store.workspace import create_workspace
from studio.story.model import Group, Photo, Story

ROOT = Path(__file__).resolve().parents[2]


class Clock:
    """A clock that only the test moves."""

    def __init__(self):
        self.now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self):
        return self.now

    def pass_by(self, **span):
        self.now += timedelta(**span)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def workspace(tmp_path, clock):
    with create_workspace(tmp_path / "kerja", Group(name="KIM Bina Warga", village="Sukamaju"), clock) as opened:
        yield opened


@pytest.fixture
def story():
    return Story(
        id="s1",
        headline="Warga Sukamaju gotong royong",
        date="2026-11-22",
        byline=("Siti Aminah",),
        body="Puluhan warga membersihkan saluran.\n\nAir kembali mengalir.",
        photos=(Photo(id="p1", file="0123456789abcdef.jpg", caption="Warga di parit", focus=(0.4, 0.3)),),
    )


@pytest.fixture
def child():
    """Starts Python with a script; whatever still runs at the end of the test is killed."""
    started = []

    def start(script, *arguments, prefix=()):
        process = subprocess.Popen(
            [*prefix, sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def private_mount(child):
    """Runs a script in which ``mount`` affects nobody else: as root, or as root of a user namespace."""
    for prefix in (["unshare", "--mount"], ["unshare", "--user", "--map-root-user", "--mount"]):
        if not shutil.which("unshare"):
            break
        command = [*prefix, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:
            return lambda script, *arguments: child(script, *arguments, prefix=prefix)
    return pytest.skip("needs unshare(1) and the right to mount in a namespace of its own")

"""Work in a process of its own: reports come through, it can be stopped, and its end of any kind is told."""

from __future__ import annotations

import os
import time
from functools import partial

import pytest

from studio.base import paths
from studio.base.errors import UserError, WorkCancelled
from studio.base.log import part_logger
from studio.base.progress import SilentProgress
from studio.services.own_process import run_apart


def count_up(most, progress):
    part_logger().error("a bug in one file")
    for number in range(most + 1):
        progress.report(number, most, f"part {number}")
    return os.getpid()


def go_on(note, progress):
    """Works until it is stopped, and then says that it was."""
    try:
        while True:
            progress.report(1, 2, "on")
            time.sleep(0.01)
    except WorkCancelled:
        note.write_text("stopped", encoding="utf-8")
        raise


def fall(how, progress):
    if how == "kill while it tells":
        os.write(progress._there.fileno(), b"\0\0\1\0half")
    if how == "user":
        raise UserError("export.refused", file="foto.jpg")
    if how == "bug":
        raise ZeroDivisionError("a bug")
    os._exit(9)


def test_reports_and_the_result_come_from_another_process():
    told = []

    class Heard:
        def report(self, *news):
            told.append(news)

    assert run_apart(partial(count_up, 3), Heard()) != os.getpid()
    assert told[-1] == (3, 3, "part 3")
    assert "a bug in one file" in (paths.log_dir() / "studio.log").read_text(encoding="utf-8")


def test_it_is_stopped_and_has_ended_when_the_user_is_told(tmp_path):
    class Impatient:
        def report(self, done, _total, _what):
            if done:
                raise WorkCancelled

    with pytest.raises(WorkCancelled):
        run_apart(partial(go_on, tmp_path / "note"), Impatient())
    assert (tmp_path / "note").read_text(encoding="utf-8") == "stopped"


@pytest.mark.parametrize(
    ("how", "error", "says"),
    [
        ("user", UserError, "export.refused"),
        ("bug", ZeroDivisionError, "a bug"),
        ("kill", UserError, "export.process_died"),
        ("kill while it tells", UserError, "export.process_died"),
    ],
)
def test_what_went_wrong_there_is_raised_here(how, error, says):
    with pytest.raises(error, match=says) as raised:
        run_apart(partial(fall, how), SilentProgress())
    # A bug says where it happened: the traceback of another process stays there.
    assert (" in fall\n" in "".join(getattr(raised.value, "__notes__", ()))) is (how == "bug")

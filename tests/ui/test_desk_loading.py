"""Desks are imported in a worker when somebody comes to their tabs, and what is to be done there waits for it."""

from __future__ import annotations

import compileall
import sys
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, QPoint
from PySide6.QtTest import QTest
from shiboken6 import delete

from studio.base.errors import WorkCancelled
from studio.base.progress import SilentProgress
from studio.ui.shell import desk_loading
from studio.ui.shell.desk_loading import read_modules


@pytest.fixture
def around(monkeypatch, qapp):
    """A loader of desks that nobody has imported, whose worker works when told to."""
    waiting = []
    jobs = SimpleNamespace(start=lambda _title, work, **how: waiting.append((work, how["ended"])))
    monkeypatch.setattr(desk_loading, "desk_modules", lambda code: (f"_kim_{code}",))

    def load(code, _progress):
        monkeypatch.setitem(sys.modules, f"_kim_{code}", object())

    monkeypatch.setattr(desk_loading, "load_desk", load)
    parent = QObject()

    def work_off():
        while waiting:
            work, ended = waiting.pop(0)
            work(SilentProgress())
            ended("done")

    yield SimpleNamespace(loader=desk_loading.DeskLoader(jobs, parent), waiting=waiting, work_off=work_off)
    parent.deleteLater()


def test_what_needs_a_desk_waits_for_its_import_and_the_last_wish_counts(around):
    done = []
    around.loader.begin("photo")
    for code in ("photo", "video", "photo"):
        around.loader.when_loaded(code, lambda code=code: done.append(code))
    assert (len(around.waiting), done) == (2, [])
    around.work_off()
    assert done == ["photo"]
    around.loader.when_loaded("video", lambda: done.append("at once"))
    assert (around.waiting, done) == ([], ["photo", "at once"])


def test_an_import_that_failed_is_tried_again(around):
    around.loader.begin("photo")
    _, ended = around.waiting.pop()
    ended("failed")
    around.loader.begin("photo")
    assert len(around.waiting) == 1


def test_the_mouse_on_a_tab_announces_its_desk(opened):
    tabs, came = opened.window.shell.tabs, []
    tabs.approached.connect(came.append)
    for spot in (tabs.tab_middle("video"), tabs.tab_middle("video") + QPoint(3, 0), tabs.tab_middle("check")):
        QTest.mouseMove(tabs, spot)
    assert came == ["video", "check"]


def test_the_groups_page_is_made_in_one_turn_and_shown_in_the_next(opened, monkeypatch):
    turns = []
    monkeypatch.setattr(opened.tools.jobs, "soon", lambda _owner, call: turns.append(call))
    opened.window.actions.all["group"].trigger()
    place = opened.window.group_place
    assert place.desk.page is not None
    assert not place.shown
    assert not place.desk.isVisible()
    for call in turns:
        call()
    assert place.shown
    assert opened.window.shell.pages.currentWidget() is place.desk


def test_turns_come_one_after_the_other_and_not_for_what_is_gone(threaded_jobs, qtbot):
    done, gone = [], QObject()
    threaded_jobs.soon(gone, lambda: done.append("gone"))
    for number in (1, 2):
        threaded_jobs.soon(threaded_jobs, lambda number=number: done.append(number))
    delete(gone)
    assert done == []
    qtbot.waitUntil(lambda: len(done) == 2)
    assert done == [1, 2]


def test_what_this_python_compiled_is_read_wherever_it_lies(tmp_path):
    for name in ("air.py", "sawah/padi.py", "sawah/irigasi/pintu.py"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"NAME = {name!r}\n", encoding="utf-8")
    assert read_modules(tmp_path, SilentProgress()) == 0  # never compiled
    compileall.compile_dir(tmp_path, quiet=1)
    compiled = list(tmp_path.rglob("*.pyc"))
    (compiled[0].with_name("air.cpython-27.pyc")).write_bytes(b"of another Python")
    assert len(compiled) == 3
    assert read_modules(tmp_path, SilentProgress()) == sum(path.stat().st_size for path in compiled)


def test_reading_ahead_ends_with_the_window(tmp_path):
    (tmp_path / "air.py").write_text("", encoding="utf-8")
    compileall.compile_dir(tmp_path, quiet=1)

    class Closing(SilentProgress):
        def report(self, done, total, message):
            raise WorkCancelled

    with pytest.raises(WorkCancelled):
        read_modules(tmp_path, Closing())

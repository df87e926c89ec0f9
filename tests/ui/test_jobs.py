"""The bridge to the worker threads."""

from __future__ import annotations

import errno
import gc
import sys
import threading
import time
from functools import partial

import pytest
from PySide6.QtCore import QObject, Signal
from shiboken6 import delete, isValid

from studio.app import make_application
from studio.base.errors import UserError, WorkCancelled
from studio.ui.core import background_jobs
from studio.ui.core.background_jobs import BackgroundJob, InlineJobs, ThreadedJobs


def test_the_result_and_the_reports_come_in_the_windows_thread(threaded_jobs, qtbot):
    worked, told = [], []

    def work(progress):
        worked.append(threading.current_thread())
        for step in range(3):
            progress.report(step, 3, f"berkas {step}")
        return 42

    job = threaded_jobs.start("Mengekspor", work, done=lambda result: told.append((result, threading.current_thread())))
    news = []
    job.progressed.connect(lambda *what: news.append((what, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(42, threading.main_thread())]
    assert worked[0] is not threading.main_thread()
    assert {thread for _, thread in news} <= {threading.main_thread()}
    assert job.state == "done"
    assert threaded_jobs.running() == ()


@pytest.mark.parametrize("ends", ["done", "failed"])
def test_a_part_of_the_window_that_was_closed_meanwhile_is_not_told(threaded_jobs, qtbot, ends):
    class Part(QObject):
        told = Signal()

        def take(self, _first, *_result):
            self.told.emit()  # raises when the part is gone

    part, gate = Part(), threading.Event()

    def work(_progress):
        gate.wait(10)
        if ends == "failed":
            raise UserError("disk.full", file="a")

    job = threaded_jobs.start("", work, done=partial(part.take, 1), failed=partial(part.take, 1))
    delete(part)
    gate.set()
    qtbot.waitUntil(lambda: job.state == ends)
    assert not isValid(part)


class Witness:
    """Tells which thread let go of it last; a widget would be destroyed there."""

    def __init__(self, told):
        self.told = told

    def __call__(self, *_):
        pass

    def __del__(self):
        self.told.append(threading.current_thread().name)


@pytest.mark.parametrize("ends", ["done", "failed", "cancelled"])
def test_a_worker_never_lets_go_of_anything_of_the_windows_as_the_last_one(threaded_jobs, qtbot, monkeypatch, ends):
    """Nor is it kept until the next job: a desk that was closed is gone when its work is."""
    told, gate = [], threading.Event()
    monkeypatch.setattr(background_jobs, "give_back_memory", lambda: time.sleep(0.05))

    def start(work, seen):
        def run(progress):
            gate.wait(10)
            progress.report(0, 1, "")
            if ends == "failed":
                raise UserError("disk.full", file="a")
            return work

        return threaded_jobs.start("", run, done=seen, failed=seen, ended=Witness(told))

    job = start(Witness(told), Witness(told))
    if ends == "cancelled":
        job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: gc.collect() >= 0 and len(told) == 3)
    assert set(told) == {threading.main_thread().name}


def test_one_lane_works_in_order_and_the_quick_lane_overtakes(threaded_jobs, qtbot):
    order, gate = [], threading.Event()
    threaded_jobs.start("lama", lambda _: gate.wait(10) and order.append("lama"))
    threaded_jobs.start("kedua", lambda _: order.append("kedua"))
    threaded_jobs.start("cepat", lambda _: order.append("cepat"), lane="quick")
    qtbot.waitUntil(lambda: order == ["cepat"])
    gate.set()
    qtbot.waitUntil(lambda: len(order) == 3)
    assert order == ["cepat", "lama", "kedua"]


def test_a_running_job_is_stopped_at_its_next_report(threaded_jobs, qtbot):
    begun, ended = threading.Event(), []

    def work(progress):
        begun.set()
        try:
            while True:
                progress.report(0, 1, "")
                time.sleep(0.005)
        except WorkCancelled:
            ended.append("cleaned up")
            raise

    job = threaded_jobs.start("lama", work, done=lambda _: ended.append("done"))
    qtbot.waitUntil(begun.is_set)
    with qtbot.waitSignal(job.ended):
        job.cancel()
    assert ended == ["cleaned up"]
    assert job.state == "cancelled"


def test_a_waiting_job_that_is_stopped_never_begins(threaded_jobs, qtbot):
    gate, ran = threading.Event(), []
    threaded_jobs.start("lama", lambda _: gate.wait(10))
    job = threaded_jobs.start("kedua", lambda _: ran.append(1))
    job.cancel()
    with qtbot.waitSignal(job.ended):
        gate.set()
    assert ran == []
    assert job.state == "cancelled"


def fail_with(error):
    def work(_):
        raise error

    return work


BUSY = UserError("store.busy", story="x", detail="y")


def test_trouble_reaches_whoever_asked_for_it_or_the_window(threaded_jobs, qtbot):
    caught, ends = [], []
    job = threaded_jobs.start("a", fail_with(BUSY), failed=caught.append, ended=ends.append)
    qtbot.waitUntil(lambda: caught == [BUSY])
    assert (job.state, ends) == ("failed", ["failed"])
    with qtbot.waitSignal(threaded_jobs.troubled) as signal:
        threaded_jobs.start("b", fail_with(BUSY))
    assert signal.args[1] is BUSY


def test_a_bug_goes_to_the_crash_handler_and_to_nobody_else(threaded_jobs, qtbot):
    bug, told, ends = ValueError("bug"), [], []
    threaded_jobs.troubled.connect(lambda *news: told.append(news))
    with qtbot.capture_exceptions() as raised:
        threaded_jobs.start("a", fail_with(bug), failed=told.append, ended=ends.append)
        qtbot.waitUntil(lambda: bool(raised))
    assert (raised[0][1], told, ends) == (bug, [], ["failed"])
    with pytest.raises(ValueError, match="bug"):
        InlineJobs().start("a", fail_with(bug), failed=told.append)


def test_nobody_is_called_when_the_part_that_owned_the_work_is_gone(threaded_jobs, qtbot):
    owner, gate, told = QObject(), threading.Event(), []
    calls = dict.fromkeys(("done", "failed", "ended"), told.append)
    threaded_jobs.start("a", lambda _: gate.wait(10), owner=owner, **calls)
    delete(owner)
    gate.set()
    threaded_jobs.start("b", lambda _: None, done=lambda _: told.append("later"))
    qtbot.waitUntil(lambda: told == ["later"])


def test_closing_stops_what_runs_and_leaves_no_thread(threaded_jobs, qtbot):
    begun = threading.Event()

    def work(progress):
        begun.set()
        while True:
            progress.report(0, 1, "")
            time.sleep(0.005)

    threaded_jobs.start("lama", work)
    qtbot.waitUntil(begun.is_set)
    threaded_jobs.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("jobs-")]


def test_the_status_bar_says_how_long_it_takes(make_studio, threaded_jobs, workspace_path, qtbot):
    studio = make_studio(jobs=threaded_jobs)
    studio.open_workspace(workspace_path)
    qtbot.waitUntil(lambda: not studio._later.isActive() and not threaded_jobs.running())
    status = studio.window.status.jobs
    job = BackgroundJob("Mengekspor")
    status.add(job)
    job.note(10, 100, "reel.mp4")
    assert job.left is None, "too early to say"
    for spent, told in ((100, "sekitar 5 menit lagi"), (20, "kurang dari dua menit lagi")):
        job.begun = time.monotonic() - spent
        job.note(25, 100, "reel.mp4")
        assert told in status.text.toolTip()
    job.note(5, 100, "video.mp4")
    assert job.left is None, "another file has a pace of its own"
    job.finish("done")
    assert status.isHidden()


def test_the_status_bar_shows_jobs_and_stops_them(make_studio, threaded_jobs, workspace_path, qtbot):
    studio = make_studio(jobs=threaded_jobs)
    studio.open_workspace(workspace_path)
    # The look at the folders that follows the first paint is a job too; only what is started here shall be counted.
    qtbot.waitUntil(lambda: not studio._later.isActive() and not threaded_jobs.running())
    status = studio.window.status.jobs
    begun = threading.Event()

    def work(progress):
        while True:
            progress.report(2, 6, "kartu.jpg")
            begun.set()
            time.sleep(0.005)

    threaded_jobs.start("Mengekspor", work)
    threaded_jobs.start("Menunggu", lambda _: None)
    qtbot.waitUntil(lambda: status.bar.value() == 333)
    assert "kartu.jpg" in status.text.text()
    assert status.more.text() == "+1"
    studio.window.actions.all["theme"].trigger()  # a new window shows the same jobs
    status = studio.window.status.jobs
    assert status.isVisible()
    status.stop.click()
    qtbot.waitUntil(lambda: not status.isVisible())


def test_the_inline_runner_does_it_at_once():
    done, troubles = [], []
    jobs = InlineJobs()
    jobs.troubled.connect(lambda job, error: troubles.append(error))
    assert jobs.start("a", lambda progress: progress.report(1, 1, "x") or 7, done=done.append).state == "done"
    assert done == [7]

    def cancelled(_):
        raise WorkCancelled

    def broken(_):
        raise UserError("store.busy", story="x", detail="y")

    assert jobs.start("b", cancelled).state == "cancelled"
    assert jobs.start("c", broken).state == "failed"
    assert len(troubles) == 1


NO_ROOM = OSError(errno.ENOSPC, "No space left on device", "/media/stik/KIM/.studio/cards")
REFUSED = {
    "error.disk_filled": NO_ROOM,
    "store.no_room": OSError(errno.ENOSPC, "No space left on device"),
    "store.read_only": OSError(errno.EROFS, "Read-only file system", "/media/stik/KIM/x.png"),
    "store.drive_gone": OSError(errno.EIO, "Input/output error", b"/media/stik/KIM/x.png"),
}


class Part(QObject):
    """A part of a window that hears in which thread it is told."""

    def __init__(self, heard):
        super().__init__()
        self.heard = heard

    def hear(self, what):
        self.heard.append((what, threading.current_thread() is threading.main_thread()))


@pytest.mark.parametrize("runner", [ThreadedJobs, InlineJobs])
def test_what_another_thread_posts_is_done_in_the_window_unless_its_part_is_gone(qtbot, runner):
    jobs, heard = runner(), []
    there, gone = Part(heard), Part(heard)

    def post(*parts):
        for part in parts:
            jobs.post(partial(part.hear, part is there))

    thread = threading.Thread(target=post, args=(gone, there))
    thread.start()
    thread.join()
    assert heard == []
    delete(gone)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [(True, True)]
    jobs.close()


@pytest.mark.parametrize("runner", [ThreadedJobs, InlineJobs])
@pytest.mark.parametrize("code", REFUSED)
def test_a_disk_that_refuses_anywhere_in_the_work_is_told_as_that_and_is_no_bug(qtbot, runner, code):
    def work(_):
        raise REFUSED[code]

    jobs, told = runner(), []
    jobs.troubled.connect(lambda _, error: told.append(error))
    jobs.start("Pratinjau", work, failed=told.append)
    jobs.start("Pratinjau", work)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert [isinstance(error, UserError) and error.code for error in told] == [code, code]
    jobs.close()


def test_a_file_that_is_missing_may_be_a_bug_and_stays_what_it_is(qtbot):
    def work(_):
        raise FileNotFoundError(errno.ENOENT, "No such file", "/x")

    with pytest.raises(FileNotFoundError):
        InlineJobs().start("", work, failed=print)


def test_the_window_does_not_wait_long_for_workers_that_compute(qapp):
    before = sys.getswitchinterval()
    try:
        sys.setswitchinterval(0.005)  # Python's own
        make_application()
        # What comes of it is measured by bench/soak.py: on a busy machine waiting for a processor hides it.
        assert sys.getswitchinterval() < 0.001
    finally:
        sys.setswitchinterval(before)

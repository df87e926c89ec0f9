"""The queue: what it keeps, what it makes, and what a kill, a pause or a pulled-out stick leaves behind."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from studio.base.errors import UserError, WorkCancelled
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.export.running.export_manifest import read_manifest
from studio.export.running.export_queue import MARK, ExportQueue, plan_week
from studio.export.running.queue_runner import QueueWatch, TimeLeft, run_queue
from studio.export.running.story_exporter import StoryExporter
from studio.paint import image
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Group, Photo, Story
from tests.small_packs import shrink_packs

TEXTS = MessageTexts(assets_dir() / "messages", "id")
WORKER = Path(__file__).with_name("work_queue.py")
ROOT = Path(__file__).resolve().parents[3]
QUICK = ("telegram", "x")


@pytest.fixture(scope="session")
def made_workspace(tmp_path_factory):
    """Three stories with a photo each, that may be exported clean."""
    from PIL import Image

    base = tmp_path_factory.mktemp("antrean")
    photo = base / "foto.jpg"
    Image.effect_noise((90, 70), 60).convert("RGB").save(photo, quality=90)
    with create_workspace(base / "KIM", Group(name="KIM Uji", village="Sukamaju", site="https://contoh.id")) as made:
        for number in range(3):
            name = made.add(
                Story(
                    id="",
                    headline=f"Warga perbaiki saluran irigasi blok {number}",
                    date=f"2026-11-{20 + number}",
                    body="Warga dusun bergotong royong memperbaiki saluran yang jebol.\n\nPekerjaan selesai sore hari.",
                )
            )
            file = made.import_media(name, photo)
            kept = Photo(id="f1", file=file, caption="Warga bekerja.", alt="Saluran", width=90, height=70)
            made.save(name, replace(made.load(name), photos=(kept,)))
        shrink_packs(made.templates_dir, *QUICK)
    return base / "KIM"


@pytest.fixture
def folder(made_workspace, tmp_path):
    """A copy to work in."""
    return Path(shutil.copytree(made_workspace, tmp_path / "KIM"))


@pytest.fixture
def workspace(folder):
    with open_workspace(folder) as opened:
        yield opened


def fill(workspace, outlets=QUICK, target=None) -> ExportQueue:
    queue = ExportQueue(workspace.path)
    queue.add([(name, workspace.load(name).headline) for name in workspace.story_folders()], outlets, target)
    return queue


def work(queue, workspace, progress=None, jobs=1, **more):
    with StoryExporter(workspace, templates_dir(), TEXTS, jobs=jobs) as exporter:
        return run_queue(queue, exporter, TEXTS, QueueWatch(progress or SilentProgress(), **more))


def files_below(place: Path) -> dict[str, tuple[int, str]]:
    """Every file under a final name: time and hash."""
    return {
        path.relative_to(place).as_posix(): (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in place.rglob("*")
        if path.is_file() and not path.name.startswith(".") and path.name != "manifest.json"
    }


def hashes(place: Path) -> dict[str, str]:
    return {name: digest for name, (_, digest) in files_below(place).items()}


class Watch:
    """A Progress that does something at a report."""

    def __init__(self, at: int, act) -> None:
        self.left, self.act = at, act

    def report(self, done: float, total: float, what: str) -> None:
        self.left -= 1
        if self.left == 0:
            self.act()


def stop():
    raise WorkCancelled


# ---------------------------------------------------------------------------------------------------- the list


def test_the_queue_is_on_disk_from_its_first_item(workspace):
    queue = fill(workspace)
    again = ExportQueue(workspace.path)
    assert again.items == queue.items
    assert [item.state for item in again.items] == ["waiting"] * 3
    assert again.items[0].headline.startswith("Warga perbaiki")


def test_a_story_that_waits_for_the_same_is_not_added_twice(workspace):
    queue = fill(workspace)
    first = workspace.story_folders()[0]
    assert queue.add([(first, "a")], QUICK) == 0
    assert queue.add([(first, "a")], ("website",)) == 1


def test_a_queue_file_that_cannot_be_read_is_put_aside(workspace):
    place = workspace.path / ".studio" / "queue" / "queue.json"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"{ rusak")
    assert ExportQueue(workspace.path).items == ()
    assert place.with_suffix(".broken").read_bytes() == b"{ rusak"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-6, 6)), max_size=8))
def test_moving_never_loses_an_item(tmp_path_factory, moves):
    folder = tmp_path_factory.mktemp("q")
    (folder / "workspace.json").write_text("{}", encoding="utf-8")
    queue = ExportQueue(folder)
    queue.add([(f"s{n}", "") for n in range(5)], ())
    ids = [item.id for item in queue.items]
    for which, by in moves:
        queue.move_item(ids[which], by)
    assert sorted(item.id for item in queue.items) == sorted(ids)
    assert ExportQueue(queue.workspace).items == queue.items


def test_a_week_has_seven_days():
    days = {"a": "2026-11-22", "b": "2026-11-23", "c": "2026-11-29T10:00:00+07:00", "d": "2026-11-30", "e": ""}
    assert plan_week(days, "2026-11-23") == ("b", "c")


def test_the_time_left_is_unknown_at_first_and_then_falls():
    now = [0.0]
    left = TimeLeft(lambda: now[0])
    assert left.seconds(0.5, 10) is None
    now[0] = 10.0
    assert left.seconds(2, 10) == pytest.approx(40)
    assert left.seconds(10, 10) == 0


# ---------------------------------------------------------------------------------------------------- the work


def test_everything_is_made_in_order_and_counted(workspace):
    queue, seen = fill(workspace), []
    queue.move_item(queue.items[2].id, -2)
    order = [item.id for item in queue.items]
    outcome = work(queue, workspace, tell=seen.append)
    assert (outcome.done, outcome.failed, outcome.stopped) == (3, 0, False)
    assert list(dict.fromkeys(report.item for report in seen)) == order
    assert [item.state for item in queue.items] == ["done"] * 3
    assert seen[-1].done == seen[-1].total == 3
    for item in queue.items:
        assert item.files == len(read_manifest(workspace.path / "exports" / item.story).files) > 3
        assert item.bytes > 1000


def test_two_workers_make_the_same_files(workspace, tmp_path):
    target = tmp_path / "stik"
    target.mkdir()
    work(fill(workspace, ("telegram",)), workspace)
    outcome = work(fill(workspace, ("telegram",), target), workspace, jobs=2)
    assert outcome.done == 3
    assert hashes(target) == hashes(workspace.path / "exports")


def test_a_pause_keeps_what_is_finished_and_goes_on(workspace):
    queue = fill(workspace)
    outcome = work(queue, workspace, Watch(6, queue.pause))
    assert outcome.stopped
    assert ExportQueue(workspace.path).paused
    before = files_below(workspace.path / "exports")
    assert before
    queue.resume_queue()
    assert work(queue, workspace).done == 3
    after = files_below(workspace.path / "exports")
    assert {name: after[name] for name in before} == before


def test_stopping_the_job_pauses_the_queue(workspace):
    queue = fill(workspace)
    outcome = work(queue, workspace, Watch(4, stop))
    assert outcome.stopped
    assert queue.paused
    assert {item.state for item in queue.items} <= {"waiting", "done"}


def test_a_cancelled_item_is_left_out_and_the_next_is_made(workspace):
    queue = fill(workspace)
    first = queue.items[0].id
    assert work(queue, workspace, Watch(4, lambda: queue.cancel(first))).done == 2
    assert [item.state for item in queue.items] == ["cancelled", "done", "done"]
    assert queue.retry_items(first) == 1
    assert work(queue, workspace).done == 1


def test_an_item_taken_off_the_list_while_it_is_made_is_gone(workspace):
    queue = fill(workspace)
    first = queue.items[0].id
    assert work(queue, workspace, Watch(4, lambda: queue.remove(first))).done == 2
    assert queue.find_item(first) is None


def test_a_lost_photo_is_told_in_plain_words_and_the_rest_is_made(workspace):
    queue = fill(workspace)
    story = queue.items[1].story
    photo = workspace.media_path(story, workspace.load(story).photos[0].file)
    kept = photo.read_bytes()
    photo.unlink()
    outcome = work(queue, workspace)
    assert (outcome.done, outcome.partly) == (2, 1)
    bad = [line for line in queue.items[1].log if line.bad]
    assert bad
    assert all(line.file and "Traceback" not in line.text and len(line.text) > 20 for line in bad)
    photo.write_bytes(kept)
    assert queue.retry_items() == 1
    before = files_below(workspace.path / "exports")
    assert work(queue, workspace).done == 1
    after = files_below(workspace.path / "exports")
    assert {name: after[name] for name in before} == before


def test_a_story_that_is_gone_fails_alone(workspace):
    queue = fill(workspace)
    workspace.delete(queue.items[0].story)
    assert work(queue, workspace).failed == 1
    assert "tidak" in queue.items[0].log[0].text


# ---------------------------------------------------------------------------------------------------- the stick


def test_a_stick_pulled_out_while_a_card_is_drawn_leaves_the_empty_mount_point_empty(workspace, tmp_path, monkeypatch):
    stick, real = tmp_path / "stik", image.paint_rgb
    stick.mkdir()
    queue = fill(workspace, ("instagram",), target=stick)

    def draw(*asked: object) -> object:
        drawn = real(*asked)
        if not (tmp_path / "laci").exists():
            stick.rename(tmp_path / "laci")
            stick.mkdir()
        return drawn

    monkeypatch.setattr(image, "paint_rgb", draw)
    assert work(queue, workspace).lost == 3
    assert (tmp_path / "laci").exists()
    assert not list(stick.iterdir())


def test_a_stick_pulled_out_is_reported_and_its_items_go_on_when_it_is_back(workspace, tmp_path):
    stick, away = tmp_path / "stik", tmp_path / "laci"
    stick.mkdir()
    queue = fill(workspace, target=stick)

    def pull() -> None:
        stick.rename(away)
        stick.mkdir()  # the empty mount point stays

    outcome = work(queue, workspace, Watch(5, pull))
    assert outcome.lost == 3
    assert {item.state for item in queue.items} == {"lost"}
    assert str(stick) in queue.items[0].log[0].text
    assert queue.found_again() == 0
    shutil.rmtree(stick)
    away.rename(stick)
    before = files_below(stick)
    assert queue.found_again() == 3
    assert work(queue, workspace).done == 3
    after = files_below(stick)
    assert {name: after[name] for name in before} == before


def test_a_target_that_cannot_be_written_is_refused_at_once(workspace, tmp_path):
    with pytest.raises(UserError, match=r"queue\.target"):
        fill(workspace, target=tmp_path / "tidak-ada")
    assert not (tmp_path / "tidak-ada").exists()


def test_two_queues_for_one_stick_share_its_mark(workspace, tmp_path):
    fill(workspace, target=tmp_path)
    mark = (tmp_path / MARK).read_text(encoding="ascii")
    fill(workspace, ("x",), target=tmp_path)
    assert (tmp_path / MARK).read_text(encoding="ascii") == mark


# ---------------------------------------------------------------------------------------------------- kill -9


def test_kill_9_leaves_no_half_file_and_makes_nothing_twice(folder, made_workspace, tmp_path):
    """The small sister of ``bench/queue_kills.py`` (50 stories, 9 outlets, videos, 20 kills)."""
    calm = Path(shutil.copytree(made_workspace, tmp_path / "tenang"))
    with open_workspace(calm) as workspace:
        work(fill(workspace), workspace)
    with open_workspace(folder) as workspace:
        fill(workspace)
    chance, seen, there = random.Random(6), {}, {**os.environ, "PYTHONPATH": str(ROOT)}
    wanted = hashes(calm / "exports")
    for _ in range(4):
        worker = subprocess.Popen([sys.executable, WORKER, folder, "1"], stdout=subprocess.PIPE, env=there)
        worker.stdout.readline()
        with worker:
            try:
                worker.wait(chance.uniform(0.05, 0.3))
            except subprocess.TimeoutExpired:
                worker.send_signal(signal.SIGKILL)
        found = files_below(folder / "exports") if (folder / "exports").exists() else {}
        assert {name: wanted[name] for name in found} == {name: digest for name, (_, digest) in found.items()}
        assert {name: found[name] for name in seen} == seen
        seen = found
    subprocess.run([sys.executable, WORKER, folder, "1"], check=True, stdout=subprocess.DEVNULL, env=there)
    last = files_below(folder / "exports")
    assert {name: last[name] for name in seen} == seen
    assert hashes(folder / "exports") == wanted
    assert not [path for path in (folder / "exports").rglob(".*") if path.is_file()]
    assert {item.state for item in ExportQueue(folder).items} == {"done"}


# ---------------------------------------------------------------------------------------------------- corrections


def test_a_published_story_that_changed_is_not_exported_before_its_correction(workspace):
    from studio.story.publishing import add_publication, correct_story

    name = workspace.story_folders()[0]
    story = add_publication("telegram", "2026-11-23T08:00:00+07:00", "https://t.me/x/1").apply(workspace.load(name))
    workspace.save(name, replace(story, headline="Warga perbaiki jembatan blok 0"))
    queue = ExportQueue(workspace.path)
    queue.add([(name, "")], QUICK)
    assert work(queue, workspace).failed == 1
    assert "ralat" in queue.items[0].log[0].text
    mended = workspace.load(name)
    when = "2026-11-24T08:00:00+07:00"
    workspace.save(name, correct_story(mended, "Yang diperbaiki jembatan", "salah dengar", when).apply(mended))
    queue.retry_items()
    assert work(queue, workspace).done == 1
    place = workspace.path / "exports" / name
    text = (place / "telegram" / "ralat.txt").read_text(encoding="utf-8")
    assert text.startswith("RALAT (24/11/2026)")
    assert "https://t.me/x/1" in text
    assert not (place / "x" / "ralat.txt").exists()


def test_a_full_disk_fails_in_plain_words_and_is_tried_again(workspace, monkeypatch):
    queue = fill(workspace)
    usage = shutil.disk_usage(workspace.path)
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda _place: usage._replace(free=1_000_000))
        outcome = work(queue, workspace)
    assert (outcome.done, outcome.failed) == (0, len(queue.items))
    assert not list((workspace.path / "exports").rglob("*.txt"))
    for item in queue.items:
        assert item.state == "failed"
        assert "1,0 MB" in item.log[-1].text
    assert queue.retry_items() == len(queue.items)
    assert work(queue, workspace).done == len(queue.items)

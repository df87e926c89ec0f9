"""An export on a cluster makes the same files as one at home, whatever becomes of workers, disks and connections."""

from __future__ import annotations

import json
import os
import pickle
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from distributed import LocalCluster
from msgspec.structs import replace as changed
from PIL import Image

from studio.base import paths
from studio.base.errors import UserError, WorkCancelled
from studio.base.i18n import MessageTexts
from studio.base.progress import SilentProgress
from studio.export.cluster import cluster_link, worker_tasks
from studio.export.cluster.cluster_link import open_cluster
from studio.export.cluster.cluster_run import WorkspaceWish, export_on_cluster
from studio.export.cluster.cluster_servers import WorkerWish, run_workers
from studio.export.cluster.rooted_pickle import read_rooted, write_rooted
from studio.export.running.export_manifest import read_manifest
from studio.export.running.story_exporter import StoryExporter
from studio.paint.qt_application import ensure_gui
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Group, Photo, Story
from tests.small_packs import shrink_packs

OUTLETS = ("instagram", "telegram")
TEXTS = MessageTexts(paths.assets_dir() / "messages")
BODY = "Warga dusun memperbaiki saluran irigasi.\n\nPekerjaan selesai sore hari."


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A workspace of two stories, one with a photo, and what an export at home makes of it."""
    folder = tmp_path_factory.mktemp("kabupaten") / "kim-uji"
    photo = folder.parent / "foto.jpg"
    Image.effect_noise((320, 240), 50).convert("RGB").save(photo)
    with create_workspace(folder, Group(name="KIM Uji", village="Sukamaju")) as workspace:
        shrink_packs(workspace.templates_dir, *OUTLETS)
        for number in range(2):
            name = workspace.add(
                Story(id="", headline=f"Warga perbaiki saluran {number}", date="2026-11-22", body=BODY)
            )
        kept = Photo(id="f", file=workspace.import_media(name, photo), caption="Warga.", width=320, height=240)
        workspace.save(name, changed(workspace.load(name), photos=(kept,)))
        with StoryExporter(workspace, paths.templates_dir(), TEXTS) as exporter:
            list(exporter.export((), OUTLETS, folder.parent / "rumah", SilentProgress()))
    return folder


@pytest.fixture(scope="module")
def cluster():
    ensure_gui()  # the workers are threads of this process
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0") as started:
        yield started


class Told(list):
    def __call__(self, notice):
        self.append(notice)

    def codes(self):
        return {notice.code for notice in self}


@pytest.fixture
def told():
    return Told()


def run_there(place, out, address, told, progress=None, **how):
    """Exported on a cluster; what became of the stories."""
    with open_workspace(place, write=False) as opened, open_cluster(address, told, **how) as link:
        wish = WorkspaceWish(opened, outlets=OUTLETS, out=out)
        return [each.exported for each in export_on_cluster([wish], link, TEXTS, progress or SilentProgress())]


def entries(out):
    return {folder.name: read_manifest(folder).files for folder in sorted(out.iterdir()) if folder.is_dir()}


def same_as_at_home(place, out):
    home = place.parent / "rumah"
    assert entries(out) == entries(home)
    for folder, files in entries(out).items():
        assert len(files) > 5
        for entry in files:
            assert (out / folder / entry.path).read_bytes() == (home / folder / entry.path).read_bytes()
    assert not list(out.glob(".*")), "the witness is gone again"


@pytest.mark.parametrize("apart", ["", "1"], ids=["shared folder", "over the wire"])
def test_the_same_files_as_at_home(place, cluster, told, tmp_path, monkeypatch, apart):
    monkeypatch.setenv(worker_tasks.APART, apart)
    done = run_there(place, tmp_path, cluster.scheduler_address, told)
    same_as_at_home(place, tmp_path)
    assert not told
    assert not list(Path(cluster.workers[0].local_directory).glob("kim-*")), "what a worker kept for the run is gone"
    again = run_there(place, tmp_path, cluster.scheduler_address, told)
    made = {each.folder: (0, each.made) for each in done}
    assert {each.folder: (each.made, each.kept) for each in again} == made


def test_paths_arrive_where_the_folders_lie_there(tmp_path):
    here = {"out": tmp_path / "kim/exports", "inputs": tmp_path / "kim"}
    there = {"out": Path("/mnt/luar"), "inputs": Path("/srv/kim")}
    thing = {"a": tmp_path / "kim/exports/x.jpg", "b": tmp_path / "kim/stories/s/media/m.jpg", "c": Path("/lain/z")}
    data, below = write_rooted(thing, here)
    assert below == {thing["a"], thing["b"]}
    moved = read_rooted(data, there, lambda builtin, own: None)
    assert moved == {"a": Path("/mnt/luar/x.jpg"), "b": Path("/srv/kim/stories/s/media/m.jpg"), "c": Path("/lain/z")}
    with pytest.raises(pickle.UnpicklingError):
        pickle.loads(data)


def test_a_worker_of_another_version_gets_nothing(place, cluster, told, tmp_path, monkeypatch):
    order = worker_tasks.TaskOrder(worker_tasks.FolderClaim("", "", "", "", ""), "s", b"", version="0.1")
    assert worker_tasks.render_order(order).trouble == "strange"
    monkeypatch.setattr(cluster_link, "__version__", "99.0")
    with pytest.raises(UserError) as caught:
        run_there(place, tmp_path, cluster.scheduler_address, told)
    assert caught.value.code == "cluster.no_fit_workers"
    assert told.codes() == {"cluster.other_version"}


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("", "cluster.wrong_scheduler"),
        ("tcp://127.0.0.1:9", "cluster.unreachable"),
        ("10.0.0.5:8786", "cluster.bad_address"),
        ("tls://127.0.0.1:9", "cluster.keys_missing"),
    ],
)
def test_a_scheduler_that_cannot_be_worked_with_is_a_sentence(
    place, cluster, told, tmp_path, monkeypatch, address, code
):
    monkeypatch.setattr("distributed.__version__", "2020.1.0")
    with pytest.raises(UserError) as caught:
        run_there(place, tmp_path, address or cluster.scheduler_address, told, connect=0.3)
    assert caught.value.code == code
    assert "{" not in TEXTS.explain(caught.value)
    if not address:
        with pytest.raises(UserError) as caught:
            run_workers(WorkerWish(cluster.scheduler_address), print)
        assert caught.value.code == code, "a worker says so at once and does not wait for work in vain"


def test_a_full_disk_of_a_worker_moves_its_tasks_elsewhere(place, cluster, told, tmp_path, monkeypatch):
    monkeypatch.setenv(worker_tasks.APART, "1")
    first = cluster.workers[0].address
    lay_out = worker_tasks._lay_out

    def refuse(*facts):
        if worker_tasks.worker_name() == first:
            raise OSError(28, "No space left on device")
        lay_out(*facts)

    monkeypatch.setattr(worker_tasks, "_lay_out", refuse)
    run_there(place, tmp_path, cluster.scheduler_address, told)
    same_as_at_home(place, tmp_path)
    assert told.codes() == {"cluster.disk_full"}


def test_a_cancelled_run_keeps_what_was_made(place, cluster, told, tmp_path):
    class Stop:
        def report(self, done, total, what):
            if done > 0.6:
                raise WorkCancelled

    with pytest.raises(WorkCancelled):
        run_there(place, tmp_path, cluster.scheduler_address, told, Stop())
    done = run_there(place, tmp_path, cluster.scheduler_address, told)
    assert sum(each.kept for each in done) > 0
    same_as_at_home(place, tmp_path)


def test_when_the_cluster_is_lost_the_rest_is_made_here(place, told, tmp_path):
    started = LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0")

    class Close:
        def report(self, done, total, what):
            if started.status.name == "running":
                started.close()

    try:
        run_there(place, tmp_path, started.scheduler_address, told, Close(), patience=0.0)
    finally:
        started.close()
    same_as_at_home(place, tmp_path)
    assert told.codes() == {"cluster.lost"}


@pytest.mark.long
def test_the_commands_together_and_a_worker_killed_midway(place, tmp_path, own_home):
    there = {**os.environ, "KIM_STUDIO_HOME": str(own_home)}
    command = [sys.executable, "-m", "studio"]
    started = []

    def begin(*words):
        process = subprocess.Popen(
            [*command, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=there
        )
        started.append(process)
        return process

    try:
        scheduler = begin("scheduler", "--host", "127.0.0.1", "--port", "0")
        address = re.search(r"tcp://\S+:\d+", scheduler.stdout.readline())[0]
        workers = begin("worker", "--scheduler", address, "--count", "2")
        ports = [int(re.search(r":(\d+) siap untuk", workers.stdout.readline())[1]) for _ in range(2)]
        wish = [*("--outlet", OUTLETS[0]), *("--outlet", OUTLETS[1]), *("--out", str(tmp_path))]
        export = begin("export", str(place), *wish, "--scheduler", address, "--json")
        while not list(tmp_path.rglob("*.jpg")) and export.poll() is None:
            time.sleep(0.01)
        os.kill(process_at(ports[0], workers.pid), signal.SIGKILL)
        out, err = export.communicate(timeout=120)
        assert (export.returncode, len(json.loads(out))) == (0, 2), err
        assert f"Terhubung ke {address}: 2 pekerja." in err
        same_as_at_home(place, tmp_path)
        workers.terminate()
        assert workers.wait(timeout=60) == 0, "asked to stop, it ends well"
    finally:
        for process in started:
            if process.poll() is None:
                process.kill()
            process.communicate()


def process_at(port, parent):
    """The process below ``parent`` that listens there."""
    for child in psutil.Process(parent).children(recursive=True):
        if any(each.laddr.port == port for each in child.net_connections() if each.status == "LISTEN"):
            return child.pid
    raise AssertionError(f"nobody listens at {port}")

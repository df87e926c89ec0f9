"""An export of many groups on a cluster of two workers, against two local processes; and a province, simulated.

    python bench/district_export.py [--workspaces 30] [--stories 10] [--blocks 6] [--keep FOLDER]
                                    [--only compare,kill,simulate]

compare: both sides make the same stories, block by block in turns, so that what else the computer does strikes both.
Throughput of the cluster is to be at least 0.95 of the local one; the baseline keeps its two processes for all
workspaces, and the workers give way as these do. kill: a run of its own, in which one worker is killed with -9 midway;
its files must be those of the local run, byte for byte. Clips with a limit of bytes differ from run to run (x264's rate
ceiling): of these the key must be the same, the limit kept, and the SSIM is printed. simulate: measured times of tasks
(processor seconds), 3,500 groups with two stories a week: how many workers it takes, and what the limit is.
"""

from __future__ import annotations

import argparse
import heapq
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.base.i18n import MessageTexts
    from studio.base.progress import SplitProgress
    from studio.export.cluster.cluster_run import StoryDone
    from studio.export.planning.export_tasks import StoryPlan, Task
    from studio.export.running.export_manifest import ManifestEntry
    from studio.export.running.task_executors import Results, TaskExecutor

    Watch = Callable[[StoryDone], None]

OUTLETS = ("whatsapp", "instagram")
CLIP_EVERY = 20
"""One story in so many has a clip of two seconds."""
GIVE_WAY = "def dask_setup(worker):\n    from studio.base.priority import give_way\n    give_way()\n"
WORKERS = {
    "n_workers": 2,
    "threads_per_worker": 1,
    "dashboard_address": "127.0.0.1:0",
    "resources": {"klip": 1},
}
GROUPS, PER_WEEK = 3500, 2
NETWORK, DISK = 100e6 / 8, 60e6
"""Bytes a second of an office network and of a shared disk."""


def write_workspaces(room: Path, count: int, stories: int) -> list[Path]:
    from imageio_ffmpeg import get_ffmpeg_exe
    from msgspec.structs import replace
    from PIL import Image

    from studio.store.workspace import create_workspace
    from studio.story.model import Group, Photo, Story, Video

    photo, clip = room / "foto.jpg", room / "klip.mp4"
    Image.effect_noise((1200, 900), 40).convert("RGB").save(photo, quality=88)
    source = ["-f", "lavfi", "-i", "testsrc2=size=640x360:rate=30:duration=2"]
    subprocess.run([get_ffmpeg_exe(), "-v", "error", "-y", *source, "-pix_fmt", "yuv420p", clip], check=True)
    made = []
    for number in range(count):
        folder = room / f"kim-{number:02}"
        made.append(folder)
        with create_workspace(folder, Group(name=f"KIM Uji {number}", village="Sukamaju")) as workspace:
            for each in range(stories):
                head = f"Warga perbaiki saluran irigasi blok {number}-{each}"
                body = "Warga dusun bergotong royong memperbaiki saluran.\n\nPekerjaan selesai sore hari."
                name = workspace.add(Story(id="", headline=head, date="2026-11-22", body=body))
                kept = Photo(id="f", file=workspace.import_media(name, photo), caption="Warga.", width=1200, height=900)
                story = replace(workspace.load(name), photos=(kept,))
                if (number * stories + each) % CLIP_EVERY == 0:
                    file = workspace.import_media(name, clip)
                    video = Video(id="v", file=file, width=640, height=360, seconds=2.0, closing_card=False)
                    story = replace(story, videos=(video,))
                workspace.save(name, story)
    return made


def texts() -> MessageTexts:
    from studio.base.i18n import MessageTexts

    return MessageTexts(ROOT / "assets" / "messages")


def export_local(places: Sequence[Path], out: Path, executor: TaskExecutor) -> int:
    from studio.base.progress import SilentProgress
    from studio.export.running.story_exporter import StoryExporter
    from studio.store.workspace import open_workspace

    made = 0
    for place in places:
        with open_workspace(place, write=False) as opened:
            exporter = StoryExporter(opened, ROOT / "templates", texts(), executor=executor)
            for done in exporter.export((), OUTLETS, out / place.name, SilentProgress()):
                made += done.made
    return made


def export_cluster(places: Sequence[Path], out: Path, address: str, watch: Watch | None = None) -> int:
    from contextlib import ExitStack

    from studio.base.progress import SilentProgress
    from studio.export.cluster.cluster_link import open_cluster
    from studio.export.cluster.cluster_run import WorkspaceWish, export_on_cluster
    from studio.store.workspace import open_workspace

    made = 0
    with ExitStack() as held:
        link = held.enter_context(open_cluster(address, lambda notice: print("#", texts().explain(notice))))
        wishes = [
            WorkspaceWish(held.enter_context(open_workspace(place, write=False)), outlets=OUTLETS, out=out / place.name)
            for place in places
        ]
        for done in export_on_cluster(wishes, link, texts(), SilentProgress()):
            made += done.exported.made
            if done.exported.error:
                print("#", texts().explain(done.exported.error))
            if watch:
                watch(done)
    return made


def compare(places: list[Path], room: Path, blocks: int) -> None:
    from distributed import LocalCluster

    from studio.export.cluster.cluster_servers import SETUP
    from studio.export.running.task_executors import ProcessExecutor

    executor = ProcessExecutor(2)
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        dashboard_address="127.0.0.1:0",
        preload=[SETUP, GIVE_WAY],
        resources={"klip": 1},
    ) as cluster:
        # Both sides once, so that every process has loaded what it needs.
        export_local(places[:1], room / "warm-local", executor)
        export_cluster(places[:1], room / "warm-cluster", cluster.scheduler_address)
        seconds = {"local": 0.0, "cluster": 0.0}
        ratios = []
        for block in range(blocks):
            part = places[block::blocks]
            own = {}
            for side in ("local", "cluster") if block % 2 else ("cluster", "local"):
                began = time.perf_counter()
                if side == "local":
                    made = export_local(part, room / side, executor)
                else:
                    made = export_cluster(part, room / side, cluster.scheduler_address)
                own[side] = time.perf_counter() - began
                seconds[side] += own[side]
                print(f"block {block} {side:8} {made:5} files {own[side]:8.1f} s", flush=True)
            ratios.append(own["local"] / own["cluster"])
    executor.close()
    whole = seconds["local"] / seconds["cluster"]
    print(f"throughput of the cluster: {whole:.3f} of the local one (blocks: {', '.join(f'{r:.2f}' for r in ratios)})")
    same_files(room / "local", room / "cluster")


def same_files(here: Path, there: Path) -> None:
    from studio.export.running.export_manifest import read_manifest

    counted = {"same": 0, "limited": 0, "other": 0}
    for manifest in sorted(here.glob("*/*/manifest.json")):
        folder = manifest.parent.relative_to(here)
        one, two = read_manifest(here / folder).files, read_manifest(there / folder).files
        if [(each.path, each.key) for each in one] != [(each.path, each.key) for each in two]:
            print(f"DIFFERENT PLAN {folder}")
            counted["other"] += 1
            continue
        for first, second in zip(one, two, strict=True):
            if first.sha256 == second.sha256:
                counted["same"] += 1
            elif first.kind == "video":
                counted["limited"] += 1
                print(
                    f"clip {first.path}: {first.bytes} and {second.bytes} bytes, "
                    f"SSIM {ssim(here, there, folder, first)}"
                )
            else:
                counted["other"] += 1
                print(f"DIFFERENT {folder}/{first.path}")
    print(f"files: {counted['same']} byte-equal, {counted['limited']} clips alike, {counted['other']} different")


def ssim(here: Path, there: Path, folder: Path, entry: ManifestEntry) -> str:
    from imageio_ffmpeg import get_ffmpeg_exe

    command = [get_ffmpeg_exe(), "-i", here / folder / entry.path, "-i", there / folder / entry.path]
    told = subprocess.run([*command, "-lavfi", "ssim", "-f", "null", "-"], capture_output=True, text=True, check=False)
    found = re.search(r"All:([\d.]+)", told.stderr)
    return found[1] if found else "?"


def kill(places: list[Path], room: Path) -> None:
    """One of two workers is killed when a third of the stories is done; Dask's nanny begins another."""
    from distributed import LocalCluster

    from studio.export.cluster.cluster_servers import SETUP

    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        dashboard_address="127.0.0.1:0",
        preload=[SETUP, GIVE_WAY],
        resources={"klip": 1},
    ) as cluster:
        total = sum(len(list((place / "stories").iterdir())) for place in places)
        seen = 0

        def watch(_done: StoryDone) -> None:
            nonlocal seen
            seen += 1
            if seen == total // 3:
                victim = cluster.workers[0].process.pid
                os.kill(victim, signal.SIGKILL)
                print(f"killed worker {victim} after {seen} of {total} stories", flush=True)

        made = export_cluster(places, room / "killed", cluster.scheduler_address, watch)
        print(f"made {made} files")
    if not (room / "local").is_dir():
        from studio.export.running.task_executors import InlineExecutor

        export_local(places, room / "local", InlineExecutor())
    same_files(room / "killed", room / "local")


# ------------------------------------------------------------------------------------------------ simulation


@dataclass
class Costs:
    """Processor seconds and bytes, measured: of each story its tasks, and what the asking computer does."""

    stories: list[list[float]]
    clips: list[float]
    here: float
    plan: float
    bytes: float


def measure(places: list[Path], room: Path) -> Costs:
    from studio.base.progress import SilentProgress
    from studio.base.progress import SplitProgress as OneTask
    from studio.export.planning.export_tasks import LONG_TASKS, TextTask
    from studio.export.running.story_exporter import StoryExporter
    from studio.export.running.task_executors import InlineExecutor
    from studio.store.workspace import open_workspace

    class Timed(InlineExecutor):
        def __init__(self) -> None:
            self.stories: list[list[float]] = []
            self.clips: list[float] = []
            self.spent = 0.0

        def run(self, tasks: Sequence[Task], out: Path, watch: SplitProgress) -> Results:
            own: list[float] = []
            self.stories.append(own)
            for task in tasks:
                began = _spent()
                result = list(super().run([task], out, OneTask(SilentProgress(), 1)))
                took = _spent() - began
                self.spent += took if not isinstance(task, TextTask) else 0.0
                if isinstance(task, LONG_TASKS):
                    self.clips.append(took)
                elif not isinstance(task, TextTask):
                    own.append(took)
                yield from result

    timed = Timed()
    plans: list[float] = []

    def plan(*facts: object) -> StoryPlan:
        from studio.export.planning.story_plan import plan_release

        began = _spent()
        made = plan_release(*facts)
        plans.append(_spent() - began)
        return made

    out = room / "measured"
    count, began = 0, 0.0
    for number, place in enumerate(places[:3]):
        if number == 1:  # the first one loads everything
            timed.stories.clear(), timed.clips.clear(), plans.clear()
            timed.spent, began, count = 0.0, _spent(), 0
        with open_workspace(place, write=False) as opened:
            exporter = StoryExporter(opened, ROOT / "templates", texts(), executor=timed, planner=plan)
            count += len(list(exporter.export((), OUTLETS, out / place.name, SilentProgress())))
    whole = _spent() - began
    size = sum(path.stat().st_size for place in places[1:3] for path in (out / place.name).rglob("*") if path.is_file())
    here = (whole - timed.spent - sum(plans)) / count
    return Costs([own for own in timed.stories if own], timed.clips, here, sum(plans) / len(plans), size / count)


def _spent() -> float:
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def simulate(costs: Costs) -> None:
    """A week of a province on more and more workers: measured tasks, each given to whoever is free first."""
    chance = random.Random(1)
    total = GROUPS * PER_WEEK
    mean = sum(map(sum, costs.stories)) / len(costs.stories)
    clip = sum(costs.clips) / max(1, len(costs.clips))
    print(
        f"measured, processor seconds a story: {mean:.2f} of pictures in {len(costs.stories[0])} tasks, "
        f"plan {costs.plan:.2f}, here {costs.here:.3f}; a clip {clip:.1f}, one story in {CLIP_EVERY}; "
        f"{costs.bytes / 1e6:.2f} MB a story"
    )
    print("| workers | hours for a week's stories | workers busy | the asking computer busy | limit |")
    print("| --- | --- | --- | --- | --- |")
    for workers in (1, 2, 4, 8, 16, 32, 64, 128):
        hours, busy, here = _run_week(costs, workers, total, chance)
        network, disk = total * costs.bytes / NETWORK / 3600, total * costs.bytes / DISK / 3600
        limits = {"workers": hours * busy, "the asking computer": hours * here, "network": network, "disk": disk}
        least = max(limits, key=lambda name: limits[name])
        print(f"| {workers} | {max(hours, network, disk):.2f} | {busy:.0%} | {here:.0%} | {least} |")


def _run_week(costs: Costs, workers: int, total: int, chance: random.Random) -> tuple[float, float, float]:
    """Hours, and how busy the workers and the asking computer are."""
    free = [0.0] * workers
    heapq.heapify(free)
    lanes = [0.0] * min(64, max(4, 2 * workers))
    heapq.heapify(lanes)
    here = work = 0.0
    for _ in range(total):
        begin = max(heapq.heappop(lanes), here)
        here = begin + costs.here  # one thread of Python at a time
        tasks = [*chance.choice(costs.stories)]
        if costs.clips and chance.random() < 1 / CLIP_EVERY:
            tasks.append(chance.choice(costs.clips))
        planned = _give(free, here, costs.plan)
        ends = [_give(free, planned, each) for each in tasks]
        work += costs.plan + sum(tasks)
        heapq.heappush(lanes, max(ends, default=planned))
    end = max(*free, *lanes)
    return end / 3600, work / end / workers, total * costs.here / end


def _give(free: list[float], ready: float, took: float) -> float:
    end = max(heapq.heappop(free), ready) + took
    heapq.heappush(free, end)
    return end


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("--workspaces", type=int, default=30)
    told.add_argument("--stories", type=int, default=10)
    told.add_argument("--blocks", type=int, default=6)
    told.add_argument("--keep", type=Path)
    told.add_argument("--only", default="simulate,compare,kill")
    wish = told.parse_args()
    room = wish.keep or Path(tempfile.mkdtemp(prefix="kim-district-"))
    room.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["KIM_STUDIO_HOME"] = str(room / "home")
    places = sorted(path for path in room.glob("kim-[0-9]*") if path.is_dir())
    places = places or write_workspaces(room, wish.workspaces, wish.stories)
    from studio.paint.qt_application import ensure_gui

    ensure_gui()
    for part in wish.only.split(","):
        if part == "simulate":
            simulate(measure(places, room))
        elif part == "compare":
            compare(places, room, wish.blocks)
        elif part == "kill":
            kill(places, room)
    if not wish.keep:
        shutil.rmtree(room)


if __name__ == "__main__":
    threading.current_thread().name = "bench"
    main()

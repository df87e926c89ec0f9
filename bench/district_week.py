"""A week of a province on a cluster, simulated with measured times: how many workers it takes, and what the limit is.

    python bench/district_week.py [--photos 16] [--clips 2] [--keep FOLDER]

Measured, in processor seconds: every task of some stories with a photo and of some with a clip; what the computer that
asks does for a story (the gate, texts, manifests) and what the scheduler does for a task, in a real run with a
scheduler and two workers that are processes of their own, once with a shared folder and once over the wire; bytes read
and written. A clip is measured with ``CLIP_SECONDS`` and counted with ``CLIP_LENGTH``: encoding grows with pictures.

Simulated: 3,500 groups with two stories a week, each task given to the worker that is free first. Measurements are kept
in FOLDER; run again with the same FOLDER, only the simulation is done.
"""

from __future__ import annotations

import argparse
import heapq
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.base.progress import SplitProgress
    from studio.export.planning.export_tasks import StoryPlan, Task
    from studio.export.running.task_executors import Results

OUTLETS = ("whatsapp", "instagram")
CLIP_SECONDS, CLIP_LENGTH = 8.0, 30.0
CLIP_SIZE, CLIP_NOISE = "1280x720", 3
EMPTY_TASKS = 1000
"""Given out to see what the scheduler does for one: beside real ones its heartbeats would count more than they."""
GROUPS, PER_WEEK = 3500, 2
NETWORKS = {"100 Mbit/s": 100e6 / 8, "1 Gbit/s": 1e9 / 8}
DISK = 60e6
"""Bytes a second of a shared disk that turns."""
WORKERS = (1, 2, 4, 8, 16, 32, 64, 128)


@dataclass
class Costs:
    """Processor seconds and bytes of a story.

    Attributes:
        stories: of each story with a photo its tasks.
        clips: of each clip of ``CLIP_SECONDS`` its task.
        plan: planning a story.
        here: what the computer that asks does for a story; ``wired`` where files come over the wire.
        scheduler: what the scheduler does for a task.
        bytes: read and written for a story with a photo.
        clip_bytes: read and written for a clip of ``CLIP_SECONDS``.
    """

    stories: list[list[float]] = field(default_factory=list)
    clips: list[float] = field(default_factory=list)
    plan: float = 0.0
    here: float = 0.0
    wired: float = 0.0
    scheduler: float = 0.0
    bytes: float = 0.0
    clip_bytes: float = 0.0


# ------------------------------------------------------------------------------------------------ measured


def measure(room: Path, photos: int, clips: int) -> Costs:
    """What is not noted in ``room`` yet; each part is noted as it ends."""
    from PIL import Image

    from bench.district_export import make_clip, write_workspace

    noted = room / "costs.json"
    costs = Costs(**json.loads(noted.read_text(encoding="utf-8"))) if noted.is_file() else Costs()
    warm, plain, moving = (room / name for name in ("hangat", "foto", "klip"))
    photo, clip = room / "foto.jpg", room / "klip.mp4"
    if not costs.stories:
        Image.effect_noise((1200, 900), 40).convert("RGB").save(photo, quality=88)
        make_clip(clip, CLIP_SECONDS, CLIP_SIZE, CLIP_NOISE)
        write_workspace(warm, 2, photo, clip, set())
        write_workspace(plain, photos, photo, clip, set())
        measure_tasks(warm, room / "out-hangat", Costs())  # loads everything
        measure_tasks(plain, room / "out-foto", costs)
        costs.bytes = (_bytes_below(room / "out-foto") + _bytes_below(plain / "stories")) / photos
        noted.write_text(json.dumps(asdict(costs)), encoding="utf-8")
    if not costs.clips:
        write_workspace(moving, clips, photo, clip, set(range(clips)))
        of_clips = Costs()
        measure_tasks(moving, room / "out-klip", of_clips)
        costs.clips = of_clips.clips
        whole = (_bytes_below(room / "out-klip") + _bytes_below(moving / "stories")) / clips
        costs.clip_bytes = whole - costs.bytes
        noted.write_text(json.dumps(asdict(costs)), encoding="utf-8")
    for wired in (False, True):
        if not (costs.wired if wired else costs.here):
            measure_cluster(warm, plain, room, costs, wired=wired)
            noted.write_text(json.dumps(asdict(costs)), encoding="utf-8")
    return costs


def measure_tasks(place: Path, out: Path, costs: Costs) -> None:
    """Every task of the stories of a workspace, one after the other in this process."""
    from bench.district_export import ROOT as HOME
    from bench.district_export import texts
    from studio.base.progress import SilentProgress
    from studio.base.progress import SplitProgress as OneTask
    from studio.export.planning.export_tasks import LONG_TASKS, TextTask
    from studio.export.running.story_exporter import StoryExporter
    from studio.export.running.task_executors import InlineExecutor
    from studio.store.workspace import open_workspace

    class Timed(InlineExecutor):
        def run(self, tasks: Sequence[Task], out: Path, watch: SplitProgress) -> Results:
            own: list[float] = []
            for task in tasks:
                began = _spent()
                result = list(super().run([task], out, OneTask(SilentProgress(), 1)))
                if isinstance(task, LONG_TASKS):
                    costs.clips.append(_spent() - began)
                elif not isinstance(task, TextTask):
                    own.append(_spent() - began)
                yield from result
            if own:
                costs.stories.append(own)

    plans: list[float] = []

    def plan(*facts: object) -> StoryPlan:
        from studio.export.planning.story_plan import plan_release

        began = _spent()
        made = plan_release(*facts)
        plans.append(_spent() - began)
        return made

    with open_workspace(place, write=False) as opened:
        exporter = StoryExporter(opened, HOME / "templates", texts(), executor=Timed(), planner=plan)
        for done in exporter.export((), OUTLETS, out, SilentProgress()):
            if done.error or done.problems:
                raise SystemExit(f"{done.folder}: {done.error} {done.problems}")
    costs.plan = sum(plans) / len(plans)


def measure_cluster(warm: Path, place: Path, room: Path, costs: Costs, *, wired: bool) -> None:
    """What asking and scheduling cost, in a real run; ``wired``: the workers see no shared folder."""
    from bench.district_export import export_cluster

    with _program("scheduler", "--host", "127.0.0.1", "--port", "0") as (scheduler, address):
        more = ("--apart",) if wired else ()
        with _program("worker", "--scheduler", address, "--count", "2", "--clips", "2", *more):
            export_cluster([warm], room / f"hangat-{wired}", address, outlets=OUTLETS)
            before = _spent()
            export_cluster([place], room / f"gugus-{wired}", address, outlets=OUTLETS)
            here = (_spent() - before) / len(costs.stories)
            if not wired:
                costs.scheduler = _scheduling(address, scheduler)
    if wired:
        costs.wired = here
    else:
        costs.here = here


def _scheduling(address: str, scheduler: int) -> float:
    """Seconds of the scheduler for a task."""
    import operator

    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.gather([client.submit(operator.neg, each, pure=False) for each in range(100)])
        before = _spent_by(scheduler)
        client.gather([client.submit(operator.neg, each, pure=False) for each in range(EMPTY_TASKS)])
        return (_spent_by(scheduler) - before) / EMPTY_TASKS


@contextmanager
def _program(*words: str) -> Iterator[tuple[int, str]]:
    """``kim-studio scheduler`` or ``worker``: its process, and the address it tells."""
    run = [sys.executable, "-m", "studio", *words]
    with subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT) as program:
        try:
            assert program.stdout is not None
            for line in program.stdout:
                if "tcp://" in line:
                    yield program.pid, f"tcp://{line.partition('tcp://')[2].split()[0].rstrip('.,')}"
                    break
        finally:
            program.send_signal(signal.SIGTERM)
            program.communicate()


def _spent() -> float:
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def _spent_by(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _bytes_below(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


# ------------------------------------------------------------------------------------------------ simulated


def simulate(costs: Costs, clip_share: float, *, wired: bool) -> None:
    """A week of a province on more and more workers; printed as a table."""
    total = GROUPS * PER_WEEK
    moved = total * (costs.bytes + clip_share * costs.clip_bytes * CLIP_LENGTH / CLIP_SECONDS)
    network = {name: moved / speed / 3600 for name, speed in NETWORKS.items()}
    way = "over the wire" if wired else "shared folder"
    print(
        f"\none story in {1 / clip_share:.0f} with a clip of {CLIP_LENGTH:.0f} s" if clip_share else "\nno clips",
        end="",
    )
    print(f", {way}: {moved / 1e9:.0f} GB; network {', '.join(f'{h:.2f} h at {n}' for n, h in network.items())};")
    print(f"disk {moved / DISK / 3600:.2f} h at {DISK / 1e6:.0f} MB/s")
    print("| workers | hours | workers busy | who asks | scheduler | limit at 100 Mbit/s | at 1 Gbit/s |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for workers in WORKERS:
        hours, busy, asking, scheduling = run_week(costs, workers, clip_share, wired=wired)
        limits = {"workers": hours * busy, "who asks": hours * asking, "scheduler": hours * scheduling}
        told = []
        for name in NETWORKS:
            all_limits = {**limits, "network": network[name], "disk": moved / DISK / 3600}
            least = max(all_limits, key=lambda each: all_limits[each])
            told.append(f"{least}, {max(hours, *all_limits.values()):.2f} h")
        print(f"| {workers} | {hours:.2f} | {busy:.0%} | {asking:.0%} | {scheduling:.0%} | {' | '.join(told)} |")


def run_week(costs: Costs, workers: int, clip_share: float, *, wired: bool) -> tuple[float, float, float, float]:
    """Hours of a week's stories; how busy the workers, the computer that asks and the scheduler are."""
    chance = random.Random(1)
    total = GROUPS * PER_WEEK
    asking = costs.wired if wired else costs.here
    free = [0.0] * workers
    lanes = [0.0] * min(64, max(4, 2 * workers))  # as many stories are under way (``cluster_run``)
    asked = scheduled = work = 0.0
    tasks_given = 0
    for _ in range(total):
        asked = max(heapq.heappop(lanes), asked) + asking  # one thread of Python at a time
        tasks = [*chance.choice(costs.stories)]
        if costs.clips and chance.random() < clip_share:
            tasks.append(chance.choice(costs.clips) * CLIP_LENGTH / CLIP_SECONDS)
        ready = asked
        if not wired:
            scheduled = max(scheduled, ready) + costs.scheduler
            ready = _give(free, scheduled, costs.plan)
            tasks_given += 1
            work += costs.plan
        ends = []
        for each in tasks:
            scheduled = max(scheduled, ready) + costs.scheduler
            ends.append(_give(free, scheduled, each))
        tasks_given += len(tasks)
        work += sum(tasks)
        heapq.heappush(lanes, max(ends, default=ready))
    end = max(*free, *lanes)
    return end / 3600, work / end / workers, total * asking / end, tasks_given * costs.scheduler / end


def _give(free: list[float], ready: float, took: float) -> float:
    end = max(heapq.heappop(free), ready) + took
    heapq.heappush(free, end)
    return end


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("--photos", type=int, default=16)
    told.add_argument("--clips", type=int, default=2)
    told.add_argument("--keep", type=Path)
    wish = told.parse_args()
    room = wish.keep or Path(tempfile.mkdtemp(prefix="kim-week-"))
    room.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["KIM_STUDIO_HOME"] = str(room / "home")
    from studio.paint.qt_application import ensure_gui

    ensure_gui()
    costs = measure(room, wish.photos, wish.clips)
    mean = sum(map(sum, costs.stories)) / len(costs.stories)
    clip = sum(costs.clips) / max(1, len(costs.clips))
    print(
        f"processor seconds a story: {mean:.2f} in {len(costs.stories[0])} tasks, plan {costs.plan:.3f}, who asks "
        f"{costs.here:.3f} (over the wire {costs.wired:.3f}), scheduler {1000 * costs.scheduler:.1f} ms a task; "
        f"a clip of {CLIP_SECONDS:.0f} s {clip:.1f}, {costs.clip_bytes / 1e6:.1f} MB; "
        f"{costs.bytes / 1e6:.2f} MB a story"
    )
    for share in (0.0, 0.05, 0.25):
        simulate(costs, share, wired=False)
    simulate(costs, 0.25, wired=True)
    if not wish.keep:
        shutil.rmtree(room)


if __name__ == "__main__":
    main()

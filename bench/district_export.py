"""An export of many groups on a cluster of two workers, against two local processes.

    python bench/district_export.py [--workspaces 30] [--stories 10] [--blocks 15] [--keep FOLDER] [--only compare,kill]

compare: both sides make the same stories, block by block in turns, so that what else the computer does strikes both.
The median of the blocks' throughput is to be at least 0.95 of the local one; the baseline keeps its two processes for
all workspaces, and the workers give way as these do. Each block is noted in FOLDER as it ends: run again with the same
FOLDER, the measurement goes on where it was stopped. kill: a run of its own, in which one worker is killed with -9
midway; its files must be those of the local run, byte for byte. Clips with a limit of bytes differ from run to run
(x264's rate ceiling): of these the key must be the same, the limit kept, and the SSIM is printed. What a province
needs is simulated by ``district_week.py``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from distributed import LocalCluster

    from studio.base.i18n import MessageTexts
    from studio.export.cluster.cluster_run import StoryDone
    from studio.export.running.export_manifest import ManifestEntry
    from studio.export.running.task_executors import TaskExecutor

    Watch = Callable[[StoryDone], None]

LIMITED = "klip-kecil"
OUTLETS = ("whatsapp", "instagram", LIMITED)
MOST_BYTES = 150_000
"""Of a clip for the outlet ``LIMITED``, which each group has of its own: a fifth of what it would have."""
PACK = f"""format = 1
id = "{LIMITED}"
name = "Klip kecil"
checked = 2026-11-30
source = "Dibuat untuk pengukuran."
[[output]]
file = "klip.mp4"
kind = "video"
size = [360, 640]
fps = 30
max_bytes = {MOST_BYTES}
"""
CLIP_EVERY, CLIP_SECONDS = 20, 2
"""One story in so many has a clip."""
GIVE_WAY = "def dask_setup(worker):\n    from studio.base.priority import give_way\n    give_way()\n"


def write_workspaces(room: Path, count: int, stories: int) -> list[Path]:
    from PIL import Image

    photo, clip = room / "foto.jpg", room / "klip.mp4"
    Image.effect_noise((1200, 900), 40).convert("RGB").save(photo, quality=88)
    make_clip(clip, CLIP_SECONDS, "640x360")
    made = []
    for number in range(count):
        with_clip = {each for each in range(stories) if (number * stories + each) % CLIP_EVERY == 0}
        made.append(write_workspace(room / f"kim-{number:02}", stories, photo, clip, with_clip))
    return made


def make_clip(file: Path, seconds: float, size: str, noise: int = 12) -> None:
    """Moving shapes under noise: what a phone records in the dusk is as hard to encode."""
    from imageio_ffmpeg import get_ffmpeg_exe

    source = ["-f", "lavfi", "-i", f"testsrc2=size={size}:rate=30:duration={seconds},noise=alls={noise}:allf=t"]
    run = [get_ffmpeg_exe(), "-v", "error", "-y", *source, "-pix_fmt", "yuv420p", file]
    subprocess.run(run, check=True)


def write_workspace(folder: Path, stories: int, photo: Path, clip: Path, with_clip: set[int]) -> Path:
    from msgspec.structs import replace

    from studio.store.workspace import create_workspace
    from studio.story.model import Group, Photo, Story, Video
    from studio.video.probe import probe_clip

    facts = probe_clip(clip)
    name = folder.name
    with create_workspace(folder, Group(name=f"KIM Uji {name}", village="Sukamaju")) as workspace:
        pack = workspace.templates_dir / LIMITED / "outlet.toml"
        pack.parent.mkdir(parents=True)
        pack.write_text(PACK, encoding="utf-8")
        for each in range(stories):
            head = f"Warga perbaiki saluran irigasi blok {name}-{each}"
            body = "Warga dusun bergotong royong memperbaiki saluran.\n\nPekerjaan selesai sore hari."
            added = workspace.add(Story(id="", headline=head, date="2026-11-22", body=body))
            file = workspace.import_media(added, photo)
            kept = Photo(id="f", file=file, caption="Warga.", width=1200, height=900)
            story = replace(workspace.load(added), photos=(kept,))
            if each in with_clip:
                file = workspace.import_media(added, clip)
                size = {"width": facts.width, "height": facts.height, "seconds": facts.seconds}
                story = replace(story, videos=(Video(id="v", file=file, closing_card=False, **size),))
            workspace.save(added, story)
    return folder


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


def export_cluster(
    places: Sequence[Path], out: Path, address: str, watch: Watch | None = None, outlets: Sequence[str] = OUTLETS
) -> int:
    from contextlib import ExitStack

    from studio.base.progress import SilentProgress
    from studio.export.cluster.cluster_link import open_cluster
    from studio.export.cluster.cluster_run import WorkspaceWish, export_on_cluster
    from studio.store.workspace import open_workspace

    made = 0
    with ExitStack() as held:
        link = held.enter_context(open_cluster(address, lambda notice: print("#", texts().explain(notice))))
        wishes = [
            WorkspaceWish(
                held.enter_context(open_workspace(place, write=False)), outlets=tuple(outlets), out=out / place.name
            )
            for place in places
        ]
        for done in export_on_cluster(wishes, link, texts(), SilentProgress()):
            made += done.exported.made
            if done.exported.error:
                print("#", texts().explain(done.exported.error))
            if watch:
                watch(done)
    return made


def begin_cluster() -> LocalCluster:
    from distributed import LocalCluster

    from studio.export.cluster.cluster_servers import SETUP

    return LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        dashboard_address="127.0.0.1:0",
        preload=[SETUP, GIVE_WAY],
        resources={"klip": 1},
    )


# ------------------------------------------------------------------------------------------------ compare


def compare(places: list[Path], room: Path, blocks: int) -> None:
    noted = room / f"blocks-{blocks}.jsonl"
    known = [json.loads(line) for line in noted.read_text(encoding="utf-8").splitlines()] if noted.is_file() else []
    if len(known) < blocks:
        known += run_blocks(places, room, blocks, len(known), noted)
    ratios = [each["local"] / each["cluster"] for each in known]
    whole = sum(each["local"] for each in known) / sum(each["cluster"] for each in known)
    print(f"throughput of the cluster, of the local one: median {statistics.median(ratios):.3f}, whole {whole:.3f}")
    print(f"blocks: {', '.join(f'{ratio:.2f}' for ratio in ratios)}")
    same_files(room / "local", room / "cluster")


def run_blocks(places: list[Path], room: Path, blocks: int, first: int, noted: Path) -> list[dict[str, Any]]:
    """The blocks that are not noted yet; each is noted as it ends."""
    from studio.export.running.task_executors import ProcessExecutor

    executor = ProcessExecutor(2)
    found = []
    with begin_cluster() as cluster:
        # Both sides once, so that every process has loaded what it needs.
        for side in ("warm-local", "warm-cluster"):
            shutil.rmtree(room / side, ignore_errors=True)
        export_local(places[:1], room / "warm-local", executor)
        export_cluster(places[:1], room / "warm-cluster", cluster.scheduler_address)
        for block in range(first, blocks):
            part = places[block::blocks]
            own: dict[str, Any] = {"load": round(os.getloadavg()[0], 1)}
            for side in ("local", "cluster") if block % 2 else ("cluster", "local"):
                # What a run that was stopped has left of this block.
                for place in part:
                    shutil.rmtree(room / side / place.name, ignore_errors=True)
                began = time.perf_counter()
                if side == "local":
                    made = export_local(part, room / side, executor)
                else:
                    made = export_cluster(part, room / side, cluster.scheduler_address)
                own[side] = time.perf_counter() - began
                print(f"block {block} {side:8} {made:5} files {own[side]:8.1f} s", flush=True)
            found.append(own)
            with noted.open("a", encoding="utf-8") as handle:
                handle.write(json.dumps(own) + "\n")
    executor.close()
    return found


def same_files(here: Path, there: Path) -> None:
    """Compare two exports of the same stories: what their manifests say, and what lies there."""
    from studio.base.finished_files import file_digest
    from studio.export.running.export_manifest import read_manifest

    counted = {"same": 0, "limited": 0, "over": 0, "other": 0}
    alike = []
    for manifest in sorted(here.glob("*/*/manifest.json")):
        folder = manifest.parent.relative_to(here)
        one, two = read_manifest(here / folder), read_manifest(there / folder)
        if one.problems or two.problems or [(f.path, f.key) for f in one.files] != [(f.path, f.key) for f in two.files]:
            print(f"DIFFERENT PLAN {folder}")
            counted["other"] += 1
            continue
        for first, second in zip(one.files, two.files, strict=True):
            for place, entry in ((here, first), (there, second)):
                if file_digest(place / folder / entry.path) != (entry.sha256, entry.bytes):
                    print(f"NOT WHAT ITS MANIFEST SAYS {place / folder / entry.path}")
                    counted["other"] += 1
            limited = first.outlet == LIMITED and first.kind == "video"
            counted["over"] += limited and max(first.bytes, second.bytes) > MOST_BYTES
            if first.sha256 == second.sha256:
                counted["same"] += 1
            elif limited:
                counted["limited"] += 1
                alike.append(ssim(here, there, folder, first))
                print(f"clip {folder}: {first.bytes} and {second.bytes} bytes, SSIM {alike[-1]:.4f}")
            else:
                counted["other"] += 1
                print(f"DIFFERENT {folder}/{first.path}")
    told = f", SSIM at least {min(alike):.4f}" if alike else ""
    print(
        f"files: {counted['same']} byte-equal, {counted['limited']} clips with a limit of bytes alike{told}, "
        f"{counted['over']} over their limit, {counted['other']} different"
    )


def ssim(here: Path, there: Path, folder: Path, entry: ManifestEntry) -> float:
    from imageio_ffmpeg import get_ffmpeg_exe

    command = [get_ffmpeg_exe(), "-i", here / folder / entry.path, "-i", there / folder / entry.path]
    told = subprocess.run([*command, "-lavfi", "ssim", "-f", "null", "-"], capture_output=True, text=True, check=False)
    found = re.search(r"All:([\d.]+)", told.stderr)
    return float(found[1]) if found else 0.0


def kill(places: list[Path], room: Path) -> None:
    """One of two workers is killed when a third of the stories is done; Dask's nanny begins another."""
    shutil.rmtree(room / "killed", ignore_errors=True)
    with begin_cluster() as cluster:
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


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("--workspaces", type=int, default=30)
    told.add_argument("--stories", type=int, default=10)
    told.add_argument("--blocks", type=int, default=15)
    told.add_argument("--keep", type=Path)
    told.add_argument("--only", default="compare,kill")
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
        if part == "compare":
            compare(places, room, wish.blocks)
        elif part == "kill":
            kill(places, room)
    if not wish.keep:
        shutil.rmtree(room)


if __name__ == "__main__":
    main()

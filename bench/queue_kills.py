"""Kills the export queue again and again, then compares with a run that nobody disturbed.

    python bench/queue_kills.py [STORIES] [--kills N] [--jobs N] [--seed N] [--keep FOLDER]

Measured: files under a final name that are not complete, files made twice (time or hash changed after they were there),
and files that differ at the end. All three must be 0. Each story has a photo; every fifth a clip of three seconds.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from msgspec.structs import replace

from studio.export.running.export_queue import ExportQueue
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Group, Photo, Story, Video

ROOT = Path(__file__).resolve().parent.parent
WORKER = ROOT / "tests" / "export" / "running" / "work_queue.py"
THERE = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}


def fill(folder: Path, count: int) -> None:
    from imageio_ffmpeg import get_ffmpeg_exe
    from PIL import Image

    photo, clip = folder.parent / "foto.jpg", folder.parent / "klip.mp4"
    Image.effect_noise((1200, 900), 50).convert("RGB").save(photo, quality=88)
    source = ["-f", "lavfi", "-i", "testsrc2=size=640x360:rate=30:duration=3"]
    subprocess.run([get_ffmpeg_exe(), "-v", "error", "-y", *source, "-pix_fmt", "yuv420p", clip], check=True)
    with create_workspace(folder, Group(name="KIM Uji", village="Sukamaju")) as workspace:
        for number in range(count):
            head = f"Warga perbaiki saluran irigasi blok {number}"
            body = "Warga dusun bergotong royong memperbaiki saluran.\n\nPekerjaan selesai sore hari."
            name = workspace.add(Story(id="", headline=head, date="2026-11-22", body=body))
            kept = Photo(id="f", file=workspace.import_media(name, photo), caption="Warga.", width=1200, height=900)
            story = replace(workspace.load(name), photos=(kept,))
            if number % 5 == 0:
                file = workspace.import_media(name, clip)
                video = Video(id="v", file=file, width=640, height=360, seconds=3.0, closing_card=False)
                story = replace(story, videos=(video,))
            workspace.save(name, story)
        ExportQueue(folder).add([(name, name) for name in workspace.story_folders()], ())


def files_below(place: Path) -> dict[str, tuple[int, str]]:
    return {
        path.relative_to(place).as_posix(): (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in place.rglob("*")
        if path.is_file() and not path.name.startswith(".") and path.name != "manifest.json"
    }


def work(folder: Path, jobs: int, seconds: float | None = None) -> bool:
    """Run the queue; killed with all its children after so many seconds. Whether it came to its end."""
    # A group of processes of its own, so that ffmpeg and all workers are killed with it.
    worker = subprocess.Popen([sys.executable, WORKER, folder, str(jobs)], env=THERE, start_new_session=True)
    try:
        worker.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        return False
    return True


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("stories", nargs="?", type=int, default=50)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=20, help="of the random moments")
    parser.add_argument("--keep", type=Path, help="an empty folder where both libraries stay, to look at what differs")
    wanted = parser.parse_args()
    base, chance = wanted.keep or Path(tempfile.mkdtemp(prefix="kim-kills-")), random.Random(wanted.seed)
    try:
        fill(base / "a", wanted.stories)
        shutil.copytree(base / "a", base / "b")
        begun = time.perf_counter()
        work(base / "a", wanted.jobs)
        calm_seconds = time.perf_counter() - begun
        calm = files_below(base / "a" / "exports")
        seen: dict[str, tuple[int, str]] = {}
        half = twice = kills = 0
        ended = False
        for _ in range(wanted.kills):
            ended = work(base / "b", wanted.jobs, chance.uniform(0.5, 1.5 * calm_seconds / wanted.kills))
            kills += not ended
            found = files_below(base / "b" / "exports") if (base / "b" / "exports").exists() else {}
            half += sum(facts[1] != calm.get(name, (0, ""))[1] for name, facts in found.items())
            twice += sum(found.get(name) != facts for name, facts in seen.items())
            seen = found
            if ended:
                break
        if not ended:
            work(base / "b", wanted.jobs)
        last = files_below(base / "b" / "exports")
        twice += sum(last.get(name) != facts for name, facts in seen.items())
        differ = sum(last.get(name, (0, ""))[1] != facts[1] for name, facts in calm.items()) + len(
            last.keys() - calm.keys()
        )
        with open_workspace(base / "b", write=False):
            states = sorted({item.state for item in ExportQueue(base / "b").items})
    finally:
        if not wanted.keep:
            shutil.rmtree(base)
    print(f"{wanted.stories} stories, {len(calm)} files, {calm_seconds:.0f} s undisturbed, jobs={wanted.jobs}")
    for name in sorted(
        name for name in calm.keys() | last.keys() if calm.get(name, ("", ""))[1:] != last.get(name, ("", ""))[1:]
    ):
        print("different:" if name in calm and name in last else "missing:" if name in calm else "too many:", name)
    print(f"{kills} kills: {half} half files, {twice} made twice, {differ} different at the end, states {states}")


if __name__ == "__main__":
    main()

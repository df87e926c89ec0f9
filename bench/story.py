"""A complete story: one with a 20-second clip of 1080p and four photos of 12 MP to the nine outlets of before issue 17.

    python bench/story.py [--before TREE] [--rounds N] [--subtitles] [--frugal] [--folder DIR]
    python bench/story.py --memory [--before TREE]        largest process of the demo and of a 4K HEVC clip
    python bench/story.py --first [--before TREE]         until the demo's first text and card are there; ends by itself

Whole processes (``kim-studio export``, all its children), taking turns with one plain ffmpeg encode of that clip (x264
veryfast CRF 21, AAC) and with the same command of another checkout, TREE, which has its own ``.venv``. CPU is that of
the process tree, memory the largest resident set of any single process, looked up from outside. SSIM is that of each
clip against the reframed original, where nothing lies over it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from video_jobs import derived, phone_clip

from studio.video.binary import ffmpeg_path

OUTLETS = ("facebook", "instagram", "mading", "telegram", "tiktok", "website", "whatsapp", "x", "youtube")
PLAIN = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "21", "-c:a", "aac", "-b:a", "128k")
FOURTH = """  - file: foto-4.jpg
    caption: Warga membersihkan saluran irigasi Dusun Krajan, Desa Sukamaju, Minggu (22/11/2026).
    credit: Siti Aminah
    alt: Saluran irigasi di antara sawah hijau
    people_checked: true
    rights: Gambar contoh buatan proyek KIM Studio
videos:
"""


@dataclass(frozen=True)
class Cost:
    wall: float
    cpu: float
    memory: float


def children_of(root: int) -> list[int]:
    """A process and all that descend from it (Linux)."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        parents.setdefault(parent, []).append(int(folder.name))
    found, todo = [], [root]
    while todo:
        found.append(todo.pop())
        todo += parents.get(found[-1], [])
    return found


def largest_peak(root: int) -> float:
    """MB of the largest resident set that any process of the tree has had."""
    most = 0.0
    for number in children_of(root):
        try:
            said = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{number}/status").read_text())
        except OSError:
            continue
        most = max(most, int(said[1]) / 1000 if said else 0.0)
    return most


def run(command: list[str]) -> Cost:
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peak = [0.0]

    def watch() -> None:
        while process.poll() is None:
            peak[0] = max(peak[0], largest_peak(process.pid))
            time.sleep(0.05)

    watcher = threading.Thread(target=watch)
    watcher.start()
    said = process.communicate()[1]
    wall = time.perf_counter() - begun
    watcher.join()
    if process.returncode not in {0, 1}:
        raise SystemExit(f"{command} failed: {said.decode()[-800:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak[0])


def draw_media(folder: Path) -> None:
    """The clip of 20 s and four photos of 12 MP."""
    from PIL import Image, ImageChops

    phone_clip(folder)
    # Noisier than ``phone.mp4``, as most phones in a village are: too large for WhatsApp at full quality.
    coded = ("-c:v", "libx264", "-preset", "veryfast", "-bf", 0, "-g", 60, "-b:v", "20M", "-c:a", "copy")
    derived(folder, "klip.mp4", "-t", 20, "-i", folder / "phone.mp4", "-vf", "noise=alls=6:allf=t", *coded)
    if not (folder / "12mp.jpg").exists():
        subprocess.run([sys.executable, str(HERE / "photo_made.py"), str(folder / "12mp.jpg"), "12"], check=True)
    if not (folder / "foto-4.jpg").exists():
        with Image.open(folder / "12mp.jpg") as photo:
            for number in range(1, 5):
                ImageChops.offset(photo, 400 * number).save(folder / f"foto-{number}.jpg", quality=92)


def make_workspace(tree: Path, media: Path, place: Path, *, clip: str = "klip.mp4", subtitles: bool) -> str:
    """A workspace by the tree's own command with the story in it; the folder of the story."""
    sample = HERE.parent / "assets" / "sample"
    text = (sample / "saluran-irigasi.md").read_text()
    for number, name in enumerate(("saluran-irigasi.jpg", "batu-kali.jpg", "sawah-berteras.jpg"), 1):
        text = text.replace(name, f"foto-{number}.jpg")
    text = text.replace("air-mengalir.mp4", clip).replace("videos:\n", FOURTH, 1)
    text = re.sub(r"    (cuts|poster|focus): .*\n", "", text)
    if not subtitles:
        text = re.sub(r"    subtitles: .*\n", "", text)
    draft = place / "draft"
    draft.mkdir(parents=True)
    for name in (clip, *(f"foto-{number}.jpg" for number in range(1, 5))):
        shutil.copyfile(media / name, draft / name)
    shutil.copyfile(sample / "air-mengalir.srt", draft / "air-mengalir.srt")
    (draft / "naskah.md").write_text(text)
    made = (
        "from pathlib import Path; from studio.store.workspace import create_workspace as make; "
        "from studio.story.model import Group; "
        f"make(Path({str(place / 'ruang')!r}), Group(name='KIM Bina Warga', village='Desa Sukamaju')).close()"
    )
    subprocess.run([str(tree / ".venv/bin/python"), "-c", made], check=True)
    new = [str(tree / ".venv/bin/kim-studio"), "new", str(place / "ruang"), str(draft / "naskah.md")]
    return subprocess.run(new, check=True, capture_output=True, text=True).stdout.strip().splitlines()[-1]


def export(tree: Path, place: Path, outlets: tuple[str, ...], *more: str) -> Cost:
    shutil.rmtree(place / "out", ignore_errors=True)
    asked = [part for name in outlets for part in ("--outlet", name)]
    return run(
        [
            str(tree / ".venv/bin/kim-studio"),
            "export",
            str(place / "ruang"),
            "--out",
            str(place / "out"),
            *asked,
            *more,
        ]
    )


def clips_of(place: Path) -> dict[str, Path]:
    return {str(path.relative_to(place / "out")).split("/", 1)[1]: path for path in (place / "out").rglob("*.mp4")}


def likeness(path: Path, clip: Path) -> float:
    """SSIM of all planes, 0..1, with the reframed original, between mark and name and before the closing card."""
    import av

    with av.open(str(path)) as opened:
        width, height = opened.streams.video[0].width, opened.streams.video[0].height
    cut = "crop=608:1080:656:0," if height > width else ""
    middle = "crop=iw:ih*0.4:0:ih*0.2"
    graph = f"[0:v]fps=30,{cut}scale={width}:{height}:flags=bicubic,{middle}[a];[1:v]{middle}[b];[a][b]ssim"
    args = ["-t", "17", "-i", str(clip), "-t", "17", "-i", str(path), "-lavfi", graph, "-an", "-f", "null", "-"]
    said = subprocess.run([ffmpeg_path(), "-hide_banner", *args], capture_output=True, text=True, check=True).stderr
    return float(re.search(r"All:([\d.]+)", said)[1])


def whole_story(trees: dict[str, Path], folder: Path, rounds: int, more: list[str], *, subtitles: bool) -> None:
    for tree in trees.values():
        shutil.rmtree(folder / tree.name, ignore_errors=True)
        make_workspace(tree, folder, folder / tree.name, subtitles=subtitles)
    costs: dict[str, list[Cost]] = {"plain ffmpeg": [], **{name: [] for name in trees}}
    for _ in range(rounds):
        plain = ["-v", "error", "-y", "-i", str(folder / "klip.mp4"), *PLAIN, str(folder / "plain.mp4")]
        costs["plain ffmpeg"].append(run([ffmpeg_path(), *plain]))
        for name, tree in trees.items():
            costs[name].append(export(tree, folder / tree.name, OUTLETS, *(more if name == "now" else [])))
    print("| | wall s | CPU s | largest process MB | CPU / plain ffmpeg |\n|---|---|---|---|---|")
    for name, found in costs.items():
        share = median(c.cpu / p.cpu for c, p in zip(found, costs["plain ffmpeg"], strict=True))
        wall, cpu, memory = (median(getattr(cost, what) for cost in found) for what in ("wall", "cpu", "memory"))
        print(f"| {name} | {wall:.1f} | {cpu:.1f} | {memory:.0f} | {share:.2f} |", flush=True)
    if "before" in trees:
        share = median(n.cpu / b.cpu for n, b in zip(costs["now"], costs["before"], strict=True))
        print(f"\nnow / before: {share:.2f}")
        compare_clips(folder / trees["now"].name, folder / trees["before"].name, folder / "klip.mp4")


def compare_clips(now: Path, before: Path, clip: Path) -> None:
    """Size and likeness of each different clip of both."""
    print("\n| clip | before MB | now MB | before SSIM | now SSIM |\n|---|---|---|---|---|")
    older, seen = clips_of(before), set()
    for name, path in sorted(clips_of(now).items()):
        pair = (path.stat().st_size, older[name].stat().st_size)
        if pair in seen:
            continue
        seen.add(pair)
        ssim = [likeness(each, clip) for each in (older[name], path)]
        print(f"| {name} | {pair[1] / 1e6:.2f} | {pair[0] / 1e6:.2f} | {ssim[0]:.4f} | {ssim[1]:.4f} |", flush=True)


def largest_processes(folder: Path, before: Path | None) -> None:
    """The largest process of the demo and of the story with a clip of 4K HEVC."""
    big = ("-vf", "scale=3840:2160,noise=alls=4:allf=t", "-c:v", "libx265", "-preset", "ultrafast")
    told = ("-x265-params", "log-level=error:keyint=60", "-b:v", "40M", "-tag:v", "hvc1", "-c:a", "copy")
    derived(folder, "f4k.mp4", "-t", 5, "-i", folder / "phone.mp4", *big, *told)
    trees = [("now", HERE.parent, []), ("frugal", HERE.parent, ["--frugal"])]
    trees += [("before", before.resolve(), [])] if before else []
    print("| | demo MB | 4K HEVC MB |\n|---|---|---|")
    for name, tree, more in trees:
        place = folder / "memory"
        shutil.rmtree(place, ignore_errors=True)
        demo = run([str(tree / ".venv/bin/kim-studio"), "demo", str(place / "demo"), "--no-window", *more])
        make_workspace(tree, folder, place / "4k", clip="f4k.mp4", subtitles=False)
        large = export(tree, place / "4k", OUTLETS, *more)
        print(f"| {name} | {demo.memory:.0f} | {large.memory:.0f} |", flush=True)


@dataclass(frozen=True)
class FirstFile:
    """When the first files of a kind lay there: seconds since the start, and processor time of all processes."""

    wall: float
    cpu: float


def cpu_of(root: int) -> float:
    """Processor seconds of a process and all that descend from it, those that have ended too (Linux)."""
    spent = 0
    for number in children_of(root):
        try:
            fields = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        spent += sum(map(int, fields[11:15]))
    return spent / os.sysconf("SC_CLK_TCK")


def encodes(root: int) -> bool:
    """Whether ffmpeg has begun to make a clip."""
    for number in children_of(root)[1:]:
        try:
            if b"-progress" in Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0"):
                return True
        except OSError:
            continue
    return False


def demo_workspace(tree: Path, place: Path) -> Path:
    """The stories of the demo, made once by the tree itself."""
    if not (place / "workspace.json").exists():
        shutil.rmtree(place, ignore_errors=True)
        made = (
            "from pathlib import Path; from studio.base.progress import SilentProgress as S; "
            f"from studio.demo.sample import make_sample as m; m(Path({str(place)!r}), S()).close()"
        )
        subprocess.run([str(tree / ".venv/bin/python"), "-c", made], check=True)
    return place


def begin_export(tree: Path, room: Path, out: Path) -> subprocess.Popen[bytes]:
    shutil.rmtree(out, ignore_errors=True)
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CACHE_HOME": str(out.parent / "cache")}
    # One of the stories is a notice whose day may be over.
    command = [str(tree / ".venv/bin/kim-studio"), "export", str(room), "--out", str(out), "--expired"]
    return subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def until_first(tree: Path, room: Path, out: Path) -> dict[str, FirstFile]:
    """When the first text and the first card lay there; the export is ended then."""
    begun, found = time.perf_counter(), {}
    process = begin_export(tree, room, out)
    try:
        while len(found) < 2 and process.poll() is None:
            for what, files in (("text", "*/*/*.txt"), ("card", "*/*/*.jpg")):  # cards go before photos
                if what not in found and any(out.glob(files)):
                    found[what] = FirstFile(time.perf_counter() - begun, cpu_of(process.pid))
            time.sleep(0.005)
    finally:
        process.terminate()
        process.wait()
    return found


def missing_at_first_clip(tree: Path, room: Path, out: Path) -> tuple[int, list[str]]:
    """How many files lay there when the first clip was begun, and which texts and photos did not."""
    process = begin_export(tree, room, out)
    try:
        while process.poll() is None and not encodes(process.pid):
            time.sleep(0.05)
        there = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
        noted = [(note.parent.name, json.loads(note.read_text())) for note in out.glob("*/.manifest.planned")]
    finally:
        process.terminate()
        process.wait()
    wanted = {f"{story}/{path}" for story, paths in noted for path in paths if path.endswith((".txt", ".jpg", ".html"))}
    stories = {path.name for path in (room / "stories").iterdir() if path.is_dir()}
    return len(there), sorted((wanted - there) | {f"{story}/" for story in stories - {name for name, _ in noted}})


def first_result(folder: Path, before: Path | None) -> None:
    """Until the first text and card of the demo's stories are there; and what is missing when a clip is begun."""
    trees = {"now": HERE.parent} | ({"before": before.resolve()} if before else {})
    rooms = {name: demo_workspace(tree, folder / f"demo-{name}") for name, tree in trees.items()}
    print("| | text s | text CPU s | card s | card CPU s | starts of a bare Python, CPU |\n|---|---|---|---|---|---|")
    found: dict[str, list[tuple[dict[str, FirstFile], float]]] = {name: [] for name in trees}
    for _ in range(5):
        for name, tree in trees.items():
            bare = run([sys.executable, "-c", ""]).cpu
            found[name].append((until_first(tree, rooms[name], folder / f"first-{name}"), bare))
    for name, rounds in found.items():
        row = [median(getattr(one[w], what) for one, _ in rounds) for w in ("text", "card") for what in ("wall", "cpu")]
        starts = median(one["card"].cpu / bare for one, bare in rounds)
        print(f"| {name} | " + " | ".join(f"{number:.2f}" for number in row) + f" | {starts:.0f} |", flush=True)
    there, missing = missing_at_first_clip(HERE.parent, rooms["now"], folder / "first-now")
    print(f"\nwhen the first clip was begun, {there} files lay there and {len(missing)} texts and photos did not")
    for path in missing[:20]:
        print(f"- {path}")


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--before", type=Path)
    reader.add_argument("--rounds", type=int, default=3)
    reader.add_argument("--subtitles", action="store_true")
    reader.add_argument("--frugal", action="store_true")
    reader.add_argument("--memory", action="store_true")
    reader.add_argument("--first", action="store_true")
    reader.add_argument("--folder", type=Path, default=Path("build/bench-story"))
    wanted = reader.parse_args()
    folder = wanted.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if wanted.first:
        first_result(folder, wanted.before)
        return
    draw_media(folder)
    if wanted.memory:
        largest_processes(folder, wanted.before)
        return
    trees = {"now": HERE.parent} | ({"before": wanted.before.resolve()} if wanted.before else {})
    whole_story(trees, folder, wanted.rounds, ["--frugal"] if wanted.frugal else [], subtitles=wanted.subtitles)


if __name__ == "__main__":
    main()

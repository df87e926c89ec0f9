"""Side by side: the studio's video engine, one hand-written ffmpeg command, idiomatic MoviePy, and melt.

    python bench/video.py [--folder DIR] [--rounds N] [--seconds S] [PART ...]

Parts: main, others, pad, formats, strip, size, slides (all when none is named). Everyone makes the same picture: S
seconds of a 60-second 1080p clip, reframed to 1080x1920, name strip, mark, five subtitles, even sound, x264 veryfast
CRF 21. Runs are interleaved, each in a process of its own; medians are printed. Wall time suffers from neighbours, so
CPU time stands beside it. Peak memory is the largest sum over the process and its children.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from statistics import median

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from video_jobs import derived, overlays, phone_clip, size_clips

from studio.base.progress import SilentProgress


@dataclass(frozen=True)
class Cost:
    wall: float
    cpu: float
    memory: float


def tree_memory(root: int) -> float:
    """MB in the memory of a process and its descendants now (Linux)."""
    parents: dict[int, list[int]] = {}
    sizes: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(folder.name))
        sizes[int(folder.name)] = int(fields[21]) * resource.getpagesize()
    todo, total = [root], 0
    while todo:
        now = todo.pop()
        total += sizes.get(now, 0)
        todo += parents.get(now, [])
    return total / 1e6


def cost_of(*job: object) -> Cost:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8", "SDL_AUDIODRIVER": "dummy"}
    process = subprocess.Popen(
        [sys.executable, str(HERE / "video_jobs.py"), json.dumps([str(part) for part in job])], env=env
    )
    peak = [0.0]

    def watch() -> None:
        while process.poll() is None:
            peak[0] = max(peak[0], tree_memory(process.pid))
            time.sleep(0.05)

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    wall = time.perf_counter() - begun
    watcher.join()
    if code:
        raise SystemExit(f"{job} failed with {code}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak[0])


def compare(rounds: int, jobs: dict[str, tuple[object, ...]], base: str) -> None:
    """Run all jobs in turn, ``rounds`` times; print medians, and ratios paired within each round."""
    costs: dict[str, list[Cost]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            costs[name].append(cost_of(*job))
    print(f"| | wall s | CPU s | memory MB | wall / {base} | CPU / {base} |\n|---|---|---|---|---|---|")
    for name, found in costs.items():
        wall = median(cost.wall / other.wall for cost, other in zip(found, costs[base], strict=True))
        cpu = median(cost.cpu / other.cpu for cost, other in zip(found, costs[base], strict=True))
        values = [median(getattr(cost, what) for cost in found) for what in ("wall", "cpu", "memory")]
        print(f"| {name} | {values[0]:.1f} | {values[1]:.1f} | {values[2]:.0f} | {wall:.2f} | {cpu:.2f} |", flush=True)


def part_main(folder: Path, rounds: int, seconds: float) -> None:
    print(f"\n### {seconds:g} s of 1080p to 1080x1920, cropped\n")
    jobs = {"hand-written ffmpeg": ("hand", folder, seconds, "crop"), "KIM Studio": ("ours", folder, seconds, "crop")}
    compare(rounds, jobs, "hand-written ffmpeg")


def part_others(folder: Path, rounds: int, seconds: float) -> None:
    short = min(seconds, 10)
    print(f"\n### {short:g} s of the same, with MoviePy and melt\n")
    more = {"KIM Studio": ("ours", folder, short, "crop"), "MoviePy": ("moviepy", folder, short, "crop")}
    if which("melt"):
        more["melt"] = ("melt", folder, short, "crop")
    compare(max(2, rounds - 1), more, "KIM Studio")


def part_pad(folder: Path, rounds: int, seconds: float) -> None:
    short = min(seconds, 8)
    print(f"\n### {short:g} s on a blurred background\n")
    jobs = {
        name: (job, folder, short, "pad")
        for name, job in {"hand-written ffmpeg": "hand", "KIM Studio": "ours", "MoviePy": "moviepy"}.items()
    }
    compare(max(2, rounds - 1), jobs, "KIM Studio")


def part_formats(folder: Path, rounds: int, _: float) -> None:
    derived(folder, "f1080.mp4", "-t", 8, "-i", folder / "phone.mp4", "-c", "copy")
    derived(
        folder,
        "f4k.mp4",
        "-t",
        5,
        "-i",
        folder / "phone.mp4",
        "-vf",
        "scale=3840:2160,noise=alls=4:allf=t",
        "-c:v",
        "libx265",
        "-preset",
        "ultrafast",
        "-x265-params",
        "log-level=error:keyint=60",
        "-b:v",
        "40M",
        "-tag:v",
        "hvc1",
        "-c:a",
        "copy",
    )
    for source, title in (("f1080.mp4", "8 s of 1080p H.264"), ("f4k.mp4", "5 s of 4K HEVC")):
        print(f"\n### Three formats of {title}\n")
        jobs = {"three runs": ("formats", folder, source, 0), "one decode": ("formats", folder, source, 1)}
        compare(rounds, jobs, "three runs")


def part_strip(folder: Path, rounds: int, _: float) -> None:
    listing = folder / "list.txt"
    listing.write_text("".join("file 'phone.mp4'\n" for _ in range(10)), encoding="utf-8")
    derived(folder, "long.mp4", "-f", "concat", "-safe", 0, "-i", listing, "-c", "copy", "-movflags", "+faststart")
    for what, title in (("strip", "20 thumbnails"), ("wave", "1200 peaks")):
        print(f"\n### {title} of ten minutes\n")
        compare(rounds, {who: ("strip", folder, who, what) for who in ("ffmpeg", "ours")}, "ffmpeg")


def part_slides(folder: Path, rounds: int, _: float) -> None:
    for at in range(3):
        derived(
            folder,
            f"photo{at}.jpg",
            "-i",
            folder / "texture.png",
            "-vf",
            f"rotate={at}*PI/3,crop=700:1244,scale=1167:2074",
            "-q:v",
            3,
        )
    print("\n### Slideshow, 10.8 s of 1080x1920\n")
    compare(
        max(2, rounds - 1),
        {"MoviePy": ("slides", folder, "moviepy"), "KIM Studio": ("slides", folder, "ours")},
        "MoviePy",
    )


def part_size(folder: Path, _: int, __: float) -> None:
    from studio.video.byte_limit import fit_size
    from studio.video.encode import encode_under
    from studio.video.job import VideoFormat, VideoJob, pieces_of
    from studio.video.probe import probe_clip

    limit = 900_000  # 600 kbit/s: what 16 MB leave for 3.5 minutes
    print(f"\n### Under {limit / 1e6} MB: 20 clips of 12 s\n")
    print("| clip | tries | share of the limit | kind |\n|---|---|---|---|")
    counts = {"within 90-100 %": 0, "smaller at full quality": 0, "over": 0}
    tries = []
    for path in size_clips(folder):
        clip = probe_clip(path)
        job = VideoJob(clip, pieces_of(clip, (), 30), gain=0.0)
        fitted = fit_size(path.name, job.seconds, 30, (640, 360), limit)
        target = VideoFormat(fitted.width, fitted.height, str(folder / "sized.mp4"), rate=fitted.rate)
        done = encode_under(job, target, limit, folder / "work-size", SilentProgress(), "x")
        share = done.checked.bytes / limit
        kind = "over" if share > 1 else "within 90-100 %" if share >= 0.9 else "smaller at full quality"
        counts[kind] += 1
        tries.append(done.tries)
        print(f"| {path.stem} | {done.tries} | {share:.3f} | {kind} |", flush=True)
    print(f"\n{counts}; tries: {tries.count(1)} in one, {tries.count(2)} in two, {sum(n > 2 for n in tries)} in three")


PARTS = {
    "main": part_main,
    "others": part_others,
    "pad": part_pad,
    "formats": part_formats,
    "strip": part_strip,
    "size": part_size,
    "slides": part_slides,
}


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("parts", nargs="*", choices=[*PARTS, []])
    reader.add_argument("--folder", type=Path, default=Path("build/bench-video"))
    reader.add_argument("--rounds", type=int, default=3)
    reader.add_argument("--seconds", type=float, default=30)
    args = reader.parse_args()
    folder = args.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    phone_clip(folder)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    overlays(folder)
    for name in args.parts or PARTS:
        PARTS[name](folder, args.rounds, args.seconds)


if __name__ == "__main__":
    main()

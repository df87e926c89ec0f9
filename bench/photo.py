"""One photo to six pictures: our engine beside libvips (pyvips) and ImageMagick.

    python bench/photo.py [--rounds 7] [--vips-python PATH] [--keep FOLDER] [--batch 50]

The photos (12 and 48 MP) are drawn here. Engines take turns, each in a fresh process; the medians count. CPU is the
job's alone (imports excluded; ImageMagick has none), memory the peak of the whole process. ``--vips-python`` is the
Python of an environment with ``pip install pyvips[binary]``; ImageMagick 6 or 7 is taken from the PATH. An engine that
is not there is skipped, and said to be. Exit code 1 when a target is missed.

``--batch N``: N photos one after the other in each process, ours beside pyvips; the CPU of the whole process counts,
start and imports included.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

JOBS = [
    ("square", (1080, 1080), "crop"),
    ("portrait", (1080, 1350), "crop"),
    ("story", (1080, 1920), "pad"),
    ("link", (1200, 630), "crop"),
    ("web", (1600, 1600), "inside"),
    ("thumb", (320, 320), "inside"),
]
SIZES = {"12": (4032, 3024), "48": (8064, 6048)}
CPU_TARGET = 1.05
RSS_TARGET = 80.0


def ours(source: str, folder: str, how: str, batch: int) -> None:
    """Our engine, in this process, ``batch`` times. ``how`` "auto" lets it find the focus itself."""
    import PIL.Image
    import PIL.ImageCms
    import PIL.ImageFilter
    import PIL.JpegImagePlugin  # imports are not part of the job, for any engine  # noqa: F401

    from studio.base.free_memory import keep_freed_memory
    from studio.base.progress import SilentProgress
    from studio.photo.metadata import PictureMetadata
    from studio.photo.render import PhotoVariant, render_variants
    from studio.story.model import Photo

    metadata = PictureMetadata(headline="Warga", caption="Warga membersihkan saluran", byline=("Siti Aminah",))
    photo = Photo(id="p", file="p.jpg", focus=None if how == "auto" else (0.55, 0.42))
    jobs = [(PhotoVariant(size, fit), Path(folder) / f"{name}.jpg") for name, size, fit in JOBS]
    keep_freed_memory()  # as the processes of an export do
    begin = time.process_time()
    for _ in range(batch):
        render_variants(Path(source), photo, jobs, metadata, SilentProgress())
    used = time.process_time() - begin
    print(json.dumps({"cpu": used, "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def magick_command(program: str, source: str, folder: str, size: tuple[int, int]) -> list[str]:
    """One call for all six: decoded once (with libjpeg's scaling), kept in memory, cloned per picture."""
    width, height = size[1], size[0]  # the photos lie on their side

    def crop(to: tuple[int, int]) -> list[str]:
        scale = min(width / to[0], height / to[1]) / scaled
        box = (round(to[0] * scale), round(to[1] * scale))
        left = min(max(round(0.55 * width / scaled) - box[0] // 2, 0), round(width / scaled) - box[0])
        top = min(max(round(0.42 * height / scaled) - box[1] // 2, 0), round(height / scaled) - box[1])
        return ["-crop", f"{box[0]}x{box[1]}+{left}+{top}", "+repage"]

    scaled = 4 if width > 5000 else 2
    hint = f"jpeg:size={size[0] // scaled}x{size[1] // scaled}"
    sharpen = ["-define", "convolve:scale=!", "-morphology", "Convolve", "3: -1,-2,-1 -2,44,-2 -1,-2,-1"]
    srgb = Path(folder) / "srgb.icc"
    command = [
        program,
        "-define",
        hint,
        source,
        "-auto-orient",
        "-profile",
        str(srgb),
        "-write",
        "mpr:photo",
        "+delete",
    ]
    for name, to, fit in JOBS:
        exact = [f"{to[0]}x{to[1]}" + ("!" if fit == "crop" else "")]
        inner = ["mpr:photo", *(crop(to) if fit == "crop" else []), "-resize", *exact, *sharpen]
        if fit == "pad":
            small = ["-resize", f"{to[0] // 8}x{to[1] // 8}!", "-blur", "0x5", "-evaluate", "multiply", "0.72"]
            back = ["mpr:photo", *crop(to), *small, "-resize", f"{to[0]}x{to[1]}!"]
            inner = [*back, "(", *inner, ")", "-gravity", "center", "-composite", "+gravity"]
        saved = ["-sampling-factor", "4:2:0", "-interlace", "JPEG", "-quality", "85"]
        command += ["(", *inner, *saved, "-write", f"{folder}/{name}.jpg", "+delete", ")"]
    return [*command, "mpr:photo", "null:"]


def measured(command: list[str]) -> dict[str, float]:
    """Run a child that measures itself (prints JSON), or else measure it from outside."""
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    printed = child.stdout.read() if child.stdout else ""
    # Not ``subprocess.run``: wait4 tells CPU and memory of this child alone, RUSAGE_CHILDREN the most of all so far.
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command[0]} failed ({child.returncode})")
    whole = usage.ru_utime + usage.ru_stime
    own = json.loads(printed) if printed.startswith("{") else {"cpu": whole, "rss": usage.ru_maxrss / 1024}
    return {**own, "whole": whole}


def engines(source: Path, folder: Path, size: tuple[int, int], vips: str) -> dict[str, list[str]]:
    """The command of each engine that is on this machine."""
    from studio.photo.colour import srgb_profile

    folder.mkdir(exist_ok=True)
    (folder / "srgb.icc").write_bytes(srgb_profile())
    me = [sys.executable, str(HERE / "photo.py"), "--ours"]
    found = {
        "ours": [*me, "given", str(source), str(folder)],
        "ours, automatic focus": [*me, "auto", str(source), str(folder)],
    }
    if vips:
        found["pyvips"] = [vips, str(HERE / "photo_vips.py"), str(source), str(folder)]
    if program := shutil.which("magick") or shutil.which("convert-im6") or shutil.which("convert"):
        found["ImageMagick"] = magick_command(program, str(source), str(folder), size)
    return found


def compare(name: str, size: tuple[int, int], work: Path, rounds: int, vips: str, *, lying: bool) -> bool:
    """Measure one photo and print a table; whether the targets are met."""
    source = work / f"{name}mp{'-lying' * lying}.jpg"
    # In a process of its own: Linux counts the peak of the parent as that of its children.
    subprocess.run([sys.executable, str(HERE / "photo_made.py"), str(source), name, *["lying"] * lying], check=True)
    commands = engines(source, work / "out", size, vips)
    if lying:
        commands.pop("ImageMagick", None)  # its command is written for the upright one
    runs: dict[str, list[dict[str, float]]] = {engine: [] for engine in commands}
    for _ in range(rounds):
        for engine, command in commands.items():
            runs[engine].append(measured(command))
    middle = {e: {key: median(run[key] for run in found) for key in found[0]} for e, found in runs.items()}
    base = middle.get("pyvips", middle["ours"])["cpu"]
    print(f"\n{name} MP{' lying' * lying}, {source.stat().st_size / 1e6:.1f} MB, medians of {rounds} rounds\n")
    print("| engine | CPU s | CPU ratio | CPU s with start | peak RSS MB |\n| --- | --- | --- | --- | --- |")
    for engine, row in middle.items():
        print(f"| {engine} | {row['cpu']:.2f} | {row['cpu'] / base:.2f} | {row['whole']:.2f} | {row['rss']:.0f} |")
    met = middle["ours"]["cpu"] <= CPU_TARGET * base or "pyvips" not in middle
    return met and (name != "48" or max(row["rss"] for e, row in middle.items() if e.startswith("ours")) <= RSS_TARGET)


def compare_batches(name: str, work: Path, rounds: int, vips: str, batch: int, *, lying: bool) -> bool:
    """Measure whole processes that make ``batch`` photos, taking turns; whether the targets are met."""
    source, folder = work / f"{name}mp{'-lying' * lying}.jpg", work / "out"
    folder.mkdir(exist_ok=True)
    if not source.exists():
        make = [sys.executable, str(HERE / "photo_made.py"), str(source), name, *["lying"] * lying]
        subprocess.run(make, check=True)
    count = ["--batch", str(batch)]
    our = [sys.executable, str(HERE / "photo.py"), *count, "--ours", "given", str(source), str(folder)]
    their = [vips, str(HERE / "photo_vips.py"), str(source), str(folder), str(batch)]
    pairs = [(measured(our), measured(their)) for _ in range(rounds)]
    own, other = (median(pair[n]["whole"] for pair in pairs) / batch * 1000 for n in (0, 1))
    ratio = median(one["whole"] / two["whole"] for one, two in pairs)
    memory = [max(pair[n]["rss"] for pair in pairs) for n in (0, 1)]
    shape = "landscape" if lying else "portrait"
    print(
        f"| {name} MP {shape} | {own:.0f} | {other:.0f} | {ratio:.2f} | {memory[0]:.0f} | {memory[1]:.0f} |", flush=True
    )
    return ratio <= CPU_TARGET and memory[0] <= RSS_TARGET


def main() -> int:
    """Run the comparison; see the module's text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--vips-python", default="")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--batch", type=int, default=0)
    parser.add_argument("--ours", nargs=3, metavar=("FOCUS", "PHOTO", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.ours:
        ours(options.ours[1], options.ours[2], options.ours[0], max(1, options.batch))
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        work = options.keep or Path(temporary)
        work.mkdir(exist_ok=True)
        if not options.vips_python:
            print("pyvips left out: no --vips-python")
        kinds = [(name, lying) for name in SIZES for lying in (False, True)]
        if options.batch and options.vips_python:
            print("| | ours, ms a photo | pyvips | CPU ratio | ours, peak MB | pyvips |")
            print("| --- | --- | --- | --- | --- | --- |")
            given = (work, options.rounds, options.vips_python, options.batch)
            met = [compare_batches(name, *given, lying=lying) for name, lying in kinds]
        else:
            given = (work, options.rounds, options.vips_python)
            met = [compare(name, SIZES[name], *given, lying=lying) for name, lying in kinds]
    print("\ntargets met" if all(met) else f"\nTARGET MISSED (CPU {CPU_TARGET} x pyvips, {RSS_TARGET:.0f} MB)")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())

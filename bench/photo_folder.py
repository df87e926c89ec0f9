"""A folder of photos beside one photo after the other in one process: CPU and memory.

    python bench/photo_folder.py [--photos 500] [--rounds 3] [--sheet]

The photos (12 MP, as a phone writes them) are one file under many names. "Folder" is ``kim-studio photos IN OUT --faces
ok`` in a fresh process, everything counted: start, scan, names, hashes, notes. "One by one" is one process that
renders the same file as often, with the same size and metadata, start counted too. Both take turns; medians count.
Targets: 1.1 of the CPU, 80 MB. Exit code 1 when one is missed. ``--sheet`` adds the contact sheet, which a process of
its own draws: its CPU is no part of the ratio, its memory is printed.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
CPU_TARGET, RSS_TARGET = 1.1, 80.0


def one_by_one(source: Path, out: Path, count: int) -> None:
    """Render one photo ``count`` times in this process."""
    from studio.base.progress import SilentProgress
    from studio.photo.metadata import PictureMetadata
    from studio.photo.render import PhotoVariant, render_variants
    from studio.story.model import Photo

    out.mkdir()
    said = PictureMetadata(byline=("Budi",), credit="Budi", copyright="© Budi")
    variant = PhotoVariant((1600, 1600), "inside", 80)
    for number in range(count):
        jobs = [(variant, out / f"{number}.jpg")]
        render_variants(source, Photo(id="p", file=source.name), jobs, said, SilentProgress())


def measured(command: list[str]) -> tuple[float, float]:
    """CPU seconds of a process, and its peak in MB."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command} failed ({child.returncode})")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> int:
    """Run the comparison; see the module's text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sheet", action="store_true")
    parser.add_argument("--single", nargs=3, metavar=("PHOTO", "OUT", "COUNT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.single:
        one_by_one(Path(options.single[0]), Path(options.single[1]), int(options.single[2]))
        return 0
    pairs = []
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        source = work / "12mp.jpg"
        subprocess.run([sys.executable, str(HERE / "photo_made.py"), str(source), "12"], check=True)
        folder = work / "foto"
        folder.mkdir()
        for number in range(options.photos):
            os.link(source, folder / f"IMG_{number:04}.jpg")
        more = ["--sheet"] if options.sheet else []
        for _ in range(options.rounds):
            out, single = work / "hasil", work / "satu"
            command = [sys.executable, "-m", "studio", "photos", str(folder), str(out), "--faces", "ok", *more]
            made = measured([*command, "--credit", "Budi"])
            alone = measured([sys.executable, __file__, "--single", str(source), str(single), str(options.photos)])
            pairs.append((made, alone))
            shutil.rmtree(out)
            shutil.rmtree(single)
    ratio = median(made[0] / alone[0] for made, alone in pairs)
    memory = max(made[1] for made, _ in pairs)
    own, other = (median(pair[n][0] for pair in pairs) / options.photos * 1000 for n in (0, 1))
    print(f"{options.photos} photos of 12 MP, medians of {options.rounds} rounds")
    print("| | CPU ms a photo | peak MB |\n| --- | --- | --- |")
    print(f"| folder | {own:.0f} | {memory:.0f} |\n| one by one | {other:.0f} | {max(p[1][1] for p in pairs):.0f} |")
    print(f"ratio {ratio:.2f} (target {CPU_TARGET}), peak {memory:.0f} MB (target {RSS_TARGET:.0f})")
    if options.sheet:
        print(f"peak of any process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")
    return 0 if ratio <= CPU_TARGET and memory <= RSS_TARGET else 1


if __name__ == "__main__":
    sys.exit(main())

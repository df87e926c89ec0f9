"""How work grows with the stories of one workspace: list, search, index, check, an export and a site without changes.

    python bench/scale.py [--sizes 100,1000,10000] [--keep FOLDER]

Each size is a workspace of its own, of stories with words of their own; each measure is a process of its own, so that
its peak of memory is known. The packs are those of the studio without cards, photos and clips: what is asked is how the
studio's own work grows, not how long a picture takes. Printed: seconds per measure, peak of memory in MB, and the
exponent between the smallest and the largest size (1 is linear; at most 1.1 is the promise).
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from collections.abc import Callable

PACKS = ("website", "whatsapp", "telegram")
SENTENCES = 32
"""Of a story's body: about 400 words."""
TOPICS = ("pertanian", "posyandu", "irigasi", "pemuda", "pasar", "sekolah", "gotong royong", "umkm", "wisata", "jalan")
ACTS = ("memperbaiki", "membersihkan", "mengecat", "menanam", "merawat", "membangun", "menata", "meninjau", "menjaga")
THINGS = ("saluran air", "pagar kebun", "jalan setapak", "pohon mangga", "gapura", "taman", "kolam ikan", "pos ronda")
PLACES = ("Dusun Krajan", "Dusun Tengah", "Dusun Lor", "Dusun Kidul", "balai desa", "tepi sungai", "lapangan desa")
MEASURES = ("index", "list", "search", "check", "export", "outlets", "site")
"""In this order: what comes first makes what the next one finds."""
WARM = frozenset({"export", "outlets", "site"})
"""Measured the second time, when nothing has changed."""


def write_packs(place: Path) -> None:
    """The studio's packs, texts and pages alone."""
    shutil.copytree(ROOT / "templates" / "_common", place / "_common")
    shutil.copytree(ROOT / "templates" / "_families", place / "_families")
    for name in PACKS:
        pack = shutil.copytree(ROOT / "templates" / name, place / name) / "outlet.toml"
        head, *outputs = pack.read_text(encoding="utf-8").split("[[output]]")
        kept = [each for each in outputs if re.search(r'kind = "(text|page)"', each)]
        pack.write_text("[[output]]".join([head, *kept]), encoding="utf-8")


def write_stories(folder: Path, count: int, sentences: int = SENTENCES) -> None:
    """Stories as a group writes them over the years, each ready to be published."""
    from studio.store.workspace import create_workspace
    from studio.story.model import Group, Source, Story

    chance = random.Random(count)
    with create_workspace(folder, Group(name="KIM Uji", village="Sukamaju")) as workspace:
        for number in range(count):
            day = f"{2006 + number % 20}-{1 + number // 20 % 12:02}-{1 + number // 240 % 28:02}"
            said = [_sentence(chance) for _ in range(sentences)]
            paragraphs = [" ".join(said[at : at + 4]) for at in range(0, sentences, 4)]
            story = Story(
                id="",
                headline=f"Warga {chance.choice(ACTS)} {chance.choice(THINGS)} di blok {number}",
                date=day,
                place="Sukamaju",
                byline=("Siti Aminah",),
                body="\n\n".join(paragraphs),
                summary=said[0],
                tags=(TOPICS[number % len(TOPICS)], chance.choice(TOPICS)),
                category="pertanian",
                sources=(Source(name="Asep Hidayat", role="Kepala Dusun"),),
                status="ready",
            )
            workspace.add(story)


def _sentence(chance: random.Random) -> str:
    """A harmless sentence of about ten words; with numbers in them no two stories are alike."""
    act, thing, other = chance.choice(ACTS), chance.choice(THINGS), chance.choice(THINGS)
    return (
        f"Sebanyak {chance.randrange(12, 9000)} warga {act} {thing} dan {other} "
        f"sepanjang {chance.randrange(20, 900)} meter di {chance.choice(PLACES)}."
    )


def measure(what: str, workspace: Path, packs: Path) -> float:
    """Seconds of one measure, in this process."""
    jobs: dict[str, Callable[[], object]] = {
        "index": lambda: _index(workspace, "refresh"),
        "list": lambda: _index(workspace, "list"),
        "search": lambda: _index(workspace, "search"),
        "check": lambda: _check(workspace),
        "export": lambda: _export(workspace, packs, ()),
        "outlets": lambda: _export(workspace, packs, ("whatsapp", "telegram")),
        "site": lambda: _site(workspace, packs),
    }
    began = time.perf_counter()
    jobs[what]()
    return time.perf_counter() - began


def _index(workspace: Path, what: str) -> None:
    from studio.store.index import SearchIndex
    from studio.store.workspace import open_workspace

    with open_workspace(workspace, write=False) as opened:
        index = SearchIndex(opened)
        if what == "refresh":
            index.refresh()
        else:
            index.find("" if what == "list" else "warg sal")


def _check(workspace: Path) -> None:
    from studio.commands.check import run_check

    run_check(workspace, (), as_json=False)


def _export(workspace: Path, packs: Path, outlets: tuple[str, ...]) -> None:
    from studio.base.i18n import MessageTexts
    from studio.base.progress import SilentProgress
    from studio.export.running.story_exporter import StoryExporter
    from studio.store.workspace import open_workspace

    texts = MessageTexts(ROOT / "assets" / "messages", "id")
    with open_workspace(workspace, write=False) as opened, StoryExporter(opened, packs, texts, quick=True) as exporter:
        for done in exporter.export((), outlets, None, SilentProgress()):
            if done.error:
                raise SystemExit(f"{done.folder}: {texts.explain(done.error)}")


def _site(workspace: Path, packs: Path) -> None:
    from studio.base.i18n import MessageTexts
    from studio.base.progress import SilentProgress
    from studio.export.website.site_library import build_site
    from studio.store.workspace import open_workspace

    texts = MessageTexts(ROOT / "assets" / "messages", "id")
    with open_workspace(workspace, write=False) as opened:
        site = build_site(opened, packs, texts, None, SilentProgress())
    print(f"# {site.stories} stories, {len(site.left_out)} left out, {site.written} written", file=sys.stderr)


def run_apart(what: str, workspace: Path, packs: Path) -> tuple[float, float]:
    """Seconds and peak of memory (MB) of one measure in a process of its own."""
    here = [sys.executable, __file__, "--one", what, str(workspace), str(packs)]
    there = {**os.environ, "KIM_STUDIO_HOME": str(workspace.parent / "home"), "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(here, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=there, check=False)
    for line in ended.stderr.splitlines():
        if line.startswith("{"):
            told = json.loads(line)
            return told["seconds"], told["peak"]
    raise SystemExit(ended.stderr)


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("--sizes", default="100,1000,10000")
    told.add_argument("--keep", type=Path)
    told.add_argument("--measures", default=",".join(MEASURES))
    told.add_argument("--one", nargs=3, metavar=("WHAT", "WORKSPACE", "PACKS"))
    wish = told.parse_args()
    if wish.one:
        seconds = measure(wish.one[0], Path(wish.one[1]), Path(wish.one[2]))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": seconds, "peak": peak}), file=sys.stderr)
        return
    room = wish.keep or Path(tempfile.mkdtemp(prefix="kim-scale-"))
    packs = room / "packs"
    if not packs.is_dir():
        room.mkdir(parents=True, exist_ok=True)
        write_packs(packs)
    sizes = [int(size) for size in wish.sizes.split(",")]
    found: dict[str, dict[int, tuple[float, float]]] = {}
    for size in sizes:
        workspace = room / f"kim-{size}"
        if not workspace.is_dir():
            write_stories(workspace, size)
        for what in wish.measures.split(","):
            if what in WARM:
                run_apart(what, workspace, packs)
            found.setdefault(what, {})[size] = run_apart(what, workspace, packs)
            seconds, peak = found[what][size]
            print(f"{what:8} {size:6} {seconds:8.2f} s {1000 * seconds / size:7.2f} ms each {peak:6.0f} MB", flush=True)
    if len(sizes) > 1:
        low, high = sizes[0], sizes[-1]
        for what, told_of in found.items():
            grown = math.log(told_of[high][0] / told_of[low][0]) / math.log(high / low)
            print(f"{what:8} exponent {grown:5.2f}")
    if not wish.keep:
        shutil.rmtree(room)


if __name__ == "__main__":
    main()

"""How work grows with the stories of one workspace: window, list, search, check, an export and a site without changes.

    python bench/scale.py [--sizes 100,1000,10000] [--keep FOLDER] [--measures check,site]

Stories have words of their own, one in ten a photo; each measure is a process of its own, so that its peak of memory is
known; processor seconds without the start of Python. The packs are those of the studio without cards, photos and clips,
and nothing waits for the disk: what is asked is how the studio's own work grows, not how long a picture takes. Each
measure is noted in FOLDER as it ends: with the same FOLDER it goes on where it was stopped, and several runs of
different measures can share it. Printed: seconds per measure, peak of memory in MB, and the exponent between the
smallest and the largest size (1 is linear; at most 1.1 is the promise).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


PACKS = ("website", "whatsapp", "telegram")
SENTENCES = 12
"""Of a story's body: about 150 words."""
TOPICS = ("pertanian", "posyandu", "irigasi", "pemuda", "pasar", "sekolah", "gotong royong", "umkm", "wisata", "jalan")
ACTS = ("memperbaiki", "membersihkan", "mengecat", "menanam", "merawat", "membangun", "menata", "meninjau", "menjaga")
THINGS = ("saluran air", "pagar kebun", "jalan setapak", "pohon mangga", "gapura", "taman", "kolam ikan", "pos ronda")
PLACES = ("Dusun Krajan", "Dusun Tengah", "Dusun Lor", "Dusun Kidul", "balai desa", "tepi sungai", "lapangan desa")
MEASURES = ("index", "list", "search", "window", "check", "export", "outlets", "site")
"""In this order: the index is there when the list is asked."""
FIRST = frozenset({"export", "outlets", "site"})
"""Measured twice: the first time, and when nothing has changed."""
SHORT = frozenset({"index", "list", "search", "window", "export", "outlets", "site"})
"""Measured three times, of which the median counts; the rest takes long enough."""
PHOTO_EVERY = 10


def write_packs(place: Path) -> None:
    """The studio's packs, texts and pages alone."""
    shutil.copytree(ROOT / "templates" / "_common", place / "_common")
    shutil.copytree(ROOT / "templates" / "_families", place / "_families")
    for name in PACKS:
        pack = shutil.copytree(ROOT / "templates" / name, place / name) / "outlet.toml"
        head, *outputs = pack.read_text(encoding="utf-8").split("[[output]]")
        kept = [each for each in outputs if re.search(r'kind = "(text|page)"', each)]
        pack.write_text("[[output]]".join([head, *kept]), encoding="utf-8")


def write_stories(folder: Path, count: int, sentences: int = SENTENCES, *, photo_every: int = 0) -> None:
    """Stories as a group writes them over the years, each ready to be published, some with the same small photo.

    Written without waiting for the disk; the photo is one file with many names.
    """
    from PIL import Image

    from studio.store.codec import story_to_json
    from studio.store.workspace import create_workspace
    from studio.story.model import Group, Photo, Source, Story

    chance = random.Random(count)
    create_workspace(folder, Group(name="KIM Uji", village="Sukamaju")).close()
    photo = folder.parent / "foto.jpg"
    if photo_every and not photo.is_file():
        Image.effect_noise((320, 240), 40).convert("RGB").save(photo, quality=80)
    media = f"{hashlib.sha256(photo.read_bytes()).hexdigest()[:16]}.jpg" if photo_every else ""
    photos = (Photo(id="f", file=media, caption="Warga bekerja.", credit="Siti Aminah", width=320, height=240),)
    for number in range(count):
        day = f"{2006 + number % 20}-{1 + number // 20 % 12:02}-{1 + number // 240 % 28:02}"
        said = [_sentence(chance) for _ in range(sentences)]
        paragraphs = [" ".join(said[at : at + 4]) for at in range(0, sentences, 4)]
        story = Story(
            id=f"s{number}",
            headline=f"Warga {chance.choice(ACTS)} {chance.choice(THINGS)} di blok {number}",
            date=day,
            place="Sukamaju",
            byline=("Siti Aminah",),
            body="\n\n".join(paragraphs),
            summary=said[0],
            tags=(TOPICS[number % len(TOPICS)], chance.choice(TOPICS)),
            category="pertanian",
            photos=photos if photo_every and number % photo_every == 0 else (),
            sources=(Source(name="Asep Hidayat", role="Kepala Dusun"),),
            status="ready",
            modified=f"{day}T08:00:00+07:00",
        )
        place = folder / "stories" / f"{day}-berita-{number}"
        place.mkdir(parents=True)
        (place / "story.json").write_bytes(story_to_json(story))
        if story.photos:
            (place / "media").mkdir()
            os.link(photo, place / "media" / media)


def _sentence(chance: random.Random) -> str:
    """A harmless sentence of about ten words; with numbers in them no two stories are alike."""
    act, thing, other = chance.choice(ACTS), chance.choice(THINGS), chance.choice(THINGS)
    return (
        f"Sebanyak {chance.randrange(12, 9000)} warga {act} {thing} dan {other} "
        f"sepanjang {chance.randrange(20, 900)} meter di {chance.choice(PLACES)}."
    )


def measure(what: str, workspace: Path, packs: Path) -> dict[str, float]:
    """Processor seconds of what is measured, in this process."""
    # Every file of an export is waited for until it is on the disk: that is the disk's time, and grows with nothing.
    os.fsync = lambda _file: None  # type: ignore[assignment]
    if what == "window":
        return _window(workspace)
    jobs: dict[str, Callable[[], object]] = {
        "index": lambda: _index(workspace, "refresh"),
        "list": lambda: _index(workspace, "list"),
        "search": lambda: _index(workspace, "search"),
        "check": lambda: _check(workspace),
        "export": lambda: _export(workspace, packs, ()),
        "outlets": lambda: _export(workspace, packs, ("whatsapp", "telegram")),
        "site": lambda: _site(workspace, packs),
    }
    began = time.process_time()
    jobs[what]()
    return {what: time.process_time() - began}


def _index(workspace: Path, what: str) -> None:
    from studio.store.index import SearchIndex
    from studio.store.workspace import open_workspace

    with open_workspace(workspace, write=False) as opened:
        index = SearchIndex(opened)
        if what == "refresh":
            (workspace / ".studio" / "index.sqlite").unlink(missing_ok=True)
            index.refresh()
        else:
            index.find("" if what == "list" else "warg sal")


def _window(workspace: Path) -> dict[str, float]:
    """The window: opening, a page of the list, filters, words, and the way from the first story to the last."""
    from PySide6.QtWidgets import QApplication

    from studio import app
    from studio.services.saved_searches import SAVED_FILTERS, StorySearch
    from studio.ui.core.background_jobs import InlineJobs
    from studio.ui.dialogs.qt_dialogs import QtDialogs

    home = workspace.parent / "home"
    qt = app.make_application()
    places = app.ProgramPlaces(app.paths.assets_dir(), home)
    studio = app.StudioApplication(
        qt,
        app.UserSettings(),
        InlineJobs(),
        lambda texts: QtDialogs(texts, home),
        app.LucideIcons(),
        places,
        app.make_sample,
    )
    told: dict[str, float] = {}
    began = time.process_time()
    studio.open_workspace(workspace)
    studio.source.refresh()
    QApplication.processEvents()
    told["window opens"] = time.process_time() - began
    library = studio.window.library
    view = library.view

    def ask(name: str, times: int, change: Callable[[], object]) -> None:
        began = time.process_time()
        for _ in range(times):
            change()
            library.ask()
            view.viewport().repaint()
        told[name] = (time.process_time() - began) / times

    ask("window, page", 20, lambda: None)
    for number in range(len(library.chips.buttons())):
        ask(f"window, chip {number}", 5, library.chips.button(number).click)
    library.chips.button(0).click()
    for saved in SAVED_FILTERS:
        ask(f"window, {saved}", 5, partial(library.choose_search, StorySearch(saved=saved)))
    library.choose_search(StorySearch())
    for words in ("w", "warg sal", "blok 77"):
        ask(f"window, {words!r}", 5, partial(library.search.setText, words))
    library.search.setText("")
    library.ask()
    began, row = time.process_time(), 0
    while row < library.model.rowCount():
        view.scrollTo(library.model.index(row))
        view.viewport().repaint()
        row += 100
        if row >= library.model.rowCount() and library.model.canFetchMore(library.model.index(-1)):
            library.model.fetchMore(library.model.index(-1))
    told["window, scroll to the end"] = time.process_time() - began
    ask("window, words after scrolling", 3, partial(library.search.setText, "warg"))
    studio.close()
    return told


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


def run_apart(what: str, workspace: Path, packs: Path) -> dict[str, float]:
    """Processor seconds of one measure in a process of its own, and the peak of its memory (MB) as ``peak``."""
    here = [sys.executable, __file__, "--one", what, str(workspace), str(packs)]
    there = {**os.environ, "KIM_STUDIO_HOME": str(workspace.parent / "home"), "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(here, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=there, check=False)
    for line in ended.stderr.splitlines():
        if line.startswith("{"):
            told: dict[str, float] = json.loads(line)
            return told
    raise SystemExit(ended.stderr)


def measured(what: str, workspace: Path, packs: Path) -> dict[str, tuple[float, float]]:
    """Of each thing measured: processor seconds, and MB."""
    found: dict[str, tuple[float, float]] = {}
    if what in FIRST:
        first = run_apart(what, workspace, packs)
        found[f"{what}, first"] = (first[what], first["peak"])
    rounds = [run_apart(what, workspace, packs) for _ in range(3 if what in SHORT else 1)]
    for name in rounds[0]:
        if name != "peak":
            unchanged = f"{name}, unchanged" if what in FIRST else name
            found[unchanged] = (
                statistics.median(told[name] for told in rounds),
                max(told["peak"] for told in rounds),
            )
    return found


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
        print(json.dumps({**seconds, "peak": peak}), file=sys.stderr)
        return
    room = wish.keep or Path(tempfile.mkdtemp(prefix="kim-scale-"))
    packs, notes = room / "packs", room / "measured"
    if not packs.is_dir():
        notes.mkdir(parents=True, exist_ok=True)
        write_packs(packs)
    sizes = [int(size) for size in wish.sizes.split(",")]
    for size in sizes:
        for what in wish.measures.split(","):
            workspace = room / (f"kim-{size}-{what}" if what in FIRST else f"kim-{size}")
            if not workspace.is_dir():
                write_stories(workspace, size, photo_every=PHOTO_EVERY)
            noted = notes / f"{what}-{size}.json"
            if not noted.is_file():
                noted.write_text(json.dumps(measured(what, workspace, packs)), encoding="utf-8")
                print(f"{what} {size}: {noted.read_text(encoding='utf-8')}", flush=True)
    known = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in notes.iterdir()}
    print_table(known, sizes, wish.measures.split(","))
    if not wish.keep:
        shutil.rmtree(room)


def print_table(known: Mapping[str, Mapping[str, Sequence[float]]], sizes: Sequence[int], measures: list[str]) -> None:
    """Seconds at each size, the exponent from the first to the last and between the last two, and the memory."""
    print(f"| | {' | '.join(map(str, sizes))} | exponent | of the last step | MB at {sizes[-1]} |")
    print("| --- " * (len(sizes) + 4) + "|")
    for what in measures:
        for name in known[f"{what}-{sizes[0]}"]:
            rows = [known[f"{what}-{size}"][name] for size in sizes]
            took = " | ".join(f"{seconds:.3f} s" for seconds, _ in rows)
            grown, step = (_exponent(rows, sizes, at) for at in (0, max(0, len(sizes) - 2)))
            print(f"| {name} | {took} | {grown:.2f} | {step:.2f} | {rows[-1][1]:.0f} |")


def _exponent(rows: Sequence[Sequence[float]], sizes: Sequence[int], at: int) -> float:
    if sizes[at] == sizes[-1]:
        return 0.0
    return math.log(max(rows[-1][0], 1e-6) / max(rows[at][0], 1e-6)) / math.log(sizes[-1] / sizes[at])


if __name__ == "__main__":
    main()

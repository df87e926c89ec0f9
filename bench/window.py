"""The window beside a bare PySide6 window and two programs of the same kind; and its list with many stories.

python bench/window.py start PEERS_VENV [RUNS]     time to the first painted window and memory, under Xvfb
python bench/window.py before CHECKOUT [RUNS]      the same beside another commit: a checkout with its own .venv
python bench/window.py list [STORIES]              first page and search in the window, offscreen

PEERS_VENV is a virtual environment with novelWriter and ReText from PyPI. Xvfb must be installed. Every start is looked
at from outside, in the memory of the screen: the window counts from the moment its pixels are there, whoever drew them.
"""

from __future__ import annotations

import json
import mmap
import os
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCREEN = (1366, 768)
LEAST_PIXELS = 40_000
STORIES = 2_000
BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1366, 768)
window.show()
app.exec()
"""
STUDIO = "from studio.commands.window import main; main()"  # what kim-studio-window runs
WORDS = [
    "warga",
    "desa",
    "saluran",
    "irigasi",
    "gotong",
    "royong",
    "sawah",
    "panen",
    "posyandu",
    "balita",
    "vaksinasi",
    "ternak",
    "balai",
    "dusun",
    "kepala",
    "jalan",
    "jembatan",
    "pasar",
    "minggu",
    "koperasi",
    "pemuda",
    "karang",
    "taruna",
    "penyuluhan",
    "bibit",
    "pupuk",
    "air",
    "sungai",
    "hujan",
    "tanggul",
    "sekolah",
    "perpustakaan",
    "lomba",
    "kesenian",
    "wayang",
    "keliling",
    "usaha",
    "kecil",
    "bantuan",
    "sosial",
    "pendataan",
    "rapat",
    "anggaran",
    "pembangunan",
]


def vocabulary() -> list[str]:
    """The words above and 8,000 made of syllables."""
    import random

    chance = random.Random(2)
    syllables = [first + second for first in "bcdghjklmnprstw" for second in "aeiou"]
    made = ("".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(8_000))
    return list(dict.fromkeys([*WORDS, *made]))


def fill_workspace(path: Path, stories: int) -> None:
    """A workspace with many stories of 220 words, written without waiting for the disk."""
    import random

    from msgspec.structs import replace

    from studio.store.codec import story_to_json
    from studio.store.workspace import create_workspace
    from studio.story.model import Group, Story
    from studio.story.newsroom_records import Comment

    create_workspace(path, Group(name="KIM Bina Warga", village="Desa Sukamaju")).close()
    chance = random.Random(1)
    words = vocabulary()
    weights = [1 / rank for rank in range(1, len(words) + 1)]  # as in any language (Zipf)
    for number in range(stories):
        headline = " ".join(chance.choices(words, weights, k=8)).capitalize()
        body = "\n\n".join(" ".join(chance.choices(words, weights, k=55)).capitalize() + "." for _ in range(4))
        day = f"2026-{1 + number % 12:02d}-{1 + number % 28:02d}"
        story = Story(
            id=f"s{number}", headline=headline, body=body, date=day, place="Sukamaju", modified=f"{day}T08:00:00+07:00"
        )
        if number % 7 == 0:
            story = replace(story, comments=(Comment(id="c", place="headline", text=headline),))
        folder = path / "stories" / f"{day}-berita-{number}"
        folder.mkdir(parents=True)
        (folder / "story.json").write_bytes(story_to_json(story))


# ------------------------------------------------------------------------------------------------ start


class Screen:
    """A virtual screen whose pixels can be read."""

    def __init__(self, folder: Path) -> None:
        self.display = f":{os.getpid() % 500 + 80}"
        size = f"{SCREEN[0]}x{SCREEN[1]}x24"
        command = ["Xvfb", self.display, "-screen", "0", size, "-fbdir", str(folder), "-nolisten", "tcp"]
        self._server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        file = folder / "Xvfb_screen0"
        while not file.exists() or file.stat().st_size < SCREEN[0] * SCREEN[1] * 4:
            time.sleep(0.02)
        with file.open("rb") as opened:
            self._pixels = mmap.mmap(opened.fileno(), 0, prot=mmap.PROT_READ)
        self._start = struct.unpack(">I", self._pixels[:4])[0] + struct.unpack(">I", self._pixels[76:80])[0] * 12

    def painted(self) -> int:
        """Pixels (of every 16th line) that are not black, times 16."""
        line = SCREEN[0] * 4
        count = 0
        for y in range(0, SCREEN[1], 16):
            row = self._pixels[self._start + y * line : self._start + (y + 1) * line]
            count += SCREEN[0] - row[1::4].count(0)
        return count * 16

    def close(self) -> None:
        self._server.terminate()
        self._server.wait()


def tree(pid: int) -> list[int]:
    found = [pid]
    for entry in sorted(int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()):
        try:
            parent = int(Path(f"/proc/{entry}/stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        if parent in found:
            found.append(entry)
    return found


def resident(pid: int) -> float:
    """MB of the process and its children."""
    total = 0.0
    for entry in tree(pid):
        try:
            total += int(Path(f"/proc/{entry}/statm").read_text().split()[1]) * 4 / 1024
        except OSError:
            continue
    return total


def worked(pid: int) -> float:
    """Milliseconds of processor time of the process and its children so far."""
    ticks = 0
    for entry in tree(pid):
        try:
            fields = Path(f"/proc/{entry}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def one_start(
    command: list[str], environment: dict[str, str], screen: Screen, folder: Path = ROOT
) -> tuple[float, float, float]:
    """Milliseconds to the first painted window, processor time of them, MB after five seconds."""
    while screen.painted() > 1000:
        time.sleep(0.05)
    begun = time.perf_counter()
    process = subprocess.Popen(
        command,
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    )
    shown = busy = float("nan")
    while time.perf_counter() - begun < 60 and process.poll() is None:
        if screen.painted() >= LEAST_PIXELS:
            shown, busy = (time.perf_counter() - begun) * 1000, worked(process.pid)
            break
        time.sleep(0.004)
    time.sleep(5)
    memory = resident(process.pid)
    os.killpg(process.pid, signal.SIGTERM)
    time.sleep(0.4)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return shown, busy, memory


def start(peers: Path, runs: int) -> None:
    cases = {
        "bare PySide6 window": (ROOT, [sys.executable, "-c", BARE]),
        "KIM Studio, 2,000 stories": (ROOT, [sys.executable, "-c", STUDIO]),
        "novelWriter": (ROOT, [str(peers / "bin" / "python"), str(peers / "bin" / "novelwriter")]),
        "ReText": (ROOT, [str(peers / "bin" / "python"), str(peers / "bin" / "retext")]),
    }
    compare(cases, runs)


def start_before(checkout: Path, runs: int) -> None:
    cases = {
        "bare PySide6 window": (ROOT, [sys.executable, "-c", BARE]),
        "KIM Studio before": (checkout, [str(checkout / ".venv" / "bin" / "python"), "-c", STUDIO]),
        "KIM Studio now": (ROOT, [sys.executable, "-c", STUDIO]),
    }
    compare(cases, runs)


def compare(cases: dict[str, tuple[Path, list[str]]], runs: int) -> None:
    """Start the programs in turn; of each the folder to stand in, and its command.

    KIM Studio opens a workspace of its own each, so that neither finds what the other wrote into it.
    """
    scratch = Path(tempfile.mkdtemp(prefix="kim-bench-"))
    screen = Screen(scratch)
    try:
        filled = scratch / "KIM"
        sys.path.insert(0, str(ROOT))
        fill_workspace(filled, STORIES)
        results: dict[str, list[tuple[float, float, float]]] = {name: [] for name in cases}
        for round_ in range(runs + 2):  # two warm-up rounds: bytecode, caches, first-run questions, the search index
            for name, (folder, command) in cases.items():
                home = scratch / "home" / name.split(",")[0].replace(" ", "-")
                if not home.exists():
                    (home / "run").mkdir(parents=True)
                    settle(filled, home)
                opened = [str(home / "KIM")] if name.startswith("KIM") else []
                found = one_start([*command, *opened], environment(home, screen.display), screen, folder)
                if round_ > 1:
                    results[name].append(found)
        table(results)
    finally:
        screen.close()
        shutil.rmtree(scratch, ignore_errors=True)


def settle(filled: Path, home: Path) -> None:
    """Give a home its workspace and the story that was open last."""
    workspace, settings = home / "KIM", home / "kim" / "config" / "settings.json"
    shutil.copytree(filled, workspace)
    settings.parent.mkdir(parents=True)
    story = sorted(path.name for path in (workspace / "stories").iterdir())[0]
    settings.write_text(json.dumps({"story": {str(workspace): story}}), encoding="utf-8")


def environment(home: Path, display: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return kept | {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_DATA_HOME": str(home / "data"),
        "KIM_STUDIO_HOME": str(home / "kim"),
        "DISPLAY": display,
        "PYTHONPYCACHEPREFIX": str(home / "pycache"),  # as after pip install: everything is compiled
    }


def table(results: dict[str, list[tuple[float, float, float]]]) -> None:
    bare = statistics.median(found[0] for found in next(iter(results.values())))
    print("| program | first painted window, median (min-max) | times bare | processor | RSS after 5 s |")
    print("| --- | --- | --- | --- | --- |")
    for name, found in results.items():
        shown, busy, memory = zip(*found, strict=True)
        middle = statistics.median(shown)
        print(
            f"| {name} | {middle:.0f} ms ({min(shown):.0f}-{max(shown):.0f}) | {middle / bare:.2f}"
            f" | {statistics.median(busy):.0f} ms | {statistics.median(memory):.0f} MB |"
        )


# ------------------------------------------------------------------------------------------------ list


def spread(sorted_values: list[float]) -> str:
    p95 = sorted_values[int(len(sorted_values) * 0.95)]
    return f"{statistics.median(sorted_values):.1f} ms | {p95:.1f} ms"


def measure_list(stories: int) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    from studio import app
    from studio.services.saved_searches import SAVED_FILTERS, StorySearch
    from studio.ui.core.background_jobs import InlineJobs
    from studio.ui.dialogs.qt_dialogs import QtDialogs

    with tempfile.TemporaryDirectory(prefix="kim-bench-") as name:
        scratch = Path(name)
        fill_workspace(scratch / "KIM", stories)
        qt = app.make_application()
        places = app.ProgramPlaces(app.paths.assets_dir(), scratch)
        studio = app.StudioApplication(
            qt,
            app.UserSettings(),
            InlineJobs(),
            lambda texts: QtDialogs(texts, scratch),
            app.LucideIcons(),
            places,
            app.make_sample,
        )
        studio.open_workspace(scratch / "KIM")
        begun = time.perf_counter()
        studio.source.refresh()
        print(f"{stories} stories; building the index {time.perf_counter() - begun:.1f} s (once, in the worker)")
        library = studio.window.library

        def ask(text: str) -> tuple[float, float]:
            """Milliseconds on the clock, and on the processor (other programs may be running)."""
            library.search.setText(text)
            begun, worked = time.perf_counter(), time.process_time()
            library.ask()
            library.view.viewport().repaint()
            return (time.perf_counter() - begun) * 1000, (time.process_time() - worked) * 1000

        pages = [ask("") for _ in range(30)]
        known = vocabulary()
        chosen = [*known[:20], *known[500:520], *known[5000:5020]]
        words = [word[:length] for word in chosen for length in (2, 4, 9)]
        pairs = [f"{one} {other}" for one, other in zip(WORDS[:20], WORDS[5:25], strict=True)]
        print("| | clock: median | p95 | processor: median | p95 |\n| --- | --- | --- | --- | --- |")
        runs = {"first page": pages, "search, one word": [ask(w) for w in words], "two words": [ask(p) for p in pairs]}
        for saved in SAVED_FILTERS:
            library.choose_search(StorySearch(saved=saved))
            runs[f"saved filter, {saved}"] = [ask("") for _ in range(20)]
            runs[f"saved filter, {saved}, one word"] = [ask(word) for word in words[:20]]
        for title, found in runs.items():
            print(f"| {title} | " + " | ".join(spread(sorted(column)) for column in zip(*found, strict=True)) + " |")
        studio.close()


if __name__ == "__main__":
    if len(sys.argv) > 2 and sys.argv[1] == "start":
        start(Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 7)
    elif len(sys.argv) > 2 and sys.argv[1] == "before":
        start_before(Path(sys.argv[2]).absolute(), int(sys.argv[3]) if len(sys.argv) > 3 else 9)
    elif len(sys.argv) > 1 and sys.argv[1] == "list":
        measure_list(int(sys.argv[2]) if len(sys.argv) > 2 else 10_000)
    else:
        raise SystemExit(__doc__)

"""The longest turn of the event loop of each thing a user does, in a large workspace, offscreen.

python bench/window_pauses.py [--stories 10000] [--keep FOLDER] [--only WORD] [--profile]

One story has 5,000 words and 200 photos, another 80 findings. Printed: milliseconds of processor time of the window's
thread (``time.thread_time``, so that other programs matter little) in the longest turn of the event loop, and the same
by the clock. ``--keep`` keeps the workspace for the next time, ``--only`` does steps with that word in their name,
``--profile`` prints what the longest turn of each spent its time with.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import os
import pstats
import random
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "*.warning=false;qt.multimedia.*=false")

if TYPE_CHECKING:
    from collections.abc import Callable

    from window_memory import Turns

    from studio.story.model import Story
    from studio.ui.shell.application import StudioApplication

BIG, OTHER, TROUBLED = "2026-11-20-panen-raya", "2026-11-21-musim-tanam", "2026-11-22-rapat-desa"
_QUIET, _LONG = 0.8, 8
_PHOTOS = 200
_WORDS = 5_000


def fill(path: Path, stories: int) -> None:
    """A workspace of so many short stories, two large ones and one with many findings."""
    from window import vocabulary

    from studio.store.codec import story_to_json
    from studio.store.workspace import create_workspace
    from studio.story.model import Group, Person, Story

    create_workspace(path, Group(name="KIM Bina Warga", village="Desa Sukamaju")).close()
    chance, words = random.Random(1), vocabulary()

    def write(folder: str, story: Story) -> None:
        place = path / "stories" / folder
        place.mkdir(parents=True, exist_ok=True)
        (place / "story.json").write_bytes(story_to_json(story))

    def text(count: int) -> str:
        return "\n\n".join(" ".join(chance.choices(words, k=50)).capitalize() + "." for _ in range(count // 50))

    for number in range(stories):
        day = f"2026-{1 + number % 10:02d}-{1 + number % 28:02d}"
        headline = " ".join(chance.choices(words, k=8)).capitalize()
        story = Story(id=f"s{number}", headline=headline, body=text(200), date=day, modified=f"{day}T08:00:00+07:00")
        write(f"{day}-berita-{number}", story)
    for folder in (BIG, OTHER):
        photos = tuple(_photo(path / "stories" / folder / "media", number) for number in range(_PHOTOS))
        story = Story(id=folder, headline=folder[11:], body=text(_WORDS), date=folder[:10], photos=photos)
        write(folder, story)
    people = tuple(Person(id=f"o{number}", name=f"Warga {number}", age_group="child") for number in range(40))
    photos = tuple(_photo(path / "stories" / TROUBLED / "media", number) for number in range(40))
    write(
        TROUBLED, Story(id="t", headline="Rapat desa", body=text(400), date="2026-11-22", photos=photos, people=people)
    )


def _photo(media: Path, number: int) -> object:
    from PIL import Image

    from studio.store.file_names import media_name
    from studio.store.media_files import sha256_of
    from studio.story.model import Photo

    media.mkdir(parents=True, exist_ok=True)
    drawn = media / "drawn.jpg"
    Image.new("RGB", (640, 480), (number, 90, len(media.parent.name))).save(drawn, quality=80)
    file = media_name(sha256_of(drawn), drawn)
    drawn.replace(media / file)
    return Photo(id=f"p{number}", file=file, name=f"foto-{number}.jpg", width=640, height=480)


def steps(studio: StudioApplication) -> dict[str, Callable[[], object]]:
    """What a user does, by what it is called in the table; in this order."""
    from studio.story.edits import set_field
    from studio.ui.shell.desk_ways import enter_desk

    window, stories = studio.window, studio.stories
    names = stories.workspace.story_folders()
    removed: list[str] = []
    library = window.library

    def search(text: str) -> None:
        library.search.setText(text)
        library.ask()

    def scroll() -> None:
        library.model.fetchMore(library.view.rootIndex())
        if library.model.canFetchMore(library.view.rootIndex()):
            studio.tools.jobs.soon(window.shell, scroll)

    def switch_language() -> None:
        studio.window.actions.all["language"].trigger()  # of the window that was built meanwhile

    return {
        "the list is asked again": library.reload,
        "the list is scrolled to its end": scroll,
        "the scrolled list is asked again": library.reload,
        "search, a letter": lambda: search("a"),
        "search, a word": lambda: search("sawah"),
        "search, nothing": lambda: search(""),
        "a story is opened": lambda: library.picked.emit(names[7]),
        "a large story is opened": lambda: library.picked.emit(BIG),
        "another large story": lambda: library.picked.emit(OTHER),
        "and back": lambda: library.picked.emit(BIG),
        "its text is replaced": lambda: stories.session.edit(set_field("body", stories.session.story.body[::-1])),
        "and that undone": window.story_actions.undo,
        "photo desk of 200 photos": lambda: enter_desk(window, "photo"),
        "publish desk of them": lambda: enter_desk(window, "publish"),
        "check desk of them": lambda: enter_desk(window, "check"),
        "another story at the check desk": lambda: library.picked.emit(TROUBLED),
        "video desk": lambda: enter_desk(window, "video"),
        "write desk": lambda: enter_desk(window, "write"),
        "check desk again": lambda: enter_desk(window, "check"),
        "a new story": window.story_actions.new,
        "a story is opened again": lambda: library.picked.emit(names[9]),
        "a story is deleted": lambda: removed.append(stories.remove(names[9])),
        "and given back": lambda: window.story_actions.give_back(removed[0]),
        "calendar": window.actions.all["calendar"].trigger,
        "group": window.actions.all["group"].trigger,
        "theme": window.actions.all["theme"].trigger,
        "language": switch_language,
    }


def measure(home: Path, only: str, profiled: bool) -> None:
    """Do each of them and print its line."""
    from window_memory import open_studio

    studio, turns = open_studio(home)
    studio.start(home / "KIM")
    studio.window.shell.resize(1366, 768)
    turns.run(4)
    turns.run(300, until=lambda: not studio.tools.jobs.running())
    turns.run(2)
    print("| | processor, ms | clock, ms |\n| --- | ---: | ---: |")
    for name, step in steps(studio).items():
        if only and only not in name:
            continue
        profile = WorstTurn(turns) if profiled else None
        turns.worst = turns.clock = 0.0
        turns.hold(step)
        turns.run(_QUIET)
        turns.run(_LONG, until=lambda: not studio.tools.jobs.running())
        turns.run(_QUIET)
        print(f"| {name} | {turns.worst * 1000:.0f} | {turns.clock * 1000:.0f} |", flush=True)
        if profile is not None:
            profile.show()
    os._exit(0)


class WorstTurn:
    """Keeps the profile of the longest turn."""

    def __init__(self, turns: Turns) -> None:
        self._turns, self._hold = turns, type(turns).hold
        self._kept: cProfile.Profile | None = None
        turns.hold = self.hold  # type: ignore[method-assign]

    def hold(self, call: Callable[[], object]) -> None:
        """See ``Turns.hold``."""
        before, self._turns.worst, profile = self._turns.worst, 0.0, cProfile.Profile()
        self._hold(self._turns, lambda: profile.runcall(call))
        if self._turns.worst > before:
            self._kept = profile
        self._turns.worst = max(before, self._turns.worst)

    def show(self) -> None:
        """Print it."""
        del self._turns.hold
        if self._kept is not None:
            told = io.StringIO()
            pstats.Stats(self._kept, stream=told).sort_stats("cumulative").print_stats(32)
            print("\n".join(line for line in told.getvalue().splitlines()[5:] if line.strip()), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=10_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    from studio.ui.core.plain_import import import_qt

    sys.setswitchinterval(0.0005)
    import_qt()
    with tempfile.TemporaryDirectory(prefix="kim-bench-", ignore_cleanup_errors=True) as name:
        home = (asked.keep or Path(name)).absolute()
        os.environ["KIM_STUDIO_HOME"] = str(home)
        if not (home / "KIM").exists():
            fill(home / "KIM", asked.stories)
        measure(home, asked.only, asked.profile)


if __name__ == "__main__":
    main()

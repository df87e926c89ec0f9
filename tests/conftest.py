"""What all tests share. Qt is told to draw offscreen before anything imports it."""

from __future__ import annotations

import contextlib
import gc
import importlib
import itertools
import os
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone, tzinfo
from pathlib import Path

import pytest
from hypothesis import is_hypothesis_test, settings

from tests.real_browser import browser
from tests.wordpress_server import real

__all__ = ["browser", "real"]
# With room for a window of 1366 x 768: Qt's own screen is 800 pixels wide, and windows keep within their screen.
_SCREEN = Path(__file__).parent / "screen.json"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen" if os.name == "nt" else f"offscreen:configfile={_SCREEN}")
# Programs that tests start (``python -m studio``, workers) compile the studio once, not each of them anew. Nor does
# each run without workers rewrite all assertions, 12 s long, where the environment forbids to keep what was compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false;qt.text.font.db.warning=false")
os.environ.setdefault("QT_SCALE_FACTOR", "1")
# Laws that say nothing else are tried with half of hypothesis's hundred examples; none is kept on disk from run to run.
# Without a deadline: how long an example takes says how busy the machine is.
settings.register_profile("suite", max_examples=50, database=None, deadline=None)
settings.load_profile("suite")


@pytest.fixture(scope="session")
def home_numbers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A new folder for each test; pytest's own numbering looks through all folders there are, 2,500 in the end."""
    homes = tmp_path_factory.mktemp("homes")
    return (homes / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def own_home(home_numbers: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, caches and logs of a test live in a folder of its own."""
    home = next(home_numbers)
    home.mkdir()
    monkeypatch.setenv("KIM_STUDIO_HOME", str(home))
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    # Names no language; without it Qt warns, in the first test that makes its object, that letters are not UTF-8.
    monkeypatch.setenv("LC_CTYPE", "C.UTF-8")
    return home


@pytest.fixture(scope="session", autouse=True)
def no_waiting_for_disks() -> Iterator[None]:
    """Files are written as ever, but no test waits until the disk has them: nobody cuts the power here.

    Twenty-five thousand times three milliseconds. Programs that tests start and kill do wait, and the tests of writing
    itself look at the calls.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda handle: None)
        yield


@pytest.fixture
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The clock of every workspace opened in this process, and of backups, stands: no midnight falls into a test."""
    now = datetime(2026, 11, 30, 9, tzinfo=timezone(timedelta(hours=7)))

    class StoppedClock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return now.astimezone(tz)

    for module in ("workspace", "workspace_backup"):
        monkeypatch.setattr(f"studio.store.{module}.datetime", StoppedClock)
    return now


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the source tree."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session", autouse=True)
def one_application(request: pytest.FixtureRequest) -> None:
    """Where any test of this run needs widgets, the application for them comes first.

    Painting makes do with a bare one, which Qt cannot turn into one with widgets: without this a worker that began with
    a painting test failed, or crashed, at its first window. Runs without a window stay without QtWidgets.
    """
    if any("qapp" in getattr(item, "fixturenames", ()) for item in request.session.items):
        request.getfixturevalue("qapp")


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Fusion everywhere, so that widgets measure the same on every machine. First, as in the studio, Qt's order."""
    from studio.paint.qt_application import fix_hash_order

    fix_hash_order()
    return ["kim-studio", "-style", "Fusion"]


# Files of few but slow tests: begun last, one of them kept a single process busy for half a minute at the end.
SLOW_FILES = (
    "test_real_",
    "test_screen_reader",
    "test_clip_videos",
    "test_cluster_export",
    "test_cover",
    "test_export_order",
    "test_export_queue",
    "test_export_turns",
    "test_following",
    "test_gallery",
    "test_hidden",
    "test_kill",
    "test_mutated",
    "test_photo_folder",
    "test_previews",
    "test_read_only_stick",
    "test_result",
    "test_threads",
    "test_architecture",
    "test_release_gate",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The checks that take longest have a run of their own."""
    parser.addoption("--long", action="store_true", help="run the long checks (marked so), and nothing else")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Slow files come first, then those of many tests, so that all processes end together (a file is not divided).

    Long checks run with ``--long`` only, and where their file itself is named; CI does both runs.
    """
    named = [(config.invocation_params.dir / each.partition("::")[0]).resolve() for each in config.args]
    wanted, left = [], []
    for item in items:
        is_long = item.get_closest_marker("long") is not None
        asked = is_long and item.path in named
        (wanted if is_long == bool(config.getoption("--long")) or asked else left).append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = wanted
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: (not item.path.name.startswith(SLOW_FILES), -tests[item.path]))


def pytest_collection(session: pytest.Session) -> None:
    """Each worker of several imports its own share of the test modules first.

    In step, as they begin, all of them compile each module and rewrite its assertions: eight seconds of processor time
    each. From different places each module is made ready once, and read by the others from the cache.
    """
    worker = getattr(session.config, "workerinput", None)
    if worker is None or worker["workercount"] < 2:
        return
    files = sorted(file for argument in session.config.args for file in files_of(session.config, argument))
    first = len(files) * int(worker["workerid"].removeprefix("gw")) // worker["workercount"]
    for file in (*files[first:], *files[:first]):
        name = ".".join(file.relative_to(session.config.rootpath).with_suffix("").parts)
        with contextlib.suppress(Exception, pytest.skip.Exception):  # collection will say what
            importlib.import_module(name)


def files_of(config: pytest.Config, argument: str) -> list[Path]:
    """The test modules below what the command line names."""
    named = config.invocation_params.dir / argument.partition("::")[0]
    found = named.rglob("test_*.py") if named.is_dir() else [named]
    return [file for file in found if file.is_relative_to(config.rootpath)]


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """No garbage is looked for in what was imported and collected: half a million objects that stay to the end."""
    gc.collect()
    gc.freeze()


OBJECTS_LEFT = pytest.StashKey[int]()
# Full collections come after this many objects more than were freed; Python's own default is of this order.
FULL_AFTER_OBJECTS = 200_000


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Python collects no garbage by itself while a test runs.

    It would collect in whichever thread happens to allocate, and destroy there the widgets an earlier test left in
    circles: PySide6 6.11 crashed on this in an autosave thread. The studio has ``GarbageCollector`` against the same.
    Examples of a law without a window leave millions of objects, three seconds to look through at the end: these are
    collected on the way, but nothing that was there before.
    """
    gc.disable()
    if is_hypothesis_test(getattr(item, "function", None)) and "qapp" not in getattr(item, "fixturenames", ()):
        gc.set_threshold(700, 10, 1_000_000)
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Collect here, in the main thread, what the test left; all generations when much has come together."""
    left = item.session.stash.setdefault(OBJECTS_LEFT, 0) + gc.get_count()[0]
    everything = left > FULL_AFTER_OBJECTS
    item.session.stash[OBJECTS_LEFT] = 0 if everything else left
    gc.collect(2 if everything else 1)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave without Python's own teardown, after every test was judged and reported.

    The interpreter destroys Qt objects in no particular order at its end; PySide6 6.11 crashes there when hundreds of
    windows lived in one process. The studio itself ends through ``app.exec`` and closes its one window first.
    """
    status = getattr(config, "kim_exit_status", None)
    if status is not None:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Remember how the session ended."""
    session.config.kim_exit_status = int(exitstatus)  # type: ignore[attr-defined]

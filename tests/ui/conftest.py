"""A studio to test: its own home, a workspace with stories, answers instead of dialogs, work done at once."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.base import paths
from studio.base.i18n import MessageTexts
from studio.base.lucide_icons import LucideIcons
from studio.base.progress import SilentProgress
from studio.base.settings import UserSettings
from studio.preview import outlet_previews, photo_pictures
from studio.store.workspace import create_workspace
from studio.story.model import Group, LeadAnswers, Photo, Source, Story
from studio.ui.core.background_jobs import InlineJobs, ThreadedJobs
from studio.ui.core.qt_texts import QtTexts
from studio.ui.core.window_fonts import load_window_fonts
from studio.ui.shell import application, desk_loading
from studio.ui.shell.application import ProgramPlaces, StudioApplication

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """The offscreen platform complains whenever a window has a least size, is raised or takes the keyboard."""
    ours = {path for path in {item.path for item in items} if HERE in path.parents}
    for item in items:
        if item.path in ours:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


MOST_PREVIEWS = 150
"""Of a megabyte each; what comes later is painted each time."""
HEADLINES = (
    "Warga Sukamaju gotong royong perbaiki saluran irigasi",
    "Posyandu Melati layani 64 balita pada bulan November",
    "Panen raya padi, hasil naik 12 persen dibanding tahun lalu",
    "Jadwal vaksinasi ternak di Balai Desa",
    "KIM Bina Warga juara II lomba konten desa digital",
)
STATUSES = ("draft", "review", "ready", "published", "draft")


@dataclass
class Scripted:
    """Stands in for ``DialogService``: gives prepared answers, remembers what was asked."""

    said: list[tuple[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    answer: str = ""
    files: tuple[Path, ...] = ()
    folder: Path | None = None
    target: Path | None = None
    text: str | None = None
    color: str | None = None
    on_show: object = None
    kinds: list[str] = field(default_factory=list)
    texts: object = None

    def tell(self, title, text, *, tone="info", detail=""):
        self.said.append((title, text))

    def explain(self, trouble, title=""):
        self.said.append((title, self.texts.explain(trouble)))

    def ask(self, title, text, choices, *, tone="question"):
        self.asked.append(text)
        return self.answer

    def ask_text(self, title, label, value="", *, hint=""):
        return self.text

    def choose_files(self, title, kind, *, many=True):
        self.kinds.append(kind)
        return self.files

    def choose_folder(self, title, start=None):
        return self.folder

    def choose_target(self, title, name, kind="any"):
        return self.target

    def choose_color(self, title, now):
        return self.color

    def show(self, dialog):
        self.asked.append(type(dialog).__name__)
        return bool(self.on_show(dialog)) if self.on_show else False


def make_story(number: int) -> Story:
    return Story(
        id=f"s{number}",
        headline=HEADLINES[number],
        status=STATUSES[number],
        place="Sukamaju",
        date=f"2026-11-{20 - number:02d}",
        byline=("Siti Aminah",),
        body=f"Paragraf pertama nomor {number} tentang saluran dan sawah.\n\n> Kutipan Asep.\n",
        answers=LeadAnswers(what="Gotong royong"),
        sources=(Source(name="Asep Hidayat", role="Kepala Dusun"),) if number == 2 else (),
        photos=(Photo(id="p1", file="0123456789abcdef.jpg", caption="Bu Kartini menanam"),) if number == 1 else (),
        created="2026-11-20T08:00:00+07:00",
    )


@pytest.fixture(scope="session")
def five_stories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with five stories, closed, that nobody changes: made once, as each save waits for the disk."""
    path = tmp_path_factory.mktemp("lima") / "KIM"
    with create_workspace(path, Group(name="KIM Bina Warga", village="Desa Sukamaju")) as made:
        for number in range(len(HEADLINES)):
            made.add(make_story(number))
    return path


@pytest.fixture
def workspace_path(five_stories: Path, tmp_path: Path) -> Path:
    """A copy of the workspace with five stories, closed."""
    return Path(shutil.copytree(five_stories, tmp_path / "KIM"))


@pytest.fixture
def answers() -> Scripted:
    return Scripted()


@pytest.fixture(autouse=True)
def window_fonts(qapp):
    """The fonts are loaded once per application."""
    if not qapp.property("window_fonts"):
        load_window_fonts()
        qapp.setProperty("window_fonts", True)


@pytest.fixture
def settings(own_home: Path) -> UserSettings:
    made = UserSettings(own_home / "config" / "settings.json")
    made.set("writer_asked", True)  # the question of the first run has tests of its own
    return made


@pytest.fixture(scope="session")
def icons() -> LucideIcons:
    """Read once for all tests."""
    return LucideIcons()


@pytest.fixture(scope="session")
def built_in_packs() -> dict[object, object]:
    """What has been read of the studio's own packs; they are frozen."""
    return {}


@pytest.fixture(autouse=True)
def read_packs_once(built_in_packs, monkeypatch):
    """Each window reads all packs several times; here the studio's own are read once, those of a group each time."""
    from studio.posts import catalog

    read_pack = catalog.load_pack

    def load_pack(shelf, *, builtin, newer=None):
        if not builtin or newer is not None:
            return read_pack(shelf, builtin=builtin, newer=newer)
        if shelf not in built_in_packs:
            built_in_packs[shelf] = read_pack(shelf, builtin=True)
        return built_in_packs[shelf]

    monkeypatch.setattr(catalog, "load_pack", load_pack)


@pytest.fixture(scope="session")
def read_texts() -> dict[tuple[Path, str], MessageTexts]:
    """Texts of these tests; they do not change."""
    return {}


@pytest.fixture(scope="session")
def shared_qt_texts():
    """Compiles what Qt says once for each ``MessageTexts``."""
    return cache(QtTexts)


@pytest.fixture(autouse=True)
def read_texts_once(read_texts, shared_qt_texts, monkeypatch):
    """Each window reads its messages; here all windows of one language share them."""

    def share_texts(folder, language="id", cache=None):
        return read_texts.setdefault((folder, language), MessageTexts(folder, language, cache))

    monkeypatch.setattr(application, "MessageTexts", share_texts)
    monkeypatch.setattr(application, "QtTexts", shared_qt_texts)


@pytest.fixture(scope="session", autouse=True)
def read_program_once() -> Iterator[None]:
    """Each studio has the system read the program's 900 compiled modules; here the first of all does."""
    read_modules = desk_loading.read_modules
    read = cache(lambda package: read_modules(package, SilentProgress()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk_loading, "read_modules", lambda package, _: read(package))
        yield


@pytest.fixture(scope="session")
def painted_previews() -> dict[object, object]:
    """Previews these tests have painted; they are frozen."""
    return {}


@pytest.fixture(autouse=True)
def paint_previews_once(painted_previews, monkeypatch):
    """Each window paints its previews; those of equal tasks, whose key names all that is seen, are shared here."""
    paint = outlet_previews.OutletPreviewer._painted_picture

    def paint_picture(self, task, target, across):
        key = (photo_pictures.preview_key(task, target, across), target.kind, across)
        picture = painted_previews.get(key) or paint(self, task, target, across)
        if len(painted_previews) < MOST_PREVIEWS:
            painted_previews[key] = picture
        return picture

    monkeypatch.setattr(outlet_previews.OutletPreviewer, "_painted_picture", paint_picture)


@pytest.fixture(scope="session")
def read_themes() -> dict[tuple[str, float, int], object]:
    """Themes of these tests, with the icons they have drawn; they do not change."""
    return {}


@pytest.fixture(autouse=True)
def read_themes_once(read_themes, monkeypatch):
    """Each window reads its theme and draws some hundred icons; here all windows of one look and size share them."""
    from studio.ui.core import window_theme

    read_theme = window_theme.load_theme

    def load_theme(folder, mode, drawn, scale=1.0):
        key = (mode, scale, id(drawn))
        if key not in read_themes:
            read_themes[key] = read_theme(folder, mode, drawn, scale)
        return read_themes[key]

    monkeypatch.setattr(application, "load_theme", load_theme)


def _sample(path: Path, progress) -> None:
    progress.report(0, 1, "contoh")
    if path.exists():
        return
    with create_workspace(path, Group(name="KIM Contoh")) as made:
        made.add(Story(id="", headline="Berita contoh", date="2026-11-22"))


@pytest.fixture
def make_studio(qapp, settings, answers, tmp_path, icons):
    """Builds studios and takes them down, and fails when something of them is left."""
    made: list[StudioApplication] = []
    before = {id(widget) for widget in QApplication.topLevelWidgets()}

    def build(*, jobs=None, own=None, drawn=None, settled=lambda: None) -> StudioApplication:
        def dialogs(texts):
            answers.texts = texts
            return answers

        places = ProgramPlaces(paths.assets_dir(), tmp_path / "Dokumen", rescued=paths.rescue_dir())
        studio = StudioApplication(
            qapp, own or settings, jobs or InlineJobs(), dialogs, drawn or icons, places, _sample, settled
        )
        made.append(studio)
        return studio

    yield build
    for studio in made:
        studio.close()
        studio.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()
    left = [w for w in QApplication.topLevelWidgets() if id(w) not in before and w.isVisible()]
    assert not left
    assert not [t.name for t in threading.enumerate() if t.name.startswith(("jobs-", "saver"))]


@pytest.fixture
def studio(make_studio, workspace_path) -> StudioApplication:
    """A studio with the workspace open, no story open."""
    made = make_studio()
    made.open_workspace(workspace_path)
    made.source.refresh()
    made.window.shell.activateWindow()
    assert QTest.qWaitForWindowActive(made.window.shell)
    return made


@pytest.fixture
def opened(studio) -> StudioApplication:
    """... and the story about irrigation open."""
    folder = next(f for f in studio.stories.workspace.story_folders() if "irigasi" in f)
    studio.stories.open(folder)
    studio.window.shell.activateWindow()
    assert QTest.qWaitForWindowActive(studio.window.shell)
    return studio


@pytest.fixture
def threaded_jobs(qapp):
    jobs = ThreadedJobs()
    yield jobs
    jobs.close()

"""A studio with a story whose clip tells its frame numbers, and the video desk open on it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from studio.base import paths
from studio.base.i18n import MessageTexts
from studio.base.progress import SilentProgress
from studio.services.media_import import import_media, sort_out
from studio.store.workspace import Workspace, create_workspace, open_workspace
from studio.story import edits
from studio.story.model import Group, Photo, Story, Video
from studio.ui.core.background_jobs import InlineJobs
from studio.ui.core.desk_context import DeskContext, WindowTools
from studio.ui.core.story_session import StorySession
from studio.ui.core.window_theme import load_theme
from studio.ui.library.thumbnail_store import ThumbnailStore
from studio.ui.video.video_desk import VideoDesk
from studio.ui.widgets.basic_parts import row
from studio.video.binary import ffmpeg_path

WIDTH, HEIGHT, FPS, SECONDS = 320, 180, 30, 5.0
BITS = 9


def coded(number: int) -> np.ndarray:
    """Bands that tell the frame's number, with a warm left and a cold right side, so that crops can be told apart."""
    frame = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    for bit in range(BITS):
        top, bottom = bit * HEIGHT // BITS, (bit + 1) * HEIGHT // BITS
        frame[top:bottom] = 210 if number >> bit & 1 else 40
    frame[:, : WIDTH // 3, 2] //= 2
    frame[:, -WIDTH // 3 :, 0] //= 2
    return frame


def pixels(image: QImage) -> np.ndarray:
    """A picture as height x width x 3."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3).copy()


def number_of(image: QImage) -> int:
    """The frame number on a picture of the original."""
    return number_in(pixels(image))


def number_in(picture: np.ndarray) -> int:
    """The frame number, of a picture as height x width x 3."""
    green = picture[:, :, 1].astype(float)
    height = green.shape[0]
    rows = [green[round((bit + 0.3) * height / BITS) : round((bit + 0.7) * height / BITS)] for bit in range(BITS)]
    return sum(int(row.mean() > 125) << bit for bit, row in enumerate(rows))


@cache
def _coded_frames() -> bytes:
    return b"".join(coded(number).tobytes() for number in range(round(SECONDS * FPS)))


def make_clip(path: Path, *args: str, seconds: float = SECONDS) -> Path:
    """Five seconds, or the first of them, of numbered frames with a tone that is loud in its second half."""
    data = memoryview(_coded_frames())[: round(seconds * FPS) * WIDTH * HEIGHT * 3]
    tone = f"aevalsrc='if(lt(t,2.5),0.02,0.5)*sin(2*PI*300*t)':s=48000:d={seconds}"
    inputs = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FPS), "-i", "pipe:0"]
    codec = args or ("-c:v", "libx264", "-crf", "12", "-preset", "ultrafast", "-g", "30", "-pix_fmt", "yuv420p")
    command = [ffmpeg_path(), "-v", "error", "-y", *inputs, "-f", "lavfi", "-i", tone, *codec, "-c:a", "aac", str(path)]
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-400:]
    return path


@pytest.fixture(scope="session")
def clip_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clip") / "panen raya.mp4")


@pytest.fixture
def clip_story() -> dict[str, object]:
    """More fields for the clip; a test may override it."""
    return {}


@pytest.fixture(scope="session")
def clip_workspaces(tmp_path_factory) -> Callable[[Path, dict[str, object]], Path]:
    """A workspace with one story, its clip and two photos, closed, that nobody changes; made once of each clip."""
    made: dict[tuple[Path, str], Path] = {}

    def find(clip: Path, fields: dict[str, object]) -> Path:
        key = (clip, repr(fields))
        if key not in made:
            made[key] = make_workspace(tmp_path_factory.mktemp("klip"), clip, fields)
        return made[key]

    return find


def make_workspace(place: Path, clip: Path, fields: dict[str, object]) -> Path:
    from PIL import Image

    with create_workspace(place / "KIM", Group(name="KIM Bina Warga", village="Desa Sukamaju")) as made:
        folder = made.add(Story(id="s", headline="Panen raya di Sukamaju", date="2026-11-20", kicker="Pertanian"))
        file = made.import_media(folder, clip)
        photos = []
        for number, color in enumerate(((190, 60, 40), (40, 90, 170))):
            picture = place / f"foto-{number}.jpg"
            Image.new("RGB", (640, 480), color).save(picture)
            name = made.import_media(folder, picture)
            photos.append(Photo(id=f"p{number}", file=name, name=picture.name, width=640, height=480))
        video = Video(
            id="v1", file=file, name="panen raya.mp4", width=WIDTH, height=HEIGHT, seconds=SECONDS, closing_card=False,
            logo=False, level_sound=False, **fields,
        )  # fmt: skip
        made.save(folder, replace(made.load(folder), videos=(video,), photos=tuple(photos)))
    return place / "KIM"


@pytest.fixture
def workspace_path(tmp_path: Path, clip_file: Path, clip_story, clip_workspaces) -> Path:
    """A copy of the workspace with one story, its clip and two photos."""
    return Path(shutil.copytree(clip_workspaces(clip_file, clip_story), tmp_path / "KIM"))


@pytest.fixture(scope="session")
def dressed(qapp, icons):
    """Texts and theme, put on the application once."""
    texts = MessageTexts(paths.assets_dir() / "messages", "id")
    theme = load_theme(paths.assets_dir() / "theme", "light", icons)
    theme.apply(qapp)
    return texts, theme


class Around:
    """What stands around a desk in the window: one story, undo, files that come in. A whole window costs a second."""

    def __init__(self, tools: WindowTools, workspace: Workspace) -> None:
        folder = workspace.story_folders()[0]
        self.said: list[str] = []
        self.tools = tools
        self.session = StorySession(workspace, folder, workspace.load(folder))
        self.stories = SimpleNamespace(session=self.session, workspace=workspace)
        self.window = SimpleNamespace(story_actions=SimpleNamespace(undo=self.session.undo))
        self.bench = DeskContext(
            tools=tools,
            workspace=workspace,
            session=self.session,
            thumbs=ThumbnailStore(workspace, tools.jobs),
            go=lambda code: None,
            show_place=lambda place: None,
            bring_in=self.bring_in,
            take_mime=lambda data: None,
            toast=self.said.append,
            focus_mode=lambda on: None,
        )
        self.desk = VideoDesk(self.bench)
        self.shell = QWidget()
        self.shell.setLayout(row(self.desk, self.desk.side_panel))
        self.desk.side_panel.setFixedWidth(310)
        tools.theme.style_window(self.shell)
        self.shell.resize(1060, 690)
        self.shell.show()

    def bring_in(self, files) -> None:
        came = import_media(
            self.stories.workspace, self.session.folder, sort_out(files), frozenset(), "Budi/KIM", SilentProgress()
        )
        self.session.edit(edits.add_videos(came.videos))
        self.session.edit(edits.add_photos(came.photos))

    def close(self) -> None:
        self.session.close()
        self.shell.close()
        self.desk.deleteLater()  # as the window does: a desk clears up when it is taken down itself
        self.shell.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(dressed, answers, settings, workspace_path):
    """The desk with the story open and its clip loaded."""
    texts, theme = dressed
    answers.texts = texts
    with open_workspace(workspace_path) as workspace:
        made = Around(WindowTools(texts, theme, answers, InlineJobs(), settings), workspace)
        made.shell.activateWindow()
        assert QTest.qWaitForWindowActive(made.shell)
        yield made
        made.close()


@pytest.fixture
def whole_window(make_studio, workspace_path):
    """The whole studio, the story open on its video desk."""
    studio = make_studio()
    studio.open_workspace(workspace_path)
    studio.source.refresh()
    studio.stories.open(studio.stories.workspace.story_folders()[0])
    studio.window.shell.resize(1366, 768)
    studio.window.go("video")
    studio.window.shell.activateWindow()
    assert QTest.qWaitForWindowActive(studio.window.shell)
    return studio


@pytest.fixture
def without_sound(desk):
    """The player of the open desk has no sink."""
    desk.player._sink_asked = True


@pytest.fixture
def desk(window, qtbot):
    """The desk, showing the first frame."""
    made = window.desk
    qtbot.waitUntil(lambda: not shown(made).isNull())
    return made


def shown(desk) -> QImage:
    """The picture on the stage."""
    return desk.view.stage._image


@pytest.fixture
def video(window):
    """The clip as it is in the story now."""
    return lambda: window.stories.session.story.videos[0]


def click_clip(desk: VideoDesk, key: str) -> None:
    """Click on a clip of the row, or on the video of photos, with the mouse."""
    strip = desk.shelf.strip
    item = strip.item(strip.ids.index(key))
    strip.scrollToItem(item)
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=strip.visualItemRect(item).center())

"""A studio with a story whose clip tells its frame numbers, and the video desk open on it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np  # noqa: TID253 - makes the clip and looks at pixels
import pytest
from msgspec.structs import replace
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from studio.store.workspace import create_workspace
from studio.story.model import Group, Photo, Story, Video
from studio.ui.video import sink
from studio.video.binary import ffmpeg

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
    green = pixels(image)[:, :, 1].astype(float)
    height = green.shape[0]
    rows = [green[round((bit + 0.3) * height / BITS) : round((bit + 0.7) * height / BITS)] for bit in range(BITS)]
    return sum(int(row.mean() > 125) << bit for bit, row in enumerate(rows))


def make_clip(path: Path, *args: str) -> Path:
    """Five seconds of numbered frames with a tone that is loud in its second half."""
    data = b"".join(coded(number).tobytes() for number in range(round(SECONDS * FPS)))
    tone = f"aevalsrc='if(lt(t,2.5),0.02,0.5)*sin(2*PI*300*t)':s=48000:d={SECONDS}"
    inputs = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FPS), "-i", "pipe:0"]
    codec = args or ("-c:v", "libx264", "-crf", "12", "-preset", "ultrafast", "-g", "30", "-pix_fmt", "yuv420p")
    command = [ffmpeg(), "-v", "error", "-y", *inputs, "-f", "lavfi", "-i", tone, *codec, "-c:a", "aac", str(path)]
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


@pytest.fixture
def workspace_path(tmp_path: Path, clip_file: Path, clip_story) -> Path:
    """A workspace with one story, its clip and two photos."""
    from PIL import Image

    with create_workspace(tmp_path / "KIM", Group(name="KIM Bina Warga", village="Desa Sukamaju")) as made:
        folder = made.add(Story(id="s", headline="Panen raya di Sukamaju", date="2026-11-20", kicker="Pertanian"))
        file = made.import_media(folder, clip_file)
        photos = []
        for number, color in enumerate(((190, 60, 40), (40, 90, 170))):
            picture = tmp_path / f"foto-{number}.jpg"
            Image.new("RGB", (640, 480), color).save(picture)
            name = made.import_media(folder, picture)
            photos.append(Photo(id=f"p{number}", file=name, name=picture.name, width=640, height=480))
        video = Video(
            id="v1", file=file, name="panen raya.mp4", width=WIDTH, height=HEIGHT, seconds=SECONDS, closing_card=False,
            logo=False, level_sound=False, **clip_story,
        )  # fmt: skip
        made.save(folder, replace(made.load(folder), videos=(video,), photos=tuple(photos)))
    return tmp_path / "KIM"


@pytest.fixture
def without_sound(monkeypatch):
    """Clips run by PyAV, as on a computer where Qt's multimedia cannot be loaded."""
    monkeypatch.setattr("studio.ui.video.desk.VideoDesk.__init__.__defaults__", (sink.no_sink,))


@pytest.fixture
def window(make_studio, workspace_path):
    """The studio with the story open on the video desk, its clip loaded."""
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
def desk(window, qtbot):
    """The desk, showing the first frame."""
    made = window.window.page
    qtbot.waitUntil(lambda: not shown(made).isNull())
    return made


def shown(desk) -> QImage:
    """The picture on the stage."""
    return desk.view.stage._image


@pytest.fixture
def video(window):
    """The clip as it is in the story now."""
    return lambda: window.stories.session.story.videos[0]

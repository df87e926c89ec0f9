"""The photo desk of a story with two photos, and what a hand does on it."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.story import edits
from studio.story.model import Photo, Story

WIDTH, HEIGHT = 600, 400
"""Of the desk's photos: what is more takes time in each test."""


def picture(path: Path, size=(WIDTH, HEIGHT), spot=(150, 100)) -> Path:
    """A grey photo with one red square: where it ends up tells what was cut."""
    path.write_bytes(_picture_bytes(size, spot))
    return path


@cache
def _picture_bytes(size: tuple[int, int], spot: tuple[int, int]) -> bytes:
    from PIL import Image

    image, made, reach = Image.new("RGB", size, "#808080"), io.BytesIO(), size[0] // 24
    image.paste("#d02020", (spot[0] - reach, spot[1] - reach, spot[0] + reach, spot[1] + reach))
    image.save(made, "JPEG", quality=95)
    return made.getvalue()


@pytest.fixture
def settings(settings):
    """The window opens where it was left, on the photo desk: no writing desk is built that nobody looks at."""
    settings.set("desk", "photo")
    return settings


@pytest.fixture
def desk(opened, tmp_path):
    """The desk with two photos, the first being worked on."""
    session = opened.stories.session
    files = [picture(tmp_path / "a.jpg"), picture(tmp_path / "b.jpg", spot=(450, 300))]
    names = [opened.stories.workspace.import_media(session.ensure_folder(), file) for file in files]
    for photo in session.story.photos:
        session.edit(edits.remove_photo(photo.id))
    added = [
        Photo(id=f"p{n}", file=name, name=f"{n}.jpg", width=WIDTH, height=HEIGHT) for n, name in enumerate(names, 1)
    ]
    session.edit(edits.add_photos(added))
    opened.window.shell.resize(1366, 768)
    opened.window.go("photo")
    opened.window.shell.activateWindow()
    made = opened.window.page
    settle(made)
    return made


def settle(desk) -> None:
    """Let the pictures be made."""
    for _ in range(200):
        QApplication.processEvents()
        if not desk.looking._timer.isActive() and not desk.looking._busy:
            return
        QTest.qWait(5)


def back_to(desk, story: Story) -> None:
    """Undo until the story is as it was, for the next question to the same desk."""
    session = desk._bench.session
    while session.story != story:
        assert session.undo_label
        session.undo()
    settle(desk)


def photo(desk) -> Photo:
    return desk.photo


def at(desk, x: float, y: float) -> QPoint:
    return desk.canvas.to_widget((x, y)).toPoint()


def drag(desk, start, end) -> None:
    canvas = desk.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(desk, *start))
    for part in (0.3, 0.7, 1.0):
        x, y = (a + (b - a) * part for a, b in zip(start, end, strict=True))
        QTest.mouseMove(canvas, at(desk, x, y))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(desk, *end))
    settle(desk)

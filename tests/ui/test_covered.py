"""A face under a cover: what the window keeps to be quick is searched from outside, pixel by pixel."""

from __future__ import annotations

import subprocess
import zlib
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.story import edits, photos
from studio.story.model import Cover, Photo, Video

FACE = (230, 20, 20)
_RGB = QImage.Format.Format_RGB888
BOX = (0.3, 0.3, 0.2, 0.2)


@pytest.fixture(scope="module")
def originals(tmp_path_factory) -> tuple[Path, Path]:
    """A grey photo and a grey clip with one red square each: the face. The photo says where it was taken."""
    import imageio_ffmpeg
    from PIL import Image

    place = tmp_path_factory.mktemp("asli")
    picture = Image.new("RGB", (800, 600), "#808080")
    picture.paste(FACE, (256, 192, 384, 288))
    exif = Image.Exif()
    exif[0x010E] = "Rani di SDN 2 Karangsari"
    picture.save(place / "foto.jpg", quality=95, exif=exif)
    picture.resize((320, 240)).save(place / "gambar.png")
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-loop", "1", "-i", str(place / "gambar.png")]
    subprocess.run([*command, "-t", "1", "-r", "10", "-pix_fmt", "yuv420p", str(place / "klip.mp4")], check=True)
    return place / "foto.jpg", place / "klip.mp4"


def red(data: bytes) -> bool:
    """Whether a run of raw RGB pixels holds the face."""
    return any(r > 170 and g < 90 and b < 90 for r, g, b in zip(data[0::3], data[1::3], data[2::3], strict=False))


def exposed(private: Path) -> list[str]:
    """Files below ``.studio`` in which the face can be seen, or the words of the photo be read."""
    from PIL import Image

    found = []
    for path in (path for path in private.rglob("*") if path.is_file()):
        data = path.read_bytes()
        told = b"Karangsari" in data
        if path.suffix == ".jpg":
            with Image.open(path) as image:
                seen = red(image.convert("RGB").tobytes())
        elif ".strip-" in path.name:
            seen = red(zlib.decompress(data)[4 + 16 :])  # number, then seconds, width and height
        else:
            seen = path.suffix in {".mp4", ".png"} and "cards" not in path.parts
        found += [path.name] if told or seen else []
    return found


def visit(window) -> None:
    """Look at the photos and the clip, as somebody does who puts the covers on."""
    for desk in ("photo", "video", "check"):
        window.go(desk)
        for _ in range(8):
            QApplication.processEvents()
            QTest.qWait(10)


def test_nothing_the_window_keeps_shows_what_a_cover_hides(opened, originals):
    session, workspace = opened.stories.session, opened.stories.workspace
    folder = session.ensure_folder()
    photo, clip = (workspace.import_media(folder, path) for path in originals)
    for each in session.story.photos:
        session.edit(edits.remove_photo(each.id))
    session.edit(edits.add_photos([Photo(id="p", file=photo, name="foto.jpg", width=800, height=600)]))
    session.edit(edits.add_videos([Video(id="v", file=clip, name="klip.mp4", width=320, height=240, seconds=1.0)]))
    private = workspace.path / ".studio"
    visit(opened.window)
    before = exposed(private)
    assert {f"{photo}.jpg", f"{clip}.jpg"} <= set(before), "the window kept no thumbnails: nothing is tested"
    assert any(".strip-" in name for name in before)
    assert red(opened._thumbs.get(folder, photo).toImage().convertToFormat(_RGB).constBits().tobytes())

    cover = Cover(box=BOX)
    session.edit(photos.add_cover("p", cover))
    session.edit(edits.change_video("v", covers=(cover,)))
    visit(opened.window)
    assert exposed(private) == []
    for file in (photo, clip):
        shown = opened._thumbs.get(folder, file).toImage().convertToFormat(_RGB)
        assert not red(shown.constBits().tobytes())

    session.flush()
    opened.stories.open(folder)
    opened.source.refresh()
    visit(opened.window)
    assert exposed(private) == []
    session = opened.stories.session
    session.edit(photos.remove_cover("p", 0))
    assert red(opened._thumbs.get(folder, photo).toImage().convertToFormat(_RGB).constBits().tobytes())

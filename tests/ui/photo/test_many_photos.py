"""A story with many photos: what the strip asks for, and what a key in a caption does not touch."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest

from studio.story.model import Photo
from studio.ui.core.background_jobs import InlineJobs
from studio.ui.media.media_strip import MediaStrip
from studio.ui.photo.canvas_toolbox import CanvasToolbox
from studio.ui.photo.photo_canvas import PhotoCanvas

COUNT = 60
BROKEN = range(30, 40)
"""More than are asked for at a time out of sight."""


class Waiting(InlineJobs):
    """Keeps quick work until it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list = []

    def start(self, title, work, **more):
        if more.get("lane") == "quick" and getattr(work, "func", work).__name__ == "_make":
            self.kept.append(lambda: super(Waiting, self).start(title, work, **more))
            return None
        return super().start(title, work, **more)


def desk_of(make_studio, path, photos):
    studio = make_studio(jobs=Waiting())
    studio.open_workspace(path)
    workspace = studio.stories.workspace
    folder = next(f for f in workspace.story_folders() if "irigasi" in f)
    media = workspace.story_dir(folder) / "media"
    media.mkdir(exist_ok=True)
    made = []
    for number in range(photos):
        picture = QPixmap(12, 8)
        picture.fill(Qt.GlobalColor(3 + number % 15))
        picture.save(str(media / f"{number:016x}.jpg"))
        if number in BROKEN:
            (media / f"{number:016x}.jpg").write_bytes(b"no photo")
        made.append(Photo(id=f"p{number}", file=f"{number:016x}.jpg", width=12, height=8, caption="Foto"))
    workspace.save(folder, replace(workspace.load(folder), photos=tuple(made)))
    studio.stories.open(folder)
    studio.window.shell.resize(1366, 768)
    studio.window.go("photo")
    QTest.qWait(1)
    return studio, studio.window.page


def test_what_is_in_sight_is_asked_for_first_and_the_rest_few_at_a_time(make_studio, workspace_path):
    studio, desk = desk_of(make_studio, workspace_path, COUNT)
    jobs, strip = studio._jobs, desk.strip
    seen = len(strip.keys_in_sight())
    assert seen <= len(jobs.kept) <= seen + 6 < COUNT
    strip.horizontalScrollBar().setValue(strip.horizontalScrollBar().maximum())
    assert len(jobs.kept) <= 2 * seen + 6
    made = 0
    while jobs.kept:
        jobs.kept.pop(0)()
        made += 1
    assert made == COUNT  # each once, though the store keeps fewer than a story may have
    assert all(strip.has_picture(f"p{number}") is (number not in BROKEN) for number in range(COUNT))
    assert max(strip.item(0).icon().availableSizes()[0].toTuple()) <= 2 * strip.iconSize().width()


def test_a_key_in_a_caption_touches_one_field(make_studio, workspace_path, monkeypatch):
    studio, desk = desk_of(make_studio, workspace_path, 3)
    desk.looking.finish()
    done = []
    for kind, name in ((PhotoCanvas, "show_marks"), (CanvasToolbox, "show_shape"), (MediaStrip, "_name_item")):
        monkeypatch.setattr(kind, name, lambda *_, name=name: done.append(name))
    started = studio.tools.jobs
    monkeypatch.setattr(started, "start", lambda *_, **__: done.append("work"))
    desk.words.caption.setFocus()
    QTest.keyClicks(desk.words.caption, "Panen")
    desk.looking._timer.timeout.emit()  # its pause is over
    assert studio.stories.session.story.photos[0].caption == "PanenFoto"
    assert done == []
    desk.toolbox.turn_asked.emit(90)
    assert {"show_marks", "show_shape"} <= set(done)

"""Nothing is lost, uncovered or shown of another photo when the desk is left, or used faster than pictures come."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest

from studio.story import edits, photos
from studio.story.model import Cover, Photo
from studio.ui.core.background_jobs import InlineJobs
from tests.ui.photo.conftest import at, drag, photo, settle


def bury() -> None:
    """End what was let go of, as the program's own loop does."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_thumbnail_that_comes_after_another_story_was_opened_troubles_nobody(desk, opened):
    other = next(f for f in opened.stories.workspace.story_folders() if "posyandu" in f)
    opened.stories.open(other)
    bury()
    opened.window._thumbs.ready.emit(other, "a.jpg")  # an error in a slot fails the test
    assert opened.window.page.strip.count() == 1


def test_an_edit_after_the_window_was_built_anew_troubles_no_desk_of_the_old_one(desk, opened):
    for code in ("check", "video", "publish", "photo"):
        opened.window.go(code)
    opened.rebuild()
    bury()
    opened.stories.session.edit(edits.set_field("headline", "Judul baru"))
    assert opened.stories.session.story.headline == "Judul baru"


def test_who_uncovers_a_face_has_to_confirm_anew_that_nobody_can_be_recognised(desk):
    session = desk._bench.session
    session.edit(photos.add_cover("p1", Cover(box=(0.3, 0.3, 0.2, 0.2))))
    desk.words.form.checked.box.click()
    assert photo(desk).people_checked
    desk.covers.list.setCurrentRow(0)
    desk.covers.remove.click()
    assert not photo(desk).people_checked
    assert not desk.words.form.checked.box.isChecked()
    session.undo()
    assert photo(desk).people_checked
    assert photo(desk).covers


def test_the_last_photo_is_seen_again_when_taking_it_out_is_undone(desk):
    session = desk._bench.session
    session.edit(edits.remove_photo("p2"))
    settle(desk)
    session.edit(edits.remove_photo("p1"))
    settle(desk)
    assert not desk.canvas.has_picture
    session.undo()
    settle(desk)
    assert desk.canvas.has_picture


@pytest.fixture
def slow(desk, monkeypatch):
    """Pictures of the desk come one by one, when the test calls for them."""
    waiting = []
    start = InlineJobs.start

    def wait(self, title, work, **more):
        if more.get("lane") != "quick":
            return start(self, title, work, **more)
        waiting.append(lambda: start(self, title, work, **more))
        return None

    monkeypatch.setattr(InlineJobs, "start", wait)

    def come() -> None:
        QTest.qWait(80)
        while waiting:
            waiting.pop(0)()
            QTest.qWait(80)

    return SimpleNamespace(waiting=waiting, come=come)


def test_nothing_is_drawn_on_the_picture_of_the_photo_before(desk, slow):
    """A large photo takes a while: until then the mouse would cover another place than is seen."""
    desk.toolbox.choose_mode("cover")
    desk.strip.choose("p2")
    QTest.qWait(80)
    drag(desk, (0.2, 0.2), (0.4, 0.4))
    assert not photo(desk).covers
    QTest.keyClick(desk.canvas, Qt.Key.Key_Insert)
    assert not photo(desk).covers
    slow.come()
    drag(desk, (0.2, 0.2), (0.4, 0.4))
    assert len(photo(desk).covers) == 1
    assert not desk._bench.session.story.photos[0].covers


def test_what_is_being_drawn_when_another_photo_is_shown_is_let_go_of(desk, slow):
    desk.toolbox.choose_mode("cover")
    QTest.mousePress(desk.canvas, Qt.MouseButton.LeftButton, pos=at(desk, 0.2, 0.2))
    QTest.mouseMove(desk.canvas, at(desk, 0.5, 0.5))
    desk.strip.choose("p2")
    QTest.mouseRelease(desk.canvas, Qt.MouseButton.LeftButton, pos=at(desk, 0.5, 0.5))
    assert not any(each.covers for each in desk._bench.session.story.photos)


def test_a_photo_that_fails_late_does_not_stand_in_the_place_of_the_next_one(desk, slow):
    session = desk._bench.session
    broken = Photo(id="p3", file="0000000000000000.jpg", name="hilang.jpg", width=9, height=9)
    session.edit(edits.add_photos([broken]))
    desk.strip.choose("p3")
    QTest.qWait(80)
    assert len(slow.waiting) >= 1  # it is being looked for
    desk.strip.choose("p1")
    slow.come()
    assert desk.canvas.has_picture
    assert not desk.canvas.words
    desk.strip.choose("p3")
    slow.come()
    assert "hilang.jpg" in desk.canvas.words or not desk.canvas.has_picture
    assert all(each.icon().isNull() for each in desk.shapes.buttons.values())

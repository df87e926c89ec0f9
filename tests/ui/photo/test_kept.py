"""Nothing is lost, uncovered or shown of another photo when the desk is left, or used faster than pictures come."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent

from studio.story import edits, photos
from studio.story.model import Cover
from tests.ui.photo.conftest import photo


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
    desk.words.checked.click()
    assert photo(desk).people_checked
    desk.covers.list.setCurrentRow(0)
    desk.covers.remove.click()
    assert not photo(desk).people_checked
    assert not desk.words.checked.isChecked()
    session.undo()
    assert photo(desk).people_checked
    assert photo(desk).covers

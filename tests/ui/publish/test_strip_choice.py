"""What is written on photos, chosen in the window: for a story, and for the group."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.services.group_profile import save_profile
from studio.ui.dialogs.profile_dialog import ProfileDialog


def test_the_list_writes_on_the_photos_of_the_story_and_undo_takes_it_back(desk, session, settled, opened):
    choice = desk.view.strip
    assert "Tanpa tulisan" in choice.box.currentText()
    choice.box.setFocus()
    QTest.keyClick(choice.box, Qt.Key.Key_End)
    assert session.story.designs == {"foto": "keterangan"}
    settled(desk)
    photo = next(picture for picture in desk.view._pictures.pictures if picture.kind == "photo")
    pixels = photo.pixels
    low = pixels.rgb[-3 * pixels.width * 4 :]
    assert max(low[-30:]) < 90  # the strip, on a green picture
    opened.window.story_actions.undo()
    assert session.story.designs == {}
    assert choice.box.currentIndex() == 0
    desk.look_at("facebook")
    assert choice.isHidden()


def test_what_the_group_chose_is_the_usual(opened, desk, session):
    asked = ProfileDialog(opened.tools, opened.stories.workspace.group)
    QTest.keyClick(asked.strip, Qt.Key.Key_End)
    QTest.keyClick(asked.save, Qt.Key.Key_Space)
    save_profile(opened.stories.workspace, asked.group, None)
    asked.deleteLater()
    desk.view.strip.show_story(session.story)
    assert desk.view.strip.box.itemText(0) == "Seperti biasa (Keterangan foto)"

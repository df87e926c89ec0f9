"""Saved filters and searches in the list, by mouse and key; the ways on where nothing is found."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from studio.services.saved_searches import StorySearch
from studio.story.newsroom_records import Comment


def shown(library):
    return [library.model.row_at(library.model.index(at)).headline.split()[0] for at in range(library.model.rowCount())]


def entry(library, words):
    library.shelf.menu.aboutToShow.emit()
    return next(action for action in library.shelf.menu.actions() if words in action.text())


def test_saved_filters_and_own_searches_narrow_the_list_and_ways_on_lead_out(studio, answers):
    workspace, library = studio.stories.workspace, studio.window.library
    folder = next(name for name in workspace.story_folders() if "panen" in name)
    said = Comment(id="c", place="headline", text="Berapa ton?", by="Budi")
    workspace.save(folder, replace(workspace.load(folder), comments=(said,)))
    studio.source.refresh()
    QApplication.processEvents()
    assert library.model.rowCount() == 5
    assert entry(library, "Komentar terbuka").text() == "Komentar terbuka (1)"
    entry(library, "Komentar terbuka").trigger()
    assert shown(library) == ["Panen"]
    assert not library.shelf.now.isHidden()
    library.search.setText("posyandu")
    library.ask()
    assert list(library.nothing.buttons) == ["clear", "show_all", "new"]
    assert library.view.isHidden()
    answers.text = "Rapat Senin"
    entry(library, "Simpan pencarian").trigger()
    QTest.mouseClick(library.nothing.buttons["show_all"], Qt.MouseButton.LeftButton)
    assert shown(library) == ["Posyandu"]
    assert library.shelf.now.isHidden()
    library.search.setText("tidakada")
    library.ask()
    QTest.mouseClick(library.nothing.buttons["clear"], Qt.MouseButton.LeftButton)
    assert library.model.rowCount() == 5
    entry(library, "Rapat Senin").trigger()
    assert library.search.text() == "posyandu"
    assert shown(library) == []
    QTest.mouseClick(library.shelf.now, Qt.MouseButton.LeftButton)
    assert shown(library) == ["Posyandu"]
    library.search.setText("tidakada")
    library.ask()
    QTest.mouseClick(library.nothing.buttons["new"], Qt.MouseButton.LeftButton)
    assert studio.stories.session.folder == ""


def test_comments_are_found_by_their_words(studio):
    workspace, library = studio.stories.workspace, studio.window.library
    folder = next(name for name in workspace.story_folders() if "panen" in name)
    workspace.save(
        folder, replace(workspace.load(folder), comments=(Comment(id="c", place="body", text="Cek lumbung"),))
    )
    studio.source.refresh()
    library.search.setText("lumbung")
    library.ask()
    assert shown(library) == ["Panen"]


def test_without_an_open_story_three_buttons_lead_on(studio):
    buttons = [made for made in studio.window.page.findChildren(QPushButton) if made.isEnabled()]
    assert [made.text().strip() for made in buttons] == ["Berita baru", "Lanjutkan yang terakhir", "Komentar terbuka"]
    QTest.mouseClick(buttons[2], Qt.MouseButton.LeftButton)
    assert studio.window.library.current_search().saved == "comments"
    assert list(studio.window.library.nothing.buttons) == ["show_all", "new", "bin"]
    studio.window.library.choose_search(StorySearch())
    QTest.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert studio.stories.session.story.headline == shown_headline(studio.window.library)


def shown_headline(library):
    return library.model.row_at(library.model.index(0)).headline


def test_before_the_folders_are_looked_through_an_empty_list_says_nothing(studio):
    library = studio.window.library
    assert not library.view.isHidden()
    library.looked = False
    library.search.setText("tidakada")
    library.ask()
    assert library.nothing.isHidden()
    library.view.setFocus()
    studio.source.changed.emit()
    assert not library.nothing.isHidden()


def test_the_ways_on_scroll_where_letters_are_large_and_press_nothing_together(studio):
    nothing = studio.window.library.nothing
    nothing.show_steps(("clear", "show_all", "new"), searched=True)
    nothing.ensurePolished()
    assert nothing.minimumSizeHint().height() < sum(each.sizeHint().height() for each in nothing.buttons.values())

"""The window as a person uses it: list, search, desks, undo, bin, history, read-only, keyboard, drag and drop."""

from __future__ import annotations

import itertools
import json
import os
import socket
import sys
import threading
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from studio.base.lucide_icons import LucideIcons
from studio.base.text_sizes import STEPS, next_step
from studio.story import edits
from studio.story.model import Photo, Video
from studio.ui.core.background_jobs import ThreadedJobs
from studio.ui.core.desk_context import DESKS
from studio.ui.core.shortcut_table import KEYS, TABLE, keys_text
from studio.ui.library.library_model import ROW
from studio.ui.shell.window_place import place_window
from studio.ui.write.editor_toolbar import COMMANDS

if TYPE_CHECKING:
    pass


def headlines(studio) -> list[str]:
    model = studio.window.library.model
    return [model.index(row).data() for row in range(model.rowCount())]


def search(studio, text: str) -> list[str]:
    library = studio.window.library
    library.search.setText(text)
    library.ask()
    return headlines(studio)


def press(studio, code: str) -> None:
    studio.window.shell.activateWindow()
    QApplication.processEvents()
    QTest.keySequence(studio.window.shell, QKeySequence(KEYS[code]))


# ------------------------------------------------------------------------------------------------ list


def activate(window: QWidget) -> None:
    """Make it the active window: without one nothing has the focus."""
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)


FOUND = {
    "irigasi": "irigasi",
    "balita": "Posyandu",
    "kartini": "Posyandu",  # a photo's caption
    "hidayat": "Panen",  # a source
    "PANEN raya": "Panen",
    "nomor 4": "juara",  # the body
}


def test_search_looks_at_headline_body_captions_and_people(studio):
    for query, found in FOUND.items():
        assert [found in headline for headline in search(studio, query)] == [True], query


def test_search_that_finds_nothing_shows_nothing_and_clearing_shows_all(studio):
    assert search(studio, "tidakada") == []
    assert len(search(studio, "")) == 5


def test_typing_in_the_search_box_searches_after_a_pause(studio, qtbot):
    QTest.keyClicks(studio.window.library.search, "ternak")
    qtbot.waitUntil(lambda: len(headlines(studio)) == 1, timeout=3000)


def test_chips_filter_by_status(studio):
    library = studio.window.library
    counts = []
    for number in range(4):
        library.chips.button(number).click()
        counts.append(len(headlines(studio)))
    assert counts == [5, 3, 1, 1]


def test_no_chip_of_the_list_is_cut(studio, settings):
    for language, scale in (("id", 1.0), ("id", 1.5), ("en", 1.5), ("en", 1.0)):
        settings.set("language", language)
        settings.set("text_scale", scale)
        studio.rebuild()
        studio.window.shell.resize(1366, 768)
        QApplication.processEvents()
        for chip in studio.window.library.chips.buttons():
            assert chip.width() >= chip.sizeHint().width(), chip.text()


def test_order_can_be_chosen_and_is_remembered(studio, settings):
    library = studio.window.library
    library._order_setter("headline")()
    assert headlines(studio) == sorted(headlines(studio), key=str.casefold)
    library._order_setter("date")()
    assert "irigasi" in headlines(studio)[0]
    assert settings.text("sort") == "date"


def test_a_row_says_headline_status_and_time_to_a_screen_reader(studio):
    model, workspace = studio.window.library.model, studio.stories.workspace
    folder = model.index(0).data(ROW).folder
    workspace.save(folder, edits.set_field("summary", "Baru").apply(workspace.load(folder)))
    studio.source.refresh()
    rows = [model.index(number) for number in range(model.rowCount())]
    (spoken,) = [row.data(Qt.ItemDataRole.AccessibleTextRole) for row in rows if row.data(ROW).folder == folder]
    assert "Baru saja" in spoken
    assert any(status in spoken for status in ("Draf", "Ditinjau", "Siap terbit", "Sudah terbit"))


def test_choosing_a_row_opens_the_story_and_the_list_follows_its_edits(studio):
    library = studio.window.library
    library.view.setCurrentIndex(library.model.index(2))
    folder = library.model.index(2).data(ROW).folder
    assert studio.stories.session.folder == folder
    studio.stories.session.edit(edits.set_field("headline", "Judul yang baru sekali"))
    studio.stories.session.flush()
    assert "Judul yang baru sekali" in headlines(studio)
    assert library.current == folder


def click(library, row, modifiers=Qt.KeyboardModifier.NoModifier):
    at = library.view.visualRect(library.model.index(row)).center()
    QTest.mouseClick(library.view.viewport(), Qt.MouseButton.LeftButton, modifiers, at)


def test_several_stories_are_picked_with_ctrl_and_shift_and_put_into_the_queue(studio, answers, qtbot):
    from studio.ui.publish.queue_dialog import QueueDialog

    library, folders = studio.window.library, [studio.window.library.model.index(n).data(ROW).folder for n in range(5)]
    click(library, 0)
    assert library.queue.isHidden()
    click(library, 2, Qt.KeyboardModifier.ControlModifier)
    assert library.picked_folders == (folders[0], folders[2])
    assert studio.stories.session.folder == folders[0]  # picking opens nothing
    studio.stories.session.edit(edits.set_field("summary", "Ringkasan yang baru sekali"))
    studio.stories.session.flush()  # the list is made again
    assert set(library.picked_folders) == {folders[0], folders[2]}
    asked = []

    def look(dialog):
        assert isinstance(dialog, QueueDialog)
        asked.extend(folder for folder, _ in dialog.stories())
        return False

    answers.on_show = look
    library.move_selection(1)  # a key of the window, after the click: opens
    assert studio.stories.session.folder == folders[1]
    click(library, 0)
    click(library, 2, Qt.KeyboardModifier.ControlModifier)
    assert "2" in library.queue.text()
    library.queue.click()
    assert set(asked) == {folders[0], folders[2]}
    assert studio.window.desk == "publish"
    click(library, 2)  # marked already, not open
    assert studio.stories.session.folder == library.picked_folders[0] == folders[2]
    library.view.setFocus()
    QTest.keyClick(library.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(library.picked_folders) == 2
    QTest.keyClick(library.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert set(library.picked_folders) == set(folders)
    assert studio.stories.session.folder == folders[2]


def test_a_long_list_comes_in_pages(studio, workspace_path):
    for number in range(130):
        studio.stories.workspace.add(edits.set_field("headline", f"Berita {number}").apply(_blank()))
    studio.source.refresh()
    model = studio.window.library.model
    studio.window.library.ask()
    assert model.rowCount() == 100
    assert model.canFetchMore(model.index(-1))
    model.fetchMore(model.index(-1))
    assert model.rowCount() == 135
    assert not model.canFetchMore(model.index(-1))
    studio.window.library.ask()
    assert model.rowCount() == 135, "the same list stays where it was scrolled to"
    studio.window.library.search.setText("berita")
    studio.window.library.ask()
    assert model.rowCount() == 100, "another one begins anew"


def _blank():
    from studio.story.model import Story

    return Story(id="")


# ------------------------------------------------------------------------------------------------ stories


def test_a_new_story_appears_in_the_list_once_it_is_saved(studio):
    press(studio, "new")
    session = studio.stories.session
    assert session.folder == ""
    assert session.story.place == "Sukamaju"
    session.edit(edits.set_field("headline", "Baru dibuat"))
    session.flush()
    assert "Baru dibuat" in headlines(studio)
    assert studio.window.library.current == session.folder


def test_a_new_story_that_stays_empty_leaves_nothing_behind(studio):
    press(studio, "new")
    folders = studio.stories.workspace.story_folders()
    studio.stories.open(folders[0])
    assert studio.stories.workspace.story_folders() == folders


def test_a_deleted_story_goes_to_the_bin_and_comes_back_whole(opened):
    folder = opened.stories.session.folder
    before = opened.stories.workspace.load(folder)
    (opened.stories.workspace.story_dir(folder) / "media").mkdir(exist_ok=True)
    (opened.stories.workspace.story_dir(folder) / "media" / "x.jpg").write_bytes(b"original")
    opened.window.story_actions.remove(folder)
    assert opened.stories.session is None
    assert folder not in opened.stories.workspace.story_folders()
    assert len(headlines(opened)) == 4
    opened.window.shell._toast_button.click()  # "Urungkan" in the toast
    assert opened.stories.session.folder == folder
    assert opened.stories.workspace.load(folder) == before
    assert (opened.stories.workspace.story_dir(folder) / "media" / "x.jpg").read_bytes() == b"original"


def test_the_bin_gives_back_and_deletes_for_good_only_when_sure(opened, answers):
    folder, headline = opened.stories.session.folder, opened.stories.session.story.headline
    opened.window.story_actions.remove(folder)

    def refuse(dialog):
        (title,) = (dialog.list.item(row).text() for row in range(dialog.list.count()))
        assert title.startswith(headline)
        assert folder not in title
        dialog.gone.click()
        assert opened.stories.workspace.bin.names()
        answers.answer = "purge"
        dialog.gone.click()
        assert not opened.stories.workspace.bin.names()
        return False

    answers.on_show = refuse
    press(opened, "bin")
    assert len(answers.asked) == 3


def test_an_earlier_version_is_compared_and_restored_and_that_can_be_undone(opened, answers):
    session = opened.stories.session
    session.edit(edits.set_field("headline", "Judul sesudah diubah"))
    session.flush()

    def restore(dialog):
        assert dialog.list.count() >= 1
        shown = dialog.view.toPlainText()
        assert "Judul sesudah diubah" in shown or "Judul" in shown
        assert "perbaiki saluran irigasi" in shown
        dialog.back.click()
        return dialog.chosen is not None

    answers.on_show = restore
    press(opened, "history")
    assert "irigasi" in session.story.headline
    opened.window.story_actions.undo()
    assert session.story.headline == "Judul sesudah diubah"


def test_an_unreadable_story_is_explained_its_history_offered_and_the_others_open(opened, answers):
    workspace = opened.stories.workspace
    session = opened.stories.session
    folder = session.folder
    session.edit(edits.set_field("headline", "Versi kedua yang rusak"))
    session.flush()
    opened.stories.open(next(f for f in workspace.story_folders() if f != folder))
    (workspace.story_dir(folder) / "story.json").write_bytes(b'{"format": [1, 0], "headline": "set')
    answers.answer = "history"
    answers.on_show = lambda dialog: dialog.back.click() or dialog.chosen is not None
    opened.window.story_actions.open(folder)
    assert "story.json" in answers.asked[0]
    assert "irigasi" in opened.stories.session.story.headline
    kept = [path.read_bytes() for path in (workspace.story_dir(folder) / "history").iterdir()]
    assert b'{"format": [1, 0], "headline": "set' in kept


def test_undo_says_what_it_undid_and_the_menu_names_the_step(opened):
    session = opened.stories.session
    session.edit(edits.set_field("place", "Dusun Cibeureum"))
    assert opened.window.actions.all["undo"].text() == "Urungkan: tempat"
    opened.window.story_actions.undo()
    assert opened.window.shell._toast_text.text() == "Diurungkan: tempat"
    assert session.story.place == "Sukamaju"


# ------------------------------------------------------------------------------------------------ desks


def test_no_desk_flashes_a_window_of_its_own_while_it_is_made(studio, qapp):
    """A card of the writing desk did; the real window lost the keyboard to it for good."""
    shown = []

    class Watch(QObject):
        def eventFilter(self, thing, event):
            if event.type() == QEvent.Type.Show and isinstance(thing, QWidget) and thing.isWindow():
                shown.append(type(thing).__name__)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    studio.stories.open(studio.stories.workspace.story_folders()[0])
    for code, _ in DESKS:
        studio.window.go(code)
    qapp.removeEventFilter(watch)
    assert shown == []
    assert QApplication.activeWindow() is studio.window.shell


def test_every_desk_opens_by_its_key(opened):
    for code, _ in (*DESKS[1:], DESKS[0]):  # the first one is open
        press(opened, code)
        assert opened.window.desk == code
        assert opened.window.shell.tabs.current == code


def test_the_focus_goes_along_to_a_desk_and_stays_in_the_list_while_stories_are_looked_through(opened):
    window = opened.window
    opened.stories.session.edit(edits.add_photos([Photo(id="p", file="a.jpg")]))
    opened.stories.session.edit(edits.add_videos([Video(id="v", file="a.mp4", seconds=3.0)]))
    QTest.mouseClick(window.shell.tabs, Qt.MouseButton.LeftButton, pos=window.shell.tabs.tab_middle("photo"))
    assert window.page.canvas.hasFocus()
    press(opened, "video")
    assert window.page.view.stage.hasFocus()
    press(opened, "write")
    assert window.page.body.hasFocus()
    press(opened, "list")
    press(opened, "next")
    assert window.library.view.hasFocus()
    QTest.keyClick(window.library.view, Qt.Key.Key_Return)
    assert window.page.body.hasFocus()


def test_the_video_desk_shows_facts(opened):
    opened.stories.session.edit(
        edits.add_videos([Video(id="v", file="a.mp4", name="panen.mp4", width=1080, height=1920, seconds=72.4)])
    )
    opened.window.go("video")
    assert opened.window.page.shelf.strip.item(0).text().split() == ["panen.mp4", "1.12"]
    assert "panen.mp4" in opened.window.page.view.stage.words  # its file is not there
    opened.window.page.side_panel.words.form.inputs["title"].setText("Panen raya")
    assert opened.stories.session.story.videos[0].title == "Panen raya"


def test_the_checking_desk_shows_findings_and_leads_to_them(opened):
    opened.window.go("check")
    desk = opened.window.page
    desk.checker.run()
    desk.findings.finish()
    row = next(row for row in desk.findings.rows if row.finding.place and row.finding.place.desk == "write")
    row.buttons[0].click()
    assert opened.window.desk == "write"


def test_a_desk_is_made_while_the_mouse_is_down_on_its_tab_and_shown_when_it_goes_up(opened):
    tab = opened.window.shell.tabs
    before = opened.window.page
    QTest.mousePress(tab, Qt.MouseButton.LeftButton, pos=tab.tab_middle("photo"))
    made = opened.window.desks["photo"]
    assert opened.window.page is before
    assert not made.isVisible()
    QTest.mouseRelease(tab, Qt.MouseButton.LeftButton, pos=tab.tab_middle("photo"))
    assert opened.window.page is made
    assert made.isVisible()


def test_a_pressed_desk_is_in_the_window_before_it_is_shown(opened, qtbot):
    shell = opened.window.shell
    QTest.mousePress(shell.tabs, Qt.MouseButton.LeftButton, pos=shell.tabs.tab_middle("video"))
    made = opened.window.desks["video"]
    qtbot.waitUntil(lambda: shell.pages.indexOf(made) >= 0 and shell.panels.indexOf(made.side_panel) >= 0)
    assert not made.isVisible()
    QTest.mouseRelease(shell.tabs, Qt.MouseButton.LeftButton, pos=shell.tabs.tab_middle("video"))
    assert made.isVisible()
    assert made.side_panel.isVisible()


def test_it_is_told_when_everything_the_window_consists_of_is_imported(make_studio, workspace_path, qtbot):
    told = []
    studio = make_studio(settled=lambda: told.append("studio.ui.write.write_desk" in sys.modules))
    studio.open_workspace(workspace_path)
    qtbot.waitUntil(lambda: told == [True])
    studio.rebuild()
    qtbot.waitUntil(lambda: not studio._later.isActive())
    assert told == [True]  # once: what it freezes is never collected


def test_a_tab_that_was_pressed_but_not_clicked_changes_nothing_and_leaves_nothing(opened, qtbot):
    tab = opened.window.shell.tabs
    QTest.mousePress(tab, Qt.MouseButton.LeftButton, pos=tab.tab_middle("video"))
    made = opened.window.desks["video"]
    QTest.mouseRelease(tab, Qt.MouseButton.LeftButton, pos=tab.rect().bottomRight() + QPoint(40, 200))
    assert opened.window.desk == "write"
    opened.rebuild()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(made)


def test_work_that_ends_after_its_window_was_built_anew_is_no_bug(make_studio, workspace_path, threaded_jobs, qtbot):
    studio = make_studio(jobs=threaded_jobs)
    studio.open_workspace(workspace_path)
    studio.stories.open(studio.stories.workspace.story_folders()[0])
    studio.window.go("publish")
    bench, ended = studio.window.page._bench, threading.Event()
    threaded_jobs.start("ZIP", lambda _: ended.wait(20), done=lambda _: bench.toast("ZIP"))  # as the phone's ZIP does
    studio.rebuild()
    qtbot.waitUntil(lambda: getattr(studio.window.page, "_bench", bench) is not bench)  # in turns
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    ended.set()
    qtbot.waitUntil(lambda: not threaded_jobs.running(), timeout=20_000)


# ------------------------------------------------------------------------------------------------ keyboard, names


def focusable(root: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]


def test_everything_that_takes_the_focus_has_a_name_and_is_reached_by_tab(opened):
    opened.stories.session.edit(edits.add_photos([Photo(id="p1", file="a.jpg", name="a.jpg")]))
    opened.stories.session.edit(edits.add_videos([Video(id="v1", file="a.mp4", name="a.mp4")]))
    for code, _ in DESKS:
        opened.window.go(code)
        assert nameless(opened.window.shell) == []
        assert_every_control_is_reached_by_tab(opened)


def nameless(shell: QWidget) -> list[str]:
    return [
        f"{type(widget).__name__} {widget.objectName()} in {type(widget.parent()).__name__}"
        for widget in focusable(shell)
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
        and not isinstance(widget.parent(), QAbstractScrollArea)
    ]


def exclusive_mates(button: QWidget) -> list[QAbstractButton]:
    """Those of its group of which one is chosen; radio buttons without a group are one with those beside them."""
    if not isinstance(button, QAbstractButton):
        return []
    group = button.group()
    if not (button.autoExclusive() or (group is not None and group.exclusive())):
        return []
    if group is not None:
        return group.buttons()
    beside = button.parent().findChildren(QAbstractButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [mate for mate in beside if mate.autoExclusive() and mate.group() is None]


def walk_by_arrows(start: QAbstractButton) -> set[QWidget]:
    """Where the arrow keys lead from here within the group; what was chosen is chosen again."""
    mates = exclusive_mates(start)
    chosen = next((mate for mate in mates if mate.isChecked()), None)
    found: list[QWidget] = [start]
    for mate in found:  # which grows
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Up):
            mate.setFocus()
            QTest.keyClick(mate, key)
            now = QApplication.focusWidget()
            if now in mates and now not in found:
                found.append(now)
    if chosen is not None and not chosen.isChecked():
        chosen.click()
    return set(found)


def assert_every_control_is_reached_by_tab(opened) -> None:
    shell = opened.window.shell
    activate(shell)
    wanted = {w for w in focusable(shell) if w.focusPolicy() & Qt.FocusPolicy.TabFocus}
    reached: set[QWidget] = set()
    start = opened.window.library.search
    start.setFocus()
    for _ in range(len(wanted) * 2 + 20):
        now = QApplication.focusWidget()
        reached.add(now)
        # Ctrl+Tab leaves fields where Tab is a letter.
        shell.focusNextChild()
    # Of an exclusive group Tab reaches the chosen one, the arrows the others.
    for missed in wanted - reached:
        entries = [mate for mate in exclusive_mates(missed) if mate in reached]
        if missed not in reached and entries:
            reached |= walk_by_arrows(entries[0])
    assert not [f"{type(w).__name__} {w.accessibleName()}" for w in wanted - reached]


def test_no_shortcut_is_given_twice(studio):
    """But for the arrows on the video desk (they mean the chosen cover, and the playhead where none is chosen), and for
    keys of the calendar, which only its days hear."""
    keys = [key for shortcut in TABLE for key in shortcut.keys if not shortcut.code.startswith(("play_", "cal_"))]
    assert len(keys) == len(set(keys))
    playing = [key for shortcut in TABLE for key in shortcut.keys if shortcut.group == "video"]
    assert len(playing) == len(set(playing))


def test_f6_goes_round_the_parts_of_the_window(opened):
    window = opened.window
    window.library.search.setFocus()
    parts = [window.library, window.shell.tab_bar, window.shell.pages, window.shell.panels]
    seen = []
    for _ in range(4):
        press(opened, "region")
        seen.append(next(p for p in parts if p.isAncestorOf(QApplication.focusWidget())))
    assert seen == [parts[1], parts[2], parts[3], parts[0]]


def test_every_shortcut_of_the_window_has_an_action(studio):
    of_the_window = {s.code for s in TABLE if s.group in {"stories", "desks", "everywhere"}}
    assert of_the_window <= set(studio.window.actions.all)


def test_f1_tells_every_key_of_the_writing_desk():
    told = {shortcut.code: shortcut.key for shortcut in TABLE if shortcut.group in {"writing", "everywhere"}}
    bound = {command.code: command.key or command.shown for command in COMMANDS}
    assert {code: told.get(code) for code in bound} == bound


def test_f1_shows_every_shortcut(studio, answers):
    seen = []
    answers.on_show = lambda dialog: seen.extend(w.text() for w in dialog.findChildren(QWidget) if hasattr(w, "text"))
    press(studio, "help")
    for shortcut in TABLE:
        assert keys_text(shortcut) in seen


def test_the_page_about_keys_tells_every_key_of_the_media_desks():
    page = (Path(__file__).parents[2] / "docs" / "keys.md").read_text(encoding="utf-8")
    for shortcut in TABLE:
        if shortcut.group in {"media", "canvas", "video"}:
            assert f"| `{keys_text(shortcut)}` |" in page, shortcut.code


# ------------------------------------------------------------------------------------------------ two windows, look


def test_a_second_window_on_the_same_workspace_is_warned_and_read_only(studio, make_studio, workspace_path):
    second = make_studio()
    second.open_workspace(workspace_path)
    second.source.refresh()
    assert second.stories.workspace.read_only
    assert second.window.shell.banner.isVisible()
    folder = second.stories.workspace.story_folders()[0]
    second.stories.open(folder)
    before = second.stories.session.story
    second.stories.session.edit(edits.set_field("headline", "Tidak boleh"))
    assert second.stories.session.story == before
    assert second.window.status.saved.text() == "Hanya dapat dibaca"
    for code, _ in DESKS:
        second.window.go(code)
    assert not studio.stories.workspace.read_only


def test_a_lock_left_by_a_dead_laptop_is_taken_over_by_its_button(make_studio, workspace_path, answers):
    lock = workspace_path / ".studio" / "lock"
    holder = {"host": "laptop-balai", "pid": 4, "user": "siti", "since": "2026-11-22T02:00:00+00:00", "token": "t"}
    lock.write_text(json.dumps(holder), encoding="utf-8")
    os.utime(lock, (1_763_777_700, 1_763_777_700))
    opened = make_studio()
    opened.open_workspace(workspace_path)
    banner = opened.window.shell.banner
    seen = f"{datetime.fromtimestamp(1_763_777_700).astimezone():%Y-%m-%d %H:%M}"
    assert "laptop-balai" in banner.text.text()
    assert seen in banner.text.text()
    take = next(button for button in banner.buttons if button.text() == "Ambil alih…")
    QTest.mouseClick(take, Qt.MouseButton.LeftButton)  # asked, and cancelled
    assert opened.stories.workspace.read_only
    assert seen in answers.asked[-1]
    assert lock.stat().st_mtime == 1_763_777_700
    answers.answer = "take_over"
    take = next(button for button in banner.buttons if button.text() == "Ambil alih…")
    QTest.mouseClick(take, Qt.MouseButton.LeftButton)
    assert not opened.stories.workspace.read_only
    assert not opened.window.shell.banner.isVisible()
    assert json.loads(lock.read_text(encoding="utf-8"))["host"] == socket.gethostname()


def test_the_first_window_gone_the_second_may_write(studio, make_studio, workspace_path):
    second = make_studio()
    second.open_workspace(workspace_path)
    studio.close()
    second.window.shell.banner.buttons[0].click()
    assert not second.stories.workspace.read_only
    assert not second.window.shell.banner.isVisible()


def test_the_studio_opens_where_it_was(make_studio, opened, workspace_path, qtbot):
    folder = opened.stories.session.folder
    opened.window.go("check")
    opened.close()
    again = make_studio()
    again.start(None)
    qtbot.waitUntil(lambda: again.stories.session is not None)
    assert again.stories.session.folder == folder
    assert again.window.desk == "check"


def test_switching_language_theme_and_size_keeps_the_story_and_its_undo(opened, settings):
    session = opened.stories.session
    session.edit(edits.set_field("place", "Dusun Tengah"))
    opened.window.go("photo")
    press(opened, "theme")
    assert opened.tools.theme.mode == "dark"
    opened.window.actions.all["language"].trigger()
    assert opened.window.shell.tabs.accessibleTabName(1) == "Photos"
    press(opened, "bigger")
    assert opened.tools.theme.scale == 1.1
    assert opened.stories.session is session
    assert opened.window.desk == "photo"
    opened.window.story_actions.undo()
    assert session.story.place == "Sukamaju"


def test_at_double_text_size_on_a_small_screen_everything_is_inside_the_window(opened, settings):
    settings.set("text_scale", 2.0)
    opened.rebuild()
    shell = opened.window.shell
    shell.showNormal()
    shell.resize(1366, 768)
    for code, _ in DESKS:
        opened.window.go(code)
        QApplication.processEvents()
        assert (shell.width(), shell.height()) == (1366, 768)
        assert (
            shell.tabs.tabRect(shell.tabs.count() - 1).right() <= shell.tabs.width()
        )  # no tab lies under what follows
        for part in (shell.tab_bar, shell.status, opened.window.page):
            corner = part.mapTo(shell, part.rect().bottomRight())
            assert corner.x() <= 1366
            assert corner.y() <= 768
    assert not shell.panels.isVisible()  # beside it, this desk would be cut: it comes when it is asked for
    press(opened, "panel")
    assert shell.panels.isVisible()
    assert not opened.window.library.isVisible()
    press(opened, "library")
    assert opened.window.library.isVisible()
    assert not shell.panels.isVisible()


def test_no_text_of_the_last_two_desks_is_cut_by_large_letters_or_a_panel(opened, settings, qtbot):
    for scale in (1.25, 2.0):
        settings.set("text_scale", scale)
        opened.rebuild()
        shell = opened.window.shell
        shell.showNormal()
        shell.resize(1366, 768)
        opened.window.go("check")
        desk = opened.window.page
        qtbot.waitUntil(lambda desk=desk: desk.tabs.sizeHint().width() <= desk.tabs.width())
        opened.window.go("publish")
        desk = opened.window.page
        qtbot.waitUntil(lambda desk=desk: bool(desk.view.cards.cards))
        for _ in range(2):  # with its panel, and without
            press(opened, "panel")
            area = desk.view.texts_area
            qtbot.waitUntil(lambda area=area: area.widget().width() <= area.viewport().width())
            assert desk.head.tabs.sizeHint().width() <= desk.head.tabs.width()
            assert all(chip.width() >= chip.sizeHint().width() for chip in desk.view._group.buttons())
            low = desk.view.phone.mapTo(desk, desk.view.phone.rect().bottomLeft()).y()
            assert low <= desk.height()


@pytest.mark.parametrize("way", ["quit", "close", "workspace"])
def test_every_way_out_keeps_the_place_of_the_window(opened, make_studio, tmp_path, way):
    shell = opened.window.shell
    shell.showNormal()
    shell.setGeometry(60, 50, 1010, 620)
    if way == "quit":
        press(opened, "quit")
    elif way == "close":
        shell.close()
    else:
        opened.show_welcome()
        opened.close()
    again = make_studio()
    again.start(None)
    assert again.window.shell.size() == QSize(1010, 620)


def test_a_first_window_leaves_room_for_title_and_task_bar(qtbot):
    for room, all_over in (((1366, 728), True), ((1024, 560), True), ((1920, 1040), False)):
        window = QMainWindow()
        qtbot.addWidget(window)
        window.screen = lambda room=room: SimpleNamespace(availableGeometry=lambda: QRect(QPoint(0, 0), QSize(*room)))
        place_window(window)
        assert window.isMaximized() == all_over
        assert window.normalGeometry().height() <= room[1] - 40


def test_a_window_that_is_built_anew_stays_all_over_the_screen(opened):
    opened.window.shell.showMaximized()
    press(opened, "theme")
    assert opened.window.shell.isMaximized()


def test_sizes_of_text_lead_back_the_way_they_came():
    for step, larger in itertools.pairwise(STEPS):
        assert next_step(step, 1) == larger
        assert next_step(larger, -1) == step
    assert next_step(STEPS[-1], 1) == STEPS[-1]
    assert next_step(1.56, -1) == 1.5  # of a version that multiplied
    assert next_step(1.56, 1) == 1.75


def test_the_usual_size_of_text_is_one_key_away(opened, settings):
    settings.set("text_scale", 1.75)
    opened.rebuild()
    press(opened, "usual_size")
    assert opened.tools.theme.scale == 1.0


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_the_list_makes_way_for_a_picture_until_it_is_asked_for(opened, settings, scale):
    settings.set("text_scale", scale)
    opened.rebuild()
    window = opened.window
    shell, library = window.shell, window.library
    shell.showNormal()
    shell.resize(1366, 698)
    for code in ("photo", "video"):
        window.go(code)
        assert not library.isVisible()
        assert not shell.library_toggle.isChecked()
        assert shell.panels.isVisible() == (scale <= 1.2)  # beside large letters it waits until it is asked for, too
    QTest.mouseClick(shell.library_toggle, Qt.MouseButton.LeftButton)
    assert library.isVisible()
    assert shell.library_toggle.isChecked()
    QTest.mouseClick(shell.library_toggle, Qt.MouseButton.LeftButton)
    assert not library.isVisible()
    window.go("write")
    assert shell.panels.isVisible()


def test_closing_the_window_saves_and_ends_everything(studio, make_studio, qtbot):
    jobs = ThreadedJobs()
    other = make_studio(jobs=jobs)
    other.open_workspace(studio.stories.workspace.path)
    studio.close()
    session_path = other.stories.workspace.path
    other.window.shell.close()
    assert other.window is None
    assert not [t for t in threading.enumerate() if t.name.startswith(("jobs-", "saver"))]
    assert session_path.exists()


def test_a_story_changed_by_another_program_is_read_again(opened):
    session = opened.stories.session
    path = opened.stories.workspace.story_dir(session.folder) / "story.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("saluran irigasi", "tanggul sungai"), encoding="utf-8")
    opened.source.refresh()
    assert "tanggul sungai" in opened.stories.session.story.headline
    assert "tanggul sungai" in "".join(headlines(opened))


def test_unsaved_edits_win_over_another_program_and_its_content_stays_in_the_history(opened):
    session = opened.stories.session
    workspace = opened.stories.workspace
    path = workspace.story_dir(session.folder) / "story.json"
    session.edit(edits.set_field("place", "Dusun Tengah"))
    path.write_text(path.read_text(encoding="utf-8").replace("saluran irigasi", "tanggul sungai"), encoding="utf-8")
    opened.source.refresh()
    assert opened.stories.session is session
    session.flush()
    kept = [workspace.read_version(session.folder, v.name) for v in workspace.versions(session.folder)]
    assert any("tanggul sungai" in story.headline for story in kept)
    assert workspace.load(session.folder).place == "Dusun Tengah"


def test_a_workspace_taken_over_by_another_computer_goes_on_reading_only(opened, monkeypatch):
    workspace = opened.stories.workspace
    lock = workspace.path / ".studio" / "lock"
    lock.write_bytes(lock.read_bytes().replace(workspace._lock.holder.token.encode(), b"0" * 16))
    opened.safety.check_workspace()
    assert opened.stories.session.read_only
    assert opened.window.shell.banner.isVisible()


def test_the_icons_of_every_desk_that_was_shown_are_at_hand_the_next_time(make_studio, workspace_path, tmp_path):
    cache = tmp_path / "icons.json"
    studio = make_studio(drawn=LucideIcons(cache))
    studio.open_workspace(workspace_path)
    studio.stories.open(studio.stories.workspace.story_folders()[0])
    studio.window.go("video")
    studio.close()
    icons = LucideIcons(cache)
    icons._package = None  # whatever is not in the cache cannot be read
    assert "<path" in icons.icon_svg("video")
    assert "<path" in icons.icon_svg("volume-2")

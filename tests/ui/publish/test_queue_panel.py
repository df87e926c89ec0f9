"""The queue's panel as a person uses it: choose stories, start, read the log, move, try again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from studio.export.running.export_queue import ExportQueue
from studio.ui.publish.queue_dialog import QueueDialog
from studio.ui.publish.queue_panel import left_text, make_queue_panel


@pytest.fixture
def bench(opened):
    opened.window.go("publish")
    return opened.window.page._bench


@pytest.fixture
def panel(bench, qtbot):
    made = make_queue_panel(bench)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def choose(answers, act):
    """What a person does in the dialog."""

    def on_show(dialog):
        assert isinstance(dialog, QueueDialog)
        for outlet, box in dialog.boxes.items():
            box.setChecked(outlet == "x")
        act(dialog)
        return dialog.add.isEnabled()

    answers.on_show = on_show


def press(qtbot, button):
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_an_empty_queue_says_what_it_is_for(panel):
    assert panel.pages.currentIndex() == 0
    assert not panel.run.isEnabled()


def test_stories_are_chosen_made_and_told(panel, bench, answers, qtbot):
    choose(answers, lambda dialog: dialog.list.selectAll())
    press(qtbot, panel.add)
    assert panel.list.topLevelItemCount() == 5
    assert [item.outlets for item in panel.work.queue.items] == [("x",)] * 5
    press(qtbot, panel.run)
    states = [item.state for item in panel.work.queue.items]
    assert states.count("done") == 4
    assert states.count("partly") == 1  # the photo of the posyandu story is lost
    assert (bench.workspace.path / "exports" / panel.work.queue.items[0].story / "x").is_dir()
    bad = states.index("partly")
    panel.list.topLevelItem(bad).setSelected(True)
    assert "posyandu" in panel.log.toPlainText().casefold()
    assert "0123456789abcdef" in panel.log.toPlainText() or "foto" in panel.log.toPlainText().casefold()
    assert panel.again.isVisible()


def test_the_week_chooses_its_stories(panel, answers, qtbot):
    def act(dialog):
        dialog.week.setDate(dialog.week.date().fromString("2026-11-18", Qt.DateFormat.ISODate))
        dialog.take_week()
        assert len(dialog.stories()) == 5
        dialog.week.setDate(dialog.week.date().fromString("2026-11-25", Qt.DateFormat.ISODate))
        dialog.take_week()
        assert not dialog.add.isEnabled()
        dialog.search.setText("panen")
        dialog.list.selectAll()

    choose(answers, act)
    press(qtbot, panel.add)
    assert [item.headline[:5] for item in panel.work.queue.items] == ["Panen"]


def test_items_are_moved_cancelled_tried_again_and_removed(panel, qtbot):
    panel.work.change_queue(lambda queue: queue.add([("a", "A"), ("b", "B"), ("c", "C")], ("x",)))
    panel.list.setFocus()
    panel.list.topLevelItem(2).setSelected(True)
    press(qtbot, panel.tools["up"])
    assert [item.story for item in panel.work.queue.items] == ["a", "c", "b"]
    assert panel.chosen_items() == (panel.work.queue.items[1].id,)
    press(qtbot, panel.tools["cancel"])
    assert panel.work.queue.items[1].state == "cancelled"
    press(qtbot, panel.tools["retry"])
    assert panel.work.queue.items[1].state == "failed"  # tried at once; there is no such story
    press(qtbot, panel.tools["remove"])
    assert [item.story for item in panel.work.queue.items] == ["a", "b"]
    assert ExportQueue(panel.work.workspace.path).items == panel.work.queue.items


def test_the_queue_goes_on_when_the_desk_is_gone(panel, bench, qtbot):
    panel.work.change_queue(lambda queue: queue.add([("a", "A")], ("x",)))
    other = make_queue_panel(bench)
    qtbot.addWidget(other)
    assert other.work is panel.work
    assert other.list.topLevelItemCount() == 1


def test_a_stick_that_is_back_is_gone_on_with(panel, bench, tmp_path, qtbot):
    stick, away = tmp_path / "stik", tmp_path / "laci"
    stick.mkdir()
    story = bench.session.folder
    panel.work.change_queue(lambda queue: queue.add([(story, "A")], ("x",), stick))
    stick.rename(away)
    press(qtbot, panel.run)
    assert panel.work.queue.items[0].state == "lost"
    assert panel.list.topLevelItem(0).text(2) == bench.t("queue.state.lost")
    panel.work.look_for_disks()
    assert panel.work.queue.items[0].state == "lost"
    away.rename(stick)
    panel.work.look_for_disks()
    assert panel.work.queue.items[0].state == "done"


def test_a_pause_while_it_runs_keeps_the_rest(make_studio, workspace_path, threaded_jobs, qtbot):
    studio = make_studio(jobs=threaded_jobs)
    studio.open_workspace(workspace_path)
    folders = studio.stories.workspace.story_folders()
    studio.stories.open(folders[0])
    studio.window.go("publish")
    panel = make_queue_panel(studio.window.page._bench)
    qtbot.addWidget(panel)
    panel.show()
    panel.work.change_queue(lambda queue: queue.add([(name, name) for name in folders], ("x", "telegram")))
    # No waitSignal: a report that is on its way when it lets go crashes in its slot on a busy machine.
    heard = []
    panel.work.reported.connect(lambda *_: heard.append(True))
    press(qtbot, panel.run)
    qtbot.waitUntil(lambda: bool(heard), timeout=30_000)
    press(qtbot, panel.stop)
    qtbot.waitUntil(lambda: not panel.work.running, timeout=30_000)
    assert panel.work.queue.paused
    panel.work.start()
    qtbot.waitUntil(lambda: not panel.work.running, timeout=60_000)
    assert {item.state for item in panel.work.queue.items} <= {"done", "partly"}


def test_the_time_left_in_words(bench):
    seen = [left_text(bench, seconds) for seconds in (None, 20, 600, 7200)]
    assert len(set(seen)) == 4
    assert "10" in seen[2]

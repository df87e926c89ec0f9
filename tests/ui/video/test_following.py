"""A cover that follows a face: by keys and mouse, its way on the picture, what has to be looked at, and undo."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bench.moving_covers import FPS, SCENES, drawn_box, write_clip
from studio.checks.people_rules import check_people
from studio.store.workspace import open_workspace
from studio.story import clips
from studio.story.cover_path import box_at, path_doubts, path_of, with_path
from studio.story.model import Cover, Group
from studio.ui.core.background_jobs import ThreadedJobs
from studio.ui.core.desk_context import WindowTools
from tests.ui.video.conftest import Around
from tests.ui.video.test_cutting import drag, on_stage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="session")
def clip_file(tmp_path_factory):
    """A face that walks from left to right and is crossed by a bar."""
    path = tmp_path_factory.mktemp("jalan") / "jalan.mp4"
    write_clip(SCENES["is crossed"], path)
    return path


def followed(desk):
    """The face is covered by hand on the first picture, and followed by the key."""
    stage = desk.view.stage
    x, y, wide, high = drawn_box(SCENES["is crossed"])
    stage.setFocus()
    QTest.keyClicks(stage, "c")
    drag(stage, on_stage(desk, x, y), on_stage(desk, x + wide / 2, y + high), on_stage(desk, x + wide, y + high))
    QTest.keyClicks(stage, "f")


def codes(window):
    found = check_people(window.session.story, Group())
    return [each.code for each in found if each.code.startswith("people_cover")]


def test_a_face_is_followed_doubts_are_led_to_and_settled_and_undo_takes_it_back(desk, video, window):
    stage, page, path = desk.view.stage, desk.side_panel.covers, desk.side_panel.covers.path
    followed(desk)
    cover = video().covers[0]
    assert len(path_of(cover)) == len(stage.scene.path) > 5
    assert box_at(cover, 4.5)[0] > box_at(cover, 0.0)[0] + 0.1
    (doubt,) = path_doubts(cover)
    assert window.said[-1] == "Tutupan mengikuti, tetapi 1 bagian harus diperiksa."
    assert codes(window) == ["people_cover_doubts"]
    assert (path.buttons["doubt"].text().strip(), path.buttons["settle"].isVisible()) == ("Periksa 1 bagian", False)
    QTest.keyClicks(stage, "q")
    assert desk.state.position == pytest.approx(doubt.start, abs=0.01)
    assert path.buttons["settle"].isVisible()
    assert path.doubt.text().startswith("Bagian 1 dari 1")
    page.path.buttons["settle"].setFocus()
    QTest.mouseClick(path.buttons["settle"], LEFT)
    assert path_doubts(video().covers[0]) == ()
    assert not path.buttons["doubt"].isVisible()
    assert codes(window) == ["people_cover_path"]
    assert "centang" in path.said.text()
    window.session.undo()
    assert path_doubts(video().covers[0]) == (doubt,)
    window.session.undo()
    assert path_of(video().covers[0]) == ()


def test_a_cover_that_moves_is_moved_at_the_playhead_and_its_keyframes_are_stepped_through(desk, video, window):
    stage, path = desk.view.stage, desk.side_panel.covers.path
    followed(desk)
    before = video().covers[0]
    at = 8 / FPS
    desk.player.seek(at)
    x, y, wide, high = box_at(before, at)
    assert stage.scene.masks[0].box == pytest.approx((x, y, wide, high), abs=0.001)
    middle = on_stage(desk, x + wide / 2, y + high / 2)
    drag(stage, middle, on_stage(desk, x + wide / 2, y + high / 2 + 0.1))
    moved = video().covers[0]
    assert box_at(moved, at)[1] == pytest.approx(y + 0.1, abs=0.01)
    assert box_at(moved, 4.5) == box_at(before, 4.5)
    assert sum(point.now for point in stage.scene.path) == 1
    QTest.keyClick(stage, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    assert len(path_of(video().covers[0])) == len(path_of(moved)) - 1
    window.session.undo()
    window.session.undo()
    assert video().covers[0] == before
    times = [frame.at for frame in path_of(before)]
    desk.player.seek(times[2])
    QTest.mouseClick(path.buttons["point_after"], LEFT)
    assert desk.state.position == pytest.approx(times[3], abs=0.02)
    QTest.mouseClick(path.buttons["point_before"], LEFT)
    assert desk.state.position == pytest.approx(times[2], abs=0.02)


def test_a_way_is_made_by_hand(desk, video, qtbot):
    stage = desk.view.stage
    stage.setFocus()
    QTest.keyClicks(stage, "c")
    drag(stage, on_stage(desk, 0.2, 0.2), on_stage(desk, 0.3, 0.3), on_stage(desk, 0.4, 0.4))
    QTest.keyClicks(stage, "p")
    desk.player.seek(2.0)
    drag(stage, on_stage(desk, 0.3, 0.3), on_stage(desk, 0.6, 0.6))
    cover = video().covers[0]
    assert [frame.at for frame in path_of(cover)] == [0.0, 2.0]
    assert box_at(cover, 1.0)[:2] == pytest.approx((0.35, 0.35), abs=0.02)
    qtbot.waitUntil(lambda: len(stage.scene.masks[0].parts) == 2)  # before and after a keyframe both hide
    desk.player.seek(1.0)
    qtbot.waitUntil(lambda: stage.scene.masks[0].parts == ())
    x, y, wide, high = stage.scene.masks[0].burned
    assert x < 0.2 < y + high
    assert x + wide > 0.7
    assert y < 0.2


def test_what_cannot_be_followed_is_said(desk, window):
    desk.view.stage.setFocus()
    QTest.keyClicks(desk.view.stage, "f")
    assert window.said == ["Pilih dulu tutupan yang ada di wajahnya."]
    QTest.keyClicks(desk.view.stage, "q")
    assert window.said[-1] == "Tidak ada bagian tutupan yang harus diperiksa."


@pytest.fixture
def busy_desk(dressed, answers, settings, workspace_path, qtbot):
    """The desk with work in threads, as in the program."""
    texts, theme = dressed
    jobs = ThreadedJobs()
    with open_workspace(workspace_path) as workspace:
        made = Around(WindowTools(texts, theme, answers, jobs, settings), workspace)
        qtbot.waitUntil(lambda: made.desk.state.clip is not None and made.desk.view.stage.has_image)
        yield made.desk
        made.close()
        jobs.close()


def test_following_runs_beside_the_window_and_can_be_stopped(busy_desk, qtbot):
    path = busy_desk.side_panel.covers.path
    busy_desk.editing.add_cover(Cover(box=drawn_box(SCENES["is crossed"])))
    QTest.mouseClick(path.buttons["follow"], LEFT)
    assert path.buttons["follow"].text().strip() == "Berhenti"
    assert not path.buttons["point"].isEnabled()
    QTest.mouseClick(path.buttons["follow"], LEFT)
    qtbot.waitUntil(lambda: path.buttons["follow"].text().strip() == "Ikuti")
    assert path_of(busy_desk.state.video.covers[0]) == ()


def test_the_last_point_of_a_doubted_way_is_not_thrown_away(desk, video, window):
    stage = desk.view.stage
    stage.setFocus()
    QTest.keyClicks(stage, "c")
    drag(stage, on_stage(desk, 0.2, 0.2), on_stage(desk, 0.3, 0.3), on_stage(desk, 0.4, 0.4))
    QTest.keyClicks(stage, "p")
    (point,) = path_of(video().covers[0])
    doubted = clips.change_path(video().id, 0, lambda cover: with_path(cover, [replace(point, doubt="lost")]))
    window.session.edit(doubted)
    QTest.keyClick(stage, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    assert path_doubts(video().covers[0])
    assert window.said[-1].startswith("Titik terakhir ini masih harus diperiksa.")
    QTest.mouseClick(desk.side_panel.covers.path.buttons["settle"], LEFT)
    QTest.keyClick(stage, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    assert path_of(video().covers[0]) == ()

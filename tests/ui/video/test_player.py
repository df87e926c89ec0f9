"""Watching: the very frame, keys, loops, the result in a row, with Qt's player and without."""

from __future__ import annotations

import builtins
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from studio.base.errors import UserError
from studio.story.model import Cut
from studio.ui.video.media_sink import make_sink
from tests.ui.video.conftest import SECONDS, number_of, shown


def _point(line, seconds, y):
    return QPoint(round(line.chart.scale.x_of(seconds)), y)


def test_a_clip_opens_with_filmstrip_sound_and_its_first_frame(desk):
    assert len(desk.view.timeline.chart.pictures) == 24
    peaks = desk.view.timeline.chart.peaks
    assert len(peaks) == round(SECONDS * 20)
    assert max(peaks[:40]) < 0.1
    assert min(peaks[60:90]) > 0.4
    assert number_of(shown(desk)) == 0
    assert desk.view.bar.length.text() == "/ 00.05,0"


def test_seeking_shows_the_exact_frame_and_the_level_there(desk, qtbot):
    for frame in (100, 31, 149, 30):
        desk.view.timeline.sought.emit((frame + 0.5) / 30)
        qtbot.waitUntil(lambda frame=frame: number_of(shown(desk)) == frame)
    assert desk.view.bar.meter.share < 0.4
    desk.view.timeline.sought.emit(4.0)
    assert desk.view.bar.meter.share > 0.8
    assert desk.view.bar.time.text() == "00.04,0"


def test_keys_step_by_frames_and_seconds(desk, qtbot):
    desk.view.timeline.setFocus()
    for _ in range(3):
        QTest.keyClick(desk.view.timeline, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: number_of(shown(desk)) == 3)
    QTest.keyClick(desk.view.timeline, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(desk.view.timeline, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: number_of(shown(desk)) == 32)
    QTest.keyClick(desk.view.stage, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: number_of(shown(desk)) == 149)
    desk.view.stage.setFocus()
    QTest.keyClicks(desk.view.stage, ",")
    qtbot.waitUntil(lambda: number_of(shown(desk)) == 148)


def test_dragging_over_the_timeline_moves_the_playhead(desk, qtbot):
    line = desk.view.timeline
    y = 8  # the ruler
    QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=_point(line, 0.5, y))
    for seconds in (1.0, 2.0, 3.5):
        QTest.mouseMove(line, _point(line, seconds, y))
    QTest.mouseRelease(line, Qt.MouseButton.LeftButton, pos=_point(line, 3.5, y))
    assert desk.player.position == pytest.approx(3.5, abs=0.02)
    qtbot.waitUntil(lambda: abs(number_of(shown(desk)) - 105) <= 1)


def test_zoomed_in_the_timeline_follows_the_playhead(desk):
    line = desk.view.timeline
    line.setFocus()
    for _ in range(8):
        QTest.keyClicks(line, "+")
    assert line.chart.scale.span() < 1.0
    desk.player.seek(4.0)
    assert line.chart.scale.left <= 4.0 <= line.chart.scale.left + line.chart.scale.span()
    for _ in range(12):
        QTest.keyClicks(line, "-")
    assert line.chart.scale.span() == pytest.approx(SECONDS, abs=0.01)


def test_j_k_l(desk, qtbot, without_sound):
    desk.view.stage.setFocus()
    QTest.keyClicks(desk.view.stage, "l")
    assert desk.player.rate == 1
    QTest.keyClicks(desk.view.stage, "ll")
    assert desk.player.rate == 4
    QTest.keyClicks(desk.view.stage, "k")
    assert desk.player.rate == 0
    desk.player.seek(3.0)
    QTest.keyClicks(desk.view.stage, "j")
    assert desk.player.rate == -1
    qtbot.waitUntil(lambda: desk.player.position < 2.8)
    QTest.keyClicks(desk.view.stage, "k")
    here = desk.player.position
    qtbot.waitUntil(lambda: abs(number_of(shown(desk)) - here * 30) <= 1)


def test_without_qt_multimedia_it_plays_in_silence(desk, qtbot, without_sound):
    QTest.keyClick(desk.view.stage, Qt.Key.Key_Space)
    seen = set()
    qtbot.waitUntil(lambda: seen.add(number_of(shown(desk))) or len(seen) > 8)
    assert desk.view.bar.buttons["play"].accessibleName() == "Jeda"
    QTest.keyClick(desk.view.stage, Qt.Key.Key_Space)
    assert desk.player.rate == 0
    assert max(seen) < 150


def test_it_is_told_once_that_a_clip_plays_in_silence(desk, window, without_sound):
    for _ in range(2):
        desk.player.play()
        desk.player.pause()
    assert window.said == ["Format video ini diputar tanpa suara di sini. Hasil ekspornya tetap bersuara."]


def test_a_clip_that_is_over_stands_on_its_last_frame(desk, qtbot, without_sound):
    desk.player.seek(4.8)
    desk.player.play()
    qtbot.waitUntil(lambda: desk.player.rate == 0)
    qtbot.waitUntil(lambda: number_of(shown(desk)) == 149)


@pytest.mark.qt_log_ignore("PulseAudio|No RHI backend|pipewire|propagateSizeHints")
def test_qt_plays_it_too(desk, qtbot):
    """With the real player, on a machine without screen and sound."""
    desk.player.seek(1.0)
    numbers = []
    desk.player.frame.connect(lambda image: numbers.append(number_of(image)))
    desk.player.play()
    qtbot.waitUntil(lambda: desk.player.position > 1.5, timeout=10_000)
    assert desk.player._sink is not None
    assert not desk.player._unplayable
    desk.player.pause()
    running = [number for number in numbers if number >= 28]
    assert running == sorted(running)
    assert len(running) > 5


def test_a_computer_without_the_library_has_no_sink(qapp, monkeypatch):
    real = builtins.__import__

    def refuse(name, *rest):
        if name == "PySide6.QtMultimedia":
            raise ImportError("libpulse.so.0: cannot open shared object file")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    assert make_sink(qapp) is None


def test_a_player_that_shows_nothing_is_given_up(desk, qtbot, window):
    """Qt says nothing at all about clips it cannot show: after a while they run in silence, and that is told."""
    from studio.ui.video.media_sink import MediaSink

    class Dead(MediaSink):
        def __init__(self):
            pass

        def play(self, *_):
            pass

        pause = close = set_muted = set_volume = play

    desk.player._sink_asked, desk.player._sink = True, Dead()
    desk.player._watch.setInterval(50)
    desk.player.play()
    qtbot.waitUntil(lambda: desk.player.position > 0.3)
    assert desk.player._unplayable
    desk.player.pause()
    desk.player._sink = None


def test_a_broken_place_stops_what_plays_and_is_told(desk, qtbot, without_sound, window):
    desk.player.play()
    desk.player._reader.failed.emit(UserError("video.broken", file="panen raya.mp4"))
    assert desk.player.rate == 0
    assert desk.view.bar.buttons["play"].accessibleName() == "Putar atau jeda"
    assert "panen raya.mp4" in window.said[-1]


def test_the_loop_stays_in_the_piece(desk, qtbot, without_sound):
    desk.editing.set_pieces([Cut(start=1.0, end=1.5)])
    qtbot.mouseClick(desk.view.bar.buttons["loop"], Qt.MouseButton.LeftButton)
    places = []
    desk.player.moved.connect(places.append)
    desk.editor.transport.toggle()
    qtbot.waitUntil(lambda: sum(after < before - 0.2 for before, after in pairwise(places)) >= 2)
    assert min(places[1:]) >= 0.99
    assert max(places) <= 1.55


def test_the_result_plays_the_pieces_in_their_order(desk, qtbot, without_sound):
    desk.editing.set_pieces([Cut(start=3.0, end=3.4), Cut(start=0.5, end=0.9)])
    desk.view.result.click()
    assert desk.programme.active
    assert desk.view.bar.length.text() == "/ 00.00,8"
    desk.programme.seek(0.0)
    places = []
    desk.player.moved.connect(places.append)
    desk.editor.transport.toggle()
    qtbot.waitUntil(lambda: not desk.programme.playing and desk.programme.at > 0.7)
    late = [place for place in places if place >= 2.9]
    early = [place for place in places if place < 2.9]
    assert late
    assert early
    assert places.index(early[0]) > places.index(late[-1])
    assert max(late) <= 3.45
    assert min(early) >= 0.49
    assert max(early) <= 0.95


def test_the_ruler_leads_the_result_to_the_piece_that_shows_what_is_clicked(desk, without_sound):
    desk.editing.set_pieces([Cut(start=3.0, end=3.6), Cut(start=0.5, end=1.5)])
    desk.view.result.click()
    for clicked, reached in ((0.9, 0.9), (3.4, 3.4), (1.9, 1.5)):  # 1.9 was cut away: the end of the nearest piece
        QTest.mouseClick(desk.view.timeline, Qt.MouseButton.LeftButton, pos=_point(desk.view.timeline, clicked, 4))
        assert desk.player.position == pytest.approx(reached, abs=0.06)


def test_j_k_l_and_the_loop_work_on_the_result_too(desk, qtbot, without_sound):
    desk.editing.set_pieces([Cut(start=3.0, end=3.6), Cut(start=0.5, end=2.5)])
    desk.view.result.click()
    stage = desk.view.stage
    stage.setFocus()
    desk.programme.seek(1.5)
    QTest.keyClicks(stage, "j")
    assert desk.programme.playing
    qtbot.waitUntil(lambda: desk.programme.at < 0.5)
    assert desk.player.position >= 3.0  # back in the first piece, over the joint
    qtbot.waitUntil(lambda: not desk.programme.playing)
    assert desk.programme.at == 0
    QTest.keyClicks(stage, "ll")
    assert desk.player.rate == 2
    QTest.keyClicks(stage, "k")
    assert not desk.programme.playing
    desk.view.bar.buttons["loop"].click()
    desk.programme.seek(0.3)
    places = []
    desk.programme.moved.connect(places.append)
    desk.programme.play()
    qtbot.waitUntil(lambda: sum(after < before - 0.2 for before, after in pairwise(places)) >= 2)
    assert max(places) <= 0.65
    desk.programme.pause()


def test_a_clip_without_sound_in_the_result_is_heard_as_it_will_be(desk):
    """The original can be heard while it is cut; the result is as silent as the file."""
    desk.editing.set(mute=True)
    assert not desk.player.muted
    desk.view.result.click()
    assert desk.player.muted
    desk.editing.set(mute=False)
    assert not desk.player.muted


def test_the_result_fades_in_sound_too(desk, qtbot):
    desk.editing.set_pieces([Cut(start=1.0, end=4.0)])
    desk.editing.set(fade=1.0)
    desk.view.result.click()
    qtbot.waitUntil(lambda: desk.preview.look is not None and desk.preview.look.job.fade == 30)
    loud = []
    for at in (0.0, 0.5, 1.5, 2.5):
        desk.programme.seek(at)
        loud.append(round(desk.player.volume, 1))
    assert loud == [0.0, 0.5, 1.0, 0.5]
    desk.view.result.click()
    assert desk.player.volume == 1.0


def test_cards_stand_before_and_after_the_pieces(desk, qtbot, without_sound):
    desk.editing.set_pieces([Cut(start=1.0, end=1.4)])
    desk.editing.set(title_card="Panen raya", closing_card=True)
    desk.view.result.click()
    assert desk.programme.seconds == pytest.approx(5.4)
    desk.programme.seek(2.3)
    desk.programme.play()
    qtbot.waitUntil(lambda: desk.programme.at > 2.95)
    desk.programme.pause()
    assert desk.player.position > 1.2


def test_leaving_the_desk_stops_it(whole_window, qtbot):
    desk = whole_window.window.page
    desk.player._sink_asked = True
    desk.player.play()
    assert desk.player.rate == 1
    whole_window.window.go("write")
    assert desk.player.rate == 0

"""The pages beside the player: subtitles, words, sound, details, cover picture; and being led to a text."""

from __future__ import annotations

import wave

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from studio.story.media_fields import DETAILS
from studio.story.model import Cue, Cut
from studio.story.motion_records import MusicBed
from studio.story.places import TextPlace
from studio.story.subtitle_format import read_subtitles
from studio.ui.video.voice_over import VoiceOver

LEFT = Qt.MouseButton.LeftButton
CUES = (
    Cue(start=0.5, end=2.0, text="Padi mulai menguning di sawah."),
    Cue(start=2.2, end=3.0, text="Panen raya pekan depan, kata Kepala Dusun Cibeureum."),
    Cue(start=3.5, end=4.5, text="Semoga harganya baik."),
)


@pytest.fixture
def cues(desk):
    desk.side_panel.show_page("cues")
    desk.editing.set_cues(CUES, 0)
    return desk.side_panel.cues


def type_into(table, row, column, text):
    index = table.model().index(row, column)
    table.setCurrentIndex(index)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChildren(QLineEdit)[-1]  # the one before is only about to be deleted
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # the table takes it when the key is done with


def test_a_subtitle_is_added_at_the_playhead_and_typed(desk, video, window):
    desk.player.seek(1.0)
    desk.view.timeline.setFocus()
    QTest.keyClicks(desk.view.timeline, "t")
    assert desk.side_panel.page == "cues"
    editor = desk.side_panel.cues.table.findChild(QLineEdit)
    QTest.keyClicks(editor, "Selamat pagi, KIM.")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # the table takes it when the key is done with
    (cue,) = video().subtitles
    assert cue == Cue(start=1.0, end=3.5, text="Selamat pagi, KIM.")
    window.window.story_actions.undo()
    window.window.story_actions.undo()
    assert video().subtitles == ()


def test_a_subtitle_that_was_not_typed_goes_again(desk, video, window):
    desk.view.timeline.setFocus()
    QTest.keyClicks(desk.view.timeline, "t")
    assert len(video().subtitles) == 1
    QTest.keyClick(desk.side_panel.cues.table.findChild(QLineEdit), Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert video().subtitles == ()
    assert window.session.undo_label == ""


def test_times_are_typed_and_nonsense_is_refused(cues, video):
    type_into(cues.table, 1, 0, "00.02,1")
    assert video().subtitles[1].start == 2.1
    type_into(cues.table, 1, 1, "3,4")
    assert video().subtitles[1].end == 3.4
    type_into(cues.table, 1, 1, "besok")
    assert video().subtitles[1].end == 3.4
    type_into(cues.table, 0, 0, "00.04,8")  # it is the last one now
    assert [cue.text for cue in video().subtitles] == [CUES[1].text, CUES[2].text, CUES[0].text]


@pytest.fixture
def english(dressed, monkeypatch):
    monkeypatch.setattr(dressed[0], "language", "en")


def test_in_english_times_are_written_and_typed_as_english_does(english, cues, desk, video):
    assert desk.view.bar.length.text() == "/ 00:05.0"
    assert cues.model.index(1, 0).data() == "00:02.2"
    type_into(cues.table, 1, 0, "00:02.1")
    type_into(cues.table, 1, 1, "3.4")
    assert (video().subtitles[1].start, video().subtitles[1].end) == (2.1, 3.4)
    assert cues.model.index(1, 1).data() == "00:03.4"


def test_split_merge_shift_remove(cues, desk, video):
    cues.table.selectRow(1)
    desk.state.position = 0.0
    cues.tools["split"].click()
    texts = [cue.text for cue in video().subtitles]
    assert texts == [CUES[0].text, "Panen raya pekan depan,", "kata Kepala Dusun Cibeureum.", CUES[2].text]
    assert video().subtitles[1].end == video().subtitles[2].start
    cues.tools["merge"].click()
    assert video().subtitles[1] == CUES[1]
    cues.tools["later"].click()
    cues.tools["later"].click()
    assert video().subtitles[0] == CUES[0]
    assert [cue.start for cue in video().subtitles[1:]] == [2.4, 3.7]
    cues.table.setFocus()
    QTest.keyClick(cues.table, Qt.Key.Key_Delete)
    assert len(video().subtitles) == 2


def test_what_cannot_be_read_is_marked(cues, desk):
    cues.table.selectRow(1)
    assert "65,0" in cues.warnings.text()  # 52 letters in 0.8 seconds
    assert cues.model.data(cues.model.index(1, 2), Qt.ItemDataRole.ToolTipRole) == cues.warnings.text()
    assert "21,0" in cues.model.data(cues.model.index(2, 2), Qt.ItemDataRole.ToolTipRole)
    desk.editing.set_cues((Cue(start=0, end=3, text="Cukup lama."),), 0)
    assert cues.warnings.isHidden()


def test_what_cannot_be_read_is_marked_on_the_chosen_row_too(cues, desk):
    """The colour of its words gives way to that of the choice; the bar stays."""
    warn = desk._bench.tools.theme.color("warn")
    QApplication.processEvents()

    def marked(row):
        area = cues.table.visualRect(cues.model.index(row, 2))
        picture = cues.table.viewport().grab(area).toImage()
        return any(picture.pixelColor(x, area.height() // 2) == warn for x in range(5))

    cues.table.selectRow(1)
    assert marked(1)
    desk.editing.set_cues((Cue(start=0, end=2, text="Cukup lama."), *CUES[1:]), 0)
    QApplication.processEvents()
    assert not marked(0)


def test_rows_are_as_high_as_their_words(cues, desk, qtbot):
    words = "Kalimat yang panjang sekali tentang panen raya di sawah desa ini, sampai beberapa baris."
    desk.editing.set_cues([Cue(start=number, end=number + 0.9, text="Ya.") for number in range(4)], 0)
    QApplication.processEvents()
    low = cues.table.rowHeight(1)
    cues.model.setData(cues.model.index(1, 2), words, Qt.ItemDataRole.EditRole)
    QApplication.processEvents()
    high = cues.table.rowHeight(1)
    assert high > 3 * cues.table.fontMetrics().lineSpacing() > low
    assert cues.table.rowHeight(2) == low
    cues.table.setColumnWidth(0, 20)
    cues.table.setColumnWidth(1, 20)
    qtbot.waitUntil(lambda: low < cues.table.rowHeight(1) < high)  # rows follow once the columns have their widths


def test_a_subtitle_is_timed_by_holding_while_it_is_spoken(cues, desk, video, without_sound):
    desk.player.seek(1.0)
    cues.table.selectRow(0)
    desk.player.seek(1.2)
    QTest.mousePress(cues.time, LEFT)
    assert desk.player.rate == 1  # a clip that stands plays while the button is held
    desk.player.seek(1.9)
    QTest.mouseRelease(cues.time, LEFT)
    assert desk.player.rate == 0
    assert (video().subtitles[0].start, video().subtitles[0].end) == (1.2, 1.9)
    assert desk.state.cue == 1
    cues.table.setFocus()
    desk.player.seek(2.5)
    QTest.keyPress(cues.table, Qt.Key.Key_Space)
    desk.player.seek(3.2)
    QTest.keyRelease(cues.table, Qt.Key.Key_Space)
    assert (video().subtitles[1].start, video().subtitles[1].end) == (2.5, 3.2)
    desk.player.play()
    cues.begin_timing()
    cues.end_timing()
    assert desk.player.rate == 1  # what played before goes on
    desk.player.pause()


def test_a_time_that_is_only_looked_at_keeps_its_hundredths(cues, desk, video, window):
    exact = (Cue(start=0.53, end=2.04, text="Padi."),)
    desk.editing.set_cues(exact, 0)
    label = window.session.undo_label
    for column in range(3):
        cues.table.setCurrentIndex(cues.model.index(0, column))
        QTest.keyClick(cues.table, Qt.Key.Key_F2)
        QTest.keyClick(cues.table.findChildren(QLineEdit)[-1], Qt.Key.Key_Return)
        QApplication.processEvents()
    assert video().subtitles == exact
    window.window.story_actions.undo()
    assert video().subtitles == CUES
    assert label == "edit.video_cues"


def test_a_locked_story_keeps_its_subtitles_and_nothing_chosen_harms_nothing(cues, desk, video, window):
    desk.state.choose_cue(-1)
    cues.remove()
    cues.split()
    assert video().subtitles == CUES
    refused = []
    window.session.refused.connect(lambda: refused.append(1))
    window.session.read_only = True
    cues.table.selectRow(0)
    QTest.keyClick(cues.table, Qt.Key.Key_Delete)
    assert video().subtitles == CUES
    assert not refused


def test_subtitle_files_come_and_go(cues, desk, video, answers, tmp_path):
    answers.target = tmp_path / "panen.srt"
    cues.tools["save"].click()
    assert read_subtitles(answers.target.read_bytes()).cues == CUES
    answers.target = tmp_path / "panen.vtt"
    cues.tools["save"].click()
    assert answers.target.read_text(encoding="utf-8").startswith("WEBVTT")
    desk.editing.set_cues((), -1)
    answers.files = (tmp_path / "panen.vtt",)
    cues.tools["load"].click()
    assert video().subtitles == CUES
    (tmp_path / "kosong.srt").write_bytes(b"bukan takarir")
    answers.files = (tmp_path / "kosong.srt",)
    cues.tools["load"].click()
    assert "kosong.srt" in answers.said[-1][1]
    assert video().subtitles == CUES


def test_subtitles_of_a_cut_clip_are_saved_on_the_clock_of_the_result(cues, desk, answers, tmp_path):
    desk.editing.set_pieces([Cut(start=2.0, end=5.0)])
    answers.target, answers.answer = tmp_path / "hasil.srt", "result"
    cues.tools["save"].click()
    times = [round(cue.start, 1) for cue in read_subtitles(answers.target.read_bytes()).cues]
    assert times == [0.2, 1.5]
    assert answers.asked


def test_the_heard_subtitle_is_chosen(cues, desk):
    desk.player.seek(4.0)
    assert desk.state.cue == 2
    desk.player.seek(0.6)
    assert desk.state.cue == 0


def test_words_and_details_go_into_the_story(desk, video):
    for page, form, name, text in (
        ("words", desk.side_panel.words.form, "title", "Asep Hidayat"),
        ("words", desk.side_panel.words.form, "title_detail", "Kepala Dusun"),
        ("about", desk.side_panel.about.form, "credit", "Budi/KIM"),
        ("about", desk.side_panel.about.form, "caption", "Panen, Sabtu."),
        ("about", desk.side_panel.about.form, "alt", "Sawah kuning."),
    ):
        desk.side_panel.show_page(page)
        field = form.inputs[name]
        field.setFocus()
        QTest.keyClicks(field, text)
        assert getattr(video(), name) == text
    assert video().cuts == ()  # the letters went into the fields, not to the player
    desk.side_panel.words.closing.click()
    desk.side_panel.about.form.checked.box.click()
    assert (video().closing_card, video().people_checked) == (True, True)


def test_sound_is_measured_muted_and_faded(desk, video):
    page = desk.side_panel.sound
    desk.side_panel.show_page("sound")
    page.measure.click()
    assert "dipelankan" in page.measured.text()
    assert "Dengung dan angin hampir tidak ada." in page.measured.text()
    page.clean.click()
    assert video().clean_sound
    assert page.measured.text() == "Belum diukur."  # it was measured with what is taken out now
    page.clean.click()
    page.measure.click()
    page.level.click()
    page.fade.setValue(12)
    assert (video().level_sound, video().fade) == (True, 1.2)
    page.mute.click()
    assert video().mute
    assert not page.measure.isEnabled()


def test_a_measured_gain_belongs_to_what_was_measured(desk, window, clip_file, monkeypatch):
    page = desk.side_panel.sound
    desk.side_panel.show_page("sound")
    page.measure.click()
    assert "dipelankan" in page.measured.text()
    desk.editing.set(title="Asep")
    assert "dipelankan" in page.measured.text()
    desk.editing.set_pieces([Cut(start=0.0, end=2.0)])
    assert page.measured.text() == "Belum diukur."
    waiting = []
    monkeypatch.setattr(window.tools.jobs, "start", lambda title, work, done, **_: waiting.append(done))
    page.measure.click()
    desk.editing.set_pieces([Cut(start=3.0, end=5.0)])
    waiting[0](-9.0)
    assert page.measured.text() == "Belum diukur."


def test_any_frame_becomes_the_cover_picture_or_a_photo(desk, video, window):
    page = desk.side_panel.picture
    desk.player.seek(2.5)
    page.poster.click()
    assert video().poster == 2.5
    assert "00.02,5" in page.poster_text.text()
    desk.player.seek(0.0)
    page.poster_go.click()
    assert desk.player.position == 2.5
    page.as_photo.click()
    story = window.stories.session.story
    assert len(story.photos) == 3
    assert (story.photos[-1].width, story.photos[-1].height) == (320, 180)


def test_tab_leads_from_clip_to_clip_and_from_the_tabs_into_their_page(desk, cues):
    def after(widget):
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        return QApplication.focusWidget()

    assert after(desk.side_panel.tabs["cues"]) is cues.tools["load"]
    desk.side_panel.show_page("about")
    assert after(desk.side_panel.tabs["about"]) is desk.side_panel.about.form.inputs["caption"]
    assert after(desk.shelf.strip) is desk.shelf.remove


def test_a_finding_leads_to_its_words_from_another_desk(whole_window):
    desk = whole_window.window.page
    for field, page in (("caption", "about"), ("title", "words"), ("title_card", "words")):
        desk.editing.set(**{field: "Panen raya di Sukamaju"})
        whole_window.window.go("write")
        whole_window.window.show_place(TextPlace(f"videos/v1/{field}", 6, 10))
        assert whole_window.window.desk == "video"
        assert desk.side_panel.page == page
        form = desk.side_panel.about.form if page == "about" else desk.side_panel.words.form
        made = form.inputs[field]
        marked = made.selectedText() if isinstance(made, QLineEdit) else made.textCursor().selectedText()
        assert marked == "raya"


def test_a_finding_leads_to_a_subtitle(desk, cues):
    desk.side_panel.show_page("about")
    desk.reveal(TextPlace("videos/v1/subtitles/2"))
    assert desk.side_panel.page == "cues"
    assert cues.table.currentIndex().row() == 2
    assert desk.player.position == 3.5


def test_a_marked_clip_is_asked_about(desk):
    """The finding leads to the choice on the page about the clip."""
    desk.editing.set(origin_mark="c2pa")
    desk.reveal(TextPlace(f"videos/{desk.state.video_id}/source_type"))
    origin = desk.side_panel.about.form.origin
    assert origin.told.isVisible()
    assert origin.box.hasFocus()
    QTest.keyClick(origin.box, Qt.Key.Key_Down)
    assert desk.state.video.source_type == "digitalCapture"
    assert not origin.told.isVisible()


def test_the_details_of_a_clip_are_those_of_the_table_and_grow(desk, video):
    """As on the photo desk: by one table, in its order; a long caption is seen whole, a click on words ticks."""
    desk.side_panel.show_page("about")
    form = desk.side_panel.about.form
    assert all(form.field_widget(field.name) is not None for field in DETAILS)
    caption = form.inputs["caption"]
    low = caption.height()
    caption.setFocus()
    QTest.keyClicks(caption, "Warga bergotong royong memperbaiki saluran irigasi di Sukamaju. " * 4)
    assert caption.height() > low
    assert video().caption.count("Warga") == 4
    QTest.mouseClick(form.checked.words, Qt.MouseButton.LeftButton)
    assert video().people_checked


def test_a_voice_and_music_are_laid_over_the_clip_that_is_worked_on(desk, video, window, answers, tmp_path, qtbot):
    desk.side_panel.tabs["sound"].click()
    card = desk.side_panel.findChild(VoiceOver)
    card.music.setFocus()
    QTest.keyClick(card.music, Qt.Key.Key_Down)
    assert video().music == MusicBed(tune="pagi")
    assert not card.own_music.isVisible()
    sound = tmp_path / "rebana.wav"
    with wave.open(str(sound), "wb") as file:
        file.setparams((1, 2, 8000, 800, "NONE", ""))
        file.writeframes(bytes(range(256)) * 6)
    answers.files = [sound]
    for take, field in ((card.take_voice, "narration"), (card.take_music, "music")):
        before = getattr(video(), field)
        QTest.mouseClick(take, LEFT)
        qtbot.waitUntil(lambda field=field, before=before: getattr(video(), field) != before)
    assert video().music.title == "rebana"
    assert card.missing.isVisible()
    QTest.keyClicks(card.fields["license"], "izin Grup Rebana")
    assert video().music.license == "izin Grup Rebana"
    assert not card.missing.isVisible()
    card.voice.setFocus()
    QTest.keyClick(card.voice, Qt.Key.Key_Up)
    assert video().narration == ""
    window.window.story_actions.undo()
    assert video().narration.endswith(".wav")

"""The desk around the text: fields, questions, answers, numbers, find and replace, focus mode, accessibility."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from studio.base.paths import assets_dir, templates_dir
from studio.services.text_lengths import OutletLengths, TextLength
from studio.story.edits import set_field
from studio.story.model import Group, LeadAnswers, Photo, Story
from studio.ui.core.background_jobs import ThreadedJobs
from studio.ui.core.window_theme import load_theme
from studio.ui.write.date_button import read_date, shown_date
from studio.ui.write.story_header import tags_of

ENTER, ESC, CTRL = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.KeyboardModifier.ControlModifier
LONG = "Warga bergotong royong memperbaiki saluran irigasi yang jebol.\n\n"


# ------------------------------------------------------------------------------------------------ fields


def test_a_click_into_the_empty_category_shows_the_list(open_desk):
    place = open_desk()
    category = place.desk.header.lines["category"]
    QTest.mouseClick(category, Qt.MouseButton.LeftButton)
    popup = category.completer().popup()
    assert popup.isVisible()
    assert popup.model().rowCount() > 5
    spot = popup.visualRect(popup.model().index(2, 0)).center()
    QTest.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert place.story.category == popup.model().index(2, 0).data()
    popup.hide()


def test_fields_write_the_story(open_desk):
    place = open_desk()
    header = place.desk.header
    place.type("Judul  berita ", header.headline)
    place.type("Pertanian", header.lines["kicker"])
    place.type("Sukamaju", header.lines["place"])
    place.type("Siti Aminah, Budi", header.lines["byline"])
    place.type("irigasi, #gotong royong", header.lines["tags"])
    place.type("Pertan", header.lines["category"])
    place.type("Ringkas.", header.summary)
    story = place.story
    assert (story.headline, story.kicker, story.place) == ("Judul berita", "Pertanian", "Sukamaju")
    assert (story.byline, story.tags) == (("Siti Aminah", "Budi"), ("irigasi", "gotong royong"))
    assert (story.category, story.summary) == ("Pertan", "Ringkas.")


def test_a_long_name_that_is_proposed_does_not_widen_the_side_panel(open_desk):
    name = "Muhammad Abdurrahman Wiranatakusumah Kartasasmita Hidayatullah"
    panel = open_desk(body=f"“Airnya mengalir lagi,” kata {name}.").desk.side_panel
    chip = panel.sources.proposals[0]
    assert name in chip.toolTip()
    assert chip.minimumSizeHint().width() < chip.sizeHint().width() / 2
    assert panel.sources.minimumSizeHint().width() < panel.width()


def test_fields_show_the_story_without_disturbing_what_is_typed(open_desk):
    place = open_desk(headline="Judul", tags=("a", "b"), byline=("Siti",), date="2026-11-22")
    header = place.desk.header
    assert header.lines["tags"].text() == "a, b"
    assert header.date.text() == "Minggu, 22 November 2026"
    place.type(",", header.lines["tags"])
    assert (place.story.tags, header.lines["tags"].text()) == (("a", "b"), "a, b,")
    place.session.edit(set_field("tags", ("c",)))
    assert header.lines["tags"].text() == "c"


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("irigasi, gotong royong", ("irigasi", "gotong royong")),
        ("#irigasi #GotongRoyong", ("irigasi", "GotongRoyong")),
        (" , #,", ()),
        ("a,a", ("a",)),
    ],
)
def test_tags_as_people_type_them(typed, tags):
    assert tags_of(typed) == tags


def test_a_headline_wraps_and_pushes_the_text_down(open_desk):
    place = open_desk(body="isi\n")
    before = place.body.cursorRect().top()
    place.type("Warga Sukamaju gotong royong perbaiki saluran irigasi yang jebol", place.desk.header.headline)
    place.qtbot.waitUntil(lambda: place.body.cursorRect().top() > before)


def test_pasted_line_breaks_leave_the_headline(open_desk):
    place = open_desk()
    QApplication.clipboard().setText("Baris satu\nbaris dua ")
    place.key("v", CTRL, widget=place.desk.header.headline)
    assert place.story.headline == "Baris satu baris dua"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("22/11/2026", date(2026, 11, 22)),
        ("1-2-26", date(2026, 2, 1)),
        ("22/11", date(2024, 11, 22)),  # the nearest
        ("22-11", None),
        ("22 November 2026", date(2026, 11, 22)),
        ("5 agu", date(2024, 8, 5)),
        ("5 feb", date(2025, 2, 5)),
        ("28 Des", date(2024, 12, 28)),
        ("Rabu, 1 Januari 2025", date(2025, 1, 1)),
        ("31/2/2026", None),
        ("5 ju", None),
        ("besok", date(2025, 1, 2)),
        ("tanggal 5", date(2025, 1, 5)),
        ("besok atau lusa", None),
    ],
)
def test_dates_as_people_type_them(typed, found):
    assert read_date(typed, date(2025, 1, 1)) == found


def test_the_date_by_keyboard(open_desk):
    place = open_desk()
    field = place.desk.header.date
    field.setFocus()
    place.key(Qt.Key.Key_Space, widget=field)
    assert field.popup.isVisible()
    place.type("22/11/2026", field.popup.line)
    place.key(ENTER, widget=field.popup.line)
    assert (place.story.date, field.text(), field.popup.isVisible()) == (
        "2026-11-22",
        "Minggu, 22 November 2026",
        False,
    )
    place.session.undo()
    assert (place.story.date, field.text()) == ("", "Tanggal")


def test_dates_in_english(open_desk):
    place = open_desk(date="2026-11-22", options={"language": "en"})
    assert shown_date("2026-11-22", place.texts) == "Sunday, 22 November 2026"
    assert place.desk.header.headline.placeholderText() == "Headline"


# ------------------------------------------------------------------------------------------------ questions, answers


def test_an_empty_story_asks_what_to_write(open_desk):
    place = open_desk()
    starters = place.desk.starters
    assert starters.isVisible()
    place.key(Qt.Key.Key_Space, widget=starters.tiles["event"])
    assert place.story.kind == "event"
    what = starters.questions["what"]
    assert what.label.text() == "Acara apa?"
    assert what.field.hasFocus()
    assert not place.desk.side_panel.answers_card.isVisible()


def test_questions_become_a_draft(open_desk):
    place = open_desk(date="2026-11-22")
    starters = place.desk.starters
    place.qtbot.mouseClick(starters.tiles["news"], Qt.MouseButton.LeftButton)
    assert not starters.compose.isEnabled()
    place.type("memperbaiki saluran", starters.questions["what"].field)
    place.type("warga dusun", starters.questions["who"].field)
    assert place.story.answers == LeadAnswers(what="memperbaiki saluran", who="warga dusun")
    place.qtbot.mouseClick(starters.compose, Qt.MouseButton.LeftButton)
    assert place.story.body == "Warga dusun memperbaiki saluran, Minggu (22/11/2026).\n"
    assert place.body.hasFocus()
    assert not starters.isVisible()
    assert place.desk.side_panel.fields["who"].text() == "warga dusun"
    place.key("z", CTRL)
    assert (place.story.body, starters.isVisible()) == ("", True)


def test_a_blank_page_and_typing_end_the_questions(open_desk):
    place = open_desk()
    place.desk.starters.tiles["blank"].click()
    assert not place.desk.starters.isVisible()
    assert place.body.hasFocus()
    other = open_desk()
    other.type("A")
    other.key(Qt.Key.Key_Backspace)
    assert not other.desk.starters.isVisible()


def test_answers_from_the_panel_go_before_the_text(open_desk):
    place = open_desk(body="Sudah ada.\n")
    panel = place.desk.side_panel
    assert not panel.insert.isEnabled()
    place.type("panen raya", panel.fields["what"])
    place.qtbot.mouseClick(panel.insert, Qt.MouseButton.LeftButton)
    assert place.story.body == "Panen raya.\n\nSudah ada.\n"
    place.session.undo()
    assert place.story.body == "Sudah ada.\n"


# ------------------------------------------------------------------------------------------------ numbers


def test_words_letters_and_minutes(open_desk, qtbot):
    place = open_desk(body=LONG * 40)
    assert place.desk.bar.numbers.text() == "320 kata · 2 menit baca"
    place.type("Satu dua ")
    qtbot.waitUntil(lambda: place.desk.bar.numbers.text() == "322 kata · 2 menit baca")
    bar = place.desk.bar
    for width in range(420, 900, 20):  # all of the numbers, or none
        bar.resize(width, bar.height())
        bar.layout().activate()
        assert bar.numbers.isHidden() or bar.numbers.width() >= bar.numbers.sizeHint().width()
    assert place.desk.side_panel.numbers["letters"].text() == "2.489"


def test_lengths_per_outlet_follow_after_a_pause(open_desk, qtbot):
    asked = []

    def lengths(story):
        asked.append(story.body)
        return [
            TextLength("X", len(story.body), 10, "x"),
            TextLength("Laman", len(story.body), 0, "codepoint"),
            TextLength("Instagram", 2190, 2200, "utf16"),
            TextLength("Telegram", 800, 1024, "utf16", shortened=True),
            TextLength("Facebook", 240, 280, "x", posts=3),
        ]

    place = open_desk(options={"lengths": lengths})
    place.desk.side_panel.setFixedHeight(2000)  # all cards are in view
    place.type("Warga bekerja")
    assert asked == []
    qtbot.waitUntil(lambda: asked == ["Warga bekerja\n"])
    shown = {name: (mark.text(), mark.property("pill")) for name, mark in place.desk.side_panel.lengths.items()}
    assert shown == {
        "X": ("14 / 10", "bad"),
        "Laman": ("14", "idle"),
        "Instagram": ("2.190 / 2.200", "warn"),
        "Telegram": ("dipendekkan ke 1.024", "warn"),
        "Facebook": ("3 unggahan", "idle"),
    }


def test_lengths_out_of_view_are_worked_out_when_somebody_scrolls_to_them(open_desk, qtbot):
    asked = []

    def lengths(story):
        asked.append(story.headline)
        return [TextLength("X", 14, 280, "x")]

    place = open_desk(headline="Satu", body=LONG, options={"lengths": lengths})
    panel = place.desk.side_panel
    assert panel.lengths_card.visibleRegion().isEmpty()
    panel.measure()
    assert (asked, panel.lengths) == ([], {})
    bar = panel.findChild(QScrollArea).verticalScrollBar()
    bar.triggerAction(bar.SliderAction.SliderToMaximum)
    qtbot.waitUntil(lambda: asked == ["Satu"])
    assert panel.lengths["X"].text() == "14 / 280"
    panel.measure()
    assert len(asked) == 2


def test_lengths_of_the_real_outlets_in_the_background(open_desk, qtbot):
    jobs = ThreadedJobs()
    lengths = OutletLengths(
        templates_dir(), None, lambda: Group(name="KIM Sukamaju", outlets=("whatsapp", "x")), "cerita"
    )
    place = open_desk(headline="Judul", body=LONG * 30, options={"lengths": lengths, "jobs": jobs})
    place.desk.side_panel.setFixedHeight(2000)
    place.desk.side_panel.measure()
    place.desk.side_panel.measure()
    qtbot.waitUntil(lambda: len(place.desk.side_panel.lengths) == 2)
    x = place.desk.side_panel.lengths["X"].text()
    assert x.endswith("unggahan")
    jobs.close()


# ------------------------------------------------------------------------------------------------ find and replace


def test_find_goes_round(open_desk):
    place = open_desk(headline="Warga", body="satu warga\n\ndua Warga\n")
    bar = place.desk.find_bar
    place.key("f", CTRL)
    place.type("warga", bar.query)
    assert bar.count.text() == "2 dari 3"
    assert place.body.textCursor().selectedText() == "warga"
    place.key(ENTER, widget=bar.query)
    assert (bar.count.text(), place.body.textCursor().selectionStart()) == ("3 dari 3", 15)
    bar.next.click()
    assert (bar.count.text(), place.desk.header.headline.textCursor().selectedText()) == ("1 dari 3", "Warga")
    bar.previous.click()
    assert bar.count.text() == "3 dari 3"
    place.key(ESC, widget=bar.query)
    assert not bar.isVisible()
    assert place.body.hasFocus()


def test_find_with_case_and_whole_words(open_desk):
    place = open_desk(body="Warga kewargaan warga 😀 warga\n")
    bar = place.desk.find_bar
    place.do("find")
    place.type("warga", bar.query)
    assert bar.count.text().endswith("4")
    bar.case.click()
    bar.whole_word.click()
    assert bar.count.text() == "1 dari 2"
    bar.next.click()
    assert place.body.textCursor().selectedText() == "warga"
    bar.query.setText("gunung")
    assert bar.count.text() == "Tidak ditemukan"
    assert not bar.all.isEnabled()


def test_replace_one_and_all(open_desk):
    photo = Photo(id="p", file="a.jpg", caption="warga desa")
    place = open_desk(headline="Warga", body="**warga** satu warga\n", photos=(photo,))
    bar = place.desk.find_bar
    place.key("h", CTRL)
    place.type("warga", bar.query)
    place.type("penduduk", bar.replacement)
    bar.one.click()
    assert place.story.body == "**penduduk** satu warga\n"
    bar.all.click()
    assert bar.count.text() == "3 diganti"
    assert (place.story.headline, place.story.body) == ("penduduk", "**penduduk** satu penduduk\n")
    assert place.story.photos[0].caption == "penduduk desa"
    place.session.undo()
    assert (place.story.headline, place.story.photos[0].caption) == ("Warga", "warga desa")
    place.session.undo()
    assert place.story.body == "**warga** satu warga\n"


# ------------------------------------------------------------------------------------------------ focus mode, size


def test_focus_mode_shows_only_the_text(open_desk, qtbot):
    place = open_desk(headline="Judul", body=LONG * 60)
    with qtbot.waitSignal(place.desk.focus_mode_changed, check_params_cb=bool):
        place.key(Qt.Key.Key_F11)
    assert not place.desk.bar.isVisible()
    assert not place.desk.header.summary.isVisible()
    place.body.moveCursor(place.body.textCursor().MoveOperation.End)
    place.type("x")
    middle = place.body.cursorRect().center().y() / place.body.viewport().height()
    assert 0.3 < middle < 0.55
    with qtbot.waitSignal(place.desk.focus_mode_changed):
        place.key(ESC)
    assert place.desk.bar.isVisible()
    assert place.desk.header.summary.isVisible()


def test_the_text_can_be_made_larger(open_desk, qtbot):
    place = open_desk(body="## Judul\n\nisi\n")
    sizes = []
    place.desk.zoom_changed.connect(sizes.append)
    before = place.body.document().defaultFont().pixelSize()
    place.do("zoom_in")
    there = QPointF(20, 300)
    turn = QWheelEvent(there, there, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip # noqa: E501 - one call
    QApplication.sendEvent(place.body.viewport(), turn)
    assert place.body.document().defaultFont().pixelSize() > before
    assert sizes == [1.1, 1.21]
    assert place.story.body == "## Judul\n\nisi\n"
    place.do("zoom_reset")
    assert place.body.document().defaultFont().pixelSize() == before


def test_zoom_and_undo_leave_nothing_behind(open_desk):
    place = open_desk(body="isi\n")
    place.do("zoom_in")
    assert place.session.undo_label == ""


# ------------------------------------------------------------------------------------------------ for everybody


def focusable(window):
    return [
        each
        for each in window.findChildren(QWidget)
        if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isEnabled()
    ]


@pytest.mark.parametrize("asking", [False, True])
def test_every_control_has_a_name_and_can_be_reached_by_tab(open_desk, asking):
    place = open_desk(headline="Judul", body="" if asking else "isi\n", options={"lengths": lambda _story: []})
    if asking:
        place.desk.starters.tiles["notice"].click()
    place.desk.find_bar.open(place.story, replacing=True)
    controls = focusable(place.window)
    nameless = [
        each
        for each in controls
        if not QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name).strip()
    ]  # fmt: skip
    assert nameless == []
    assert [each for each in controls if not each.toolTip() and each is not place.body] == []
    reached = set()
    place.desk.find_bar.query.setFocus()
    for _ in range(len(controls) + 5):
        reached.add(QApplication.focusWidget())
        place.window.focusNextPrevChild(True)
    assert [each for each in controls if each not in reached] == []


def test_shortcuts_do_not_collide(open_desk):
    place = open_desk()
    keys = [action.shortcut().toString() for action in place.desk.actions() if not action.shortcut().isEmpty()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_it_fits_a_small_screen_and_large_letters(open_desk, qapp, icons, mode, scale):
    theme = load_theme(assets_dir() / "theme", mode, icons, scale)
    theme.apply(qapp)
    place = open_desk(headline="Judul", body=LONG * 3, options={"theme": theme})
    place.window.resize(1062, 640)
    bar = place.desk.bar
    assert bar.minimumSizeHint().width() <= place.desk.width()
    shown = [code for code, made in bar.buttons.items() if made.isVisible()]
    bar.menu.aboutToShow.emit()
    in_menu = {action for action in bar.menu.actions() if not action.isSeparator()}
    missing = [code for code in bar.buttons if code not in shown and place.desk.actions_by_code[code] not in in_menu]
    assert missing == []
    assert place.body.document().size().width() <= place.body.viewport().width()


def test_every_text_of_the_desk_exists(open_desk):
    place = open_desk()
    known = place.texts.codes()
    for command in place.desk.actions_by_code.values():
        assert not command.text().startswith("write.")
    labels = [
        each.text() for each in place.window.findChildren(QWidget) if hasattr(each, "text") and callable(each.text)
    ]
    assert [text for text in labels if text.startswith("write.")] == []
    assert {"write.did.kind", "write.did.paste", "write.did.replace", "write.did.look", "write.did.link"} <= known


def test_the_desk_lets_go_of_a_closed_window(open_desk, qtbot):
    place = open_desk()
    place.desk.header.date.open()
    place.window.close()
    place.desk.header.date.popup.hide()
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == []


def test_a_story_with_answers_but_no_text_asks_on(open_desk):
    place = open_desk(answers=LeadAnswers(what="panen"))
    assert place.desk.starters.asking
    assert place.desk.starters.questions["what"].field.text() == "panen"
    assert Story(id="y").answers == LeadAnswers()

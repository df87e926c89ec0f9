"""The page "Laporan" by real keys and clicks: period, activities, readings of open and closed stories, ways out."""

from __future__ import annotations

import json
import threading

import pytest
from msgspec.structs import replace
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.group.activities import ACTIVITIES, Activity
from studio.story.model import Publication
from studio.story.newsroom_records import AudienceReading
from studio.ui.group.report_charts import MonthsChart, ReachChart, ShareBar
from studio.ui.group.report_page import VIEWS

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(studio, stopped_clock):
    """The page on 30 November 2026, with two stories that were published on the 20th and the 19th."""
    workspace = studio.stories.workspace
    for folder in workspace.story_folders()[-2:]:
        story = workspace.load(folder)
        post = Publication(outlet="facebook", when=f"{story.date}T08:00:00+07:00")
        workspace.save(folder, replace(story, publications=(post,)))
    studio.window.group_place.show("report")
    return studio.window.group_place.desk.page


def show(page, view):
    tabs = page.tabs
    QTest.mouseClick(tabs, LEFT, pos=tabs.tabRect(VIEWS.index(view)).center())


def activities(studio):
    return list(studio.stories.group.records.records(ACTIVITIES, Activity).values())


def type_into(field, text):
    field.setFocus()
    QTest.keyClicks(field, text)


def add(page, answers, title):
    answers.text = title
    QTest.mouseClick(page.activities.add, LEFT)
    return page.activities.editor


def test_periods_are_chosen_by_keys_and_none_that_has_not_begun(page):
    bar = page.period
    assert page.figures.numbers["stories"] == 2
    assert not bar.after.isEnabled()
    QTest.mouseClick(bar.before, LEFT)
    assert (bar.name.text(), page.figures.numbers["stories"]) == ("Oktober 2026", 0)
    bar.kind.setFocus()
    QTest.keyClick(bar.kind, Qt.Key.Key_Down)
    assert (bar.period.code, page.figures.numbers["stories"]) == ("2026-Q4", 2)
    for _ in range(3):
        QTest.keyClick(bar.kind, Qt.Key.Key_Down)
    assert bar.period.kind == "dates"
    bar.last.field.selectAll()
    type_into(bar.last.field, "1/1/2026")
    assert bar.wrong.text()
    bar.first.field.selectAll()
    type_into(bar.first.field, "1/1/2026")
    assert (bar.period.code, bar.wrong.text()) == ("2026-01-01_2026-01-01", "")


def test_posts_by_month_and_the_readers_stand_as_charts(studio, page):
    workspace = studio.stories.workspace
    folder = workspace.story_folders()[-1]
    story = workspace.load(folder)
    read = tuple(AudienceReading(when=f"2026-11-2{day}", seen=number) for day, number in ((2, 40), (5, 1250)))
    posts = (replace(story.publications[0], readings=read), Publication(outlet="mading", when="2026-08-03"))
    workspace.save(folder, replace(story, publications=posts))
    for _ in range(3):
        QTest.keyClick(page.period.kind, Qt.Key.Key_Down)  # the year
    (months,) = page.figures.findChildren(MonthsChart)
    (reach,) = page.figures.findChildren(ReachChart)
    assert "Agustus 2026: 1" in months.accessibleName()
    assert "November 2026: 2" in months.accessibleName()
    assert reach.accessibleName().endswith("22 Nov 2026: 40; 25 Nov 2026: 1.250")
    shown = months.grab().toImage()
    plot = months.plot_area(2)
    row = [
        shown.pixelColor(x, round(plot.bottom()) - 3).name() for x in range(round(plot.left()) + 2, shown.width() - 6)
    ]
    bars = [color for color, before in zip(row, [row[0], *row], strict=False) if color != before and color != row[0]]
    assert bars == [months.series[1].color, months.series[0].color]  # mading in August, Facebook in November
    shares = [bar.share for bar in page.figures.findChildren(ShareBar)]
    assert shares == [1.0, 0.5]


def test_an_activity_is_noted_changed_deleted_and_brought_back(studio, page, answers):
    show(page, "activities")
    editor = add(page, answers, "Rapat redaksi")
    type_into(editor.form.fields["people"].field, "12")
    editor.form.fields["date"].field.selectAll()
    type_into(editor.form.fields["date"].field, "8/11/2026")
    show(page, "figures")
    assert (page.figures.numbers["activities"], page.figures.numbers["people"]) == (1, 12)
    studio.stories.group.flush()
    file = studio.stories.workspace.path / "group" / "activities" / "2026-11-30-rapat-redaksi.json"
    kept = json.loads(file.read_text())
    show(page, "activities")
    assert (kept["date"], kept["title"], kept["kind"], kept["people"]) == ("2026-11-08", "Rapat redaksi", "meeting", 12)
    QTest.mouseClick(page.activities.remove, LEFT)
    assert (activities(studio), page.activities.current) == ([], "")
    studio.window.story_actions.undo()
    assert [each.title for each in activities(studio)] == ["Rapat redaksi"]
    page.activities.list.setFocus()
    QTest.keyClick(page.activities.list, Qt.Key.Key_Return)
    assert page.activities.editor.form.fields["title"].field.hasFocus()


def drop(widget, *files):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QDragEnterEvent(widget.rect().center(), Qt.DropAction.CopyAction, data, LEFT, none))
    event = QDropEvent(QPointF(200, 200), Qt.DropAction.CopyAction, data, LEFT, none)
    QApplication.sendEvent(widget, event)


def test_photos_and_minutes_come_by_drop_and_button(studio, page, answers, tmp_path):
    photo, minutes, scan, sound = (tmp_path / name for name in ("rapat.jpg", "notulen.txt", "hadir.png", "suara.bin"))
    Image.linear_gradient("L").resize((300, 200)).convert("RGB").save(photo)
    Image.linear_gradient("L").resize((80, 60)).save(scan)
    minutes.write_text("Notulen rapat redaksi")
    sound.write_bytes(b"\0" * 64)
    drop(studio.window.shell, photo, minutes, sound)
    assert page.tabs.currentIndex() == VIEWS.index("activities")
    assert any("suara.bin" in text for _, text in answers.said)
    editor = page.activities.editor
    answers.files = (scan,)
    QTest.mouseClick(editor.add_minutes, LEFT)
    made = activities(studio)[0]
    assert ([each.name for each in made.photos], len(made.files)) == (["rapat.jpg"], 2)
    QTest.mouseClick(editor.edit_photos, LEFT)
    caption = editor.photo_desk.words.form.inputs["caption"]
    type_into(caption, "Rapat di balai desa")
    assert activities(studio)[0].photos[0].caption == "Rapat di balai desa"
    assert not page.tabs.isVisible()


def read(panel, number, day=""):
    """Type a number, and perhaps a day, for the row that is chosen."""
    if day:
        panel.day.selectAll()
        type_into(panel.day, day)
    type_into(panel.numbers["seen"], number)
    QTest.keyClick(panel.numbers["seen"], Qt.Key.Key_Return)


def readings(studio, folder):
    return [(each.when, each.seen) for each in studio.stories.workspace.load(folder).publications[0].readings]


def test_readings_of_a_closed_story_are_saved_and_taken_back(studio, page):
    show(page, "readings")
    panel = page.readings
    first = panel.post.folder
    panel.table.setFocus()
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    assert panel.numbers["seen"].hasFocus()
    read(panel, "1.250")
    assert readings(studio, first) == [("2026-11-30", 1250)]
    assert panel.post.folder != first, "the next post is ready"
    read(panel, "7", "1/11/2026")
    assert "1 Nov 2026" in panel.told.text()
    assert readings(studio, panel.post.folder) == []
    assert page.figures.numbers["reached"] == 1250
    QTest.mouseClick(panel.undo, LEFT)
    assert readings(studio, first) == []


def test_a_reading_of_the_open_story_keeps_what_is_being_written(studio, page):
    folder = page.readings.post.folder
    studio.stories.open(folder)
    from studio.story import edits

    studio.stories.session.edit(edits.set_field("body", "Baru ditulis."))
    studio.window.group_place.show("report")
    show(page, "readings")
    read(page.readings, "30")
    story = studio.stories.session.story
    assert (story.body, story.publications[0].readings[0].seen) == ("Baru ditulis.", 30)
    assert readings(studio, folder) == [("2026-11-30", 30)]
    assert studio.stories.workspace.load(folder).body.strip() == "Baru ditulis."


def test_the_buttons_write_workbook_paper_tables_and_the_set_to_paste(page, answers, tmp_path):
    answers.folder = tmp_path
    for part in ("xlsx", "pdf", "csv", "kim-id"):
        button = page.outputs.buttons[part]
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        assert button.isEnabled()
    assert (tmp_path / "laporan-2026-11.pdf").read_bytes()[:4] == b"%PDF"
    made = sorted(each.name for each in tmp_path.glob("laporan-*"))
    assert made == [f"laporan-2026-11{end}" for end in ("-csv", "-kim.id", ".pdf", ".xlsx")]
    assert "laporan-2026-11-kim.id" in page.outputs.told.text()


def test_writing_is_cancelled_by_the_button(
    make_studio, workspace_path, threaded_jobs, qtbot, answers, tmp_path, monkeypatch
):
    def gather(_workspace, _period, _today, _activities, progress):
        while True:
            progress.report(1, 2, "berita")  # raises once it is cancelled
            threading.Event().wait(0.01)

    studio = make_studio(jobs=threaded_jobs)
    studio.open_workspace(workspace_path)
    studio.window.group_place.show("report")
    page = studio.window.group_place.desk.page
    monkeypatch.setattr("studio.ui.group.report_outputs.gather_report", gather)
    answers.folder = tmp_path
    outputs = page.outputs
    QTest.mouseClick(outputs.buttons["pdf"], LEFT)
    qtbot.waitUntil(lambda: outputs.bar.value() == 150)
    assert not outputs.buttons["pdf"].isEnabled()
    QTest.mouseClick(outputs.stop, LEFT)
    qtbot.waitUntil(outputs.buttons["pdf"].isEnabled)
    assert not outputs.bar.isVisible()
    assert not list(tmp_path.glob("laporan-*"))


def test_a_workspace_that_another_window_has_is_reported_and_not_changed(studio, make_studio, page, answers):
    second = make_studio()
    second.open_workspace(studio.stories.workspace.path)
    second.window.group_place.show("report")
    shown = second.window.group_place.desk.page
    assert shown.figures.numbers["stories"] == 2
    assert not shown.activities.add.isEnabled()
    show(shown, "readings")
    assert not shown.readings.save.isEnabled()
    read(shown.readings, "5")
    assert readings(second, shown.readings.post.folder) == []

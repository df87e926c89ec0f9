"""The publishing desk with the real export: what is made, shown, kept, stopped and refused."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from studio.base.errors import UserError, WorkCancelled
from studio.base.sizes import size_text
from studio.export.rendering import task_files
from studio.export.running.export_manifest import read_manifest
from studio.story import edits


@pytest.fixture
def desk(opened):
    opened.window.go("publish")
    made = opened.window.page
    for outlet, box in made.boxes.items():
        box.setChecked(outlet in {"whatsapp", "x"})
    return made


def texts_of(widget) -> str:
    QApplication.processEvents()  # what was put into a layout is shown
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def test_all_outlets_are_offered_with_the_date_of_their_limits(desk):
    assert len(desk.boxes) >= 9
    assert "2026" in desk.boxes["whatsapp"].toolTip()
    assert desk.export.text().strip() == "Ekspor ke 2 kanal"


def test_only_texts_are_made_and_shown_and_kept_the_next_time(desk, opened, monkeypatch):
    for outlet, box in desk.boxes.items():
        box.setChecked(outlet == "telegram")
    desk.export.click()
    place = opened.stories.workspace.path / "exports" / opened.stories.session.folder
    files = read_manifest(place).files
    assert files
    assert all((place / file.path).stat().st_size == file.bytes for file in files)
    shown = texts_of(desk)
    assert "Telegram" in shown
    assert "Kiriman" in shown
    assert files[0].path.partition("/")[2] not in shown  # in words
    assert desk.open.isEnabled()
    desk.export.click()
    assert f"{len(files)} sudah ada" in desk.head.note.text()


def test_pictures_are_seen_and_nothing_old_or_marked_as_a_draft_is_called_ready(desk, opened):
    for outlet, box in desk.boxes.items():
        box.setChecked(outlet == "instagram")
    desk.export.click()
    shown = texts_of(desk.results)
    assert "Bertanda DRAF" in shown
    assert "Siap" not in shown
    seen = [one.pixmap() for one in desk.results.findChildren(QLabel) if one.pixmap() and one.pixmap().width() > 30]
    assert seen
    opened.stories.session.edit(edits.set_field("headline", "Judul yang lain"))
    opened.stories.session.flush()
    shown = texts_of(desk.results)
    assert "sebelum berita ini diubah" in shown
    assert "Lama" in shown
    desk.show_tab("phone")
    assert "sebelum berita ini diubah" in texts_of(desk._made["phone"])
    desk.export.click()
    assert "sebelum berita ini diubah" not in texts_of(desk.results)
    desk.show_tab("phone")
    assert "sebelum berita ini diubah" not in texts_of(desk._made["phone"])


def test_what_was_typed_last_is_exported(desk, opened):
    opened.stories.session.edit(edits.set_field("headline", "Judul detik terakhir"))
    for outlet, box in desk.boxes.items():
        box.setChecked(outlet == "telegram")
    desk.export.click()
    place = opened.stories.workspace.path / "exports" / opened.stories.session.folder
    made = [path for path in place.rglob("*.txt") if "detik terakhir" in path.read_text(encoding="utf-8")]
    assert made


def test_without_an_outlet_nothing_can_be_exported(desk):
    desk.outlets.tick_all(False)
    assert not desk.export.isEnabled()
    desk.outlets.tick_all(True)
    assert len(desk.chosen()) == len(desk.boxes)
    assert desk.export.isEnabled()


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (UserError("store.write_failed", file="manifest.json", detail="x"), "manifest.json"),
        (WorkCancelled(), "dihentikan"),
    ],
)
def test_an_export_that_ends_early_says_why(desk, monkeypatch, error, text):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr("studio.ui.publish.export_start.export_story", fail)
    desk.export.click()
    assert text in desk.head.note.text()
    assert desk.export.isEnabled()


def test_the_report_of_a_bug_in_one_file_is_copied_by_a_click(desk, opened, monkeypatch, qtbot):
    real = task_files._render_task

    def render(task, *rest):
        return 1 // 0 if task.targets[0].outlet == "x" else real(task, *rest)

    monkeypatch.setattr(task_files, "_render_task", render)
    for outlet, box in desk.boxes.items():
        box.setChecked(outlet in {"telegram", "x"})
    desk.export.click()
    copy = next(one for one in desk.findChildren(QPushButton) if one.text().strip() == "Salin laporan")
    QGuiApplication.clipboard().clear()
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    report = QGuiApplication.clipboard().text()
    assert "Traceback" in report
    assert "ZeroDivisionError" in report


def test_a_story_that_is_not_on_disk_is_not_exported(studio, answers):
    studio.stories.new()
    studio.window.go("publish")
    studio.window.page.export.click()
    assert "kosong" in answers.said[-1][1]


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1_400, "1,4 kB"),
        (812_000, "812 kB"),
        (1_440_000, "1,4 MB"),
        (2_100_000_000, "2,1 GB"),
    ],
)
def test_sizes_are_written_the_indonesian_way(count, text):
    assert size_text(count) == text

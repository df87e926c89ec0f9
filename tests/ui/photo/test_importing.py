"""Photos that come in by Ctrl+V, and the names of the shapes they are cut to."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest

from tests.ui.photo.conftest import picture, settle


@pytest.fixture
def clipboard(qapp):
    yield QGuiApplication.clipboard()
    QGuiApplication.clipboard().clear()


def paste_into(widget) -> None:
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("where", ["canvas", "strip"])
def test_copied_files_are_pasted_into_the_story(desk, clipboard, tmp_path, where):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture(tmp_path / "tempel é.jpg", spot=(350, 150))))])
    clipboard.setMimeData(data)
    paste_into(getattr(desk, where))
    settle(desk)
    assert [each.name for each in desk._bench.session.story.photos] == ["1.jpg", "2.jpg", "tempel é.jpg"]


def test_a_copied_picture_is_pasted_and_no_other_copy_of_it_is_left(desk, clipboard):
    image = QImage(320, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("#20a030"))
    clipboard.setImage(image)
    paste_into(desk.canvas)
    settle(desk)
    added = desk._bench.session.story.photos[-1]
    assert (added.name, added.width, added.height) == ("foto-tempelan.png", 320, 200)
    assert desk._bench.workspace.media_path(desk._bench.session.folder, added.file).is_file()
    assert not list((desk._bench.workspace.path / ".studio" / "pasted").iterdir())
    paste_into(desk.canvas)  # once more: recognised as the same
    assert len(desk._bench.session.story.photos) == 3


def test_pasting_without_a_photo_says_so_and_text_fields_paste_text(desk, clipboard, opened):
    clipboard.setText("Foto: Budi")
    paste_into(desk.canvas)
    assert len(desk._bench.session.story.photos) == 2
    assert "papan klip" in opened.window.shell._toast_text.text()
    paste_into(desk.words.credit)
    assert desk.photo.credit == "Foto: Budi"


def test_shapes_are_named_by_outlet_and_use_and_never_cut(desk):
    names = [desk.toolbox.shape.itemText(n) for n in range(desk.toolbox.shape.count())]
    assert {"Bebas", "Instagram 4:5", "Status 9:16", "Telegram 1:1", "YouTube 16:9"} <= set(names)
    desk.toolbox.choose_mode("crop")
    combo = desk.toolbox.shape
    widest = max(combo.fontMetrics().horizontalAdvance(name) for name in names)
    assert combo.width() >= widest + desk._bench.tools.theme.px(10 + 24)
    for key, made in desk.shapes.buttons.items():
        assert made.text().endswith(key)
        assert made.width() >= made.fontMetrics().horizontalAdvance(made.text())
    tip = desk.shapes.buttons["9:16"].toolTip()
    assert all(name in tip for name in ("WhatsApp (status)", "Instagram (story)", "TikTok (foto, sampul)"))


def test_the_photo_stays_in_its_place_when_the_tool_changes(desk):
    places = set()
    for mode in ("focus", "crop", "cover", "horizon"):
        desk.toolbox.choose_mode(mode)
        settle(desk)
        places.add((desk.canvas.y(), desk.canvas.height()))
    assert len(places) == 1


def test_the_handles_of_a_crop_at_the_edge_are_whole(desk):
    desk.toolbox.choose_mode("crop")
    place, radius = desk.canvas.picture_area, desk._bench.tools.theme.px(5)
    assert place.left() >= radius
    assert place.top() >= radius
    assert desk.canvas.rect().right() - place.right() >= radius - 1
    assert desk.canvas.rect().bottom() - place.bottom() >= radius - 1


def test_photos_of_a_phone_are_chosen_by_keys_and_none_lies_over_another(desk, answers, tmp_path, qtbot):
    for number in range(7):
        name = f"IMG_{number} nama yang sangat panjang dari ponsel 🌾.jpg"
        picture(tmp_path / name, size=(300 + 40 * number, 200), spot=(100, 100))
    seen = []

    def choose(dialog):
        dialog.show()
        qtbot.waitUntil(lambda: not any(dialog._looks))
        areas = [dialog.list.visualItemRect(dialog.list.item(n)) for n in range(dialog.list.count())]
        seen.append([(a, b) for n, a in enumerate(areas) for b in areas[n + 1 :] if a.intersects(b)])
        dialog.list.setFocus()
        dialog.list.setCurrentRow(0, QItemSelectionModel.SelectionFlag.NoUpdate)
        QTest.keyClick(dialog.list, Qt.Key.Key_Space)
        QTest.keyClick(dialog.list, Qt.Key.Key_Right)
        QTest.keyClick(dialog.list, Qt.Key.Key_Space)
        QTest.keyClick(dialog.list, Qt.Key.Key_Return)
        seen.append(dialog.result())
        return bool(dialog.result())

    answers.folder, answers.on_show = tmp_path, choose
    answers.answer = "cable"
    desk.phone.click()
    settle(desk)
    assert seen == [[], 1]
    assert len(desk._bench.session.story.photos) == 4


def test_files_dropped_together_come_in_or_are_named_with_the_reason(desk, opened, answers, tmp_path):
    """HEIC as iPhones make it, the same photo again, one that is broken, one that is no photo."""
    heic = Path(__file__).parents[2] / "photo" / "data" / "phone.heic"
    again = picture(tmp_path / "lagi.jpg")  # the pixels of the first photo
    (tmp_path / "rusak.jpg").write_bytes(b"\xff\xd8\xff\xe0 cut")
    (tmp_path / "palsu.png").write_text("bukan foto")
    before = len(desk._bench.session.story.photos)
    opened.window.shell.dropped.emit([str(heic), str(again), *(str(tmp_path / n) for n in ("rusak.jpg", "palsu.png"))])
    settle(desk)
    assert [each.name for each in desk._bench.session.story.photos[before:]] == ["phone.heic"]
    told = " ".join(text for _, text in answers.said)
    assert all(name in told for name in ("lagi.jpg", "rusak.jpg", "palsu.png"))
    desk.strip.choose(desk._bench.session.story.photos[-1].id)
    settle(desk)
    assert desk.canvas._pixmap is not None

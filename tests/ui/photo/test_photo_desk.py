"""The photo desk as a person uses it: mouse and keys, and what is exported compared with what is shown."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from studio.base.errors import WorkCancelled
from studio.base.progress import SilentProgress
from studio.services.photo_preview import CropUse, photo_shapes
from studio.story import edits, photos
from studio.story.model import Cover, LightAdjust, Person, Photo, Story
from studio.story.places import TextPlace
from studio.ui.media.box_dragging import dragged, largest, nudged
from studio.ui.photo.phone_dialog import newest
from tests.ui.photo.conftest import at, drag, photo, picture, settle

# ------------------------------------------------------------------------------------------------ canvas


def test_one_click_sets_the_focus_for_all_shapes_and_undo_takes_it_back(desk):
    QTest.mouseClick(desk.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(desk, 0.25, 0.25))
    assert photo(desk).focus == pytest.approx((0.25, 0.25), abs=0.01)
    settle(desk)
    QTest.keyClick(desk.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert photo(desk).focus == pytest.approx((0.30, 0.25), abs=0.01)
    desk._bench.session.undo()
    assert photo(desk).focus is None


def test_a_crop_is_drawn_moved_by_its_handles_and_by_keys(desk):
    desk.toolbox.choose_mode("crop")
    drag(desk, (0.0, 0.0), (0.2, 0.1))
    assert photo(desk).crop == pytest.approx((0.2, 0.1, 0.8, 0.9), abs=0.02)
    QTest.keyClick(desk.canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert photo(desk).crop == pytest.approx((0.15, 0.1, 0.8, 0.9), abs=0.02)
    desk.toolbox.reset.click()
    assert photo(desk).crop is None


def test_a_shape_is_adjusted_by_hand_keeps_its_ratio_and_goes_back_to_the_focus(desk):
    desk.shapes.buttons["4:5"].click()
    assert (desk.toolbox.mode, desk.toolbox.key) == ("crop", "4:5")
    drag(desk, (0.3, 0.5), (0.5, 0.5))
    _, _, width, height = photo(desk).crops["4:5"]
    assert width * 1200 / (height * 800) == pytest.approx(0.8, abs=0.01)
    settle(desk)
    assert desk.shapes.buttons["4:5"].text().startswith("✎")
    desk.toolbox.reset.click()
    assert photo(desk).crops == {}


def test_a_photo_that_cannot_be_cropped_is_shown_whole_on_a_blurred_ground_until_a_click_crops_it(desk):
    """3:2 as 9:16 loses more than half, as 4:3 an eighth; what is 1:1 are cards, which cut no more than that either."""
    assert desk.shapes.buttons["9:16"].text().startswith("▣")
    assert desk.shapes.buttons["4:3"].text()[0] not in "▣✎"
    assert desk.shapes.buttons["1:1"].text().startswith("▣")
    desk.marks.adjust("9:16")
    assert desk.toolbox.whole.isChecked()
    QTest.mouseClick(desk.toolbox.whole, Qt.MouseButton.LeftButton, pos=QPoint(8, desk.toolbox.whole.height() // 2))
    assert photo(desk).fits == {"9:16": "crop"}
    settle(desk)
    assert desk.shapes.buttons["9:16"].text()[0] not in "▣✎"
    desk.toolbox.whole.setChecked(True)
    assert photo(desk).fits == {"9:16": "pad"}


def test_shapes_that_lose_much_are_asked_about_and_one_click_answers(desk):
    question = desk.toolbox.question
    assert question.keep.isVisible()
    assert not question.later.isVisible()
    QTest.mouseClick(question.crop, Qt.MouseButton.LeftButton)
    settle(desk)
    assert set(photo(desk).fits.values()) == {"crop"}
    assert not any(made.text().startswith("▣") for made in desk.shapes.buttons.values())
    assert not question.isVisible()
    desk._bench.session.undo()
    assert photo(desk).fits == {}
    QTest.mouseClick(question.keep, Qt.MouseButton.LeftButton)
    assert set(photo(desk).fits.values()) == {"pad"}
    assert not question.keep.isVisible()
    # Answered, not gone: another click crops after all.
    QTest.mouseClick(question.later, Qt.MouseButton.LeftButton)
    assert set(photo(desk).fits.values()) == {"crop"}


def test_one_answer_can_be_for_all_photos_and_is_one_step(desk):
    session, question = desk._bench.session, desk.toolbox.question
    mine = photo(desk)
    twins = (replace(mine, id="q1"), replace(mine, id="q2", fits={"9:16": "crop"}))
    session.edit(edits.StoryEdit("x", lambda story: replace(story, photos=(*story.photos, *twins))))
    before = session.story.photos
    assert question.every.isVisible()
    question.every.click()
    QTest.mouseClick(question.keep, Qt.MouseButton.LeftButton)
    fits = {each.id: each.fits for each in session.story.photos}
    assert set(fits["q1"].values()) == {"pad"}
    assert fits["q2"]["9:16"] == "crop"  # what somebody said of a shape stands
    session.undo()
    assert session.story.photos == before


def test_a_cover_is_drawn_moved_restyled_and_removed(desk):
    desk.covers.draw.click()
    drag(desk, (0.1, 0.1), (0.4, 0.5))
    (cover,) = photo(desk).covers
    assert cover.box == pytest.approx((0.1, 0.1, 0.3, 0.4), abs=0.02)
    drag(desk, (0.25, 0.3), (0.35, 0.3))
    assert photo(desk).covers[0].box[0] == pytest.approx(0.2, abs=0.02)
    desk.covers.style_box.setCurrentIndex(2)
    desk.covers.style_box.activated.emit(2)
    desk.covers.shape.setCurrentIndex(1)
    desk.covers.shape.activated.emit(1)
    assert (photo(desk).covers[0].style, photo(desk).covers[0].shape) == ("mean", "ellipse")
    desk.canvas.setFocus()
    QTest.keyClick(desk.canvas, Qt.Key.Key_Delete)
    assert photo(desk).covers == ()


def test_a_cover_of_mean_colour_has_the_colour_that_is_exported(desk, tmp_path):
    from PIL import Image

    from studio.photo.render import PhotoVariant, render_variants

    around = Cover(box=(0.15, 0.1, 0.2, 0.3), style="mean")  # the red square and grey around it
    desk._bench.session.edit(edits.change_photo("p1", adjust=LightAdjust(brightness=0.3, warmth=0.4)))
    desk._bench.session.edit(photos.add_cover("p1", around))
    settle(desk)
    out = tmp_path / "keluar.jpg"
    source = desk._bench.workspace.media_path(desk._bench.session.folder, photo(desk).file)
    render_variants(source, photo(desk), [(PhotoVariant((1200, 800)), out)], None, SilentProgress())
    with Image.open(out) as made:
        exported = made.convert("RGB").getpixel((300, 200))
    shown = desk.canvas.grab().toImage().pixelColor(at(desk, 0.17, 0.35))
    assert (shown.red(), shown.green(), shown.blue()) == pytest.approx(exported, abs=4)
    assert shown.red() > shown.green() + 20


def test_a_photo_is_seen_soft_first_and_sharp_after(desk, tmp_path, monkeypatch):
    from PIL import Image

    small = Image.new("RGB", (150, 100), "#20a030").tobytes()
    monkeypatch.setattr("studio.photo.small_pictures.draft_preview", lambda source, longest: (150, 100, small))
    name = desk._bench.workspace.import_media(desk._bench.session.folder, picture(tmp_path / "c.jpg", spot=(200, 200)))
    widths = []
    desk.looking.picture.connect(lambda pixmap: widths.append(pixmap.width()))
    desk._bench.session.edit(edits.add_photos([Photo(id="p3", file=name, name="c.jpg", width=600, height=400)]))
    desk.strip.choose("p3")
    settle(desk)
    assert widths == [150, 600]


def test_covers_can_be_made_without_a_mouse(desk):
    desk.toolbox.choose_mode("cover")
    desk.canvas.setFocus()
    QTest.keyClick(desk.canvas, Qt.Key.Key_Insert)
    QTest.keyClick(desk.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert photo(desk).covers[0].box[0] == pytest.approx(0.45, abs=0.01)
    QTest.keyClick(
        desk.canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert photo(desk).covers[0].box[3] == pytest.approx(0.35, abs=0.01)


def test_a_line_along_the_horizon_straightens_and_the_slider_follows(desk):
    desk.toolbox.choose_mode("horizon")
    width, height = desk.canvas.picture_area.width(), desk.canvas.picture_area.height()
    drag(desk, (0.2, 0.5), (0.8, 0.5 + 0.6 * width * 0.0875 / height))
    assert photo(desk).rotate == pytest.approx(355.0, abs=0.7)
    assert desk.toolbox.lean.value() == pytest.approx(-50, abs=7)
    desk.toolbox.lean.setValue(20)
    assert photo(desk).rotate == pytest.approx(2.0)


def test_turning_and_mirroring(desk):
    desk.toolbox.turns[1].click()
    assert photo(desk).rotate == 90
    desk.toolbox.turns[0].click()
    desk.toolbox.turns[2].click()
    assert (photo(desk).rotate, photo(desk).flip) == (0, True)


def test_the_original_is_shown_while_the_button_is_held(desk):
    desk.light.sliders["brightness"].setValue(80)
    settle(desk)
    brighter = desk.canvas._pixmap.toImage().pixelColor(5, 5).lightness()
    desk.toolbox.compare.pressed.emit()
    settle(desk)
    assert desk.canvas._pixmap.toImage().pixelColor(5, 5).lightness() < brighter
    desk.toolbox.compare.released.emit()
    settle(desk)
    assert desk.canvas._pixmap.toImage().pixelColor(5, 5).lightness() == brighter


def test_light_is_set_by_keys_and_reset(desk):
    QTest.keyClick(desk.light.sliders["warmth"], Qt.Key.Key_Right)
    desk.light.auto.click()
    assert photo(desk).adjust == LightAdjust(warmth=0.01, auto=True)
    desk.light.reset.click()
    assert photo(desk).adjust == LightAdjust()


def test_modes_have_keys(desk):
    for key, mode in (("2", "crop"), ("3", "cover"), ("4", "horizon"), ("1", "focus")):
        QTest.keyClick(desk.canvas, key, Qt.KeyboardModifier.AltModifier)
        assert desk.toolbox.mode == mode


def test_a_photo_that_is_gone_says_so_in_its_place(desk, answers):
    desk._bench.session.edit(edits.add_photos([Photo(id="p9", file="hilang.jpg", name="hilang.jpg")]))
    desk.strip.choose("p9")
    settle(desk)
    assert "hilang.jpg" in desk.canvas.words
    assert answers.said == []


# ------------------------------------------------------------------------------------------------ what is exported


def test_the_export_shows_what_the_desk_shows(desk, tmp_path):
    """Tolerance: 6 of 255 levels mean difference, from JPEG."""
    from PIL import Image, ImageChops, ImageStat

    from studio.photo.render import PhotoVariant, render_variants

    desk._bench.session.edit(
        edits.change_photo("p1", focus=(0.25, 0.25), rotate=3.0, adjust=LightAdjust(brightness=0.2, warmth=0.3))
    )
    desk._bench.session.edit(photos.add_cover("p1", Cover(box=(0.4, 0.4, 0.1, 0.1))))
    settle(desk)
    source = desk._bench.workspace.media_path(desk._bench.session.folder, photo(desk).file)
    use = CropUse("4:5", "Instagram", "Instagram", (240, 300))
    width, height, rgb = photo_shapes(source, photo(desk), (use,), SilentProgress())["4:5"]
    out = tmp_path / "keluar.jpg"
    render_variants(source, photo(desk), [(PhotoVariant((1080, 1350)), out)], None, SilentProgress())
    with Image.open(out) as made:
        exported = made.convert("RGB").resize((width, height), Image.Resampling.BOX)
    difference = ImageChops.difference(exported, Image.frombytes("RGB", (width, height), rgb))
    assert max(ImageStat.Stat(difference).mean) < 6


def test_the_groups_mark_lies_in_the_corner_of_the_exported_photo_only_when_asked(opened, desk):
    from PIL import Image

    from studio.base import paths
    from studio.base.i18n import MessageTexts
    from studio.export.running.story_exporter import StoryExporter

    session = desk._bench.session
    desk.strip.selectAll()
    desk.batch.buttons["watermark"].click()
    assert [each.watermark for each in session.story.photos] == [True, True]
    session.edit(photos.change_many(["p2"], watermark=False))
    for each in ("p1", "p2"):
        session.edit(edits.change_photo(each, people_checked=True))
    session.flush()
    texts = MessageTexts(paths.assets_dir() / "messages", "id")
    with StoryExporter(opened.stories.workspace, paths.templates_dir(), texts) as exporter:
        (done,) = exporter.export([session.folder], ["instagram"], None, SilentProgress())
    assert done.error is None
    folder = opened.stories.workspace.path / "exports" / session.folder / "instagram"
    corners = []
    for name in ("01.jpg", "02.jpg"):
        with Image.open(folder / name) as made:
            corner = made.convert("RGB").crop((made.width - 160, made.height - 160, made.width - 60, made.height - 60))
            corners.append(len(set(corner.resize((20, 20)).getdata())))
    assert corners[0] > 10 * corners[1]


# ------------------------------------------------------------------------------------------------ strip and words


def test_photos_are_ordered_starred_and_taken_out_with_undo(desk):
    session = desk._bench.session
    QTest.keyClick(desk.strip, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert [each.id for each in session.story.photos] == ["p2", "p1"]
    desk.toolbox.star.click()
    assert session.story.cover == "p1"
    desk.strip.setFocus()
    QTest.keyClick(desk.strip, Qt.Key.Key_Delete)
    assert [each.id for each in session.story.photos] == ["p2"]
    session.undo()
    assert [each.id for each in session.story.photos] == ["p2", "p1"]


def test_photos_are_ordered_by_dragging_them_along_the_strip(desk, tmp_path):
    """Only the way of the mouse over the strip is Qt's; drag and drop itself needs the system, so its end is sent."""
    session = desk._bench.session
    session.edit(edits.add_photos([Photo(id="p3", file=session.story.photos[0].file, name="c.jpg")]))
    settle(desk)

    def drop(photo_id: str, number: int, side: float) -> None:
        desk.strip.choose(photo_id)
        area = desk.strip.visualItemRect(desk.strip.item(number))
        at = QPointF(area.left() + area.width() * side, area.center().y())
        mime = desk.strip.mimeData([desk.strip.currentItem()])
        kinds = (Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        desk.strip.dropEvent(QDropEvent(at, *kinds))

    drop("p1", 2, 0.8)
    assert [each.id for each in session.story.photos] == ["p2", "p3", "p1"]
    assert desk.strip.ids == ["p2", "p3", "p1"]
    drop("p1", 0, 0.2)
    assert [each.id for each in session.story.photos] == ["p1", "p2", "p3"]
    drop("p1", 1, 0.8)
    assert [each.id for each in session.story.photos] == ["p2", "p1", "p3"]
    assert desk.strip.current == "p1"
    session.undo()
    assert [each.id for each in session.story.photos] == ["p1", "p2", "p3"]


def test_a_caption_is_composed_and_used(desk):
    desk._bench.session.edit(edits.set_field("date", "2026-11-22"))
    desk.strip.choose("p2")
    settle(desk)
    desk.words.assist.click()
    assert desk.words.parts["when"].text() == "Minggu (22/11/2026)"
    desk.words.parts["seen"].setText("Membersihkan saluran")
    desk.words.parts["who"].setText("Warga")
    desk.words.parts["where"].setText("Desa Sukamaju")
    desk.words.parts["context"].setText("saluran itu mengairi 27 hektare sawah")
    desk.words.use.click()
    expected = (
        "Warga membersihkan saluran di Desa Sukamaju, Minggu (22/11/2026). Saluran itu mengairi 27 hektare sawah."
    )
    assert photo(desk).caption == expected


def test_with_a_child_in_the_picture_nobody_asks_for_its_name(desk):
    child = Person(id="anak", name="Rani", age_group="child")
    desk._bench.session.edit(edits.StoryEdit("x", lambda story: replace(story, people=(child,))))
    assert "nama" in desk.words.parts["who"].placeholderText()
    desk.words.people["anak"].click()
    assert photo(desk).people == ("anak",)
    assert "nama" not in desk.words.parts["who"].placeholderText()
    assert "sekolah" in desk.words.note.text()


def test_typing_does_not_move_the_cursor_and_is_one_step_of_undo(desk):
    field = desk.words.credit
    field.setFocus()
    QTest.keyClicks(field, "Budo")
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClick(field, Qt.Key.Key_Home)
    QTest.keyClicks(field, "Pak ")
    assert photo(desk).credit == "Pak Bud"


def test_the_same_is_given_to_several_photos(desk):
    desk._bench.session.edit(
        edits.change_photo("p1", credit="Budi", adjust=LightAdjust(contrast=0.4), focus=(0.1, 0.2))
    )
    assert not desk.batch.buttons["credit"].isEnabled()
    desk.strip.selectAll()
    for code in ("credit", "adjust", "focus"):
        desk.batch.buttons[code].click()
    first, second = desk._bench.session.story.photos
    assert (second.credit, second.adjust, second.focus) == (first.credit, first.adjust, first.focus)


def test_findings_lead_to_the_field_of_the_photo(desk):
    for field in ("caption", "credit", "alt", "rights", "people_checked"):
        desk.strip.choose("p1")
        desk.canvas.setFocus()
        desk.reveal(TextPlace(f"photos/p2/{field}"))
        assert desk.strip.current == "p2"
        assert desk.words.form.field_widget(field).hasFocus(), field


# ------------------------------------------------------------------------------------------------ from a phone


def test_photos_of_a_phone_are_chosen_by_thumbnail_and_bad_ones_are_named(desk, opened, answers, tmp_path):
    folder = tmp_path / "DCIM" / "Camera"
    folder.mkdir(parents=True)
    picture(folder / "baru.jpg", size=(640, 480))
    (folder / "rusak.jpg").write_bytes(b"")
    (folder / "catatan.pdf").write_bytes(b"x")
    answers.folder = tmp_path / "DCIM"

    def choose(dialog):
        names = [dialog.list.item(n).text() for n in range(dialog.list.count())]
        assert sorted(names) == ["baru.jpg", "rusak.jpg"]
        dialog.list.selectAll()
        assert dialog.take.isEnabled()
        return True

    answers.on_show = choose
    answers.answer = "cable"
    desk.phone.click()
    assert "baru.jpg" in [each.name for each in opened.stories.session.story.photos]
    assert any("rusak.jpg" in text for _, text in answers.said)


def test_a_search_on_a_phone_stops_when_it_is_cancelled(tmp_path):
    class Stopping:
        def report(self, done, total, what):
            raise WorkCancelled

    (tmp_path / "a.jpg").write_bytes(b"x")
    with pytest.raises(WorkCancelled):
        newest(tmp_path, Stopping())


def test_pictures_of_a_phone_become_sharp_and_clips_have_one(desk, answers, tmp_path, qtbot):
    from studio.video.binary import ffmpeg_path

    folder = tmp_path / "DCIM"
    folder.mkdir()
    picture(folder / "foto.jpg", size=(900, 600))
    flat = ["-f", "lavfi", "-i", "color=c=0x20a030:s=160x90:d=0.2", "-pix_fmt", "yuv420p", str(folder / "klip.mp4")]
    subprocess.run([ffmpeg_path(), "-v", "error", "-y", *flat], check=True, stdin=subprocess.DEVNULL)
    looks = []

    def look(dialog):
        dialog.show()
        qtbot.waitUntil(lambda: not any(dialog._looks))
        icons = {dialog.list.item(n).text(): dialog.list.item(n).icon() for n in range(dialog.list.count())}
        looks.append({name: icon.availableSizes()[0].width() for name, icon in icons.items()})
        looks.append(icons["klip.mp4"].pixmap(100, 100).toImage().pixelColor(50, 28).green())
        dialog.reject()
        return False

    answers.folder, answers.on_show = folder, look
    answers.answer = "cable"
    desk.phone.click()
    assert looks[0] == {"foto.jpg": 240, "klip.mp4": 160}
    assert looks[1] > 120


def test_the_newest_files_of_a_phone_come_first(tmp_path):
    import os

    for number in range(3):
        path = tmp_path / f"{number}.jpg"
        path.write_bytes(b"x")
        os.utime(path, (number, number))
    assert [path.name for path in newest(tmp_path, SilentProgress())] == ["2.jpg", "1.jpg", "0.jpg"]


def test_faces_are_only_suggested_and_the_extra_is_explained(desk, answers):
    desk.suggest.click()
    said = " ".join(text for _, text in answers.said)
    assert "kim-studio[wajah]" in said or "periksa lagi sendiri" in said


def test_suggested_covers_hide_the_whole_head_and_are_one_step_of_undo(desk, answers, monkeypatch):
    faces = [
        SimpleNamespace(left=lambda x=x: x, top=lambda: 100, width=lambda: 60, height=lambda: 60) for x in (0, 300)
    ]
    dlib = SimpleNamespace(get_frontal_face_detector=lambda: lambda pixels, again: faces)
    monkeypatch.setitem(sys.modules, "dlib", dlib)
    desk.suggest.click()
    assert any("periksa lagi sendiri" in text for _, text in answers.said)
    left, right = photo(desk).covers
    assert left.box == pytest.approx((0.0, 70 / 400, 75 / 600, 105 / 400))
    assert (right.box[0], right.box[2]) == pytest.approx((285 / 600, 90 / 600))
    desk._bench.session.undo()
    assert photo(desk).covers == ()


# ------------------------------------------------------------------------------------------------ laws

SHARE = st.floats(0, 1)
STEP = st.floats(-1.5, 1.5)


@given(
    st.tuples(SHARE, SHARE, SHARE, SHARE),
    st.sampled_from(["nw", "n", "ne", "e", "se", "s", "sw", "w", "move"]),
    STEP,
    STEP,
)
def test_a_dragged_box_stays_in_the_picture(box, handle, dx, dy):
    x, y, width, height = box
    start = (x * 0.5, y * 0.5, 0.02 + width * 0.48, 0.02 + height * 0.48)
    for shape in (None, 0.5, 2.0):
        left, top, wide, high = dragged(start, handle, (dx, dy), shape)
        assert left >= -1e-9
        assert top >= -1e-9
        assert left + wide <= 1 + 1e-9
        assert top + high <= 1 + 1e-9
        if shape and handle != "move":
            assert wide / high == pytest.approx(shape)


@given(st.floats(0.2, 5))
def test_the_largest_box_of_a_shape_touches_two_sides(shape):
    x, y, width, height = largest(shape)
    assert width / height == pytest.approx(shape)
    assert max(width, height) == pytest.approx(1)
    assert nudged((x, y, width, height), (9, 9), resize=False, shape=None)[0] == pytest.approx(1 - width)


@pytest.mark.parametrize(
    ("parts", "caption"),
    [
        (("", "", "", "", ""), ""),
        (("Panen raya", "", "", "", ""), "Panen raya."),
        (("panen padi", "Petani", "di Dusun Krajan", "", ""), "Petani panen padi di Dusun Krajan."),
        (("", "", "Sukamaju", "Minggu (22/11/2026)", "Hasil naik."), "Sukamaju, Minggu (22/11/2026). Hasil naik."),
    ],
)
def test_captions_in_the_indonesian_form(parts, caption):
    assert photos.compose_caption(*parts) == caption


def test_a_crop_by_hand_and_a_padded_shape_exclude_each_other():
    story = Story(id="s", photos=(Photo(id="p", file="a.jpg"),))
    story = photos.set_fit("p", "4:5", whole=True).apply(story)
    story = photos.set_crop("p", "4:5", (0.1, 0.1, 0.5, 0.5)).apply(story)
    assert (story.photos[0].fits, set(story.photos[0].crops)) == ({}, {"4:5"})
    assert photos.remove_cover("p", 5).apply(story) is story

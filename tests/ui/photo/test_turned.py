"""Turned, mirrored and leaning photos: the tools do what is seen, and what is seen is exported."""

from __future__ import annotations

from math import cos, radians, sin

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.base.progress import SilentProgress
from studio.photo.render import PhotoVariant, render_variants
from studio.story import edits, photos
from studio.story.model import Cover
from tests.ui.photo.conftest import at, back_to, drag, photo, settle


def exported(desk, path, size=(1200, 1200), fit="inside"):
    source = desk._bench.workspace.media_path(desk._bench.session.folder, photo(desk).file)
    render_variants(source, photo(desk), [(PhotoVariant(size, fit), path)], None, SilentProgress())
    with Image.open(path) as made:
        return made.convert("RGB")


def red_at(picture) -> tuple[float, float]:
    """The middle of the red square, as fractions."""
    spots = [
        (x, y)
        for x in range(0, picture.width, 10)
        for y in range(0, picture.height, 10)
        if picture.getpixel((x, y))[0] > picture.getpixel((x, y))[1] + 80
    ]
    return sum(x for x, _ in spots) / len(spots) / picture.width, sum(y for _, y in spots) / len(spots) / picture.height


def test_a_mirrored_photo_turns_the_way_the_button_says(desk, tmp_path):
    desk.toolbox.turns[2].click()  # the square is now at the upper right
    desk.toolbox.turns[1].click()  # turned right, it is at the lower right
    assert red_at(exported(desk, tmp_path / "a.jpg")) == pytest.approx((0.75, 0.75), abs=0.02)
    desk.toolbox.turns[0].click()
    assert red_at(exported(desk, tmp_path / "b.jpg")) == pytest.approx((0.75, 0.25), abs=0.02)


@pytest.mark.parametrize("flip", [False, True])
def test_a_line_along_the_horizon_is_level_afterwards(desk, flip):
    if flip:
        desk.toolbox.turns[2].click()
    desk.toolbox.choose_mode("horizon")
    settle(desk)
    width, height = desk.canvas.picture_area.width(), desk.canvas.picture_area.height()
    drag(desk, (0.2, 0.5), (0.8, 0.5 + 0.6 * width * 0.0875 / height))
    assert photo(desk).rotate == pytest.approx(5.0 if flip else 355.0, abs=0.7)
    assert desk.toolbox.lean.value() == pytest.approx(-50, abs=7)


def test_without_a_focus_of_its_own_the_canvas_shows_the_automatic_one_and_its_crop(desk, tmp_path):
    desk.marks.adjust("9:16")
    settle(desk)
    left = desk.canvas.crop[0]
    picture = exported(desk, tmp_path / "a.jpg", (450, 800), "crop")
    whole = red_at(exported(desk, tmp_path / "b.jpg"))[0]
    seen = red_at(picture)[0]
    assert left + seen * desk.canvas.crop[2] == pytest.approx(whole, abs=0.02)
    assert desk.canvas.focus_point[0] < 0.45
    assert photo(desk).focus is None


def test_a_crop_by_hand_is_shown_as_it_is_cut_after_a_turn(desk):
    desk._bench.session.edit(photos.set_crop("p1", "4:5", (0.1, 0.1, 0.5, 0.9375)))
    desk._bench.session.edit(edits.change_photo("p1", rotate=90.0))
    desk.marks.adjust("4:5")
    settle(desk)
    _, _, wide, high = desk.canvas.crop
    assert wide * 800 / (high * 1200) == pytest.approx(0.8, abs=0.01)


def test_a_cover_on_a_leaning_photo_is_shown_where_it_is_burned_in(desk, tmp_path):
    """2,304 places of a photo that leans by 12 degrees: what the canvas shows as hidden is hidden in the file.

    Tolerance: 3 pixels at the edges (of 1,000), and 5 % more or less of the places.
    """
    desk._bench.session.edit(photos.add_cover("p1", Cover(box=(0.3, 0.45, 0.4, 0.08), color="#00ff00")))
    desk._bench.session.edit(edits.change_photo("p1", rotate=12.0))
    desk.toolbox.choose_mode("cover")
    settle(desk)
    made = exported(desk, tmp_path / "a.jpg")
    seen = desk.canvas.grab().toImage()
    shown = hidden = 0
    for x in range(2, 98, 2):
        for y in range(2, 98, 2):
            pixel = seen.pixelColor(at(desk, x / 100, y / 100))
            on_canvas = pixel.green() > 200 > pixel.red() + 80
            place = int(x / 100 * made.width), int(y / 100 * made.height)
            near = [made.getpixel((place[0] + across, place[1] + down)) for across in (-3, 0, 3) for down in (-3, 0, 3)]
            greens = [green > 200 > red + 80 for red, green, _ in near]
            shown += on_canvas
            hidden += greens[4]
            assert any(greens) or not on_canvas, (x, y)
            assert on_canvas or not all(greens), (x, y)
    assert hidden > 100
    assert shown == pytest.approx(hidden, rel=0.05)


def test_a_cover_drawn_on_a_leaning_photo_hides_all_that_was_drawn_and_does_not_grow_when_moved(desk, tmp_path):
    desk._bench.session.edit(edits.change_photo("p1", rotate=12.0))
    desk.covers.draw.click()
    settle(desk)
    drag(desk, (0.3, 0.4), (0.7, 0.5))
    made = exported(desk, tmp_path / "a.jpg")
    for x, y in ((0.3, 0.4), (0.7, 0.4), (0.3, 0.5), (0.7, 0.5), (0.5, 0.45)):
        red, green, blue = made.getpixel((int(x * made.width), int(y * made.height)))
        assert max(red, green, blue) < 80, (x, y)
    size = photo(desk).covers[0].box[2:]
    for _ in range(3):
        drag(desk, (0.5, 0.45), (0.52, 0.47))
        drag(desk, (0.52, 0.47), (0.5, 0.45))
    assert photo(desk).covers[0].box[2:] == pytest.approx(size, abs=1e-6)


def test_the_original_is_shown_without_marks_and_cannot_be_worked_on(desk):
    desk._bench.session.edit(edits.change_photo("p1", rotate=90.0))
    desk._bench.session.edit(photos.add_cover("p1", Cover(box=(0.0, 0.0, 1.0, 1.0), color="#00ff00")))
    settle(desk)
    desk.toolbox.compare.pressed.emit()
    settle(desk)
    seen = desk.canvas.grab().toImage().pixelColor(at(desk, 0.8, 0.8))
    assert (seen.red(), seen.green()) == pytest.approx((128, 128), abs=6)
    QTest.mouseClick(desk.canvas, Qt.MouseButton.LeftButton, pos=at(desk, 0.1, 0.1))
    assert photo(desk).focus is None
    desk.toolbox.compare.released.emit()
    settle(desk)
    assert desk.canvas.grab().toImage().pixelColor(at(desk, 0.8, 0.8)).green() > 240


def test_an_ellipse_drawn_on_a_leaning_photo_hides_all_that_was_drawn(desk, tmp_path):
    """Long and thin, as over a number plate, in the middle and at the edges: 36 places just within its rim are dark."""
    desk._bench.session.edit(edits.change_photo("p1", rotate=35.0))
    desk.covers.shape.setCurrentIndex(1)
    before = desk._bench.session.story
    for corner in ((0.1, 0.6), (0.0, 0.0), (0.62, 0.94)):
        back_to(desk, before)
        assert_drawn_ellipse_hides(desk, tmp_path, corner)


def assert_drawn_ellipse_hides(desk, tmp_path, corner) -> None:
    desk.covers.draw.click()
    settle(desk)
    left, top = corner
    drag(desk, corner, (left + 0.38, top + 0.06))
    made = exported(desk, tmp_path / "a.jpg")
    for degree in range(0, 360, 10):
        x = left + 0.19 * (1 + 0.97 * cos(radians(degree)))
        y = top + 0.03 * (1 + 0.9 * sin(radians(degree)))
        pixel = made.getpixel((min(made.width - 1, int(x * made.width)), min(made.height - 1, int(y * made.height))))
        assert max(pixel) < 80, (degree, x, y)

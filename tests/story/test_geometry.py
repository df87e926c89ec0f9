"""The laws of crops and turns."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from studio.story import geometry as g

sides = st.integers(1, 12_000)
fractions = st.floats(0, 1)
points = st.tuples(fractions, fractions)
ratios = st.one_of(st.sampled_from([1.0, 0.8, 9 / 16, 16 / 9, 1200 / 630]), st.floats(0.05, 20))
boxes = st.tuples(st.floats(0, 0.95), st.floats(0, 0.95), st.floats(0.01, 1), st.floats(0.01, 1))
anything = st.floats(allow_nan=True, allow_infinity=True)


def inside(point: int, low: int, high: int) -> bool:
    return low <= point < high


@given(sides, sides, ratios, points)
def test_focus_is_always_inside(width, height, ratio, focus):
    left, top, right, bottom = g.crop_box(width, height, ratio, focus)
    assert inside(min(width - 1, int(focus[0] * width)), left, right)
    assert inside(min(height - 1, int(focus[1] * height)), top, bottom)


@given(sides, sides, ratios, st.none() | points, st.none() | boxes)
def test_ratio_is_exact_to_a_pixel(width, height, ratio, focus, crop):
    area = g.pixel_box(crop, width, height)
    left, top, right, bottom = g.crop_box(width, height, ratio, focus, crop)
    new_width, new_height = right - left, bottom - top
    across = new_width == area[2] - area[0] and new_height == max(1, round(new_width / ratio))
    along = new_height == area[3] - area[1] and new_width == max(1, round(new_height * ratio))
    assert across or along


@given(sides, sides, ratios, st.none() | points, st.none() | boxes)
def test_crop_lies_in_its_area(width, height, ratio, focus, crop):
    area = g.pixel_box(crop, width, height)
    left, top, right, bottom = g.crop_box(width, height, ratio, focus, crop)
    assert 0 <= area[0] <= left < right <= area[2] <= width
    assert 0 <= area[1] <= top < bottom <= area[3] <= height
    assert all(isinstance(side, int) for side in (left, top, right, bottom))


@given(sides, sides, ratios, st.tuples(anything, anything), st.tuples(anything, anything, anything, anything))
def test_nonsense_never_leaves_the_picture(width, height, ratio, focus, crop):
    left, top, right, bottom = g.crop_box(width, height, ratio, focus, crop)
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height


@given(sides, sides, ratios)
def test_without_focus_the_crop_is_centred(width, height, ratio):
    left, top, right, bottom = g.crop_box(width, height, ratio, None)
    assert abs(left - (width - right)) <= 1
    assert abs(top - (height - bottom)) <= 1


@pytest.mark.parametrize(
    ("focus", "expected"),
    [((0.5, 0.5), (500, 0, 1500, 1000)), ((0.0, 0.5), (0, 0, 1000, 1000)), ((1.0, 0.2), (1000, 0, 2000, 1000))],
)
def test_square_of_a_landscape(focus, expected):
    assert g.crop_box(2000, 1000, 1.0, focus) == expected


def test_explicit_crop_wins_over_the_focus_and_is_then_fitted():
    assert g.crop_box(2000, 1000, 1.0, (0.9, 0.5), (0.1, 0.0, 0.3, 1.0)) == (200, 200, 800, 800)


@pytest.mark.parametrize("ratio", [0.0, -1.0, math.nan, math.inf])
def test_impossible_ratio(ratio):
    with pytest.raises(ValueError, match="no crop"):
        g.crop_box(10, 10, ratio, None)


@pytest.mark.parametrize(
    ("width", "height", "key"),
    [
        (1080, 1080, "1:1"),
        (1080, 1350, "4:5"),
        (1080, 1920, "9:16"),
        (1280, 720, "16:9"),
        (1080, 607, "16:9"),
        (1200, 630, "1.91:1"),
        (191, 100, "1.91:1"),
        (1600, 1200, "4:3"),
        (5, 7, "5:7"),
        (2350, 1000, "2.35:1"),
        (1, 3, "1:3"),
    ],
)
def test_ratio_key(width, height, key):
    assert g.ratio_key(width, height) == key


@given(st.integers(50, 4000), st.integers(50, 4000), st.integers(2, 5))
def test_ratio_key_does_not_depend_on_the_scale(width, height, times):
    assert g.ratio_key(width, height) == g.ratio_key(width * times, height * times)


@given(sides, sides, points, st.floats(-360, 360), st.booleans())
def test_turning_back_returns_the_point(width, height, point, rotate, flip):
    turned = g.turn_point(point, g.Turn(width, height, rotate, flip))
    assert g.upright_point(turned, g.Turn(width, height, rotate, flip)) == pytest.approx(point, abs=1e-6)


@given(sides, sides, boxes, st.sampled_from([0, 90, 180, 270, -90, 450]), st.booleans())
def test_turning_back_returns_the_box(width, height, box, rotate, flip):
    box = g.tidy_box(box)
    turned = g.turn_box(box, g.Turn(width, height, rotate, flip))
    assert g.upright_box(turned, g.Turn(width, height, rotate, flip)) == pytest.approx(box, abs=1e-6)


@given(st.integers(100, 8000), st.integers(100, 8000), st.floats(-45, 45))
def test_no_empty_corner_is_left(width, height, tilt):
    """Every corner of the straightened picture comes from inside the original."""
    new = g.turned_size(g.Turn(width, height, tilt))
    assert new[0] <= width
    assert new[1] <= height
    for corner in ((0, 0), (1, 0), (0, 1), (1, 1)):
        x, y = g.upright_point(corner, g.Turn(width, height, tilt))
        assert -1e-6 <= x <= 1 + 1e-6
        assert -1e-6 <= y <= 1 + 1e-6


@given(st.integers(200, 8000), st.integers(200, 8000), st.floats(-20, 20))
def test_straightening_keeps_the_shape(width, height, tilt):
    assume(0.3 < width / height < 3)
    new = g.turned_size(g.Turn(width, height, tilt))
    assert new[0] / new[1] == pytest.approx(width / height, rel=0.03)


def test_quarter_turn_moves_the_top_left_corner_to_the_top_right():
    assert g.turned_size(g.Turn(400, 300, 90)) == (300, 400)
    assert g.turn_point((0, 0), g.Turn(400, 300, 90)) == pytest.approx((1, 0))
    assert g.turn_point((0, 0), g.Turn(400, 300, 90, flip=True)) == pytest.approx((0, 0))
    assert g.turn_box((0, 0, 0.25, 0.5), g.Turn(400, 300, 90)) == pytest.approx((0.5, 0, 0.5, 0.25))


@given(sides, sides, boxes, st.floats(-360, 360), st.booleans())
def test_turned_box_stays_inside(width, height, box, rotate, flip):
    x, y, box_width, box_height = g.turn_box(box, g.Turn(width, height, rotate, flip))
    assert 0 <= x <= x + box_width <= 1 + 1e-9
    assert 0 <= y <= y + box_height <= 1 + 1e-9


@given(boxes)
def test_a_grown_box_holds_the_box(box):
    box = g.tidy_box(box)
    x, y, width, height = g.grow_box(box, 0.05)
    assert x <= box[0] + 1e-12
    assert y <= box[1] + 1e-12
    assert x + width >= box[0] + box[2] - 1e-9
    assert y + height >= box[1] + box[3] - 1e-9


@given(sides, sides, st.tuples(sides, sides))
def test_inside_never_enlarges_and_never_exceeds(width, height, limit):
    new = g.inside_size(width, height, limit)
    assert 1 <= new[0] <= min(width, limit[0])
    assert 1 <= new[1] <= min(height, limit[1])


def test_inside_size():
    assert g.inside_size(4000, 3000, (1600, 1600)) == (1600, 1200)
    assert g.inside_size(400, 300, (1600, 1600)) == (400, 300)
    assert g.inside_size(400, 300, (1600, 1600), enlarge=True) == (1600, 1200)


@given(st.floats(0.05, 0.4), st.floats(0.05, 0.4), st.floats(-20, 20), st.booleans())
def test_a_cover_around_what_was_drawn_on_a_leaning_photo_holds_its_corners(wide, high, tilt, flip):
    drawn = (0.3, 0.35, wide, high)
    around = g.upright_around(drawn, g.Turn(1200, 800, tilt, flip))
    for x in (0.3, 0.3 + wide):
        for y in (0.35, 0.35 + high):
            at = g.upright_point((x, y), g.Turn(1200, 800, tilt, flip))
            assert around[0] - 1e-9 <= at[0] <= around[0] + around[2] + 1e-9
            assert around[1] - 1e-9 <= at[1] <= around[1] + around[3] + 1e-9


@given(st.floats(0.02, 0.4), st.floats(0.02, 0.4), st.floats(-45, 45), st.booleans())
def test_an_ellipse_drawn_on_a_leaning_photo_lies_within_the_one_that_covers_it(wide, high, tilt, flip):
    """Also a long one, whose tips the ellipse in the box around it does not reach. Tolerance: 0.1 % of its radius."""
    drawn = (0.3, 0.35, wide, high)
    x, y, across, down = g.upright_around(drawn, g.Turn(1200, 800, tilt, flip), ellipse=True)
    assume(min(x, y) > 0 and max(x + across, y + down) < 1)
    for degree in range(0, 360, 15):
        rim = (
            0.3 + wide / 2 * (1 + math.cos(math.radians(degree))),
            0.35 + high / 2 * (1 + math.sin(math.radians(degree))),
        )
        at = g.upright_point(rim, g.Turn(1200, 800, tilt, flip))
        apart = math.hypot((at[0] - x) / across * 2 - 1, (at[1] - y) / down * 2 - 1)
        assert apart <= 1.001

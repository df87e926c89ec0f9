"""Uncovering is noticed: whatever a cover no longer hides, somebody has to look at again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from studio.story import clips, photos
from studio.story.cover_geometry import ellipse_strips, hides_as_much
from studio.story.cover_path import still_covers, with_path
from studio.story.model import Cover, CoverKeyframe, Photo, Story, Video

share = st.integers(0, 8).map(lambda value: value / 8)
length = st.integers(1, 8).map(lambda value: value / 8)
time = st.none() | st.integers(0, 4).map(float)
covers = st.builds(
    Cover,
    box=st.tuples(share, share, length, length),
    shape=st.sampled_from(["box", "ellipse"]),
    start=time,
    end=time,
    whole=st.booleans(),
)
keyframes = st.lists(
    st.tuples(st.integers(0, 4), st.tuples(share, share, length, length)),
    min_size=2,
    max_size=4,
    unique_by=lambda k: k[0],
).map(lambda rows: [CoverKeyframe(at=float(at), box=box) for at, box in rows])
moving = st.builds(with_path, covers, keyframes)
COVER = Cover(box=(0.3, 0.3, 0.2, 0.2), start=1.0, end=3.0)


def hides(cover: Cover, x: float, y: float, at: float) -> bool:
    return any(hides_still(still, x, y, at) for still in still_covers(cover))


def hides_still(cover: Cover, x: float, y: float, at: float) -> bool:
    if not (cover.start or 0.0) <= at <= (99.0 if cover.end is None else cover.end):
        return False
    left, top, wide, high = cover.box
    if cover.whole:
        return True
    if cover.shape == "ellipse":
        return ((x - left - wide / 2) / (wide / 2)) ** 2 + ((y - top - high / 2) / (high / 2)) ** 2 <= 1
    return left <= x <= left + wide and top <= y <= top + high


@given(covers | moving, covers | moving, share, share, st.integers(0, 10).map(lambda half: half / 2))
def test_what_was_hidden_still_is_where_a_cover_hides_as_much(before, after, x, y, at):
    if hides_as_much(before, after) and hides(before, x, y, at):
        assert hides(after, x, y, at)


@given(covers | moving, st.sampled_from(["solid", "mean"]))
def test_another_colour_hides_as_much(cover, style):
    assert hides_as_much(cover, replace(cover, style=style, color="#ffffff"))


@pytest.mark.parametrize(
    ("changes", "still"),
    [
        ({"color": "#ffffff"}, True),
        ({"style": "mean"}, True),
        ({"box": (0.2, 0.2, 0.4, 0.4)}, True),
        ({"box": (0.31, 0.3, 0.2, 0.2)}, False),
        ({"box": (0.3, 0.3, 0.19, 0.2)}, False),
        ({"shape": "ellipse"}, False),
        ({"start": 0.5, "end": 4.0}, True),
        ({"start": None, "end": None}, True),
        ({"end": 2.9}, False),
        ({"start": 1.1}, False),
        ({"whole": True}, True),
    ],
)
def test_that_nobody_can_be_recognised_is_asked_anew_where_a_cover_hides_less(changes, still):
    clip = Video(id="v", file="a.mp4", seconds=9.0, covers=(COVER,), people_checked=True)
    photo = Photo(id="p", file="a.jpg", covers=(COVER,), people_checked=True)
    story = Story(id="s", videos=(clip,), photos=(photo,))
    after = clips.change_cover("v", 0, **changes).apply(story)
    assert after.videos[0].people_checked is still
    assert photos.change_cover("p", 0, **changes).apply(story).photos[0].people_checked is still


def test_it_is_asked_anew_when_a_cover_of_a_clip_is_taken_off():
    clip = Video(id="v", file="a.mp4", covers=(COVER,), people_checked=True)
    story = Story(id="s", videos=(clip,))
    assert not clips.remove_cover("v", 0).apply(story).videos[0].people_checked
    assert clips.remove_cover("v", 5).apply(story).videos[0].people_checked


@given(st.tuples(*[st.integers(-20, 200)] * 2, st.integers(1, 400), st.integers(1, 400)))
def test_the_boxes_of_an_ellipse_hide_all_of_it_and_nothing_outside_its_hull(place):
    left, top, right, bottom = (2 * side for side in (place[0], place[1], place[0] + place[2], place[1] + place[3]))
    strips = ellipse_strips((left, top, right, bottom))
    assert len(strips) <= 64
    assert [strip[1] for strip in strips] == [top, *(strip[3] for strip in strips[:-1])], "no row is left out"
    assert strips[-1][3] == bottom
    assert all(side % 2 == 0 for strip in strips for side in strip), "colours of clips are kept for pairs of pixels"
    assert (min(strip[0] for strip in strips), max(strip[2] for strip in strips)) == (left, right)
    middle, centre = (left + right) / 2, (top + bottom) / 2
    for first, upper, last, lower in strips:
        for y in range(upper, lower + 1):
            half = (right - left) / 2 * max(0.0, 1 - ((y - centre) / (bottom - centre)) ** 2) ** 0.5
            assert first - 0.001 <= middle - half
            assert middle + half <= last + 0.001

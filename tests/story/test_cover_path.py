"""Covers that move: all of the way is hidden, what an older version did to one holds, doubts stay until looked at."""

from __future__ import annotations

from itertools import pairwise
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from studio.story import clips
from studio.story.cover_path import (
    SAME_TIME,
    PathDoubt,
    box_at,
    drop_keyframe,
    join_paths,
    path_doubts,
    path_of,
    put_keyframe,
    settle_doubts,
    still_covers,
    with_path,
)
from studio.story.geometry import WHOLE
from studio.story.model import Cover, CoverKeyframe, Story, Video

side = st.floats(0.0, 0.7)
boxes = st.tuples(side, side, st.floats(0.02, 0.3), st.floats(0.02, 0.3))
times = st.integers(0, 400).map(lambda hundredths: hundredths / 100)
ways = st.lists(st.tuples(times, boxes), min_size=1, max_size=5, unique_by=lambda row: row[0]).map(
    lambda rows: with_path(Cover(), [CoverKeyframe(at=at, box=box) for at, box in rows])
)


def way(*rows, **more):
    """A cover that goes from left to right: (time, left edge, doubt) a keyframe."""
    frames = [CoverKeyframe(at=at, box=(left, 0.3, 0.1, 0.2), doubt=doubt) for at, left, doubt in rows]
    return with_path(Cover(**more), frames)


def inside(inner, outer):
    return all(
        outer[at] <= inner[at] + 1e-9 and outer[at] + outer[at + 2] >= inner[at] + inner[at + 2] - 1e-9 for at in (0, 1)
    )


@given(ways, times)
def test_at_every_moment_the_place_of_a_cover_is_hidden(cover, at):
    now = box_at(cover, at)
    hidden = [
        still.box
        for still in still_covers(cover)
        if (still.start is None or still.start <= at) and (still.end is None or at <= still.end)
    ]
    assert any(inside(now, box) for box in hidden)
    assert all(inside(box, cover.box) for box in hidden), "an older version, which knows the box alone, hides no less"


@given(ways, st.none() | times, st.none() | times)
def test_a_way_keeps_to_the_time_of_its_cover(cover, start, end):
    if start is not None and end is not None and end <= start:
        return
    rows = still_covers(replace(cover, start=start, end=end))
    assert (rows[0].start, rows[-1].end) == (start, end)
    assert all(before.end == after.start for before, after in pairwise(rows))


def test_a_cover_that_stands_still_is_itself():
    assert still_covers(Cover(start=1.0)) == (Cover(start=1.0),)
    assert still_covers(way((2.0, 0.1, ""))) == (Cover(box=(0.1, 0.3, 0.1, 0.2)),)


def test_an_ellipse_is_a_box_while_it_moves():
    shapes = [row.shape for row in still_covers(way((1.0, 0.1, ""), (2.0, 0.5, ""), (3.0, 0.5, ""), shape="ellipse"))]
    assert shapes == ["ellipse", "box", "ellipse"]


@pytest.mark.parametrize("box", [(0.0, 0.0, 0.2, 0.2), (0.1, 0.3, 0.4, 0.2), WHOLE])
def test_where_an_older_version_moved_the_box_it_holds(box):
    cover = replace(way((1.0, 0.1, ""), (2.0, 0.5, "")), box=box)
    assert path_of(cover) == ()
    assert [row.box for row in still_covers(cover)] == [box]
    assert box_at(cover, 1.5) == box


@pytest.mark.parametrize("odd", [nan, inf])
def test_keyframes_that_are_no_numbers_do_not_count(odd):
    cover = replace(way((1.0, 0.1, "")), keyframes=(CoverKeyframe(at=1.0, box=(odd, 0.3, 0.1, 0.2)),))
    assert still_covers(cover)[0].box == cover.box


@given(ways)
def test_what_older_versions_round_changes_no_way(cover):
    rounded = replace(cover, box=clips.tidy_box(cover.box))
    assert path_of(rounded) == path_of(cover)


def test_keyframes_are_put_moved_and_dropped():
    cover = put_keyframe(Cover(box=(0.0, 0.0, 0.2, 0.2)), 1.0, (0.1, 0.3, 0.1, 0.2))
    cover = put_keyframe(cover, 2.0, (0.5, 0.3, 0.1, 0.2))
    assert cover == way((1.0, 0.1, ""), (2.0, 0.5, ""))
    assert put_keyframe(cover, 2.001, (0.4, 0.3, 0.1, 0.2)) == way((1.0, 0.1, ""), (2.0, 0.4, ""))
    assert drop_keyframe(cover, 1.0) == way((2.0, 0.5, ""))
    assert drop_keyframe(cover, 1.5) == cover
    assert drop_keyframe(way((2.0, 0.5, "")), 2.0) == Cover(box=(0.5, 0.3, 0.1, 0.2))


def test_what_is_found_takes_the_place_of_what_was_there():
    before = way((0.0, 0.1, ""), (2.0, 0.2, "lost"), (3.0, 0.3, "lost"), (5.0, 0.4, ""))
    found = way((2.0, 0.5, ""), (3.5, 0.6, "")).keyframes
    # From 3.5 on nothing was found: what was doubted there still is.
    assert join_paths(before, found) == way((0.0, 0.1, ""), (2.0, 0.5, ""), (3.5, 0.6, "lost"), (5.0, 0.4, ""))
    assert join_paths(before, found, from_start=True, to_end=True) == way((2.0, 0.5, ""), (3.5, 0.6, ""))


def test_what_is_followed_anew_from_its_beginning_is_doubted_no_more():
    found = way((0.0, 0.5, ""), (2.0, 0.6, "")).keyframes
    assert join_paths(way((0.0, 0.1, "lost"), (2.0, 0.2, "")), found, to_end=True) == way(
        (0.0, 0.5, ""), (2.0, 0.6, "")
    )


@given(
    st.lists(
        st.tuples(times, boxes, st.sampled_from(["", "lost"])), min_size=1, max_size=5, unique_by=lambda row: row[0]
    ),
    st.tuples(times, times).map(sorted),
    st.sampled_from(["on", "back"]),
    times,
)
def test_following_settles_nothing_that_it_did_not_follow(rows, ends, way_, at):
    cover = with_path(Cover(), [CoverKeyframe(at=at, box=box, doubt=doubt) for at, box, doubt in rows])
    found = [CoverKeyframe(at=end, box=(0.1, 0.1, 0.2, 0.2)) for end in dict.fromkeys(ends)]
    after = join_paths(cover, found, from_start=way_ == "back", to_end=way_ == "on")

    def doubted(of):
        return any(doubt.start < at < doubt.end for doubt in path_doubts(of))

    followed = at >= found[0].at - SAME_TIME if way_ == "on" else at <= found[-1].at + SAME_TIME
    if doubted(cover) and not followed:
        assert doubted(after)


def test_doubts_are_joined_kept_by_edits_and_settled_by_looking():
    cover = way((1.0, 0.1, ""), (2.0, 0.2, "crossed"), (3.0, 0.3, "lost"), (4.0, 0.4, ""), (6.0, 0.5, "edge"))
    assert path_doubts(cover) == (PathDoubt(2.0, 4.0, "crossed"), PathDoubt(6.0, inf, "edge"))
    assert path_doubts(replace(cover, end=5.0)) == (PathDoubt(2.0, 4.0, "crossed"),)
    assert len(path_doubts(put_keyframe(cover, 2.5, (0.3, 0.3, 0.1, 0.2)))) == 2
    assert path_doubts(drop_keyframe(cover, 2.0))[0] == PathDoubt(-inf, 4.0, "crossed")  # the first keyframe has it now
    assert path_doubts(drop_keyframe(cover, 3.0))[0] == PathDoubt(2.0, 4.0, "crossed")
    settled = settle_doubts(cover, 2.0, 4.0)
    assert path_doubts(settled) == (PathDoubt(6.0, inf, "edge"),)
    assert still_covers(settled) == still_covers(cover)


def test_no_keyframe_takes_its_doubt_along():
    cover = way((1.0, 0.1, "lost"), (2.0, 0.2, ""), (3.0, 0.3, ""))
    assert path_doubts(cover) == (PathDoubt(-inf, 2.0, "lost"),)
    fewer = drop_keyframe(cover, 1.0)
    assert path_doubts(fewer) == (PathDoubt(-inf, 3.0, "lost"),)
    assert path_doubts(drop_keyframe(fewer, 2.0)) == (PathDoubt(-inf, inf, "lost"),)
    last = drop_keyframe(drop_keyframe(fewer, 2.0), 3.0)
    assert path_doubts(last) == (PathDoubt(-inf, inf, "lost"),)
    assert drop_keyframe(settle_doubts(last, -inf, 0.0), 3.0).keyframes == ()
    assert path_doubts(put_keyframe(cover, 0.2, (0.3, 0.3, 0.1, 0.2)))[0].start == -inf


def test_only_what_a_cover_hides_is_settled_what_lies_beyond_its_time_stays_doubted():
    cover = way((0.0, 0.1, "lost"), (1.0, 0.2, "lost"), (3.0, 0.3, ""), (5.0, 0.4, "edge"), start=2.0, end=4.0)
    (doubt,) = path_doubts(cover)
    settled = settle_doubts(cover, doubt.start, doubt.end)
    assert path_doubts(settled) == ()
    assert path_doubts(replace(settled, start=None, end=None)) == (
        PathDoubt(-inf, 1, "lost"),
        PathDoubt(5, inf, "edge"),
    )


def test_a_box_given_to_a_moving_cover_stands_still():
    story = Story(id="s", videos=(Video(id="v", file="a.mp4", covers=(way((1.0, 0.1, ""), (2.0, 0.5, "")),)),))
    (after,) = clips.change_cover("v", 0, box=(0.2, 0.2, 0.2, 0.2)).apply(story).videos[0].covers
    assert after == Cover(box=(0.2, 0.2, 0.2, 0.2))
    (timed,) = clips.change_cover("v", 0, start=1.0).apply(story).videos[0].covers
    assert len(path_of(timed)) == 2


@pytest.mark.parametrize(("to", "still"), [(0.6, True), (0.55, False)])
def test_that_nobody_can_be_recognised_is_asked_anew_where_a_way_hides_less(to, still):
    before = way((1.0, 0.1, ""), (2.0, 0.6, ""))
    story = Story(id="s", videos=(Video(id="v", file="a.mp4", covers=(before,), people_checked=True),))
    edit = clips.change_path("v", 0, lambda cover: put_keyframe(cover, 2.0, (to, 0.3, 0.1, 0.2)))
    assert edit.apply(story).videos[0].people_checked is still

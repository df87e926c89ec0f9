"""Pieces and covers of a clip: laws that hold for any of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from studio.story import clips
from studio.story.model import Cover, Cut, Story, Video

SECONDS = 60.0
times = st.floats(0, SECONDS).map(lambda value: round(value, 3))
cut = st.tuples(times, times).filter(lambda pair: pair[1] - pair[0] >= 0.5).map(lambda p: Cut(start=p[0], end=p[1]))
cut_lists = st.lists(cut, min_size=1, max_size=6).map(tuple)


def story(cuts=()) -> Story:
    return Story(id="s", videos=(Video(id="v", file="a.mp4", seconds=SECONDS, cuts=tuple(cuts)),))


def kept(after: Story):
    return clips.kept_pieces(after.videos[0])


@given(cut_lists, st.floats(0, 1))
def test_a_time_of_the_result_is_found_in_the_original_and_back(cuts, share):
    whole = clips.pieces_length(cuts)
    at = whole * share * 0.999
    number, source = clips.to_source(cuts, at)
    assert cuts[number].start <= source <= cuts[number].end
    assert abs(clips.to_result(cuts, number, source) - at) < 1e-6


@given(cut_lists, st.integers(0, 5), times)
def test_splitting_keeps_everything(cuts, number, at):
    after = kept(clips.split_piece("v", SECONDS, number, at).apply(story(cuts)))
    assert abs(clips.pieces_length(after) - clips.pieces_length(cuts)) < 0.002
    assert len(after) - len(cuts) in {0, 1}
    if len(after) > len(cuts):
        assert after[number].end == after[number + 1].start == at


@given(cut_lists, st.integers(-1, 7), st.floats(-10, 80), st.booleans())
def test_trimming_never_leaves_the_clip_nor_makes_a_flash(cuts, number, at, begin):
    edit = clips.trim_piece("v", SECONDS, number, at if begin else None, None if begin else at)
    after = kept(edit.apply(story(cuts)))
    for piece in after:
        assert 0 <= piece.start < piece.end <= SECONDS
        assert piece.end - piece.start >= clips.LEAST - 0.0011


@given(cut_lists, st.integers(0, 5), st.integers(-2, 8))
def test_moving_changes_nothing_but_the_order(cuts, number, to):
    after = kept(clips.move_piece("v", SECONDS, number, to).apply(story(cuts)))
    assert sorted(after, key=repr) == sorted(cuts, key=repr)
    if number < len(cuts):
        assert after[max(0, min(to, len(cuts) - 1))] == cuts[number]


def test_the_last_piece_stays_and_a_whole_clip_is_stored_plainly():
    one = story((Cut(start=1, end=2),))
    assert clips.remove_piece("v", SECONDS, 0).apply(one) is one
    whole = clips.trim_piece("v", SECONDS, 0, start=0).apply(story((Cut(start=1, end=SECONDS),)))
    assert whole.videos[0].cuts == ()
    added = clips.add_piece("v", SECONDS, 3, 5, 1).apply(story())
    assert kept(added) == (Cut(start=0, end=SECONDS), Cut(start=3, end=5))
    assert clips.add_piece("v", SECONDS, 3, 3.1, 1).apply(story()).videos[0].cuts == ()


def test_an_edit_that_changes_nothing_returns_the_same_story():
    before = story((Cut(start=1, end=5),))
    for edit in (
        clips.split_piece("v", SECONDS, 0, 1.05),
        clips.move_piece("v", SECONDS, 0, 0),
        clips.trim_piece("v", SECONDS, 0, start=1),
        clips.remove_cover("v", 3),
        clips.change_cover("v", 0, box=(0, 0, 1, 1)),
        clips.set_pieces("other", SECONDS, ()),
        clips.set_slideshow(None),
    ):
        assert edit.apply(before) is before


@given(st.tuples(*[st.floats(-2, 3)] * 4))
def test_a_cover_is_always_a_box_in_the_picture(box):
    x, y, width, height = clips.tidy_box(box)
    assert 0 <= x <= x + width <= 1.0001
    assert 0 <= y <= y + height <= 1.0001
    assert min(width, height) >= clips.SMALLEST - 0.0002


def test_a_focus_for_all_clears_those_of_the_pieces():
    before = story((Cut(start=0, end=5), Cut(start=8, end=9, focus=(0.1, 0.1))))
    one = clips.set_focus("v", SECONDS, (2.0, 0.5), 0).apply(before)
    assert one.videos[0].cuts[0].focus == (1.0, 0.5)
    every = clips.set_focus("v", SECONDS, (0.3, 0.4), None).apply(one)
    assert every.videos[0].focus == (0.3, 0.4)
    assert all(piece.focus is None for piece in every.videos[0].cuts)


def test_covers_hold_between_their_times():
    always, some = Cover(), Cover(start=2.0, end=3.0)
    assert clips.shown_at(always, 50)
    assert [clips.shown_at(some, at) for at in (1.9, 2.0, 3.0, 3.1)] == [False, True, True, False]
    before = replace(story(), videos=(Video(id="v", file="a.mp4", covers=(some,)),))
    late = clips.change_cover("v", 0, end=1.0).apply(before).videos[0].covers[0]
    assert (late.start, late.end) == (None, None)

"""Subtitles while they are written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studio.story import subtitle_cues
from studio.story.model import Cue

words = st.lists(st.text("abcdeghij,.", min_size=1, max_size=8), min_size=1, max_size=9).map(" ".join)
spans = st.tuples(st.floats(0, 50), st.floats(0.5, 8)).map(lambda pair: (round(pair[0], 3), round(sum(pair), 3)))
cue = st.builds(lambda span, text: Cue(start=span[0], end=span[1], text=text), spans, words)
lists = st.lists(cue, min_size=1, max_size=6).map(lambda found: tuple(sorted(found, key=lambda each: each.start)))


def said(found) -> str:
    return " ".join(" ".join(each.text.split()) for each in found)


@given(lists, st.integers(0, 5), st.floats(0, 60) | st.none())
def test_splitting_and_merging_lose_no_word(found, number, at):
    number %= len(found)
    halves, first = subtitle_cues.split_cue(found, number, at)
    assert said(halves) == said(found)
    if len(halves) > len(found):
        assert halves[first].end == halves[first + 1].start
        again, _ = subtitle_cues.merge_cues(halves, first)
        assert said(again) == said(found)
        assert (again[first].start, again[first].end) == (found[number].start, found[number].end)


@given(lists, st.floats(-30, 30), st.integers(0, 5))
def test_shifting_keeps_lengths_and_never_begins_before_the_clip(found, by, first):
    moved = subtitle_cues.shift_cues(found, by, first)
    assert len(moved) == len(found)
    assert all(each.start >= 0 for each in moved)
    before = sorted(round(each.end - each.start, 2) for each in found)
    assert all(
        abs(one - other) < 0.02
        for one, other in zip(sorted(each.end - each.start for each in moved), before, strict=True)
    )


@given(lists, st.floats(0, 55))
def test_a_new_cue_is_in_order_and_found_again(found, at):
    after, number = subtitle_cues.add_cue(found, at, 60.0, "baru")
    assert after[number].text == "baru"
    assert [each.start for each in after] == sorted(each.start for each in after)
    assert after[number].end > after[number].start


@given(lists, st.integers(0, 5), st.floats(0, 60), st.booleans())
def test_a_retimed_cue_has_a_length_and_its_place(found, number, at, begin):
    number %= len(found)
    after, there = subtitle_cues.retime_cue(found, number, at if begin else None, None if begin else at)
    assert after[there].text == found[number].text
    assert after[there].end - after[there].start >= 0.19
    assert [each.start for each in after] == sorted(each.start for each in after)


def test_what_is_wrong_is_named_worst_first():
    found = (
        Cue(start=0, end=1, text=" "),
        Cue(start=1, end=2, text="x" * 18),
        Cue(start=2, end=2.5, text="ya"),
        Cue(start=3, end=11, text="lama sekali di layar"),
        Cue(start=12, end=14, text="bertumpuk"),
        Cue(start=13, end=15, text="dengan ini"),
    )
    assert [subtitle_cues.cue_trouble(found, at) for at in range(6)] == [
        "empty",
        "fast",
        "short",
        "long",
        "overlap",
        "",
    ]


def test_a_cue_is_split_after_a_comma_near_the_middle():
    text = "Panen raya pekan depan, kata Kepala Dusun Cibeureum."
    (first, second), _ = subtitle_cues.split_cue((Cue(start=0, end=4, text=text),), 0)
    assert first.text.endswith("depan,")
    assert second.text.startswith("kata")
    assert subtitle_cues.split_cue((Cue(start=0, end=4, text="satu"),), 0)[0] == (Cue(start=0, end=4, text="satu"),)

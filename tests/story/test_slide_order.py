"""Which slides of a carousel are shown, and in which order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.story.explainer_slides import Slide
from studio.story.slide_order import OFF, arranged_slides, slide_marks

OFFERED = (Slide("cover"), Slide("points"), Slide("points"), Slide("quote"), Slide("photo", photo="p2"), Slide("call"))
KEYS = ("cover", "points", "points-2", "quote", "photo:p2", "call")


@pytest.mark.parametrize(
    ("marks", "shown"),
    [
        (None, KEYS),
        ((), KEYS),
        (
            ("cover", "quote", "-points", "points-2", "photo:p2", "call"),
            ("cover", "quote", "points-2", "photo:p2", "call"),
        ),
        # Slides that came since stand where they are proposed; those that are gone count for nothing.
        (("cover", "call", "quote", "photo:gone"), ("cover", "points", "points-2", "call", "quote", "photo:p2")),
        (("call", "-cover"), ("cover", "call", "points", "points-2", "quote", "photo:p2")),
        (("cover", *(f"-{key}" for key in KEYS[1:])), ("cover",)),
    ],
)
def test_marks_say_what_is_shown_and_in_which_order(marks, shown):
    assert tuple(choice.key for choice in arranged_slides(OFFERED, marks) if choice.shown) == shown


@given(st.lists(st.sampled_from([*KEYS, *(OFF + key for key in KEYS), "steps", ""]), max_size=9))
def test_no_slide_is_lost_or_doubled_and_marks_say_again_what_they_said(marks):
    choices = arranged_slides(OFFERED, marks)
    assert sorted(choice.key for choice in choices) == sorted(KEYS)
    assert (choices[0].key, choices[0].shown) == ("cover", True)
    assert arranged_slides(OFFERED, slide_marks((choice.key, choice.shown) for choice in choices)) == choices

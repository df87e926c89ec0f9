"""How long a moving card is, and what it leaves out: laws that hold for any story."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.export.planning.motion_timing import CLOSING, LENGTHS, SceneTurns, lay_out_timeline, reading_seconds

TURN = st.floats(1.8, 9.0)
NEEDS = st.builds(
    lambda title, verdict, facts, points, quote: (
        SceneTurns("judul", (title,)),
        *(SceneTurns("vonis", (each,)) for each in verdict),
        *(SceneTurns("fakta", (each,)) for each in facts),
        *((SceneTurns("poin", tuple(points)),) if points else ()),
        *(SceneTurns("kutipan", (each,)) for each in quote),
        SceneTurns("penutup", (CLOSING,)),
    ),
    TURN,
    st.lists(TURN, max_size=1),
    st.lists(TURN, max_size=1),
    st.lists(TURN, max_size=4),
    st.lists(TURN, max_size=1),
)


@settings(max_examples=150)
@given(NEEDS, st.sampled_from((0, *LENGTHS)), st.sampled_from((0.0, 0.0, 12.4, 45.0)), st.sampled_from((24, 30)))
def test_everything_that_is_shown_can_be_read_and_the_length_is_one_of_the_three(needs, wanted, spoken, fps):
    told = lay_out_timeline(needs, wanted, spoken)
    by_name = {scene.scene: scene for scene in needs}
    assert [told.scenes[0].scene, told.scenes[-1].scene] == ["judul", "penutup"]
    for scene in told.scenes:
        assert all(shown >= need - 1e-6 for shown, need in zip(scene.turns, by_name[scene.scene].turns, strict=False))
    asked = sum(len(scene.turns) for scene in needs)
    assert told.left_out == asked - sum(len(scene.turns) for scene in told.scenes)
    seconds = told.seconds
    assert seconds >= spoken - 1e-6
    assert spoken or any(abs(seconds - length) < 1e-6 for length in LENGTHS)
    assert ("vonis" in by_name) == any(scene.scene == "vonis" for scene in told.scenes)
    firm = sum(scene.seconds for scene in needs if scene.scene in {"judul", "vonis"})
    if wanted and spoken <= wanted and firm + CLOSING <= wanted:
        assert abs(seconds - wanted) < 1e-6
    # A shorter card would have left something out, or would not have held what is spoken.
    if not wanted and not spoken and seconds > LENGTHS[0] + 1e-6:
        shorter = max(length for length in LENGTHS if length < seconds - 1e-6)
        assert sum(scene.seconds for scene in needs) > shorter
    assert sum(map(sum, told.frames(fps))) == round(seconds * fps)


def test_points_go_before_the_quotation_and_never_the_title():
    needs = (
        SceneTurns("judul", (3.0,)),
        SceneTurns("poin", (4.0, 4.0, 4.0)),
        SceneTurns("kutipan", (5.0,)),
        SceneTurns("penutup", (CLOSING,)),
    )
    assert [(s.scene, len(s.turns)) for s in lay_out_timeline(needs, 15).scenes] == [
        ("judul", 1),
        ("poin", 1),
        ("kutipan", 1),
        ("penutup", 1),
    ]
    assert [scene.scene for scene in lay_out_timeline(needs, 6).scenes] == ["judul", "penutup"]


def test_a_title_that_is_too_long_for_what_was_asked_makes_room_for_more():
    needs = (SceneTurns("judul", (5.0,)), SceneTurns("poin", (4.0, 4.0)), SceneTurns("penutup", (CLOSING,)))
    told = lay_out_timeline(needs, 6)
    assert told.seconds == pytest.approx(15)
    assert [len(scene.turns) for scene in told.scenes] == [1, 2, 1]


@pytest.mark.parametrize(("text", "least"), [("", 1.2), ("Air", 1.2), ("a" * 170, 10.0)])
def test_reading_takes_what_subtitles_are_given(text, least):
    assert least <= reading_seconds(text) <= least + 1.0

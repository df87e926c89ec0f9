"""The self-map's arithmetic, as laws: bounds, weights, monotone, versions; and examples reckoned by hand."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from studio.base.errors import UserError
from studio.base.paths import assets_dir
from studio.group.assessment import Assessment, AssessmentAnswer
from studio.group.instrument import read_instrument
from studio.group.scoring import class_of, next_class, next_steps, score_round

TEXT = (assets_dir() / "group" / "instrument.toml").read_text(encoding="utf-8")
KIM = read_instrument(TEXT)
IDS = [each.id for each in KIM.indicator]
SOME = settings(max_examples=40, deadline=None)


def of(scores, **more):
    answers = {name: AssessmentAnswer(score=score) for name, score in scores.items()}
    return Assessment(instrument=KIM.key, date="2026-11-30", answers=answers, **more)


answers = st.dictionaries(st.sampled_from(IDS), st.integers(0, 4))
whole = st.fixed_dictionaries({name: st.integers(0, 4) for name in IDS})


def test_the_instrument_is_the_one_of_the_page():
    assert KIM.key == "kim-20/1"
    assert len(IDS) == 20
    assert {each.id: each.weight for each in KIM.dimension} == {"KL": 15, "KP": 40, "US": 20, "KD": 25}
    assert {each.id for each in KIM.indicator if each.counted == "yes"} == {"KP1", "KP2", "KP3", "KP4", "KP5"}
    assert all(set(each.levels) == set(each.title) == {"id", "en"} for each in KIM.indicator)


@SOME
@given(answers, st.booleans())
def test_everything_stays_between_0_and_100_and_the_index_between_its_dimensions(scores, no_business):
    result = score_round(of(scores, no_business=no_business), KIM)
    known = [each.score for each in result.dimensions if each.score is not None]
    if not known:
        assert result.index is None
        return
    assert all(0 <= score <= 100 for score in known)
    assert min(known) - 1e-6 <= result.index <= max(known) + 1e-6
    assert result.map_class == class_of(result.index, KIM)


@SOME
@given(whole, st.sampled_from(IDS))
def test_a_better_answer_never_makes_anything_worse(scores, name):
    worse = score_round(of(scores | {name: max(0, scores[name] - 1)}), KIM)
    better = score_round(of(scores), KIM)
    assert better.index >= worse.index
    assert better.map_class.least >= worse.map_class.least
    for figure in KIM.figure:
        assert better.figure(figure.id) >= worse.figure(figure.id)


@SOME
@given(whole)
def test_without_a_business_the_other_weights_are_scaled_up(scores):
    result = score_round(of(scores, no_business=True), KIM)
    by_hand = (15 * result.dimension("KL") + 40 * result.dimension("KP") + 25 * result.dimension("KD")) / 80
    assert result.index == pytest.approx(by_hand)
    assert result.dimension("US") is None
    assert result.figure("business") is None
    assert (result.answered, result.asked) == (16, 16)
    others = {name: score for name, score in scores.items() if not name.startswith("US")}
    assert score_round(of(others, no_business=True), KIM) == result


@SOME
@given(st.integers(0, 4))
def test_the_same_answer_everywhere_is_that_share_whatever_the_weights(score):
    for no_business in (False, True):
        result = score_round(of(dict.fromkeys(IDS, score), no_business=no_business), KIM)
        assert result.index == pytest.approx(25 * score)


@SOME
@given(whole, answers)
def test_another_version_compares_what_is_common_and_another_instrument_nothing(scores, extra):
    newer = of(scores)
    newer = replace(newer, instrument="kim-20/2", answers=newer.answers | {"KP9": AssessmentAnswer(score=4)})
    assert score_round(newer, KIM).index == score_round(of(scores), KIM).index
    assert score_round(newer, KIM).compared == "version"
    other = replace(of(extra), instrument="lain/1")
    assert (score_round(other, KIM).compared, score_round(other, KIM).index) == ("other", None)


@SOME
@given(answers, st.booleans())
def test_each_step_lifts_the_index_by_what_it_says_once_all_is_answered(scores, no_business):
    full = of(dict.fromkeys(IDS, 0) | scores, no_business=no_business)
    before = score_round(full, KIM).index
    for step in next_steps(full, KIM):
        better = full.answers | {step.indicator.id: AssessmentAnswer(score=step.target)}
        after = score_round(replace(full, answers=better), KIM).index
        assert after - before == pytest.approx(step.gain)


def test_a_group_reckoned_by_hand():
    scores = dict.fromkeys(IDS, 2) | {"KP5": 1, "KP1": 4, "US1": 4}
    result = score_round(of(scores), KIM)
    # KL 50; KP 17 of 32 (six 2s, a 4, a 1); US 10 of 16; KD 50
    assert result.dimension("KP") == pytest.approx(100 * 17 / 32)
    assert result.dimension("US") == pytest.approx(62.5)
    assert result.index == pytest.approx(0.15 * 50 + 0.4 * 53.125 + 0.2 * 62.5 + 0.25 * 50)
    assert result.map_class.title["id"] == "Berkembang"
    assert (result.figure("communication"), result.figure("business")) == (False, True)
    steps = next_steps(of(scores), KIM)
    assert steps[0].indicator.id == "KP5"
    assert len(steps) == 3


def test_the_edges_of_the_classes():
    names = [class_of(value, KIM).title["id"] for value in (0, 24.9, 25, 49.9, 50, 74.9, 75, 100)]
    assert names == [name for name in ("Konvensional", "Rintisan", "Berkembang", "Mandiri digital") for _ in "ab"]
    assert next_class(75, KIM) is None
    assert next_class(74.9, KIM).least == 75


def test_nothing_is_left_to_do_at_the_top():
    assert next_steps(of(dict.fromkeys(IDS, 4)), KIM) == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('id = "KP1"', 'id = "KP2"', 1),
        lambda text: text.replace("from = 25", "from = 80", 1),
        lambda text: text.replace('id = "KD"\n', 'id = "XX"\n', 1),
        lambda text: text.replace("weight = 40", "weight = -1"),
        lambda text: text.replace("least = { KP1 = 2", "least = { QQ1 = 2"),
        lambda text: text.replace("most = 4", "most = "),
    ],
)
def test_an_instrument_whose_parts_do_not_fit_is_refused(change):
    assert tomllib.loads(TEXT)
    with pytest.raises(UserError) as refused:
        read_instrument(change(TEXT))
    assert refused.value.code == "group.instrument"

"""Edits of a round of the self-map: what was proven stays with the score it was proven of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from studio.group.assessment import AnswerProof, Assessment, AssessmentAnswer, CountedScore
from studio.group.assessment_edits import (
    add_proof,
    answer_with_level,
    answer_with_reason,
    answer_with_score,
    remove_proof,
    with_answer,
    without_business,
)

ROUND = Assessment(instrument="kim-20/1", date="2026-11-30")
SCORES = st.integers(0, 4)
PHOTO, LINK = AnswerProof(file="a.jpg"), AnswerProof(address="https://kim.example")


def answered(**fields):
    return replace(ROUND, answers={"KP1": AssessmentAnswer(**fields)})


@given(SCORES, SCORES, st.none() | SCORES, st.sampled_from(["claimed", "proven", "verified"]), st.booleans())
def test_another_score_is_never_one_that_the_dinas_has_looked_at(old, new, counted, level, shown):
    known = None if counted is None else CountedScore(score=counted, stories=3)
    before = answered(score=old, level=level, counted=known, proof=(PHOTO,) if shown else (), reason="salah hitung")
    after = answer_with_score(before, "KP1", new)
    if old == new:
        assert after is before
        return
    answer = after.answers["KP1"]
    assert (answer.score, answer.level != "verified") == (new, True)
    assert not shown or answer.level == "proven"
    # Why it is another one than was counted is not asked any more where it is the same.
    assert answer.reason == ("" if counted == new else "salah hitung")
    assert answer_with_score(after, "KP1", new) is after


def test_a_proof_makes_it_proven_once_and_without_any_it_is_a_claim_again():
    claimed = answered(score=3)
    one = add_proof(claimed, "KP1", PHOTO)
    assert (one.answers["KP1"].level, add_proof(one, "KP1", PHOTO) is one) == ("proven", True)
    both = add_proof(one, "KP1", LINK)
    assert remove_proof(both, "KP1", 0).answers["KP1"] == AssessmentAnswer(score=3, level="proven", proof=(LINK,))
    assert remove_proof(one, "KP1", 0) == claimed
    # What the Dinas has verified stays so, and a place that is none changes nothing.
    verified = answer_with_level(one, "KP1", "verified")
    assert remove_proof(verified, "KP1", 0).answers["KP1"].level == "verified"
    assert add_proof(verified, "KP1", LINK).answers["KP1"].level == "verified"
    for at in (-1, 1):
        assert remove_proof(one, "KP1", at) is one


def test_a_question_without_an_answer_stays_without():
    for edit in (
        lambda each: answer_with_level(each, "KP1", "proven"),
        lambda each: answer_with_reason(each, "KP1", "x"),
        lambda each: add_proof(each, "KP1", PHOTO),
        lambda each: remove_proof(each, "KP1", 0),
        lambda each: with_answer(each, "KP1", None),
        lambda each: without_business(each, applies=True),
    ):
        assert edit(ROUND) is ROUND
    assert answer_with_score(ROUND, "KP1", 2).answers == {"KP1": AssessmentAnswer(score=2)}
    assert with_answer(answered(score=2), "KP1", None) == ROUND
    assert without_business(ROUND, applies=False).no_business
    assert answer_with_reason(answered(score=2), "KP1", "x").answers["KP1"].reason == "x"

"""Edits of a round of the self-map, as plain functions. An edit that changes nothing returns the very same round."""

from __future__ import annotations

from msgspec.structs import replace

from studio.group.assessment import AnswerProof, Assessment, AssessmentAnswer, ProofLevel, proven_by_count


def with_answer(round_: Assessment, name: str, answer: AssessmentAnswer | None) -> Assessment:
    """The round with another answer to a question; None takes it away."""
    if round_.answers.get(name) == answer:
        return round_
    rest = {key: value for key, value in round_.answers.items() if key != name}
    return replace(round_, answers=rest if answer is None else {**rest, name: answer})


def answer_with_score(round_: Assessment, name: str, score: int) -> Assessment:
    """The round with a score for a question; what was proven of another score is only claimed of this one."""
    old = round_.answers.get(name)
    if old is None:
        return with_answer(round_, name, AssessmentAnswer(score=score))
    if old.score == score:
        return round_
    counted = old.counted is not None and old.counted.score == score
    # Never "verified": the Dinas looked at the other score.
    level: ProofLevel = "proven" if proven_by_count(old.counted, score) or old.proof else "claimed"
    return with_answer(round_, name, replace(old, score=score, level=level, reason="" if counted else old.reason))


def answer_with_level(round_: Assessment, name: str, level: ProofLevel) -> Assessment:
    """The round with how sure an answer is; a question without an answer stays without."""
    old = round_.answers.get(name)
    return round_ if old is None else with_answer(round_, name, replace(old, level=level))


def answer_with_reason(round_: Assessment, name: str, reason: str) -> Assessment:
    """The round with why an answer is another one than what was counted."""
    old = round_.answers.get(name)
    return round_ if old is None else with_answer(round_, name, replace(old, reason=reason))


def add_proof(round_: Assessment, name: str, proof: AnswerProof) -> Assessment:
    """The round with one more proof of an answer, which is no mere claim any more; the same file or address is once."""
    old = round_.answers.get(name)
    if old is None or proof in old.proof:
        return round_
    level: ProofLevel = "proven" if old.level == "claimed" else old.level
    return with_answer(round_, name, replace(old, proof=(*old.proof, proof), level=level))


def remove_proof(round_: Assessment, name: str, at: int) -> Assessment:
    """The round without one proof; without any the answer is a claim again, unless it is what the studio counted."""
    old = round_.answers.get(name)
    if old is None or not 0 <= at < len(old.proof):
        return round_
    left = (*old.proof[:at], *old.proof[at + 1 :])
    counted = proven_by_count(old.counted, old.score)
    level: ProofLevel = "claimed" if old.level == "proven" and not left and not counted else old.level
    return with_answer(round_, name, replace(old, proof=left, level=level))


def without_business(round_: Assessment, *, applies: bool) -> Assessment:
    """The round of a group that has a business, or none: then the dimension does not apply."""
    return round_ if round_.no_business != applies else replace(round_, no_business=not applies)

"""Checks of the tasks about words: lead, six questions, headline, quotation, caption, a claim, people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.checks.answers5w import QUESTIONS, answered_questions, tells_no_act
from studio.checks.completeness import MOST_HEADLINE_SIGNS, MOST_HEADLINE_WORDS
from studio.checks.lesson_steps import TaskMatter, TaskStep, best_steps
from studio.checks.style_rules import MOST_LEAD_WORDS
from studio.checks.text_passages import TextPassage, text_paragraphs
from studio.checks.word_lists import FUNCTION_WORDS
from studio.story.body import plain_text
from studio.story.claims import STEPS
from studio.story.model import ANNOUNCED, LeadAnswers, cover_photo
from studio.story.people import is_shielded
from studio.story.places import TextPlace
from studio.story.quotation import ATTRIBUTIONS, MARKS, find_quotations, read_signed, with_double_marks
from studio.story.sources import sources_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from studio.checks.answers5w import Question
    from studio.story.model import Claim, Person, Source, Story

LEAST_LEAD_WORDS, MOST_LEAD_SENTENCES = 8, 2
LEAST_CAPTION_WORDS = 8
QUOTED_WORDS = (5, 30)
_BAIT = re.compile(
    r"\b(?:heboh|viral|geger|wow|astaga|mengejutkan|bikin \w+|(?:tak|siapa) (?:di)?sangka|ternyata"
    r"|wajib (?:baca|tonton)|ini (?:yang terjadi|dia|alasan|penyebab|kata)|inilah"
    r"|begini (?:cara|nasib|jadinya|kata)|nomor \d+ bikin"
    r"|jangan (?:sampai )?(?:lewatkan|kaget|terlewat)|(?:tak|tidak) akan percaya|rahasia di balik)\b|(?:…|\.\.\.)$",
    re.IGNORECASE,
)
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_SAYS = re.compile(
    rf"\b(?:{'|'.join(sorted(ATTRIBUTIONS))}|menurut|men\w+kan|meng(?:aku|ajak|eluh|ingatkan)|bilang"
    r"|ber(?:kata|pesan|cerita|tutur|harap))\b|:\s*$",
    re.IGNORECASE,
)
"""What makes words between marks something said: a notice on a board has them too."""
_OFFERED = 5
"""Letters of a word's beginning that have to come again: "perbaiki" is found in "memperbaiki"."""


def check_lead(matter: TaskMatter) -> tuple[TaskStep, ...]:
    """The first paragraph: short, of one or two sentences, and says who or what, when and where."""
    story = matter.story
    at, text = next(
        ((at, text) for at, text in text_paragraphs(story.body) if not text.startswith(("#", ">"))), (0, "")
    )
    place = TextPlace("body", at, at + len(text)) if text else TextPlace("body")
    words = len(plain_text(text).split())
    missing = _untold(story, text)
    return (
        TaskStep("lead_written", words >= LEAST_LEAD_WORDS, place, {"count": words, "least": LEAST_LEAD_WORDS}),
        TaskStep("lead_short", 0 < words <= MOST_LEAD_WORDS, place, {"count": words, "most": MOST_LEAD_WORDS}),
        TaskStep("lead_sentences", 0 < len(TextPassage(text).sentences) <= MOST_LEAD_SENTENCES, place),
        _answer_step("lead_answers", missing, place),
    )


def check_questions(matter: TaskMatter) -> tuple[TaskStep, ...]:
    """The card of six answers is filled in, and each answer stands in the first three paragraphs."""
    story = matter.story
    asked = tuple(one for one in QUESTIONS if story.kind not in ANNOUNCED or one not in {"why", "how"})
    empty = tuple(one for one in asked if not getattr(story.answers, one).strip())
    untold = {answer.question for answer in answered_questions(story) if answer.place is None}
    missing = tuple(one for one in asked if one in untold) if story.body.strip() else asked
    return (
        _answer_step("questions_noted", empty, TextPlace(f"answers/{empty[0]}" if empty else "answers/what")),
        _answer_step("questions_told", missing, TextPlace("body")),
    )


def check_headline(matter: TaskMatter) -> tuple[TaskStep, ...]:
    """Short, no shouting, no bait, and it promises what the text keeps."""
    text, place = matter.story.headline.strip(), TextPlace("headline")
    words = text.split()
    body = {word.casefold() for word in _LONG_WORD.findall(plain_text(matter.story.body))}
    told = [word.casefold() for word in _LONG_WORD.findall(text) if word.casefold() not in FUNCTION_WORDS]
    kept = sum(any(word[:_OFFERED] in other for other in body) for word in told)
    loud = text.isupper() or text.endswith(".") or "!" in text
    return (
        TaskStep("headline_written", len(words) >= 3, place),
        TaskStep(
            "headline_short",
            0 < len(words) <= MOST_HEADLINE_WORDS and len(text) <= MOST_HEADLINE_SIGNS,
            place,
            {"count": len(words), "signs": len(text), "most": MOST_HEADLINE_WORDS, "most_signs": MOST_HEADLINE_SIGNS},
        ),
        TaskStep("headline_calm", bool(text) and not loud and not _BAIT.search(text), place),
        TaskStep("headline_kept", bool(told) and kept * 2 >= len(told), place),
    )


def check_quotation(matter: TaskMatter) -> tuple[TaskStep, ...]:
    """A direct quotation of some length, by a source who is named beside it and has a role."""
    story = matter.story
    tries = [_quotation_steps(story, *found) for found in _quotations(story)]
    return best_steps(tries) or _quotation_steps(story, TextPlace("body"), "", "", closed=False)


def _quotations(story: Story) -> Iterator[tuple[TextPlace, str, str, bool]]:
    """Place, words, the paragraphs around ("" where nobody says it), and whether both marks are there."""
    paragraphs = text_paragraphs(story.body)
    for number, (at, written) in enumerate(paragraphs):
        near = " ".join(other for _, other in paragraphs[max(0, number - 1) : number + 2])
        text = with_double_marks(written)
        signed = read_signed(plain_text(text))
        found = find_quotations(text)
        for said in found:
            closed = said.opening is not None and said.closing is not None
            words = text[said.start : said.end].strip(MARKS + "'`")
            told = bool(signed.name or _SAYS.search(text[said.end :]) or _SAYS.search(text[: said.start]))
            yield TextPlace("body", at + said.start, at + said.end), words, near if told else "", closed
        if written.startswith(">") and not found:
            # A block quotation needs no marks; who says it signs, or is named where the paragraph before ends.
            told = bool(signed.name or (number and _SAYS.search(paragraphs[number - 1][1])))
            yield TextPlace("body", at, at + len(written)), signed.text, near if told else "", True


def _quotation_steps(story: Story, place: TextPlace, words: str, near: str, closed: bool) -> tuple[TaskStep, ...]:
    low, high = QUOTED_WORDS
    count = len(words.split())
    speakers = [source for source in sources_of(story) if _is_named(source, near)]
    listed = TextPlace("sources")
    return (
        TaskStep("quote_there", count > 0 and closed, place),
        TaskStep("quote_length", low <= count <= high, place, {"count": count, "low": low, "high": high}),
        TaskStep("quote_speaker", bool(speakers), place if story.sources else listed),
        TaskStep("quote_role", any(source.role.strip() for source in speakers), listed),
    )


def _is_named(source: Source, near: str) -> bool:
    return any(re.search(rf"\b{re.escape(part)}\b", near, re.I) for part in re.findall(r"[^\W\d_]{3,}", source.name))


def check_caption(matter: TaskMatter) -> tuple[TaskStep, ...]:
    """The main photo: a caption that says who or what, where and when, a credit with a name, an alternative text."""
    story, photo = matter.story, cover_photo(matter.story)
    if photo is None:
        return (TaskStep("caption_photo", met=False, place=TextPlace("photos")),)

    def at(field: str) -> TextPlace:
        return TextPlace(f"photos/{photo.id}/{field}")

    words = len(photo.caption.split())
    missing = _untold(replace(story, answers=LeadAnswers()), photo.caption)
    named = not any(one.code == "media_owner" and one.place == at("credit") for one in matter.findings)
    told = {"count": words, "least": LEAST_CAPTION_WORDS}
    return (
        TaskStep("caption_long", words >= LEAST_CAPTION_WORDS, at("caption"), told),
        _answer_step("caption_answers", missing, at("caption")),
        TaskStep("caption_credit", bool(photo.credit.strip()) and named, at("credit")),
        TaskStep("caption_alt", bool(photo.alt.strip()) and photo.alt != photo.caption, at("alt")),
    )


def check_claim(matter: TaskMatter) -> tuple[TaskStep, ...]:
    """One row of the ledger: its words, four steps, evidence, a verdict with its reason."""
    rows = [claim for claim in matter.story.claims if not claim.closed]
    tries = [_claim_steps(claim) for claim in rows]
    return best_steps(tries) or (TaskStep("claim_noted", met=False, place=TextPlace("claims")),)


def _claim_steps(claim: Claim) -> tuple[TaskStep, ...]:
    def at(field: str) -> TextPlace:
        return TextPlace(f"claims/{claim.id}/{field}")

    noted = [step for step in STEPS if claim.steps.get(step, "").strip()]
    first = next((step for step in STEPS if step not in noted), STEPS[0])
    proof = any(not item.struck for item in claim.evidence) or bool(claim.references)
    asked = any(contact.answer.strip() and not contact.struck for contact in claim.asked)
    return (
        TaskStep("claim_noted", bool(claim.text.strip()), at("text")),
        TaskStep("claim_steps", len(noted) == len(STEPS), at(f"steps/{first}"), {"count": len(noted)}),
        TaskStep("claim_proof", proof or asked, at("evidence")),
        TaskStep("claim_verdict", claim.verdict not in {"", "checking"}, at("verdict")),
        TaskStep("claim_reason", len(claim.explanation.split()) >= 3, at("explanation")),
    )


def check_consent(matter: TaskMatter) -> tuple[TaskStep, ...]:
    """Everybody is entered with age and consent, each picture was looked at, and nothing about people stops it."""
    story, listed = matter.story, TextPlace("people")
    media = [("photos", item) for item in story.photos] + [("videos", item) for item in story.videos]
    unseen = [TextPlace(f"{root}/{item.id}/people_checked") for root, item in media if not item.people_checked]
    unknown = [person for person in story.people if person.age_group == "unknown"]
    open_ = [person for person in story.people if not _is_settled(person)]
    stops = [one for one in matter.findings if one.topic == "people" and one.level == "block"]
    return (
        TaskStep("consent_people", bool(story.people), listed),
        TaskStep("consent_ages", bool(story.people) and not unknown, _person_place(unknown, "age_group")),
        TaskStep("consent_given", bool(story.people) and not open_, _person_place(open_, "consent")),
        TaskStep("consent_seen", not unseen, unseen[0] if unseen else TextPlace("photos"), {"count": len(unseen)}),
        TaskStep("consent_clear", not stops, stops[0].place if stops else listed, {"count": len(stops)}),
    )


def _is_settled(person: Person) -> bool:
    """Agreed and did not take it back, or is hidden from readers."""
    return is_shielded(person) or (person.consent.given and not person.consent.withdrawn)


def _person_place(people: list[Person], field: str) -> TextPlace:
    return TextPlace(f"people/{people[0].id}/{field}") if people else TextPlace("people")


def _untold(story: Story, text: str) -> tuple[Question, ...]:
    """What a lead or a caption does not say. A flood acts as people do: who is not asked for where what is told.

    What is asked for where the text names an activity and not which.
    """
    if not text.strip():
        return ("who", "when", "where")
    found = {answer.question for answer in answered_questions(replace(story, body=text)) if answer.place is not None}
    asked: tuple[Question, ...] = ("who", "when", "where")
    if tells_no_act(text):
        asked = ("what", *asked)
    elif found & {"who", "what"}:
        asked = ("when", "where")
    return tuple(one for one in asked if one not in found)


def _answer_step(code: str, missing: Collection[Question], place: TextPlace) -> TaskStep:
    return TaskStep(code, not missing, place, {"missing": tuple(missing)})

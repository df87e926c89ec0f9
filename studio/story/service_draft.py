"""The draft of a notice from the answers of its form: three headlines to choose from, and a body.

The lines are data of the kind (``ServiceKind.headlines``, ``body``). ``{where}`` stands for an answer; what stands in
``[...]`` is left out when an answer in it is missing, and so is a line with an answer missing elsewhere. Nothing is
invented.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.story.body import BodyBlock, TextSpan, normalise_blocks, to_markdown
from studio.story.claims import add_claim
from studio.story.date_formats import full_days, weekday
from studio.story.edits import StoryEdit
from studio.story.hour_reading import shown_hours
from studio.story.model import ANNOUNCED, ClaimContact
from studio.story.regions import bare_village
from studio.story.service_answers import service_answer
from studio.story.text import close_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.story.body import BlockKind
    from studio.story.claims import LedgerStamp
    from studio.story.model import Claim, Group, Story
    from studio.story.service_kinds import ServiceKind

_PART = re.compile(r"\[([^\[\]]*)\]|\{([a-z_0-9]+)\}")
_SLOT = re.compile(r"\{([a-z_0-9]+)\}")
_MARKER = re.compile(r"^(?:\d+[.)]|[-*•])\s+")
_OF_STORY = frozenset({"when", "until", "where"})
"""Answers whose words in a draft are those of the fact box."""
_LISTED = frozenset({"terms", "advice"})
"""Answers that may be lists: several lines, or parts with semicolons."""


def headline_proposals(kind: ServiceKind, story: Story, group: Group) -> tuple[str, ...]:
    """Up to three headlines that what was answered so far allows; each once, none with a gap."""
    words = _draft_words(kind, story, group)
    made = (_filled(line, words) for line in kind.headlines)
    return tuple(dict.fromkeys(_upper_first(line) for line in made if line))


def service_body(kind: ServiceKind, story: Story, group: Group) -> tuple[BodyBlock, ...]:
    """The paragraphs of the draft; empty while nothing was answered."""
    words = _draft_words(kind, story, group)
    if not any(words.get(name) for name in kind.fields):
        return ()
    blocks: list[BodyBlock] = []
    heading = ""
    for line in kind.body:
        if line.startswith("## "):
            heading = line.removeprefix("## ")
            continue
        made = [_block(item, "bullet") for item in _list_items(line, words)]
        if not made and (text := _filled(line, words)):
            made = [_block(_sentence(text))]
        # A heading belongs to the line below it: without that it would stand over something else.
        blocks += [*([_block(heading, "heading")] if heading and made else []), *made]
        heading = ""
    return normalise_blocks(blocks)


def compose_notice(kind: ServiceKind, headline: str, group: Group) -> StoryEdit:
    """Put the chosen headline and the draft into the story, as one step; a body that is there stays below the draft."""

    def apply(story: Story) -> Story:
        blocks = service_body(kind, story, group)
        if not blocks and not headline:
            return story
        draft = to_markdown(blocks)
        body = "\n\n".join(part for part in (draft, story.body.strip("\n")) if part)
        return replace(story, headline=headline or story.headline, body=body)

    return StoryEdit("edit.draft", apply)


def compose_check(
    kind: ServiceKind, story: Story, headline: str, group: Group, stamp: LedgerStamp
) -> tuple[StoryEdit, str]:
    """Put the draft of a fact check into the story and open its row in the ledger, with what was answered, as one step.

    The conclusion is left to a person: the row is under examination until someone comes to one. A claim that has a row
    already gets no second one.

    Returns:
        The edit, and the id of the row; "" while the claim is not given.
    """
    draft = compose_notice(kind, headline, group)
    text = _one_line(service_answer(story, "what"))
    known = next((claim.id for claim in story.claims if claim.text == text and not claim.closed), "")
    if not text or known:
        return draft, known
    added, claim_id = add_claim(story, text, stamp)
    source, asked = (_one_line(service_answer(story, name)) for name in ("source", "asked"))
    name, _, answer = asked.partition(":")

    def fill(claim: Claim) -> Claim:
        found = {"investigate": asked, "find": service_answer(story, "found").strip()}
        return replace(
            claim,
            first_seen=_one_line(service_answer(story, "seen")),
            steps={step: text for step, text in found.items() if text},
            asked=(ClaimContact(name=name.strip(), answer=answer.strip(), when=stamp.when),) if name.strip() else (),
            references=(source,) if source else (),
            explanation=_one_line(service_answer(story, "conclusion")),
        )

    def apply(now: Story) -> Story:
        after = added.apply(draft.apply(now))
        return replace(after, claims=tuple(fill(c) if c.id == claim_id else c for c in after.claims))

    return StoryEdit(draft.label, apply), claim_id


def _draft_words(kind: ServiceKind, story: Story, group: Group) -> Mapping[str, str]:
    day = full_days(story.date, story.date_end)
    hours = shown_hours(story.hours, group.time_zone)
    answers = {name: _one_line(service_answer(story, name)) for name in kind.fields}
    # What is said of day, hours and place stands in the fact box; the answer may still say "besok". Without a fact box
    # the day of the story is another one than that asked for.
    told = ", ".join(part for part in (day, _clock_words(hours)) if part)
    derived = {
        "name": kind.name["id"],
        "when": told if story.kind in ANNOUNCED else answers.get("when", ""),
        "day": f"{weekday(story.date)} {day.partition(', ')[2].rpartition(' ')[0]}" if story.date and day else "",
        "date": day,
        "hours": _clock_words(hours),
        "until": full_days(story.valid_until, ""),
        "where": _one_line(story.place),
        "village": bare_village(group.village),
    }
    # A field of the kind's own may be called "name" or "hours": then its answer is what {name} stands for.
    return derived | {name: said for name, said in answers.items() if name not in _OF_STORY}


def _clock_words(hours: str) -> str:
    return f"pukul {hours}" if hours[:1].isdigit() else hours


def _filled(line: str, words: Mapping[str, str]) -> str:
    """The line with its answers; "" when one outside of brackets is missing."""
    whole = True

    def put(found: re.Match[str]) -> str:
        nonlocal whole
        if found[2] is not None:
            whole = whole and bool(words.get(found[2]))
            return words.get(found[2], "")
        names = _SLOT.findall(found[1])
        if not all(words.get(name) for name in names):
            return ""
        return _SLOT.sub(lambda slot: words[slot[1]], found[1])

    text = _PART.sub(put, line)
    return re.sub(r"\s+([,.;:])", r"\1", " ".join(text.split())).strip(" ,;") if whole else ""


def _list_items(line: str, words: Mapping[str, str]) -> list[str]:
    """The parts of an answer that alone makes a line and was given as a list."""
    found = _SLOT.fullmatch(line)
    if found is None or found[1] not in _LISTED:
        return []
    parts = re.split(r"\s*;\s*|\s*\n\s*", words.get(found[1], ""))
    return [_upper_first(_MARKER.sub("", part).rstrip(".")) for part in parts if part.strip()]


def _one_line(answer: str) -> str:
    """An answer on one line, a list with semicolons, without the stop at its end."""
    lines = [_MARKER.sub("", line.strip()).rstrip(";,") for line in answer.splitlines() if line.strip()]
    return " ".join("; ".join(lines).split()).rstrip(".").rstrip()


def _block(text: str, kind: BlockKind = "paragraph") -> BodyBlock:
    return BodyBlock(kind, (TextSpan(text),))


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(text: str) -> str:
    return close_sentence(_upper_first(text))

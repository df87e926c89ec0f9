"""Posts adjusted by hand: keeping them, telling what the story changed since, and taking that over.

A variant remembers the text the templates made when it was adjusted (``TextOverride.made``). Comparing that with what
they make now says what changed, and a comparison in three ways puts the changes into the adjusted text wherever the
user left the words alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.base.locale_forms import FORMS, MONTHS
from studio.story.edits import StoryEdit
from studio.story.model import TextOverride
from studio.story.photo_strips import STRIP_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from studio.story.model import Story

_WORD = re.compile(r"(?:\d+(?:[.,:/]\d+)*|\w+|[^\w\s])\s*")
_END = "\0"
_GAP = 2
"""Unchanged words between two changes that are shown as one."""
_MONTHS = "|".join((*MONTHS, *FORMS["id"].short_months, "Ags"))
_DATE = re.compile(rf"\b\d{{1,2}}(?:/\d{{1,2}}(?:/\d{{2,4}})?|\s+(?:{_MONTHS})\b(?:\s+\d{{4}})?)")
_NUMBER = re.compile(r"(?<![\w/.,])\d+(?:[.,:]\d+)*(?![\w/])")
_NAME = re.compile(r"\b[^\W\d_a-z][\w'’-]*(?:\s+[^\W\d_a-z][\w'’-]*)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:\n]\s*[\"“‘(*_-]*\s*)$")


@dataclass(frozen=True, slots=True)
class ChangedPassage:
    """Words of a made text that the story has changed; "" where something was added or taken away."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class MergedText:
    """An adjusted text with the story's changes: ``taken`` are in it, ``left`` met words the user had changed too."""

    text: str
    taken: tuple[ChangedPassage, ...]
    left: tuple[ChangedPassage, ...]


# ------------------------------------------------------------------------------------------------ edits


def set_override(key: str, text: str, base: str, made: str, when: str) -> StoryEdit:
    """Adjust one post by hand; typing in the same post is one step of undo.

    Args:
        key: ``"<outlet>/<file>"``, see ``studio.posts.text_posts.override_key``.
        text: all of the text; posts of a thread are separated by a line ``---``.
        base: hash of the made text; kept from an earlier adjustment, as the words stem from that.
        made: the made text itself, kept the same way.
        when: ISO 8601 date and time.
    """

    def apply(story: Story) -> Story:
        now = story.overrides.get(key)
        if now is not None and now.text == text:
            return story
        after = (
            replace(now, text=text, when=when)
            if now is not None
            else TextOverride(text=text, base=base, when=when, made=made)
        )
        return replace(story, overrides={**story.overrides, key: after})

    return StoryEdit("edit.variant", apply, merge=f"override:{key}")


def drop_override(key: str) -> StoryEdit:
    """Go back to the text the templates make."""

    def apply(story: Story) -> Story:
        if key not in story.overrides:
            return story
        return replace(story, overrides={name: kept for name, kept in story.overrides.items() if name != key})

    return StoryEdit("edit.variant_drop", apply)


def settle_override(key: str, text: str, base: str, made: str, when: str) -> StoryEdit:
    """Say that a variant goes with the story as it is now: with new words (updated) or its own (left alone)."""
    after = TextOverride(text=text, base=base, when=when, made=made)

    def apply(story: Story) -> Story:
        now = story.overrides.get(key)
        if now is None or replace(now, when=when) == after:
            return story
        return replace(story, overrides={**story.overrides, key: replace(after, extra=now.extra)})

    return StoryEdit("edit.variant_settle", apply)


def set_design(key: str, design: str) -> StoryEdit:
    """Choose the card design of this story for a card, an outlet or all (``"*"``); see ``with_design``."""

    def apply(story: Story) -> Story:
        after = with_design(story.designs, key, design)
        return story if after == story.designs else replace(story, designs=after)

    return StoryEdit("edit.design", apply)


def set_family(family: str) -> StoryEdit:
    """Choose the design family of this story; "" leaves it to the group."""

    def apply(story: Story) -> Story:
        return story if story.family == family else replace(story, family=family)

    return StoryEdit("edit.family", apply)


def with_design(designs: Mapping[str, str], key: str, design: str) -> dict[str, str]:
    """A choice of designs with one more; what was chosen for parts of it gives way.

    Args:
        designs: as in ``Story.designs`` and ``Group.designs``.
        key: ``"<outlet>/<file>"``, ``"<outlet>"`` or ``"*"``.
        design: its name; "" leaves it open.
    """
    inner = "" if key == "*" else f"{key}/"
    others = {
        name: kept
        for name, kept in designs.items()
        # What is written on plain photos is no matter of a design for all cards.
        if name != key and (not name.startswith(inner) or name == STRIP_KEY)
    }
    return {**others, key: design} if design else others


# ------------------------------------------------------------------------------------------------ what changed


def _text_words(text: str) -> list[str]:
    return _WORD.findall(text.strip())


def _word_changes(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int, int, int]]:
    bare = [[word.strip() for word in words] for words in (before, after)]
    # Without the guess at junk: in texts of 200 words and more difflib would take "di" and "yang" for nothing.
    codes = SequenceMatcher(a=bare[0], b=bare[1], autojunk=False).get_opcodes()
    return [(i1, i2, j1, j2) for tag, i1, i2, j1, j2 in codes if tag != "equal"]


def changed_passages(before: str, after: str) -> tuple[ChangedPassage, ...]:
    """What changed from one made text to the next, in the order of the text; neighbours are joined."""
    old, new = _text_words(before), _text_words(after)
    joined: list[tuple[int, int, int, int]] = []
    for i1, i2, j1, j2 in _word_changes(old, new):
        if joined and i1 - joined[-1][1] <= _GAP:
            first = joined.pop()
            joined.append((first[0], i2, first[2], j2))
        else:
            joined.append((i1, i2, j1, j2))
    return tuple(ChangedPassage("".join(old[i1:i2]).strip(), "".join(new[j1:j2]).strip()) for i1, i2, j1, j2 in joined)


def merge_changes(before: str, mine: str, after: str) -> MergedText:
    """Put the changes from ``before`` to ``after`` into ``mine``.

    Args:
        before: the made text that was adjusted.
        mine: the adjusted text.
        after: the made text now.

    Returns:
        The adjusted text with every change whose old words it still has in their place.
    """
    # A word that no text has ends each of them: what was added at the very end then has a place to stand before.
    old, own, new = ([*_text_words(text), _END] for text in (before, mine, after))
    bare = [[word.strip() for word in words] for words in (old, own)]
    blocks = SequenceMatcher(a=bare[0], b=bare[1], autojunk=False).get_matching_blocks()
    taken: list[ChangedPassage] = []
    left: list[ChangedPassage] = []
    result = own.copy()
    # From the end, so that places further to the front stay where the comparison found them.
    for i1, i2, j1, j2 in reversed(_word_changes(old, new)):
        passage = ChangedPassage("".join(old[i1:i2]).strip(), "".join(new[j1:j2]).strip())
        at = next((b + i1 - a for a, b, size in blocks if size and a <= i1 and i2 <= a + size), None)
        if at is None:
            left.append(passage)
            continue
        words = _space_words(new[j1:j2], own, at, at + i2 - i1)
        if i1 == i2 and at and j1:  # what is put in is separated from what is before it as in the new text
            result[at - 1] = result[at - 1].rstrip() + _space_behind(new[j1 - 1])
        result[at : at + i2 - i1] = words
        taken.append(passage)
    return MergedText("".join(result).removesuffix(_END).strip(), tuple(reversed(taken)), tuple(reversed(left)))


def _space_words(words: Sequence[str], own: Sequence[str], start: int, end: int) -> list[str]:
    """The new words, followed by the space that followed the old ones."""
    if not words or end == start:
        return list(words)
    return [*words[:-1], words[-1].rstrip() + _space_behind(own[end - 1])]


def _space_behind(word: str) -> str:
    return word[len(word.rstrip()) :]


# ------------------------------------------------------------------------------------------------ facts


def text_facts(text: str) -> Iterator[str]:
    """Dates, numbers and names in a text. A single capitalised word that begins a sentence is no name."""
    for pattern in (_DATE, _NUMBER):
        yield from (found[0] for found in pattern.finditer(text))
    for found in _NAME.finditer(text):
        words = found[0].split()
        if _SENTENCE_START.search(text[: found.start()]):
            words = words[1:]
        yield " ".join(words)
        yield from words


def fact_place(text: str, fact: str) -> tuple[int, int] | None:
    """Where ``fact`` is in ``text`` as a word of its own (code points), None when it does not."""
    # Not in a longer number or date: "12" is neither in "12.500" nor in "12/11".
    pattern = rf"(?<![\w/])(?<!\d[.,:]){re.escape(fact)}(?!\w|[/.,:]\d)"
    found = re.search(pattern.replace(r"\ ", r"\s+"), text)
    return (found.start(), found.end()) if found else None


def stale_facts(before: str, now: str, mine: str) -> tuple[str, ...]:
    """Facts of the made text that are gone from the story, but still in the adjusted text.

    Args:
        before: the made text that was adjusted.
        now: everything the story says now: the made text and its other texts.
        mine: the adjusted text.

    Returns:
        As they are written, in the order of ``mine``; parts of a longer one are left out.
    """
    gone = {fact for fact in text_facts(before) if len(fact) > 1 or fact.isdigit()}
    found = {fact: at for fact in gone if not fact_place(now, fact) and (at := fact_place(mine, fact))}
    # "Budi Santoso" is named once, not as "Budi" and "Santoso" as well.
    whole = [fact for fact in found if not any(fact != other and fact_place(other, fact) for other in found)]
    return tuple(sorted(whole, key=lambda fact: found[fact]))

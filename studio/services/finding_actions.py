"""What can be done about a finding, as edits of the story: accept a way out, put it aside, let a block stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.story import mending
from studio.story.model import Source
from studio.story.sources import add_source

if TYPE_CHECKING:
    from studio.checks.finding import Finding, TextFix
    from studio.story.edits import StoryEdit
    from studio.story.model import Story

_SPELLING = frozenset(
    {"language_unknown", "language_pair", "language_hint", "language_apart", "language_no_capital", "language_hyphen"}
)
_LONGEST_SHOWN = 44


def short_fix(fix: TextFix) -> str:
    """The words of a way out, of a long one the end: that is where its quotation mark goes."""
    words = fix.shown or fix.text
    return words if len(words) <= _LONGEST_SHOWN else f"…{words[1 - _LONGEST_SHOWN :]}"


def spelled_word(finding: Finding) -> str:
    """The word a finding of the language rules is about, when it could simply be right; else ""."""
    return str(finding.facts.get("word") or "") if finding.code in _SPELLING else ""


def fix_edit(fix: TextFix, story: Story) -> StoryEdit | None:
    """Accept a way out, wherever the same words stand; ``story`` is the one that was checked.

    Words that changed since are left alone; None where nothing is left of what was meant.
    """
    if fix.act == "source":
        return add_source(Source(name=fix.text, role=fix.role))
    changes = []
    for place, text in ((fix.place, fix.text), *fix.also):
        before = mending.text_at(story, place.field)
        if before is not None:
            # An end of 0 means all of the field.
            start, end = (place.start, place.end) if place.end else (0, len(before))
            changes.append((place, text, before[start:end]))
    return mending.replace_everywhere(tuple(changes)) if changes else None


def aside_edit(finding: Finding) -> StoryEdit:
    """No longer show it in this story; a word is accepted wherever it stands."""
    word = spelled_word(finding)
    return mending.ignore_word(word) if word else mending.put_aside(finding.key)

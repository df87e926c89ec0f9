"""Where a comment stands now: its words are looked up again after every edit, wherever they have moved to.

The text of a field is taken as it is read: of the body, its blocks with an empty line between, without the signs of
Markdown. So a comment keeps its place when a word becomes bold, and a suggestion never tears a link apart. The four
parts of an anchor (words, where they stood, what stood before and after) are those of the W3C's Web Annotation Data
Model, 4.2.4 and 4.2.5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.story.body import parse_markdown
from studio.story.mending import text_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.story.body import BodyBlock
    from studio.story.model import Story
    from studio.story.newsroom_records import Comment

GAP = "\n\n"
"""Between two blocks of the body as it is read."""
CONTEXT = 24
"""Characters kept of what stands before and after."""
_MOST_PLACES = 200
"""Of a word that stands everywhere, more places are not weighed."""
_SURVIVING = 0.6
"""Of the words of a quote that was edited, this share must still stand together for it to be the same place."""
_WIDER = 1.6
"""How much longer than the quote the words between the first and the last of them may be."""
_EDGE = 8
"""Characters of either neighbour that have to stand where letters inside the words were changed."""
_SAME_LETTERS = 0.75
"""Of letters more have to be the same than of words: "jalan" in the place of "saluran" is another word."""
_LONGEST_CORRECTED = 200
"""Characters of a quote that is looked for by its letters; longer ones are by their words."""
_WINDOW = 400
"""Words on either side of where a quote stood in which an edited one is looked for."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class AnchorRange:
    """Where in the text of its field a comment stands: code points, the end is not included."""

    start: int
    end: int


# ------------------------------------------------------------------------------------------------ the text


def read_blocks(blocks: Sequence[BodyBlock]) -> str:
    """The text of a body as comments see it."""
    return GAP.join(block.text for block in blocks)


def anchored_text(story: Story, place: str) -> str | None:
    """The text that a comment at ``place`` speaks of, as it is read.

    Returns:
        None when there is nothing at this address (the photo was taken out); "" for a photo or clip itself.
    """
    if place == "body":
        return read_blocks(parse_markdown(story.body))
    parts = place.split("/")
    if len(parts) == 2 and parts[0] in {"photos", "videos"}:
        ids = {photo.id for photo in story.photos} if parts[0] == "photos" else {clip.id for clip in story.videos}
        return "" if parts[1] in ids else None
    return text_at(story, place)


def without_edges(text: str, start: int, end: int) -> tuple[int, int]:
    """A selection without the white space at its ends: selecting by words takes the space behind along."""
    picked = text[start:end]
    if not picked.strip():
        return start, end
    return start + len(picked) - len(picked.lstrip()), end - len(picked) + len(picked.rstrip())


# ------------------------------------------------------------------------------------------------ looking up


def anchor_at(comment: Comment, text: str, start: int, end: int) -> Comment:
    """The comment, standing at these words of its text: what is needed to find them again is noted in it."""
    start = max(0, min(start, len(text)))
    end = max(start, min(end, len(text)))
    return replace(
        comment,
        quote=text[start:end],
        start=start,
        before=text[max(0, start - CONTEXT) : start],
        after=text[end : end + CONTEXT],
    )


def find_anchor(comment: Comment, text: str | None) -> AnchorRange | None:
    """Where a comment stands in its text; None when its words are gone (or the field is).

    The very words first: where they stand several times, between the same neighbours as before, then nearest to where
    they stood. Words that were edited are still found when most of them stand together near their old place. A
    suggestion wants its very words, as it would take their place.
    """
    if text is None:
        return None
    if not comment.quote:
        return AnchorRange(0, 0) if comment.suggestion is None or not text else None
    found = _exact_place(comment, text)
    if found is None and comment.suggestion is None:
        found = _edited_place(comment, text) or _corrected_place(comment, text)
    return found


def _exact_place(comment: Comment, text: str) -> AnchorRange | None:
    if _is_noted(comment, text, comment.start):  # no other place could be more like it
        return AnchorRange(comment.start, comment.start + len(comment.quote))
    places = list(islice(_places_of(comment.quote, text), _MOST_PLACES))
    if not places:
        return None
    # Surroundings first, distance only between equals: a paragraph that was moved takes its comments along.
    best = max(places, key=lambda at: (_context_score(comment, text, at), -abs(at - comment.start)))
    # The same words in quite another sentence: a comment may follow them there, a suggestion would change what nobody
    # spoke of.
    strange = (comment.before or comment.after) and not _context_score(comment, text, best)
    if comment.suggestion is not None and strange and best != comment.start:
        return None
    return AnchorRange(best, best + len(comment.quote))


def _is_noted(comment: Comment, text: str, start: int) -> bool:
    """Whether a comment has noted this very place."""
    end = start + len(comment.quote)
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    noted = (comment.start, comment.before, comment.quote, comment.after)
    return noted == (start, before, text[start:end], after)


def _places_of(quote: str, text: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _context_score(comment: Comment, text: str, at: int) -> int:
    """How many characters on both sides are as they were, counted from the words outwards."""
    end = at + len(comment.quote)
    left = _common_length(comment.before[::-1], text[max(0, at - CONTEXT) : at][::-1])
    return left + _common_length(comment.after, text[end : end + CONTEXT])


def _common_length(one: str, other: str) -> int:
    """How many characters two texts begin with alike; by halves, as texts may be long."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        half = (low + high + 1) // 2
        low, high = (half, high) if one[low:half] == other[low:half] else (low, half - 1)
    return low


def _edited_place(comment: Comment, text: str) -> AnchorRange | None:
    """The words between the first and the last that are left of the quote, where enough of them are."""
    sought = [word.casefold() for word in _WORD.findall(comment.quote)]
    words = list(_WORD.finditer(text))
    if not sought or not words:
        return None
    near = next((number for number, word in enumerate(words) if word.end() > comment.start), len(words) - 1)
    first = max(0, near - _WINDOW)
    there = words[first : near + len(sought) + _WINDOW]
    blocks = SequenceMatcher(None, sought, [word[0].casefold() for word in there], autojunk=False).get_matching_blocks()
    kept = [number for block in blocks for number in range(block.b, block.b + block.size)]
    # Chance finds far away ("di", "yang") would stretch the place over half the story: the ends are taken off until
    # what is left is about as long as the quote.
    while kept and kept[-1] - kept[0] + 1 > _WIDER * len(sought) + 1:
        kept = kept[1:] if kept[1] - kept[0] > kept[-1] - kept[-2] else kept[:-1]
    if len(kept) < _SURVIVING * len(sought):
        return None
    return AnchorRange(there[kept[0]].start(), there[kept[-1]].end())


def _corrected_place(comment: Comment, text: str) -> AnchorRange | None:
    """What stands between the old neighbours, where most letters are still the same: a slip in a word was mended."""
    quote, head, tail = comment.quote, comment.before[-_EDGE:], comment.after[:_EDGE]
    if len(quote) > _LONGEST_CORRECTED:  # of so many words enough are left to go by
        return None
    longest = int(_WIDER * len(quote)) + 1
    found: list[tuple[float, int, AnchorRange]] = []
    starts = (at + len(head) for at in islice(_places_of(head, text), _MOST_PLACES)) if head else (0,)
    for start in starts:
        end = text.find(tail, start, start + longest + len(tail)) if tail else len(text)
        if start < end <= start + longest:
            likeness = SequenceMatcher(None, quote, text[start:end], autojunk=False).ratio()
            if likeness >= _SAME_LETTERS:
                found.append((likeness, -abs(start - comment.start), AnchorRange(start, end)))
    return max(found, key=lambda each: each[:2])[2] if found else None


# ------------------------------------------------------------------------------------------------ following edits


def follow_edit(before: Story, after: Story) -> Story:
    """The story after an edit, its open comments at the places to which their words have moved.

    Args:
        before: the story before.
        after: the story after; its comments are as before, or changed by the edit itself.

    Returns:
        ``after``, the very same object when no comment had to move.
    """
    if not after.comments or before is after:
        return after
    known = {comment.id: comment for comment in before.comments}
    # What is settled keeps the words it was about, and what this edit itself has changed stands right already.
    open_ones = [c for c in after.comments if c.quote and not c.resolved and known.get(c.id) is c]
    edits = {place: _text_edit(before, after, place) for place in {comment.place for comment in open_ones}}
    moved = {c.id: new for c in open_ones if (new := _followed(c, edits[c.place])) is not c}
    return replace(after, comments=tuple(moved.get(c.id, c) for c in after.comments)) if moved else after


@dataclass(frozen=True, slots=True)
class _TextEdit:
    """A text before and after an edit of one stretch: how many characters stayed before it, and how much it grew."""

    old: str
    new: str
    head: int

    @property
    def grown(self) -> int:
        return len(self.new) - len(self.old)


def _text_edit(before: Story, after: Story, place: str) -> _TextEdit | None:
    """What an edit did to a text; None for nothing, or when the text is gone."""
    if place == "body" and before.body == after.body:
        return None
    old, new = anchored_text(before, place), anchored_text(after, place)
    return None if old is None or new is None or old == new else _TextEdit(old, new, _common_length(old, new))


def _followed(comment: Comment, edit: _TextEdit | None) -> Comment:
    if edit is None:
        return comment
    stood = find_anchor(comment, edit.old)
    if stood is None or edit.old[stood.start : stood.end] != comment.quote:
        return comment
    start = stood.start if stood.start < edit.head else max(0, stood.start + edit.grown)
    end = start + len(comment.quote)
    same = edit.new[start:end] == comment.quote
    return anchor_at(comment, edit.new, start, end) if same and not _is_noted(comment, edit.new, start) else comment

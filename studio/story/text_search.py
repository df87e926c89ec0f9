"""Find and replace over an entire story: pure functions.

The places are what people write: headline, kicker, summary, the body, and the captions and alternative texts of photos
and videos. The body is searched as the reader sees it, block by block; a replacement takes the look of what it
replaces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeVar

from msgspec.structs import replace as change

from studio.story.body import BodyBlock, TextSpan, parse_markdown, to_markdown
from studio.story.record_base import Record

if TYPE_CHECKING:
    from studio.story.model import Story

M = TypeVar("M", bound=Record)
Place = Literal["kicker", "headline", "summary", "body", "media"]
_FIELDS: tuple[Literal["kicker", "headline", "summary"], ...] = ("kicker", "headline", "summary")
_MEDIA_FIELDS = ("caption", "alt")


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is looked for."""

    text: str
    case: bool = False
    whole_word: bool = False

    def pattern(self) -> re.Pattern[str] | None:
        """The pattern; None for an empty query. Spaces match any white space but line breaks."""
        if not self.text.strip():
            return None
        words = r"[^\S\n]+".join(re.escape(word) for word in re.split(r"\s+", self.text))
        edged = rf"(?<!\w){words}(?!\w)" if self.whole_word else words
        return re.compile(edged, 0 if self.case else re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SearchMatch:
    """Where it was found: from ``start`` to ``end`` in the field, or in the block of that number of the body."""

    place: Place
    start: int
    end: int
    block: int = 0


def find_matches(story: Story, blocks: list[str], query: SearchQuery) -> tuple[SearchMatch, ...]:
    """All matches from top to bottom.

    Args:
        story: the story.
        blocks: the texts of its body's blocks as they are shown.
        query: what is looked for.
    """
    pattern = query.pattern()
    if pattern is None:
        return ()
    found = [SearchMatch(name, *hit.span()) for name in _FIELDS for hit in pattern.finditer(getattr(story, name))]
    found += [SearchMatch("body", *hit.span(), at) for at, text in enumerate(blocks) for hit in pattern.finditer(text)]
    for item in (*story.photos, *story.videos):
        for name in _MEDIA_FIELDS:
            found += [SearchMatch("media", *hit.span()) for hit in pattern.finditer(getattr(item, name))]
    return tuple(match for match in found if match.end > match.start)


def replace_all(story: Story, query: SearchQuery, by: str) -> Story:
    """The story with every match replaced; the very same story when there is none."""
    pattern = query.pattern()
    if pattern is None:
        return story
    by = " ".join(by.split("\n"))
    fields: dict[str, object] = {name: _replace_matches(pattern, getattr(story, name), by) for name in _FIELDS}
    blocks = parse_markdown(story.body)
    new = tuple(replace_in_block(block, pattern, by) for block in blocks)
    fields["body"] = to_markdown(new) if new != blocks else story.body
    fields["photos"] = tuple(_replaced_media(photo, pattern, by) for photo in story.photos)
    fields["videos"] = tuple(_replaced_media(video, pattern, by) for video in story.videos)
    after = change(story, **fields)
    return story if after == story else after


def _replace_matches(pattern: re.Pattern[str], text: str, by: str) -> str:
    return pattern.sub(lambda _found: by, text)


def _replaced_media(item: M, pattern: re.Pattern[str], by: str) -> M:
    return change(item, **{name: _replace_matches(pattern, getattr(item, name), by) for name in _MEDIA_FIELDS})


def replace_in_block(block: BodyBlock, pattern: re.Pattern[str], by: str) -> BodyBlock:
    """The block with every match replaced; a match over several looks takes the first."""
    spans: list[TextSpan] = []
    text, at = block.text, 0
    for found in pattern.finditer(text):
        if found.end() == found.start():
            continue
        spans += cut_spans(block, at, found.start())
        spans.append(replace(cut_spans(block, found.start(), found.end())[0], text=by))
        at = found.end()
    return BodyBlock(block.kind, (*spans, *cut_spans(block, at, len(text)))) if at else block


def cut_spans(block: BodyBlock, start: int, end: int) -> list[TextSpan]:
    """The spans between two characters of the block."""
    kept, at = [], 0
    for span in block.spans:
        piece = span.text[max(0, start - at) : max(0, end - at)]
        if piece:
            kept.append(replace(span, text=piece))
        at += len(span.text)
    return kept

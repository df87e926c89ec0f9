"""Where the window goes to show what a comment is about: from the text as it is read to the text as it is stored."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.story.comment_anchors import anchored_text
from studio.story.comments import comment_range
from studio.story.places import TextPlace

if TYPE_CHECKING:
    from studio.story.model import Story
    from studio.story.newsroom_records import Comment

_LINK_TARGET = re.compile(r"(?<=\])\((?:\\.|[^()\\\n])*\)")


@dataclass(frozen=True, slots=True)
class CommentTarget:
    """What a new comment is about.

    Attributes:
        place: address of a text, a photo or a clip.
        start, end: the words, in the text as it is read; both 0: all of it.
        begins, ends: of a clip, seconds of the original.
    """

    place: str
    start: int = 0
    end: int = 0
    begins: float | None = None
    ends: float | None = None


def place_in_story(story: Story, comment: Comment) -> TextPlace | None:
    """The place of a comment; of one that is adrift its entire field, None when that is gone too.

    A stretch of a clip is ``videos/<id>/at/<seconds>``: no rule reports such an address, the video desk goes there.
    """
    text = anchored_text(story, comment.place)
    if text is None:
        return None
    if comment.begins is not None and comment.place.startswith("videos/"):
        return TextPlace(f"{comment.place}/at/{comment.begins:g}")
    found = comment_range(story, comment)
    if found is None or found.end <= found.start:
        return TextPlace(comment.place)
    if comment.place != "body":
        return TextPlace(comment.place, found.start, found.end)
    return TextPlace("body", *markdown_range(story.body, text, found.start, found.end))


def markdown_range(markdown: str, read: str, start: int, end: int) -> tuple[int, int]:
    """Where words of the body as it is read stand in its Markdown: from their first letter to behind their last.

    Args:
        markdown: the body.
        read: the same as it is read.
        start: of the words in ``read``.
        end: of the words in ``read``, behind ``start``.
    """
    # Addresses of links are no words: blanked, so that no letter of the text is found in one of them.
    source = _LINK_TARGET.sub(lambda found: "\0" * len(found[0]), markdown)
    first, at = 0, 0
    for number, char in enumerate(read[:end]):
        place = _next_at(source, char, at)
        if number == start:
            first = place
        if char.strip():  # white space is written in other ways: it is skipped
            at = min(place + 1, len(markdown))
    return first, max(first, at)


def _next_at(source: str, char: str, at: int) -> int:
    """The next place of a character; where there is none (it was written as an entity), where we are."""
    if not char.strip():
        return at
    place = source.find(char, at)
    return at if place < 0 else place

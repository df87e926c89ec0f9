"""The right of reply (hak jawab): what someone a story speaks of answers to it, in their own words.

It is published with the story and as a post of its own wherever the story had appeared (UU Pers 40/1999 pasal 5; KEJ
pasal 11; Pedoman Pemberitaan Media Siber 4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from studio.base.errors import UserError
from studio.story.edits import StoryEdit
from studio.story.newsroom_records import RightOfReply
from studio.story.publishing import find_publication

if TYPE_CHECKING:
    from studio.story.model import Story


def set_reply(number: int | None, text: str, by: str, role: str, when: str, received: str) -> StoryEdit:
    """Record a reply, or change one.

    Args:
        number: which, from 0; None adds one.
        text: the words of whoever replies; Markdown means nothing in it.
        by: who replies.
        role: as what: "Kepala Dusun".
        when: ISO day on which it was said.
        received: ISO 8601 of when the group got it; kept in the workspace.

    Raises:
        UserError: ``reply.text_needed`` or ``reply.by_needed``.
    """
    if not text.strip():
        raise UserError("reply.text_needed")
    if not by.strip():
        raise UserError("reply.by_needed")
    words: dict[str, Any] = {
        "text": text.strip(),
        "by": " ".join(by.split()),
        "role": " ".join(role.split()),
        "when": when,
    }

    def apply(story: Story) -> Story:
        replies = story.right_of_reply
        if number is None or not 0 <= number < len(replies):
            return replace(story, right_of_reply=(*replies, RightOfReply(**words, received=received)))
        after = tuple(replace(each, **words) if at == number else each for at, each in enumerate(replies))
        return story if after == replies else replace(story, right_of_reply=after)

    return StoryEdit("edit.reply", apply)


def remove_reply(number: int) -> StoryEdit:
    """Take a reply out of the story again."""

    def apply(story: Story) -> Story:
        kept = tuple(each for at, each in enumerate(story.right_of_reply) if at != number)
        return story if len(kept) == len(story.right_of_reply) else replace(story, right_of_reply=kept)

    return StoryEdit("edit.reply_remove", apply)


def replies_of(story: Story) -> tuple[RightOfReply, ...]:
    """The replies that have words."""
    return tuple(each for each in story.right_of_reply if each.text.strip())


def replies_due(story: Story, outlet: str) -> tuple[RightOfReply, ...]:
    """Replies that readers of an outlet have not seen with the story: those that came after it appeared there."""
    line = find_publication(story, outlet)
    if line is None:
        return ()
    return tuple(each for each in replies_of(story) if (each.received or each.when or line.when)[:10] >= line.when[:10])

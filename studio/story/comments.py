"""Remarks about places of a story, and changes that someone suggests there: edits as pure functions.

Nothing of a comment is ever thrown away: it is resolved or answered, and stays with the story. Its record is
``studio.story.newsroom_records.Comment``, where it stands says ``studio.story.comment_anchors``.
"""

from __future__ import annotations

from dataclasses import replace as change_block
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.story.body import BodyBlock, TextSpan, parse_markdown, to_markdown
from studio.story.comment_anchors import GAP, anchor_at, anchored_text, find_anchor, follow_edit
from studio.story.edits import StoryEdit, new_id
from studio.story.mending import replace_words
from studio.story.newsroom_records import Comment, CommentReply
from studio.story.places import TextPlace
from studio.story.text_search import cut_spans
from studio.story.word_changes import word_changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from studio.story.claims import LedgerStamp
    from studio.story.comment_anchors import AnchorRange
    from studio.story.model import Story

ACCEPTED, REFUSED = "accepted", "refused"
SUGGESTED_FIELDS = ("headline", "summary", "body")
"""The texts of the writing desk that may be rewritten as suggestions."""


# ------------------------------------------------------------------------------------------------ reading


def find_comment(story: Story, comment_id: str) -> Comment | None:
    """The comment with this id."""
    return next((comment for comment in story.comments if comment.id == comment_id), None)


def open_comments(story: Story) -> tuple[Comment, ...]:
    """Those that nobody has resolved or answered."""
    return tuple(comment for comment in story.comments if not comment.resolved)


def is_suggestion(comment: Comment) -> bool:
    """Whether it suggests other words."""
    return comment.suggestion is not None


def comment_range(story: Story, comment: Comment) -> AnchorRange | None:
    """Where it stands in its text now; None when its words are gone: it is shown as adrift, with its quote."""
    return find_anchor(comment, anchored_text(story, comment.place))


def overlapping(story: Story, comment: Comment) -> tuple[Comment, ...]:
    """Other open suggestions for some of the same words: only one of them can be accepted as it is."""
    here = comment_range(story, comment)
    if here is None or not is_suggestion(comment):
        return ()
    found = []
    for other in open_comments(story):
        if other.id == comment.id or not is_suggestion(other) or other.place != comment.place:
            continue
        there = comment_range(story, other)
        if there is not None and there.start < here.end and here.start < there.end:
            found.append(other)
    return tuple(found)


def comment_words(comment: Comment) -> tuple[str, ...]:
    """Everything that is written in a comment: for the search, and for the rules about people."""
    texts = (comment.text, comment.quote, comment.suggestion or "", *(reply.text for reply in comment.replies))
    return tuple(text for text in texts if text.strip())


# ------------------------------------------------------------------------------------------------ comments


def new_comment(story: Story, place: str, start: int, end: int, text: str, stamp: LedgerStamp) -> Comment:
    """A comment on the words from ``start`` to ``end`` of the text at ``place`` (both 0: the field itself)."""
    made = Comment(id=new_id(), place=place, text=text.strip(), by=stamp.by, when=stamp.when)
    return anchor_at(made, anchored_text(story, place) or "", start, end)


def add_comments(comments: Iterable[Comment]) -> StoryEdit:
    """Put comments or suggestions to the story."""
    fixed = tuple(comments)
    label = "edit.suggest" if any(map(is_suggestion, fixed)) else "edit.comment_add"
    return StoryEdit(label, lambda story: replace(story, comments=(*story.comments, *fixed)) if fixed else story)


def reply_to(comment_id: str, text: str, stamp: LedgerStamp) -> StoryEdit:
    """Answer a comment; one that was resolved is open again, as someone has something to say."""
    reply = CommentReply(text=text.strip(), by=stamp.by, when=stamp.when)

    def change(comment: Comment) -> Comment:
        if not reply.text:
            return comment
        opened = replace(comment, replies=(*comment.replies, reply))
        return opened if comment.answer else replace(opened, resolved="", resolved_by="")

    return _change_comment("edit.comment_reply", comment_id, change)


def rewrite_comment(comment_id: str, text: str) -> StoryEdit:
    """Say it in other words."""
    return _change_comment("edit.comment", comment_id, lambda comment: replace(comment, text=text.strip()))


def resolve_comment(comment_id: str, stamp: LedgerStamp) -> StoryEdit:
    """It is settled."""

    def change(comment: Comment) -> Comment:
        return comment if comment.resolved else replace(comment, resolved=stamp.when, resolved_by=stamp.by)

    return _change_comment("edit.comment_resolve", comment_id, change)


def reopen_comment(comment_id: str) -> StoryEdit:
    """It is not settled after all; of a suggestion that was refused, the answer is taken back too.

    One that was accepted stays so: its words are in the text, and undo takes them out again.
    """

    def change(comment: Comment) -> Comment:
        accepted = comment.answer == ACCEPTED
        return comment if accepted else replace(comment, resolved="", resolved_by="", answer="")

    return _change_comment("edit.comment_reopen", comment_id, change)


def require_comment(comment_id: str, *, required: bool) -> StoryEdit:
    """Whether the story has to wait until it is resolved."""
    return _change_comment("edit.comment_required", comment_id, lambda comment: replace(comment, required=required))


def _change_comment(label: str, comment_id: str, change: Callable[[Comment], Comment]) -> StoryEdit:
    def apply(story: Story) -> Story:
        after = tuple(change(comment) if comment.id == comment_id else comment for comment in story.comments)
        return story if after == story.comments else replace(story, comments=after)

    return StoryEdit(label, apply)


# ------------------------------------------------------------------------------------------------ suggestions


def suggest_words(
    story: Story, place: str, start: int, end: int, words: str, text: str, stamp: LedgerStamp
) -> Comment | None:
    """One suggestion: ``words`` in the place of those from ``start`` to ``end``; None when they are the same.

    Where there are no words to replace, a neighbouring one is taken along.
    """
    now = anchored_text(story, place) or ""
    if now[start:end] == words:
        return None
    if start == end and now:
        found = word_changes(now, now[:start] + words + now[end:])
        if len(found) == 1:
            start, end, words = found[0].start, found[0].end, found[0].text
    return replace(new_comment(story, place, start, end, text, stamp), suggestion=words)


def suggest_text(place: str, proposed: str, stamp: LedgerStamp, batch: str) -> Callable[[Story], Story]:
    """Rewrite all of a text as suggestions, one for each change of words.

    Args:
        place: of the text.
        proposed: the text as it should read.
        stamp: who suggests it, and when.
        batch: begins the ids of those that belong together; those made before and no longer meant are replaced, so
            that rewriting may go on key by key.
    """

    def apply(story: Story) -> Story:
        now = anchored_text(story, place)
        if now is None:
            return story
        mine = [comment for comment in story.comments if _is_of(comment, batch, place)]
        others = tuple(comment for comment in story.comments if comment not in mine)
        made: list[Comment] = []
        for change in word_changes(now, proposed):
            old = next((c for c in mine if (c.start, c.quote) == (change.start, now[change.start : change.end])), None)
            known = old or Comment(id=_fresh_id(batch, (*story.comments, *made)), place=place, by=stamp.by)
            anchored = anchor_at(known, now, change.start, change.end)
            made.append(replace(anchored, suggestion=change.text, when=old.when if old else stamp.when))
        after = (*others, *made)
        return story if after == story.comments else replace(story, comments=after)

    return apply


def _fresh_id(batch: str, taken: Iterable[Comment]) -> str:
    known = {comment.id for comment in taken}
    return next(name for name in (f"{batch}-{number}" for number in range(len(known) + 1)) if name not in known)


def _is_of(comment: Comment, batch: str, place: str = "") -> bool:
    """Whether an open suggestion belongs to a batch (and to a place)."""
    mine = comment.id.rpartition("-")[0] == batch and not comment.resolved and is_suggestion(comment)
    return mine and (not place or comment.place == place)


def proposed_story(story: Story, batch: str) -> Story:
    """The story as it would read with the suggestions of a batch accepted: what is shown while they are made."""
    mine = [comment for comment in story.comments if _is_of(comment, batch)]
    placed = [(comment, found) for comment in mine if (found := comment_range(story, comment)) is not None]
    # All places are those of the text as it is; from the last to the first, none moves before its turn. Looked for
    # again in between, words could be found in what was just put in.
    placed.sort(key=lambda item: (item[0].place, item[1].start), reverse=True)
    blocks = parse_markdown(story.body)
    for comment, found in placed:
        if comment.place == "body":
            blocks = _replace_in_blocks(blocks, found.start, found.end, comment.suggestion or "")
        else:
            story = _put_in(story, comment.place, found, comment.suggestion or "")
    return replace(story, body=to_markdown(blocks)) if any(c.place == "body" for c, _ in placed) else story


def accept_suggestion(comment_id: str, stamp: LedgerStamp) -> StoryEdit:
    """Put the suggested words into the text, and note it: one step of undo.

    Nothing happens where the words it was made for are gone, or someone decided already. Other suggestions for the
    same words stay, adrift where their words are gone now.
    """

    def apply(story: Story) -> Story:
        comment = find_comment(story, comment_id)
        if comment is None or comment.resolved or not is_suggestion(comment):
            return story
        after = with_suggestion(story, comment)
        if after is None:
            return story
        return follow_edit(story, _answered(after, comment_id, ACCEPTED, stamp))

    return StoryEdit("edit.suggestion_accept", apply)


def refuse_suggestion(comment_id: str, stamp: LedgerStamp) -> StoryEdit:
    """Leave the text as it is, and note that."""

    def apply(story: Story) -> Story:
        comment = find_comment(story, comment_id)
        if comment is None or comment.resolved or not is_suggestion(comment):
            return story
        return _answered(story, comment_id, REFUSED, stamp)

    return StoryEdit("edit.suggestion_refuse", apply)


def _answered(story: Story, comment_id: str, answer: str, stamp: LedgerStamp) -> Story:
    def change(comment: Comment) -> Comment:
        if comment.id != comment_id:
            return comment
        return replace(comment, answer=answer, resolved=stamp.when, resolved_by=stamp.by)

    return replace(story, comments=tuple(change(comment) for comment in story.comments))


def with_suggestion(story: Story, comment: Comment) -> Story | None:
    """The story with the suggested words in it; None where they have no place."""
    found = comment_range(story, comment)
    if found is None or comment.suggestion is None:
        return None
    return _put_in(story, comment.place, found, comment.suggestion)


def _put_in(story: Story, place: str, found: AnchorRange, words: str) -> Story:
    """The story with other words at a stretch of one of its texts."""
    if place == "body":
        return replace(story, body=replace_in_body(story.body, found.start, found.end, words))
    now = anchored_text(story, place) or ""
    if place in {"headline", "summary"}:
        words = " ".join(words.split("\n"))
        if not now:
            return replace(story, **{place: words})
    where = TextPlace(place, found.start, found.end)
    return replace_words(where, words, now[found.start : found.end] if found.end else now).apply(story)


# ------------------------------------------------------------------------------------------------ words of the body


def replace_in_body(markdown: str, start: int, end: int, words: str) -> str:
    """The Markdown with other words at a stretch of the body as it is read (``comment_anchors``).

    They take the look of what they replace: of the first of the old words, else of the one before. An empty line in
    ``words`` begins a new block; one that is replaced joins two.
    """
    return to_markdown(_replace_in_blocks(parse_markdown(markdown), start, end, words))


def _replace_in_blocks(blocks: Sequence[BodyBlock], start: int, end: int, words: str) -> tuple[BodyBlock, ...]:
    if not blocks:
        return tuple(BodyBlock("paragraph", (TextSpan(part),)) for part in words.split(GAP))
    first, head = _block_at(blocks, start)
    last, tail = _block_at(blocks, end)
    before = cut_spans(blocks[first], 0, head)
    after = cut_spans(blocks[last], tail, len(blocks[last].text))
    look = (cut_spans(blocks[first], head, head + 1) or before[-1:] or after[:1] or [TextSpan("")])[0]
    parts = words.split(GAP)
    made: list[BodyBlock] = []
    for number, part in enumerate(parts):
        spans = [change_block(look, text=part)] if part else []
        spans = [*(before if number == 0 else ()), *spans, *(after if number == len(parts) - 1 else ())]
        kind = blocks[first].kind if number == 0 or blocks[first].kind != "heading" else "paragraph"
        made.append(BodyBlock(kind, tuple(spans)))
    return (*blocks[:first], *made, *blocks[last + 1 :])


def _block_at(blocks: Sequence[BodyBlock], at: int) -> tuple[int, int]:
    """The block and the character in it at a position of the body as it is read; the gap belongs to the block above."""
    for number, block in enumerate(blocks):
        if at <= len(block.text):
            return number, at
        at -= len(block.text) + len(GAP)
        if at < 0:  # inside the gap
            return (number + 1, 0) if number + 1 < len(blocks) else (number, len(block.text))
    return len(blocks) - 1, len(blocks[-1].text)

"""Rules about comments and suggestions: what is still open, and names that no comment should hold.

A comment reaches no reader, but it goes along in a working package, and a suggestion is one click away from the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.checks.finding import Finding
from studio.checks.identity_leaks import IDENTITY, names_in
from studio.story.comment_anchors import anchored_text
from studio.story.comments import is_suggestion, open_comments, with_suggestion
from studio.story.places import TextPlace
from studio.story.text import cut_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.finding import Level
    from studio.checks.protected_names import Known
    from studio.story.model import Group, Story
    from studio.story.newsroom_records import Comment

NEWSROOM = "praktik redaksi"
_SHOWN = 60
"""Characters of a comment or quote that a finding repeats."""


def check_comments(story: Story, group: Group, known: Known) -> tuple[Finding, ...]:
    """What is open, then names.

    Args:
        story: any story.
        group: whose own words may be named.
        known: whether the language has a word (``studio.lexicon.word_list``).

    Returns:
        A block for each open comment that has to be settled first (topic ``form``), one advice for each other open one;
        a warning of topic ``people`` for each comment that names someone protected.
    """
    if not story.comments:
        return ()
    return (*_open_findings(story), *_name_findings(story, group, known))


def _open_findings(story: Story) -> Iterator[Finding]:
    for comment in open_comments(story):
        level: Level = "block" if comment.required else "advice"
        kind = "suggestion" if is_suggestion(comment) else "comment"
        code = f"{kind}_{'required' if comment.required else 'open'}"
        facts = {"word": comment.id, "text": comment_line(comment), "who": f" ({comment.by})" if comment.by else ""}
        place = TextPlace(f"comments/{comment.id}")
        # Said by its words: a reason that lets it stand no longer holds when it asks for something else.
        said = "\n".join((comment.text, comment.suggestion or ""))
        yield Finding(code, level, "form", place, facts, NEWSROOM, said=said)


def comment_line(comment: Comment) -> str:
    """One line that says which comment it is: its own words, else what it is about."""
    return cut_line(comment.text or comment.suggestion or comment.quote, _SHOWN)


def _name_findings(story: Story, group: Group, known: Known) -> Iterator[Finding]:
    for comment in story.comments:
        place = TextPlace(f"comments/{comment.id}")
        own = (comment.text, *(reply.text for reply in comment.replies))
        for word, names in names_in(own, story, group, known).items():
            yield Finding("people_comment_named", "warning", "people", place, {"word": word, "name": names}, IDENTITY)
        if is_suggestion(comment) and not comment.resolved:
            for word, names in _suggested_names(story, comment, group, known).items():
                facts = {"word": word, "name": names}
                yield Finding("people_suggestion_named", "warning", "people", place, facts, IDENTITY)


def _suggested_names(story: Story, comment: Comment, group: Group, known: Known) -> dict[str, str]:
    """Names that stand in the suggested words, or would appear when they stand beside what is there."""
    found = names_in((comment.suggestion or "",), story, group, known)
    accepted = with_suggestion(story, comment)
    if accepted is not None:
        now = names_in((anchored_text(story, comment.place) or "",), story, group, known)
        then = names_in((anchored_text(accepted, comment.place) or "",), story, group, known)
        found |= {word: names for word, names in then.items() if word not in now and word not in found}
    return found

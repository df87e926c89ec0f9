"""A story that was taken back, and what readers must still learn about it.

A withdrawal has a reason and is announced to the public (Pedoman Pemberitaan Media Siber 5). Which of it may be shown
is for the gate to say (``release.release_gate``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.story import date_formats
from studio.story.model import Consent
from studio.story.publishing import find_publication
from studio.story.story_status import PUBLIC
from studio.story.text import close_sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.story.model import Group, Person, Status, StatusChange, Story

TITLE = "Berita dicabut"
"""The title of a withdrawal that names nothing."""
_UNTOLD = "Alasan lengkapnya tidak dimuat di sini untuk melindungi orang yang bersangkutan."


@dataclass(frozen=True, slots=True)
class StoryWithdrawal:
    """What may be said of a story that was taken back.

    Attributes:
        when: ISO 8601 of the withdrawal; "" when nobody noted it.
        headline: of the story, as readers knew it; "" when it would lead to someone who is protected.
        reason: why; "" for the same reason, or when none was given.
        address: the folder of its page on the website.
        moved: the page does not stand at the story's old address, as that would lead to someone.
        untold: there is a reason, and it cannot be shown.
    """

    when: str
    headline: str
    reason: str
    address: str
    moved: bool = False
    untold: bool = False

    @property
    def title(self) -> str:
        """The title of its page and posts."""
        return f"{TITLE}: “{self.headline}”" if self.headline else TITLE

    @property
    def why(self) -> str:
        """The sentence about the reason; "" where none was given."""
        if self.untold:
            return _UNTOLD
        return f"Alasan: {close_sentence(self.reason)}" if self.reason else ""


def standing_withdrawal(story: Story) -> StatusChange | None:
    """The step that took the story back, while it has not been public again since; None for any other story."""
    for line in reversed(story.log):
        if line.finding:
            continue
        if line.status == "withdrawn":
            return line
        if line.status in PUBLIC:
            return None
    return None


def is_withdrawn(story: Story) -> bool:
    """Whether readers are to find that it was taken back: now, or while it is being written again."""
    return story.status == "withdrawn" or (story.status not in PUBLIC and standing_withdrawal(story) is not None)


def rewriting_steps(story: Story) -> tuple[StatusChange, ...]:
    """The steps of the log that made a withdrawn story one that is written again: no longer a draft to anyone."""
    found: list[StatusChange] = []
    taken_back = False
    for line in story.log:
        if line.finding:
            continue
        if line.status == "draft" and taken_back:
            found.append(line)
        taken_back = line.status == "withdrawn" or (taken_back and line.status not in PUBLIC)
    return tuple(found)


def shown_status(story: Story) -> Status:
    """The status a story is called by: to readers one that was taken back stays so until it is public again."""
    return "withdrawn" if is_withdrawn(story) else story.status


def hidden_people(story: Story) -> tuple[Person, ...]:
    """The people of a story as a withdrawal must treat them: who took a consent back is protected from then on."""
    return tuple(
        replace(person, protected=True, consent=Consent()) if person.consent.withdrawn else person
        for person in story.people
    )


def withdrawal_text(story: Story, told: StoryWithdrawal, outlet: str, group: Group, link: str) -> str:
    """The withdrawal as a post of its own, in Indonesian like every post.

    Args:
        story: whose; only its log of publications is read.
        told: what may be said.
        outlet: id of the outlet where the story had appeared.
        group: who signs.
        link: the page about it, "" for none.
    """
    return "\n\n".join(_post_parts(story, told, outlet, group, link)) + "\n"


def _post_parts(story: Story, told: StoryWithdrawal, outlet: str, group: Group, link: str) -> list[str]:
    day = date_formats.short_date(told.when)
    head = f"PENCABUTAN BERITA{f' ({day})' if day else ''}"
    line = find_publication(story, outlet)
    since = date_formats.short_date(line.when) if line is not None else ""
    here = f"Berita yang kami muat di sini{f' pada {since}' if since else ''} telah kami cabut."
    parts = [f"{head}: “{told.headline}”" if told.headline else head, here]
    if told.why:
        parts.append(told.why)
    if link:
        parts.append(f"Penjelasan: {link}")
    return [*parts, group.name] if group.name else parts


def fitted_text(make: Callable[[StoryWithdrawal], str], told: StoryWithdrawal, fits: Callable[[str], bool]) -> str:
    """The text of a withdrawal within an outlet's limit: the reason is cut first, then the headline goes.

    Args:
        make: makes the text.
        told: what may be said.
        fits: whether a text is short enough.
    """
    words = told.reason.split()
    # Word by word from the end, each time as a whole post: where a limit falls depends on what the outlet counts.
    while words and not fits(make(_with_reason(told, words))):
        words = words[:-1]
    short = _with_reason(told, words)
    # Still too long without any reason: the headline is the only other part of a length nobody knows.
    if not fits(make(short)):
        short = StoryWithdrawal(told.when, "", short.reason, told.address, told.moved, told.untold)
    return make(short)


def _with_reason(told: StoryWithdrawal, words: list[str]) -> StoryWithdrawal:
    whole = told.reason.split()
    reason = told.reason if words == whole else " ".join(words) + "…" if words else ""
    return StoryWithdrawal(told.when, told.headline, reason, told.address, told.moved, told.untold)

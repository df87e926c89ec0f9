"""What a story still lacks before it can be published: a plain list, computed from the story alone.

This is about completeness only. Whether it is true, well written and safe for the people in it is the business of
``studio.checks``. The limits are the habit of newsrooms, no rule: a headline of 4 to 14 words, a body of at least 60.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from studio.story.body import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.story.model import Story

Desk = Literal["write", "photo", "video"]
SHORTEST_HEADLINE, LONGEST_HEADLINE = 4, 14
LEAST_WORDS = 60
_ANSWERS = ("what", "who", "where", "when", "why", "how")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to have done.

    ``code`` names its text (``"complete.<code>"``), ``desk`` is where it is mended, ``count`` says how many lack it
    (for headline and body: how many words there are).
    """

    code: str
    done: bool
    desk: Desk
    count: int = 0


def items(story: Story) -> tuple[Item, ...]:
    """Everything a complete story has, in the order in which it is made."""
    return (*_text_items(story), *_photo_items(story), *_video_items(story))


def _text_items(story: Story) -> Iterator[Item]:
    words = len(story.headline.split())
    yield Item("headline", SHORTEST_HEADLINE <= words <= LONGEST_HEADLINE, "write", words)
    length = len(plain(story.body).split())
    yield Item("body", length >= LEAST_WORDS, "write", length)
    yield Item("place", bool(story.place.strip()), "write")
    yield Item("date", bool(story.date.strip()), "write")
    yield Item("byline", any(name.strip() for name in story.byline), "write")
    if story.kind in {"news", "event", "profile"}:
        open_answers = sum(not getattr(story.answers, name).strip() for name in _ANSWERS)
        yield Item("answers", open_answers == 0, "write", open_answers)
        yield Item("sources", bool(story.sources), "write")
    if story.kind == "notice":
        yield Item("valid_until", bool(story.valid_until.strip()), "write")


def _photo_items(story: Story) -> Iterator[Item]:
    yield Item("photo", bool(story.photos), "photo")
    for field in ("caption", "credit", "alt"):
        missing = sum(not getattr(photo, field).strip() for photo in story.photos)
        if story.photos:
            yield Item(f"photo_{field}", missing == 0, "photo", missing)
    unseen = sum(not photo.people_checked for photo in story.photos)
    if story.photos:
        yield Item("photo_people", unseen == 0, "photo", unseen)


def _video_items(story: Story) -> Iterator[Item]:
    if not story.videos:
        return
    for field in ("caption", "credit"):
        missing = sum(not getattr(video, field).strip() for video in story.videos)
        yield Item(f"video_{field}", missing == 0, "video", missing)
    unseen = sum(not video.people_checked for video in story.videos)
    yield Item("video_people", unseen == 0, "video", unseen)

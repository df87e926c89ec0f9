"""Edits of a story as plain functions: ``Story -> Story``, with a label for "undo" and a key that joins runs of them.

The window applies them through its session; the commands and the tests may apply them directly. An edit that finds
nothing to change returns the very same story, and the session then records nothing.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from msgspec.structs import replace

from studio.story.model import LeadAnswers, Photo, StatusChange, Video

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studio.story.model import Slideshow, Source, Status, Story, StoryKind

Field = Literal[
    "headline",
    "kicker",
    "place",
    "date",
    "date_end",
    "hours",
    "byline",
    "editor",
    "category",
    "tags",
    "summary",
    "body",
    "kind",
    "valid_until",
    "language",
    "advertorial",
]
MediaList = Literal["photos", "videos"]


@dataclass(frozen=True, slots=True)
class StoryEdit:
    """One change of the story.

    Args:
        label: code of the text that names it in the undo menu, such as ``"edit.headline"``.
        apply: the change. It must be pure, and return the same object when there is nothing to do.
        merge: edits in a row with the same key become one step of undo; "" never joins.
    """

    label: str
    apply: Callable[[Story], Story]
    merge: str = ""


def new_id() -> str:
    """A fresh identifier for a photo, video, person or claim: 12 hexadecimal digits."""
    return secrets.token_hex(6)


def set_field(name: Field, value: object) -> StoryEdit:
    """Set one plain field; runs on the same field are joined (typing)."""

    def apply(story: Story) -> Story:
        return story if getattr(story, name) == value else replace(story, **{name: value})

    return StoryEdit(f"edit.{name}", apply, merge=f"field:{name}")


def set_answer(which: Literal["what", "who", "where", "when", "why", "how"], value: str) -> StoryEdit:
    """Set one of the six answers (5W+1H)."""

    def apply(story: Story) -> Story:
        answers: LeadAnswers = replace(story.answers, **{which: value})
        return story if answers == story.answers else replace(story, answers=answers)

    return StoryEdit("edit.answers", apply, merge=f"answer:{which}")


def set_sources(sources: Iterable[Source]) -> StoryEdit:
    """Replace the list of sources."""
    fixed = tuple(sources)
    return StoryEdit(
        "edit.sources", lambda story: story if story.sources == fixed else replace(story, sources=fixed), "sources"
    )


def set_points(marks: Iterable[str] | None) -> StoryEdit:
    """Tick these sentences as key points (``studio.story.key_points``), each a step of its own; None: the proposed."""
    fixed = None if marks is None else tuple(marks)
    return StoryEdit("edit.points", lambda story: story if story.points == fixed else replace(story, points=fixed))


def set_slides(marks: Iterable[str] | None) -> StoryEdit:
    """Show these slides of the carousel in this order (``studio.story.slide_order``); None: as they are proposed."""
    fixed = None if marks is None else tuple(marks)
    return StoryEdit("edit.slides", lambda story: story if story.slides == fixed else replace(story, slides=fixed))


def set_kind(kind: StoryKind) -> StoryEdit:
    """Say what sort of story it is."""
    return StoryEdit("edit.kind", lambda story: story if story.kind == kind else replace(story, kind=kind))


def set_status(status: Status, when: str, by: str = "", reason: str = "") -> StoryEdit:
    """Move the story along its way; the step stays in its log.

    Args:
        status: the new status.
        when: ISO 8601 date and time with offset.
        by: who did it.
        reason: what the user typed, when there was something to say.
    """

    def apply(story: Story) -> Story:
        if story.status == status:
            return story
        step = StatusChange(status=status, when=when, by=by, reason=reason)
        return replace(story, status=status, log=(*story.log, step))

    return StoryEdit("edit.status", apply)


# ------------------------------------------------------------------------------------------------ photos and videos


def add_photos(photos: Iterable[Photo]) -> StoryEdit:
    """Append photos."""
    fixed = tuple(photos)
    return StoryEdit("edit.photo_add", lambda story: replace(story, photos=(*story.photos, *fixed)) if fixed else story)


def add_videos(videos: Iterable[Video]) -> StoryEdit:
    """Append clips."""
    fixed = tuple(videos)
    return StoryEdit("edit.video_add", lambda story: replace(story, videos=(*story.videos, *fixed)) if fixed else story)


def change_photo(photo_id: str, **changes: object) -> StoryEdit:
    """Change fields of one photo. Runs on the same fields of the same photo are joined (typing, sliders).

    Raises (when applied):
        TypeError: there is no such field.
    """
    return _change_media("photos", "edit.photo", photo_id, changes)


def change_video(video_id: str, **changes: object) -> StoryEdit:
    """Change fields of one clip, like ``change_photo``."""
    return _change_media("videos", "edit.video", video_id, changes)


def remove_photo(photo_id: str) -> StoryEdit:
    """Take a photo out of the story; its original stays in ``media/``, so that undo brings it back."""

    def apply(story: Story) -> Story:
        kept = tuple(photo for photo in story.photos if photo.id != photo_id)
        if len(kept) == len(story.photos):
            return story
        cover = "" if story.cover == photo_id else story.cover
        return replace(story, photos=kept, cover=cover, slideshow=_slideshow_without(story.slideshow, photo_id))

    return StoryEdit("edit.photo_remove", apply)


def remove_video(video_id: str) -> StoryEdit:
    """Take a clip out of the story; its original stays in ``media/``."""

    def apply(story: Story) -> Story:
        kept = tuple(video for video in story.videos if video.id != video_id)
        return story if len(kept) == len(story.videos) else replace(story, videos=kept)

    return StoryEdit("edit.video_remove", apply)


def move_photo(photo_id: str, to: int) -> StoryEdit:
    """Move a photo to position ``to`` (0 is first; kept within the list): the order of the carousel."""
    return _move_media("photos", "edit.photo_move", photo_id, to)


def move_video(video_id: str, to: int) -> StoryEdit:
    """Move a clip to position ``to``, like ``move_photo``."""
    return _move_media("videos", "edit.video_move", video_id, to)


def set_cover(photo_id: str) -> StoryEdit:
    """Choose the photo that stands for the story; "" leaves it to the first."""
    return StoryEdit("edit.cover", lambda story: story if story.cover == photo_id else replace(story, cover=photo_id))


def note_address(story: Story, folder: str) -> Story:
    """The story, with a name of its folder under which somebody may look for it; the same where that is known.

    Its present one may be noted too: from then on it does not follow the headline by itself.
    """
    known = story.former_folders
    return story if not folder or folder in known else replace(story, former_folders=(*known, folder))


_STAYS = ("id", "created", "right_of_reply", "former_folders")
_HAPPENED = ("status", "log", "publications", "told", "corrections")
"""What happened to a story that readers have or had."""
_BEFORE_READERS = frozenset({"draft", "review", "ready"})


def restore_version(version: Story) -> StoryEdit:
    """Bring an earlier version back, as one step that can itself be undone. The story keeps its identity.

    What was said about it and what happened to it stays as it is now: a comment of today is not taken back with the
    words of yesterday, nor is that readers have it, what they were given, a correction, a reply or an old address.
    """

    def apply(story: Story) -> Story:
        known = {comment.id for comment in story.comments}
        # Comments are no part of what is brought back: those of today stay, and those deleted since return.
        older = tuple(comment for comment in version.comments if comment.id not in known)
        out = story.publications or story.told is not None or story.status not in _BEFORE_READERS
        kept = {name: getattr(story, name) for name in (*_STAYS, *(_HAPPENED if out else ()))}
        restored = replace(version, comments=(*story.comments, *older), **kept)
        return story if restored == story else restored

    return StoryEdit("edit.restore", apply)


def _change_media(which: MediaList, label: str, media_id: str, changes: dict[str, object]) -> StoryEdit:
    def apply(story: Story) -> Story:
        before: tuple[Any, ...] = getattr(story, which)
        after = tuple(replace(item, **changes) if item.id == media_id else item for item in before)
        return story if after == before else replace(story, **{which: after})

    return StoryEdit(label, apply, merge=f"{which}:{media_id}:{','.join(sorted(changes))}")


def _move_media(which: MediaList, label: str, media_id: str, to: int) -> StoryEdit:
    def apply(story: Story) -> Story:
        before: tuple[Any, ...] = getattr(story, which)
        moving = next((item for item in before if item.id == media_id), None)
        if moving is None:
            return story
        rest = [item for item in before if item.id != media_id]
        rest.insert(max(0, min(to, len(rest))), moving)
        return story if tuple(rest) == before else replace(story, **{which: tuple(rest)})

    return StoryEdit(label, apply)


def _slideshow_without(show: Slideshow | None, photo_id: str) -> Slideshow | None:
    if show is None or photo_id not in show.photos:
        return show
    return replace(show, photos=tuple(kept for kept in show.photos if kept != photo_id))

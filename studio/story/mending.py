"""Accepting what a rule proposes: words replaced at their address, findings ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from studio.story.edits import StoryEdit

if TYPE_CHECKING:
    from studio.story.model import Story
    from studio.story.places import TextPlace
    from studio.story.record_base import Record


def text_at(story: Story, field: str) -> str | None:
    """The text at an address of ``places``; None when there is none any more."""
    # The key of an override has slashes of its own (outlet/file), so all behind "overrides" is one part.
    found = _walk_record(story, field.split("/", 2) if field.startswith("overrides/") else field.split("/"))
    return found if isinstance(found, str) else None


def _walk_record(record: Any, parts: list[str]) -> object:
    if not parts:
        return getattr(record, "text", record)  # a subtitle is named by its number alone
    head, *rest = parts
    if isinstance(record, tuple):
        item = _item_index(record, head)
        return None if item is None else _walk_record(record[item], rest)
    if isinstance(record, dict):
        if "/".join(parts) in record:
            found = record["/".join(parts)]
            return getattr(found, "text", found)
        return _walk_record(record[head], rest) if head in record else None
    return _walk_record(getattr(record, head), rest) if head in getattr(record, "__struct_fields__", ()) else None


def _item_index(items: tuple[Any, ...], name: str) -> int | None:
    """The place of an item in a list, by its id or number."""
    for number, item in enumerate(items):
        if getattr(item, "id", None) == name:
            return number
    return int(name) if name.isdigit() and int(name) < len(items) and not hasattr(items[0], "id") else None


def replace_words(place: TextPlace, text: str, expected: str) -> StoryEdit:
    """Put ``text`` in place of what stands at ``place``.

    Args:
        place: where.
        text: the new words.
        expected: what stands there; when it is something else by now, nothing happens.
    """

    def apply(story: Story) -> Story:
        before = text_at(story, place.field)
        if before is None:
            return story
        start, end = (place.start, place.end) if place.end else (0, len(before))
        if before[start:end] != expected or expected == text:
            return story
        parts = place.field.split("/", 2) if place.field.startswith("overrides/") else place.field.split("/")
        changed: Story = _with_text(story, parts, before[:start] + text + before[end:])
        return changed

    return StoryEdit("edit.mended", apply)


def replace_everywhere(changes: tuple[tuple[TextPlace, str, str], ...]) -> StoryEdit:
    """Put new words in several places at once, as one step of undo.

    Args:
        changes: place, new words, and what is expected there; a place where something else stands by now is left alone.
    """
    last_first = sorted(changes, key=lambda change: (change[0].field, change[0].start), reverse=True)

    def apply(story: Story) -> Story:
        for place, text, expected in last_first:
            story = replace_words(place, text, expected).apply(story)
        return story

    return StoryEdit("edit.mended", apply)


def _with_text(record: Any, parts: list[str], text: str) -> Any:
    if not parts:
        return replace(record, text=text) if hasattr(record, "text") else text
    head, *rest = parts
    if isinstance(record, tuple):
        number = _item_index(record, head)
        return tuple(_with_text(item, rest, text) if at == number else item for at, item in enumerate(record))
    if isinstance(record, dict):
        key = "/".join(parts)
        if key in record:
            return {**record, key: replace(record[key], text=text) if hasattr(record[key], "text") else text}
        return {**record, head: _with_text(record[head], rest, text)}
    kept: Record = record
    return replace(kept, **{head: _with_text(getattr(record, head), rest, text)})


def ignore_word(word: str) -> StoryEdit:
    """Accept a spelling in this story."""

    def apply(story: Story) -> Story:
        known = {kept.casefold() for kept in story.words_ignored}
        if not word.strip() or word.casefold() in known:
            return story
        return replace(story, words_ignored=(*story.words_ignored, word))

    return StoryEdit("edit.word_ignored", apply)


def put_aside(key: str) -> StoryEdit:
    """No longer see one warning or piece of advice (``Finding.key``) in this story."""

    def apply(story: Story) -> Story:
        return story if key in story.put_aside else replace(story, put_aside=(*story.put_aside, key))

    return StoryEdit("edit.put_aside", apply)


def take_up_again(key: str) -> StoryEdit:
    """See it again."""

    def apply(story: Story) -> Story:
        kept = tuple(known for known in story.put_aside if known != key)
        return story if kept == story.put_aside else replace(story, put_aside=kept)

    return StoryEdit("edit.taken_up", apply)

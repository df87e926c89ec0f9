"""What differs between two versions of a story, in an order and a grain that people can read."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from studio.store.codec import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.story.model import Story

_UNTOLD = frozenset({"modified"})


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    ``path`` names the field from the outside in, such as ``("photos", "p1", "caption")``; records with an id go by
    it, others by their place counted from 1. In ``body`` every changed paragraph is a change of its own. "" is "not
    there".
    """

    path: tuple[str, ...]
    before: str
    after: str


def changes(before: Story, after: Story) -> tuple[Change, ...]:
    """All differences, fields in the order of the model."""
    return tuple(_fields((), plain(before), plain(after)))


def _fields(path: tuple[str, ...], before: dict[str, object], after: dict[str, object]) -> Iterator[Change]:
    for name in dict.fromkeys((*before, *after)):
        if name not in _UNTOLD:
            yield from _values((*path, name), before.get(name), after.get(name))


def _values(path: tuple[str, ...], before: object, after: object) -> Iterator[Change]:
    if before == after:
        return
    if path == ("body",):
        yield from _paragraphs(path, str(before), str(after))
    elif isinstance(before, dict | None) and isinstance(after, dict | None):
        yield from _fields(path, before or {}, after or {})
    elif _are_records(before) and _are_records(after):
        yield from _fields(path, _by_name(before), _by_name(after))
    else:
        yield Change(path, _words(before), _words(after))


def _paragraphs(path: tuple[str, ...], before: str, after: str) -> Iterator[Change]:
    old, new = before.split("\n\n"), after.split("\n\n")
    for tag, start, end, begin, stop in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for number in range(max(end - start, stop - begin)):
            left = old[start + number] if start + number < end else ""
            right = new[begin + number] if begin + number < stop else ""
            yield Change(path, left, right)


def _are_records(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _by_name(records: object) -> dict[str, object]:
    assert isinstance(records, list)
    return {str(record.get("id") or number): record for number, record in enumerate(records, 1)}


def _words(value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return ", ".join(_words(item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_words(item)}" for name, item in value.items() if item not in ("", None, [], {}))
    return str(value)

"""What differs between two versions of a story, in an order and a grain that people can read."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from studio.store.codec import plain_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.story.model import Story

_UNTOLD = frozenset({"modified"})
_UNTOLD_OF_TRANSLATIONS = frozenset({"sources", "made_from", "when"})
"""What a translation was made from: the original as it stood, which has its own line where it changed."""


@dataclass(frozen=True, slots=True)
class VersionChange:
    """One difference.

    ``path`` names the field from the outside in, such as ``("photos", "p1", "caption")``; records with an id go by
    it, others by their place counted from 1. In ``body`` every changed paragraph is a change of its own. "" is "not
    there".
    """

    path: tuple[str, ...]
    before: str
    after: str


def version_changes(before: Story, after: Story) -> tuple[VersionChange, ...]:
    """All differences, fields in the order of the model."""
    return tuple(_field_changes((), plain_record(before), plain_record(after)))


def _field_changes(
    path: tuple[str, ...], before: dict[str, object], after: dict[str, object]
) -> Iterator[VersionChange]:
    # Both sides' fields, in the order of the model: a set would list them in another order each time.
    for name in dict.fromkeys((*before, *after)):
        if name not in (_UNTOLD_OF_TRANSLATIONS if len(path) == 2 and path[0] == "texts" else _UNTOLD):
            yield from _value_changes((*path, name), before.get(name), after.get(name))


def _value_changes(path: tuple[str, ...], before: object, after: object) -> Iterator[VersionChange]:
    if before == after:
        return
    if path[-1] == "body" and isinstance(before, str) and isinstance(after, str):
        yield from _paragraph_changes(path, str(before), str(after))
    elif isinstance(before, dict | None) and isinstance(after, dict | None):
        yield from _field_changes(path, before or {}, after or {})
    elif _are_records(before) and _are_records(after):
        yield from _field_changes(path, _by_name(before), _by_name(after))
    elif (old := _value_words(before)) != (new := _value_words(after)):  # nothing and no field are the same
        yield VersionChange(path, old, new)


def _paragraph_changes(path: tuple[str, ...], before: str, after: str) -> Iterator[VersionChange]:
    old, new = before.split("\n\n"), after.split("\n\n")
    for tag, start, end, begin, stop in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for number in range(max(end - start, stop - begin)):
            left = old[start + number] if start + number < end else ""
            right = new[begin + number] if begin + number < stop else ""
            yield VersionChange(path, left, right)


def _are_records(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _by_name(records: object) -> dict[str, object]:
    assert isinstance(records, list)
    return {str(record.get("id") or number): record for number, record in enumerate(records, 1)}


def _value_words(value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return ", ".join(_value_words(item) for item in value)
    if isinstance(value, dict):
        return "; ".join(
            f"{name}: {_value_words(item)}" for name, item in value.items() if item not in ("", None, [], {})
        )
    return str(value)

"""All records of the group at one moment, by where they lie below ``group/``, and edits of them.

The window keeps one such snapshot and one stack of undo for all pages of "Kelompok", as a desk keeps a story.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import msgspec

from studio.story.record_base import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class GroupRecords:
    """The records by place (``"profile.json"``, ``"products/<id>.json"``). Never changed: edits make another one."""

    by_place: Mapping[str, Record] = field(default_factory=dict)

    def record(self, place: str, kind: type[R]) -> R | None:
        """The record at a place; None when there is none, or one of another kind."""
        found = self.by_place.get(place)
        return found if isinstance(found, kind) else None

    def records(self, folder: str, kind: type[R]) -> dict[str, R]:
        """The records of a folder (``"products"``) by place, in the order of their names."""
        places = sorted(place for place in self.by_place if place.startswith(f"{folder}/"))
        return {place: found for place in places if isinstance(found := self.by_place[place], kind)}

    def with_record(self, place: str, record: Record | None) -> GroupRecords:
        """The same with another record at a place, None for none; the very same when nothing would change."""
        if self.by_place.get(place) == record:
            return self
        rest = {name: value for name, value in self.by_place.items() if name != place}
        return GroupRecords(rest if record is None else {**rest, place: record})


@dataclass(frozen=True, slots=True)
class GroupEdit:
    """One change of the group's records; see ``studio.story.edits.StoryEdit``.

    Args:
        label: code of the text that names it in the undo menu.
        apply: the change. It must be pure, and return the same object when there is nothing to do.
        merge: edits in a row with the same key become one step of undo; "" never joins.
    """

    label: str
    apply: Callable[[GroupRecords], GroupRecords]
    merge: str = ""


def put_record(place: str, record: Record, label: str, merge: str = "") -> GroupEdit:
    """Put a record where it belongs, in place of what is there."""
    return GroupEdit(label, lambda records: records.with_record(place, record), merge)


def remove_record(place: str, label: str) -> GroupEdit:
    """Take a record away; its file goes with the next save, and undo brings it back."""
    return GroupEdit(label, lambda records: records.with_record(place, None))


def change_record(place: str, start: R, change: Callable[[R], R], label: str, merge: str = "") -> GroupEdit:
    """Change the record at a place.

    Args:
        place: where it lies below ``group/``.
        start: stands for it while there is none.
        change: the change, pure.
        label: code of the text that names it in the undo menu.
        merge: as in ``GroupEdit``.
    """

    def apply(records: GroupRecords) -> GroupRecords:
        before = records.record(place, type(start))
        after = change(before or start)
        return records if before is None and after == start else records.with_record(place, after)

    return GroupEdit(label, apply, merge)


def stamp_changes(before: GroupRecords, after: GroupRecords, now: str) -> GroupRecords:
    """``after``, with the time in each record that keeps that of its last change (``modified``) and is another one.

    Args:
        before: as it was.
        after: as it is now; the very same object when nothing was changed.
        now: ISO 8601 with time zone.
    """
    for place, record in after.by_place.items():
        if before.by_place.get(place) is not record and hasattr(record, "modified"):
            after = after.with_record(place, msgspec.structs.replace(record, modified=now))
    return after

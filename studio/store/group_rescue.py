"""The group's records that could not be saved where they belong, kept on the laptop's own disk until they can be.

They lie beside rescued stories (``studio.store.rescue``), a folder for each window that could not save, with
``records.json``: only what differs from the workspace, null for what was taken away.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from studio.base.atomic_files import disk_error, write_atomic
from studio.base.errors import UserError
from studio.store.codec import json_object, plain_record, record_from, to_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from studio.group.group_records import GroupRecords
    from studio.store.group_folder import GroupFolder, GroupRecordStore
    from studio.store.rescue import RescuePlace
    from studio.story.record_base import Record

_RECORDS = "records.json"


@dataclass(frozen=True, slots=True)
class RescuedRecords:
    """Records that wait to be saved, by their place below ``group/``; None for one that was taken away."""

    key: str
    records: Mapping[str, Record | None]


class GroupRescue:
    """Keeps what a session of the group's records cannot save.

    Args:
        place: what was rescued of the workspace.
        store: knows what lies in the workspace already.
    """

    def __init__(self, place: RescuePlace, store: GroupRecordStore) -> None:
        self._place = place
        self._store = store

    def keep(self, key: str, records: GroupRecords, _folder: str, _seen: str) -> None:
        """Keep what is not in the workspace, in place of what was kept under this key.

        Raises:
            UserError: this disk refuses, too.
        """
        unsaved = {
            place: None if record is None else plain_record(record)
            for place, record in self._store.unsaved(records).items()
        }
        target = self._place.folder / key / _RECORDS
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_error(error, target) from error
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        write_atomic(target, to_json({"kept": now, "records": unsaved}))

    def drop(self, key: str) -> None:
        """It was saved where it belongs."""
        self._place.drop(key)


def rescued_records(place: RescuePlace) -> tuple[RescuedRecords, ...]:
    """What waits, the oldest first; what cannot be read is left where it lies."""
    found: list[tuple[str, RescuedRecords]] = []
    for file in sorted(place.folder.glob(f"*/{_RECORDS}")) if place.folder.is_dir() else ():
        with contextlib.suppress(OSError, UserError):
            document = json_object(file.read_bytes(), file.name)
            rescued = RescuedRecords(file.parent.name, dict(_decoded(document.get("records"), file.name)))
            found.append((str(document.get("kept", "")), rescued))
    return tuple(rescued for _, rescued in sorted(found, key=lambda item: item[0]))


def _decoded(records: object, file: str) -> Iterator[tuple[str, Record | None]]:
    # Imported where something waits: a window opens faster without.
    from studio.group.record_kinds import kind_at

    for place, plain in records.items() if isinstance(records, dict) else ():
        kind = kind_at(str(place))
        # A place that this version does not know is left where it lies, for the version that wrote it.
        if kind is not None:
            yield str(place), None if plain is None else record_from(kind, plain, file)


def bring_back_records(folder: GroupFolder, rescued: RescuedRecords, rescue: RescuePlace) -> None:
    """Put records where they belong; what lies there meanwhile stays an earlier version. Then the copy goes.

    Raises:
        UserError: one of them cannot be saved now either; the copy stays.
    """
    for place, record in rescued.records.items():
        if record is None:
            folder.remove(place)
        else:
            folder.write(place, record, "restore")
    # Last: if one record fails to be written, the complete rescue copy stays and can be brought back again; writing the
    # others twice changes nothing.
    rescue.drop(rescued.key)

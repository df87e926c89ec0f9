"""The group's own records while they are open: one autosave and one stack of undo for all pages of "Kelompok"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.group.group_records import GroupEdit, GroupRecords, stamp_changes
from studio.store.group_folder import GroupFolder, GroupReading, GroupRecordStore
from studio.store.group_rescue import GroupRescue
from studio.store.workspace import now_here
from studio.ui.core.story_session import DocumentSession, renew_document

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from studio.services.district_report import DistrictWork
    from studio.store.rescue import RescuePlace
    from studio.store.workspace import Workspace
    from studio.ui.core.story_session import DocumentEdit


class GroupSession(DocumentSession[GroupRecords]):
    """The group's records. Outlives the window, as the open story does.

    Args:
        folder: where they lie.
        reading: what was read there.
        rescue: where what cannot be saved is kept on the laptop's own disk; None keeps nothing.
    """

    def __init__(
        self,
        folder: GroupFolder,
        reading: GroupReading,
        parent: QObject | None = None,
        rescue: RescuePlace | None = None,
    ) -> None:
        self._store = GroupRecordStore(folder, reading.records)
        kept = GroupRescue(rescue, self._store) if rescue is not None else None
        name, locked = folder.path.name, folder.read_only
        super().__init__(self._store, name, reading.records, read_only=locked, rescue=kept, parent=parent)
        self.group_folder = folder
        self.reading = reading
        self.district: DistrictWork | None = None
        """What was merged on the page "Kabupaten" of a window that was closed for one of another look."""

    def edit(self, edit: DocumentEdit[GroupRecords]) -> None:
        """Change the records; what keeps the time of its last change gets it."""

        def apply(records: GroupRecords) -> GroupRecords:
            return stamp_changes(records, edit.apply(records), now_here().isoformat(timespec="seconds"))

        super().edit(GroupEdit(edit.label, apply, edit.merge))

    @property
    def records(self) -> GroupRecords:
        """All records as they are now."""
        return self.document

    def take_outside_changes(self) -> bool:
        """Read the files again when another program may have changed them and nothing is unsaved; whether it had."""
        if self.dirty:
            return False
        self.reading = self.group_folder.read_all()
        if self.reading.records == self.records:
            return False
        self._store.renew(self.reading.records)
        renew_document(self, self.reading.records)
        return True


def open_group(workspace: Workspace, parent: QObject | None = None, rescue: RescuePlace | None = None) -> GroupSession:
    """Read the group's records of a workspace; what is damaged is named in ``GroupSession.reading``."""
    folder = GroupFolder(workspace)
    return GroupSession(folder, folder.read_all(), parent, rescue)

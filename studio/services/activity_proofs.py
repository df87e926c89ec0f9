"""Photos and minutes of an activity, brought into ``group/media``. No Qt: runs in a worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.services.media_import import SortedFiles, bring_files, sort_out

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.base.errors import WorkNotice
    from studio.base.progress import Progress
    from studio.group.activities import Activity
    from studio.store.group_folder import GroupFolder
    from studio.story.model import Photo


@dataclass(frozen=True, slots=True)
class BroughtProofs:
    """What came in, and why the rest did not."""

    photos: tuple[Photo, ...]
    files: tuple[str, ...]
    troubles: tuple[UserError | WorkNotice, ...]


def bring_proofs(
    folder: GroupFolder,
    paths: Sequence[Path],
    activity: Activity,
    credit: str,
    progress: Progress,
    *,
    minutes: bool = False,
) -> BroughtProofs:
    """Copy photos and documents in; what is neither is named, and stops no other.

    Args:
        folder: of the group.
        paths: files.
        activity: what it has already is not taken twice.
        credit: proposed for each photo whose file names nobody; may be empty.
        progress: called for every file; may raise ``WorkCancelled``.
        minutes: photos are scans of minutes: kept as files, never shown.
    """
    found = sort_out(paths)
    present = frozenset(photo.file for photo in activity.photos)
    photos = () if minutes else found.photos
    came = bring_files(folder.add_media, SortedFiles(photos=photos), present, credit, progress)
    files: list[str] = []
    troubles = list(came.troubles)
    others = (*(found.photos if minutes else ()), *found.texts, *found.videos, *found.chats, *found.others)
    for number, path in enumerate(others):
        progress.report(number, len(others), path.name)
        try:
            file = folder.add_media(path)
        except UserError as error:
            troubles.append(error)
            continue
        # Files are named by their content, so the same minutes under another name are found here.
        if file not in (*activity.files, *files):
            files.append(file)
    return BroughtProofs(came.photos, tuple(files), tuple(troubles))

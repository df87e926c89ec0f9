"""A folder of photos made ready to give away: size, credit, mark, names. The originals are only read.

Each photo is rendered by ``photo.render``, as an export does it; what was made is known by its key and not made again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import msgspec

from studio.base.atomic_files import disk_error
from studio.base.errors import UserError, WorkNotice
from studio.base.finished_files import file_digest, finished_file, remove_parts
from studio.base.installation import installer_kind
from studio.base.progress import PartProgress, SilentProgress
from studio.services.face_suggestions import find_faces, has_face_finder
from studio.services.photo_folder_order import fill_pattern
from studio.services.photo_folder_record import FolderRecord, MadePhoto, SeenFaces
from studio.services.photo_folder_scan import check_folders, name_source, plan_names, scan_folder
from studio.services.photo_folder_sheet import make_sheet
from studio.story.credits import with_brought
from studio.story.model import Photo, Story

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.photo.metadata import PictureMetadata
    from studio.services.photo_folder_order import FolderOrder
    from studio.services.photo_folder_scan import FoundPhoto, PlannedPhoto

_VERSION = 1
"""Raised when the same photo and order give another picture."""
_STOPPING = frozenset({"error.disk_full", "error.disk_filled", "store.no_room", "store.read_only", "store.drive_gone"})
"""Refusals of the disk that every other file would meet too."""


@dataclass(frozen=True, slots=True)
class FolderResult:
    """What became of a folder.

    Attributes:
        out: the folder of results.
        made: paths that were written, below ``out``.
        kept: paths that were there already and are current.
        results: both, in the order of the photos.
        renamed: source and path of results whose first name a file that was not made here has.
        refused: sources that could not be made, and why.
        with_faces: sources in which faces are seen, and how many; they were not made.
        others: files that are no photos.
        placed: how many of the photos say where they were taken.
        named: how many photos name their maker already and keep that name instead of the given credit.
        notices: what else to tell.
        sheet: the contact sheet, below ``out``; "" for none.
    """

    out: Path
    made: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    refused: tuple[tuple[str, UserError], ...] = ()
    with_faces: tuple[tuple[str, int], ...] = ()
    others: tuple[str, ...] = ()
    placed: int = 0
    named: int = 0
    notices: tuple[WorkNotice, ...] = ()
    sheet: str = ""


def make_photo_folder(order: FolderOrder, texts: MessageTexts, progress: Progress) -> FolderResult:
    """Make a folder of photos ready. A run that was cut off goes on where it was; what is current stays.

    A bad photo never stops the others. No file is written over that was not made here, or that was changed since.

    Args:
        order: what is wanted.
        texts: language of what is shown while another run in the same folder is waited for.
        progress: called for every photo.

    Raises:
        UserError: the folders do not do, the disk is full, read-only or gone, or faces are to be looked for and cannot
            be; what was finished stays.
        WorkCancelled: what was finished stays.
    """
    from studio.export.running.export_folders import taking_turns

    check_folders(order.source, order.out)
    scan = scan_folder(order.source, order.out, PartProgress(progress, 0, 5, 100))
    if not scan.photos:
        return FolderResult(order.out, refused=scan.refused, others=scan.others)
    if order.faces != "ok" and not has_face_finder():
        raise UserError("folder.no_finder_here" if installer_kind() else "folder.no_finder")
    try:
        # Two runs in one folder would take each other's unfinished files away.
        with taking_turns(order.out, texts, SilentProgress()):
            remove_parts(order.out)
            record = FolderRecord(order.out)
            planned = plan_names(scan.photos, order, record)
            found = _make_all(planned, order, record, PartProgress(progress, 5, 95, 100))
            sheet = make_sheet(found.results, order, record, texts, PartProgress(progress, 95, 100, 100))
            record.write()
    except OSError as error:
        raise disk_error(error, order.out) from error
    progress.report(100, 100, "")
    placed = sum(1 for photo in scan.photos if photo.facts.position or photo.facts.brought.place)
    named = sum(1 for photo in scan.photos if order.credit and photo.facts.brought.credit_line)
    refused = (*scan.refused, *found.refused)
    return replace(found, refused=refused, others=scan.others, placed=placed, named=named, sheet=sheet)


@dataclass(slots=True)
class _FolderProgress:
    """What a run has done so far; fields as in ``FolderResult``."""

    made: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, UserError]] = field(default_factory=list)
    with_faces: list[tuple[str, int]] = field(default_factory=list)
    notices: list[WorkNotice] = field(default_factory=list)


def _make_all(
    planned: Sequence[PlannedPhoto], order: FolderOrder, record: FolderRecord, progress: Progress
) -> FolderResult:
    """Make what is not current; see ``make_photo_folder``."""
    done = _FolderProgress()
    mark = file_digest(order.mark)[0] if order.mark else ""
    for number, item in enumerate(planned):
        progress.report(number, len(planned), item.photo.source)
        try:
            _make_one(item, order, mark, record, done)
        except UserError as error:
            if error.code in _STOPPING:
                raise
            done.refused.append((item.photo.source, error))
    progress.report(len(planned), len(planned), "")
    there = {*done.made, *done.kept}
    return FolderResult(
        order.out,
        tuple(done.made),
        tuple(done.kept),
        tuple(item.path for item in planned if item.path in there),
        tuple(done.renamed),
        tuple(done.refused),
        tuple(done.with_faces),
        notices=tuple(done.notices),
    )


def _make_one(item: PlannedPhoto, order: FolderOrder, mark: str, record: FolderRecord, done: _FolderProgress) -> None:
    photo = item.photo
    metadata = folder_metadata(item, order)
    key = _photo_key(photo, order, metadata, mark)
    there = record.current(item.path)
    if there is not None and there.key == key:
        done.kept.append(item.path)
        return
    if order.faces != "ok" and photo.source not in order.looked_at and (seen := _count_faces(photo, record)):
        done.with_faces.append((photo.source, seen))
        return
    done.notices += _render_photo(item, order, metadata, key, record)
    done.made.append(item.path)
    if item.renamed:
        done.renamed.append((photo.source, item.path))


def _count_faces(photo: FoundPhoto, record: FolderRecord) -> int:
    """How many faces are seen; looked for once for each version of a file."""
    known = record.faces(photo.source, photo.stamp)
    if known is None:
        known = len(find_faces(photo.path, SilentProgress()))
        record.note_faces(SeenFaces(source=photo.source, stamp=photo.stamp, faces=known))
    return known


def _render_photo(
    item: PlannedPhoto, order: FolderOrder, metadata: PictureMetadata, key: str, record: FolderRecord
) -> tuple[WorkNotice, ...]:
    from studio.photo.framing import PhotoVariant
    from studio.photo.render import render_variants

    photo, size = item.photo, order.size
    naming = name_source(order)
    wanted = PhotoVariant(
        size.size_for(photo.facts.width, photo.facts.height),
        size.fit,
        size.quality,
        name=item.path,
        careful=size.fit == "crop",
    )
    edits = Photo(id="foto", file=photo.path.name, name=photo.source)
    with finished_file(order.out / item.path, order.out) as part:
        jobs = [(wanted, part)]
        (picture,) = render_variants(
            photo.path, edits, jobs, metadata, SilentProgress(), mark=order.mark, corner=order.corner
        )
        # Before the file gets its name: a power cut leaves none behind that is not known as ours.
        digest, length = file_digest(part)
        record.note_file(
            MadePhoto(
                path=item.path,
                source=photo.source,
                key=key,
                sha256=digest,
                bytes=length,
                naming=naming,
                number=item.number,
            )
        )
    return picture.notices


def _photo_key(photo: FoundPhoto, order: FolderOrder, metadata: PictureMetadata, mark: str) -> str:
    """The hash of all that goes into a result."""
    size = order.size
    parts = [_VERSION, photo.source, photo.stamp, size.size, size.fit, size.quality, size.turned]
    # Without a mark its corner changes nothing in the picture.
    marked = [mark, order.corner] if mark else []
    return hashlib.sha256(msgspec.json.encode([*parts, *marked, metadata])).hexdigest()


def folder_metadata(item: PlannedPhoto, order: FolderOrder) -> PictureMetadata:
    """What a result says about itself, by the rules of an export: whoever made a photo stays its owner."""
    from studio.export.planning.file_metadata import metadata_for

    facts = item.photo.facts
    caption = fill_pattern(order.caption, item.name_facts)
    photo = with_brought(
        Photo(id="foto", file=item.photo.path.name, taken=facts.taken), facts.brought, order.credit.strip()
    )
    photo = msgspec.structs.replace(
        photo, caption=photo.caption or caption, place=photo.place if order.keep_place else ""
    )
    # The group signs what was said to be its own people's; without a group the owner is whoever is named.
    own = order.group.name and order.credit.strip() and not facts.brought.credit_line
    story = Story(id="folder", headline=order.title, byline=(order.credit.strip(),) if own else ())
    said = metadata_for(story, photo, order.group)
    return replace(said, position=facts.position) if order.keep_place else said

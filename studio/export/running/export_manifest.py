"""What an export made: ``manifest.json`` beside the files of one story, and the journal that survives a power cut.

The manifest is written last. Until then every finished file is a line of the journal (``.manifest.journal``), so that
a run that was killed goes on where it stopped. Both hold the same entries.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from studio.base.atomic_files import append_durably, sync_folder, write_atomic
from studio.base.json_text import decode_json
from studio.export.planning.file_specs import FileKind, FileProblem  # noqa: TC001 - msgspec reads them

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from studio.base.errors import WorkNotice
    from studio.base.i18n import MessageTexts

MANIFEST = "manifest.json"
JOURNAL = ".manifest.journal"


class WarningText(msgspec.Struct, frozen=True):
    """A warning of a file: its code, and its text in the language of the run."""

    code: str
    text: str


class ManifestEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One finished file. ``path`` is relative to the story's export folder, with ``/``; sizes in pixels and bytes."""

    path: str
    outlet: str
    kind: FileKind
    sha256: str
    bytes: int
    key: str
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    length: int = 0
    limit: int = 0
    count: str = ""
    warnings: tuple[WarningText, ...] = ()


class ExportManifest(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one export of one story made, in the order of the outlets.

    ``group`` is the id of the group whose story it is: another group's export is never written over.
    ``inputs`` is the hash of all that the complete export was planned from; "" when only some outlets were asked for.
    ``draft`` says that everything but the bare photos carries the mark of a draft.
    """

    format: int = 1
    story: str = ""
    group: str = ""
    made: str = ""
    inputs: str = ""
    draft: bool = False
    files: tuple[ManifestEntry, ...] = ()
    problems: tuple[FileProblem, ...] = ()


def warning_texts(notices: Iterable[WorkNotice], texts: MessageTexts) -> tuple[WarningText, ...]:
    """Notices as they are in a manifest."""
    return tuple(WarningText(notice.code, texts.explain(notice)) for notice in notices)


def read_manifest(folder: Path) -> ExportManifest:
    """The manifest of an export folder; an empty one when there is none or it cannot be read (it is then made anew)."""
    try:
        return decode_json((folder / MANIFEST).read_bytes(), ExportManifest)
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError):
        return ExportManifest()


def write_manifest(folder: Path, manifest: ExportManifest) -> None:
    """Write the manifest completely or not at all, then drop the journal it replaces.

    Raises:
        UserError: the folder cannot be written.
    """
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    for place in sorted({(folder / entry.path).parent for entry in manifest.files}):
        with suppress(OSError):  # what is not there is found missing, and made again
            # A rename is safe against a power cut only when its folder is on the disk, so folders go before the list of
            # them.
            sync_folder(place)
    write_atomic(folder / MANIFEST, text)
    (folder / JOURNAL).unlink(missing_ok=True)


def append_journal(folder: Path, entries: Iterable[ManifestEntry]) -> None:
    """Note finished files, safe against a power cut."""
    lines = b"".join(msgspec.json.encode(entry) + b"\n" for entry in entries)
    append_durably(folder / JOURNAL, lines)


def read_journal(folder: Path) -> tuple[ManifestEntry, ...]:
    """The finished files of a run that did not end; a line cut short by a power cut is left out."""
    try:
        lines = (folder / JOURNAL).read_bytes().splitlines()
    except OSError:
        return ()
    entries = []
    for line in lines:
        try:
            entries.append(decode_json(line, ManifestEntry))
        except (UnicodeDecodeError, msgspec.MsgspecError):
            continue
    return tuple(entries)

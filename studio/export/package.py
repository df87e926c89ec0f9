"""One ZIP per story: everything a phone or a colleague needs, and a word about what is in it."""

from __future__ import annotations

import shutil
import zipfile
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.sizes import size_text
from studio.export.files import finished, inside
from studio.export.manifest import read_manifest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.export.manifest import Entry

_STORED = {".jpg", ".jpeg", ".png", ".webp", ".mp4", ".pdf"}
"""Files that are compressed already: deflating them costs time and saves nothing."""
_CHUNK = 1 << 20
_STAMP = (1980, 1, 1, 0, 0, 0)
"""One time for all members, so that the same files make the same ZIP."""
_SPARE = 20_000_000


def files_for(folder: Path, outlets: Sequence[str] = ()) -> tuple[Entry, ...]:
    """The exported files of a story that are there.

    Args:
        folder: the story's export folder.
        outlets: ids; empty means all.
    """
    found = read_manifest(folder).files
    return tuple(
        entry for entry in found if (not outlets or entry.outlet in outlets) and inside(folder, entry.path).is_file()
    )


def pack_story(folder: Path, target: Path, progress: Progress, outlets: Sequence[str] = ()) -> Path:
    """Put a story's exported files into one ZIP, whole or not at all.

    Args:
        folder: the story's export folder; names inside the ZIP begin with its name.
        target: the ZIP; replaced when it is there.
        progress: in bytes.
        outlets: ids; empty means all.

    Returns:
        ``target``.

    Raises:
        UserError: ``package.nothing``, no room, or the disk refuses.
        Cancelled: from ``progress``; nothing is left behind.
    """
    entries = files_for(folder, outlets)
    if not entries:
        raise UserError("package.nothing", story=folder.name)
    total = sum(entry.bytes for entry in entries)
    free = shutil.disk_usage(target.parent).free
    if free < total + _SPARE:
        raise UserError("error.disk_full", place=str(target.parent), need=size_text(total), free=size_text(free))
    done = 0
    with finished(target) as part, zipfile.ZipFile(part, "w") as made:
        for entry in entries:
            path = inside(folder, entry.path)
            info = zipfile.ZipInfo(f"{folder.name}/{entry.path}", _STAMP)
            info.compress_type = zipfile.ZIP_STORED if path.suffix.lower() in _STORED else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            with path.open("rb") as source, made.open(info, "w", force_zip64=entry.bytes > 2_000_000_000) as member:
                while chunk := source.read(_CHUNK):
                    member.write(chunk)
                    done += len(chunk)
                    progress.report(min(done, total), total, path.name)
    return target

"""One ZIP per story: everything a phone or a colleague needs, and a word about what is in it."""

from __future__ import annotations

import shutil
import zipfile
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.finished_files import finished_file, path_inside
from studio.base.media_types import is_packed
from studio.base.sizes import ByteCount

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.services.hand_out import HandOut

_CHUNK = 1 << 20
_STAMP = (1980, 1, 1, 0, 0, 0)
"""One time for all members, so that the same files make the same ZIP."""
_SPARE = 20_000_000


def pack_story(handed: HandOut, target: Path, progress: Progress) -> Path:
    """Put a story's exported files into one ZIP, complete or not at all.

    Args:
        handed: what may be handed out; names inside the ZIP begin with what the story is called outside.
        target: the ZIP; replaced when it is there.
        progress: in bytes.

    Returns:
        ``target``.

    Raises:
        UserError: ``hand_out.old``, ``package.nothing``, no room, or the disk refuses.
        WorkCancelled: from ``progress``; nothing is left behind.
    """
    entries, folder = handed.require_current().files, handed.folder
    name = handed.released.name
    total = sum(entry.bytes for entry in entries)
    free = shutil.disk_usage(target.parent).free
    if free < total + _SPARE:
        raise UserError("error.disk_full", place=str(target.parent), need=ByteCount(total), free=ByteCount(free))
    done = 0
    with finished_file(target) as part, zipfile.ZipFile(part, "w") as made:
        for entry in entries:
            path = path_inside(folder, entry.path)
            info = zipfile.ZipInfo(f"{name}/{entry.path}", _STAMP)
            # JPEG and MP4 do not get smaller, only slower to pack.
            info.compress_type = zipfile.ZIP_STORED if is_packed(path) else zipfile.ZIP_DEFLATED
            # The upper half holds the rights for Unix: zipfile's own default lets only the owner read.
            info.external_attr = 0o644 << 16
            # The size is not known to zipfile when it writes the head; without the longer form a member may not pass 2
            # GiB.
            with path.open("rb") as source, made.open(info, "w", force_zip64=entry.bytes > 2_000_000_000) as member:
                while chunk := source.read(_CHUNK):
                    member.write(chunk)
                    done += len(chunk)
                    progress.report(min(done, total), total, path.name)
    return target

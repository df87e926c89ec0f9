"""A photo or clip with what its file tells: the one way in for the window, drafts and ``kim-studio new``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.base.errors import WorkNotice
from studio.base.origin import made_up
from studio.story.credits import with_brought

if TYPE_CHECKING:
    from pathlib import Path

    from studio.story.model import Photo, Video


def with_photo_facts(photo: Photo, path: Path, own: str = "") -> tuple[Photo, tuple[WorkNotice, ...]]:
    """Fill in size, time, and whatever the file says that the photo does not.

    Args:
        photo: as far as it is known.
        path: its file.
        own: the credit that is proposed when the file names nobody; may be empty.

    Returns:
        The photo, and what the user should know.

    Raises:
        UserError: no photo, or a broken one; names the file and the remedy.
    """
    from studio.photo.opener import probe_photo

    facts = probe_photo(path)
    sized = replace(photo, width=facts.width, height=facts.height, taken=photo.taken or facts.taken)
    filled = with_brought(sized, facts.brought, own)
    return filled, (*facts.notices, *_ask_origin(filled, path))


def with_clip_facts(video: Video, path: Path, own: str = "") -> tuple[Video, tuple[WorkNotice, ...]]:
    """The same for a clip.

    Raises:
        UserError: no clip, or a broken one.
    """
    from studio.video.clip_rights import read_clip_brought
    from studio.video.probe import probe_clip

    facts = probe_clip(path)
    sized = replace(video, width=facts.width, height=facts.height, seconds=round(facts.seconds, 3))
    filled = with_brought(sized, read_clip_brought(path), own)
    return filled, (*facts.notices, *_ask_origin(filled, path))


def _ask_origin(item: Photo | Video, path: Path) -> tuple[WorkNotice, ...]:
    """A file that says it was made by a computer is asked about at once; the checks go on asking."""
    return (WorkNotice("import.made_up", {"file": path.name}),) if made_up(item.origin_mark) else ()

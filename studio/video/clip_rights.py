"""What a clip file says about itself, as its maker wrote it; places and devices are never looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base import xmp
from studio.base.origin import origin_mark, read_parts
from studio.base.xmp import read_xmp
from studio.story.credits import FileRights
from studio.video.clip_opening import open_clip

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from studio.base.xmp import Properties

_APPLE = "com.apple.quicktime."
_LONGEST = 300


def read_clip_brought(path: Path) -> FileRights:
    """What the file says.

    Raises:
        UserError: it cannot be opened; see ``open_clip``.
    """
    parts = read_parts(path)
    told: Properties = {}
    for packet in parts.xmp:
        told.update(read_xmp(packet))
    with open_clip(path) as (container, stream):
        written = {**stream.metadata, **container.metadata}
    tags = {name.lower(): text for name, text in written.items()}
    parts.named.update(tags)
    parts.programs += [
        _first_tag(tags, "software", "encoder", "artist", "author"),
        _either_tag(told, f"{{{xmp.PHOTOSHOP}}}Credit"),
    ]
    creators = told.get(f"{{{xmp.DC}}}creator", ()) or _tag_names(tags, "artist", "author", "performer", "album_artist")
    return FileRights(
        caption=_either_tag(told, f"{{{xmp.DC}}}description") or _first_tag(tags, "description", "synopsis"),
        creators=creators,
        credit=_either_tag(told, f"{{{xmp.PHOTOSHOP}}}Credit"),
        copyright=_either_tag(told, f"{{{xmp.DC}}}rights") or _first_tag(tags, "copyright"),
        usage=_either_tag(told, f"{{{xmp.RIGHTS}}}UsageTerms") or _either_tag(told, f"{{{xmp.RIGHTS}}}WebStatement"),
        alt=_either_tag(told, f"{{{xmp.IPTC_CORE}}}AltTextAccessibility"),
        place=_either_tag(told, f"{{{xmp.PHOTOSHOP}}}City"),
        origin=origin_mark(parts, *told.get(f"{{{xmp.IPTC_EXTENSION}}}DigitalSourceType", ())),
    )


def _either_tag(told: Properties, name: str) -> str:
    return next(iter(told.get(name, ())), "")


def _first_tag(tags: Mapping[str, str], *names: str) -> str:
    for name in names:
        for key in (name, _APPLE + name):
            if text := " ".join(tags.get(key, "").split())[:_LONGEST]:
                return text
    return ""


def _tag_names(tags: Mapping[str, str], *names: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _first_tag(tags, *names).split(";") if part.strip())

"""Names for folders of stories that nobody else has, or had: a page at a former address points on to its story."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.store.codec import decode_story
from studio.store.file_names import folder_name

if TYPE_CHECKING:
    from datetime import date

    from studio.base.workspace_places import WorkspacePlaces
    from studio.store.bin import StoryBin

_DAY = 10
"""Characters of the date a folder's name begins with."""

_NONE = b'"former_folders": []'
"""How a story says that it was never renamed."""


def free_folder(
    places: WorkspacePlaces,
    in_bin: StoryBin,
    headline: str,
    day: str,
    today: date,
    *,
    exported: bool = False,
    of: str = "",
) -> str:
    """A name that no story has, had on that day, or has in the bin.

    Args:
        places: of the workspace.
        in_bin: its bin.
        headline: may be empty.
        day: ISO date of the event; "" or no date means ``today``.
        today: on the calendar of the group (``store.story_shelf.today_of``).
        exported: a name under which something was exported does not do either.
        of: folder of the story that is to be called so: it may have a name again that it had before; "" for a new one.
    """
    begins = folder_name("", day, today, lambda _: False)[:_DAY]
    others = _former_names(places, begins, of)
    return folder_name(
        headline, day, today, lambda name: name in others or is_taken(places, in_bin, name, exported=exported, of=of)
    )


def is_taken(places: WorkspacePlaces, in_bin: StoryBin, name: str, *, exported: bool, of: str = "") -> bool:
    """Whether a story is called so, here or in the bin; arguments as for ``free_folder``."""
    # Work that began under a name before the story was renamed still uses it: nobody else may have it meanwhile.
    return (
        os.path.lexists(places.stories_dir / name)
        or places.name_now(name) not in {name, of}
        or in_bin.holds_story(name)
        or (exported and places.exports_dir(name).exists())
    )


def _former_names(places: WorkspacePlaces, day: str, of: str) -> frozenset[str]:
    """What stories of a day but ``of`` were called before; only those are read, as a workspace may hold thousands."""
    found: set[str] = set()
    with suppress(OSError):
        names = [entry.name for entry in os.scandir(places.stories_dir)]
        for folder in [name for name in names if name.startswith(day) and name != of]:
            with suppress(UserError, OSError):
                data = (places.stories_dir / folder / "story.json").read_bytes()
                if _NONE in data:  # nearly all of them: they need not be understood
                    continue
                found.update(decode_story(data, folder).story.former_folders)
    return frozenset(found)

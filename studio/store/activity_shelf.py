"""The activities of a workspace as the photo desk and the small pictures take them: their photos in ``group/media``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.group.activities import ACTIVITIES, Activity
from studio.group.activity_form import activity_key, activity_place, activity_story
from studio.store.file_names import file_slug, plain_name
from studio.store.product_shelf import ProductShelf, free_number

if TYPE_CHECKING:
    from collections.abc import Collection

    from studio.story.model import Story


class ActivityShelf(ProductShelf):
    """The activities of an open workspace by the names of their files; see ``ProductShelf``."""

    def story_folders(self) -> tuple[str, ...]:
        """The names of all activities, in their order."""
        return tuple(activity_key(place) for place in self.files.places() if place.startswith(f"{ACTIVITIES}/"))

    def load(self, folder: str) -> Story:
        """An activity as a story.

        Raises:
            UserError: there is none, or its file cannot be read.
        """
        place = activity_place(plain_name(folder, "activity.unknown"))
        found = self.files.read(place, Activity)
        if found is None:
            raise UserError("activity.unknown", name=folder)
        return activity_story(found)


def free_activity_key(day: str, title: str, taken: Collection[str]) -> str:
    """A file's name for a new activity: ``2026-11-08-rapat-redaksi``, with ``-2`` ... when taken."""
    return free_number(f"{day}-{file_slug(title) or 'kegiatan'}", taken)

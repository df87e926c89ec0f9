"""What the machine for stories needs of the place they lie in: a workspace has it, and so has the shelf of products."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from studio.story.expiry import today_there

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from studio.store.logo_place import LogoPlace
    from studio.store.workspace_presence import WorkspaceSite
    from studio.story.model import Group, Story


class StoryShelf(Protocol):
    """A place with stories, or with what reads like stories. Reading is all that is asked for."""

    @property
    def path(self) -> Path:
        """The folder of the workspace."""

    @property
    def group(self) -> Group:
        """Who tells them."""

    def clock(self) -> datetime:
        """The present moment, with time zone."""

    @property
    def logo(self) -> LogoPlace:
        """The group's logo."""

    @property
    def site(self) -> WorkspaceSite:
        """Whether the workspace is there."""

    @property
    def templates_dir(self) -> Path:
        """The group's own outlets."""

    def exports_dir(self, folder: str = "") -> Path:
        """Finished posts: of the story in ``folder``, or of all."""

    def story_folders(self) -> tuple[str, ...]:
        """The names of all stories."""

    def load(self, folder: str) -> Story:
        """The story of that name; ``UserError`` when it cannot be read."""

    def media_path(self, folder: str, file: str) -> Path:
        """Where a media file of a story lies (it may be missing)."""


def today_of(shelf: StoryShelf) -> str:
    """The day it is for the group, as ISO date: what rules, gate, window and site go by."""
    return today_there(shelf.clock(), shelf.group.time_zone)

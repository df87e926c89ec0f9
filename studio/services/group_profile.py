"""A group's profile and its logo beside workspace.json: keeping them, and what is seen of the logo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.base.errors import UserError
from studio.base.paths import templates_dir
from studio.export.planning.group_logo import draw_logo, logo_problems, ready_mark
from studio.store.logo_place import LOGO_FILE
from studio.story.model import GroupColors

if TYPE_CHECKING:
    from pathlib import Path

    from studio.posts.families import Palette
    from studio.store.workspace import Workspace
    from studio.story.model import Group

__all__ = ["colors_of_logo", "draw_logo", "logo_problems", "ready_mark", "save_profile", "studio_palettes"]


def studio_palettes() -> tuple[Palette, ...]:
    """The pairs of colours that come with the studio, in their order."""
    from studio.posts.families import load_palettes

    return load_palettes(templates_dir())


def colors_of_logo(workspace: Workspace) -> GroupColors:
    """Two colours taken from the group's logo.

    Raises:
        UserError: ``profile.logo_grey`` where it has no colour, ``profile.logo_none`` where there is no logo.
    """
    from studio.photo.logo_colors import logo_colors

    mark = ready_mark(workspace)
    if mark is None:
        raise UserError("profile.logo_none")
    found = logo_colors(mark)
    if found is None:
        raise UserError("profile.logo_grey")
    return GroupColors(main=found[0], accent=found[1])


def save_profile(workspace: Workspace, group: Group, logo: Path | None = None) -> None:
    """Save the profile, with the chosen logo drawn to pixels.

    Args:
        workspace: whose profile it is.
        group: the profile.
        logo: a picture to take as logo; None leaves it as it was.

    Raises:
        UserError: the workspace is read-only, the disk refuses, or the picture cannot be read.
    """
    from studio.base.atomic_files import write_atomic

    workspace.site.require_workspace()
    if logo is not None:
        write_atomic(workspace.path / LOGO_FILE, draw_logo(logo).read_bytes())
        group = replace(group, logo=LOGO_FILE)
    workspace.save_group(group)

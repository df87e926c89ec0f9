"""A group's profile and its logo beside workspace.json: keeping them, and what is seen of the logo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.export.planning.group_logo import draw_logo, logo_problems, ready_mark
from studio.store.logo_place import LOGO_FILE

if TYPE_CHECKING:
    from pathlib import Path

    from studio.store.workspace import Workspace
    from studio.story.model import Group

__all__ = ["draw_logo", "logo_problems", "ready_mark", "save_profile"]


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

    workspace.site.require()
    if logo is not None:
        write_atomic(workspace.path / LOGO_FILE, draw_logo(logo).read_bytes())
        group = replace(group, logo=LOGO_FILE)
    workspace.save_group(group)

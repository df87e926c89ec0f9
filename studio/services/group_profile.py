"""Keeping a group's profile, with its logo beside workspace.json."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.store.logo import LOGO_FILE

if TYPE_CHECKING:
    from pathlib import Path

    from studio.store.workspace import Workspace
    from studio.story.model import Group


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
        from studio.export.planning.group_logo import draw_logo

        write_atomic(workspace.path / LOGO_FILE, draw_logo(logo).read_bytes())
        group = replace(group, logo=LOGO_FILE)
    workspace.save_group(group)

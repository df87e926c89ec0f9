"""Asking for a group's profile and keeping it, with its logo beside workspace.json."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.base.errors import UserError
from studio.story.model import Group
from studio.ui.names import folder_name
from studio.ui.profile_dialog import ProfileDialog

if TYPE_CHECKING:
    from pathlib import Path

    from studio.store.workspace import Workspace
    from studio.ui.tools import Tools


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user said: the folder, the profile, a picture to take as logo (None: as before)."""

    place: Path
    group: Group
    logo: Path | None


def ask_new(tools: Tools, place: Path) -> Asked | None:
    """Ask for a new group; None when it was called off.

    Args:
        tools: for texts and the dialog.
        place: offered as the folder in which the workspace gets one of its own, named after the group.
    """
    dialog = ProfileDialog(tools, Group(), place=place)
    accepted = tools.dialogs.show(dialog)
    chosen = dialog.place or place
    asked = Asked(place / folder_name(dialog.group.name) if chosen == place else chosen, dialog.group, dialog.logo)
    dialog.deleteLater()
    return asked if accepted else None


def ask_change(tools: Tools, workspace: Workspace) -> Asked | None:
    """Ask for changes of the profile; None when it was called off."""
    group = workspace.group
    dialog = ProfileDialog(tools, group, workspace.path / group.logo if group.logo else None)
    accepted = tools.dialogs.show(dialog)
    asked = Asked(workspace.path, dialog.group, dialog.logo)
    dialog.deleteLater()
    return asked if accepted else None


def save_profile(workspace: Workspace, asked: Asked) -> None:
    """Save the profile, with a copy of the chosen logo.

    Raises:
        UserError: the workspace is read-only, the disk refuses, or the picture cannot be read.
    """
    from studio.store.atomic import write_atomic

    group = asked.group
    if asked.logo is not None:
        name = f"logo{asked.logo.suffix.lower()}"
        try:
            data = asked.logo.read_bytes()
        except OSError as error:
            raise UserError("store.media_unreadable", file=str(asked.logo)) from error
        write_atomic(workspace.path / name, data)
        group = replace(group, logo=name)
    workspace.save_group(group)

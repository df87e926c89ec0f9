"""Asking for a group's profile and keeping it, with its logo beside workspace.json."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.store.logo import LOGO_FILE
from studio.story.model import Group
from studio.story.typed_names import folder_name
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


def ask_change(tools: Tools, workspace: Workspace, field: str = "") -> Asked | None:
    """Ask for changes of the profile, beginning at ``field``; None when it was called off."""
    from studio.export.planning.group_logo import ready_mark

    dialog = ProfileDialog(tools, workspace.group, ready_mark(workspace))
    dialog.begin_at(field)
    accepted = tools.dialogs.show(dialog)
    asked = Asked(workspace.path, dialog.group, dialog.logo)
    dialog.deleteLater()
    return asked if accepted else None


def save_profile(workspace: Workspace, asked: Asked) -> None:
    """Save the profile, with the chosen logo drawn to pixels.

    Raises:
        UserError: the workspace is read-only, the disk refuses, or the picture cannot be read.
    """
    from studio.base.atomic_files import write_atomic

    group = asked.group
    workspace.site.require()
    if asked.logo is not None:
        from studio.export.planning.group_logo import draw_logo

        write_atomic(workspace.path / LOGO_FILE, draw_logo(asked.logo).read_bytes())
        group = replace(group, logo=LOGO_FILE)
    workspace.save_group(group)

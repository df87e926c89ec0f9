"""The address of a story (its folder, link and QR code) follows its headline, as long as nobody knows it.

Once something is out it changes only when the user asks for it: then a page at the old address points on, unless that
address would lead to a protected person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.log import part_logger
from studio.store.story_rename import is_address_out, rename_story, wanted_folder
from studio.store.story_shelf import today_of

if TYPE_CHECKING:
    from studio.store.workspace import Workspace
    from studio.story.model import Story


@dataclass(frozen=True, slots=True)
class StoryAddress:
    """An address and what would become of it.

    Attributes:
        folder: as it is.
        wanted: as headline and day would have it; "" where it has that name.
        out: something of the story is out under the old one.
        points_on: then a page at the old address would lead on; False where it leads to a protected person.
    """

    folder: str
    wanted: str
    out: bool
    points_on: bool


def story_address(workspace: Workspace, folder: str, story: Story) -> StoryAddress:
    """The address of a story.

    Args:
        workspace: where it is; reading is enough.
        folder: its folder.
        story: as it is now.
    """
    from studio.release.release_gate import is_harmless

    wanted = wanted_folder(workspace, folder, story, _today(workspace))
    out = is_address_out(workspace, folder, story) or _is_queued(workspace, folder)
    return StoryAddress(folder, wanted, out, out and is_harmless(story, workspace.group, folder=folder))


def settle_address(workspace: Workspace, folder: str) -> str:
    """Let the address follow the headline while nobody knows it; the folder as it is called then. Never fails.

    Args:
        workspace: open.
        folder: of a story that is saved.
    """
    if workspace.read_only:
        return folder
    try:
        # In the order of what it costs: this happens between two clicks. The gate (a second to import) is not needed.
        story = workspace.load(folder)
        wanted = wanted_folder(workspace, folder, story, _today(workspace))
        if wanted and not is_address_out(workspace, folder, story) and not _is_queued(workspace, folder):
            return rename_story(workspace, folder, wanted, keep_old=False)
    except UserError as error:
        # A file in use, or a story that cannot be read: it keeps its name, and is asked again the next time.
        part_logger().info("address of %s stays: %s", folder, error)
    return folder


def change_address(workspace: Workspace, folder: str) -> StoryAddress:
    """Give a story the address of its headline, because the user asked for it; the address as it was.

    Raises:
        UserError: ``address.same``, ``address.queued``, or as ``rename_story``.
    """
    address = story_address(workspace, folder, workspace.load(folder))
    if not address.wanted:
        raise UserError("address.same", story=folder)
    if _is_queued(workspace, folder):
        raise UserError("address.queued", story=folder)
    # Also a name that leads to somebody: without it, what stands there would not be found and taken away.
    rename_story(workspace, folder, address.wanted, keep_old=address.out)
    return address


def _today(workspace: Workspace) -> date:
    return date.fromisoformat(today_of(workspace))


def _is_queued(workspace: Workspace, folder: str) -> bool:
    from studio.export.running.export_queue import OPEN, ExportQueue

    return any(item.story == folder and item.state in OPEN for item in ExportQueue(workspace.path).items)

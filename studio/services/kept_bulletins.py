"""Bulletins the group keeps: which stories in which order, to print again or to begin the next issue from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.group.bulletins import BULLETINS, Bulletin, bulletin_name, bulletin_place
from studio.services.paper_printing import PaperWish
from studio.store.group_folder import GroupFolder

if TYPE_CHECKING:
    from studio.store.workspace import Workspace


def kept_bulletins(workspace: Workspace) -> tuple[Bulletin, ...]:
    """All that are kept, the newest first; damaged ones are left out, and named on the page of the group."""
    found = GroupFolder(workspace).read_all().records.records(BULLETINS, Bulletin).values()
    return tuple(sorted(found, key=lambda bulletin: bulletin.modified, reverse=True))


def wish_of(workspace: Workspace, bulletin_id: str) -> PaperWish:
    """The printing of a kept bulletin.

    Raises:
        UserError: ``cetak.not_kept``, with the names of those that are; or its file cannot be read.
    """
    kept = {bulletin.id: bulletin for bulletin in kept_bulletins(workspace)}
    found = kept.get(bulletin_id)
    if found is None:
        raise UserError("cetak.not_kept", name=bulletin_id, known=", ".join(kept) or "-")
    return PaperWish(
        *("bulletin", found.stories, found.title, found.issue, found.pages, found.services, found.ink_saving)
    )


def keep_bulletin(workspace: Workspace, wish: PaperWish) -> str:
    """Keep a bulletin under the name of its title and issue; one of the same name becomes its earlier version.

    Returns:
        Its id.

    Raises:
        UserError: the workspace is read-only, or the disk refuses.
    """
    name = bulletin_name(wish.title, wish.issue)
    record = Bulletin(
        id=name,
        title=wish.title,
        issue=wish.issue,
        stories=wish.stories,
        pages=wish.pages,
        services=wish.services,
        ink_saving=wish.ink_saving,
        modified=workspace.clock().isoformat(timespec="seconds"),
    )
    GroupFolder(workspace).write(bulletin_place(name), record)
    return name

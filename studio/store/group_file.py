"""The group's profile as it is in a workspace: read, or what can be found of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.errors import UserError, WorkNotice
from studio.base.folders import PROFILE
from studio.store import history
from studio.store.codec import decode_group
from studio.store.documents import UNREADABLE, content_digest, read_if_there
from studio.story.model import Group
from studio.story.regions import healed_group

if TYPE_CHECKING:
    from pathlib import Path


def read_group(path: Path) -> tuple[Group, str | None, bool, tuple[WorkNotice, ...]]:
    """The profile, its digest, whether it is of a newer format; from the last good version when it cannot be read.

    Args:
        path: folder of the workspace.
    """
    file = path / PROFILE
    try:
        data = read_if_there(file)
        if data is None:
            raise UserError("store.group_lost", file=PROFILE)
        decoded = decode_group(data, PROFILE)
    except UserError as error:
        newer = error.code == "store.newer_unreadable"
        return _last_good_group(path), UNREADABLE, newer, (WorkNotice(error.code, error.facts),)
    notices = (
        (WorkNotice("store.newer", {"file": PROFILE, "version": f"{decoded.version[0]}"}),) if decoded.newer else ()
    )
    return healed_group(decoded.group), content_digest(data), decoded.newer, notices


def _last_good_group(path: Path) -> Group:
    for version in history.earlier_versions(path):
        try:
            return healed_group(decode_group(history.read_version(path, version.name)).group)
        except (UserError, OSError):
            continue
    return Group()

"""Where a website may be put: in a folder of its own, as people upload, share or burn that folder as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.folders import PROFILE
from studio.base.workspace_places import EXPORTS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

OWN_SITE = "_situs"
"""Below ``exports/``: the site of the workspace itself."""


def refuse_unsafe_place(out: Path, workspaces: Iterable[Path]) -> None:
    """Refuse a folder with which a workspace would go out, too: originals without covers, contacts, consents.

    Nor may a site lie among a workspace's own files, where it would be taken for stories or packs; ``exports/`` has
    room for folders.

    Args:
        out: of the site; need not exist.
        workspaces: of the groups on it.

    Raises:
        UserError: ``site.in_workspace``.
    """
    place = out.resolve()
    for workspace in workspaces:
        if workspace.resolve().is_relative_to(place):
            raise UserError("site.in_workspace", place=str(out), workspace=str(workspace))
    for above in (place, *place.parents):
        if not (above / PROFILE).is_file():
            continue
        within = place.relative_to(above).parts
        if len(within) < 2 or within[0] != EXPORTS or within[1] == OWN_SITE:
            raise UserError("site.in_workspace", place=str(out), workspace=str(above))

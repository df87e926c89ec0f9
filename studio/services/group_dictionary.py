"""Teaching the group's dictionary a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from studio.store.workspace import Workspace


def learn_word(workspace: Workspace, word: str) -> None:
    """Put a word into the group's dictionary, for all its stories; one it knows already changes nothing.

    Raises:
        UserError: the workspace is read-only, or the disk refuses.
    """
    group = workspace.group
    if word.casefold() not in {known.casefold() for known in group.dictionary}:
        workspace.save_group(replace(group, dictionary=(*group.dictionary, word)))

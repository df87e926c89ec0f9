"""Teaching the group's dictionary a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.base.errors import UserError

if TYPE_CHECKING:
    from studio.store.workspace import Workspace
    from studio.ui.dialogs import Dialogs


def learn_word(workspace: Workspace, dialogs: Dialogs, word: str) -> bool:
    """Put a word into the group's dictionary, for all its stories; whether it is there now. A full disk is told."""
    group = workspace.group
    if word.casefold() in {known.casefold() for known in group.dictionary}:
        return True
    try:
        workspace.save_group(replace(group, dictionary=(*group.dictionary, word)))
    except UserError as error:
        dialogs.explain(error)
        return False
    return True

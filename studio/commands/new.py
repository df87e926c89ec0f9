"""``kim-studio new``: a story from a Markdown file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.commands.common import (
    DONE,
    PARTLY,
    explain_errors,
    opened_to_write,
    print_result,
    print_trouble,
    user_texts,
)

if TYPE_CHECKING:
    from pathlib import Path


def run_new(workspace: Path, draft: Path, *, take_over: bool = False) -> int:
    """Add the draft and print the name of the story's folder.

    Where there is nothing yet, a workspace is made, named after its folder; stderr says so. ``take_over`` writes also
    where another computer left its lock.
    """
    from studio.services.draft_import import add_draft_file
    from studio.store.workspace import create_workspace
    from studio.story.new_group import new_group

    words = user_texts()
    with explain_errors(words):
        # Only with a draft that exists: a mistyped command must not leave an empty workspace behind.
        if _is_vacant(workspace) and draft.is_file():
            create_workspace(workspace, new_group(workspace.resolve().name)).close()
            print_trouble(words.text("cli.workspace_made", place=str(workspace.resolve())))
    with opened_to_write(workspace, words, take_over=take_over) as opened:
        added = add_draft_file(opened, draft)
        print_result(added.folder)
        for notice in added.notices:
            print_trouble(words.explain(notice))
        for error in added.refused:
            print_trouble(words.text("cli.left_out", why=words.explain(error)))
    return PARTLY if added.refused else DONE


def _is_vacant(folder: Path) -> bool:
    """Whether a workspace may be made here: a new folder beside others, or an empty one."""
    if folder.is_dir():
        return not any(folder.iterdir())
    return not folder.exists() and folder.resolve().parent.is_dir()

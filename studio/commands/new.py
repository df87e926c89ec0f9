"""``kim-studio new``: a story from a Markdown file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.commands.common import DONE, complain, explained, say, texts

if TYPE_CHECKING:
    from pathlib import Path


def run(workspace: Path, draft: Path) -> int:
    """Add the draft and print the name of the story's folder."""
    from studio.export.drafts import add_draft_file
    from studio.store.workspace import open_workspace

    words = texts()
    with explained(words), open_workspace(workspace) as opened:
        added = add_draft_file(opened, draft)
        say(added.folder)
        for notice in added.notices:
            complain(words.explain(notice))
    return DONE

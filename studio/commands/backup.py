"""``kim-studio backup`` and ``kim-studio restore``: the whole workspace on a stick, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.sizes import ByteCount
from studio.commands.common import DONE, PARTLY, explain_errors, print_result, print_trouble, progress_bar, user_texts

if TYPE_CHECKING:
    from pathlib import Path


def run_backup(workspace: Path, stick: Path) -> int:
    """Back a workspace up.

    Returns:
        0 when all of it is on the stick, 1 when a file is missing there (each named on stderr) or nothing was done.
    """
    from studio.base.errors import WorkNotice
    from studio.store.workspace import open_workspace
    from studio.store.workspace_backup import back_up

    words = user_texts()
    with explain_errors(words), open_workspace(workspace, write=False) as opened:
        read_me = words.text("backup.read_me", name=opened.group.name or opened.path.name)
        with progress_bar(words.text("backup.job")) as progress:
            done = back_up(opened, stick, read_me, progress)
        facts: dict[str, object] = {"files": done.files, "place": str(done.root), "copied": done.copied}
        facts |= {"size": ByteCount(done.copied_bytes), "aside": done.set_aside}
        print_result(words.explain(WorkNotice("backup.done", facts)))
        # Still a success: a copy on the same disk protects against a mistake, not against a broken disk.
        if done.same_disk:
            print_trouble(words.text("backup.same_disk"))
        for problem in done.problems:
            print_trouble(words.explain(problem))
    return PARTLY if done.problems else DONE


def run_restore(stick: Path, workspace: Path) -> int:
    """Restore a backup into a new or empty folder.

    Returns:
        0 when all of it is back, 1 when a file was lost on the stick (each named on stderr) or nothing was done.
    """
    from studio.store.restore import choose_backup
    from studio.store.restore import restore_workspace as bring_back

    words = user_texts()
    with explain_errors(words):
        backup = choose_backup(stick)
        with progress_bar(words.text("backup.restore_job")) as progress:
            done = bring_back(backup, workspace, progress)
        facts = {"files": done.files, "size": ByteCount(done.bytes), "place": str(done.path), "day": done.made[:10]}
        print_result(words.text("backup.restored", **facts))
        for problem in done.problems:
            print_trouble(words.explain(problem))
    return PARTLY if done.problems else DONE

"""``kim-studio pack`` and ``kim-studio take``: a story as one file to another laptop, and what comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.commands.common import (
    DONE,
    PARTLY,
    explain_errors,
    opened_to_write,
    print_result,
    print_trouble,
    progress_bar,
    user_texts,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.store.packages import PackageChoice
    from studio.store.workspace import Workspace


def run_pack(workspace: Path, story: str, out: Path | None, choice: PackageChoice) -> int:
    """Write a story into a package and print where it is.

    Args:
        workspace: its folder.
        story: the folder of the story.
        out: the file to write, or a folder for it; None writes into the present folder.
        choice: what goes along.

    Returns:
        0 when all that was asked for is in it; 1 when a file is missing (named on stderr) or nothing was written.
    """
    from pathlib import Path

    from studio.services.story_handoff import file_name_for, pack_for_editor
    from studio.store.workspace import open_workspace

    words = user_texts()
    target = out or Path()
    if target.is_dir():
        target /= file_name_for(story)
    # Another window may have the workspace: its stories can be read and sent all the same.
    with explain_errors(words), open_workspace(workspace) as opened:
        with progress_bar(words.text("handoff.pack_job")) as progress:
            notices = pack_for_editor(opened, story, target, choice, progress)
        print_result(words.text("handoff.packed", file=str(target)))
        for notice in notices:
            print_trouble(words.explain(notice))
    return PARTLY if any(notice.code == "store.media_lost" for notice in notices) else DONE


def run_take(workspace: Path, files: Sequence[Path], *, take_over: bool = False) -> int:
    """Take packages in and print the folder of each story.

    Returns:
        0 when all are in, 1 when one was refused (each named on stderr, the rest done).
    """
    words, refused = user_texts(), 0
    with opened_to_write(workspace, words, take_over=take_over) as opened:
        for file in files:
            try:
                _take_one(opened, file, words)
            except UserError as error:
                print_trouble(words.explain(error))
                refused += 1
    return PARTLY if refused else DONE


def _take_one(workspace: Workspace, file: Path, words: MessageTexts) -> None:
    from studio.services.story_handoff import arrival_reason
    from studio.store.package_reading import read_package, unpack

    reason = arrival_reason(read_package(file), words)
    with progress_bar(words.text("handoff.take_job", file=file.name)) as progress:
        done = unpack(workspace, file, progress, reason)
    print_result(done.folder)
    for notice in done.notices:
        print_trouble(words.explain(notice))
    if done.new and reason:
        print_trouble(reason)

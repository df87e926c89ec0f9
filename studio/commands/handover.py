"""``kim-studio handover``: the group's file for the Dinas; ``take-note``: what the Dinas wrote back."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from studio.base.errors import UserError
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
    from collections.abc import Sequence


def run_handover(workspace: Path, out: Path | None, *, show: bool) -> int:
    """Write the file into ``out``, or show exactly what would be in it; then the line of answers and its QR code."""
    from studio.base.finished_files import finished_file
    from studio.services.handover_making import draft_handover, left_out_words
    from studio.store.group_folder import GroupFolder
    from studio.store.workspace import now_here, open_workspace

    words = user_texts()
    with explain_errors(words), open_workspace(workspace, write=False) as opened:
        reading = GroupFolder(opened).read_all()
        draft = draft_handover(opened, reading.records, now_here())
        if show:
            print_result(draft.data.decode().rstrip())
        else:
            path = (out or Path()) / draft.name
            with finished_file(path) as part:
                part.write_bytes(draft.data)
            print_result(str(path))
    for notice in reading.notices:
        print_trouble(words.explain(notice))
    if draft.left_out:
        print_trouble(left_out_words(draft, words))
    if not draft.line:
        print_trouble(words.text("handover.no_round"))
        return PARTLY if reading.damaged else DONE
    print_result(draft.line)
    # A QR code in a pipe would only be noise after the line itself.
    if sys.stdout.isatty():
        import segno

        segno.make(draft.line, error="m", micro=False).terminal(compact=True)
    return PARTLY if reading.damaged else DONE


def run_take_note(workspace: Path, notes: Sequence[Path], *, take_over: bool) -> int:
    """Take notes in and print each; a bad one is named and the rest goes on."""
    from studio.services.handover_making import take_note
    from studio.store.group_folder import GroupFolder
    from studio.store.story_shelf import today_of

    words = user_texts()
    bad = False
    with opened_to_write(workspace, words, take_over=take_over) as opened:
        folder = GroupFolder(opened)
        for source in notes:
            try:
                note = take_note(folder, opened, source, date.fromisoformat(today_of(opened)))
            except UserError as error:
                print_trouble(words.explain(error))
                bad = True
                continue
            print_result(f"{note.date} {note.office}: {note.text}")
    return PARTLY if bad else DONE

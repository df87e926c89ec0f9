"""``kim-studio read-aloud``: the script of a story, or a programme of several, on the terminal or as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.commands.common import (
    DONE,
    PARTLY,
    WRONG_USE,
    explain_errors,
    print_result,
    print_trouble,
    user_texts,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def run_read_aloud(workspace: Path, stories: Sequence[str], seconds: int, pace: float, out: Path | None) -> int:
    """Print or write a script to read aloud.

    Args:
        workspace: its folder; only read.
        stories: folders, in the order they are read.
        seconds: for each story: 30, 60 or 90; 0 takes all of a single story.
        pace: the reader's syllables a second.
        out: ``.pdf`` or ``.txt``; None prints.

    Returns:
        0 when all of it was made, 1 when a story was refused, 2 for a length or file nobody can make.
    """
    from studio.base.media_types import media_name
    from studio.export.running.story_exporter import chosen_stories
    from studio.services.broadcast_programme import LENGTHS, SCRIPT_TYPES, programme_of_today, write_programme
    from studio.store.workspace import open_workspace

    words = user_texts()
    if seconds not in LENGTHS:
        known = ", ".join(str(length) for length in LENGTHS if length)
        print_trouble(words.text("siaran.length", given=seconds, known=known))
        return WRONG_USE
    if out is not None and media_name(out) not in SCRIPT_TYPES:
        print_trouble(words.text("siaran.kind", file=out.name))
        return WRONG_USE
    with explain_errors(words), open_workspace(workspace, write=False) as opened:
        try:
            folders = chosen_stories(opened, stories)
        except UserError as error:
            print_trouble(words.explain(error))
            return WRONG_USE
        programme = programme_of_today(opened, words, folders, seconds)
        notices = () if out is None else write_programme(programme, out, pace, words)
    print_result(programme.text if out is None else words.text("siaran.written", file=str(out)))
    long = sum(len(item.long) for item in programme.items)
    print_result(words.text("siaran.summary", seconds=round(programme.seconds(pace)), long=long))
    for refusal in programme.refused:
        print_trouble(words.explain(refusal))
    for notice in notices:
        print_trouble(words.explain(notice))
    return PARTLY if programme.refused or notices else DONE

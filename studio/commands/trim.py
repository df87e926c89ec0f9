"""``kim-studio trim``: exact pieces of a clip and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.commands.common import (
    DONE,
    WRONG_USE,
    explain_errors,
    print_result,
    print_trouble,
    progress_bar,
    user_texts,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.story.model import Cut

_CLOCK = r"(?:(?:(\d+):)?(\d{1,3}):)?(\d+(?:[.,]\d+)?)"
_CUT = re.compile(rf"\s*{_CLOCK}\s*[-–]\s*{_CLOCK}\s*")


def run_trim(source: Path, cuts: Sequence[str], out: Path) -> int:
    """Write the kept pieces of ``source`` to ``out``; why it had to be re-encoded goes to stderr.

    Args:
        source: the clip.
        cuts: such as ``2-9.5`` or ``1:02,5-1:10``; none keeps everything.
        out: the file to write.
    """
    words = user_texts()
    kept = []
    for text in cuts:
        cut = read_cut(text)
        if cut is None:
            print_trouble(words.text("cli.trim_cut", text=text))
            return WRONG_USE
        kept.append(cut)
    with explain_errors(words):
        from studio.base.errors import WorkCancelled
        from studio.video.trim import trim_clip

        try:
            with progress_bar(words.text("cli.trimming")) as progress:
                made = trim_clip(source, kept, out, progress)
        except WorkCancelled:
            # Cancelled by Ctrl+C: explain_errors has the words for it.
            raise KeyboardInterrupt from None
        for notice in made.notices:
            print_trouble(words.explain(notice))
        how = "cli.trim_copied" if made.copied else "cli.trim_encoded"
        facts = {"file": str(made.path), "seconds": round(made.seconds, 2), "percent": int(100 * made.copied)}
        print_result(words.text(how, **facts))
    return DONE


def read_cut(text: str) -> Cut | None:
    """A kept piece as it is typed: seconds or minutes:seconds, with point or comma; None when it is none."""
    from studio.story.model import Cut

    found = _CUT.fullmatch(text)
    if found is None:
        return None
    groups = found.groups()
    start, end = _read_seconds(groups[:3]), _read_seconds(groups[3:])
    return Cut(start=start, end=end) if end > start else None


def _read_seconds(groups: Sequence[str | None]) -> float:
    hours, minutes, seconds = groups
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float((seconds or "0").replace(",", "."))

"""``kim-studio trim``: exact pieces of a clip and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.commands.common import DONE, WRONG_USE, complain, explained, progress_bar, say, texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.story.model import Cut

_CLOCK = r"(?:(?:(\d+):)?(\d{1,3}):)?(\d+(?:[.,]\d+)?)"
_CUT = re.compile(rf"\s*{_CLOCK}\s*[-–]\s*{_CLOCK}\s*")


def run(source: Path, cuts: Sequence[str], out: Path) -> int:
    """Write the kept pieces of ``source`` to ``out``; why it had to be encoded anew goes to stderr.

    Args:
        source: the clip.
        cuts: such as ``2-9.5`` or ``1:02,5-1:10``; none keeps everything.
        out: the file to write.
    """
    words = texts()
    kept = []
    for text in cuts:
        cut = read_cut(text)
        if cut is None:
            complain(words.text("cli.trim_cut", text=text))
            return WRONG_USE
        kept.append(cut)
    with explained(words):
        from studio.base.errors import Cancelled
        from studio.video.trim import trim_clip

        try:
            with progress_bar(words.text("cli.trimming")) as progress:
                made = trim_clip(source, kept, out, progress)
        except Cancelled:
            raise KeyboardInterrupt from None
        for notice in made.notices:
            complain(words.explain(notice))
        how = "cli.trim_copied" if made.copied else "cli.trim_encoded"
        facts = {"file": str(made.path), "seconds": f"{made.seconds:.2f}", "percent": int(100 * made.copied)}
        say(words.text(how, **facts))
    return DONE


def read_cut(text: str) -> Cut | None:
    """A kept piece as somebody types it: seconds or minutes:seconds, with point or comma; None when it is none."""
    from studio.story.model import Cut

    found = _CUT.fullmatch(text)
    if found is None:
        return None
    groups = found.groups()
    start, end = _seconds(groups[:3]), _seconds(groups[3:])
    return Cut(start=start, end=end) if end > start else None


def _seconds(groups: Sequence[str | None]) -> float:
    hours, minutes, seconds = groups
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float((seconds or "0").replace(",", "."))

"""Breaks a headline into lines of like width that part no pair of words that belongs together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from studio.base.utf16_positions import utf16_units
from studio.paint.lines import LINE_BREAK, SLACK, break_lines, is_left_to_right
from studio.story.kept_words import FIRM, FREE, KEPT, WEAK, gap_strengths

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.paint.lines import SettingStyle

_WIDE = 1e6
_MOST_WORDS = 40
"""Longer texts are no headlines."""
_COST = {FREE: 0.0, WEAK: 0.06, KEPT: 100.0, FIRM: 150.0}
LONE_WORD = 30.0
"""What a lone last word costs: more than ten lines can by their raggedness, less than words that are parted."""
ORPHAN = 0.4
"""A last line of one word that is narrower than this share of the measure is one word too few."""
BAD_BREAK = 100.0
"""From this cost on a setting parts what belongs together."""


def balanced_settings(
    text: str, style: SettingStyle, width: float, counts: Sequence[int]
) -> Iterator[tuple[float, str]]:
    """The best setting for each number of lines: its cost, and the text with a line break in place of some spaces.

    The squares of the widths are least in sum, so the lines are as even as words allow.

    Args:
        text: one paragraph; what is not written from left to right with spaces has no settings.
        style: how to set it.
        width: the measure, in pixels at EM.
        counts: numbers of lines to try.
    """
    spans = [found.span() for found in re.finditer(r"[^ ]+", text)]
    if not 1 < len(spans) <= _MOST_WORDS or not is_left_to_right(text):
        return
    edges = _word_edges(text, style, spans)
    costs = [_COST[strength] for strength in gap_strengths([text[first:end] for first, end in spans])]
    for count in counts:
        found = _least_ragged(edges, costs, width, count)
        if found is not None:
            cost, firsts = found
            broken = list(text)
            for first in firsts:
                broken[spans[first][0] - 1] = LINE_BREAK
            yield cost, "".join(broken)


def _word_edges(text: str, style: SettingStyle, spans: Sequence[tuple[int, int]]) -> list[tuple[float, float]]:
    """Left and right of each word where all stand in one line."""
    whole = break_lines(text, style, _WIDE, anywhere=False)[0]  # keeps the layout of its line alive

    def across(at: int) -> float:
        # PySide6 gives the place and the position, though its stubs say neither.
        return float(cast("tuple[float, int]", whole.line.cursorToX(utf16_units(text[:at])))[0])

    return [(across(first), across(end)) for first, end in spans]


def _least_ragged(
    edges: Sequence[tuple[float, float]], costs: Sequence[float], width: float, count: int
) -> tuple[float, list[int]] | None:
    """The first word of each line but the first, and what the setting costs; None where the words do not fit."""
    size = len(edges)
    if size < count:
        return None
    best: list[tuple[float, list[int]] | None] = [(0.0, []), *[None] * size]
    for row in range(count):
        best = _one_line_more(best, edges, costs, width, last=row == count - 1)
    return best[size]


def _one_line_more(
    before: Sequence[tuple[float, list[int]] | None],
    edges: Sequence[tuple[float, float]],
    costs: Sequence[float],
    width: float,
    *,
    last: bool,
) -> list[tuple[float, list[int]] | None]:
    size = len(edges)
    made: list[tuple[float, list[int]] | None] = [None] * (size + 1)
    for first, reached in enumerate(before[:size]):
        if reached is None:
            continue
        cost, firsts = reached
        for end in range(size if last else first + 1, size + 1):
            across = edges[end - 1][1] - edges[first][0]
            if across > width + SLACK:
                break
            total = cost + (across / width) ** 2 + (costs[first - 1] if first else 0.0)
            if last and first and end - first == 1 and across < ORPHAN * width:
                total += LONE_WORD
            known = made[end]
            if known is None or total < known[0] - 1e-9:
                made[end] = (total, [*firsts, first] if first else firsts)
    return made

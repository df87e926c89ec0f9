"""Sets one text in several columns: boxes that share a ``data-flow``.

The text is one paragraph a line. A line may begin with a mark: ``## `` a heading, ``> `` a quotation, ``- `` a bullet
(the part of Markdown that a printed sheet needs). Inline marks are not known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from studio.paint.fitting import PlacedLine, TextSetting, largest_size
from studio.paint.lines import (
    EM,
    SLACK,
    SettingStyle,
    TextLine,
    baseline_advance,
    break_lines,
    elide_text,
    fits_across,
    is_right_to_left,
    overhang_shift,
    style_of,
    text_paragraphs,
)
from studio.story.syllables import hyphenate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.paint.art import TextBox

Kind = Literal["plain", "heading", "quote", "bullet"]

_MARK = re.compile(r"(?P<heading>#{1,6} +)|(?P<quote>> ?)|(?P<bullet>[-*•] +)")
_INDENT = 1.05 * EM
_GAP = 0.55 * EM
_GAP_BEFORE_HEADING = 0.85 * EM
_GAP_AFTER_HEADING = 0.1 * EM


@dataclass(frozen=True, slots=True)
class _FlowBlock:
    kind: Kind
    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class _FlowRow:
    """One line of the flow and where it may not be separated from its neighbours."""

    block: int
    index: int
    count: int
    line: TextLine
    bullet: TextLine | None


@dataclass(frozen=True, slots=True)
class _FilledColumns:
    """What a try at one size gave: per column the rows with their baselines, and how many rows were placed."""

    columns: tuple[tuple[tuple[_FlowRow, float], ...], ...]
    placed: int


class TextFlow:
    """The columns of one text.

    Args:
        boxes: the columns in reading order, equally wide; text and style are those of the first.
    """

    def __init__(self, boxes: Sequence[TextBox]) -> None:
        self._boxes = boxes
        self._head = boxes[0]
        base = style_of(self._head)
        quote = style_of(self._head, italic=True)
        heading = style_of(self._head, weight=700)
        self._styles: dict[Kind, SettingStyle] = {
            "plain": base,
            "bullet": base,
            "quote": replace(quote, align=_ragged_align(quote)),
            "heading": replace(heading, align=_ragged_align(heading), pitch=heading.pitch * 0.92),
        }
        blocks = (_flow_block(part) for part in text_paragraphs(self._head.text))
        self._blocks = tuple(_with_hyphens(block) for block in blocks) if self._head.hyphens else tuple(blocks)

    def set(self, *, continued: bool) -> list[TextSetting]:
        """Set the text at the largest size at which it fits the columns.

        Args:
            continued: what does not fit goes on elsewhere; else the last line ends with an ellipsis.

        Returns:
            One setting per column; the first one carries the rest that did not fit, marks included.
        """
        if not self._blocks:
            return [TextSetting(box, box.smallest, (), "", self._styles["plain"]) for box in self._boxes]
        # Where there is one size only, nothing is tried.
        one = self._head.largest == self._head.smallest
        size = (None if one else largest_size(self._head, self._fits_columns)) or self._head.smallest
        rows = self._flow_rows(size)
        filled = self._fill_columns(rows, size, 1.0)
        if filled.placed < len(rows):  # a lone line at a column's end is better than another page for it
            loose = self._fill_columns(rows, size, 1.0, nice=False)
            filled = loose if loose.placed == len(rows) else filled
        elif self._head.balance and len(rows) > 2 * len(self._boxes):
            filled = self._balance_columns(rows, size)
        rest = "" if filled.placed == len(rows) else self._rest_text(rows[filled.placed])
        columns = [self._place_rows(column, size) for column in filled.columns]
        if rest and not continued:
            columns, rest = self._with_ellipsis(filled, columns, size, rest)
        return [
            TextSetting(box, size, tuple(lines), rest if number == 0 else "", self._styles["plain"])
            for number, (box, lines) in enumerate(zip(self._boxes, columns, strict=True))
        ]

    def _fits_columns(self, size: float) -> bool:
        rows = self._flow_rows(size)
        width = self._head.width * EM / size
        across = all(fits_across(row.line, width - self._row_indent(row)) for row in rows)
        return across and self._fill_columns(rows, size, 1.0).placed == len(rows)

    def _flow_rows(self, size: float) -> list[_FlowRow]:
        rows = []
        full = self._head.width * EM / size
        for number, block in enumerate(self._blocks):
            style = self._styles[block.kind]
            width = full - (_INDENT if block.kind in ("quote", "bullet") else 0.0)
            lines = break_lines(block.text, style, width, anywhere=size <= self._head.smallest)
            bullet = break_lines("•", style, _INDENT, anywhere=True)[0] if block.kind == "bullet" else None
            rows += [
                _FlowRow(number, index, len(lines), line, bullet if index == 0 else None)
                for index, line in enumerate(lines)
            ]
        return rows

    def _row_indent(self, row: _FlowRow) -> float:
        return _INDENT if self._blocks[row.block].kind in ("quote", "bullet") else 0.0

    def _row_style(self, row: _FlowRow) -> SettingStyle:
        return self._styles[self._blocks[row.block].kind]

    def _fill_columns(self, rows: Sequence[_FlowRow], size: float, part: float, *, nice: bool = True) -> _FilledColumns:
        """Put rows into the columns until they are full; ``part`` is how much of their height may be used.

        ``nice``: without lone lines and headings at the ends of columns.
        """
        columns: list[tuple[tuple[_FlowRow, float], ...]] = []
        start = 0
        for box in self._boxes:
            baselines = self._stack(rows, start, box.height * EM / size * part)
            count = len(baselines)
            if nice and start + count < len(rows):
                # Only where something follows: the last column may end with whatever it has.
                count = self._good_break(rows, start, start + count) - start
            columns.append(tuple(zip(rows[start : start + count], baselines[:count], strict=True)))
            start += count
        return _FilledColumns(tuple(columns), start)

    def _stack(self, rows: Sequence[_FlowRow], start: int, height: float) -> list[float]:
        baselines: list[float] = []
        for number in range(start, len(rows)):
            row = rows[number]
            if not baselines:
                baseline = max(self._row_style(row).ascent, row.line.above)
            else:
                above = rows[number - 1]
                baseline = (
                    baselines[-1]
                    + baseline_advance(above.line, row.line, self._row_style(row).pitch)
                    + self._gap_between(above, row)
                )
            # The foot counts with the style's descent at least, so that lines with and without a "g" end columns at one
            # height.
            if baseline + max(self._row_style(row).descent, row.line.below) > height + SLACK:
                break
            baselines.append(baseline)
        return baselines

    def _gap_between(self, above: _FlowRow, row: _FlowRow) -> float:
        if row.index:
            return 0.0
        if self._blocks[above.block].kind == "heading":
            return _GAP_AFTER_HEADING
        if self._blocks[row.block].kind == "heading":
            return _GAP_BEFORE_HEADING
        both = {self._blocks[above.block].kind, self._blocks[row.block].kind}
        # Items of one list stand closer to each other than paragraphs do.
        return _GAP / 2 if both == {"bullet"} else _GAP

    def _good_break(self, rows: Sequence[_FlowRow], start: int, end: int) -> int:
        """Move a column's end up: no heading at its foot, no lone line of a paragraph, and none parted that is kept."""
        best = end
        while best > start + 1:
            row, before = rows[best], rows[best - 1]
            lone_first = row.index == 1 and row.count > 2
            lone_last = row.index == row.count - 1 and row.count > 2
            after_heading = self._blocks[before.block].kind == "heading"
            parted = self._head.keep and row.index > 0
            # Found going upwards; where no place is good the full column is kept, as an empty one would be worse.
            if not (lone_first or lone_last or after_heading or parted):
                return best
            best -= 1
        return end

    def _balance_columns(self, rows: Sequence[_FlowRow], size: float) -> _FilledColumns:
        """The lowest height of the columns that still holds everything."""
        low, high = 0.0, 1.0
        # Nine halvings: to a 500th of the height, which is less than a line.
        for _ in range(9):
            middle = (low + high) / 2
            low, high = (low, middle) if self._fill_columns(rows, size, middle).placed == len(rows) else (middle, high)
        return self._fill_columns(rows, size, high)

    def _place_rows(self, column: Sequence[tuple[_FlowRow, float]], size: float) -> list[PlacedLine]:
        placed = []
        full = self._head.width * EM / size
        for row, baseline in column:
            indent = self._row_indent(row)
            mirrored = is_right_to_left(self._blocks[row.block].text)
            x = overhang_shift(row.line, full - indent) + (0.0 if mirrored else indent)
            placed.append(PlacedLine(row.line, x, baseline))
            if row.bullet:
                placed.append(PlacedLine(row.bullet, full - _INDENT / 2 if mirrored else 0.15 * EM, baseline))
        return placed

    def _rest_text(self, row: _FlowRow) -> str:
        """The text from this row on, in the notation it came in. A bullet that is cut goes on without its dot."""
        block = self._blocks[row.block]
        mark = "" if row.index and block.kind == "bullet" else block.mark
        later = [other.mark + other.text for other in self._blocks[row.block + 1 :]]
        return "\n".join([mark + block.text[row.line.start :].strip(), *later])

    def _with_ellipsis(
        self, filled: _FilledColumns, columns: list[list[PlacedLine]], size: float, rest: str
    ) -> tuple[list[list[PlacedLine]], str]:
        number = max((i for i, column in enumerate(filled.columns) if column), default=None)
        if number is None:
            return columns, rest
        row, baseline = filled.columns[number][-1]
        text = self._blocks[row.block].text
        width = self._head.width * EM / size - self._row_indent(row)
        tail = text[row.line.start :]
        elided = elide_text(tail, self._row_style(row), width, right_to_left=is_right_to_left(text))
        if elided is None:
            return columns, rest
        ending, length = elided
        cut = text[row.line.start + length : row.line.end].strip()
        shortened = replace(row, line=ending)
        columns[number] = self._place_rows([*filled.columns[number][:-1], (shortened, baseline)], size)
        return columns, f"{cut} {rest}".strip()


def _with_hyphens(block: _FlowBlock) -> _FlowBlock:
    # A heading is large and short: a word broken in it catches the eye.
    return block if block.kind == "heading" else replace(block, text=hyphenate(block.text))


def _ragged_align(style: SettingStyle) -> Literal["left", "center", "right"]:
    return "left" if style.align == "justify" else style.align


def _flow_block(part: str) -> _FlowBlock:
    match = _MARK.match(part)
    if not match:
        return _FlowBlock("plain", "", part)
    kind: Kind = "heading" if match["heading"] else "quote" if match["quote"] else "bullet"
    return _FlowBlock(kind, match[0], part[match.end() :].strip())

"""Sets one text box: finds the largest size that fits, places the lines, says what did not fit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from studio.paint.balanced_lines import BAD_BREAK, LONE_WORD, ORPHAN, balanced_settings
from studio.paint.lines import (
    EM,
    LINE_BREAK,
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
)
from studio.story.kept_words import KEPT, gap_strengths

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.paint.art import TextBox

_PARAGRAPH_GAP = 0.35 * EM
_STEP = 0.5
"""Sizes are tried in steps of this many units of the viewBox, at least."""
# A last line of up to 55 % of the widest is a straggler; to be rid of it letters may shrink to 75 %.
_STRAGGLER = 0.55
_SMALLER = 0.75
_WORTH_A_LINE = 15.0
"""A line more has to mend at least one break or a lone last word (``balanced_lines``)."""
_MOST_BALANCED = 10
"""Longer texts are not balanced: the eye no longer sees the shape."""
_KEEPING = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58)
"""A headline is set this much smaller, at most, where a line would end between words that belong together, or
the last word would stand alone."""


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line on its place: baseline origin in pixels at EM, measured from the box's corner."""

    line: TextLine
    x: float
    baseline: float


@dataclass(frozen=True, slots=True)
class TextSetting:
    """A box's text, set: ``size`` in units of the viewBox, the lines, the rest that did not fit, and how."""

    box: TextBox
    size: float
    lines: tuple[PlacedLine, ...]
    rest: str
    style: SettingStyle

    def block(self) -> tuple[float, float]:
        """Top and bottom of the text in units of the viewBox, with room for ascenders and descenders."""
        if not self.lines:
            edge = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[self.box.valign] * self.box.height + self.box.y
            return edge, edge
        first, last, unit = self.lines[0], self.lines[-1], self.size / EM
        top = first.baseline - max(self.style.ascent, first.line.above)
        bottom = last.baseline + max(self.style.descent, last.line.below)
        return self.box.y + top * unit, self.box.y + bottom * unit

    def plate(self) -> tuple[float, float, float, float]:
        """x, y, width and height of the plate that hugs the ink, in units of the viewBox."""
        unit = self.size / EM
        across, down = self.box.pad
        left = min(placed.x + placed.line.left for placed in self.lines) * unit - across
        right = max(placed.x + placed.line.right for placed in self.lines) * unit + across
        first, last = self.lines[0], self.lines[-1]
        top = (first.baseline - max(self.style.cap, first.line.above)) * unit - down
        bottom = (last.baseline + last.line.below) * unit + down
        return self.box.x + left, self.box.y + top, right - left, bottom - top


def set_box(box: TextBox, style: SettingStyle, parts: Sequence[str]) -> TextSetting:
    """Set the paragraphs of one box at the largest size that fits.

    At the smallest size a word that is wider than the box is broken; if the text is still too much, it ends with an
    ellipsis and the rest is returned.

    Args:
        box: place and limits.
        style: how to set it.
        parts: the paragraphs.
    """
    if not parts:
        return TextSetting(box, box.smallest, (), "", style)
    found = _find_fit(box, tuple(parts))
    if found is None:
        lines = _try(box, style, parts, box.smallest, anywhere=True)
        return TextSetting(box, box.smallest, lines, "", style) if lines else _set_shortened(box, style, parts)
    size, width, broken = found
    stacks = _break_all(broken, style, width, anywhere=False)
    # A narrowed measure is set at the left of its own width; here it is moved to where the box wants it.
    shift = _balance_shift(box, parts[0], box.width * EM / size - width)
    return TextSetting(box, size, _place_lines(box, style, stacks, size, width=width, shift=shift), "", style)


@lru_cache(maxsize=512)
def _find_fit(box: TextBox, parts: tuple[str, ...]) -> tuple[float, float, tuple[str, ...]] | None:
    """The size that fits, the measure at it in pixels at EM, and the text; None when not even the smallest does.

    A headline has its line breaks in the text.

    Found by trial, so kept: of a card whose headline was changed the other boxes stay as they were. Numbers only; what
    Qt laid out belongs to the thread that paints it.
    """
    style = style_of(box)
    size = largest_size(box, lambda s: _try(box, style, parts, s, anywhere=False) is not None)
    if size is None:
        return None
    if not box.balance or len(parts) != 1:
        return size, box.width * EM / size, _without_orphans(box, style, parts, size)
    size = _without_straggler(box, style, parts, size)
    if balanced := _balanced_text(box, style, parts[0], size):
        size, headline = balanced
        return size, box.width * EM / size, (headline,)
    parts = _without_orphans(box, style, parts, size)
    return size, _balanced_width(box, style, parts, size), parts


def _without_orphans(box: TextBox, style: SettingStyle, parts: tuple[str, ...], size: float) -> tuple[str, ...]:
    """The paragraphs, the last two words of one held together whose last line would be a lone short word.

    Where that needs more room than there is, nothing changes: the size is not for this.
    """
    width = box.width * EM / size
    made = tuple(_held_together(part, style, width) for part in parts)
    return made if made == parts or _try(box, style, made, size, anywhere=False) is not None else parts


def _held_together(part: str, style: SettingStyle, width: float) -> str:
    words = part.rstrip().split(" ")
    if len(words) < 3:
        return part
    lines = break_lines(part, style, width, anywhere=False)
    end = lines[-1]
    alone = end.start > len(part.rstrip()) - len(words[-1]) - 1 and end.right - end.left < ORPHAN * width
    if len(lines) < 2 or not alone:
        return part
    # What comes down to the last word brings along what belongs to it: "45 hektare sawah".
    strengths, first = gap_strengths(words), len(words) - 2
    while first > 1 and strengths[first - 1] >= KEPT:
        first -= 1
    for start in sorted({first, len(words) - 2}):
        group = "\N{NO-BREAK SPACE}".join(words[start:])
        held = break_lines(group, style, width, anywhere=False)
        if len(held) == 1 and fits_across(held[0], width):
            return " ".join([*words[:start], group])
    return part


def largest_size(box: TextBox, fits: Callable[[float], bool]) -> float | None:
    """Binary search between the box's two sizes.

    Args:
        box: gives the limits.
        fits: whether the text fits at a size in units of the viewBox; taken to be true below a size where it is true.

    Returns:
        The largest size that fits, or None when even the smallest does not.
    """
    span = box.largest - box.smallest
    steps = max(1, round(span / _STEP))
    # Searched among full steps: sizes come from one short list, and equal texts get equal sizes.
    low, high = 0, steps  # index counts from the largest size down
    found = None
    while low <= high:
        middle = (low + high) // 2
        size = box.largest - span * middle / steps
        if fits(size):
            found, high = size, middle - 1
        else:
            low = middle + 1
    return found


def _break_all(parts: Sequence[str], style: SettingStyle, width: float, *, anywhere: bool) -> list[list[TextLine]]:
    return [break_lines(part, style, width, anywhere=anywhere) for part in parts]


def _try(
    box: TextBox, style: SettingStyle, parts: Sequence[str], size: float, *, anywhere: bool
) -> tuple[PlacedLine, ...] | None:
    """The placed lines when everything fits at this size."""
    # Text is always laid out at EM: a smaller size is a wider measure.
    width = box.width * EM / size
    stacks: list[list[TextLine]] = []
    left = _most_lines(box, style, size)
    for part in parts:
        lines = break_lines(part, style, width, anywhere=anywhere, most=left)
        if not lines:
            return None
        stacks.append(lines)
        left -= len(lines)
    flat = [line for stack in stacks for line in stack]
    if not all(fits_across(line, width) for line in flat):
        return None
    if _height(style, stacks) > box.height * EM / size + SLACK:
        return None
    return _place_lines(box, style, stacks, size, width=width)


def _most_lines(box: TextBox, style: SettingStyle, size: float) -> int:
    """No more lines than these have room at a size, and fewer where they are high or begin paragraphs."""
    room = box.height * EM / size + SLACK - style.ascent - style.descent
    by_height = max(0, int(room / style.pitch + 1e-6) + 1) if room >= -1e-6 else 0
    return min(box.lines, by_height) if box.lines else by_height


def _baselines(style: SettingStyle, stacks: Sequence[Sequence[TextLine]]) -> list[float]:
    """Baselines of all lines, measured from the top of the block."""
    found: list[float] = []
    previous: TextLine | None = None
    for stack in stacks:
        for index, line in enumerate(stack):
            if previous is None:
                found.append(max(style.ascent, line.above))
            else:
                gap = _PARAGRAPH_GAP if index == 0 else 0.0
                found.append(found[-1] + baseline_advance(previous, line, style.pitch) + gap)
            previous = line
    return found


def _last_descent(style: SettingStyle, stacks: Sequence[Sequence[TextLine]]) -> float:
    return max(style.descent, stacks[-1][-1].below)


def _height(style: SettingStyle, stacks: Sequence[Sequence[TextLine]]) -> float:
    return _baselines(style, stacks)[-1] + _last_descent(style, stacks)


def _place_lines(
    box: TextBox,
    style: SettingStyle,
    stacks: Sequence[Sequence[TextLine]],
    size: float,
    *,
    width: float,
    shift: float = 0.0,
) -> tuple[PlacedLine, ...]:
    baselines = _baselines(style, stacks)
    lines = [line for stack in stacks for line in stack]
    top = _block_top(box, style, stacks, box.height * EM / size, baselines)
    return tuple(
        PlacedLine(line, shift + overhang_shift(line, width), top + baseline)
        for line, baseline in zip(lines, baselines, strict=True)
    )


def _block_top(
    box: TextBox, style: SettingStyle, stacks: Sequence[Sequence[TextLine]], height: float, baselines: Sequence[float]
) -> float:
    """Where the block begins. The middle is that of the capitals, as the eye centres a label by them."""
    spare = height - baselines[-1] - _last_descent(style, stacks)
    if box.valign == "bottom":
        return spare
    if box.valign == "middle":
        # Ascenders and accents do not count when centring, but they may not leave the box either: so two limits.
        cap_top = baselines[0] - style.cap
        return min(max(0.0, (height - cap_top - baselines[-1]) / 2), max(0.0, spare))
    return 0.0


def _without_straggler(box: TextBox, style: SettingStyle, parts: Sequence[str], size: float) -> float:
    """A slightly smaller size, if that saves a last line of hardly more than a word."""
    lines = break_lines(parts[0], style, box.width * EM / size, anywhere=False)
    widths = [line.right - line.left for line in lines]
    if len(lines) < 2 or widths[-1] > _STRAGGLER * max(widths):
        return size
    # One line less at a size that is still near: the last word goes up, or everything stays as it was.
    tighter = replace(box, largest=size, smallest=max(box.smallest, size * _SMALLER), lines=len(lines) - 1)
    found = largest_size(tighter, lambda s: _try(tighter, style, parts, s, anywhere=False) is not None)
    return found or size


def _balanced_text(box: TextBox, style: SettingStyle, text: str, size: float) -> tuple[float, str] | None:
    """The size and the text with line breaks, as even as can be; None for one that is not set like this.

    The size is the given one, or the largest below it at which no line parts what belongs together and none is a lone
    word, if there is one.
    """
    found: list[tuple[float, float, str]] = []
    for share in _KEEPING:
        smaller = size * share
        made = _least_ragged_text(box, style, text, smaller) if smaller >= box.smallest else None
        if made is None:
            if share == 1.0:
                return None
            continue
        found.append((made[0], smaller, made[1]))
        if made[0] < LONE_WORD:
            break
    best = min(found, key=lambda each: (each[0] >= BAD_BREAK, each[0] >= LONE_WORD, -each[1]))
    return best[1], best[2]


def _least_ragged_text(box: TextBox, style: SettingStyle, text: str, size: float) -> tuple[float, str] | None:
    """What the best setting at a size costs, and the text with its line breaks.

    More lines than needed are taken only where fewer part what belongs together or leave a lone word.
    """
    full, room = box.width * EM / size, box.height * EM / size + SLACK
    count = len(break_lines(text, style, full, anywhere=False))
    if not 1 < count <= _MOST_BALANCED:
        return None
    best: tuple[float, str] | None = None
    for cost, broken in balanced_settings(text, style, full, range(count, _most_lines(box, style, size) + 1)):
        if (best is None or cost < best[0] - _WORTH_A_LINE) and _fits(style, broken, full, room):
            best = cost, broken
        if best is not None and best[0] < LONE_WORD:
            break
    return best


def _fits(style: SettingStyle, broken: str, full: float, room: float) -> bool:
    lines = break_lines(broken, style, full, anywhere=False)
    return (
        len(lines) == broken.count(LINE_BREAK) + 1
        and all(fits_across(line, full) for line in lines)
        and _height(style, [lines]) <= room
    )


def _balanced_width(box: TextBox, style: SettingStyle, parts: Sequence[str], size: float) -> float:
    """The narrowest measure that needs no more lines than the full one."""
    full = box.width * EM / size
    count = len(break_lines(parts[0], style, full, anywhere=False))
    if not 1 < count <= _MOST_BALANCED:
        return full
    # No measure narrower than an even share of the full one can hold the text in as many lines.
    low, high = full / count, full
    # A twentieth of an em is less than anyone sees, and keeps the search to about ten steps.
    while high - low > EM * 0.05:
        middle = (low + high) / 2
        lines = break_lines(parts[0], style, middle, anywhere=False, most=count)
        good = len(lines) == count and all(fits_across(line, middle) for line in lines)
        low, high = (low, middle) if good else (middle, high)
    # Other breaks may put taller letters under each other and need more height: then the full measure stays.
    stacks = _break_all(parts, style, high, anywhere=False)
    return high if _height(style, stacks) <= box.height * EM / size + SLACK else full


def _balance_shift(box: TextBox, text: str, spare: float) -> float:
    """Where a narrowed measure is in the box."""
    if box.align == "center":
        return spare / 2
    leading_right = box.align != "right" and is_right_to_left(text)
    return spare if box.align == "right" or leading_right else 0.0


def _set_shortened(box: TextBox, style: SettingStyle, parts: Sequence[str]) -> TextSetting:
    """Set as many lines as there is room for at the smallest size, the last one with an ellipsis."""
    size = box.smallest
    width, height = box.width * EM / size, box.height * EM / size
    shown: list[list[TextLine]] = []
    for part in parts:
        stack: list[TextLine] = []
        for line in break_lines(part, style, width, anywhere=True):
            trial = [*shown, [*stack, line]]
            count = sum(len(s) for s in trial)
            too_high = _height(style, trial) > height + SLACK or (box.lines and count > box.lines)
            if too_high or not fits_across(line, width):
                return _end_with_ellipsis(box, style, parts, [*shown, stack] if stack else shown)
            stack.append(line)
        shown.append(stack)
    return TextSetting(
        box, size, _place_lines(box, style, shown, size, width=width), "", style
    )  # pragma: no cover - fitted after all


def _end_with_ellipsis(
    box: TextBox, style: SettingStyle, parts: Sequence[str], shown: list[list[TextLine]]
) -> TextSetting:
    """End the last line that has room for it with an ellipsis.

    With the ellipsis a line may take in letters that reach lower than those it had; where it then leaves the box, the
    line above it ends the text.
    """
    width, height = box.width * EM / box.smallest, box.height * EM / box.smallest
    while shown:
        last = len(shown) - 1
        line = shown[last][-1]
        # Everything from this line on, so that the line is filled up to the ellipsis and not merely cut.
        tail = parts[last][line.start :]
        elided = elide_text(tail, style, width, right_to_left=is_right_to_left(parts[last]))
        if elided is None:
            break
        ending, length = elided
        ended = [*shown[:last], [*shown[last][:-1], replace(ending, start=line.start)]]
        if _height(style, ended) <= height + SLACK:
            rest = "\n".join([tail[length:].strip(), *parts[last + 1 :]]).strip()
            return TextSetting(
                box, box.smallest, _place_lines(box, style, ended, box.smallest, width=width), rest, style
            )
        shown = [*shown[:last], shown[last][:-1]] if len(shown[last]) > 1 else shown[:last]
    return TextSetting(box, box.smallest, (), "\n".join(parts), style)

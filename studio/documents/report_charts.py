"""Charts of a report as parts of a page (``office_paper``): stacked bars by month, bars by outlet, a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.documents.office_paper import INK, SOFT, text_box

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.documents.report_tables import ReportWords
    from studio.group.activity_report import ActivityReport

    Numbers = Callable[[int], str]
    """Puts an integer into the digits of a language."""

_GRID = "#d9dfdc"
SERIES = ("#0f6b5c", "#f2b705", "#2f6fb3", "#b3472f", "#6b4fa0", "#5a8f2e", "#8a8f94")
"""Colours of series beside the group's own two; the last one stands for all that are left."""


@dataclass(frozen=True, slots=True)
class ChartArea:
    """Where a chart stands on the page, in points. ``name`` begins the ids of its text boxes."""

    name: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class BarSeries:
    """Bars of one colour: a number for each place along the axis."""

    name: str
    color: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LineLook:
    """The colour of a line, and how its numbers are written."""

    color: str
    number: Numbers


def month_series(report: ActivityReport, words: ReportWords, colors: Sequence[str]) -> tuple[BarSeries, ...]:
    """Posts of each month, a series for each outlet, those with most posts first.

    Args:
        report: the report.
        words: names of outlets.
        colors: of the series. Outlets beyond them share the last: no more colours can be distinguished, and the tables
            have all outlets.
    """
    months, outlets = report.months, report.outlets
    shown = outlets[: len(colors) - 1] if len(outlets) > len(colors) else outlets
    series = [
        BarSeries(words.outlet(total.outlet), color, tuple(month.posts.get(total.outlet, 0) for month in months))
        for total, color in zip(shown, colors, strict=False)
    ]
    if rest := outlets[len(shown) :]:
        sums = tuple(sum(month.posts.get(total.outlet, 0) for total in rest) for month in months)
        series.append(BarSeries(words.say("other_outlets", count=len(rest)), colors[-1], sums))
    return tuple(series)


def short_month(month: tuple[int, int], words: ReportWords, count: int) -> str:
    """``November 2026``, in a long row ``Nov``."""
    name = words.month(month)
    return name if count <= 4 else name[:3]


def nice_ceiling(value: int) -> int:
    """The smallest of 1, 2, 4, 5, 10, 20 ... from a value on: a scale whose half is an integer from 2 on."""
    step = 1
    while True:
        for factor in (1, 2, 4, 5):
            # Odd ceilings would put the middle line of the grid at half a story; the scale has to be countable.
            if factor * step >= max(1, value) and (factor * step == 1 or factor * step % 2 == 0 or step > 1):
                return factor * step
        step *= 10


def stacked_bars(area: ChartArea, labels: Sequence[str], series: Sequence[BarSeries], number: Numbers) -> str:
    """Bars that stand on each other, a legend below.

    Args:
        area: where.
        labels: below each bar.
        series: from the lowest.
        number: puts a number into words.
    """
    sums = [sum(each.values[at] for each in series) for at in range(len(labels))]
    top = nice_ceiling(max(sums, default=0))
    legend = 16.0 * ((len(series) + 2) // 3)
    plot = ChartArea(area.name, area.left + 34, area.top + 8, area.width - 34, area.height - 34 - legend)
    parts = [_grid(plot, top, number)]
    step = plot.width / max(1, len(labels))
    wide = min(46.0, step * 0.62)
    for at, label in enumerate(labels):
        base, left = plot.top + plot.height, plot.left + step * at + (step - wide) / 2
        for each in series:
            high = plot.height * each.values[at] / top
            base -= high
            if high:
                parts.append(_bar(left, base, wide, high, each.color))
        if sums[at]:
            told = number(sums[at])
            parts.append(_label(f"{plot.name}-n{at}", base - 13, left - 12, wide + 24, told, 8.5, 700))
        parts.append(
            _label(f"{plot.name}-b{at}", plot.top + plot.height + 3, plot.left + step * at, step, label, 8, 500)
        )
    parts += _legend(plot, area.top + area.height - legend, series)
    return "".join(parts)


def level_bars(area: ChartArea, rows: Sequence[tuple[str, int]], color: str, number: Numbers) -> str:
    """A bar across for each row, with its name before it and its number behind."""
    most = max((value for _, value in rows), default=0) or 1
    step = min(24.0, area.height / max(1, len(rows)))
    name_width, parts = area.width * 0.34, []
    for at, (name, value) in enumerate(rows):
        top = area.top + step * at
        wide = (area.width - name_width - 52) * value / most
        left = area.left + name_width
        parts.append(
            text_box(f"{area.name}-k{at}", top, step - 4, name, 9, left=area.left, width=name_width - 8, lines=1)
        )
        # A point wide at least: a count of nothing still shows where its bar begins.
        parts.append(_bar(left, top + 1, max(1.0, wide), step - 9, color))
        told = text_box(f"{area.name}-v{at}", top, step - 4, number(value), 9, left=left + wide + 6, width=46, lines=1)
        parts.append(told)
    return "".join(parts)


def rising_line(area: ChartArea, points: Sequence[tuple[int, int]], ends: tuple[str, str], look: LineLook) -> str:
    """A line through points, by the day (any integers, rising) across.

    Args:
        area: where.
        points: day and value, at least one.
        ends: words below the first and the last day.
        look: colour, and how numbers are written.
    """
    top = nice_ceiling(max(value for _, value in points))
    plot = ChartArea(area.name, area.left + 40, area.top + 8, area.width - 56, area.height - 28)
    first, days = points[0][0], max(1, points[-1][0] - points[0][0])
    spots = [
        (plot.left + plot.width * (day - first) / days, plot.top + plot.height * (1 - value / top))
        for day, value in points
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    parts = [_grid(plot, top, look.number)]
    if len(spots) > 1:
        parts.append(f'<polyline points="{path}" fill="none" stroke="{look.color}" stroke-width="2"/>')
    parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{look.color}"/>' for x, y in spots]
    below = plot.top + plot.height + 5
    half = plot.width / 2
    parts.append(text_box(f"{area.name}-awal", below, 12, ends[0], 8, left=plot.left, width=half, lines=1, color=SOFT))
    if len(points) > 1:
        box = text_box(
            f"{area.name}-akhir", below, 12, ends[1], 8, left=plot.left + half, width=half, lines=1, align="right"
        )
        parts.append(box)
    return "".join(parts)


def _grid(plot: ChartArea, top: int, number: Numbers) -> str:
    """Lines at nothing, the half and all of the scale, with their numbers."""
    parts = []
    for at, share in enumerate((0.0, 0.5, 1.0)):
        value = top * share
        y = plot.top + plot.height * (1 - share)
        parts.append(
            f'<rect x="{plot.left:.1f}" y="{y:.1f}" width="{plot.width:.1f}" height="0.6"'
            f' fill="{INK if at == 0 else _GRID}"/>'
        )
        # A count has no halves: the middle of a scale of 1 gets its line without a number.
        if value.is_integer():
            told = number(int(value))
            parts.append(
                text_box(
                    *(f"{plot.name}-g{at}", y - 6, 12, told, 8),
                    left=plot.left - 42,
                    width=38,
                    lines=1,
                    align="right",
                    color=SOFT,
                )
            )
    return "".join(parts)


def _bar(left: float, top: float, width: float, height: float, color: str) -> str:
    return f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{color}"/>'


def _label(name: str, top: float, left: float, width: float, text: str, size: float, weight: int) -> str:
    return text_box(name, top, 12, text, size, left=left, width=width, lines=1, align="center", weight=weight)


def _legend(plot: ChartArea, top: float, series: Sequence[BarSeries]) -> list[str]:
    parts, wide = [], plot.width / 3
    for at, each in enumerate(series):
        left, line = plot.left + wide * (at % 3), top + 16.0 * (at // 3)
        parts.append(_bar(left, line + 2, 9, 9, each.color))
        name = text_box(f"{plot.name}-l{at}", line, 13, each.name, 8.5, left=left + 14, width=wide - 20, lines=1)
        parts.append(name)
    return parts

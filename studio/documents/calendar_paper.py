"""A month for the wall: one landscape page of days, and the lists of full days on pages behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import quoteattr

from studio.base.locale_forms import FORMS
from studio.documents.office_paper import INK, SOFT, text_box
from studio.documents.report_pages import head_ink, line_count
from studio.posts.colors import readable_color
from studio.store.story_calendar import month_span
from studio.story.series_days import market_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from studio.group.calendar_words import CalendarWords
    from studio.paint.sheet import TextOverflow
    from studio.release.told_calendar import ToldCalendar, ToldEntry
    from studio.story.model import Group

PaperSize = Literal["a4", "a3"]
PAPERS: Mapping[PaperSize, tuple[float, float]] = {"a4": (297.0, 210.0), "a3": (420.0, 297.0)}
"""Width and height in millimetres, landscape."""
_UNITS: Mapping[PaperSize, float] = {"a4": 72 / 25.4, "a3": 72 / 25.4 / 1.2}
"""Units of the drawing in a millimetre, points on A4: what hangs higher is read from farther away."""
_MARGIN = 28.0
_HEAD, _FOOT, _NAMES = 66.0, 34.0, 18.0
_RED, _QUIET, _RULE = "#b3261e", "#f4f6f5", "#c9d2cf"
_SIZE = 7.6
"""Of an entry, in units."""
_LINE = _SIZE * 1.26
_TONES: Mapping[str, str] = {
    "event": "#0b6b5c",
    "plan": "#1f5a96",
    "ends": "#874900",
    "series": "#6b4fa0",
    "posted": "#54645f",
}


@dataclass(frozen=True, slots=True)
class WallLook:
    """Whose calendar it is, and its logo as a data URI ("" for none)."""

    group: Group
    logo: str = ""


@dataclass(frozen=True, slots=True)
class _Box:
    """A rectangle, in units."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _DayLine:
    """A line of a day: its words, the colour beside it, how many lines of text it takes, and whether it is cut."""

    text: str
    tone: str
    rows: int
    cut: bool = False


def write_wall_calendar(
    path: Path, month: tuple[int, int], told: ToldCalendar, look: WallLook, words: CalendarWords, paper: PaperSize
) -> tuple[TextOverflow, ...]:
    """Write a month as a PDF. Needs a Qt application (``paint.qt_application``).

    Args:
        path: it appears complete or not at all.
        month: year and month; ``told`` covers its weeks.
        told: what may be told.
        look: whose it is.
        words: language, outlets, zone.
        paper: size.

    Returns:
        Texts that were shortened.

    Raises:
        UserError: it cannot be written there.
    """
    from studio.base.finished_files import finished_file
    from studio.paint.pdf import paint_pdf

    title = words.say("wall_title", month=words.month(*month), group=look.group.name or "KIM")
    with finished_file(path) as part:
        pages = wall_pages(month, told, look, words, paper)
        return paint_pdf(pages, part, page_mm=PAPERS[paper], title=title, author=look.group.name)


def wall_pages(
    month: tuple[int, int], told: ToldCalendar, look: WallLook, words: CalendarWords, paper: PaperSize
) -> list[str]:
    """The pages as SVG: the month, then full lists of the days that have more than there was room for."""
    wide, high = (side * _UNITS[paper] for side in PAPERS[paper])
    first, last = month_span(*month)
    weeks = ((last - first).days + 1) // 7
    cell = _Box(_MARGIN, 0, (wide - 2 * _MARGIN) / 7, (high - _HEAD - _FOOT - _NAMES) / weeks)
    parts, full = [_month_head(month, look, words, wide), _weekdays(words, cell, look.group.colors.main)], []
    for step in range((last - first).days + 1):
        day = first + timedelta(step)
        top = _HEAD + _NAMES + cell.height * (step // 7)
        box = _Box(_MARGIN + cell.width * (step % 7), top, cell.width, cell.height)
        drawn, fits = _day_cell(day, month, told, words, box)
        parts += drawn
        full += [] if fits or day.month != month[1] else [day]
    parts.append(_sheet_foot(told, words, wide, high))
    pages = [_page(wide, high, parts)]
    if full:
        pages += _list_pages(full, month, told, look, words, (wide, high))
    return pages


def _page(wide: float, high: float, parts: Sequence[str]) -> str:
    size = f'viewBox="0 0 {wide:.2f} {high:.2f}"'
    ground = f'<rect x="0" y="0" width="{wide:.2f}" height="{high:.2f}" fill="#ffffff"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{ground}{"".join(parts)}</svg>'


def _text(name: str, box: _Box, text: str, size: float, **look: object) -> str:
    return text_box(name, box.top, box.height, text, size, left=box.left, **{"width": box.width, "lines": 1, **look})


def _month_head(month: tuple[int, int], look: WallLook, words: CalendarWords, wide: float) -> str:
    group, half = look.group, wide / 2
    main = readable_color(group.colors.main, "#ffffff")
    place = ", ".join(part for part in (group.village, group.district) if part)
    right = half - _MARGIN - (46 if look.logo else 0)
    made = [
        f'<rect x="0" y="0" width="{wide:.1f}" height="7" fill="{group.colors.main}"/>',
        _text("bulan", _Box(_MARGIN, 17, 340, 40), words.month(*month), 29, weight=800, color=main),
        _text("grup", _Box(half, 20, right, 20), group.name or "KIM", 13, weight=700, align="right"),
    ]
    if place:
        made.append(_text("tempat", _Box(half, 38, right, 16), place, 9.5, color=SOFT, align="right"))
    if look.logo:
        made.append(
            f'<image x="{wide - _MARGIN - 38:.1f}" y="16" width="38" height="38"'
            f' preserveAspectRatio="xMaxYMid meet" href={quoteattr(look.logo)}/>'
        )
    return "".join(made)


def _weekdays(words: CalendarWords, cell: _Box, color: str) -> str:
    made = [f'<rect x="{_MARGIN}" y="{_HEAD}" width="{cell.width * 7:.1f}" height="{_NAMES}" fill="{color}"/>']
    for number, name in enumerate(FORMS[words.texts.language].weekdays):
        box = _Box(_MARGIN + cell.width * number + 5, _HEAD + 3.5, cell.width - 10, 13)
        made.append(_text(f"h{number}", box, name, 9, weight=700, color=head_ink(color)))
    return "".join(made)


def _day_cell(
    day: date, month: tuple[int, int], told: ToldCalendar, words: CalendarWords, box: _Box
) -> tuple[list[str], bool]:
    """A day, and whether all of it has room."""
    outside = day.month != month[1]
    name, inside = f"d{day:%m%d}", box.width - 8
    made = _day_ground(name, day, told, box, outside=outside)
    if outside:
        return made, True
    top, bottom = box.top + 23, box.top + box.height - 3
    lines = [*_national_lines(day, told, inside), *_entry_lines(day, told, words, inside)]
    for number, line in enumerate(lines):
        left_over = len(lines) - number
        # The last room of a full day says how many lines are missing.
        if top + line.rows * _LINE + (_LINE if left_over > 1 else 0) > bottom:
            more = _Box(box.left + 4, bottom - _LINE, inside, _LINE + 1)
            made.append(_text(f"{name}m", more, words.say("more", count=left_over), _SIZE, weight=700, color=SOFT))
            return made, False
        made += _draw_line(f"{name}e{number}", line, _Box(box.left + 4, top, inside, line.rows * _LINE))
        top += line.rows * _LINE + 1.6
    return made, not any(line.cut for line in lines)


def _day_ground(name: str, day: date, told: ToldCalendar, box: _Box, *, outside: bool) -> list[str]:
    is_off = day.weekday() == 6 or any(known.kind != "observance" for known in told.span.national.get(day, ()))
    color = SOFT if outside else _RED if is_off else INK
    number, market = _Box(box.left + 4, box.top + 2, 30, 20), _Box(box.left + 34, box.top + 5.5, box.width - 38, 11)
    return [
        f'<rect x="{box.left:.1f}" y="{box.top:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"'
        f' fill="{_QUIET if outside else "#ffffff"}" stroke="{_RULE}" stroke-width="0.6"/>',
        _text(f"{name}n", number, str(day.day), 15, weight=700, color=color),
        _text(f"{name}p", market, market_day(day), 7.5, align="right", color=SOFT),
    ]


def _draw_line(name: str, line: _DayLine, box: _Box) -> list[str]:
    bar = f'<rect x="{box.left:.1f}" y="{box.top:.1f}" width="2" height="{box.height:.1f}" fill="{line.tone}"/>'
    color = _RED if line.tone == _RED else INK
    room = _Box(box.left + 4.5, box.top - 0.5, box.width - 4, box.height + 2)
    return [bar, _text(name, room, line.text, _SIZE, lines=line.rows, lead=1.24, color=color, min=_SIZE)]


def _national_lines(day: date, told: ToldCalendar, inside: float) -> Iterator[_DayLine]:
    for known in told.span.national.get(day, ()):
        tone = _RED if known.kind != "observance" else SOFT
        yield _day_line(known.name, tone, inside, 2)


def _entry_lines(
    day: date, told: ToldCalendar, words: CalendarWords, inside: float, most: int = 3
) -> Iterator[_DayLine]:
    for entry in told.lines_on(day):
        text = entry_line(entry, words)
        yield _day_line(text, _TONES[entry.kind], inside, most)


def _day_line(text: str, tone: str, inside: float, most: int) -> _DayLine:
    rows = line_count(text, _SIZE, inside - 4)
    return _DayLine(text, tone, min(most, rows), cut=rows > most)


def entry_line(entry: ToldEntry, words: CalendarWords) -> str:
    """One entry in words, as paper shows it."""
    title = words.say("held_back") if entry.hidden else entry.title
    hours = entry.hours or entry.clock
    return words.entry_line(
        entry.kind, title, entry.outlets, hours, by=entry.by, done=entry.done, late=entry.late, sort=entry.sort
    )


def _sheet_foot(told: ToldCalendar, words: CalendarWords, wide: float, high: float) -> str:
    top = high - _FOOT + 6
    shown = {entry.kind for entry in told.entries}
    left, made = _MARGIN, []
    for kind, tone in _TONES.items():
        if kind in shown:
            text = words.say(f"legend.{kind}")
            made.append(f'<rect x="{left:.1f}" y="{top + 2:.1f}" width="7" height="7" fill="{tone}"/>')
            made.append(_text(f"l-{kind}", _Box(left + 11, top, 130, 12), text, 8, color=SOFT))
            left += 24 + 4.6 * len(text)
    notes = [words.say("days_by", source=source) for source in told.span.sources]
    notes += [words.say("unknown_year", year=year) for year in told.span.unknown_years]
    room = _Box(_MARGIN, top + 12, wide - 2 * _MARGIN, 12)
    made.append(_text("sumber", room, " ".join(notes), 7, color=SOFT, min=5))
    return "".join(made)


def _list_pages(
    days: Sequence[date],
    month: tuple[int, int],
    told: ToldCalendar,
    look: WallLook,
    words: CalendarWords,
    size: tuple[float, float],
) -> list[str]:
    """Days that had no room for all, in columns."""
    wide, high = size
    columns = 3
    width = (wide - 2 * _MARGIN - 20 * (columns - 1)) / columns
    pages: list[list[str]] = []
    column, top, number = columns, high, 0
    for day in days:
        lines = [*_national_lines(day, told, width), *_entry_lines(day, told, words, width, 8)]
        for head, line in [(True, _DayLine(words.day(day), "", 1)), *((False, line) for line in lines)]:
            need = (18 + 2 * _LINE) if head else line.rows * _LINE + 2
            if top + need > high - _FOOT:
                column, top = column + 1, _HEAD + 8
                if column >= columns:
                    column = 0
                    pages.append([_month_head(month, look, words, wide)])
            left, number = _MARGIN + (width + 20) * column, number + 1
            if head:
                pages[-1].append(
                    text_box(f"x{number}", top + 4, 14, line.text, 10, left=left, width=width, weight=700, lines=1)
                )
                top += 19
            else:
                pages[-1] += _draw_line(f"x{number}", line, _Box(left, top, width, line.rows * _LINE))
                top += need
    return [_page(wide, high, [*parts, _sheet_foot(told, words, wide, high)]) for parts in pages]

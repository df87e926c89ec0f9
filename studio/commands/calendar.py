"""``kim-studio calendar``: a month of the group's calendar; for the wall as a PDF, for the phone as a file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.commands.common import (
    DONE,
    PARTLY,
    WRONG_USE,
    explain_errors,
    print_result,
    print_trouble,
    progress_bar,
    user_texts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path
    from typing import Any

    from studio.base.errors import WorkNotice
    from studio.base.i18n import MessageTexts
    from studio.documents.calendar_paper import PaperSize
    from studio.group.calendar_words import CalendarWords
    from studio.store.story_calendar import CalendarEntry, CalendarSpan, MonthCode, StoryCalendar
    from studio.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CalendarWish:
    """The options as they were typed: ``month`` "" is the present one, ``paper`` a4 or a3."""

    month: str = ""
    pdf: Path | None = None
    paper: str = "a4"
    ics: Path | None = None


def run_calendar(workspace: Path, wish: CalendarWish, *, as_json: bool) -> int:
    """Print a month, and write the files that are asked for.

    Args:
        workspace: its folder; only read.
        wish: the options.
        as_json: print the days as JSON.

    Returns:
        0 when all was written; 1 when something was held back (each named on stderr) or refused, 2 for wrong use.
    """
    from studio.documents.calendar_paper import PAPERS
    from studio.services.calendar_files import calendar_words, load_national_days
    from studio.store.index import SearchIndex
    from studio.store.story_calendar import StoryCalendar
    from studio.store.workspace import open_workspace

    texts = user_texts()
    paper = next((known for known in PAPERS if known == wish.paper.lower()), None)
    if paper is None:
        print_trouble(texts.text("calendar.unknown_paper", given=wish.paper, known=", ".join(PAPERS)))
        return WRONG_USE
    try:
        asked = _asked_month(wish.month)
    except UserError as error:
        print_trouble(texts.explain(error))
        return WRONG_USE
    with explain_errors(texts), open_workspace(workspace, write=False) as opened:
        # The index knows the days of all stories; to open each for one month would take longer than to print
        # it.
        known, index = load_national_days(opened.path), SearchIndex(opened)
        index.refresh()
        calendar = StoryCalendar(index, opened, known.days)
        month = asked or (calendar.today.year, calendar.today.month)
        _print_month(calendar, month, calendar_words(opened, texts), as_json=as_json)
        troubles = [texts.explain(problem) for problem in opened.problems]
        troubles += [texts.explain(problem) for problem in known.problems]
        troubles += [texts.explain(notice) for notice in _write(opened, calendar, month, wish, paper, texts)]
        # The wall and the phone may both have held the same story back: it is said once.
        for trouble in dict.fromkeys(troubles):
            print_trouble(trouble)
        return PARTLY if troubles else DONE


def _asked_month(text: str) -> MonthCode | None:
    from studio.group.report_period import read_period

    if not text:
        return None
    period = read_period(text)
    if period.kind != "month":
        raise UserError("calendar.no_month", given=text)
    return period.first.year, period.first.month


def _write(
    opened: Workspace,
    calendar: StoryCalendar,
    month: MonthCode,
    wish: CalendarWish,
    paper: PaperSize,
    texts: MessageTexts,
) -> Iterator[WorkNotice]:
    from studio.services.calendar_outputs import write_phone, write_wall

    if wish.pdf is not None:
        from studio.paint.qt_application import ensure_gui

        ensure_gui()
        with progress_bar(texts.text("calendar.writing")) as progress:
            yield from write_wall(opened, calendar, month, wish.pdf, texts, paper, progress).notices
        print_trouble(texts.text("calendar.wall_written", place=str(wish.pdf)))
    if wish.ics is not None:
        with progress_bar(texts.text("calendar.writing")) as progress:
            written = write_phone(opened, calendar, month, wish.ics, texts, progress)
        yield from written.notices
        print_trouble(texts.text("calendar.phone_written", count=written.entries, place=str(wish.ics)))


def _print_month(calendar: StoryCalendar, month: MonthCode, words: CalendarWords, *, as_json: bool) -> None:
    from studio.services.calendar_files import entry_words
    from studio.store.story_calendar import month_span

    span = calendar.span(*month_span(*month))
    days = [span.first + timedelta(step) for step in range((span.last - span.first).days + 1)]
    # The span has whole weeks, as the page on the wall; a list has the days of the month alone.
    shown = [day for day in days if (day.year, day.month) == month]
    if as_json:
        print_result(json.dumps(_month_json(month, shown, span), ensure_ascii=False, indent=2))
        return
    print_result(words.month(*month))
    for day in shown:
        lines = [known.name for known in span.national.get(day, ())]
        lines += [entry_words(entry, words) for entry in span.lines_on(day)]
        for number, line in enumerate(lines):
            print_result(f"{words.day(day) if not number else '':<34} {line}")
    for monday in sorted(span.empty_weeks):
        until = words.day(monday + timedelta(6))
        print_result(words.say("empty_week_line", first=words.day(monday), last=until))
    for year in span.unknown_years:
        print_result(words.say("unknown_year", year=year))


def _month_json(month: MonthCode, days: list[date], span: CalendarSpan) -> dict[str, Any]:
    from studio.story.series_days import market_day

    return {
        "month": f"{month[0]:04}-{month[1]:02}",
        "today": span.today.isoformat(),
        "sources": list(span.sources),
        "unknown_years": list(span.unknown_years),
        "empty_weeks": [monday.isoformat() for monday in sorted(span.empty_weeks)],
        "days": [
            {
                "date": day.isoformat(),
                "market_day": market_day(day),
                "national": [
                    {"name": known.name, "kind": known.kind, "source": known.source}
                    for known in span.national.get(day, ())
                ],
                "entries": [_entry_json(entry) for entry in span.lines_on(day)],
            }
            for day in days
        ],
    }


def _entry_json(entry: CalendarEntry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "story": entry.story.folder,
        "headline": entry.story.headline,
        "first": entry.first.isoformat(),
        "last": entry.last.isoformat(),
        "outlets": list(entry.outlets),
        "clock": entry.clock,
        "hours": entry.hours,
        "by": entry.by,
        "note": entry.note,
        "done": entry.done,
        "late": entry.late,
    }

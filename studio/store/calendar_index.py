"""What the calendar asks the search index: marks of a stretch of days, stories in series, and those without a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

import msgspec

from studio.story.calendar_marks import CalendarMark
from studio.story.newsroom_records import StorySeries

if TYPE_CHECKING:
    import sqlite3

    from studio.store.index import SearchIndex
    from studio.story.calendar_marks import MarkKind

_STORY = "stories.folder, stories.headline, stories.status, stories.kind"
_MARK = "marks.kind, day, last, outlet, moment, by, note, done"


@dataclass(frozen=True, slots=True)
class CalendarStory:
    """The story of a mark, as the list of stories shows it."""

    folder: str
    headline: str
    status: str
    kind: str


@dataclass(frozen=True, slots=True)
class SeriesHead:
    """The latest story of a series: the days to come are counted from it."""

    story: CalendarStory
    day: date
    series: StorySeries


def find_marks(index: SearchIndex, first: date, last: date) -> tuple[tuple[CalendarStory, CalendarMark], ...]:
    """Every mark that touches these days, and those of the day before and after: a moment may be another day here."""
    span = ((last + timedelta(1)).isoformat(), (first - timedelta(1)).isoformat())

    def ask(base: sqlite3.Connection) -> tuple[tuple[CalendarStory, CalendarMark], ...]:
        rows = base.execute(
            f"SELECT {_STORY}, {_MARK} FROM marks JOIN stories USING (number)"
            " WHERE day <= ? AND last >= ? ORDER BY day, folder",
            span,
        )
        return tuple((CalendarStory(*row[:4]), _read_mark(row[4:])) for row in rows)

    return index.ask(ask)


def _read_mark(row: tuple[str, ...]) -> CalendarMark:
    kind, day, last, outlet, moment, by, note, done = row
    return CalendarMark(cast("MarkKind", kind), day, last, outlet, moment, by, note, bool(done))


def read_rhythm(index: SearchIndex) -> tuple[date | None, tuple[SeriesHead, ...]]:
    """The first day on which anything appeared, and the latest story of each series.

    A rule that cannot be read is left out. One transaction: most of the time of a short question is its opening.
    """

    def ask(base: sqlite3.Connection) -> tuple[str | None, list[tuple[str, ...]]]:
        began = base.execute("SELECT min(day) FROM marks WHERE kind = 'posted'").fetchone()[0]
        # Beside max() SQLite gives the other columns of that very row (lang_select.html, "bare columns").
        rows = base.execute(
            f"SELECT {_STORY}, stories.date, stories.series, max(date || folder) FROM stories"
            " WHERE series <> '' GROUP BY json_extract(series, '$.id') ORDER BY date, folder"
        )
        return began, rows.fetchall()

    heads: list[SeriesHead] = []
    began, rows = index.ask(ask)
    for *story, day, text, _ in rows:
        try:
            series = msgspec.json.decode(text, type=StorySeries)
            heads.append(SeriesHead(CalendarStory(*story), date.fromisoformat(day[:10]), series))
        except (msgspec.MsgspecError, ValueError):
            continue
    return date.fromisoformat(began) if began else None, tuple(heads)


def count_posted(index: SearchIndex, first: date, last: date) -> int:
    """How many stories appeared on these days, each once."""
    query = "SELECT count(DISTINCT number) FROM marks WHERE kind = 'posted' AND day BETWEEN ? AND ?"
    return index.ask(lambda base: int(base.execute(query, (first.isoformat(), last.isoformat())).fetchone()[0]))


def find_plannable(index: SearchIndex, limit: int = 500) -> tuple[CalendarStory, ...]:
    """Stories that can be planned for one more outlet: those that wait, then the others, the latest change first."""
    open_ones = "status <> 'withdrawn' AND problem = ''"

    def ask(base: sqlite3.Connection) -> tuple[CalendarStory, ...]:
        rows = base.execute(
            f"SELECT {_STORY} FROM stories WHERE {open_ones}"
            " ORDER BY EXISTS (SELECT 1 FROM marks WHERE marks.number = stories.number"
            " AND marks.kind IN ('plan', 'posted')), modified DESC, folder DESC LIMIT ?",
            (limit,),
        )
        return tuple(CalendarStory(*row) for row in rows)

    return index.ask(ask)


def find_unplanned(index: SearchIndex, limit: int = 200) -> tuple[CalendarStory, ...]:
    """Stories that have appeared nowhere and have no plan, the latest change first."""

    def ask(base: sqlite3.Connection) -> tuple[CalendarStory, ...]:
        rows = base.execute(
            f"SELECT {_STORY} FROM stories WHERE status IN ('draft', 'review', 'ready') AND problem = '' AND NOT EXISTS"
            " (SELECT 1 FROM marks WHERE marks.number = stories.number AND marks.kind IN ('plan', 'posted'))"
            " ORDER BY modified DESC, folder DESC LIMIT ?",
            (limit,),
        )
        return tuple(CalendarStory(*row) for row in rows)

    return index.ask(ask)

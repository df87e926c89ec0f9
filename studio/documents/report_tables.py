"""The activity report as tables: each is a sheet of the workbook, a CSV file and, in part, a table of the PDF."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING

from studio.base.locale_forms import FORMS
from studio.documents.spreadsheets import SheetChart, SheetColumn, SheetTable
from studio.group.activities import KINDS, activity_days
from studio.group.report_period import period_words
from studio.story.body import plain_text
from studio.story.date_formats import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studio.base.errors import WorkNotice
    from studio.base.i18n import MessageTexts
    from studio.documents.spreadsheets import Cell, ColumnKind
    from studio.group.activity_report import (
        ActivityReport,
        Month,
        ReportedActivity,
        ReportedCorrection,
        ReportedStory,
        ReportTotals,
    )

TABLES = (
    *("summary", "stories", "posts", "months", "outlets", "readings", "claims", "sources", "corrections"),
    *("activities", "aspirations", "obstacles", "plans"),
)
"""The tables in their order; a CSV file is called after its sheet."""


@dataclass(frozen=True, slots=True)
class ReportWords:
    """Puts what is counted into words.

    Attributes:
        texts: the language.
        outlet_names: id -> name of the outlets that are known; others are shown by their id.
    """

    texts: MessageTexts
    outlet_names: Mapping[str, str]

    def say(self, code: str, **facts: object) -> str:
        """The text of ``report.<code>``."""
        return self.texts.text(f"report.{code}", **facts)

    def explain(self, notice: WorkNotice) -> str:
        """What was left out, with the name of the outlet that it is about."""
        outlet = notice.facts.get("outlet")
        named = {"outlet": self.outlet(outlet)} if isinstance(outlet, str) else {}
        return self.texts.text(notice.code, **notice.facts | named)

    def outlet(self, outlet: str) -> str:
        """The name of an outlet."""
        return self.outlet_names.get(outlet, outlet)

    def kind(self, kind: str) -> str:
        """The name of a kind of activity; a word that is not known as it stands."""
        return self.texts.text(f"activity.kind.{kind}") if kind in KINDS else kind or self.say("other_kind")

    def title(self, story: ReportedStory) -> str:
        """A story's title, or why there is none."""
        if story.title:
            return story.title
        return self.say("title_withdrawn" if story.state == "withdrawn" else "title_hidden")

    def activity(self, each: ReportedActivity) -> str:
        """An activity's title, or why there is none."""
        return each.activity.title.strip() or self.say("activity_hidden_title" if each.hidden else "no_title")

    def correction(self, line: ReportedCorrection) -> str:
        """What was corrected, or that this is unknown."""
        return line.what or self.say("state.hidden")

    def month(self, month: Month) -> str:
        """``November 2026``."""
        return f"{FORMS[self.texts.language].months[month[1] - 1]} {month[0]}"

    def period(self, report: ActivityReport) -> str:
        """``Triwulan IV 2026``."""
        return period_words(report.period, self.texts.language, self.say("quarter"), self.say("semester"))

    def verdict(self, verdict: str) -> str:
        """``Salah (hoaks)``."""
        return self.texts.text(f"ledger.verdict.{verdict}")


def report_tables(report: ActivityReport, words: ReportWords) -> tuple[SheetTable, ...]:
    """All tables, in the order of ``TABLES``; those without rows too, so that reports of many months look alike."""
    return (
        summary_table(report, words),
        _story_table(report, words),
        _post_table(report, words),
        month_table(report, words),
        outlet_table(report, words),
        _reading_table(report, words),
        _claim_table(report, words),
        _source_table(report, words),
        _correction_table(report, words),
        *(_activity_table(code, report, words) for code in TABLES[-4:]),
    )


def total_lines(totals: ReportTotals, words: ReportWords) -> tuple[tuple[str, str, int], ...]:
    """Code, words and number of each figure, in the order of ``ReportTotals``."""
    codes = [field.name for field in fields(totals)]
    return tuple(
        (code, words.say(f"total.{code}"), number) for code, number in zip(codes, astuple(totals), strict=True)
    )


def _report_table(
    code: str,
    words: ReportWords,
    columns: Iterable[tuple[str, ColumnKind, float]],
    rows: Iterable[tuple[Cell, ...]],
    totals: tuple[Cell, ...] = (),
    chart: SheetChart | None = None,
) -> SheetTable:
    """A table whose columns are named by ``report.column.<code>``."""
    heads = tuple(SheetColumn(words.say(f"column.{name}"), kind, width) for name, kind, width in columns)
    return SheetTable(words.say(f"sheet.{code}"), heads, tuple(rows), totals, chart)


def summary_table(report: ActivityReport, words: ReportWords) -> SheetTable:
    """The figures, one a row, and the verdicts."""
    rows: list[tuple[Cell, ...]] = [(text, number) for _, text, number in total_lines(report.totals, words)]
    rows += [(words.say("verdict_row", verdict=words.verdict(key)), n) for key, n in sorted(report.verdicts.items())]
    return _report_table("summary", words, (("what", "text", 52), ("number", "number", 14)), rows)


def _story_table(report: ActivityReport, words: ReportWords) -> SheetTable:
    columns: tuple[tuple[str, ColumnKind, float], ...] = (
        *(("date", "date", 12), ("title", "text", 50), ("category", "text", 16), ("outlets", "text", 34)),
        *(("link", "link", 40), ("reached", "number", 12), ("corrections", "number", 9), ("claims", "number", 9)),
        *(("sources", "number", 11), ("note", "text", 20)),
    )
    rows = []
    for story in report.stories:
        posts = report.posts_of(story)
        heard = len(story.sources) + story.unnamed
        names = ", ".join(words.outlet(outlet) for outlet in dict.fromkeys(post.outlet for post in posts))
        link = next((post.link for post in posts if post.link), "")
        state = words.say(f"state.{story.state}") if story.state else ""
        made = sum(each is story for each, _ in report.corrections)
        rows.append(
            (
                report.first_day(story),
                words.title(story),
                story.category,
                names,
                link,
                report.reached(story),
                made,
                len(story.claims),
                heard,
                state,
            )
        )
    # Only what adds up has a sum: a claim or source of two stories would be in it twice.
    total: tuple[Cell, ...] = (None, words.say("sum", count=len(rows)), None, None, None, report.totals.reached)
    return _report_table("stories", words, columns, rows, total)


def _post_table(report: ActivityReport, words: ReportWords) -> SheetTable:
    columns: tuple[tuple[str, ColumnKind, float], ...] = (
        *(("date", "date", 12), ("title", "text", 50), ("outlet", "text", 18), ("link", "link", 40)),
        *(("reached", "number", 12), ("likes", "number", 10), ("comments", "number", 11), ("shares", "number", 11)),
        *(("copies", "number", 11), ("read_on", "date", 14)),
    )
    counted = ("likes", "comments", "shares", "copies")
    rows: list[tuple[Cell, ...]] = []
    for story, post in report.posts:
        numbers = tuple(post.newest(name) for name in counted)
        read_on = post.readings[-1].day if post.readings else None
        rows.append(
            (post.day, words.title(story), words.outlet(post.outlet), post.link, post.reached, *numbers, read_on)
        )
    sums = (sum(post.newest(name) or 0 for _, post in report.posts) for name in counted)
    total = (None, words.say("sum_posts", count=len(rows)), None, None, report.totals.reached, *sums)
    return _report_table("posts", words, columns, rows, total)


def month_table(report: ActivityReport, words: ReportWords) -> SheetTable:
    """A row for each month, a column for each outlet, and the chart of posts."""
    outlets = [total.outlet for total in report.outlets]
    heads = (
        SheetColumn(words.say("column.month"), "text", 18),
        SheetColumn(words.say("column.stories"), "number", 10),
        *(SheetColumn(words.outlet(outlet), "number", 13) for outlet in outlets),
        *(SheetColumn(words.say(f"column.{code}"), "number", 12) for code in ("posts", "reached", "activities")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            words.month(each.month),
            each.stories,
            *(each.posts.get(outlet, 0) for outlet in outlets),
            each.all_posts,
            each.reached,
            each.activities,
        )
        for each in report.months
    ]
    # Sums are written as numbers and not as formulas: the CSV files have none, and both must agree.
    sums = tuple(sum(int(str(row[at])) for row in rows) for at in range(1, len(heads)))
    bars = tuple(range(2, 2 + len(outlets)))
    chart = SheetChart(words.say("chart.months"), 0, bars, len(rows)) if bars else None
    return SheetTable(words.say("sheet.months"), heads, tuple(rows), (words.say("sum_all"), *sums), chart)


def outlet_table(report: ActivityReport, words: ReportWords) -> SheetTable:
    """A row for each outlet."""
    columns: tuple[tuple[str, ColumnKind, float], ...] = (
        *(("outlet", "text", 24), ("posts", "number", 12), ("reached", "number", 12)),
    )
    rows: list[tuple[Cell, ...]] = [
        (words.outlet(total.outlet), total.posts, total.reached) for total in report.outlets
    ]
    total: tuple[Cell, ...] = (words.say("sum_all"), report.totals.posts, report.totals.reached)
    chart = SheetChart(words.say("chart.outlets"), 0, (1,), len(rows)) if rows else None
    return _report_table("outlets", words, columns, rows, total, chart)


def _reading_table(report: ActivityReport, words: ReportWords) -> SheetTable:
    columns: tuple[tuple[str, ColumnKind, float], ...] = (
        *(("read_on", "date", 14), ("title", "text", 50), ("outlet", "text", 18), ("date", "date", 12)),
        *((code, "number", 12) for code in ("seen", "likes", "comments", "shares", "copies")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            each.day,
            words.title(story),
            words.outlet(post.outlet),
            post.day,
            each.seen,
            each.likes,
            each.comments,
            each.shares,
            each.copies,
        )
        for story, post, each in report.readings
    ]
    return _report_table("readings", words, columns, rows)


def _claim_table(report: ActivityReport, words: ReportWords) -> SheetTable:
    columns: tuple[tuple[str, ColumnKind, float], ...] = (
        *(("date", "date", 12), ("claim", "text", 60), ("verdict", "text", 20), ("title", "text", 50)),
    )
    rows: list[tuple[Cell, ...]] = [
        (claim.day, claim.text or words.say("claim_hidden"), words.verdict(claim.verdict), words.title(story))
        for story, claim in report.claims
    ]
    return _report_table("claims", words, columns, rows)


def _source_table(report: ActivityReport, words: ReportWords) -> SheetTable:
    columns: tuple[tuple[str, ColumnKind, float], ...] = (
        *(("name", "text", 26), ("role", "text", 26), ("stories", "number", 10), ("titles", "text", 70)),
    )
    rows: list[tuple[Cell, ...]] = [
        (source.name, source.role, len(stories), "\n".join(words.title(story) for story in stories))
        for source, stories in report.sources
    ]
    if unnamed := sum(story.unnamed for story in report.stories):
        rows.append((words.say("unnamed", count=unnamed), "", sum(bool(story.unnamed) for story in report.stories), ""))
    return _report_table("sources", words, columns, rows)


def _correction_table(report: ActivityReport, words: ReportWords) -> SheetTable:
    columns: tuple[tuple[str, ColumnKind, float], ...] = (
        *(("date", "date", 12), ("title", "text", 50), ("correction", "text", 70)),
    )
    rows: list[tuple[Cell, ...]] = [
        (line.day, words.title(story), words.correction(line)) for story, line in report.corrections
    ]
    return _report_table("corrections", words, columns, rows)


def _activity_table(code: str, report: ActivityReport, words: ReportWords) -> SheetTable:
    """Activities, aspirations, obstacles or plans: the columns that mean something for them."""
    listed: tuple[ReportedActivity, ...] = getattr(report, code)
    heads: list[tuple[str, ColumnKind, float]] = [("date", "date", 12), ("date_end", "date", 12)]
    own = {"activities": "kind", "aspirations": ""}.get(code, "")
    if own:
        heads.append(("kind", "text", 16))
    heads += [("activity", "text", 40), ("place", "text", 22), ("text", "text", 60)]
    if code == "aspirations":
        heads += [("forwarded_to", "text", 28), ("forwarded", "date", 14), ("outcome", "text", 40)]
    else:
        heads.append(("people", "number", 10))
    heads += [("photos", "number", 8), ("minutes", "number", 10)]
    rows: list[tuple[Cell, ...]] = []
    for each in listed:
        known = activity_days(each.activity)
        first, last = known if known is not None else (None, None)
        row: list[Cell] = [first, last if last != first else None]
        row += [words.kind(each.activity.kind)] if own else []
        row += [words.activity(each), each.activity.place, plain_text(each.activity.text)]
        if code == "aspirations":
            sent = parse_date(each.activity.forwarded)
            row += [each.activity.forwarded_to, sent, each.activity.outcome]
        else:
            row.append(each.activity.people)
        rows.append((*row, len(each.photos), len(each.activity.files)))
    return _report_table(code, words, heads, rows)

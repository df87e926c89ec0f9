"""The activity report on paper: cover, the figures on one page, tables, proofs in pictures, room for signatures.

Its figures are those of the tables (``report_tables``), so that PDF, XLSX and CSV cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from studio.base.locale_forms import long_day, number_text, short_day
from studio.documents.office_paper import MARGIN, PAGE, SOFT, paper_page, paper_rule, text_box
from studio.documents.report_charts import (
    SERIES,
    ChartArea,
    LineLook,
    level_bars,
    month_series,
    rising_line,
    short_month,
    stacked_bars,
)
from studio.documents.report_pages import ROOM, PaperColumn, PaperPages, head_ink
from studio.documents.report_tables import total_lines
from studio.group.activities import activity_days
from studio.posts.colors import readable_color
from studio.story.body import plain_text
from studio.story.date_formats import parse_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from studio.documents.report_tables import ReportWords
    from studio.group.activity_report import ActivityReport, ReportedActivity
    from studio.paint.sheet import TextOverflow
    from studio.story.model import Group

MOST_PHOTOS = 36
"""Proofs in one report: six pages of them."""
_TILES = (
    *("stories", "posts", "outlets", "reached", "claims", "sources"),
    *("corrections", "activities", "people", "aspirations", "forwarded", "answered"),
)
"""The figures that stand large on the page of figures."""
_MOST_BARS = 9


@dataclass(frozen=True, slots=True)
class ReportLook:
    """What the paper needs beside the report.

    Attributes:
        group: who reports; its colours.
        logo: the logo as a data URI, "" for none.
        pictures: proofs as data URIs, covers burned in, one for each of ``report.photos``; "" for one not shown.
        signers: role and name of who signs; two at most. A name may be "".
    """

    group: Group
    logo: str
    pictures: tuple[str, ...]
    signers: tuple[tuple[str, str], ...]


def write_report_pdf(
    path: Path, report: ActivityReport, look: ReportLook, words: ReportWords
) -> tuple[TextOverflow, ...]:
    """Write the report as an A4 document with text that can be searched.

    Needs a Qt application (``paint.qt_application``).

    Returns:
        Texts that did not fit into their place and were shortened.

    Raises:
        UserError: it cannot be written there.
    """
    from studio.base.finished_files import finished_file
    from studio.paint.pdf import paint_pdf

    title = f"{words.say('title')} {words.period(report)}"
    with finished_file(path) as part:
        return paint_pdf(report_pages(report, look, words), part, title=title, author=look.group.name)


def report_pages(report: ActivityReport, look: ReportLook, words: ReportWords) -> list[str]:
    """The pages as SVG with text boxes."""
    name = look.group.name or "KIM"
    head = f"{name} · {words.say('title')} {words.period(report)}"
    pages = PaperPages(look.group, head, lambda number, count: words.say("page", number=number, count=count))
    pages.whole_page(_cover(report, look, words))
    pages.whole_page(_add_figures(report, look, words))
    _published(pages, report, words)
    _checked(pages, report, words)
    _add_activities(pages, report, words)
    _proofs(pages, report, look, words)
    _signatures(pages, report, look, words)
    return pages.finish()


# ------------------------------------------------------------------------------------------------ cover, figures


def _cover(report: ActivityReport, look: ReportLook, words: ReportWords) -> str:
    group, (width, height) = look.group, PAGE
    main, ink = group.colors.main, head_ink(group.colors.main)
    place = ", ".join(part for part in (group.village, group.district, group.regency, group.province) if part)
    logo = (
        f'<image x="{MARGIN}" y="70" width="92" height="92" preserveAspectRatio="xMinYMin meet" href="{look.logo}"/>'
        if look.logo
        else ""
    )
    wide = width - 2 * MARGIN
    made = words.say("made_on", day=long_day(report.today, words.texts.language), count=len(report.stories))
    return paper_page(
        group,
        logo,
        text_box("grup", 176, 40, group.name or "KIM", 28, weight=800, lines=1, width=wide),
        text_box("lengkap", 216, 40, group.full_name, 13, lines=2, color=SOFT, width=wide) if group.full_name else "",
        f'<rect x="0" y="330" width="{width}" height="210" fill="{main}"/>',
        f'<rect x="0" y="540" width="{width}" height="8" fill="{group.colors.accent}"/>',
        text_box("judul", 372, 60, words.say("title"), 40, weight=800, lines=1, color=ink, width=wide),
        text_box("masa", 442, 50, words.period(report), 24, weight=600, lines=2, color=ink, width=wide),
        text_box("wilayah", 596, 40, place, 12.5, lines=2, width=wide) if place else "",
        text_box("alamat", 640, 40, group.address, 10.5, lines=2, color=SOFT, width=wide) if group.address else "",
        text_box("dibuat", height - 90, 30, made, 10, lines=2, color=SOFT, width=wide),
    )


def _add_figures(report: ActivityReport, look: ReportLook, words: ReportWords) -> str:
    group = look.group
    parts = [text_box("judul", 34, 30, words.say("summary_title"), 22, weight=800, lines=1)]
    facts = {code: (text, number) for code, text, number in total_lines(report.totals, words)}
    wide, high = (ROOM - 3 * 10) / 4, 66.0
    for at, code in enumerate(_TILES):
        left, top = MARGIN + (wide + 10) * (at % 4), 76 + (high + 8) * (at // 4)
        text, number = facts[code]
        parts += [
            f'<rect x="{left:.1f}" y="{top}" width="{wide:.1f}" height="{high}" rx="6" fill="#f1f5f3"/>',
            _tile_box(f"angka-{code}", top + 7, 32, words_number(number, words), 24, left, wide, 800, group),
            _tile_box(f"kata-{code}", top + 38, 26, text, 9, left, wide, 500, None),
        ]
    parts += _charts(report, group, words)
    notes = words.say("reached_note") if report.totals.reached else words.say("nothing_read")
    parts.append(text_box("catatan", PAGE[1] - 62, 26, notes, 8.5, lines=2, color=SOFT))
    parts.append(_figures_foot(report, look, words))
    return paper_page(group, *parts)


def _tile_box(
    name: str, top: float, high: float, text: str, size: float, left: float, wide: float, weight: int, of: Group | None
) -> str:
    color = readable_color(of.colors.main, "#f1f5f3") if of is not None else SOFT
    lines = 1 if of is not None else 2
    look = {"weight": weight, "color": color, "lines": lines, "lead": 1.2}
    return text_box(name, top, high, text, size, left=left + 10, width=wide - 16, **look)


def _figures_foot(report: ActivityReport, look: ReportLook, words: ReportWords) -> str:
    text = f"{look.group.name or 'KIM'} · {words.say('title')} {words.period(report)}"
    return text_box("kaki", PAGE[1] - 34, 14, text, 9, weight=500, lines=1, align="right", color=SOFT)


def words_number(number: int, words: ReportWords) -> str:
    """An integer with a separator between thousands."""
    return number_text(number, words.texts.language)


def _charts(report: ActivityReport, group: Group, words: ReportWords) -> list[str]:
    """Posts by month and outlet; below it the outlets, and how readers grew."""
    number = partial(words_number, words=words)
    months, top = report.months, 312.0
    if not report.posts:
        return [text_box("kosong", top, 20, words.say("no_posts"), 11, lines=1, color=SOFT)]
    # The first two of ``SERIES`` stand for a group's own two colours, which take their place here.
    series = month_series(report, words, (group.colors.main, group.colors.accent, *SERIES[2:]))
    labels = [short_month(each.month, words, len(months)) for each in months]
    parts = [
        text_box("g1", top, 16, words.say("chart.months"), 12, weight=700, lines=1),
        stacked_bars(ChartArea("bulan", MARGIN, top + 20, ROOM, 190), labels, series, number),
        text_box("g2", top + 226, 16, words.say("chart.outlets"), 12, weight=700, lines=1, width=ROOM / 2 - 12),
    ]
    shown = report.outlets if len(report.outlets) <= _MOST_BARS else report.outlets[: _MOST_BARS - 1]
    rows = [(words.outlet(total.outlet), total.posts) for total in shown]
    if rest := report.outlets[len(shown) :]:
        rows.append((words.say("other_outlets", count=len(rest)), sum(total.posts for total in rest)))
    half = ROOM / 2 - 12
    parts.append(level_bars(ChartArea("kanal", MARGIN, top + 248, half, 210), rows, group.colors.main, number))
    if report.reach_line:
        left = MARGIN + ROOM / 2 + 12
        line, language = report.reach_line, words.texts.language
        ends = (short_day(line[0][0], language, year=True), short_day(line[-1][0], language, year=True))
        points = [(day.toordinal(), value) for day, value in line]
        parts.append(text_box("g3", top + 226, 16, words.say("chart.reached"), 12, weight=700, lines=1, left=left))
        area = ChartArea("baca", left, top + 246, half, 200)
        parts.append(rising_line(area, points, ends, LineLook(group.colors.main, number)))
    return parts


# ------------------------------------------------------------------------------------------------ tables


def _published(pages: PaperPages, report: ActivityReport, words: ReportWords) -> None:
    pages.break_page()
    pages.heading(words.say("sheet.stories"))
    if not report.stories:
        pages.paragraph(words.say("no_posts"), color=SOFT)
        return
    heads = (("date", 0.15), ("title", 0.38), ("category", 0.14), ("outlets", 0.21), ("reached", 0.12))
    columns = [PaperColumn(words.say(f"column.{code}"), share, code == "reached") for code, share in heads]
    rows: list[tuple[str, ...]] = []
    for story in report.stories:
        names = dict.fromkeys(words.outlet(post.outlet) for post in report.posts_of(story))
        reached = report.reached(story)
        title = words.title(story)
        if story.state in {"corrected", "withdrawn"} and story.title:
            title += f" ({words.say(f'state.{story.state}')})"
        told = words_number(reached, words) if reached is not None else "–"
        rows.append((_day_text(report.first_day(story), words), title, story.category, ", ".join(names), told))
    pages.table(columns, rows)
    totals = report.totals
    facts = {"stories": totals.stories, "posts": totals.posts, "reached": words_number(totals.reached, words)}
    pages.paragraph(words.say("sum_line", **facts), 10)
    pages.heading(words.say("sheet.outlets"))
    columns = [
        PaperColumn(words.say("column.outlet"), 0.5),
        PaperColumn(words.say("column.posts"), 0.25, number=True),
        PaperColumn(words.say("column.reached"), 0.25, number=True),
    ]
    pages.table(columns, [_outlet_row(words.outlet(t.outlet), t.posts, t.reached, words) for t in report.outlets])
    pages.heading(words.say("sheet.months"))
    columns = [PaperColumn(words.say("column.month"), 0.36)]
    columns += [PaperColumn(words.say(f"column.{code}"), 0.16, number=True) for code in _MONTH_HEADS]
    rows = [
        (words.month(m.month), *(words_number(n, words) for n in (m.stories, m.all_posts, m.reached, m.activities)))
        for m in report.months
    ]
    pages.table(columns, rows)


_MONTH_HEADS = ("stories", "posts", "reached", "activities")


def _outlet_row(name: str, posts: int, reached: int | None, words: ReportWords) -> tuple[str, str, str]:
    return name, words_number(posts, words), words_number(reached, words) if reached is not None else "–"


def _checked(pages: PaperPages, report: ActivityReport, words: ReportWords) -> None:
    if report.claims:
        pages.heading(words.say("sheet.claims"))
        counts = ", ".join(f"{words.verdict(key)}: {n}" for key, n in sorted(report.verdicts.items()))
        pages.paragraph(counts)
        columns = [
            PaperColumn(words.say(f"column.{code}"), share) for code, share in (("claim", 0.75), ("verdict", 0.25))
        ]
        rows = [(claim.text or words.say("claim_hidden"), words.verdict(claim.verdict)) for _, claim in report.claims]
        pages.table(columns, rows)
    if report.corrections:
        pages.heading(words.say("sheet.corrections"))
        columns = [
            PaperColumn(words.say(f"column.{code}"), share)
            for code, share in (("date", 0.14), ("title", 0.4), ("correction", 0.46))
        ]
        lines = [
            (_day_text(line.day, words), words.title(story), words.correction(line))
            for story, line in report.corrections
        ]
        pages.table(columns, lines)
    if report.totals.sources:
        pages.heading(words.say("sheet.sources"))
        told = [f"{source.name} ({source.role})" if source.role else source.name for source, _ in report.sources]
        if unnamed := sum(story.unnamed for story in report.stories):
            told.append(words.say("unnamed", count=unnamed))
        pages.paragraph("; ".join(told) + ".")


def _add_activities(pages: PaperPages, report: ActivityReport, words: ReportWords) -> None:
    pages.heading(words.say("sheet.activities"))
    if report.activities:
        heads = (("date", 0.16), ("kind", 0.13), ("activity", 0.57), ("people", 0.14))
        columns = [PaperColumn(words.say(f"column.{code}"), share, code == "people") for code, share in heads]
        rows = [
            (_days(each, words), words.kind(each.activity.kind), _activity_text(each, words), _people(each, words))
            for each in report.activities
        ]
        pages.table(columns, rows)
    else:
        pages.paragraph(words.say("no_activities"), color=SOFT)
    if report.aspirations:
        pages.heading(words.say("sheet.aspirations"))
        heads = (("date", 0.14), ("aspiration", 0.4), ("forwarded_to", 0.2), ("outcome", 0.26))
        columns = [PaperColumn(words.say(f"column.{code}"), share) for code, share in heads]
        pages.table(columns, [_aspiration_row(each, words) for each in report.aspirations])
    for code in ("obstacles", "plans"):
        listed: Sequence[ReportedActivity] = getattr(report, code)
        if listed:
            pages.heading(words.say(f"sheet.{code}"))
            columns = [PaperColumn(words.say("column.date"), 0.18), PaperColumn(words.say("column.activity"), 0.82)]
            pages.table(columns, [(_days(each, words), _activity_text(each, words)) for each in listed])


def _aspiration_row(each: ReportedActivity, words: ReportWords) -> tuple[str, ...]:
    activity = each.activity
    day = parse_date(activity.forwarded)
    told = _day_text(day, words) if day is not None else activity.forwarded
    sent = ", ".join(part for part in (activity.forwarded_to, told) if part)
    outcome = activity.outcome or ("" if each.hidden else words.say("no_outcome"))
    return _days(each, words), _activity_text(each, words), sent or words.say("not_forwarded"), outcome


def _activity_text(each: ReportedActivity, words: ReportWords) -> str:
    head = ", ".join(part for part in (words.activity(each), each.activity.place) if part)
    text = " ".join(plain_text(each.activity.text).split())
    return f"{head}. {text}" if text else head


def _people(each: ReportedActivity, words: ReportWords) -> str:
    return words_number(each.activity.people, words) if each.activity.people is not None else "–"


def _days(each: ReportedActivity, words: ReportWords) -> str:
    days = activity_days(each.activity)
    if days is None:
        return "–"
    first, last = days
    return _day_text(first, words) if first == last else f"{_day_text(first, words)} – {_day_text(last, words)}"


def _day_text(day: date | None, words: ReportWords) -> str:
    return short_day(day, words.texts.language, year=True) if day is not None else "–"


# ------------------------------------------------------------------------------------------------ proofs, signatures


def _proofs(pages: PaperPages, report: ActivityReport, look: ReportLook, words: ReportWords) -> None:
    # Not strict: pictures end where enough proofs were drawn, and one that could not be drawn is "".
    shown = [(*row, uri) for row, uri in zip(report.photos, look.pictures, strict=False) if uri]
    if not shown:
        return
    wide, high = (ROOM - 14) / 2, 168.0
    pages.heading(words.say("photos"), keep=high + 52)  # else a page that is begun would stay nearly empty
    top = 0.0
    for at, (title, day, photo, uri) in enumerate(shown):
        if at % 2 == 0:
            top = pages.take_room(high + 52)
        left = MARGIN + (wide + 14) * (at % 2)
        told = f"{_day_text(day, words)}. {photo.caption or title}"
        pages.add_parts(
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high}" fill="#e8edeb"/>',
            f'<image x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high}"'
            f' preserveAspectRatio="xMidYMid meet" href="{uri}"/>',
            text_box(pages.name(), top + high + 5, 38, told, 9, left=left, width=wide, lines=3, lead=1.3, min=6),
        )
    if len(shown) < len(report.photos):
        pages.paragraph(words.say("more_photos", count=len(report.photos) - len(shown)), 9, color=SOFT)


def _signatures(pages: PaperPages, report: ActivityReport, look: ReportLook, words: ReportWords) -> None:
    # Place, role, line and name together: a signature never stands on another page than its name.
    top = pages.take_room(164)
    half = ROOM / 2
    place = look.group.village or "................"
    day = long_day(report.today, words.texts.language)
    where = words.say("signed_at", place=place, day=day)
    pages.add_parts(text_box(pages.name(), top + 14, 14, where, 10, left=MARGIN + half, width=half, lines=1))
    for at, (role, name) in enumerate(look.signers):
        # The head of the group signs on the right, below place and day, as Indonesian letters have it; the office on
        # the left.
        left = MARGIN + half * (1 - at % 2)
        pages.add_parts(
            text_box(pages.name(), top + 32, 28, role, 10, left=left, width=half - 24, lines=2, weight=600),
            paper_rule(top + 126, left, left + half - 40),
            text_box(
                pages.name(), top + 130, 16, name or words.say("name_here"), 10, left=left, width=half - 24, lines=1
            )
            if name
            else text_box(
                pages.name(), top + 130, 16, words.say("name_here"), 10, left=left, width=half - 24, color=SOFT
            ),
        )

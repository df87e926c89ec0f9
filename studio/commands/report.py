"""``kim-studio report``: the activity report of a period as XLSX, PDF, CSV and a set to paste into kim.id."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.commands.common import (
    DONE,
    PARTLY,
    WRONG_USE,
    explain_errors,
    print_result,
    print_table,
    print_trouble,
    progress_bar,
    user_texts,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.documents.report_tables import ReportWords
    from studio.group.activity_report import ActivityReport
    from studio.group.report_period import ReportPeriod


def run_report(workspace: Path, first: str, last: str, code: str, out: Path, parts: Sequence[str]) -> int:
    """Write the report of a period.

    Args:
        workspace: its folder; only read.
        first: ISO date, with ``last``; or "".
        last: ISO date.
        code: of the period (``2026-11``, ``2026-Q4``, ``2026-S2``, ``2026``), or "".
        out: folder for the files.
        parts: what to write; none means all.

    Returns:
        0 when all was written, 1 when something was left out (each named on stderr), 2 for a period that is none.
    """
    from studio.paint.qt_application import ensure_gui
    from studio.services.activity_reporting import PARTS, gather_report, report_words, write_activity_report
    from studio.store.story_shelf import today_of
    from studio.store.workspace import open_workspace

    texts = user_texts()
    period = _asked_period(first, last, code, texts)
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        print_trouble(texts.text("report.unknown_part", given=unknown[0], known=", ".join(PARTS)))
    if period is None or unknown:
        return WRONG_USE
    wanted = tuple(part for part in PARTS if not parts or part in parts)
    with explain_errors(texts), open_workspace(workspace, write=False) as opened:
        for problem in opened.problems:
            print_trouble(texts.explain(problem))
        ensure_gui()
        words = report_words(opened, texts)
        today = date.fromisoformat(today_of(opened))
        with progress_bar(texts.text("report.job")) as progress:
            report = gather_report(opened, period, today, None, progress)
            written = write_activity_report(opened, report, out, words, wanted, progress)
        _print_figures(report, words)
        print_result(texts.text("report.written", period=words.period(report), place=str(out)))
        # The same publication noted twice has the same reading twice.
        troubles = dict.fromkeys(words.explain(notice) for notice in (*report.notices, *written.notices))
        for trouble in troubles:
            print_trouble(trouble)
    return PARTLY if troubles else DONE


def _print_figures(report: ActivityReport, words: ReportWords) -> None:
    from studio.documents.report_tables import total_lines

    rows = [(text, str(number)) for _, text, number in total_lines(report.totals, words)]
    print_table((words.say("column.what"), words.say("column.number")), rows, (1,))


def _asked_period(first: str, last: str, code: str, texts: MessageTexts) -> ReportPeriod | None:
    """The period asked for; None, with the reason on stderr, where it is none."""
    from studio.group.report_period import period_between, read_period

    if bool(code) == bool(first or last) or bool(first) != bool(last):
        print_trouble(texts.text("report.period_needed"))
        return None
    try:
        return read_period(code) if code else period_between(first, last)
    except UserError as error:
        print_trouble(texts.explain(error))
        return None

"""Pages of the activity report as they fill up."""

from __future__ import annotations

from datetime import date

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.documents.report_pdf import ReportLook, report_pages
from studio.documents.report_tables import ReportWords
from studio.group.activities import Activity
from studio.group.activity_report import ReportedActivity, ReportedPhoto, make_report
from studio.group.report_period import read_period
from studio.story.model import Group, Photo


def test_proofs_follow_on_the_page_that_is_begun():
    photo = ReportedPhoto("", Photo(id="p1", file="a.jpg"), "Saluran")
    obstacle = ReportedActivity(
        Activity(id="a", date="2026-11-05", title="Sinyal lemah", kind="obstacle"), hidden=False, photos=(photo,)
    )
    report = make_report(read_period("2026-11"), date(2026, 11, 30), (), (obstacle,))
    look = ReportLook(Group(name="KIM"), "", ("data:image/png;base64,AA==",), (("Ketua", ""),))
    pages = report_pages(report, look, ReportWords(MessageTexts(assets_dir() / "messages", "id"), {}))
    assert len(pages) == 3
    assert "Sinyal lemah" in pages[2]
    assert "data:image/png" in pages[2]

"""A notice on paper: its day, hours and place are on the sheet; one whose day has passed goes out as a draft only."""

from __future__ import annotations

import subprocess
from datetime import date, timedelta

import pytest

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.export.running.story_exporter import StoryExporter
from studio.release.release_gate import judge_story
from studio.store.workspace import create_workspace
from studio.story.date_formats import full_date
from studio.story.model import Group, Story

GROUP = Group(name="KIM Uji", village="Desa Sukamaju")


def notice(day):
    return Story(
        id="",
        kind="notice",
        status="ready",
        headline="Posyandu Melati buka lagi",
        place="Balai Dusun Cibeureum",
        date=day.isoformat(),
        hours="08:00/11:00",
        byline=("Siti Aminah",),
        body="Ibu dan balita diundang.",
    )


@pytest.mark.parametrize(("ahead", "draft"), [(3, False), (0, False), (-1, True)])
def test_a_notice_on_paper(tmp_path, ahead, draft):
    day = date.today() + timedelta(ahead)
    with create_workspace(tmp_path / "w", GROUP) as workspace:
        folder = workspace.add(notice(day))
        with StoryExporter(workspace, templates_dir(), MessageTexts(assets_dir() / "messages", "id")) as exporter:
            (done,) = exporter.export((), ("mading",), None, SilentProgress())
        assert not done.problems
        assert judge_story(workspace.load(folder), GROUP, folder).draft is draft
    (sheet,) = (tmp_path / "w" / "exports").rglob("*.pdf")
    told = subprocess.run(["pdftotext", "-layout", str(sheet), "-"], capture_output=True, text=True, check=True).stdout
    words = " ".join(told.replace("\u00a0", " ").split())
    weekday, _, rest = full_date(day.isoformat()).partition(", ")
    for part in (f"{weekday},", rest, "08.00–11.00 WIB", "Balai Dusun"):
        assert part in words

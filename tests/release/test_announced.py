"""A notice on paper: its day, hours and place are on the sheet; one that is over goes out when asked for only."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta

import pytest

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.export.running.story_exporter import StoryExporter
from studio.release.release_gate import judge_story
from studio.store.story_shelf import today_of
from studio.store.workspace import create_workspace
from studio.story.date_formats import full_date
from studio.story.model import Group, Story

NOW = datetime(2026, 11, 30, 3, tzinfo=UTC)
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


@pytest.mark.parametrize(("ahead", "over"), [(3, False), (0, False), (-1, True)])
def test_a_notice_on_paper(tmp_path, ahead, over):
    day = NOW.date() + timedelta(ahead)
    with create_workspace(tmp_path / "w", GROUP, lambda: NOW) as workspace:
        folder = workspace.add(notice(day))
        with StoryExporter(workspace, templates_dir(), MessageTexts(assets_dir() / "messages", "id")) as exporter:
            if over:
                (refused,) = exporter.export((), ("mading",), None, SilentProgress())
                assert refused.error is not None
                assert refused.error.code == "publish.past"
                assert not list(workspace.exports_dir().rglob("*.pdf"))
            (done,) = exporter.export((), ("mading",), None, SilentProgress(), past=over)
        assert not done.problems
        assert judge_story(workspace.load(folder), GROUP, folder, today_of(workspace)).draft is over
    (sheet,) = (tmp_path / "w" / "exports").rglob("*.pdf")
    told = subprocess.run(["pdftotext", "-layout", str(sheet), "-"], capture_output=True, text=True, check=True).stdout
    words = " ".join(told.replace("\u00a0", " ").split())
    weekday, _, rest = full_date(day.isoformat()).partition(", ")
    for part in (f"{weekday},", rest, "08.00–11.00 WIB", "Balai Dusun"):
        assert part in words
    assert ("SUDAH LEWAT" in words.upper()) is over

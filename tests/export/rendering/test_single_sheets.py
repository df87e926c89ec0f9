"""Poster, handbills and labels: each on its one page, every word of it there."""

from __future__ import annotations

import subprocess

import pytest

from studio.base.paths import templates_dir
from studio.export.planning.story_plan import plan_story
from studio.export.rendering.task_files import OutputFolder, render_task
from studio.posts.catalog import load_catalog
from studio.posts.qr_codes import qr_path
from studio.posts.render_context import RenderContext
from studio.posts.svg import render_print
from studio.posts.template_context import build_context
from studio.store.workspace import create_workspace
from studio.story.model import Group, Story

PRESS = RenderContext(load_catalog(templates_dir(), None))
LONG = "Komunitas Informasi Masyarakat Bina Warga Sejahtera Desa Sukamaju"


@pytest.fixture(scope="module")
def sheets(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lembar")
    group = Group(name=LONG, village="Desa Sukamaju", regency="Kabupaten Wanagiri", site="https://kim.example")
    story = Story(
        id="s",
        kind="notice",
        headline="Vaksinasi ternak gratis di balai desa untuk semua peternak dari empat dusun sampai petang",
        date="2026-11-28",
        hours="08.00–11.00",
        place="Balai Desa Sukamaju",
        summary="Peternak membawa kartu ternak dan mendaftar lebih dahulu kepada ketua RT masing-masing.",
    )
    with create_workspace(folder / "kim", group) as workspace:
        plan = plan_story(workspace, "s", story, PRESS, [PRESS.catalog.outlet("lembaran")], None)
    (folder / "lembaran").mkdir()
    for task in plan.tasks:
        assert [outcome.notices for outcome in render_task(task, OutputFolder(folder))] == [()]  # nothing is cut
    return folder / "lembaran"


@pytest.mark.parametrize(
    ("name", "size", "times"),
    [
        ("poster-a4", "595 x 842", 1),
        ("poster-a3", "842 x 1191", 1),
        ("selebaran-a5", "842 x 595", 2),
        ("label-qr", "595 x 842", 24),
    ],
)
def test_a_sheet_is_one_page_with_all_its_words(sheets, name, size, times):
    told = subprocess.run(["pdfinfo", sheets / f"{name}.pdf"], capture_output=True, text=True, check=True).stdout
    words = subprocess.run(
        ["pdftotext", sheets / f"{name}.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "Pages:           1\n" in told
    wide, high = (float(side) for side in told.partition("Page size:")[2].split(" pts")[0].split(" x "))
    assert (round(wide), round(high)) == tuple(round(float(side)) for side in size.split(" x "))
    shown = " ".join(words.split())
    for said in ("sampai petang", "08.00–11.00", "Balai Desa Sukamaju", "Sejahtera"):
        assert shown.count(said) >= times, said


def test_a_label_has_a_code_without_an_address_too():
    """Then the code holds the words themselves, and a phone shows them without any network."""
    story = Story(id="s", kind="notice", headline="Posyandu Melati", date="2026-11-28", place="Balai dusun")
    outlet = PRESS.catalog.outlet("lembaran")
    told = {}
    for site in ("", "https://kim.example"):
        material = build_context(story, Group(name=LONG, site=site), PRESS.catalog.labels)
        told[site] = render_print(PRESS, outlet, outlet.output("label-qr.pdf"), material).first
    words = "Posyandu Melati\nSabtu, 28 November 2026\nBalai dusun\n" + LONG
    assert told[""].count(qr_path(words)["path"]) == 24
    assert told["https://kim.example"].count(qr_path(words)["path"]) == 0

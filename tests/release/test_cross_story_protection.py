"""Whom one story protects no other names beside it: on paper, read aloud, on the website."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.export.website.site_library import build_site
from studio.release.cross_story_protection import protected_everywhere, protected_in, refuse_named
from studio.services.broadcast_programme import programme_of_today
from studio.services.paper_printing import PaperWish, gather_paper
from studio.store.workspace import create_workspace
from studio.story.model import Group, Person, StatusChange, Story

TEXTS = MessageTexts(assets_dir() / "messages", "id")
CHILD = Person(id="p", name="Bunga Lestari", age_group="child", role="victim", protected=True)
READY = {"byline": ("Siti Aminah",), "place": "Sukamaju", "status": "ready", "category": "kesehatan"}
STORIES = {
    "case": Story(
        id="case", headline="Anak hanyut selamat", date="2026-11-20", body="Ia dirawat.", people=(CHILD,), **READY
    ),
    "named": Story(id="named", headline="Lomba baca", date="2026-11-21", body="Juaranya Bunga **Lestari**.", **READY),
    "notice": Story(
        id="notice", kind="notice", headline="Temu Bunga Lestari", date="2090-11-21", body="Datang.", **READY
    ),
    "plain": Story(id="plain", headline="Panen raya", date="2026-11-22", body="Bunga bermekaran lestari.", **READY),
    "back": Story(
        id="back",
        headline="Bunga Lestari menang",
        date="2026-11-19",
        body="Isi.",
        log=(StatusChange(status="withdrawn", when="2026-11-20T08:00:00+07:00", reason="keliru"),),
        **{**READY, "status": "withdrawn"},
    ),
}


@pytest.fixture(scope="module")
def world(tmp_path_factory, qapp):
    with create_workspace(tmp_path_factory.mktemp("joined") / "KIM", Group(id="g", name="KIM Bina Warga")) as made:
        yield made, {name: made.add(story) for name, story in STORIES.items()}


def test_a_bulletin_holds_back_whom_its_neighbour_protects(world):
    workspace, names = world
    made = gather_paper(workspace, PaperWish("bulletin", (names["case"], names["named"], names["plain"])), TEXTS)
    assert [article.headline for article in made.articles] == ["Anak hanyut selamat", "Panen raya"]
    assert [(error.code, error.facts["other"]) for error in made.troubles] == [("joined.named", names["case"])]
    assert made.notices == ()  # nobody ticked it, and it stays out all the same
    alone = gather_paper(workspace, PaperWish("sheet", (names["named"],)), TEXTS)
    assert len(alone.sheets) == 1  # hangs by itself


def test_a_programme_does_too(world):
    workspace, names = world
    read = programme_of_today(workspace, TEXTS, [names["named"], names["plain"]])
    assert [item.headline for item in read.items] == ["Panen raya"]
    assert [error.code for error in read.refused] == ["joined.named"]
    assert "Lestari" in programme_of_today(workspace, TEXTS, [names["named"]]).text


def test_no_page_list_or_feed_of_the_website_names_them(world):
    workspace, names = world
    site = build_site(workspace, templates_dir(), TEXTS, None, SilentProgress())
    assert site.stories == 1
    assert {left.folder for left in site.left_out if left.why.code == "joined.named"} == {
        names["named"],
        names["notice"],
    }
    told = b"".join(file.read_bytes() for file in site.folder.rglob("*") if file.suffix in {".html", ".xml", ".js"})
    assert b"Panen raya" in told
    assert b"Bunga Lestari" not in told


@pytest.mark.parametrize(
    ("body", "people", "protected", "held"),
    [
        ("Hadir Bunga Lestari.", (), "Bunga Lestari", True),
        ("Hadir BUNGA LESTARI.", (), "Bunga Lestari", True),
        ("Foto: #bungalestari", (), "Bunga Lestari", True),
        ("Hadir Bunga Lestarinya.", (), "Bunga Lestari", True),
        ("Juaranya Rini.", (), "Rini", True),
        ("Hadir Rini Marlina.", (), "Rini", False),  # another name
        ("Hadir Lestari dan Bunga Citra.", (), "Bunga Lestari", False),  # first names are everybody's
        ("Kebun bunga lestari.", (), "Bunga Lestari", False),
        ("Hadir Bunga Lestari.", (Person(id="q", name="Bunga Lestari"),), "Bunga Lestari", False),  # a namesake
    ],
)
def test_full_names_count_and_namesakes_do_not(body, people, protected, held):
    child = Person(id="p", name=protected, age_group="child", role="victim")
    beside = tuple(protected_in("case", Story(id="case", people=(child,))))
    story = Story(id="s", headline="Lomba", body=body, people=people)
    with pytest.raises(UserError) if held else nullcontext() as error:
        refuse_named(story, "lomba", Group(id="g"), beside)
    assert not held or error.value.code == "joined.named"


def test_a_folder_tells_a_name_too_and_the_own_story_is_not_searched(world):
    workspace, names = world
    beside = protected_everywhere(workspace)
    assert [each.folder for each in beside] == [names["case"]]
    story = Story(id="s", headline="Lomba", body="Isi.")
    with pytest.raises(UserError):
        refuse_named(story, "2026-11-21-bunga-lestari-juara", workspace.group, beside)
    refuse_named(story, names["case"], workspace.group, beside)

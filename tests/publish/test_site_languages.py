"""The website in two languages: pages that lead to each other, checked by tidy and shown by a real browser."""

from __future__ import annotations

import shutil
import subprocess
import xml.etree.ElementTree as ET

import pytest
from msgspec.structs import replace

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.export.website.site_library import build_site
from studio.posts.catalog import load_catalog
from studio.posts.render_context import RenderContext
from studio.services.broadcast_programme import make_programme
from studio.services.web_post import render_web_post
from studio.store.workspace import create_workspace
from studio.story.model import Group, Person, Photo, StatusChange, Story
from studio.story.newsroom_records import Translation
from studio.story.publishing import add_publication

TEXTS = MessageTexts(assets_dir() / "messages", "id")
BODY = "Banyu kalen mili maneh wiwit Minggu (22/11/2026).\n\nWong wolung puluh (80) rewang."


@pytest.fixture(scope="module")
def world(tmp_path_factory, qapp):
    """A workspace with a published story in Indonesian and Javanese, and its site."""
    from PIL import Image

    base = tmp_path_factory.mktemp("dwibahasa")
    photo = base / "foto.jpg"
    Image.new("RGB", (600, 400), "#7a8f6a").save(photo, quality=70)
    group = Group(id="g1", name="KIM Bina Warga", village="Sukamaju", site="https://kim.example")
    story = Story(
        id="",
        status="published",
        headline="Saluran irigasi mengalir lagi",
        place="Sukamaju",
        date="2026-11-22",
        byline=("Siti Aminah",),
        body="Air mengalir lagi sejak Minggu (22/11/2026).\n\nDelapan puluh (80) warga membantu.",
        texts={
            "jv": Translation(
                headline="Kalen mili maneh", body=BODY, captions={"f1": "Kalen resik"}, checked_by="Karto"
            )
        },
        outlet_languages={"website": ("id", "jv"), "siaran": ("jv",)},
    )
    with create_workspace(base / "KIM", group) as workspace:
        folder = workspace.add(story)
        file = workspace.import_media(folder, photo)
        shown = Photo(id="f1", file=file, caption="Saluran bersih", credit="Siti", alt="Saluran", people_checked=True)
        own = replace(shown, width=600, height=400)
        workspace.save(folder, replace(workspace.load(folder), photos=(own,), cover="f1"))
        made = build_site(workspace, templates_dir(), TEXTS, None, SilentProgress())
        assert made.stories == 1
        yield workspace, folder, made.folder


def test_both_pages_are_sound_and_everything_they_show_is_there(world):
    _, folder, site = world
    for page in (site / folder / "index.html", site / folder / "jv" / "index.html"):
        text = page.read_text(encoding="utf-8")
        for way in (part.split('"')[0] for part in text.split('src="')[1:]):
            assert (page.parent / way).is_file(), way
        if tidy := shutil.which("tidy"):
            said = subprocess.run([tidy, "-q", "-e", str(page)], capture_output=True, text=True, check=False)
            assert "Error" not in said.stderr
    javanese = (site / folder / "jv" / "index.html").read_text(encoding="utf-8")
    assert '<html lang="jv"' in javanese
    assert "Kalen resik" in javanese
    assert 'href="../../gaya.css"' in javanese
    assert not list((site / folder / "jv").glob("gambar/*"))


def test_feed_map_and_search_know_both(world):
    _, folder, site = world
    items = list(ET.parse(site / "umpan.xml").getroot().iter("item"))
    assert [item.findtext("title") for item in items] == ["Saluran irigasi mengalir lagi", "Kalen mili maneh"]
    assert items[1].findtext("{http://purl.org/dc/elements/1.1/}language") == "jv"
    assert len({item.findtext("guid") for item in items}) == 2
    assert f"https://kim.example/{folder}/jv/" in (site / "peta.xml").read_text(encoding="utf-8")
    found = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.js"))
    assert "kalen" in found


def test_wordpress_gets_both_in_one_post_and_the_script_is_in_its_language(world, tmp_path):
    workspace, folder, _ = world
    press = RenderContext(load_catalog(templates_dir(), None))
    post = render_web_post(workspace, folder, press, tmp_path, TEXTS, SilentProgress())
    assert post.title == "Saluran irigasi mengalir lagi"
    assert '<h2 lang="jv">Kalen mili maneh</h2>\n<div lang="jv">\n<p>Banyu kalen' in post.html
    read = make_programme(workspace, [folder], press, TEXTS, "2026-11-23")
    said = read.text.replace("\u00a0", " ")
    assert "Kalen mili maneh" in said
    assert "Air mengalir" not in said


def test_a_former_address_leads_on_in_each_language(world):
    workspace, folder, site = world
    story = workspace.load(folder)
    workspace.save(folder, replace(story, former_folders=("2026-11-22-lama",)))
    for _ in range(2):
        build_site(workspace, templates_dir(), TEXTS, None, SilentProgress())
        page = (site / "2026-11-22-lama" / "jv" / "index.html").read_text(encoding="utf-8")
        assert f'content="0; url=../../{folder}/jv/index.html"' in page
        assert 'href="../../gaya.css"' in page
    alone = replace(workspace.load(folder), outlet_languages={})
    workspace.save(folder, alone)  # nobody gets Javanese any more: who knows the address gets the story
    build_site(workspace, templates_dir(), TEXTS, None, SilentProgress())
    page = (site / "2026-11-22-lama" / "jv" / "index.html").read_text(encoding="utf-8")
    assert f'content="0; url=../../{folder}/index.html"' in page
    workspace.save(folder, story)
    build_site(workspace, templates_dir(), TEXTS, None, SilentProgress())


def test_a_page_that_names_somebody_protected_later_goes_though_its_correction_is_due(world):
    workspace, folder, site = world
    before, page = workspace.load(folder), site / folder / "jv" / "index.html"
    words = before.texts["jv"]
    told = replace(before, texts={"jv": replace(words, body=f"{BODY} Rani Oktaviani uga teka.")})
    out = add_publication("website", "2026-11-23T08:00:00+07:00").apply(told)
    workspace.save(folder, out)
    build_site(workspace, templates_dir(), TEXTS, None, SilentProgress())
    assert "Rani Oktaviani" in page.read_text(encoding="utf-8")
    workspace.save(folder, replace(out, texts={"jv": replace(words, body=f"{BODY} Bocah uga teka.")}))
    build_site(workspace, templates_dir(), TEXTS, None, SilentProgress())
    assert "Rani Oktaviani" in page.read_text(encoding="utf-8")  # readers keep what they have until it is corrected
    rani = Person(id="a", name="Rani Oktaviani", age_group="child", role="victim", protected=True)
    workspace.save(folder, replace(workspace.load(folder), people=(rani,)))
    build_site(workspace, templates_dir(), TEXTS, None, SilentProgress())
    assert not page.exists()
    workspace.save(folder, before)
    build_site(workspace, templates_dir(), TEXTS, None, SilentProgress())


def test_a_story_taken_back_is_taken_back_in_every_language(world):
    workspace, folder, site = world
    story = workspace.load(folder)
    step = StatusChange(status="withdrawn", when="2026-11-25T08:00:00+07:00", reason="Keliru")
    workspace.save(folder, replace(story, status="withdrawn", log=(step,)))
    for _ in range(2):  # what was written as taken back stays so
        build_site(workspace, templates_dir(), TEXTS, None, SilentProgress())
        for page in (site / folder / "index.html", site / folder / "jv" / "index.html"):
            text = page.read_text(encoding="utf-8")
            assert "Banyu kalen" not in text
            assert "dicabut" in text

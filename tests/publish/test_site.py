"""The website of the whole library: relative links, search without a server, dead stories gone, valid pages."""

from __future__ import annotations

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from urllib.parse import unquote

import pytest
from msgspec.structs import replace

from studio.base.i18n import Texts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import Silent
from studio.export.site_library import NOTED, build_site
from studio.store.workspace import create_workspace
from studio.story.model import Group, Photo, Story

TEXTS = Texts(assets_dir() / "messages", "id")
HEADS = ("Warga perbaiki saluran irigasi", "Panen raya padi di Dusun Krajan", "Posyandu layani 64 balita & ibu")
TAGS = (("irigasi", "gotong royong"), ("padi", "Gotong Royong"), ("kesehatan",))


@pytest.fixture(scope="module")
def world(tmp_path_factory, qapp):
    """A workspace with three public stories and a draft, and its site."""
    from PIL import Image

    base = tmp_path_factory.mktemp("situs")
    photo = base / "foto.jpg"
    Image.effect_noise((1000, 700), 60).convert("RGB").save(photo, quality=85)
    group = Group(name="KIM Bina Warga", village="Desa Sukamaju", site="https://contoh.id")
    with create_workspace(base / "KIM", group) as workspace:
        for number, head in enumerate(HEADS):
            story = Story(
                id="",
                status="published",
                headline=head,
                place="Sukamaju",
                date=f"2026-11-{20 + number}",
                category="Desa",
                tags=TAGS[number],
                byline=("Siti Aminah",),
                body=f"Warga dusun bergotong royong nomor {number}.\n\nPekerjaan selesai pada sore hari. Élok sekali.",
            )
            name = workspace.add(story)
            if number < 2:
                file = workspace.import_media(name, photo)
                kept = Photo(
                    id="f1",
                    file=file,
                    caption="Warga.",
                    credit="Budi",
                    alt="Sawah",
                    width=1000,
                    height=700,
                    people_checked=True,
                )
                workspace.save(name, replace(workspace.load(name), photos=(kept,), cover="f1"))
        workspace.add(Story(id="", headline="Masih draf rahasia", date="2026-11-24", body="Belum jadi."))
        made = build_site(workspace, templates_dir(), TEXTS, None, Silent())
        yield workspace, made


def links(page):
    found = re.findall(r'(?:href|src|srcset|poster)="([^"]+)"', page)
    return [part.split()[0] for each in found for part in each.split(", ")]


def test_every_public_story_is_there_and_no_draft(world):
    _, made = world
    assert made.troubles == ()
    assert made.stories == 3
    front = (made.folder / "index.html").read_text(encoding="utf-8")
    order = [front.index(head.replace("&", "&amp;")) for head in reversed(HEADS)]
    assert order == sorted(order)
    assert not [f for f in made.folder.rglob("*") if f.is_file() and b"rahasia" in f.read_bytes()]


def test_all_links_are_relative_and_lead_somewhere(world):
    _, made = world
    pages = sorted(made.folder.rglob("*.html"))
    assert len(pages) >= 3 + 4 + 2
    for page in pages:
        for link in links(page.read_text(encoding="utf-8")):
            if link.startswith(("https://", "mailto:", "data:", "#")):
                continue
            assert not link.startswith("/")
            assert (page.parent / unquote(link.partition("#")[0])).is_file(), f"{page.name}: {link}"


def test_topics_join_tags_that_differ_in_capitals_only(world):
    _, made = world
    assert sorted(path.name for path in (made.folder / "topik").iterdir()) == [
        "gotong-royong.html",
        "irigasi.html",
        "kesehatan.html",
        "padi.html",
    ]
    both = (made.folder / "topik" / "gotong-royong.html").read_text(encoding="utf-8")
    assert HEADS[0] in both
    assert HEADS[1] in both
    assert HEADS[2].replace("&", "&amp;") not in both


def test_feed_and_sitemap_are_well_formed_and_name_every_story(world):
    _, made = world
    feed = ET.parse(made.folder / "umpan.xml").getroot()
    assert [item.findtext("title") for item in feed.iter("item")] == list(reversed(HEADS))
    assert all(item.findtext("link").startswith("https://contoh.id/2026-11-") for item in feed.iter("item"))
    mapped = ET.parse(made.folder / "peta.xml").getroot()
    assert len(mapped) == 1 + 3 + 4


def test_nothing_is_written_again_and_a_withdrawn_story_goes(world):
    workspace, made = world
    before = {path: path.stat().st_mtime_ns for path in made.folder.rglob("*") if path.is_file()}
    again = build_site(workspace, templates_dir(), TEXTS, None, Silent())
    assert (again.written, again.removed) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in made.folder.rglob("*") if path.is_file()} == before
    name = next(folder for folder in workspace.story_folders() if "posyandu" in folder)
    stranger = made.folder / name / "catatan-saya.txt"
    stranger.write_text("tetap", encoding="utf-8")
    kept = workspace.load(name)
    workspace.save(name, replace(kept, status="withdrawn"))
    gone = build_site(workspace, templates_dir(), TEXTS, None, Silent())
    assert gone.removed >= 2
    assert [path.name for path in (made.folder / name).iterdir()] == ["catatan-saya.txt"]
    assert not (made.folder / "topik" / "kesehatan.html").exists()
    stranger.unlink()
    workspace.save(name, replace(workspace.load(name), status="published"))
    assert build_site(workspace, templates_dir(), TEXTS, None, Silent()).stories == 3
    assert NOTED in {path.name for path in made.folder.iterdir()}


@pytest.mark.tool("tidy")
def test_the_pages_are_valid(world):
    _, made = world
    if shutil.which("tidy") is None:
        pytest.skip("tidy is not installed")
    for page in sorted(made.folder.rglob("*.html")):
        done = subprocess.run(
            ["tidy", "-q", "-e", "--drop-empty-elements", "no", page], check=False, capture_output=True, text=True
        )
        said = [line for line in done.stderr.splitlines() if "proprietary attribute" not in line]
        assert not said, (page.name, said)


@pytest.mark.tool("chromium")
@pytest.mark.parametrize("width", [390, 1280])
def test_a_browser_reads_and_searches_it_from_a_stick(world, browser, width, tmp_path):
    _, made = world
    stick = shutil.copytree(made.folder, tmp_path / "stik usb")
    browser.size(width, 800)
    browser.open((stick / "index.html").as_uri())
    assert browser.run("document.querySelectorAll('.kartu').length") == 3
    assert browser.run("document.documentElement.scrollWidth") <= width
    assert browser.run("[...document.images].every(i => i.loading == 'lazy' || i.naturalWidth > 0)")
    columns = "getComputedStyle(document.querySelector('.daftar')).gridTemplateColumns.split(' ').length"
    assert browser.run(columns) == (1 if width == 390 else 3)
    browser.events.clear()
    browser.run("document.querySelector('.kartu h2 a').click()")
    browser.wait("Page.loadEventFired")
    assert "Posyandu" in browser.run("document.querySelector('h1').textContent")
    assert browser.run("document.documentElement.scrollWidth") <= width
    browser.events.clear()
    browser.run("document.querySelector('.tagar a').click()")
    browser.wait("Page.loadEventFired")
    assert browser.run("document.querySelector('h1').textContent") == "kesehatan"
    browser.open((stick / "cari.html").as_uri() + "?kata=elok%20padi")
    assert browser.run("[...document.querySelectorAll('#hasil h2')].map(h => h.textContent)") == [HEADS[1]]
    browser.run("k = document.getElementById('kata'); k.value = 'tidakada'; k.dispatchEvent(new Event('input'))")
    assert browser.run("document.querySelectorAll('#hasil li').length") == 0
    assert browser.run("document.getElementById('jumlah').textContent").startswith("Tidak ada")
    assert browser.troubles() == []

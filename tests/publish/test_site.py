"""The website of the whole library: relative links, search without a server, dead stories gone, valid pages."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote

import pytest
from msgspec.structs import replace

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.export.website import site_writer
from studio.export.website.site_library import build_site
from studio.export.website.site_pages import ABOUT
from studio.export.website.site_writer import NOTED
from studio.posts.web_addresses import encode_address, topic_page
from studio.services.story_address import change_address
from studio.store.workspace import create_workspace
from studio.story import story_status
from studio.story.model import Consent, Group, Person, Photo, Publication, StatusChange, Story
from studio.story.publication_records import PublishedSnapshot
from studio.story.publishing import correct_story

TEXTS = MessageTexts(assets_dir() / "messages", "id")
HEADS = ("Warga perbaiki saluran irigasi", "Panen raya padi di Dusun Krajan", "Posyandu layani 64 balita & ibu")
TAGS = (("irigasi", "gotong royong"), ("padi", "Gotong Royong"), ("kesehatan", "ꦥꦱꦂ"))
BODIES = ("Élok sekali.", "Élok sekali.", "ꦱꦸꦒꦼꦁ\u200bꦫꦮꦸꦃ ing balai desa. Élok; العربية هنا.")


@pytest.fixture(scope="module")
def world(tmp_path_factory, qapp):
    """A workspace with three public stories and a draft, and its site."""
    from PIL import Image

    base = tmp_path_factory.mktemp("situs")
    photo = base / "foto.jpg"
    Image.effect_noise((1000, 700), 60).convert("RGB").save(photo, quality=85)
    group = replace(GROUP, members=("Siti Aminah", "Budi", "Rahmat"), email="surel@contoh.id")
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
                body=f"Warga dusun bergotong royong nomor {number}.\n\nPekerjaan selesai sore hari. {BODIES[number]}",
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
        made = build_site(workspace, templates_dir(), TEXTS, None, SilentProgress())
        yield workspace, made


SEARCH = """new Promise(done => { const field = document.getElementById('kata'), root = document.documentElement;
  const before = root.dataset.cari; field.value = %s; field.dispatchEvent(new Event('input'));
  const look = () => root.dataset.cari !== before
    ? done([...document.querySelectorAll('#hasil h2')].map(h => h.textContent)) : setTimeout(look, 5);
  look(); })"""


def links(page):
    found = re.findall(r'(?:href|src|srcset|poster)="([^"]+)"', page)
    return [part.split()[0] for each in found for part in each.split(", ")]


def test_every_public_story_is_there_and_no_draft(world):
    _, made = world
    assert made.troubles == ()
    assert made.stories == 3
    front = (made.folder / "index.html").read_text(encoding="utf-8").partition("<main")[2]
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
    assert topic_page("ꦥꦱꦂ") not in {topic_page("ꦥꦱꦺꦂ"), topic_page("العربية"), topic_page("Lain")}
    assert sorted(path.name for path in (made.folder / "topik").iterdir()) == [
        topic_page("ꦥꦱꦂ").rpartition("/")[2],
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
    assert len(mapped) == 1 + 3 + 5 + 4
    assert feed.find("channel").findtext("lastBuildDate")
    item = feed.find("channel/item[2]")
    assert item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded").startswith("<p>Warga dusun")
    file = item.find("enclosure").attrib
    assert int(file["length"]) == (made.folder / file["url"].removeprefix("https://contoh.id/")).stat().st_size


def test_pages_about_the_group_and_what_previews_and_search_engines_are_told(world):
    _, made = world
    pages = {name: (made.folder / name).read_text(encoding="utf-8") for name in (*ABOUT, "index.html", "404.html")}
    pages |= {"topik/padi.html": (made.folder / "topik" / "padi.html").read_text(encoding="utf-8")}
    assert "Rahmat" in pages["redaksi.html"]
    assert "surel@contoh.id" in pages["kontak.html"]
    assert "surel@contoh.id" in pages["hak-jawab.html"]
    assert "Dewan Pers" in pages["pedoman.html"]
    missing = pages.pop("404.html")
    assert 'href="https://contoh.id/gaya.css"' in missing  # wherever the address was that is not there
    for name, page in pages.items():
        address = "https://contoh.id/" + ("" if name == "index.html" else name)
        assert f'<link rel="canonical" href="{address}">' in page, name
        assert f'<meta property="og:url" content="{address}">' in page
        assert '<meta property="og:image" content="https://contoh.id/2026-11-22' in page
        told = json.loads(re.search(r"ld\+json\">(.*?)</script>", page)[1])
        assert told["url"] == address
        assert told["publisher"]["name"] == "KIM Bina Warga"
        for own in ABOUT:
            assert f'{own}">' in page


def test_addresses_are_encoded():
    assert encode_address("https://désa.id/2026 pasar/ꦥ?q=é#b") == (
        "https://xn--dsa-bma.id/2026%20pasar/%EA%A6%A5?q=%C3%A9#b"
    )
    assert encode_address("https://contoh.id/a%20b/") == "https://contoh.id/a%20b/"
    assert encode_address("") == ""


def test_the_logo_is_one_small_file(tmp_path, qapp):
    """A huge one, too: it is no part of any page."""
    from PIL import Image

    with create_workspace(tmp_path / "KIM", replace(GROUP, logo="logo.png")) as workspace:
        Image.effect_noise((1600, 1300), 90).convert("RGB").save(workspace.path / "logo.png")
        assert (workspace.path / "logo.png").stat().st_size > 1_500_000
        folder = workspace.add(replace(PUBLISHED, body="Warga bekerja bakti di Sukamaju."))
        made = build(workspace)
        pages = sorted(made.folder.rglob("*.html"))
        assert not [page.name for page in pages if "data:" in page.read_text(encoding="utf-8")]
        with Image.open(made.folder / "logo.png") as logo:
            assert max(logo.size) == 96
        assert len([*made.folder.rglob("logo.png")]) == 1
        alone = workspace.path / "exports" / folder / "website"
        assert (alone / "logo.png").is_file()
        assert 'src="logo.png"' in (alone / "index.html").read_text(encoding="utf-8")
        assert made.troubles == ()


def test_nothing_is_written_again_and_a_withdrawn_story_goes(world):
    workspace, made = world
    before = {path: path.stat().st_mtime_ns for path in made.folder.rglob("*") if path.is_file()}
    again = build_site(workspace, templates_dir(), TEXTS, None, SilentProgress())
    assert (again.written, again.removed) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in made.folder.rglob("*") if path.is_file()} == before
    name = next(folder for folder in workspace.story_folders() if "posyandu" in folder)
    stranger = made.folder / name / "catatan-saya.txt"
    stranger.write_text("tetap", encoding="utf-8")
    kept = workspace.load(name)
    workspace.save(name, replace(kept, status="withdrawn"))
    gone = build_site(workspace, templates_dir(), TEXTS, None, SilentProgress())
    assert gone.removed >= 2
    assert sorted(path.name for path in (made.folder / name).iterdir()) == ["catatan-saya.txt", "index.html"]
    assert "64 balita" not in (made.folder / "index.html").read_text(encoding="utf-8")
    assert "Berita dicabut" in (made.folder / name / "index.html").read_text(encoding="utf-8")
    assert not (made.folder / "topik" / "kesehatan.html").exists()
    stranger.unlink()
    workspace.save(name, replace(workspace.load(name), status="published"))
    assert build_site(workspace, templates_dir(), TEXTS, None, SilentProgress()).stories == 3
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
    for word, found in (("ꦫꦮꦸ", [HEADS[2]]), ("الْعَرَبية", [HEADS[2]]), ("balit", [HEADS[2]]), ("tidakada", [])):
        assert browser.run(SEARCH % json.dumps(word)) == found, word
    assert browser.run("document.getElementById('jumlah').textContent").startswith("Tidak ada")
    assert browser.troubles() == []


# ------------------------------------------------------------------------------------- what is not on it, and why


WHEN = "2026-11-23T08:05:00+07:00"
CHILD = Person(id="anak", name="Rani Oktaviani", age_group="child", role="victim", protected=True)


@pytest.fixture
def small(tmp_path, qapp):
    """A workspace with one published story and its site; gives the story's folder and a way to build again."""
    with create_workspace(tmp_path / "KIM", replace(GROUP, id="kim-satu")) as workspace:
        folder = workspace.add(replace(PUBLISHED, body="Warga bekerja bakti di Sukamaju."))
        build_site(workspace, templates_dir(), TEXTS, None, SilentProgress())
        yield workspace, folder


GROUP = Group(name="KIM Bina Warga", village="Desa Sukamaju", site="https://contoh.id")
PUBLISHED = Story(
    id="",
    status="published",
    headline="Warga kerja bakti",
    place="Sukamaju",
    date="2026-11-20",
    byline=("Siti Aminah",),
    publications=(Publication(outlet="telegram", when="2026-11-21T08:00:00+07:00", link="https://t.me/kim/1"),),
)


def change(workspace, folder, **fields):
    workspace.save(folder, replace(workspace.load(folder), **fields))


def withdraw(workspace, folder, reason):
    workspace.save(
        folder,
        story_status.step_status(workspace.load(folder), "withdrawn", WHEN, "Siti", reason).apply(
            workspace.load(folder)
        ),
    )


def build(workspace, out=None):
    return build_site(workspace, templates_dir(), TEXTS, out, SilentProgress())


def read(place):
    """Everything the site tells, names of files included."""
    return "\n".join(
        f"{path.relative_to(place)}\n{path.read_bytes().decode('utf-8', 'replace')}"
        for path in sorted(place.rglob("*"))
        if path.is_file()
    )


def test_the_search_of_a_group_with_an_older_pack_of_its_own_reads_the_index_of_today(small):
    workspace, _ = small
    own = shutil.copytree(templates_dir() / "website", workspace.templates_dir / "website")
    (own / "cari.js.txt.j2").write_text("var PIECES = {{ search.pieces }};", encoding="utf-8")
    made = build(workspace)
    assert 'STARTS = ["aminah"]' in (made.folder / "cari.js").read_text(encoding="utf-8")


def test_a_withdrawn_story_is_a_page_at_its_address_a_feed_entry_and_nothing_else(small):
    workspace, folder = small
    withdraw(workspace, folder, "Tanggal kegiatannya keliru")
    made = build(workspace)
    page = (made.folder / folder / "index.html").read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex">' in page
    assert "<h1>Berita dicabut: “Warga kerja bakti”</h1>" in page
    assert "23 November 2026" in page
    assert "Alasan: Tanggal kegiatannya keliru." in page
    assert "bekerja bakti di" not in read(made.folder)
    assert [path.name for path in (made.folder / folder).iterdir()] == ["index.html"]
    (item,) = ET.parse(made.folder / "umpan.xml").getroot().iter("item")
    assert item.findtext("title") == "Berita dicabut: “Warga kerja bakti”"
    assert item.findtext("link") == f"https://contoh.id/{folder}/"
    assert item.findtext("guid") != item.findtext("link"), "else readers take it for the story they know"
    assert item.findtext("description") == "Alasan: Tanggal kegiatannya keliru."
    assert folder not in (made.folder / "peta.xml").read_text(encoding="utf-8")
    assert folder not in read(made.folder / "cari")
    (left,) = made.left_out
    assert (left.why.code, left.taken_down) == ("site.withdrawn", True)
    change(workspace, folder, status="draft")  # written anew: until it is public again, readers find the notice
    again = build(workspace)
    assert (again.written, [left.taken_down for left in again.left_out]) == (0, [False])  # it went the last time
    change(
        workspace, folder, status="ready", log=(*workspace.load(folder).log, StatusChange(status="ready", when=WHEN))
    )
    assert (build(workspace).stories, "Berita dicabut" in read(made.folder)) == (1, False)


@pytest.mark.parametrize("where", ["headline", "told", "reason", "address", "consent"])
def test_a_withdrawal_that_would_name_somebody_protected_stands_under_the_id(tmp_path, qapp, where):
    name = "Rani Oktaviani"
    with create_workspace(tmp_path / "KIM", GROUP) as workspace:
        story = replace(PUBLISHED, headline=f"{name} juara" if where == "address" else "Warga kerja bakti")
        folder = workspace.add(story)
        build(workspace)
        if where in {"headline", "consent"}:
            change(workspace, folder, headline=f"Prestasi {name}", told=None)
        elif where == "told":
            change(workspace, folder, told=PublishedSnapshot(headline=f"Prestasi {name}"))
        else:
            change(workspace, folder, headline="Juara lomba")
        person = CHILD
        if where == "consent":
            gone = Consent(given=True, when="2026-11-20", withdrawn="2026-11-22")
            person = Person(id="ibu", name=name, age_group="adult", consent=gone)
        change(workspace, folder, people=(person,))
        withdraw(workspace, folder, f"Permintaan keluarga {name}" if where == "reason" else "Permintaan keluarga")
        made = build(workspace)
        number = workspace.load(folder).id
        assert (made.folder / number / "index.html").is_file()
        assert not (made.folder / folder).exists()
        told = read(made.folder)
        assert "Rani" not in told
        assert "rani" not in told.replace("berani", "")
        assert "juara" not in told.casefold()
        assert "<h1>Berita dicabut</h1>" in told
        assert f"https://contoh.id/{number}/" in (made.folder / "umpan.xml").read_text(encoding="utf-8")
        assert [left.why.code for left in made.left_out] == ["site.withdrawn_moved"]


def test_every_story_that_is_not_there_is_named_with_its_reason(small):
    workspace, folder = small
    other = workspace.add(replace(PUBLISHED, headline="Panen raya", body="Panen di Sukamaju."))
    draft = workspace.add(Story(id="", headline="Masih ditulis", body="Belum jadi."))
    broken = workspace.add(Story(id="", headline="Rusak", body="x"))
    (workspace.path / "stories" / broken / "story.json").write_text("{", encoding="utf-8")
    assert build(workspace).stories == 2
    change(workspace, folder, people=(CHILD,), body="Rani Oktaviani ikut kerja bakti.")
    change(workspace, other, byline=())
    made = build(workspace)
    named = {left.folder: (left.why.code, left.taken_down, left.expected) for left in made.left_out}
    assert named == {
        folder: ("export.refused", True, False),
        other: ("site.blocked", True, False),
        draft: ("site.draft", False, True),
        broken: (named[broken][0], False, False),
    }
    assert named[broken][0].startswith("store.")
    assert not (made.folder / folder).exists()
    told = TEXTS.explain(next(left.why for left in made.left_out if left.folder == folder))
    assert "https://t.me/kim/1" in told, "where it had appeared has to be taken back too"


def test_a_story_changed_after_publication_is_named_and_its_page_stays_as_readers_have_it(small):
    workspace, folder = small
    change(
        workspace, folder, told=PublishedSnapshot(headline="Warga kerja bakti", body="Yang lama.", date="2026-11-20")
    )
    before = read(workspace.exports_dir("_situs") / folder)
    made = build(workspace)
    assert [(left.why.code, left.taken_down) for left in made.left_out] == [("site.correction_due", False)]
    assert made.stories == 1
    # Readers go on seeing what they were told, on its page and in the lists, until the correction is recorded.
    assert read(made.folder / folder) == before
    front = (made.folder / "index.html").read_text(encoding="utf-8")
    assert "Warga kerja bakti" in front
    assert not build(workspace).removed
    correct = correct_story(workspace.load(folder), "Salah ketik", "Kurang teliti", "2026-11-30")
    workspace.save(folder, correct.apply(workspace.load(folder)))
    done = build(workspace)
    assert not done.left_out  # a slip is no reason to take the story down
    assert "Salah ketik" in (done.folder / folder / "index.html").read_text(encoding="utf-8")


def test_what_readers_have_goes_when_it_exposes_somebody_though_the_story_no_longer_does(small):
    workspace, folder = small
    told = PublishedSnapshot(headline="Warga kerja bakti", body="Rani Oktaviani ikut.", date="2026-11-20")
    change(workspace, folder, told=told, people=(replace(CHILD, age_group="adult", role="witness"),))
    made = build(workspace)
    assert [(left.why.code, left.taken_down) for left in made.left_out] == [("publish.correction_due", True)]
    assert not (made.folder / folder).exists()


def test_a_former_address_leads_on_unless_it_names_somebody_protected(small):
    workspace, old = small
    change(workspace, old, headline="Warga bersih-bersih", told=None)
    assert change_address(workspace, old).points_on
    (new,) = workspace.story_folders()
    made = build(workspace)
    page = (made.folder / old / "index.html").read_text(encoding="utf-8")
    assert f'content="0; url=../{new}/index.html"' in page
    assert f'<link rel="canonical" href="https://contoh.id/{new}/">' in page
    assert "noindex" in page
    assert (made.folder / new / "index.html").is_file()
    assert old not in (made.folder / "peta.xml").read_text(encoding="utf-8")
    assert build(workspace).written == 0
    withdraw(workspace, new, "Keliru")
    made = build(workspace)
    assert f"../{new}/index.html" in (made.folder / old / "index.html").read_text(encoding="utf-8")
    # Once somebody protected is in the old name, the page there goes.
    change(workspace, new, former_folders=("2026-11-20-rani-oktaviani-bersih-bersih",), people=(CHILD,))
    made = build(workspace)
    assert not (made.folder / old).exists()
    assert "rani" not in read(made.folder)


def test_a_story_that_is_renamed_while_its_correction_is_due_stays_where_readers_have_it(small):
    workspace, old = small
    told = PublishedSnapshot(headline="Warga kerja bakti", body="Yang lama.", date="2026-11-20")
    change(workspace, old, headline="Warga bersih-bersih", told=told)
    change_address(workspace, old)
    (new,) = workspace.story_folders()
    made = build(workspace)
    assert [(left.why.code, left.taken_down) for left in made.left_out] == [("site.correction_due", False)]
    assert f'href="./{old}/index.html"' in (made.folder / "index.html").read_text(encoding="utf-8")
    assert "pindah" not in (made.folder / old / "index.html").read_text(encoding="utf-8")
    correct = correct_story(workspace.load(new), "Salah judul", "Kurang teliti", "2026-11-30")
    workspace.save(new, correct.apply(workspace.load(new)))
    assert not build(workspace).left_out
    leads_on = f"url=../{new}/index.html"
    assert leads_on in (made.folder / old / "index.html").read_text(encoding="utf-8")
    change(workspace, new, body="Ralat berikutnya masih ditunggu.")
    build(workspace)
    assert leads_on in (made.folder / old / "index.html").read_text(encoding="utf-8")


def test_another_story_at_a_former_address_keeps_its_page(small):
    workspace, old = small
    change(workspace, old, headline="Warga bersih-bersih", told=None)
    change_address(workspace, old)
    (new,) = workspace.story_folders()
    workspace.save(old + "-2", replace(PUBLISHED, id="lain", headline="Berita lain", body="Isi."))
    change(workspace, new, former_folders=(f"{old}-2", "../../jahat", ".kim"))
    made = build(workspace)
    assert "Berita lain" in (made.folder / f"{old}-2" / "index.html").read_text(encoding="utf-8")
    assert not (made.folder.parent.parent / "jahat").exists()


# ------------------------------------------------------------------------------------- whose folder it is


def test_a_file_that_is_not_ours_is_never_written_over_and_then_nothing_is(small, tmp_path):
    workspace, _ = small
    out = tmp_path / "web"
    (out / "topik").mkdir(parents=True)
    (out / "index.html").write_text("halaman desa", encoding="utf-8")
    (out / "foto.jpg").write_bytes(b"desa")
    before = read(out)
    with pytest.raises(UserError, match=r"site\.foreign_file") as raised:
        build(workspace, out)
    assert "index.html" in str(raised.value.facts["files"])
    assert read(out) == before
    (out / "index.html").unlink()
    assert build(workspace, out).stories == 1
    assert build(workspace, out).written == 0
    assert (out / "foto.jpg").read_bytes() == b"desa"


def test_the_site_of_another_group_is_never_written_over(small, tmp_path, qapp):
    workspace, _ = small
    out = tmp_path / "stik" / "situs"
    build(workspace, out)
    before = read(out)
    with create_workspace(tmp_path / "KIM dua", replace(GROUP, id="kim-dua", name="KIM Dua")) as other:
        other.add(replace(PUBLISHED, headline="Kabar dari desa lain"))
        with pytest.raises(UserError, match=r"site\.other_owner"):
            build(other, out)
        assert read(out) == before
        note = out / NOTED
        note.write_text(json.dumps(json.loads(note.read_text())["files"]), encoding="utf-8")  # as older versions wrote
        with pytest.raises(UserError, match=r"site\.other_owner"):
            build(other, out)
    assert build(workspace, out).stories == 1
    assert json.loads(note.read_text())["group"] == "kim-satu"


def test_a_run_that_was_cut_off_is_gone_on_with(small, tmp_path, monkeypatch):
    workspace, _ = small
    out = tmp_path / "web"
    real, count = site_writer._write_changed, [0]

    def cut(path, content):
        count[0] += 1
        if count[0] == 6:
            raise KeyboardInterrupt
        return real(path, content)

    monkeypatch.setattr(site_writer, "_write_changed", cut)
    with pytest.raises(KeyboardInterrupt):
        build(workspace, out)
    monkeypatch.setattr(site_writer, "_write_changed", real)
    assert build(workspace, out).stories == 1
    assert build(workspace, out).written == 0


@pytest.mark.tool("chromium")
def test_the_first_view_of_a_story_on_a_phone_is_light(world, browser):
    """What is loaded when a story is opened at 390 px: at most 200 kB, though its photo is nothing but noise."""
    _, made = world
    page = next(made.folder.glob("*irigasi/index.html"))
    browser.size(390, 844)
    browser.open(page.as_uri())
    seen = "[...document.images].filter(i => i.naturalWidth > 0).map(i => i.currentSrc)"
    linked = "[...document.querySelectorAll('link[rel=stylesheet], link[rel=icon]')].map(l => l.href)"
    loaded = browser.run(f"{seen}.concat({linked})")
    files = [page, *(Path(unquote(name.removeprefix("file://"))) for name in loaded)]
    assert any(file.suffix == ".jpg" for file in files)
    assert sum(file.stat().st_size for file in files) <= 200_000

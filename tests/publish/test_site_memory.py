"""A website of which nothing changed is passed by; of which something changed it is what it would be from nothing."""

from __future__ import annotations

import shutil

import pytest
from msgspec.structs import replace

from studio.base import paths
from studio.base.i18n import MessageTexts
from studio.base.progress import SilentProgress
from studio.export.running import story_exporter
from studio.export.website import site_library, site_products
from studio.export.website.site_library import build_site
from studio.export.website.site_pages import page_links
from studio.export.website.site_writer import NOTED
from studio.group.products import Product, place_of
from studio.store.product_shelf import ProductShelf
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Group, Person, Source, Story
from tests.small_packs import keep_pages

TEXTS = MessageTexts(paths.assets_dir() / "messages")


def public_story(head, day, public=True):
    body = f"Warga memperbaiki saluran di Dusun Krajan, hari ke-{day}. Rina Melati Putri ikut membantu."
    facts = {"place": "Sukamaju", "byline": ("Siti Aminah",), "category": "pertanian", "tags": ("irigasi",)}
    sources = (Source(name="Asep Hidayat", role="Kepala Dusun"),)
    status = "published" if public else "draft"
    told = {"headline": head, "date": f"2026-11-{day}", "body": body, "summary": body, "status": status}
    return Story(id="", **told, **facts, sources=sources)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A workspace of three public stories, all of one topic, and a draft."""
    folder = tmp_path_factory.mktemp("situs") / "kim"
    with create_workspace(folder, Group(name="KIM Uji", village="Sukamaju")) as workspace:
        keep_pages(workspace.templates_dir, "website")
        for number in range(4):
            workspace.add(public_story(f"Warga perbaiki saluran {number}", 20 + number, number < 3))
    return folder


@pytest.fixture
def place(made, tmp_path):
    place = shutil.copytree(made, tmp_path / "kim")
    build(place)
    return place


def build(place, out=None):
    with open_workspace(place, write=False) as opened:
        return build_site(opened, paths.templates_dir(), TEXTS, out, SilentProgress())


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".kim-turn")
    }


@pytest.fixture
def judged(monkeypatch):
    found = set()
    for module, name in ((site_library, "judge_here"), (story_exporter, "release_story")):
        real = getattr(module, name)

        def ask(*facts, real=real, **named):
            found.update(fact for fact in facts if isinstance(fact, str))
            return real(*facts, **named)

        monkeypatch.setattr(module, name, ask)
    return found


def folders(place):
    return sorted(path.name for path in (place / "stories").iterdir())


def test_an_untouched_site_is_passed_by(place, judged):
    before = files(place / "exports" / "_situs")
    site = build(place)
    assert not judged
    assert (site.stories, site.written, site.removed) == (3, 0, 0)
    assert [(left.folder, left.why.code, left.expected) for left in site.left_out] == [
        (folders(place)[3], "site.draft", True)
    ]
    assert files(place / "exports" / "_situs") == before


def edit_story(place):
    with open_workspace(place) as workspace:
        name = folders(place)[0]
        workspace.save(name, replace(workspace.load(name), headline="Saluran kembali bocor", tags=("air", "irigasi")))


def add_story(place):
    with open_workspace(place) as workspace:
        workspace.add(public_story("Panen raya", 28))


def delete_story(place):
    with open_workspace(place) as workspace:
        workspace.delete(folders(place)[1])


def hide_story(place):
    with open_workspace(place) as workspace:
        name = folders(place)[1]
        workspace.save(name, replace(workspace.load(name), status="draft"))


def damage_page(place):
    (place / "exports" / "_situs" / folders(place)[2] / "index.html").write_text("rusak", encoding="utf-8")


def damage_front(place):
    (place / "exports" / "_situs" / "index.html").write_text("rusak", encoding="utf-8")


def edit_profile(place):
    with open_workspace(place) as workspace:
        workspace.save_group(replace(workspace.group, phone="0812"))


@pytest.mark.parametrize(
    ("touch", "again"),
    [
        *((edit_story, 1), (add_story, 1), (delete_story, 0), (hide_story, 1)),
        *((damage_page, 1), (damage_front, 0), (edit_profile, 3)),
    ],
)
def test_what_was_touched_is_as_from_nothing(place, tmp_path, judged, monkeypatch, touch, again):
    touch(place)
    site = build(place)
    assert len({name for name in judged if name in folders(place)} - {folders(place)[-1]}) <= again
    monkeypatch.setenv("KIM_STUDIO_HOME", str(tmp_path / "lain"))
    anew = build(place, tmp_path / "baru")
    ours, theirs = files(site.folder), files(tmp_path / "baru")
    assert (site.stories, ours.pop(NOTED) != b"") == (anew.stories, theirs.pop(NOTED) != b"")
    assert ours == theirs


def test_a_story_comes_down_when_another_one_protects_whom_it_names(place):
    with open_workspace(place) as workspace:
        draft = folders(place)[3]
        child = Person(id="p", name="Rina Melati Putri", protected=True)
        workspace.save(draft, replace(workspace.load(draft), body="Seorang anak.", people=(child,)))
    site = build(place)
    assert site.stories == 0, "none of the three was touched, and each names the child"
    assert {left.why.code for left in site.left_out if left.taken_down} == {"joined.named"}
    assert build(place).stories == 0


def test_products_are_passed_by_too(place, tmp_path, judged, monkeypatch):
    judge = site_products.release_story
    monkeypatch.setattr(site_products, "release_story", lambda *told: (judged.add("catalogue"), judge(*told))[1])
    write_product(place, price=12000)
    write_product(place, "lama", price=-5)
    assert (place / "exports" / "_situs").is_dir()
    first = build(place)
    assert {left.why.code for left in first.left_out if left.folder == "potensi/lama"} == {"product.refused"}
    judged.clear()
    again = build(place)
    assert (judged, again.written, len(again.left_out)) == (set(), 0, len(first.left_out))
    edit_story(place)
    build(place)
    assert len(judged & {*folders(place)}) == 1, "the others stay while the catalogue does"
    write_product(place, price=15000)
    assert "Rp15.000" in (build(place).folder / "potensi" / "beras" / "index.html").read_text(encoding="utf-8")
    monkeypatch.setenv("KIM_STUDIO_HOME", str(tmp_path / "lain"))
    build(place, tmp_path / "baru")
    assert {**files(place / "exports" / "_situs"), NOTED: b""} == {**files(tmp_path / "baru"), NOTED: b""}


def write_product(place, name="beras", **fields):
    with open_workspace(place) as workspace:
        ProductShelf(workspace).files.write(place_of(name), Product(id=name, name=name.title(), unit="kg", **fields))


def test_a_long_list_names_few_of_its_pages():
    links = page_links([f"topik/x.{number}.html" for number in range(40)], 20)
    assert len(links["pages"]) == 40
    assert [link["number"] for link in links["near_pages"]] == [1, 18, 19, 20, 21, 22, 23, 24, 40]
    assert [link["number"] for link in links["near_pages"] if link["gap"]] == [18, 40]
    assert [link["number"] for link in links["near_pages"] if link["here"]] == [21]
    few = page_links(["a", "b", "c"], 0)["near_pages"]
    assert [(link["link"], link["here"], link["gap"]) for link in few] == [
        ("a", True, False),
        ("b", False, False),
        ("c", False, False),
    ]

"""``kim-studio export A --also B --also C --site``: the groups of a district as one website."""

from __future__ import annotations

import json
import re
import shutil
from contextlib import ExitStack
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.cli import main
from studio.export.running.story_exporter import StoryExporter
from studio.export.website.joint_site import build_joint_site, shared_address
from studio.export.website.site_writer import NOTED, SiteWriter
from studio.release.cross_story_protection import ProtectedNeighbour, find_likely_named, index_neighbours
from studio.store.story_rename import rename_story
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Group, Person, Source, Story
from tests.small_packs import keep_pages

TEXTS = MessageTexts(assets_dir() / "messages")
GROUPS = {"melati": "Tirtomoyo", "mawar": "Tirtomoyo", "anggrek": "Wanagiri"}


def public_story(head, body, *people):
    facts = {"place": "Sukamaju", "byline": ("Siti Aminah",), "category": "pertanian", "tags": ("irigasi",)}
    told = {"headline": head, "date": "2026-11-20", "body": body, "summary": body, "status": "published"}
    return Story(id="", **told, **facts, people=people, sources=(Source(name="Asep Hidayat", role="Kepala Dusun"),))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Three groups of two districts, each with a story at the same address; their site."""
    home = tmp_path_factory.mktemp("kabupaten")
    for name, district in GROUPS.items():
        where = {"village": f"Desa {name}", "district": district, "regency": "Kabupaten Wanasari"}
        group = Group(name=f"KIM {name.title()}", phone=f"0812-{len(name)}", **where)
        with create_workspace(home / name, group) as workspace:
            keep_pages(workspace.templates_dir, "website")
            workspace.add(public_story("Warga panen padi", f"Panen padi di {name} melimpah tahun ini."))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIM_STUDIO_HOME", str(home / "rumah"))
        assert run(home) == 0
    return home


@pytest.fixture
def home(made, tmp_path, monkeypatch):
    monkeypatch.setenv("KIM_STUDIO_HOME", str(tmp_path / "kab" / "rumah"))
    return shutil.copytree(made, tmp_path / "kab")


def run(home, *names):
    first, *others = names or GROUPS
    words = ["export", home / first, *(word for name in others for word in ("--also", home / name))]
    with pytest.raises(SystemExit) as end:
        main([str(word) for word in (*words, "--site", "--out", home / "situs", "--json")])
    return end.value.code


def site_of(home, capsys, *names):
    capsys.readouterr()
    code = run(home, *names)
    return code, json.loads(capsys.readouterr().out)


def pages(home):
    site = home / "situs"
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}


def change(home, name, edit):
    with open_workspace(home / name) as workspace:
        (folder,) = workspace.story_folders()
        workspace.save(folder, edit(workspace.load(folder)))
    return folder


def test_groups_lie_side_by_side_behind_one_front(made):
    found = pages(made)
    twins = [name for name in found if name.endswith("warga-panen-padi/index.html")]
    assert sorted(name.split("/")[0] for name in twins) == ["kim-anggrek", "kim-mawar", "kim-melati"]
    for name in GROUPS:
        own = next(text for page, text in found.items() if page == f"kim-{name}/kontak.html")
        assert f"0812-{len(name)}" in own
        assert "Semua kelompok" in own
        assert f"KIM {name.title()}" in found["kelompok.html"]
    assert found["index.html"].count('<article class="kartu"') == 3
    assert found["kecamatan/tirtomoyo-kabupaten-wanasari.html"].count('<article class="kartu"') == 2
    assert "0812" not in found["index.html"]
    assert found["topik/irigasi.html"].count('<article class="kartu"') == 3
    script = "".join(path.read_text(encoding="utf-8") for path in (made / "situs" / "cari").glob("k*.js"))
    assert "2026 · KIM Mawar" in (made / "situs" / "cari" / "b0.js").read_text(encoding="utf-8")
    assert re.search(r'"wanagiri":\[\[\],\[\d\]\]', script)


def test_every_link_leads_somewhere(made):
    site = made / "situs"
    for page, text in pages(made).items():
        for link in re.findall(r'(?:href|src)="([^"#:]+)"', text):
            target = (site / page).parent / unquote(link)
            assert target.is_file(), f"{page}: {link}"


def test_an_untouched_site_stays_and_a_change_is_as_from_nothing(home, capsys, monkeypatch, tmp_path):
    site_of(home, capsys)  # the copy has other times
    before = pages(home)
    code, told = site_of(home, capsys)
    assert (code, told["written"], told["removed"], pages(home) == before) == (0, 0, 0, True)
    change(home, "mawar", lambda story: replace(story, headline="Panen raya", tags=("padi",)))
    site_of(home, capsys)
    changed = pages(home)
    assert "Panen raya" in changed["index.html"]
    monkeypatch.setenv("KIM_STUDIO_HOME", str(tmp_path / "lain"))
    shutil.rmtree(home / "situs")
    site_of(home, capsys)
    assert pages(home) == changed


def test_a_child_of_one_group_is_named_by_no_other(home, capsys):
    site_of(home, capsys)
    named = change(home, "melati", lambda told: replace(told, body="Rina Melati Putri ikut panen padi."))
    assert site_of(home, capsys)[0] == 0
    child = Person(id="p", name="Rina Melati Putri", protected=True)
    change(home, "anggrek", lambda told: replace(told, people=(child,)))
    code, told = site_of(home, capsys)
    left = [one for one in told["left_out"] if one["code"] == "joined.named"]
    assert (code, [(one["story"], one["taken_down"]) for one in left]) == (1, [(f"kim-melati/{named}", True)])
    assert "kim-anggrek/" in left[0]["text"]
    assert not any("Rina Melati" in text for text in pages(home).values())
    change(home, "anggrek", lambda told: replace(told, people=()))
    site_of(home, capsys)
    assert "Rina Melati" in pages(home)[f"kim-melati/{named}/index.html"]


def test_who_leaves_or_is_blocked_comes_down_with_its_reason(home, capsys):
    folder = change(home, "mawar", lambda told: replace(told, status="draft"))
    (home / "situs" / "kim-anggrek" / "catatan.txt").write_text("milik orang", encoding="utf-8")
    code, told = site_of(home, capsys, "melati", "mawar")
    down = {one["story"]: one["code"] for one in told["left_out"] if one["taken_down"]}
    assert (code, down) == (1, {"kim-anggrek": "site.group_left", f"kim-mawar/{folder}": "site.draft"})
    found = pages(home)
    left = {name: found.pop(name) for name in [*found] if name.startswith("kim-anggrek/")}
    assert sorted(left) == [f"kim-anggrek/{folder}/index.html", "kim-anggrek/index.html"]
    assert (home / "situs" / "kim-anggrek" / "catatan.txt").is_file()
    notice = found.pop(f"kim-mawar/{folder}/index.html")
    for page, why in ((notice, "sedang menulis ulang"), *((page, "tidak lagi ikut") for page in left.values())):
        assert why in page
        assert '<meta name="robots" content="noindex">' in page
        assert "panen" not in page.casefold()
    assert "anggrek" not in "".join(found.values()).casefold()
    assert "padi di mawar" not in "".join(found.values())
    feed = (home / "situs" / "umpan.xml").read_text(encoding="utf-8")
    assert ("KIM Anggrek tidak lagi" in feed, "Berita tidak lagi dimuat – KIM Mawar" in feed) == (True, True)
    assert folder not in "".join(
        path.read_text(encoding="utf-8") for path in (home / "situs" / "kim-mawar" / "cari").glob("*")
    )
    assert site_of(home, capsys, "melati", "mawar")[1]["written"] == 0
    change(home, "mawar", lambda told: replace(told, status="published"))
    code, told = site_of(home, capsys)
    assert (code, told["stories"], "tidak lagi" in "".join(pages(home).values())) == (0, 3, False)


def test_whom_a_notice_would_name_leaves_nothing(home, capsys):
    name = change(home, "mawar", lambda told: replace(told, headline="Rina Melati Putri juara"))
    with open_workspace(home / "mawar") as workspace:
        rename_story(workspace, name, "2026-11-20-rina-melati-putri-juara", keep_old=False)
    site_of(home, capsys)
    assert "kim-mawar/2026-11-20-rina-melati-putri-juara/index.html" in pages(home)
    child = Person(id="p", name="Rina Melati Putri", protected=True)
    change(home, "anggrek", lambda told: replace(told, people=(child,)))
    assert site_of(home, capsys)[0] == 1
    assert "rina-melati" not in "\n".join(str(path) for path in (home / "situs").rglob("*"))
    assert not any(
        "rina" in path.read_text("utf-8").casefold() for path in (home / "situs").rglob("*.*") if path.is_file()
    )


def test_what_may_not_be_shown_is_gone_before_anything_is_made(home, capsys, monkeypatch):
    """Also from lists, also when the run ends there; and the next one begins with what a killed one left."""
    site_of(home, capsys)
    folder = change(home, "mawar", lambda told: replace(told, byline=()))
    change(home, "melati", lambda told: replace(told, headline="Panen raya"))
    monkeypatch.setattr(SiteWriter, "put_text", stop)  # pages are gone, lists are not written yet
    with pytest.raises(KeyboardInterrupt):
        build(home)
    assert f"kim-mawar/{folder}/index.html" not in pages(home)
    monkeypatch.undo()
    monkeypatch.setenv("KIM_STUDIO_HOME", str(home / "rumah"))
    monkeypatch.setattr(StoryExporter, "export", stop)
    with pytest.raises(KeyboardInterrupt):
        build(home)
    told = "".join((home / "situs" / name).read_text("utf-8") for name in ("index.html", "umpan.xml", "cari/b0.js"))
    assert (told.count("Warga panen padi") > 1, "KIM Mawar" in pages(home)["index.html"]) == (True, True)
    assert told.count(f"kim-mawar/{folder}") == 2, "link and name of the news that it came down"
    assert "memeriksa kembali" in pages(home)[f"kim-mawar/{folder}/index.html"]
    monkeypatch.undo()
    monkeypatch.setenv("KIM_STUDIO_HOME", str(home / "rumah"))
    assert site_of(home, capsys)[1]["stories"] == 2
    assert "Panen raya" in pages(home)["index.html"]


def test_a_page_that_shows_who_is_hidden_by_now_waits_for_no_export(home, capsys, monkeypatch):
    """What the story says now is harmless, what readers have is not. Who was hidden before stays as he is."""
    child = Person(id="p", name="Rina Puspita Dewi", protected=True)
    named = change(home, "mawar", lambda told: replace(told, headline="Rina Puspita Dewi juara"))
    change(home, "anggrek", lambda told: replace(told, people=(replace(child, name="Tono Wibowo Jati"),)))
    site_of(home, capsys)
    change(home, "mawar", lambda told: replace(told, headline="Siswa juara", people=(child,)))
    shown = change(home, "melati", lambda told: replace(told, people=(replace(child, name="Sari Ayu Lestari"),)))
    monkeypatch.setattr(StoryExporter, "export", stop)
    with pytest.raises(KeyboardInterrupt):
        build(home)
    told = {path: path.read_text("utf-8") for path in (home / "situs").rglob("*.*") if path.is_file()}
    assert not [path for path, text in told.items() if "Rina Puspita" in text]
    assert f"kim-melati/{shown}/index.html" not in pages(home), "a photo may show her, and has a cover only now"
    assert f"kim-anggrek/{named}/index.html" in pages(home)
    monkeypatch.undo()
    monkeypatch.setenv("KIM_STUDIO_HOME", str(home / "rumah"))
    code, after = site_of(home, capsys)
    assert (code, after["left_out"], "Siswa juara" in pages(home)[f"kim-mawar/{named}/index.html"]) == (0, [], True)


def test_lists_stand_when_this_computer_remembers_nothing(home, capsys, monkeypatch):
    site_of(home, capsys)
    shutil.rmtree(home / "rumah")
    folder = change(home, "mawar", lambda told: replace(told, byline=()))
    monkeypatch.setattr(StoryExporter, "export", stop)
    with pytest.raises(KeyboardInterrupt):
        build(home)
    found, site = pages(home), home / "situs"
    assert [found[name].count('<article class="kartu"') for name in ("index.html", "kim-mawar/index.html")] == [2, 0]
    assert folder not in found["index.html"].replace(f"kim-melati/{folder}", "").replace(f"kim-anggrek/{folder}", "")
    assert "melimpah" in (site / "cari" / "k0.js").read_text(encoding="utf-8")
    assert (site / "umpan.xml").read_text(encoding="utf-8").count("melimpah tahun ini") >= 2


def stop(*_told, **_named):
    raise KeyboardInterrupt


def build(home):
    """As the command, where an interrupt is not turned into an exit."""
    with ExitStack() as held:
        opened = [held.enter_context(open_workspace(home / name, write=False)) for name in GROUPS]
        return build_joint_site(opened, templates_dir(), TEXTS, home / "situs", SilentProgress())


def test_the_address_of_a_group_stays_when_it_is_renamed(home, capsys):
    with open_workspace(home / "mawar") as workspace:
        workspace.save_group(replace(workspace.group, name="KIM Anggrek"))
    site_of(home, capsys)
    assert "KIM Anggrek" in pages(home)["kim-mawar/index.html"]
    assert json.loads((home / "situs" / NOTED).read_text(encoding="utf-8"))["sites"].keys() == {
        "kim-melati",
        "kim-mawar",
        "kim-anggrek",
    }


def test_a_workspace_that_is_not_there_changes_nothing(home, capsys):
    before = pages(home)
    shutil.move(home / "mawar", home / "pergi")
    capsys.readouterr()
    assert run(home) == 1
    assert "mawar" in capsys.readouterr().err
    assert pages(home) == before


@pytest.mark.parametrize("out", [".", "mawar", "mawar/stories/keluar", "mawar/exports", "melati/exports/_situs"])
def test_a_site_lies_apart_from_every_workspace(home, capsys, out):
    """Whoever uploads its folder would upload original photos, contacts and consents with it."""
    before = sorted(home.rglob("*"))
    for others in ([], ["--also", home / "mawar"]):
        if out.startswith("melati") and not others:
            continue  # its own site
        words = ["export", home / "melati", *others, "--site", "--out", home / out]
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        assert (end.value.code, "ruang kerja" in capsys.readouterr().err) == (1, True)
    assert sorted(home.rglob("*")) == before


def test_an_address_names_a_computer_and_nothing_else():
    """What else is in it would stand on every page, or break each address below it."""
    right = (
        "kim.wanasari.go.id",
        "https://kim.go.id:8080/desa é/",
        "http://server",
        "http://[::1]/a",
        "https://é.id/@a",
    )
    assert all(shared_address(each) for each in right)
    assert shared_address(" ") == ""
    wrong = ("server", "http://", "https://kim.go.id:", "javascript:alert(1)", "https://siti:rahasia@kim.go.id")
    for each in (
        *wrong,
        "kim a",
        "https://kim.go.id?a=1",
        "https://kim.go.id/#a",
        "http://[::1",
        "https://kim.go.id:99999",
    ):
        with pytest.raises(UserError, match=r"site\.bad_address"):
            shared_address(each)


NAMES = st.lists(st.sampled_from(("Rina", "Melati", "Putri", "Siti", "Al", "Budi Santoso")), min_size=1, max_size=3)


@settings(max_examples=20, deadline=None)
@given(names=st.lists(NAMES, max_size=6), said=NAMES, glued=st.booleans())
def test_the_index_finds_whom_one_by_one_finds(names, said, glued):
    asked = [ProtectedNeighbour(Person(id=str(n), name=" ".join(name)), f"b/{n}") for n, name in enumerate(names)]
    story = Story(id="x", headline="Panen", body=("" if glued else " ").join(said))
    one_by_one = {each.person.name for each in find_likely_named(story, "x", asked)}
    assert {each.person.name for each in find_likely_named(story, "x", index_neighbours(asked))} == one_by_one

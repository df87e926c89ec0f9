"""A notice that is over: rules, gate, hand-out, website and commands say so by one function, each in its own way."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.export.running.story_exporter import StoryExporter
from studio.export.website.site_library import build_site
from studio.posts.catalog import load_catalog
from studio.posts.render_context import RenderContext
from studio.release.release_gate import judge_story, release_story
from studio.services.broadcast_programme import programme_of_today
from studio.services.hand_out import HandOuts
from studio.services.web_post import render_web_post
from studio.store.story_shelf import today_of
from studio.store.workspace import create_workspace
from studio.story.declarations import add_declaration
from studio.story.expiry import ASKED
from studio.story.model import Group, Publication, Story

TEXTS = MessageTexts(assets_dir() / "messages", "id")
GROUP = Group(id="g", name="KIM Uji", village="Sukamaju", time_zone="WIT")
OVER = Story(
    id="",
    kind="notice",
    status="published",
    headline="Posyandu Melati buka lagi",
    place="Balai Dusun Cibeureum",
    date="2026-11-28",
    valid_until="2026-11-28",
    byline=("Siti Aminah",),
    body="Ibu dan balita diundang.",
    publications=(Publication(outlet="mading", when="2026-11-20T08:00:00+07:00"),),
)
NEWS = Story(
    id="",
    status="published",
    headline="Warga perbaiki saluran",
    place="Sukamaju",
    date="2026-11-20",
    byline=("Siti Aminah",),
    body="Warga Sukamaju memperbaiki saluran irigasi.",
    publications=(Publication(outlet="mading", when="2026-11-20T09:00:00+07:00"),),
)


class Clock:
    """A moment that the test moves."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock():
    # Eleven at night on the 28th in Jakarta, one in the morning of the 29th in Jayapura.
    return Clock(datetime(2026, 11, 28, 16, tzinfo=UTC))


@pytest.fixture
def workspace(tmp_path, clock):
    with create_workspace(tmp_path / "w", GROUP, clock) as opened:
        yield opened


def codes(workspace, folder):
    verdict = judge_story(workspace.load(folder), GROUP, folder, today_of(workspace))
    return {finding.code for finding in (*verdict.blocks, *verdict.advice)}


def refusal(action):
    with pytest.raises(UserError) as caught:
        action()
    return caught.value.code


def test_it_leaves_by_no_way_until_somebody_asks(workspace, clock):
    folder, outs = workspace.add(OVER), HandOuts(workspace, templates_dir(), TEXTS)
    with StoryExporter(workspace, templates_dir(), TEXTS) as exporter:

        def export(**asked):
            (done,) = exporter.export([folder], ["whatsapp"], None, SilentProgress(), **asked)
            return done

        clock.now = datetime(2026, 11, 27, 3, tzinfo=UTC)
        assert export().error is None
        assert outs.ask(folder).files
        before = (workspace.exports_dir(folder) / "whatsapp" / "pesan.txt").read_text()
        clock.now = datetime(2026, 11, 28, 16, tzinfo=UTC)
        assert "declare_past_notice" in codes(workspace, folder)
        assert export().error.code == "publish.past"
        assert "28 November 2026" in TEXTS.explain(export().error)
        assert refusal(lambda: outs.ask(folder)) == refusal(lambda: release_story(workspace, folder, TEXTS))
        assert (workspace.exports_dir(folder) / "whatsapp" / "pesan.txt").read_text() == before  # nothing is lost

        assert export(past=True).error is None  # asked on the command line
        marked = (workspace.exports_dir(folder) / "whatsapp" / "pesan.txt").read_text()
        assert "PENGUMUMAN (SUDAH LEWAT)" in marked
        assert "LEWAT" not in before

        said = add_declaration(ASKED, "2026-11-29T02:00:00+09:00", "Siti")
        workspace.save(folder, said.apply(workspace.load(folder)))  # asked in the window
        assert "declare_past_notice" not in codes(workspace, folder)
        assert export().error is None
        assert outs.ask(folder).files

        workspace.save(folder, replace(workspace.load(folder), date="2026-12-05", valid_until="2026-12-05"))
        assert "declare_past_notice" not in codes(workspace, folder)
        clock.now = datetime(2026, 12, 6, 3, tzinfo=UTC)
        assert "declare_past_notice" in codes(workspace, folder)


def test_what_is_read_aloud_and_sent_to_wordpress_says_so_too(workspace, tmp_path):
    story = replace(OVER, service="posyandu", service_answers={"audience": "ibu & balita"})
    folder = workspace.add(add_declaration(ASKED, "2026-11-29T02:00:00+09:00", "Siti").apply(story))
    spoken = programme_of_today(workspace, TEXTS, [folder]).text
    assert "Catatan tentang hal yang sudah lewat" in " ".join(spoken.replace("/", " ").split())
    press = RenderContext(load_catalog(templates_dir()))
    post = render_web_post(workspace, folder, press, tmp_path, TEXTS, SilentProgress())
    for part in ("PENGUMUMAN (SUDAH LEWAT)", "Balai Dusun Cibeureum", "Untuk siapa:</strong> ibu &amp; balita"):
        assert part.casefold() in post.html.casefold(), part


def test_on_the_website_it_keeps_its_page_and_leaves_the_front_page(workspace, clock):
    workspace.add(NEWS)
    folder = workspace.add(replace(OVER, tags=("posyandu",)))
    clock.now = datetime(2026, 11, 27, 3, tzinfo=UTC)

    def built():
        site = build_site(workspace, templates_dir(), TEXTS, None, SilentProgress())
        assert site.left_out == ()
        return {name: (site.folder / name).read_text() for name in ("index.html", f"{folder}/index.html")}

    pages = built()
    assert OVER.headline in pages["index.html"]
    assert "Sudah lewat" not in pages[f"{folder}/index.html"]
    assert not (workspace.exports_dir("_situs") / "sudah-lewat.html").exists()

    clock.now = datetime(2026, 11, 28, 16, tzinfo=UTC)
    pages = built()
    assert OVER.headline not in pages["index.html"]
    assert NEWS.headline in pages["index.html"]
    assert "Sudah lewat." in pages[f"{folder}/index.html"]
    assert 'href="./sudah-lewat.html"' in pages["index.html"]
    listed = (workspace.exports_dir("_situs") / "sudah-lewat.html").read_text()
    assert OVER.headline in listed
    assert NEWS.headline not in listed
    # Feed readers and the search show neither kind nor kicker.
    assert (
        "<description>Sudah lewat. Ibu dan balita diundang."
        in (workspace.exports_dir("_situs") / "umpan.xml").read_text()
    )
    found = "".join(path.read_text() for path in (workspace.exports_dir("_situs") / "cari").iterdir())
    assert found.count("Sudah lewat. ") == 1
    (topic,) = (workspace.exports_dir("_situs") / "topik").glob("*.html")
    assert "Pengumuman (sudah lewat)" in topic.read_text()

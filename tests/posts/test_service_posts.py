"""What a notice's form was answered with reaches readers: card, status, notice board, site, texts, loudspeaker."""

from __future__ import annotations

import subprocess
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.checks.occasion_rules import check_occasion
from studio.export.running.story_exporter import StoryExporter
from studio.posts.catalog import load_catalog
from studio.posts.output_kinds import CardOutput
from studio.posts.render_context import RenderContext
from studio.posts.service_files import (
    find_service_kind,
    icon_shapes,
    kind_for_rules,
    load_service_kinds,
    own_kind_problems,
)
from studio.posts.svg import render_svg
from studio.posts.template_context import build_context
from studio.posts.text_posts import render_text
from studio.store.workspace import create_workspace
from studio.story.model import Group, Story
from studio.story.service_answers import answer_service, choose_service
from studio.story.service_draft import compose_notice, headline_proposals

GROUP = Group(name="KIM Uji", village="Desa Sukamaju", site="https://kim.example")
TODAY = date(2026, 11, 30)
ANSWERS = {
    "what": "Posyandu Melati",
    "when": "Selasa, 1 Desember 2026 pukul 08.00-11.00",
    "where": "di Balai Dusun Cibeureum",
    "audience": "balita dan ibu hamil",
    "terms": "Buku KIA; kartu BPJS",
    "cost": "gratis",
    "contact": "Kantor Desa Sukamaju",
}
TOLD = ("balita dan ibu hamil", "Buku KIA; kartu BPJS", "gratis", "Kantor Desa Sukamaju")
FACTS = ("1 Desember 2026", "08.00–11.00 WIB", "Balai Dusun Cibeureum")


def notice(workspace, service="posyandu", **answers) -> Story:
    kind = find_service_kind(workspace, service)
    story = choose_service(kind, GROUP, TODAY).apply(Story(id="", byline=("Siti Aminah",)))
    for name, text in (ANSWERS | answers).items():
        story = answer_service(kind, name, text, GROUP, TODAY).apply(story)
    return compose_notice(kind, headline_proposals(kind, story, GROUP)[0], GROUP).apply(story)


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """The files of a notice, as texts."""
    texts = MessageTexts(assets_dir() / "messages", "id")
    with create_workspace(
        tmp_path_factory.mktemp("layanan") / "w", GROUP, lambda: datetime(2026, 11, 30, tzinfo=UTC)
    ) as opened:
        folder = opened.add(replace(notice(opened.path), status="ready"))
        with StoryExporter(opened, templates_dir(), texts) as exporter:
            (done,) = exporter.export([folder], ("mading", "website", "whatsapp", "siaran"), None, SilentProgress())
        assert done.error is None
        assert done.problems == ()
        assert not done.draft
        yield opened.exports_dir(folder)


class PlainText(HTMLParser):
    """The words of the fact box of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.told = False, ""

    def handle_starttag(self, tag, attrs):
        self.inside = self.inside or (tag == "dl" and ("class", "fakta") in attrs)

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "dl"

    def handle_data(self, data):
        self.told += f" {data}" if self.inside else ""


def one_line(text):
    return " ".join(text.replace("\u00a0", " ").split())


def test_on_the_notice_board(exports):
    sheet = exports / "mading" / "mading.pdf"
    told = subprocess.run(["pdftotext", "-raw", sheet, "-"], capture_output=True, text=True, check=True).stdout
    for part in ("Untuk siapa: balita dan ibu hamil", "Yang dibawa: Buku KIA; kartu BPJS", "Biaya: gratis", *FACTS[1:]):
        assert part in one_line(told), part
    assert "POSYANDU" in told


def test_on_its_page(exports):
    page = PlainText()
    page.feed((exports / "website" / "index.html").read_text())
    for part in (*TOLD, *FACTS, "Narahubung"):
        assert part in one_line(page.told), part


def test_in_the_message_and_over_the_loudspeaker(exports):
    message = (exports / "whatsapp" / "pesan.txt").read_text()
    for part in (*TOLD, *FACTS):
        assert part in one_line(message), part
    spoken = one_line((exports / "siaran" / "pengeras.txt").read_text().replace("/", " "))
    for part in ("Untuk siapa: balita dan ibu hamil", "Biaya: gratis", "Kantor Desa Sukamaju"):
        assert part in spoken, part


def test_the_loudspeaker_tells_until_when_and_reads_a_place_alone_as_a_sentence(tmp_path):
    press = RenderContext(load_catalog(templates_dir()))
    where = {"when": "", "where": "di Konveksi Sumber Rejeki", "until": "2026-12-20", "employer": "Ibu Sulastri"}
    story = notice(tmp_path, "lowongan", **where)
    material = build_context(story, GROUP, press.catalog.labels, "x", service=find_service_kind(tmp_path, "lowongan"))
    pack = press.catalog.outlet("siaran")
    output = next(output for output in pack.outputs if output.file == "pengeras.txt")
    (file,) = render_text(press, pack, output, material).files
    told = one_line(file.text.replace("/", " "))
    assert "Berlaku sampai Minggu, dua puluh Desember" in told
    assert told.count("Tempat: Konveksi Sumber Rejeki") == 2
    assert ". di " not in told


def svg_words(svg):
    return {
        box.get("id"): box.get("data-text", "") for box in ElementTree.fromstring(svg).iter() if box.get("data-text")
    }


@pytest.mark.parametrize("outlet", ["whatsapp", "instagram", "telegram"])
def test_on_every_card_with_the_icon_of_the_kind(tmp_path, outlet):
    press = RenderContext(load_catalog(templates_dir()))
    story, kind = notice(tmp_path), find_service_kind(tmp_path, "posyandu")
    material = build_context(story, GROUP, press.catalog.labels, "x", service=kind)
    pack = press.catalog.outlet(outlet)
    for output in pack.outputs_of(CardOutput):
        svg = render_svg(press, pack, output, material, design="pengumuman")
        words = svg_words(svg)
        for part in (*TOLD, *FACTS):
            assert any(part in one_line(text) for text in words.values()), (output.file, part)
        assert words["jenis"] == "Posyandu"
        assert str(icon_shapes("baby"))[:40] in svg


@pytest.mark.parametrize("family", ["", "majalah", "tegas"])
def test_stripes_are_for_danger_to_life_until_it_is_over(tmp_path, family):
    press = RenderContext(load_catalog(templates_dir()))
    pack = press.catalog.outlet("instagram")

    def stripes(service: str, *, past: bool = False) -> int:
        told, kind = replace(notice(tmp_path), service=service, family=family), find_service_kind(tmp_path, service)
        material = build_context(told, GROUP, press.catalog.labels, "x", service=kind, past=past)
        svg = render_svg(press, pack, pack.card("kartu.jpg"), material, design="pengumuman")
        return svg.count("l34 -34h36l-34 34z") + svg.count("l18 -18h24l-18 18z")

    assert stripes("banjir") > 10
    assert (stripes("posyandu"), stripes("banjir", past=True)) == (0, 0)


def test_a_kind_that_is_not_known_here_shows_what_all_kinds_share(tmp_path):
    press = RenderContext(load_catalog(templates_dir()))
    story = replace(notice(tmp_path), service="kind-of-others", service_answers={"cost": "gratis", "iuran": "Rp5.000"})
    base = build_context(story, GROUP, press.catalog.labels, "x").base
    assert [(line["label"], line["text"]) for line in base["details"]] == [("Biaya", "gratis")]
    assert base["icon"] == ""


def test_every_kind_of_the_studio_can_be_read_and_drafts_what_was_answered(tmp_path):
    found = load_service_kinds(tmp_path)
    assert found.problems == ()
    assert len(found.kinds) >= 20
    for kind in found.kinds:
        asked = kind.asks["when"].ask.get("id", "") if "when" in kind.asks else ""
        assert kind.since is asked.startswith("Sejak"), kind.id
        story = choose_service(kind, GROUP, TODAY).apply(Story(id="s"))
        assert headline_proposals(kind, story, GROUP) == tuple(
            line for line in headline_proposals(kind, story, GROUP) if "  " not in line and "{" not in line
        )
        assert compose_notice(kind, "", GROUP).apply(story).body in {"", story.body}, kind.id
        for name in kind.fields:
            hint = kind.asks[name].hint.get("id", "") if name in kind.asks else ""
            text = "2026-12-20" if name == "until" else ANSWERS.get(name) or hint or "Kantor Desa"
            story = answer_service(kind, name, text, GROUP, TODAY).apply(story)
        proposals = headline_proposals(kind, story, GROUP)
        assert len(proposals) == 3, kind.id
        body = compose_notice(kind, proposals[0], GROUP).apply(story).body
        for name in kind.own_fields():
            part = story.service_answers[name].split(";")[0].rstrip(".")
            assert part.casefold() in body.casefold(), (kind.id, name)


def test_a_draft_of_another_day_than_the_fact_box_is_found_whatever_the_kind(tmp_path):
    other = {"facts_day_other"}
    for kind in load_service_kinds(tmp_path).kinds:
        if kind.kind == "factcheck" or "when" not in kind.fields:
            continue
        story = notice(tmp_path, kind.id)
        assert {f.code for f in check_occasion(story, GROUP, "2026-11-30")}.isdisjoint(other), kind.id
        moved = replace(story, date="2026-12-09", answers=replace(story.answers, when=""), headline="Pengumuman")
        found = {finding.code for finding in check_occasion(moved, GROUP, "2026-11-30")}
        assert other <= found, kind.id


def test_a_group_replaces_a_kind_also_by_a_broken_one(tmp_path):
    own = tmp_path / "services"
    own.mkdir()
    (own / "ronda.toml").write_text("fields = 3")
    (own / "posyandu.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError) as caught:
        find_service_kind(tmp_path, "ronda")
    assert caught.value.code == "service.wrong"
    assert {problem.code for problem in load_service_kinds(tmp_path).problems} == {"service.wrong", "service.encoding"}
    assert {problem.code for problem in own_kind_problems(tmp_path)} == {"service.wrong", "service.encoding"}
    assert find_service_kind(tmp_path, "../../x") is None
    assert find_service_kind(tmp_path, "") is None


def test_no_file_of_a_group_takes_the_official_source_from_a_disaster(tmp_path):
    own = tmp_path / "services"
    own.mkdir()
    words = 'name = {id = "Banjir"}\nicon = "waves-horizontal"\nfields = ["when", "where"]\n'
    (own / "banjir.toml").write_text(words + 'headlines = ["a", "b", "c"]\nbody = ["Banjir."]\n')
    kind = find_service_kind(tmp_path, "banjir")
    assert (kind.official, kind.fields, kind.body) == (True, ("when", "where", "source"), ("Banjir.",))
    (own / "banjir.toml").write_text("name = ")
    assert kind_for_rules(tmp_path, "banjir").official

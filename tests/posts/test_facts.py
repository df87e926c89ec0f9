"""When and where, of notices and events to come: in every card, text and page, as the fact box says."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from msgspec.structs import replace

from studio.posts.pages import render_page
from studio.posts.render_context import is_wanted
from studio.posts.svg import render_print, render_svg
from studio.posts.template_context import build_context
from studio.posts.text_posts import render_text
from studio.story.model import Story

PLACE = "Balai Dusun Cibeureum"
TELLING = {"pesan.txt", "kiriman.txt", "takarir.txt", "uraian.txt", "{n:02}.txt"}


def announced(kind):
    return Story(
        id="s",
        kind=kind,
        status="ready",
        headline="Posyandu Melati buka lagi",
        place=PLACE,
        date="2026-12-01",
        hours="08:00/11:00",
        byline=("Siti Aminah",),
        body="Ibu dan balita diundang.",
    )


def shown(svg):
    """The words an SVG has painted, with ordinary spaces."""
    texts = [box.get("data-text", "") for box in ET.fromstring(svg).iter() if box.get("class") == "kim-text"]
    return " | ".join(texts).replace("\u00a0", " ")


def outputs(press, kind):
    return [(outlet, output) for outlet in press.catalog.outlets for output in outlet.outputs if output.kind == kind]


@pytest.mark.parametrize("kind", ["notice", "event"])
def test_every_card_and_the_notice_board_show_day_hours_and_place(press, group, kind):
    material = build_context(announced(kind), group, press.catalog.labels)
    cards = [
        (f"{outlet.id}/{output.file}", shown(render_svg(press, outlet, output, material)))
        for outlet, output in outputs(press, "card")
        if is_wanted(output, material.story, quote=False)
    ]
    sheets = [
        (f"{outlet.id}/{output.file}", shown(render_print(press, outlet, output, material).first))
        for outlet, output in outputs(press, "print")
    ]
    assert len(cards) > 8
    assert sheets
    for name, words in (*cards, *sheets):
        if name == "siaran/naskah.pdf":  # written as it is read aloud
            assert "Selasa, / satu Desember dua ribu dua puluh enam, / pukul delapan sampai pukul sebelas" in words
            assert PLACE in words.replace(" /", "")
            continue
        assert "Selasa, 1 Desember 2026" in words, name
        assert "08.00–11.00 WIB" in words, name
        assert PLACE in words, name


@pytest.mark.parametrize("kind", ["notice", "event"])
def test_every_text_and_the_page_tell_them_too(press, group, kind):
    material = build_context(announced(kind), replace(group, village="Desa Sukamaju"), press.catalog.labels)
    made = [
        (
            f"{outlet.id}/{output.file}",
            " ".join(file.text for file in render_text(press, outlet, output, material).files),
        )
        for outlet, output in outputs(press, "text")
        if output.file in TELLING
    ]
    (outlet, output), *_ = outputs(press, "page")
    page = render_page(press, outlet, output, material).files[0].text
    made.append(("website", re.sub(r"<[^>]+>", " ", page)))
    assert len(made) > 6
    for name, words in made:
        assert "Selasa, 1 Desember 2026" in words, name
        assert "08.00–11.00 WIB" in words, name
        assert PLACE in words, name
        assert "BALAI DUSUN" not in words, name  # the dateline is the village
    assert "SUKAMAJU, " in made[-1][1]


def test_what_is_not_known_is_not_shown(press, group):
    story = replace(announced("notice"), date="", hours="", place="")
    material = build_context(story, group, press.catalog.labels)
    for outlet, output in outputs(press, "card"):
        if is_wanted(output, story, quote=False):
            words = shown(render_svg(press, outlet, output, material))
            assert not {"Hari, tanggal", "Pukul", "Tempat"} & set(words.split(" | "))


def test_news_has_no_fact_box(press, group):
    material = build_context(replace(announced("news"), hours=""), group, press.catalog.labels)
    assert material.base["facts"] == []
    assert material.base["dateline_place"] == PLACE

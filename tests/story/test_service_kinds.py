"""Files of kinds: each mistake is named; and what the lines of a draft become of answers that are there or not."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.story.model import Group, LeadAnswers, Story
from studio.story.service_draft import headline_proposals, service_body
from studio.story.service_kinds import read_service_kind

GOOD = """
name = {id = "Arisan", en = "Savings club"}
icon = "coins"
fields = ["what", "when", "where", "iuran"]
headlines = ["{what}[ di {where}][, {day}]", "[{day}: ]{what}", "Arisan di {where}"]
body = ["{what} diadakan[ di {where}][ pada {date}].", "## Iuran", "Iuran: {iuran}.", "Tempat: {where}."]
[asks.iuran]
ask = {id = "Berapa iurannya?"}
label = "Iuran"
"""
WRONG = {
    "service.toml": "name = ",
    "service.wrong": GOOD.replace('icon = "coins"', "icon = 3"),
    "service.format": "format = 9\n" + GOOD,
    "service.valid": 'valid = "besok"\n' + GOOD,
    "service.icon": GOOD.replace("coins", "../x"),
    "service.no_words": GOOD.replace('label = "Iuran"', ""),
    "service.field": GOOD.replace('"where", ', '"where", "where", '),
    "service.unknown": GOOD.replace("{iuran}", "{biaya}"),
    "service.brackets": GOOD.replace("[ di {where}]", "[ di {where}"),
}


@pytest.mark.parametrize("code", WRONG)
def test_a_mistake_is_named_with_its_file(code):
    with pytest.raises(UserError) as caught:
        read_service_kind(WRONG[code], "arisan")
    assert caught.value.code == code
    told = MessageTexts(assets_dir() / "messages", "id").explain(caught.value)
    assert "arisan.toml" in told


@pytest.mark.parametrize("line", ["Iuran {iuran.", "Iuran {{iuran}}.", "Iuran[ di [{where}]].", "Iuran {iuran}]."])
def test_brackets_that_readers_would_see_are_refused(line):
    with pytest.raises(UserError, match=r"service\.brackets|service\.unknown"):
        read_service_kind(GOOD.replace("Iuran: {iuran}.", line), "arisan")


def test_a_form_without_questions_is_none():
    with pytest.raises(UserError, match=r"service\.wrong"):
        read_service_kind('name = {id = "A"}\nicon = "x"\nfields = []\nheadlines = ["a", "b", "c"]\nbody = ["a"]', "a")


def test_a_field_of_its_own_comes_before_a_word_of_the_draft():
    toml = GOOD.replace('"iuran"]', '"iuran", "name"]') + '[asks.name]\nask = {id = "Nama?"}\nlabel = "Nama"\n'
    kind = read_service_kind(toml.replace("Iuran: {iuran}.", "Tuan rumah: {name}."), "arisan")
    story = Story(id="s", kind="notice", service="arisan", service_answers={"name": "Bu Siti"})
    assert "Tuan rumah: Bu Siti." in [block.text for block in service_body(kind, story, Group())]


def test_a_name_of_a_file_that_is_none():
    with pytest.raises(UserError, match=r"service\.id"):
        read_service_kind(GOOD, "Arisan PKK")


def test_lines_leave_out_what_nobody_answered():
    kind, group = read_service_kind(GOOD, "arisan"), Group(village="Desa Sukamaju")
    story = Story(id="s", kind="notice", service="arisan")
    assert headline_proposals(kind, story, group) == ()
    assert service_body(kind, story, group) == ()
    told = replace(story, answers=LeadAnswers(what="arisan PKK"))
    assert headline_proposals(kind, told, group) == ("Arisan PKK",)
    assert [block.text for block in service_body(kind, told, group)] == ["Arisan PKK diadakan."]
    placed = replace(told, place="rumah Bu Siti")  # no heading over what does not belong to it
    assert [block.kind for block in service_body(kind, placed, group)] == ["paragraph", "paragraph"]
    more = replace(told, date="2026-12-01", place="rumah Bu Siti", service_answers={"iuran": "Rp20.000"})
    assert headline_proposals(kind, more, group) == (
        "Arisan PKK di rumah Bu Siti, Selasa 1 Desember",
        "Selasa 1 Desember: arisan PKK",
        "Arisan di rumah Bu Siti",
    )
    assert [block.text for block in service_body(kind, more, group)] == [
        "Arisan PKK diadakan di rumah Bu Siti pada Selasa, 1 Desember 2026.",
        "Iuran",
        "Iuran: Rp20.000.",
        "Tempat: rumah Bu Siti.",
    ]

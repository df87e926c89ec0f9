"""Of a disaster an official source of the last 24 hours is asked for; of every kind its required answers."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from studio.checks.service_rules import check_service
from studio.posts.service_files import find_service_kind
from studio.story.model import Group, Publication, Story

FLOOD = Story(
    id="b",
    kind="notice",
    service="banjir",
    headline="Banjir di Krajan",
    place="Dusun Krajan",
    date="2026-11-30",
    service_answers={"contact": "BPBD 112", "source": "BPBD Pacitan, 30 November 2026 pukul 06.00 WIB"},
)
NOW = "2026-11-30T10:00:00+07:00"


@pytest.fixture(scope="module")
def flood(tmp_path_factory):
    return find_service_kind(tmp_path_factory.mktemp("w"), "banjir")


def codes(kind, story, now=NOW, zone="WIB"):
    return [(found.code, found.level) for found in check_service(story, Group(time_zone=zone), kind, now)]


def sourced(text):
    return replace(FLOOD, service_answers={**FLOOD.service_answers, "source": text})


@pytest.mark.parametrize(
    ("source", "now", "code"),
    [
        ("BPBD Pacitan, 30 November 2026 pukul 06.00 WIB", NOW, ""),
        ("BPBD Pacitan, 30 November 2026 pukul 06.00 WIB", "2026-12-01T06:00:00+07:00", ""),
        ("BPBD Pacitan, 30 November 2026 pukul 06.00 WIB", "2026-12-01T06:01:00+07:00", "service_source_old"),
        ("BMKG (29/11/2026) pukul 14.00", NOW, ""),
        ("BMKG 28/11/2026 pukul 14.00", NOW, "service_source_old"),
        ("BMKG 28/11/2026 pukul 14.00, diperbarui 30/11/2026 pukul 08.00", NOW, ""),
        ("BMKG 28/11/2026 pukul 14.00, akan diperbarui", NOW, "service_source_old"),
        ("BMKG, 30 November 2026 pukul 20.00", NOW, "service_source_ahead"),
        ("BMKG, hari ini pukul 06.00", NOW, "service_source_undated"),
        ("BMKG, 30 November 2026", NOW, "service_source_undated"),
        ("BMKG", NOW, "service_source_undated"),
        ("", NOW, "service_no_source"),
        ("BPBD, 29 November 2026 pukul 06.00", "2026-11-30", ""),  # only the day is known
        ("BPBD, 28 November 2026 pukul 06.00", "2026-11-30", "service_source_old"),
    ],
)
def test_the_official_source(flood, source, now, code):
    assert codes(flood, sourced(source), now) == ([(code, "block")] if code else [])


def test_the_hour_is_that_of_the_group_unless_it_says_another_zone(flood):
    story = sourced("BPBD, 29 November 2026 pukul 11.30")
    assert codes(flood, story, zone="WIT") == [("service_source_old", "block")]
    assert codes(flood, story, zone="WIB") == []


def test_today_is_mended_by_its_date(flood):
    (found,) = check_service(sourced("BMKG, hari ini pukul 06.00"), Group(), flood, NOW)
    assert [fix.text for fix in found.fixes] == ["30 November 2026"]
    text = "BMKG, hari ini pukul 06.00"
    (fix,) = found.fixes
    assert text[fix.place.start : fix.place.end].strip() == "hari ini"


def test_what_has_appeared_is_only_advised(flood):
    told = replace(sourced("BMKG"), status="published", publications=(Publication(outlet="mading", when="2026-11-30"),))
    assert codes(flood, told) == [("service_source_undated", "advice")]


def test_required_answers(flood):
    bare = Story(id="b", kind="notice", service="banjir")
    assert codes(flood, bare)[:3] == [("service_missing", "warning")] * 3
    assert codes(flood, replace(bare, service="posyandu")) == []  # another kind than this
    assert codes(None, FLOOD) == []

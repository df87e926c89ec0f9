"""Answers of a notice's form: since when something is so lies in the past; the end of use follows the day."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from studio.story.model import Group, LeadAnswers, Story
from studio.story.service_answers import answer_service, choose_service, end_of_use
from studio.story.service_draft import headline_proposals, service_body
from studio.story.service_kinds import read_service_kind

MONDAY = date(2026, 11, 30)
WORDS = """
name = {id = "Hilang"}
icon = "search"
fields = ["what", "when", "where"]
headlines = ["Dicari: {what}", "{what} hilang[ sejak {day}]", "{what}"]
body = ["{what} hilang[ sejak {when}]."]
"""
MISSING = read_service_kind('since = true\nvalid = "event+1"\n' + WORDS, "hilang")
COMING = read_service_kind('valid = "event+1"\n' + WORDS, "datang")
CHECK = read_service_kind('since = true\nkind = "factcheck"\nvalid = "none"\n' + WORDS, "cek")


def answered(kind, when, created="2026-11-30T08:00:00+07:00", zone="WIB"):
    group = Group(village="Desa Sukamaju", time_zone=zone)
    story = choose_service(kind, group, MONDAY).apply(Story(id="s", created=created))
    for end in range(1, len(when) + 1):  # as it is typed
        story = answer_service(kind, "when", when[:end], group, MONDAY).apply(story)
    return story


@pytest.mark.parametrize(
    ("when", "past", "coming"),
    [
        ("Minggu pukul 06.00", "2026-11-29", "2026-12-06"),
        ("Sabtu malam", "2026-11-28", "2026-12-05"),
        ("hari ini pukul 05.00", "2026-11-30", "2026-11-30"),
        ("kemarin sore", "2026-11-29", "2026-11-29"),
        ("Jumat dini hari", "2026-11-27", "2026-12-04"),
        ("tanggal 25", "2026-11-25", "2026-12-25"),
    ],
)
def test_since_when_is_the_last_such_day(when, past, coming):
    assert answered(MISSING, when).date == past
    assert answered(COMING, when).date == coming


def test_a_kind_chosen_after_the_answer_reads_it_its_own_way():
    told = Story(id="s", kind="news", answers=LeadAnswers(when="Minggu pagi"), created="2026-11-30T08:00:00+07:00")
    group = Group(village="Desa Sukamaju")
    assert choose_service(MISSING, group, MONDAY).apply(told).date == "2026-11-29"
    assert choose_service(COMING, group, MONDAY).apply(told).date == "2026-12-06"


def test_what_began_before_the_notice_is_of_use_from_the_notice_on():
    assert answered(MISSING, "Jumat").valid_until == "2026-12-01"
    assert answered(COMING, "Jumat").valid_until == "2026-12-05"


@pytest.mark.parametrize(("zone", "until"), [("WIB", "2026-11-30"), ("WITA", "2026-12-01"), ("WIT", "2026-12-01")])
def test_today_is_the_day_of_the_group(zone, until):
    kind = replace(MISSING, valid="today+1")
    # Half past eleven at night in Jakarta.
    story = Story(id="s", created="2026-11-29T23:30:00+07:00")
    assert end_of_use(kind, story, Group(time_zone=zone), MONDAY) == until


def test_a_fact_check_tells_since_when_the_claim_goes_round_and_not_its_own_day():
    story = replace(answered(CHECK, "Sabtu malam"), answers=LeadAnswers(what="Kambing", when="Sabtu malam"))
    assert story.date == "2026-11-30"
    assert [block.text for block in service_body(CHECK, story, Group())] == ["Kambing hilang sejak Sabtu malam."]
    notice = replace(answered(MISSING, "Sabtu malam"), answers=LeadAnswers(what="Kambing", when="Sabtu malam"))
    assert "Kambing hilang sejak Sabtu 28 November" in headline_proposals(MISSING, notice, Group())

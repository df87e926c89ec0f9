"""Notices and events: the fact box against answers and text, and days that have passed."""

from __future__ import annotations

import pytest

from studio.checks.all_checks import check_story
from studio.checks.occasion_rules import check_occasion
from studio.story.mending import replace_words, text_at
from studio.story.model import Group, LeadAnswers, Publication, Story

TODAY = "2026-11-23"
GROUP = Group(name="KIM", village="Desa Sukamaju")
BODY = "Posyandu dilaksanakan di Balai Dusun Cibeureum, Selasa, 1 Desember 2026, pukul 08.00 sampai 11.00 WIB."
RIGHT = {"date": "2026-12-01", "hours": "08:00/11:00", "place": "Balai Dusun Cibeureum", "body": BODY}


def notice(**fields):
    answers = LeadAnswers(**fields.pop("answers", {}))
    kind = fields.pop("kind", "notice")
    return Story(id="s", kind=kind, created="2026-11-23T08:00:00+07:00", answers=answers, **(RIGHT | fields))


def codes(story, today=TODAY, level="block"):
    return [finding.code for finding in check_occasion(story, GROUP, today) if finding.level == level]


def test_a_box_that_says_today_and_the_village_is_stopped():
    """The fault as it was: card, status and notice board said so, and nothing was found."""
    answers = {"when": "Selasa, 1 Desember 2026, pukul 08.00 sampai 11.00 WIB", "where": "Balai Dusun Cibeureum"}
    story = notice(date=TODAY, hours="", place="Sukamaju", answers=answers)
    found = {finding.code for finding in check_story(story, GROUP, today=TODAY) if finding.level == "block"}
    assert {"facts_day_other", "facts_place_other"} <= found
    assert codes(notice(answers=answers)) == []


@pytest.mark.parametrize("kind", ["notice", "event"])
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"headline": "Posyandu Rabu (2/12)"}, "facts_day_other"),
        ({"headline": "Posyandu hari Rabu"}, "facts_day_other"),
        ({"summary": "Digelar 2 Desember."}, "facts_day_other"),
        ({"body": BODY.replace("Selasa, 1", "Rabu, 2")}, "facts_day_other"),
        ({"body": BODY.replace("1 Desember", "1-3 Desember")}, "facts_day_other"),
        ({"body": "Undangan warga.\n\nHari/Tanggal: Rabu, 2 Desember 2026"}, "facts_day_other"),
        ({"body": "Undangan warga.\n\nPosyandu digelar Rabu (2/12/2026) di dusun."}, "facts_day_other"),
        ({"answers": {"when": "Rabu pagi"}}, "facts_day_other"),
        ({"answers": {"when": "daftar sampai 30 November, acara 2 Desember"}}, "facts_day_other"),
        ({"answers": {"when": "nanti malam jam 8"}}, "facts_hours_other"),
        ({"answers": {"what": "Posyandu 2 Desember 2026"}}, "facts_day_other"),
        ({"body": BODY.replace("08.00", "09.00")}, "facts_hours_other"),
        ({"body": BODY.replace("11.00", "12.00")}, "facts_hours_other"),
        ({"answers": {"when": "Selasa, 1 Desember, jam 8 malam"}}, "facts_hours_other"),
        ({"body": "Undangan warga.\n\nWaktu: 09.00 WIB"}, "facts_hours_other"),
        ({"body": BODY.replace("08.00 sampai 11.00 WIB", "08.00 WITA")}, "facts_hours_other"),
        ({"body": BODY.replace("Cibeureum", "Cikupa")}, "facts_place_other"),
        ({"headline": "Posyandu di Lapangan Cikupa"}, "facts_place_other"),
        ({"body": "Undangan warga.\n\nTempat: Balai Desa Sukamaju"}, "facts_place_other"),
        ({"answers": {"where": "di Aula Kecamatan"}}, "facts_place_other"),
    ],
)
def test_another_day_hour_or_place_stops_it(kind, fields, code):
    assert codes(notice(kind=kind, **fields)) == [code]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"headline": "Posyandu buka lagi Selasa (1/12)"},
        {"headline": "Posyandu setiap Rabu pekan pertama"},
        {"date_end": "2026-12-03", "body": "Digelar Selasa-Kamis, 1-3 Desember 2026."},
        {"date_end": "2026-12-03", "body": "Digelar mulai Selasa (1/12) pukul 08.00."},
        {"body": f"{BODY}\n\nWarga mendaftar paling lambat Kamis (26/11/2026) pukul 14.00 WIB di Balai Desa Sukamaju."},
        {"body": f"{BODY}\n\n“Silakan datang,” kata Bidan Sri, Jumat (20/11/2026)."},
        {"body": f"{BODY}\n\n- Dusun Krajan: pukul 08.00–09.00 WIB\n- Dusun Sumber: pukul 09.00–11.00 WIB"},
        {"body": "Layanan KTP keliling hadir di halaman balai dusun. Biaya Rp12.000."},
        {"body": BODY.replace("di Balai Dusun Cibeureum", "di Balai Dusun Cibeureum, Desa Sukamaju")},
        {"hours": "bakda Isya", "body": BODY},
        {"kind": "news", "date": "2026-11-20"},
        {"answers": {"when": "besok", "where": "balai dusun cibeureum"}},
    ],
)
def test_harmless_notices_pass(fields):
    assert codes(notice(**fields)) == []


@pytest.mark.parametrize("code", ["facts_day_other", "facts_hours_other", "facts_place_other"])
def test_each_way_out_settles_it(code):
    wrong = {"body": BODY.replace("Selasa, 1", "Rabu, 2").replace("08.00", "09.00").replace("Cibeureum", "Cikupa")}
    story = notice(**wrong)
    (finding,) = [each for each in check_occasion(story, GROUP, TODAY) if each.code == code]
    assert len(finding.fixes) == 2
    assert {fix.place.field for fix in finding.fixes} == {finding.place.field, finding.fixes[0].place.field}
    for fix in finding.fixes:
        before = text_at(story, fix.place.field)
        expected = before[fix.place.start : fix.place.end] if fix.place.end else before
        assert code not in codes(replace_words(fix.place, fix.text, expected).apply(story))


def test_an_empty_box_beside_a_text_that_says_it_is_offered_to_be_filled():
    answers = {"when": "Selasa, 1 Desember 2026 pukul 08.00", "where": "Balai Dusun"}
    story = notice(date="", hours="", place="", answers=answers)
    found = [f for f in check_occasion(story, GROUP, TODAY) if f.level == "warning"]
    assert [f.code for f in found] == ["facts_place_missing", "facts_day_missing", "facts_hours_missing"]
    assert [(f.fixes[0].place.field, f.fixes[0].text) for f in found] == [
        ("place", "Balai Dusun"),
        ("date", "2026-12-01"),
        ("hours", "08:00"),
    ]


def test_a_day_gone_by_is_not_offered_for_an_empty_box():
    story = notice(date="", hours="", place="", body="Vaksinasi digelar tiap Rabu. Dosis lalu diberikan Rabu (4/11).")
    assert codes(story, level="warning") == []


def test_a_day_that_has_passed_stops_what_was_not_published():
    assert codes(notice(), "2026-12-01") == []
    assert codes(notice(), "2026-12-02") == ["facts_day_passed"]
    assert codes(notice(date_end="2026-12-02", body=""), "2026-12-02") == []
    assert codes(notice(valid_until="2026-12-10"), "2026-12-02") == []
    assert codes(notice(valid_until="2026-12-01"), "2026-12-02") == ["facts_day_passed"]


def test_the_end_of_use_is_no_other_day_and_not_before_the_day():
    assert codes(notice(valid_until="2026-11-20"), level="warning") == ["facts_end_early"]
    told = {"headline": "Lowongan penjahit, lamaran sampai 20 Desember", "valid_until": "2026-12-20"}
    assert codes(notice(date="", hours="", place="", body="", **told), level="warning") == []
    assert codes(notice(headline="PBB: bayar paling lambat 20 Desember", valid_until="2026-12-20")) == []


def test_a_health_post_that_is_opened_and_a_road_that_is_closed_name_their_day():
    for words in ("Posyandu dibuka di Balai Dusun Cibeureum pada Rabu, 2 Desember", "Jalan Krajan ditutup 2 Desember"):
        assert codes(notice(body=f"{words}.")) == ["facts_day_other"]
    for words in ("Pendaftaran dibuka 24 November, ditutup 28 November", "Usulan ditutup Sabtu, 28 November"):
        assert codes(notice(body=f"{words}. {BODY}")) == []
    assert codes(notice(status="published"), "2026-12-02") == []
    assert codes(notice(publications=(Publication(outlet="mading", when="2026-11-25"),)), "2026-12-02") == []
    assert codes(notice(kind="news"), "2026-12-02") == []


def test_over_the_turn_of_the_year():
    story = notice(date="2027-01-02", hours="", body="Digelar Sabtu (2/1) di Balai Dusun Cibeureum.")
    assert codes(story, "2026-12-28") == []
    assert codes(story, "2027-01-03") == ["facts_day_passed"]

"""Weekdays and dates that do not fit: what is found, and which fix is offered when."""

from __future__ import annotations

from datetime import date

import pytest

from studio.checks.all_checks import check_story
from studio.checks.days import check_days
from studio.story.model import Group, Photo, Story

NEAR = date(2026, 11, 23)


def found(text, near=NEAR):
    return [(mark.code, text[mark.start : mark.end], mark.fixes) for mark in check_days(text, near)]


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Rapat digelar Senin (28/12).", date(2027, 1, 2)),
        ("Rapat digelar Jumat (1/1).", date(2026, 12, 20)),
        ("Rapat digelar Kamis, 31 Desember.", date(2027, 1, 5)),
        ("Dibuka malam Minggu, 28 November 2026.", NEAR),
        ("Dibuka Sabtu malam (28/11/2026).", NEAR),
        ("Senin-Rabu, 23-25 November 2026.", NEAR),
        ("Jumat'at, 27 November 2026.", NEAR),
        ("Warga RT 31/04 dan 30/02.", NEAR),
        ("Digelar Senin-Rabu (23-25/11).", NEAR),
        ("Digelar Senin, Rabu, dan Jumat (23, 25, dan 27/11).", NEAR),
        ("Digelar Senin, Selasa, dan Rabu (23–25/11).", NEAR),
        ("Digelar Selasa dan Kamis, 24 dan 26 November 2026.", NEAR),
        ("Sabtu malam hingga Minggu dini hari (21-22/11).", NEAR),
        ("Kongres Sabtu, 27 Oktober, hingga Minggu, 28 Oktober 1928.", NEAR),
        ("Pada 1998 warga berjaga. Kamis, 21 Mei, kabar itu sampai.", NEAR),
        ("Musim tanam dimulai Selasa (3/3).", NEAR),
        ("Tim menang pada Sabtu (25-18, 21-15).", NEAR),
        ("Digelar 1-3 Desember 2026 (Selasa-Kamis).", NEAR),
        ("Balita usia 5 bulan 2 minggu, Senin (23/11).", NEAR),
    ],
)
def test_what_is_right_is_left_alone(text, near):
    assert found(text, near) == []


@pytest.mark.parametrize(
    ("text", "words", "fixes"),
    [
        ("Pada hari Rabu tanggal 22 November 2026.", "hari Rabu tanggal 22 November 2026", ("Minggu", "25")),
        ("Acara Sabtu, 22-11-2026.", "Sabtu, 22-11-2026", ("Minggu, 22-11-2026", "Sabtu, 21-11-2026")),
        ("Acara Rabu 17.6.2021.", "Rabu 17.6.2021", ("Kamis 17.6.2021", "Rabu 16.6.2021")),
        (
            "Acara 1 Desember 2026 (Rabu).",
            "1 Desember 2026 (Rabu)",
            ("1 Desember 2026 (Selasa)", "2 Desember 2026 (Rabu)"),
        ),
        ("Acara 1 Desember 2026, hari Rabu.", "1 Desember 2026, hari Rabu", ("hari Selasa", "2 Desember")),
        ("Acara Rabu (08/12).", "Rabu (08/12)", ("Selasa (08/12)", "Rabu (09/12)")),
        ("Acara Ahad, 21 November 2026.", "Ahad, 21 November 2026", ("Sabtu, 21 November 2026", "Minggu, 22")),
    ],
)
def test_a_weekday_or_a_date_is_wrong_and_each_fix_is_right_in_itself(text, words, fixes):
    ((code, marked, offered),) = found(text)
    assert (code, marked, len(offered)) == ("language_weekday", words, 2)
    assert all(part in fix for part, fix in zip(fixes, offered, strict=True))
    assert all(not found(fix) for fix in offered)


def test_a_year_that_is_told_or_near_does_not_excuse_a_wrong_weekday():
    assert found("Pada 2026 warga bekerja, Senin (22/11).")
    assert found("Rapat digelar Selasa (28/12).", date(2027, 1, 2))


def test_what_the_story_says_settles_it():
    assert found("Rapat digelar Senin (22/11).", date(2026, 11, 22))[0][2] == ("Minggu (22/11)",)
    assert found("Rapat digelar Minggu (23/11).", date(2026, 11, 22))[0][2] == ("Minggu (22/11)",)
    (_, _, fixes) = found("Rapat digelar Sabtu (2/1/2026).", date(2027, 1, 2))[0]
    assert fixes == ("Sabtu (2/1/2027)",)


@pytest.mark.parametrize(
    ("text", "fixes"),
    [
        ("Panen raya 31 April.", ()),
        ("Panen raya 30 Februari 2026.", ()),
        ("Panen raya Kamis, 31 April 2026.", ("Kamis, 30 April 2026",)),
        ("Panen raya Senin (31/11/2026).", ("Senin (30/11/2026)",)),
    ],
)
def test_dates_that_do_not_exist(text, fixes):
    assert [(code, offered) for code, _, offered in found(text)] == [("language_no_date", fixes)]


def test_a_story_of_january_may_tell_of_december():
    photo = Photo(id="p", file="a.jpg", caption="Warga bergotong royong, Senin (28/12).")
    story = Story(
        id="s", headline="Talut selesai", date="2027-01-02", body="Senin (28/12) warga bekerja.", photos=(photo,)
    )
    assert not [f for f in check_story(story, Group()) if f.code in {"language_weekday", "language_no_date"}]

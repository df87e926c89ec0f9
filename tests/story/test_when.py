"""Days and hours in all the forms people write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.base.locale_forms import MONTHS
from studio.story.date_formats import full_date, news_date, short_date
from studio.story.date_reading import date_near, read_days, weekday_of
from studio.story.hour_reading import hours_in_words, parse_hours, read_hours, shown_hours, typed_hours

NOW = date(2026, 11, 23)  # a Monday
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 3)  # a Tuesday
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


def days_in(text, *, near=NOW, lean="future", loose=True):
    return [(made.first, made.last) for made in read_days(text, near, lean, loose=loose)]


@pytest.mark.parametrize(
    "text",
    [
        "Selasa, 1 Desember 2026",
        "selasa 1 desember 2026",
        "Hari/Tanggal : Selasa, 1 Desember 2026",
        "hari Selasa tanggal 1 Desember 2026",
        "Selasa, tgl. 1 Des. 2026",
        "Selasa (1/12/2026)",
        "Selasa (01/12)",
        "Selasa pagi (1/12/2026)",
        "Selasa Wage, 1 Desember 2026",
        "1 Des",
        "1 Desember '26",
        "01/12/2026",
        "1-12-2026",
        "1.12.2026",
        "1-12-26",
        "1/12",
        "01 - 12 - 2026",
        "1-Des-2026",
        "2026-12-01",
        "tanggal satu Desember dua ribu dua puluh enam",
        "Selasa tanggal satu bulan Desember tahun dua ribu dua puluh enam",
        "tanggal 1",
        "tgl 1 bulan depan",
        "Selasa minggu depan",
        "Selasa pekan depan",
        "8 hari lagi",
        "delapan hari lagi",
        "Dusun Cibeureum,1 Desember 2026",
        "Selasa 1Desember2026",
        "tanggal 1 bulan 12",
        "tanggal 1 bulan 12 tahun 2026",
        "1 Desember 2026 (Selasa)",
        "1 Desember 2026, hari Selasa",
        "minggu depan hari Selasa",
    ],
)
def test_one_day(text):
    assert days_in(text) == [(FIRST, FIRST)]


@pytest.mark.parametrize(
    "text",
    [
        "1-3 Desember 2026",
        "1–3 Desember",
        "1 s.d. 3 Desember 2026",
        "1 s/d 3 Des '26",
        "1 sampai dengan 3 Desember 2026",
        "tanggal 1 Desember hingga tanggal 3 Desember 2026",
        "Selasa-Kamis, 1-3 Desember 2026",
        "Selasa 1 - Kamis 3 Desember 2026",
        "Selasa, 1 Desember – Kamis, 3 Desember 2026",
        "Selasa (1/12) sampai Kamis (3/12)",
        "1, 2, dan 3 Desember 2026",
        "1/12/2026 - 3/12/2026",
        "1-3/12/2026",
        "tanggal 1-3",
        "Selasa sampai Kamis pekan depan",
    ],
)
def test_days_in_a_row(text):
    assert days_in(text) == [(FIRST, LAST)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("30 November-2 Desember 2026", date(2026, 11, 30), date(2026, 12, 2)),
        ("28 Desember–2 Januari", date(2026, 12, 28), date(2027, 1, 2)),
        ("28 Desember–2 Januari 2027", date(2026, 12, 28), date(2027, 1, 2)),
        ("30/12/2026 s.d. 3/1/2027", date(2026, 12, 30), date(2027, 1, 3)),
    ],
)
def test_days_over_the_end_of_a_month_or_year(text, first, last):
    assert days_in(text) == [(first, last)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hari ini", 23),
        ("nanti malam pukul 19.30", 23),
        ("besok", 24),
        ("Besok pagi jam 8", 24),
        ("lusa", 25),
        ("kemarin", 22),
        ("Minggu depan", 29),
        ("hari minggu depan", 29),
        ("minggu pagi", 29),
        ("Senin depan", 30),
        ("Senin lalu", 16),
        ("Jumat malam", 27),
        ("malam Jumat", 26),
        ("Senin", 23),
        ("tanggal 25", 25),
    ],
)
def test_days_told_from_now(text, day):
    (found,) = read_days(text, NOW, "future", loose=True)
    assert (found.first, found.exact) == (date(2026, 11, day), False)


@pytest.mark.parametrize(
    "text",
    ["minggu depan", "1/2 hektare", "RT 03/05", "17.6", "Rp1.250.000", "0812-3456-7890", "pukul 08.00", "24/7", "3-1"],
)
def test_what_is_no_date(text):
    assert days_in(text, loose=False) == []


def test_two_days_that_do_not_follow_one_another_are_two():
    assert days_in("1 dan 8 Desember 2026") == [(FIRST, FIRST), (date(2026, 12, 8), date(2026, 12, 8))]


@pytest.mark.parametrize("text", ["31 April", "Jumat, 31 April 2026", "30/2/2026", "29 Februari 2027", "31-11-2026"])
def test_dates_that_no_calendar_has(text):
    assert days_in(text) == [(None, None)]


@given(DAYS, st.integers(-170, 170))
def test_a_date_without_a_year_is_in_the_year_nearest_to_the_story(day, away):
    near = day + timedelta(away)
    if (day.month, day.day) != (2, 29):
        assert date_near(day.day, day.month, near) == day
        assert days_in(f"{weekday_of(day)} ({day.day}/{day.month})", near=near, loose=False) == [(day, day)]


@given(DAYS)
def test_what_posts_print_is_read_back(day):
    iso = day.isoformat()
    for shown in (full_date(iso), news_date(iso), f"{day.day} {MONTHS[day.month - 1]} {day.year}", iso):
        (found,) = read_days(shown, NOW)
        assert (found.first, found.last, found.fits, (found.start, found.end)) == (day, day, True, (0, len(shown)))
    assert days_in(f"pada {short_date(iso)}.", loose=False) == [(day, day)]


@given(st.text(max_size=80))
def test_any_text_can_be_read(text):
    for found in (*read_days(text, NOW, loose=True), *read_hours(text, loose=True)):
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize("part", ["1, ", "Senin ", "Senin, (", "1-", "tanggal ", " "])
def test_odd_texts_are_read_in_time_that_grows_with_their_length(part):
    """These took minutes: what looks like the beginning of a date, over and over."""
    text = part * (20_000 // len(part)) + "Selasa, 1 Desember 2026, pukul 08.00"
    assert read_days(text, NOW, loose=True)[-1].first == FIRST
    assert read_hours(text, loose=True)[-1].value == "08:00"


# ------------------------------------------------------------------------------------------------ hours


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("pukul 08.00 sampai 11.00 WIB", "08:00/11:00"),
        ("08.00-11.00", "08:00/11:00"),
        ("pukul 08.00–11.00 WIB", "08:00/11:00"),
        ("pkl 08.00 wib s/d 11.00 wib", "08:00/11:00"),
        ("dari jam 8 sampai jam 11", "08:00/11:00"),
        ("jam 8-11 pagi", "08:00/11:00"),
        ("jam 8 pagi", "08:00"),
        ("jam delapan pagi", "08:00"),
        ("8 pagi", "08:00"),
        ("8.30", "08:30"),
        ("jam 8 lewat 15", "08:15"),
        ("setengah delapan malam", None),
        ("jam setengah delapan malam", "19:30"),
        ("pukul 19.30 WIB s.d. selesai", "19:30/.."),
        ("jam 4 sore sampai selesai", "16:00/.."),
        ("jam 7-9 malam", "19:00/21:00"),
        ("jam 11-1 siang", "11:00/13:00"),
        ("jam 8 pagi sampai jam 2 siang", "08:00/14:00"),
        ("jam 10 malam sampai 3 pagi", "22:00/03:00"),
        ("jam 12 siang", "12:00"),
        ("nanti malam jam 8", "20:00"),
        ("malam Minggu jam 7", "19:00"),
        ("Sabtu malam, 28 November 2026, pukul 7.30", "19:30"),
        ("malam Jumat Kliwon, 3 Desember, jam 8", "20:00"),
        ("Selasa sore jam 4", "16:00"),
        ("jam 7, Sabtu malam", "19:00"),
        ("jam 8 malem", "20:00"),
        ("siang jam 11 sampai jam 2", "11:00/14:00"),
        ("pagi jam 9 sampai siang jam 1", "09:00/13:00"),
        ("Sabtu malam pukul 19.30", "19:30"),
        ("Selasa malam rapat, Rabu jam 8", "08:00"),
        ("pukul 09.00 WIB/10.00 WITA/11.00 WIT", "09:00"),
        ("pukul 25.00", None),
        ("dua malam", None),
        ("1 Desember 2026", None),
    ],
)
def test_hours(text, value):
    assert [made.value for made in read_hours(text, loose=True)] == ([value] if value else [])


def test_hours_in_running_text_need_a_sign():
    assert [made.value for made in read_hours("Berat 3.25 kg, harga Rp8.000-11.000, nomor 8.30, pukul 08.30.")] == [
        "08:30"
    ]


def test_hours_as_a_story_keeps_and_shows_them():
    assert shown_hours("08:00/11:00", "WIB") == "08.00–11.00 WIB"
    assert shown_hours("19:30/..", "WITA") == "19.30 WITA–selesai"
    assert shown_hours("08:00", "WIT") == "08.00 WIT"
    assert shown_hours("bakda Isya", "WIB") == "bakda Isya"
    assert shown_hours("", "WIB") == ""
    assert typed_hours("pukul 19.30 WITA", "WIB") == "18:30"
    assert typed_hours("  bakda  Isya ", "WIB") == "bakda Isya"
    assert hours_in_words("Selasa ba'da Isya di musala") == "ba'da Isya"
    assert parse_hours("25:00") is None


@given(st.times(), st.times())
def test_hours_that_are_shown_are_read_back(begin, end):
    value = f"{begin:%H:%M}/{end:%H:%M}"
    assert typed_hours(shown_hours(value, "WIB"), "WIB") == typed_hours(value, "WIB") == value

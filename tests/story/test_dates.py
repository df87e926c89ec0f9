import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.story import date_formats


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        (date_formats.weekday, "2021-06-17", "Kamis"),
        (date_formats.weekday, "2026-11-20", "Jumat"),
        (date_formats.long_date, "2026-11-22", "22 November 2026"),
        (date_formats.long_date, "2026-02-01", "1 Februari 2026"),
        (date_formats.full_date, "2026-11-22", "Minggu, 22 November 2026"),
        (date_formats.full_date, "2026-08-17T10:00:00+07:00", "Senin, 17 Agustus 2026"),
        (date_formats.short_date, "2026-11-02", "2/11/2026"),
        (date_formats.news_date, "2026-11-22", "Minggu (22/11/2026)"),
        (date_formats.news_date, " 2018-11-28 ", "Rabu (28/11/2018)"),
    ],
)
def test_the_way_news_writes_a_date(form, text, expected):
    assert form(text) == expected


@pytest.mark.parametrize(
    ("last", "parts"),
    [
        ("", ("Senin", "30", "November 2026")),
        ("2026-12-02", ("Senin–Rabu", "30", "November–2 Desember 2026")),
        ("2027-01-02", ("Senin–Sabtu", "30", "November 2026–2 Januari 2027")),
        ("2026-11-01", ("Senin", "30", "November 2026")),
    ],
)
def test_the_first_day_stands_large(last, parts):
    assert date_formats.day_parts("2026-11-30", last) == parts
    assert date_formats.day_parts("2026-11-28", "2026-11-29")[1] == "28–29"


@pytest.mark.parametrize("text", ["", "  ", "besok", "2026-13-01", "2026-02-30", "22/11/2026", "2026-11-22Txx:00"])
def test_what_is_no_date_is_not_printed(text):
    forms = (
        date_formats.weekday,
        date_formats.long_date,
        date_formats.full_date,
        date_formats.short_date,
        date_formats.news_date,
    )
    assert [form(text) for form in forms] == [""] * 5
    assert (
        date_formats.date_and_clock(text, "WIB")
        == date_formats.zoned_iso(text, "WIB")
        == date_formats.feed_date(text, "WIB")
        == ""
    )


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2026-11-22T09:05:00+07:00", "WIB", "09.05 WIB"),
        ("2026-11-22T09:05:00+07:00", "WITA", "10.05 WITA"),
        ("2026-11-22T02:05:00Z", "WIT", "11.05 WIT"),
        ("2026-11-22T09:05", "WITA", "09.05 WITA"),
        ("2026-11-22", "WIB", ""),
    ],
)
def test_the_clock_is_the_groups_own(text, zone, expected):
    assert date_formats.clock(text, zone) == expected


def test_a_time_moves_its_day_with_the_zone():
    assert date_formats.date_and_clock("2026-11-22T23:30:00+07:00", "WIT") == "Senin, 23 November 2026 pukul 01.30 WIT"
    assert date_formats.date_and_clock("2026-11-22", "WIT") == "Minggu, 22 November 2026"


def test_machine_forms():
    assert date_formats.zoned_iso("2026-11-22T09:05", "WITA") == "2026-11-22T09:05:00+08:00"
    assert date_formats.zoned_iso("2026-11-22", "WITA") == "2026-11-22"
    assert date_formats.feed_date("2026-11-22T09:05:00+07:00", "WIB") == "Sun, 22 Nov 2026 02:05:00 +0000"
    assert date_formats.feed_date("2026-11-22", "WIB") == "Sat, 21 Nov 2026 17:00:00 +0000"


@given(st.dates())
def test_every_date_can_be_written(day):
    iso = day.isoformat()
    assert date_formats.full_date(iso).startswith(date_formats.WEEKDAYS[day.weekday()])
    assert date_formats.full_date(iso).endswith(str(day.year))
    date_formats.feed_date(iso, "WIT")
    date_formats.date_and_clock(f"{iso}T00:00:00+07:00", "WIT")


@given(st.text())
def test_no_text_breaks_them(text):
    for form in (date_formats.weekday, date_formats.full_date, date_formats.news_date):
        assert isinstance(form(text), str)
    date_formats.feed_date(text, "WIB")

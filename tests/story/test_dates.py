import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.story import written_dates


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        (written_dates.weekday, "2021-06-17", "Kamis"),
        (written_dates.weekday, "2026-11-20", "Jumat"),
        (written_dates.long_date, "2026-11-22", "22 November 2026"),
        (written_dates.long_date, "2026-02-01", "1 Februari 2026"),
        (written_dates.full_date, "2026-11-22", "Minggu, 22 November 2026"),
        (written_dates.full_date, "2026-08-17T10:00:00+07:00", "Senin, 17 Agustus 2026"),
        (written_dates.short_date, "2026-11-02", "2/11/2026"),
        (written_dates.news_date, "2026-11-22", "Minggu (22/11/2026)"),
        (written_dates.news_date, " 2018-11-28 ", "Rabu (28/11/2018)"),
    ],
)
def test_the_way_news_writes_a_date(form, text, expected):
    assert form(text) == expected


@pytest.mark.parametrize("text", ["", "  ", "besok", "2026-13-01", "2026-02-30", "22/11/2026", "2026-11-22Txx:00"])
def test_what_is_no_date_is_not_printed(text):
    forms = (
        written_dates.weekday,
        written_dates.long_date,
        written_dates.full_date,
        written_dates.short_date,
        written_dates.news_date,
    )
    assert [form(text) for form in forms] == [""] * 5
    assert (
        written_dates.date_and_clock(text, "WIB")
        == written_dates.zoned_iso(text, "WIB")
        == written_dates.feed_date(text, "WIB")
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
    assert written_dates.clock(text, zone) == expected


def test_a_time_moves_its_day_with_the_zone():
    assert written_dates.date_and_clock("2026-11-22T23:30:00+07:00", "WIT") == "Senin, 23 November 2026 pukul 01.30 WIT"
    assert written_dates.date_and_clock("2026-11-22", "WIT") == "Minggu, 22 November 2026"


def test_machine_forms():
    assert written_dates.zoned_iso("2026-11-22T09:05", "WITA") == "2026-11-22T09:05:00+08:00"
    assert written_dates.zoned_iso("2026-11-22", "WITA") == "2026-11-22"
    assert written_dates.feed_date("2026-11-22T09:05:00+07:00", "WIB") == "Sun, 22 Nov 2026 02:05:00 +0000"
    assert written_dates.feed_date("2026-11-22", "WIB") == "Sat, 21 Nov 2026 17:00:00 +0000"


@given(st.dates())
def test_every_date_can_be_written(day):
    iso = day.isoformat()
    assert written_dates.full_date(iso).startswith(written_dates.WEEKDAYS[day.weekday()])
    assert written_dates.full_date(iso).endswith(str(day.year))
    written_dates.feed_date(iso, "WIT")
    written_dates.date_and_clock(f"{iso}T00:00:00+07:00", "WIT")


@given(st.text())
def test_no_text_breaks_them(text):
    for form in (written_dates.weekday, written_dates.full_date, written_dates.news_date):
        assert isinstance(form(text), str)
    written_dates.feed_date(text, "WIB")

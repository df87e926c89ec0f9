"""Stretches of days: what a code names, what comes next, and what is none."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.base.errors import UserError
from studio.group.report_period import next_period, period_around, period_between, read_period

DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))
KINDS = st.sampled_from(("month", "quarter", "semester", "year"))


@given(KINDS, DAYS)
def test_a_period_holds_its_day_and_its_code_names_it_again(kind, day):
    period = period_around(kind, day)
    assert period.holds(day)
    assert read_period(period.code) == period
    assert (period.holds(period.first), period.holds(period.last)) == (True, True)
    assert not period.holds(period.first - timedelta(1))
    assert not period.holds(None)


@given(KINDS | st.just("dates"), DAYS, st.integers(1, 30))
def test_periods_follow_each_other_without_a_gap_and_lead_back(kind, day, steps):
    period = period_around(kind, day)
    after = next_period(period, 1)
    assert (after.kind, after.first) == (kind, period.last + timedelta(1))
    assert next_period(next_period(period, steps), -steps) == period
    # What is planned for the next stretch belongs to the report of this one.
    assert kind == "dates" or period.plans_until == after.last


@pytest.mark.parametrize(
    ("code", "first", "last", "months"),
    [
        ("2024-02", "2024-02-01", "2024-02-29", 1),
        ("2026-Q4", "2026-10-01", "2026-12-31", 3),
        (" 2026-t1 ", "2026-01-01", "2026-03-31", 3),
        ("2026-S2", "2026-07-01", "2026-12-31", 6),
        ("2026", "2026-01-01", "2026-12-31", 12),
    ],
)
def test_codes_name_whole_months(code, first, last, months):
    period = read_period(code)
    assert (period.first.isoformat(), period.last.isoformat(), len(period.months)) == (first, last, months)


@pytest.mark.parametrize("code", ["", "2026-13", "2026-0", "2026-Q5", "2026-S3", "26", "1899", "9999", "November 2026"])
def test_what_names_no_period_is_told(code):
    with pytest.raises(UserError) as caught:
        read_period(code)
    assert (caught.value.code, caught.value.facts["given"]) == ("report.period_unknown", code)


def test_days_between_two_dates_know_their_months_over_new_year():
    period = period_between("20/12/2025", "2026-02-03")
    assert period.code == "2025-12-20_2026-02-03"
    assert period.months == ((2025, 12), (2026, 1), (2026, 2))
    for days, code in (
        (("3/2/2026", "20/12/2025"), "report.period_reversed"),
        (("3/2/2026", "31/2/2026"), "report.date_unreadable"),
    ):
        with pytest.raises(UserError) as caught:
            period_between(*days)
        assert caught.value.code == code

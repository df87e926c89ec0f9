"""Values as they are typed, edits by path, and how it stands with a decree."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.group.profile import GroupProfile, Officer, PrivateContacts, decree_state
from studio.group.record_fields import (
    PRIVATE_FORM,
    PROFILE_FORM,
    FormRows,
    add_row,
    field_text,
    move_row,
    read_field,
    remove_row,
    value_at,
    with_value,
)
from studio.group.typed_values import coordinates_text, count_text, read_coordinates, read_count, read_day
from studio.ui.check import labelled_fields


@pytest.mark.parametrize(
    ("until", "today", "state"),
    [
        ("", "2026-11-30", "none"),
        ("tahun depan", "2026-11-30", "none"),
        ("2026-11-29", "2026-11-30", "lapsed"),
        ("2026-11-30", "2026-11-30", "ending"),
        ("2027-05-30", "2026-11-30", "ending"),
        ("2027-05-31", "2026-11-30", "ending"),
        ("2027-06-01", "2026-11-30", "valid"),
        ("2027-08-31", "2027-02-27", "valid"),
        ("2027-08-31", "2027-02-28", "ending"),
        ("2028-06-30", "2027-12-29", "valid"),
        ("2028-06-30", "2027-12-30", "ending"),
    ],
)
def test_a_decree_ends_from_six_months_before(until, today, state):
    assert decree_state(until, date.fromisoformat(today)) == state


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000_000_000), st.floats(-90, 90), st.floats(-180, 180))
def test_numbers_and_coordinates_come_back(count, latitude, longitude):
    assert read_count(count_text(count)) == count
    text = coordinates_text((latitude, longitude))
    assert read_coordinates(text) == pytest.approx((latitude, longitude), abs=6e-7)
    # Opening a form and leaving it moves no place.
    assert coordinates_text(read_coordinates(text)) == text


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1.250", 1250),
        ("1,250", 1250),
        ("1 250 000", 1250000),
        ("1'250", 1250),
        ("007", 7),
        ("1.5", None),
        ("1,2", None),
        ("12.50", None),
        ("1.250,5", None),
        ("1.2 rb", None),
        ("-3", None),
        ("٣", None),
    ],
)
def test_a_number_is_never_read_as_ten_times_as_many(text, count):
    assert read_count(text) == count


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("-8.1946, 111.2045", (-8.1946, 111.2045)),
        ("-8,1946; 111,2045", (-8.1946, 111.2045)),
        ("-8.1946 111.2045", (-8.1946, 111.2045)),
        ("-98.1, 111.2", None),
        ("8.1", None),
        ("rumah Pak RT", None),
    ],
)
def test_coordinates_as_people_write_them(text, place):
    assert read_coordinates(text) == place


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (None, ""),
        ((-8.1946, 111.2045), "-8.1946, 111.2045"),
        ((0.00005, 109.322289), "0.00005, 109.322289"),
        ((-0.0000001, 100.0), "0, 100"),
        ((-90.0, 180.0), "-90, 180"),
    ],
)
def test_coordinates_are_written_as_maps_write_them(place, text):
    assert coordinates_text(place) == text


def test_a_year_is_one():
    assert (read_field("2018", "year"), read_field("", "year"), field_text(2018, "year")) == (2018, None, "2018")
    for text in ("18", "kemarin", "20180"):
        with pytest.raises(ValueError):
            read_field(text, "year")


@pytest.mark.parametrize("text", ["dua", "-3", "1,5", "99999999999", "٣"])
def test_a_count_is_a_whole_number(text):
    with pytest.raises(ValueError):
        read_field(text, "count")


def test_every_field_of_the_forms_is_one_of_the_records():
    for section in (*PROFILE_FORM, PRIVATE_FORM):
        owner = PrivateContacts() if section is PRIVATE_FORM else GroupProfile()
        for item in section.items:
            assert value_at(owner, item.path) is not Ellipsis
            if isinstance(item, FormRows):
                for inner in item.fields:
                    assert field_text(value_at(item.start, inner.path), inner.kind) is not None


def test_edits_by_path():
    rows = PROFILE_FORM[2].items[0]
    start = GroupProfile()
    two = add_row(add_row(start, rows), rows)
    named = with_value(with_value(two, ("officers", 1, "name"), "Sri"), ("decree", "number"), "188/12")
    assert (named.officers[1], named.decree.number) == (Officer(name="Sri"), "188/12")
    assert move_row(named, rows, 1, -1).officers[0].name == "Sri"
    assert move_row(named, rows, 0, -1) is named
    assert remove_row(named, rows, 0).officers == (Officer(name="Sri"),)
    assert with_value(named, ("decree", "number"), "188/12") is named


@pytest.mark.parametrize("text", ["22/11/2026", "22-11-26", "22.11.26", " 22 11 2026 ", "2026-11-22"])
def test_commands_and_forms_read_a_day_alike(text):
    assert read_day(text) == date(2026, 11, 22)
    assert labelled_fields.read_day(text) == "2026-11-22"


@pytest.mark.parametrize("text", ["31/02/2026", "kemarin", "", "22/11", "22/11/026"])
def test_what_is_no_day_is_none(text):
    assert read_day(text) is None
    assert labelled_fields.read_day(text) == ""

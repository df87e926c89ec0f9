"""What results of a folder of photos are called: sizes and patterns as they are typed, names that never meet."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from studio.base.errors import UserError
from studio.base.portable_names import is_portable_name
from studio.photo.opener import PhotoFacts
from studio.services.photo_folder_order import (
    FolderOrder,
    NameFacts,
    check_pattern,
    fill_pattern,
    photo_sizes,
    read_size,
)
from studio.services.photo_folder_record import FolderRecord
from studio.services.photo_folder_scan import FoundPhoto, natural_order, plan_names, safe_name


@pytest.mark.parametrize(
    ("text", "size", "fit"),
    [
        ("1600", (1600, 1600), "inside"),
        (" 1080x1350 ", (1080, 1350), "crop"),
        ("1080 X 1350", (1080, 1350), "crop"),
        ("1080×1080", (1080, 1080), "crop"),
        ("16", (16, 16), "inside"),
        ("12000*16", (12000, 16), "crop"),
    ],
)
def test_a_size_as_it_is_typed(text, size, fit):
    found = read_size(text)
    assert (found.size, found.fit) == (size, fit)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *((each, "folder.size_range") for each in ("15", "12001", "0", "1080x5", "99999x99999")),
        *((each, "folder.size") for each in ("", "besar", "-1600", "1080x", "1080x1350x2", "16.5", "999999")),
    ],
)
def test_what_is_no_size_is_told(text, code):
    with pytest.raises(UserError) as caught:
        read_size(text)
    assert (caught.value.code, caught.value.facts["given"]) == (code, text)


def test_every_size_on_offer_is_found_by_its_name():
    assert [read_size(size.id.upper()) for size in photo_sizes()] == list(photo_sizes())


@pytest.mark.parametrize("pattern", ["{nama}", "{tanggal}-{nomor}", "KIM {judul} {{asli}}", "foto{nomor}"])
def test_patterns_that_can_be_filled(pattern):
    check_pattern(pattern)
    assert fill_pattern(pattern, NameFacts("2026-11-22T08:00:00", 7, 3, "IMG_1", "Panen {raya}"))


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("{tangal}", "folder.key"),
        ("{}", "folder.key"),
        ("{0}", "folder.key"),
        ("{nama.__class__}", "folder.key"),
        ("{nama", "folder.pattern"),
        ("nama}", "folder.pattern"),
        ("{nomor:>9999999999}", "folder.pattern"),
        ("{nama!r}", "folder.pattern"),
        (" .", "folder.pattern"),
        ("", "folder.pattern"),
        ("a/{nama}", "folder.pattern_sign"),
        ("{nama}?", "folder.pattern_sign"),
        ("{nama}\t", "folder.pattern_sign"),
    ],
)
def test_patterns_that_cannot_be_filled_are_told(pattern, code):
    with pytest.raises(UserError) as caught:
        check_pattern(pattern)
    assert caught.value.code == code


@given(st.text(max_size=250) | st.text("./\\:~ -conCON1\u200b", max_size=10))
@example(". foto")
@example("con.jpg")
@example(" ..nul")
@example("\udcff")
@example("foto\u202egpj")
@example("é" * 95)
def test_a_made_name_is_taken_by_every_system_and_stays_as_it_is(name):
    made = safe_name(name)
    assert made == "" or is_portable_name(f"{made}.jpg")
    assert safe_name(made) == made
    assert made == made.strip(" ")


@settings(max_examples=25)
@given(st.lists(st.builds("{}{}".format, st.sampled_from(["", "IMG", "P"]), st.integers(0, 2000)), max_size=8))
def test_names_are_in_the_order_people_count_in(names):
    ordered = sorted(names, key=natural_order)
    for before, after in pairwise(ordered):
        stems = [name.rstrip("0123456789") for name in (before, after)]
        assert stems[0] != stems[1] or int(before[len(stems[0]) :]) <= int(after[len(stems[1]) :])


FACTS = PhotoFacts(10, 10, "jpeg", "2026-11-22T08:00:00")


def photos(names):
    return [FoundPhoto(name, Path("/f") / name, "1-1", "2026-11-22T08:00:00", FACTS) for name in names]


@given(
    st.lists(
        st.sampled_from(
            ["a/IMG 1.jpg", "IMG 1.jpg", "img 1.png", "con.jpg", "...jpg", "b./x.jpg", "B/x.jpg", "x:y.jpg"]
        ),
        unique=True,
    ),
    st.sampled_from(["{nama}", "{tanggal}", "{judul}", "{tanggal}-{nomor}", "{nama}-2"]),
)
def test_no_two_results_have_one_name_on_any_system(names, pattern):
    order = FolderOrder(Path("/f"), Path("/nowhere/hasil"), read_size("1600"), pattern=pattern, title="Panen: raya")
    planned = plan_names(photos(names), order, FolderRecord(order.out))
    paths = [each.path.casefold() for each in planned]
    assert len(set(paths)) == len(names)
    assert all(is_portable_name(part) for path in paths for part in path.split("/"))
    assert [each.number for each in planned] == list(range(1, len(names) + 1))
    # The same again gives the same.
    assert plan_names(photos(names), order, FolderRecord(order.out)) == planned

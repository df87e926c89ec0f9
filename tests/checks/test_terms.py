"""Words are found however they are written, and only as words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.checks.terms import find_term, name_initials, squeeze_text


def hits(term: str, text: str) -> list[str]:
    return [text[start:end] for start, end in find_term(term, squeeze_text(text))]


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("Rani", "Ibu RANI dan raninya datang", ["RANI", "rani"]),
        ("Rani", "keberanian warga, Ranindya", []),
        ("A.B.", "siswi AB, A.B. dan a. b.", ["AB", "A.B", "a. b"]),
        ("RT 03/RW 2", "warga RT3 RW 02 Dusun Krajan", ["RT3 RW 02"]),
        ("RT 3", "RT 31 dan RT 13", []),
        ("SDN 2 Sukamaju", "murid SDN2 Sukamaju.", ["SDN2 Sukamaju"]),
        ("Ngadirejo", "di Ngadirejolah", ["Ngadirejo"]),
        ("José", "Jose dan JOSÉ", ["Jose", "JOSÉ"]),
        ("A", "A datang; aku, a", ["A", "a"]),
        ("...", "apa saja ...", []),
        ("", "apa saja", []),
    ],
)
def test_a_term_is_found_however_it_is_written(term, text, found):
    assert hits(term, text) == found


WORDS = st.lists(st.text("abcdeé12", min_size=1, max_size=6), min_size=1, max_size=4)


@given(WORDS, st.sampled_from([" ", ". ", "/", "-", "  "]), st.booleans())
def test_a_term_between_other_words_is_always_found(words, joint, capitals):
    term = " ".join(words)
    shown = joint.join(words)
    shown = shown.upper() if capitals else shown
    text = f"Warga {shown}, kata mereka"
    if squeeze_text(term).text:
        assert any(shown.startswith(found) or found in shown for found in hits(term, text))


@given(st.text(max_size=40), st.text(max_size=8))
def test_every_hit_lies_in_the_text_and_says_the_term(text, term):
    for start, end in find_term(term, squeeze_text(text)):
        assert 0 <= start < end <= len(text)
        assert squeeze_text(text[start:end]).text.startswith(squeeze_text(term).text[:1])


def test_initials():
    assert (name_initials("Siti Nurhaliza"), name_initials("M. Rizky Putra"), name_initials("Rani")) == (
        "SN",
        "MRP",
        "",
    )

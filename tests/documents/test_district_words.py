"""Figures of a district in words: signs, shares and days as people read them, in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.documents.district_words import DistrictWords
from studio.group.district_scores import district_instrument
from studio.services.self_map_rounds import load_instrument

INSTRUMENT = district_instrument(load_instrument())
WORDS = {lang: DistrictWords(MessageTexts(assets_dir() / "messages", lang), INSTRUMENT) for lang in ("id", "en")}


@given(st.floats(-100, 100), st.sampled_from(["id", "en"]))
def test_a_change_has_a_sign_where_a_digit_moved_and_nowhere_else(value, language):
    said = WORDS[language].signed(value)
    moved = any(sign in "123456789" for sign in said)
    assert said[0] == ("0" if not moved else "+" if value > 0 else "−")
    assert "-" not in said


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, "–"), (0, "0,0"), (0.05, "+0,1"), (-0.05, "−0,1"), (0.04, "0,0"), (-12.25, "−12,2"), (1234.5, "+1.234,5")],
)
def test_changes(value, said):
    assert WORDS["id"].signed(value) == said


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [(1, 4, "1"), (0, 0, "0"), (2, 5, "2 (40 %)"), (5, 5, "5 (100 %)"), (1, 3000, "1 (0 %)")],
)
def test_few_make_no_percentage(part, whole, share):
    assert WORDS["id"].share(part, whole) == share


@pytest.mark.parametrize(
    ("text", "day", "short"),
    [
        ("2026-11-29", "29 November 2026", "29 Nov 2026"),
        ("2026-11-29T23:00:00+07:00", "29 November 2026", "29 Nov 2026"),
        ("", "–", "–"),
        ("kemarin", "–", "–"),
        ("2026-02-30", "–", "–"),
    ],
)
def test_days(text, day, short):
    assert (WORDS["id"].day(text), WORDS["id"].short_day(text)) == (day, short)


def test_every_class_dimension_and_indicator_has_a_name_in_both_languages():
    for words in WORDS.values():
        assert words.class_name("") == words.say("class.none") != ""
        for code in INSTRUMENT.titles:
            assert words.titled(code) not in {"", code}
        for code in INSTRUMENT.codes:
            assert words.indicator(code) not in {"", code}
        # A later instrument may ask more.
        assert words.indicator("ZZ9") == "ZZ9"

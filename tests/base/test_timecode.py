"""Times and lengths in both languages, from the one table of forms."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.base.i18n import MessageTexts
from studio.base.locale_forms import FORMS
from studio.base.paths import assets_dir
from studio.base.relative_dates import day_and_time, time_of_day
from studio.base.timecode import ClipTime, minutes_text, parse_timecode, short_seconds, timecode_stem, timecode_text


def test_times_are_written_as_the_language_writes_them():
    moment = datetime(2026, 8, 3, 7, 5)
    written = {
        language: (
            *(timecode_text(seconds, language) for seconds in (0, 83.4, 3723.4)),
            *(minutes_text(seconds, language) for seconds in (32, 725, 3723)),
            short_seconds(12.34, language),
            time_of_day(moment, language),
            day_and_time(moment, language),
        )
        for language in FORMS
    }
    assert written == {
        "id": ("00.00,0", "01.23,4", "1.02.03,4", "0.32", "12.05", "1.02.03", "12,3", "07.05", "3 Agu 2026, 07.05"),
        "en": ("00:00.0", "01:23.4", "1:02:03.4", "0:32", "12:05", "1:02:03", "12.3", "07:05", "3 Aug 2026, 07:05"),
    }


@settings(max_examples=40)
@given(st.integers(0, 359_999), st.sampled_from(sorted(FORMS)), st.sampled_from(sorted(FORMS)))
def test_both_forms_are_read_in_both_languages(tenths, written, read):
    assert parse_timecode(timecode_text(tenths / 10, written), read) == pytest.approx(tenths / 10)
    assert parse_timecode(minutes_text(tenths // 10, read), read) == tenths // 10


@pytest.mark.parametrize(
    ("typed", "indonesian", "english"),
    [
        ("83", 83, 83),
        ("83,4", 83.4, 83.4),
        ("1:23,4", 83.4, 83.4),
        ("1.23,45", 83.45, 83.45),
        (" 1 : 23.4 ", 83.4, 83.4),
        ("1.02.03", 3723, 3723),
        ("1.23", 83, 1.23),
        ("83.4", 4984, 83.4),
        ("", None, None),
        ("1:23.", None, None),
        ("1,2,3", None, None),
        ("1:2:3:4", None, None),
        ("soon", None, None),
    ],
)
def test_what_is_typed(typed, indonesian, english):
    assert (parse_timecode(typed, "id"), parse_timecode(typed, "en")) == (indonesian, english)


@pytest.mark.parametrize("language", FORMS)
def test_messages_write_times_in_their_language_and_files_in_one(language):
    texts = MessageTexts(assets_dir() / "messages", language)
    assert timecode_text(83.4, language) in texts.text("clip.poster_added", at=ClipTime(83.4))
    assert timecode_stem(3723.4) == "1.02.03-4"

"""Scripts to read aloud: how long they take, how much fits, where the reader breathes, and the pack's files."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.posts.read_aloud import aloud_text, breath_marks, fit_seconds, long_sentences
from studio.posts.speech_timing import (
    FASTEST_PACE,
    SLOWEST_PACE,
    USUAL_PACE,
    measured_pace,
    reading_seconds,
    syllable_count,
)
from studio.posts.spoken_text import spoken_text
from studio.story.body import parse_markdown

READINGS = tomllib.loads((Path(__file__).parent / "data" / "readings.toml").read_text(encoding="utf-8"))["reading"]


@pytest.mark.parametrize("speed", ["calm", "brisk"])
def test_a_reader_measured_once_is_estimated_within_a_tenth(speed: str) -> None:
    said = [spoken_text(reading["text"]) for reading in READINGS]
    pace = measured_pace(said[0], READINGS[0][speed])
    off = [reading_seconds(text, pace) / reading[speed] - 1 for text, reading in zip(said, READINGS, strict=True)]
    assert len(off) == 10
    assert max(map(abs, off)) < 0.1, off


def test_syllables_are_counted_by_ear() -> None:
    counted = {"desa": 2, "pulau": 2, "bergotong": 3, "air": 2, "dua puluh lima": 6, "ka-te-pe": 3, "saat": 2, "": 0}
    assert {text: syllable_count(text) for text in counted} == counted


def test_a_pace_is_found_again_and_nonsense_keeps_the_usual_one() -> None:
    text = spoken_text(READINGS[0]["text"])
    assert measured_pace(text, reading_seconds(text, 4.2)) == pytest.approx(4.2, abs=0.01)
    assert measured_pace(text, 0) == measured_pace("", 10) == USUAL_PACE
    assert [measured_pace(text, 0.1), measured_pace(text, 900)] == pytest.approx([FASTEST_PACE, SLOWEST_PACE], abs=0.01)


BODY = """Puluhan warga membersihkan saluran irigasi, Minggu (22/11). Air kembali mengalir.

## Judul kecil

"Kami senang. Sawah kami tidak kering lagi," kata Siti Aminah. Warga membawa:

- cangkul
- karung

> Gotong royong itu warisan. – Asep Hidayat
"""


def test_a_body_is_read_without_headings_and_says_first_who_spoke() -> None:
    assert aloud_text(parse_markdown(BODY)).split("\n\n") == [
        "Puluhan warga membersihkan saluran irigasi, Minggu (22/11). Air kembali mengalir.",
        '"Kami senang. Sawah kami tidak kering lagi," kata Siti Aminah. Warga membawa:',
        "cangkul.",
        "karung.",
        "Asep Hidayat mengatakan: Gotong royong itu warisan.",
    ]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 60), st.floats(SLOWEST_PACE, FASTEST_PACE))
def test_what_fits_is_a_beginning_in_time_that_leaves_nothing_open(seconds: int, pace: float) -> None:
    text = aloud_text(parse_markdown(BODY))
    kept = fit_seconds(text, seconds, pace)
    assert text.startswith(kept)
    assert kept
    first = "Puluhan warga membersihkan saluran irigasi, Minggu (22/11)."
    assert kept == first or reading_seconds(spoken_text(kept), pace) <= seconds
    assert kept.count('"') % 2 == 0
    assert not kept.endswith(":")


def test_breath_is_taken_at_commas_before_link_words_and_after_sentences() -> None:
    spoken = "Warga membersihkan saluran irigasi sepanjang satu kilometer yang lama tersumbat oleh lumpur tebal,"
    spoken += " lalu pulang. Selesai."
    lines = breath_marks(spoken).replace("\u00a0", " ").split("\n")
    assert lines == [
        "Warga membersihkan saluran irigasi sepanjang satu kilometer "
        "/ yang lama tersumbat oleh lumpur tebal, / lalu pulang. //",
        "Selesai. //",
    ]
    assert "lalu\u00a0pulang.\u00a0//" in breath_marks(spoken)


def test_sentences_too_long_for_the_ear_are_found_as_they_are_written() -> None:
    short, long = "Warga datang pukul 08.00 WIB.", "Kata " + " ".join(["kata"] * 20) + "."
    assert long_sentences(f"{short} {long}") == (long,)

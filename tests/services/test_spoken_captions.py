"""Words of a narration with the times at which they are spoken, found by its pauses and their syllables."""

from __future__ import annotations

import wave
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.base.progress import SilentProgress
from studio.services.spoken_captions import MOST_LETTERS, captions_of, lay_out_captions
from studio.story.text import sentences

SCRIPT = (
    "Selamat pagi. Sekitar delapan puluh warga Dusun Krajan, Desa Sukamaju, memperbaiki saluran irigasi pada Minggu. "
    "Saluran itu rusak sejak hujan deras awal bulan, sehingga air tidak sampai ke sawah. Air kini mengalir lagi.\n"
    "Terima kasih."
)
PACES = st.lists(st.floats(0.85, 1.18), min_size=5, max_size=5)
PAUSES = st.lists(st.floats(0.5, 1.2), min_size=5, max_size=5)


def read_aloud(paces=(1.0,) * 5, pauses=(0.8,) * 5, comma=0.3):
    """When each sentence begins, and the stretches of speech: five syllables a second, pauses at stops and commas."""
    begins, spans, at = [], [], 0.4
    for sentence, pace, pause in zip(sentences(SCRIPT), paces, pauses, strict=True):
        begins.append(at)
        for phrase in sentence.split(","):
            seconds = sum(letter in "aiueo" for letter in phrase.lower()) / 5 * pace
            spans.append((at, at + seconds))
            at += seconds + comma
        at += pause - comma
    return begins, spans


@settings(max_examples=60)
@given(PACES, PAUSES)
def test_each_sentence_begins_where_it_is_spoken_however_evenly_it_is_read(paces, pauses):
    begins, spans = read_aloud(paces, pauses)
    made = lay_out_captions(SCRIPT, spans)
    assert " ".join(each.text for each in made) == " ".join(SCRIPT.split())
    assert all(len(each.text) <= MOST_LETTERS for each in made)
    assert all(before.start < before.end <= after.start for before, after in pairwise(made))
    said = ""
    starts = []
    for each in made:
        if said in ("", *SCRIPT.split("\n")) or said.rstrip().endswith("."):
            starts.append(each.start)
        said += f"{each.text} "
    assert starts == pytest.approx(begins, abs=0.15)


def test_who_stops_early_gets_no_captions_of_what_was_not_read():
    begins, spans = read_aloud()
    only = [span for span in spans if span[0] < begins[1] - 0.5]
    assert [each.text for each in lay_out_captions(SCRIPT, only)] == ["Selamat pagi."]
    assert lay_out_captions(SCRIPT, ()) == lay_out_captions("", spans) == ()


def test_speech_is_heard_over_the_hiss_of_a_room_and_nothing_in_hiss_alone(tmp_path):
    begins, spans = read_aloud()
    noise = np.random.default_rng(7)
    sound = noise.normal(0, 0.002, round(8000 * (spans[-1][1] + 0.6)))
    for begin, end in spans:
        sound[round(begin * 8000) : round(end * 8000)] += noise.normal(0, 0.1, round(end * 8000) - round(begin * 8000))
    for name, samples in (("suara.wav", sound), ("desis.wav", noise.normal(0, 0.01, 16000))):
        with wave.open(str(tmp_path / name), "wb") as file:
            file.setparams((1, 2, 8000, 0, "NONE", ""))
            file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    made = captions_of(tmp_path / "suara.wav", SCRIPT, SilentProgress())
    assert [made[0].start, made[-1].start] == pytest.approx([begins[0], begins[-1]], abs=0.12)
    assert captions_of(tmp_path / "desis.wav", SCRIPT, SilentProgress()) == ()
    assert captions_of(tmp_path / "suara.wav", " ", SilentProgress()) == ()

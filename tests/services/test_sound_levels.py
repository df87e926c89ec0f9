"""How loud samples are, in every format a microphone may have."""

from __future__ import annotations

from array import array

import pytest

from studio.services.sound_levels import SILENCE, loudest_sample


@pytest.mark.parametrize(
    ("name", "code", "full", "zero"),
    [("Int16", "h", 32768, 0), ("Int32", "i", 2**31, 0), ("Float", "f", 1.0, 0.0), ("UInt8", "B", 128, 128)],
)
def test_half_of_full_scale_is_six_decibels_down_in_every_format(name, code, full, zero):
    half = array(code, [zero, type(zero)(zero - full / 2), zero])
    assert loudest_sample(half.tobytes(), name).decibels == pytest.approx(-6.02, abs=0.1)
    assert loudest_sample(array(code, [zero] * 9).tobytes() + b"\x80", name).decibels == SILENCE
    assert loudest_sample(b"", name).word == "silent"


@pytest.mark.parametrize(("decibels", "word"), [(-70, "silent"), (-35, "soft"), (-12, "good"), (-0.5, "loud")])
def test_a_voice_is_told_how_it_is(decibels, word):
    level = loudest_sample(array("f", [10 ** (decibels / 20)]).tobytes(), "Float")
    assert level.word == word
    assert 0 <= level.share <= 1

"""Curves of light against the numbers of their standards, and laws that hold for any picture."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from studio.base.light_curves import light_of_hlg, light_of_pq, light_of_srgb, roll_off, srgb_of_light

CODES = arrays(np.float32, 12, elements=st.floats(0, 1, width=32))
LIGHTS = arrays(np.float32, (5, 3), elements=st.floats(0, 50, width=32))


@given(CODES)
def test_srgb_leads_back_to_the_code_it_came_from(codes):
    assert srgb_of_light(light_of_srgb(codes)) == pytest.approx(codes, abs=2e-5)


@pytest.mark.parametrize(
    ("code", "candela"),
    # ITU-R BT.2408, table 1: the code of reference white is 58 %; 75 % are a thousand candela.
    [(0.0, 0), (0.58, 203), (0.7518, 1000), (1.0, 10_000)],
)
def test_pq_gives_the_light_of_the_standard(code, candela):
    made = float(light_of_pq(np.array([code], np.float32))[0])
    assert made * 203 == pytest.approx(candela, rel=0.01, abs=0.01)


def test_hlg_white_is_paper_white_and_its_end_a_thousand_candela():
    # BT.2408: 75 % of HLG is reference white.
    white, end = light_of_hlg(np.array([[0.75] * 3, [1.0] * 3], np.float32))
    assert white == pytest.approx([1.0] * 3, rel=0.02)
    assert end * 203 == pytest.approx([1000.0] * 3, rel=0.01)


@given(LIGHTS)
def test_light_rolls_off_below_white_and_keeps_its_hue(lights):
    made = roll_off(lights)
    assert made.max() <= 1
    # Every channel by the same factor: a hue is a ratio.
    assert made * lights.max(axis=1, keepdims=True) == pytest.approx(
        lights * made.max(axis=1, keepdims=True), rel=1e-4, abs=1e-4
    )
    dim = lights / 100
    # A millionth of white is far below any level of 16 bits.
    assert roll_off(dim) == pytest.approx(dim, rel=1e-5, abs=1e-6)

"""Both ways of counting lead to the same letters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studio.base.utf16_positions import code_points_before, utf16_units


@given(st.text(st.sampled_from("aé😀ꦱ\ud800"), max_size=8), st.integers(0, 8))
def test_a_place_leads_there_and_back(text, at):
    head = text[:at]
    assert code_points_before(text, utf16_units(head)) == len(head)
    assert utf16_units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2

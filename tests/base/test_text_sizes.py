"""Keys go from one size of text to the next, and each way leads back."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.base.text_sizes import STEPS, next_step


@pytest.mark.parametrize(("smaller", "larger"), [*pairwise(STEPS)])
def test_a_step_up_and_a_step_down_meet(smaller, larger):
    assert (next_step(smaller, 1), next_step(larger, -1)) == (larger, smaller)


@given(st.floats(0.5, 3))
def test_a_size_of_none_of_the_steps_goes_to_its_neighbours_and_never_the_wrong_way(size):
    up, down = next_step(size, 1), next_step(size, -1)
    assert down <= size <= up
    assert {up, down} <= {*STEPS, size}
    assert next_step(size, 0) == 1.0

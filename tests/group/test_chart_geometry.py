"""The points of the pictures of a map: a net whose corners go round, a line whose values go up."""

from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.group.chart_geometry import line_points, net_points

SHARES = st.lists(st.floats(0, 1), min_size=1, max_size=8)


@given(SHARES)
def test_each_corner_of_a_net_is_as_far_out_as_its_share(shares):
    points = net_points(shares, (50, 40), 30)
    assert [dist(point, (50, 40)) for point in points] == pytest.approx([30 * share for share in shares], abs=1e-9)


def test_a_net_begins_at_the_top_and_goes_on_clockwise():
    flat = [round(number) for point in net_points([1.0] * 4, (50, 40), 30) for number in point]
    assert flat == [50, 10, 80, 40, 50, 70, 20, 40]
    assert net_points([], (50, 40), 30) == ()


def test_a_line_runs_from_edge_to_edge_and_higher_values_lie_higher():
    assert line_points([0, 50, 100], 10, 20, 200, 80) == ((10, 100), (110, 60), (210, 20))
    assert line_points([100], 10, 20, 200, 80) == ((10, 20),)

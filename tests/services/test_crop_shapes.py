"""Shapes of a group's own outlets: what is adjusted by hand is found again by its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.posts.output_kinds import FrameSize, PhotoOutput
from studio.posts.packs import Outlet
from studio.services.crop_shapes import uses_of
from studio.story.geometry import ratio_key


@pytest.mark.parametrize(
    "size", [(1000, 1400), (1080, 1350), (1080, 1920), (1200, 630), (2350, 1000), (700, 1000), (900, 1600), (1100, 800)]
)
def test_the_small_picture_of_a_shape_has_the_key_of_the_large_one(size):
    outputs = (PhotoOutput(file="{n:02}.jpg", size=FrameSize(*size)),)
    outlet = Outlet(id="mading", name="Mading desa", checked="", source="", outputs=outputs, folder=Path())
    (use,) = uses_of([outlet], lambda code, **_: code)
    assert use.key == ratio_key(*size)
    assert ratio_key(*use.size) == use.key

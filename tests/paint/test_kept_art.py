"""Parts of the art that are kept from card to card look as if they were painted every time."""

from __future__ import annotations

import numpy as np
import pytest

from studio.paint.art import read_art
from studio.paint.image import paint_rgb
from studio.paint.kept_art import kept_cells

SHEET = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 90">
<defs><linearGradient id="g"><stop offset="0" stop-color="#ffffff"/>
<stop offset="1" stop-color="#0000ff"/></linearGradient></defs>
<rect width="120" height="90" fill="url(#g)"/>
<g{kept}><defs><pattern id="p" width="10" height="10" patternUnits="userSpaceOnUse">
<circle cx="5" cy="5" r="4" fill="#ff0000" fill-opacity="0.6"/></pattern></defs>
<path fill="#00aa00" d="M0 0h120v20H0z"/><rect width="120" height="10" y="50" fill="url(#p)"/></g>
<circle cx="{at}" cy="55" r="12" fill="url(#g)"/>
<g transform="translate(20 0)">
<rect class="kim-text" x="20" y="24" width="70" height="20" data-text="Panen" data-max="14"/></g>
</svg>"""


def pixels(kept: str, at: int, size: tuple[int, int]) -> np.ndarray:
    painted = paint_rgb(SHEET.format(kept=kept, at=at), *size)
    return np.frombuffer(painted.rgb, np.uint8).reshape(size[1], size[0], 3).astype(int)


@pytest.mark.parametrize("size", [(120, 90), (360, 270), (97, 73)])
def test_kept_art_looks_like_art_painted_every_time(size):
    for at in (30, 90):  # what lies below and over it is another one on every card
        assert np.abs(pixels(' class="kim-kept"', at, size) - pixels("", at, size)).max() <= 2


def test_kept_art_is_painted_once_for_a_size():
    kept_cells.cache_clear()
    for at in (30, 60, 90):
        pixels(' class="kim-kept"', at, (240, 180))
    assert kept_cells.cache_info().misses == 1


def test_the_art_in_pieces_is_the_art_in_one():
    whole, plain = (read_art(SHEET.format(kept=kept, at=30)) for kept in (' class="kim-kept"', ""))
    assert [layer.kept for layer in whole.layers] == [False, True, False]
    assert whole.svg.count(b"<circle") == plain.svg.count(b"<circle")
    assert sum(layer.svg.count(b"<path") for layer in whole.layers) == plain.svg.count(b"<path")


@pytest.mark.parametrize("inside", ["kim-text", "image"])
def test_words_and_pictures_are_never_kept(inside):
    held = (
        '<rect class="kim-text" x="1" y="1" width="50" height="9" data-text="A" data-max="8"/>'
        if inside == "kim-text"
        else '<image width="1" height="1" xlink:href="data:image/png;base64,AAAA" preserveAspectRatio="none"/>'
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 10"><g class="kim-kept">{held}</g></svg>'
    assert read_art(svg).layers == ()

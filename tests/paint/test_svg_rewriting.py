"""Drawings as browsers mean them: what Qt would leave out or draw elsewhere, and what is named as not drawn."""

from __future__ import annotations

import pytest
from PIL import Image, ImageOps

from studio.base.errors import UserError
from studio.paint.art import find_undrawn, read_art
from studio.paint.image import paint_rgb

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 400 200">'


def drawn_box(shapes: str) -> tuple[int, int, int, int] | None:
    """Where a drawing on white shows black, in units of its page."""
    painted = paint_rgb(f'{OPEN}<rect width="400" height="200" fill="#fff"/>{shapes}</svg>', 400, 200)
    with Image.frombytes("RGB", (400, 200), painted.rgb) as picture:
        return ImageOps.invert(picture.convert("L")).point(lambda value: 255 * (value > 127)).getbbox()


@pytest.mark.parametrize(
    ("shapes", "box"),
    [
        ('<rect class="a" width="90" height="50" fill="#fff"/><style>.a{fill:#000}</style>', (0, 0, 90, 50)),
        (
            '<g><rect class="a" width="90" height="50" fill="#fff"/><g><style>.a{fill:#000}</style></g></g>',
            (0, 0, 90, 50),
        ),
        ('<ellipse cx="100" cy="100" rx="40"/>', (60, 60, 140, 140)),
        ('<ellipse cx="100" cy="100" rx="auto" ry="30"/>', (70, 70, 130, 130)),
        ('<ellipse cx="100" cy="100" rx="40" ry="20"/>', (60, 80, 140, 120)),
        (
            '<rect x="20" y="20" width="60" height="20" transform="rotate(90)" transform-origin="50 30"/>',
            (40, 0, 60, 60),
        ),
        ('<rect width="60" height="20" transform="scale(2)" transform-origin="60px 0"/>', (0, 0, 60, 40)),
        ('<rect width="90" height="50" fill="url(#tidak-ada) #000"/>', (0, 0, 90, 50)),
        (
            '<svg x="40" y="20" width="80" height="40" viewBox="0 0 8 4"><rect width="4" height="4"/></svg>',
            (40, 20, 80, 60),
        ),
        ('<svg x="40" y="20"><rect width="50%" height="50%"/></svg>', (40, 20, 240, 120)),
        (
            '<svg width="80" height="80" viewBox="10 10 20 10"><rect x="10" y="10" width="20" height="10"/></svg>',
            (0, 20, 80, 60),
        ),
        (
            '<svg width="80" height="80" viewBox="0 0 2 1" preserveAspectRatio="xMaxYMax">'
            '<rect width="2" height="1"/></svg>',
            (0, 40, 80, 80),
        ),
        (
            '<svg width="80" height="80" viewBox="0 0 2 1" preserveAspectRatio="none">'
            '<rect width="2" height="1"/></svg>',
            (0, 0, 80, 80),
        ),
        (
            '<g transform="translate(100 0)"><svg x="10" width="40" height="40" viewBox="0 0 4 4"><svg x="1" y="1" '
            'width="2" height="2" viewBox="0 0 1 1"><rect width="1" height="1"/></svg></svg></g>',
            (120, 10, 140, 30),
        ),
        # Inkscape, and percentages of an inner drawing.
        ('<rect width="90" height="50" style="fill:#000 !important;stroke:none"  fill="#fff"/>', (0, 0, 90, 50)),
        (
            '<svg x="50%" width="50%" height="100%" viewBox="0 0 10 10"><rect width="50%" height="100%"/></svg>',
            (200, 0, 300, 200),
        ),
        ('<rect x="180" width="40" height="20" transform="scale(2)" transform-origin="50% 0%"/>', (160, 0, 240, 40)),
        (
            '<rect x="180" y="90" width="40" height="20" transform="scale(2)" transform-origin="center"/>',
            (160, 80, 240, 120),
        ),
        (
            '<symbol id="s" viewBox="0 0 10 10"><rect width="10" height="5"/></symbol>'
            '<use xlink:href="#s" x="40" y="20" width="100" height="100"/>',
            (40, 20, 140, 70),
        ),
        (
            '<linearGradient id="g" gradientUnits="userSpaceOnUse"><stop offset=".5" stop-color="#000"/>'
            '<stop offset=".5" stop-color="#fff"/></linearGradient><rect width="90" height="9" fill="url(#g)"/>',
            (0, 0, 90, 9),
        ),
        # Numbers that are none.
        (
            '<svg x="1e400" width="1e400" viewBox="0 0 1e400 9"/><rect width="1e400%" height="9" fill="#fff"/>'
            '<rect y="20" width="90" height="50"/>',
            (0, 20, 90, 70),
        ),
    ],
)
def test_a_drawing_shows_what_browsers_show(shapes, box):
    assert drawn_box(shapes) == box


@pytest.mark.parametrize(
    ("shapes", "named"),
    [
        ('<clipPath id="c"/>\n<rect clip-path="url(#c)" width="9" height="9"/>', ["<clipPath>", "clip-path: url(#c)"]),
        ('<rect style="paint-order: stroke; fill: red" width="9" height="9"/>', ["paint-order: stroke"]),
        ('<rect fill="rgba(0,0,0,.5)" width="9" height="9"/>', ["fill: rgba(0,0,0,.5)"]),
        ('<style>.a { stop-color : #11223344 }</style>', ["stop-color: #11223344"]),
        ('<rect fill="#1234" stroke="HSL(1 2% 3%)" width="9" height="9"/>', ["fill: #1234", "stroke: HSL(1 2% 3%)"]),
        ('<text x="9" y="9">Desa</text>', ["<text>"]),
        ('<symbol id="s"/><use xlink:href="#s" width="20"/>', ["<use width height>"]),
        ('<image preserveAspectRatio="xMidYMid slice"/>', ["preserveAspectRatio slice"]),
        ('<rect clip-path="none" fill="#123456" paint-order="normal" stroke="url(#g)" width="9" height="9"/>', []),
        ('<rect fill="rgb(1,2,3)" opacity="50%" width="100%" height="9"/>', []),
    ],
)  # fmt: skip
def test_what_is_not_drawn_is_named_once_with_its_line(shapes, named):
    found = find_undrawn(f"{OPEN}\n{shapes}{shapes}</svg>")
    assert [part.name for part in found] == named
    assert [part.line for part in found] == [2 + ("\n" in shapes and n > 0) for n in range(len(named))]


def test_a_drawing_nested_without_end_is_refused_in_words():
    with pytest.raises(UserError) as refused:
        find_undrawn(f"{OPEN}{'<g>' * 5000}{'</g>' * 5000}</svg>")
    assert refused.value.code == "paint.svg"


@pytest.mark.parametrize(("share", "faded"), [("0", True), ("50%", True), ("1", False), ("100%", False)])
def test_a_gradient_faded_by_a_style_sheet_counts_on_paper(share, faded):
    gradient = '<linearGradient id="g"><stop class="s"/></linearGradient><rect fill="url(#g)" width="9" height="9"/>'
    assert read_art(f"{OPEN}<style>.s{{stop-opacity:{share}}}</style>{gradient}</svg>").faded is faded

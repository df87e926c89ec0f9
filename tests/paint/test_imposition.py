"""Pages on paper: the order of a booklet is found by folding it, a poster by cutting and gluing its sheets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from studio.paint.imposition import (
    OVERLAP,
    POSTERS,
    SAFE_MARGIN,
    booklet_order,
    paint_side,
    tile_poster,
)
from studio.paint.sheet import typeset_sheet


@settings(max_examples=8, deadline=None)
@given(st.integers(1, 8))
def test_a_folded_heap_of_sheets_reads_from_first_to_last(sheets: int) -> None:
    sides = booklet_order(4 * sheets)
    papers = list(zip(sides[::2], sides[1::2], strict=True))
    # Folded, each sheet shows its front's right half, then its back from left to right with what lies inside between.
    read: list[int] = []
    for (_, front_right), (back_left, _) in papers:
        read += [front_right, back_left]
    for (front_left, _), (_, back_right) in reversed(papers):
        read += [back_right, front_left]
    assert read == list(range(1, 4 * sheets + 1))


@pytest.mark.parametrize("count", [0, 2, 6, 7])
def test_other_numbers_of_pages_make_no_booklet(count: int) -> None:
    with pytest.raises(ValueError, match="4, 8, 12"):
        booklet_order(count)


UNIT = 2.0
"""Pixels a millimetre."""


def image(size: tuple[float, float], paint) -> QImage:
    made = QImage(round(size[0] * UNIT), round(size[1] * UNIT), QImage.Format.Format_RGB32)
    made.fill(0xFFFFFFFF)
    painter = QPainter(made)
    paint(painter)
    painter.end()
    return made


@pytest.mark.parametrize("name", sorted(POSTERS))
def test_sheets_cut_and_glued_are_the_poster(boxed, name: str) -> None:
    art = "".join(
        f'<rect x="{x}" y="{y}" width="30" height="30" fill="#{(x * 7 + y * 13) % 0xFFFFFF:06x}"/>'
        for x in range(0, 210, 30)
        for y in range(0, 297, 30)
    )
    layers = (typeset_sheet(boxed({"text": "POSTER", "max": 60, "width": 200}, width=210, height=297, art=art)),)
    grid = POSTERS[name]
    wide, high = grid.size
    share = wide / (297 if name.startswith("a3") else 420)
    assert share == pytest.approx(1.0, abs=1e-3) if "full" in name else 0.91 < share < 0.93
    sides = tile_poster(layers, grid, lambda number, count: f"{number}/{count}")
    assert len(sides) == grid.across * grid.down
    whole = [grid._reach(grid.paper[0], grid.across), grid._reach(grid.paper[1], grid.down)]
    glued = QImage(round(whole[0] * UNIT), round(whole[1] * UNIT), QImage.Format.Format_RGB32)
    glued.fill(0xFFFFFFFF)
    gluer = QPainter(glued)
    for number, side in enumerate(sides):
        row, column = divmod(number, grid.across)
        (x, y, w, h), (left, top) = grid.window(column, row), grid.inset(column, row)
        sheet = image(grid.paper, lambda painter, side=side: paint_side(painter, side, UNIT))
        # Cut along the dashed lines, half a millimetre inside, and laid over the strip that the sheet before left.
        cut = 0.5
        gluer.drawImage(
            QRectF((x + cut) * UNIT, (y + cut) * UNIT, (w - cut) * UNIT, (h - cut) * UNIT),
            sheet,
            QRectF((left + cut) * UNIT, (top + cut) * UNIT, (w - cut) * UNIT, (h - cut) * UNIT),
        )
    gluer.end()
    x, y = grid.corner
    direct = image(
        (whole[0], whole[1]),
        lambda painter: layers[0].paint(painter, QRectF(x * UNIT, y * UNIT, wide * UNIT, high * UNIT)),
    )
    differ = [
        (px, py)
        for px in range(round(x * UNIT) + 4, round((x + wide) * UNIT) - 4, 7)
        for py in range(round(y * UNIT) + 4, round((y + high) * UNIT) - 4, 7)
        if abs(glued.pixelColor(px, py).lightness() - direct.pixelColor(px, py).lightness()) > 40
    ]
    assert len(differ) < 12, differ[:5]  # edges of squares, half a pixel apart
    assert SAFE_MARGIN >= 12
    assert OVERLAP == 10

"""Pixels, PNG files, and painting in other processes."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import threading

import pytest

from studio.base.errors import UserError
from studio.paint.image import paint_png, paint_rgb
from studio.paint.qt_application import ensure_gui

SCRIPTS = "Warga ꦮꦫꦒ سكان 🌾"


@pytest.mark.parametrize("width", [1, 2, 3, 5, 64, 101])
def test_pixels_come_without_padding(boxed, width):
    painted = paint_rgb(boxed(width=width, height=7, art='<rect width="200" height="7" fill="#ff8000"/>'), width, 7)
    assert painted.rgb == bytes((255, 128, 0)) * width * 7


def test_the_same_svg_gives_the_same_pixels(boxed):
    svg = boxed({"text": SCRIPTS, "max": 40, "min": 10})
    assert paint_rgb(svg, 400, 300) == paint_rgb(svg, 400, 300)


def test_a_png_is_transparent_where_nothing_is_drawn(boxed, tmp_path):
    from PIL import Image

    out = tmp_path / "judul.png"
    art = '<rect x="100" width="100" height="300" fill="#ff0000" fill-opacity="0.5"/>'
    assert paint_png(boxed({"text": "KIM", "max": 40}, art=art), 400, 300, out) == ()
    with Image.open(out) as image:
        assert (image.mode, image.size) == ("RGBA", (400, 300))
        assert image.getpixel((390, 290)) == (0, 0, 0, 0)
        assert image.getpixel((150, 290)) == pytest.approx((255, 0, 0, 128), abs=1)


def test_a_png_that_cannot_be_written_is_a_clear_error(boxed, tmp_path):
    with pytest.raises(UserError, match=r"paint\.save"):
        paint_png(boxed(), 40, 30, tmp_path / "tidak-ada" / "a.png")


def test_a_spawned_process_paints_the_same(boxed):
    svg = boxed({"text": SCRIPTS, "max": 40, "min": 10})
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(paint_total, (svg,)) == paint_total(svg)


def paint_total(svg: str) -> int:
    return sum(paint_rgb(svg, 400, 300).rgb)


def test_threads_may_paint_once_qt_is_ready(boxed):
    ensure_gui()
    svg = boxed({"text": SCRIPTS, "max": 40, "min": 10})
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(paint_total(svg))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [paint_total(svg)] * 3


BARE = """
import sys
from PySide6.QtGui import QFontDatabase
from studio.paint.qt_application import ensure_gui
ensure_gui()
from studio.paint.art import read_art
from studio.paint.lines import break_lines, style_of
box = read_art(sys.argv[1]).boxes[0]
for text in sys.argv[2:]:
    for line in break_lines(text, style_of(box), 9999, anywhere=False):
        for run in line.line.glyphRuns():
            assert all(run.glyphIndexes()), (text, run.rawFont().familyName())
print(sorted(QFontDatabase.families()))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="hiding the system's fonts needs fontconfig")
def test_no_system_font_is_needed(boxed, tmp_path):
    (tmp_path / "fonts.conf").write_text("<fontconfig><dir>/tidak/ada</dir></fontconfig>", encoding="utf-8")
    environment = os.environ | {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    texts = ["Warga É ñ “…” – — · •", "ꦮꦫꦒꦱꦸꦏꦩꦗꦸ꧈", "سكان القرية، ٢٠٢٦", "🌾😀🎉✅👨‍👩‍👧"]
    done = subprocess.run(
        [sys.executable, "-c", BARE, boxed({"text": "a", "max": 9}), *texts],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "DejaVu" not in done.stdout
    assert "Noto Emoji" in done.stdout


def test_qt_is_not_started_from_a_side_thread():
    code = """
import threading
from studio.paint.qt_application import ensure_gui
def work():
    try:
        ensure_gui()
    except RuntimeError as error:
        print("told:", error)
thread = threading.Thread(target=work)
thread.start()
thread.join()
ensure_gui()
ensure_gui()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("told:")

#!/usr/bin/env bash
# A background of 100 %, a centred circle, a rectangle in inches and a half-transparent one, rendered by QSvgRenderer of PySide6-Essentials
# 6.11.3 beside resvg (resvg_py 0.5.0), on a page of 400 x 200 units.
# Guess:   a percentage is one of the page; an inch is 96 units, as in CSS and every browser; an opacity may be written in percent.
# Happens: 100 % is 100 units whatever the viewBox says, so a full background covers a corner of a large card, all of a small one, and half is a
#          fixed place; an inch is 90 units; opacity "50%" is thrown away and the shape is solid. isValid() is True, nothing is logged.
# Source:  parseLength() and convertToPixels() in qsvghandler.cpp of Qt SVG 6.11; SVG 2, section 8.9; CSS Values 4, section 6.2; CSS Color 4,
#          "alpha-value".
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q PySide6-Essentials==6.11.3 resvg_py==0.5.0 pillow==13.0.0
cd "$dir"
QT_QPA_PLATFORM=offscreen venv/bin/python - <<'PY'
import io
import sys

import resvg_py
from PIL import Image
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

application = QGuiApplication(sys.argv)
SHAPES = {
    "background": '<rect width="100%" height="100%"/>',
    "circle": '<circle cx="50%" cy="50%" r="20"/>',
    "one inch": '<rect width="1in" height="1in"/>',
    "opacity": '<rect width="80" height="80" opacity="50%"/>',
}
seen = []
for name, shape in SHAPES.items():
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200" width="400" height="200">{shape}</svg>'
    page = QImage(400, 200, QImage.Format.Format_ARGB32)
    page.fill(0)
    painter = QPainter(page)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    renderer.render(painter, QRectF(0, 0, 400, 200))
    painter.end()
    page.save("qt.png")
    for program, source in (("Qt", "qt.png"), ("resvg", io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, dpi=96))))):
        with Image.open(source) as image:
            alpha = image.convert("RGBA").getchannel("A")
        box = alpha.point(lambda value: 255 if value > 100 else 0).getbbox()
        seen.append((name, program, renderer.isValid(), box, f"{max(alpha.tobytes()) / 255:.1f}"))
        print(*seen[-1])
expected = [
    ("background", "Qt", True, (0, 0, 100, 100), "1.0"), ("background", "resvg", True, (0, 0, 400, 200), "1.0"),
    ("circle", "Qt", True, (30, 30, 70, 70), "1.0"), ("circle", "resvg", True, (180, 80, 220, 120), "1.0"),
    ("one inch", "Qt", True, (0, 0, 90, 90), "1.0"), ("one inch", "resvg", True, (0, 0, 96, 96), "1.0"),
    ("opacity", "Qt", True, (0, 0, 80, 80), "1.0"), ("opacity", "resvg", True, (0, 0, 80, 80), "0.5"),
]  # fmt: skip
sys.exit(0 if seen == expected else "the behaviour changed")
PY

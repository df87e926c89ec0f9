#!/usr/bin/env bash
# Half-transparent colours of CSS Color 4, as design tools write them into an SVG, rendered by QSvgRenderer of PySide6-Essentials 6.11.3.
# Guess:   rgba(...) and #rrggbbaa are drawn half-transparent, or an unknown colour is left out (no fill), as SVG Tiny asks for errors.
# Happens: every notation the parser does not know becomes solid black: rgba(), #rrggbbaa, hsl(), var() with a fall-back.
#          A soft shade over the lower third of a photo turns into a black slab that hides the people, and isValid() is True.
#          fill="#rrggbb" with fill-opacity does what was meant.
# Source:  Qt SVG module of 6.11.3; CSS Color Module Level 4, sections 4.2 (hex with alpha) and 5.1 (rgb/rgba).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q PySide6-Essentials==6.11.3
QT_QPA_PLATFORM=offscreen "$dir/venv/bin/python" - 2>"$dir/noise.txt" <<'PY'
import sys

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

app = QGuiApplication([])
FILLS = {
    'fill="rgba(255,0,0,0.5)"': "#000000",
    'fill="#ff000080"': "#000000",
    'fill="hsl(0,100%,50%)"': "#000000",
    'style="fill:var(--shade,#ff0000)"': "#000000",
    'fill="#ff0000" fill-opacity="0.5"': "#ff8080",
    'fill="rgb(255,0,0)"': "#ff0000",
}
changed = False
for fill, expected in FILLS.items():
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" {fill}/></svg>'
    paper = QImage(10, 10, QImage.Format.Format_RGB32)
    paper.fill(QColor("#ffffff"))
    renderer, painter = QSvgRenderer(QByteArray(svg.encode())), QPainter(paper)
    renderer.render(painter)
    painter.end()
    seen = paper.pixelColor(5, 5).name()
    print(f"{fill}: valid {renderer.isValid()}, on white paper {seen}")
    changed |= not renderer.isValid() or seen != expected
sys.exit("the behaviour changed" if changed else 0)
PY

#!/usr/bin/env bash
# A photo in a frame, as Inkscape and browsers draw it in an SVG, rendered by QSvgRenderer of PySide6-Essentials 6.11.3.
# Guess:   a renderer that calls the file valid shows the photo in its own proportions (preserveAspectRatio, default "xMidYMid meet")
#          and only where its clip-path allows; or says that it cannot.
# Happens: isValid() is True and nothing is logged, but the photo is stretched over the whole box with every value of
#          preserveAspectRatio, and clip-path is ignored, so all that was cut away shows. A mask with the same shape is
#          obeyed (since Qt 6.7). Crop the picture before it goes in, or use a mask.
# Source:  Qt SVG module of 6.11.3 (SVG Tiny 1.2 has no clip-path, but its chapter 7.8 has preserveAspectRatio for images).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q PySide6-Essentials==6.11.3
QT_QPA_PLATFORM=offscreen "$dir/venv/bin/python" - <<'PY'
import sys

from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

app = QGuiApplication([])
# The photo: 200 x 100, red at its sides, green in the middle half. The card around it: 100 x 100 on blue.
photo = QImage(200, 100, QImage.Format.Format_RGB32)
photo.fill(QColor("#ff0000"))
painter = QPainter(photo)
painter.fillRect(50, 0, 100, 100, QColor("#00ff00"))
painter.end()
store = QBuffer()
store.open(QBuffer.OpenModeFlag.WriteOnly)
photo.save(store, "PNG")
ADDRESS = "data:image/png;base64," + bytes(store.data().toBase64()).decode()
SHAPES = '<defs><clipPath id="c"><circle cx="50" cy="50" r="30"/></clipPath><mask id="m"><circle cx="50" cy="50" r="30" fill="#fff"/></mask></defs>'


def colours(attributes, *places):
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{SHAPES}<image href="{ADDRESS}" width="100" height="100" {attributes}/></svg>'
    card = QImage(100, 100, QImage.Format.Format_RGB32)
    card.fill(QColor("#0000ff"))
    renderer, painter = QSvgRenderer(QByteArray(svg.encode())), QPainter(card)
    renderer.render(painter)
    painter.end()
    return [renderer.isValid(), *(card.pixelColor(*place).name() for place in places)]


stretched = True
for fit in ("xMidYMid meet", "xMidYMid slice", "none"):
    valid, left, top = colours(f'preserveAspectRatio="{fit}"', (5, 50), (50, 5))
    print(f"{fit}: valid {valid}, left edge {left}, top edge {top}")
    stretched &= valid and (left, top) == ("#ff0000", "#00ff00")  # meet: the top is blue; slice: the left is green
clipped, masked = colours('clip-path="url(#c)"', (5, 50))[1], colours('mask="url(#m)"', (5, 50))[1]
print(f"outside the circle: with clip-path {clipped} (the photo), with mask {masked} (the ground)")
sys.exit(0 if stretched and clipped == "#ff0000" and masked == "#0000ff" else "the behaviour changed")
PY

#!/usr/bin/env bash
# An SVG with a photo, a <use> and a gradient that inherits its stops, before and after an XML tool wrote it anew: QSvgRenderer of
# PySide6-Essentials 6.11.3 beside resvg (resvg_py 0.5.0).
# Guess:   a link is an attribute of the XLink namespace, whatever prefix the file gives it; Python's ElementTree writes "ns1:href" and
#          means the same. Where the renderer knows SVG 2's plain href for one element, it knows it for all.
# Happens: Qt looks for the letters "xlink:href": with any other prefix the photo is gone, the <use> draws nothing and the gradient is empty,
#          while isValid() stays True; resvg draws all three. Plain href works in Qt for <image> and <use>, not for the gradient.
# Source:  Namespaces in XML 1.0, section 3 (a prefix only stands for a name); SVG 2, 16.1.5 (href and xlink:href); seen with both renderers.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q PySide6-Essentials==6.11.3 resvg_py==0.5.0
QT_QPA_PLATFORM=offscreen "$dir/venv/bin/python" - 2>"$dir/noise.txt" <<'PY'
import base64
import sys
import xml.etree.ElementTree as ET

import resvg_py
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

app, photo, buffer = QGuiApplication([]), QImage(4, 4, QImage.Format.Format_RGB32), QBuffer()
photo.fill(QColor("red"))
buffer.open(QBuffer.OpenModeFlag.WriteOnly)
photo.save(buffer, "PNG")
data = base64.b64encode(buffer.data().data()).decode()
STOPS = '<linearGradient id="s"><stop offset="0" stop-color="red"/><stop offset="1" stop-color="red"/></linearGradient>'
SHEET = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="20" height="20" viewBox="0 0 20 20">{}</svg>'
PARTS = (
    f'<image width="20" height="20" xlink:href="data:image/png;base64,{data}"/>',
    '<defs><rect id="part" width="20" height="20" fill="red"/></defs><use xlink:href="#part"/>',
    f'<defs>{STOPS}<linearGradient id="own" xlink:href="#s"/></defs><rect width="20" height="20" fill="url(#own)"/>',
)


def drawn_by_qt(svg):
    renderer, canvas = QSvgRenderer(QByteArray(svg.encode())), QImage(20, 20, QImage.Format.Format_RGB32)
    canvas.fill(QColor("white"))
    with QPainter(canvas) as painter:
        renderer.render(painter)
    assert renderer.isValid()
    return canvas.pixelColor(10, 10) == QColor("red")


changed = False
for way, change, expected in (
    ("xlink:href", lambda svg: svg, [True, True, True]),
    ("written anew by ElementTree", lambda svg: ET.tostring(ET.fromstring(svg), encoding="unicode"), [False, False, False]),
    ("plain href", lambda svg: svg.replace("xlink:href", "href"), [True, True, False]),
):
    sheets = [change(SHEET.format(part)) for part in PARTS]
    qt = [drawn_by_qt(svg) for svg in sheets]
    other = [QImage.fromData(bytes(resvg_py.svg_to_bytes(svg_string=svg))).pixelColor(10, 10) == QColor("red") for svg in sheets]
    print(f"{way}: photo, use, gradient drawn by Qt {qt}, by resvg {other}")
    changed |= qt != expected or not all(other)
sys.exit("the behaviour changed" if changed else 0)
PY

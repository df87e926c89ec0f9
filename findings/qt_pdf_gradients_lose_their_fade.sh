#!/usr/bin/env bash
# A soft shade (a gradient from clear to black) and a gradient at half opacity, painted by Qt (PySide6-Essentials 6.11.3) on a picture and into a
# PDF (QPdfWriter), and the PDF shown by pdfium (pypdfium2 5.0.0) and MuPDF (PyMuPDF 1.26.0).
# Guess:   the page looks like the picture: a plain colour at half opacity and a picture with an alpha channel do, and Qt writes a soft mask
#          (/SMask) for the gradient.
# Happens: both gradients are solid on paper, whatever the version of the PDF, in every reader: the mask is of the kind /S /Alpha over a form that
#          paints the gradient of the alpha in opaque grey, so its alpha is 1 everywhere (it would have to be /Luminosity). A shade under the
#          words of a poster hides the people in the photo. Painted into a QImage with alpha first, it fades.
# Source:  QPdfEnginePrivate::gradientBrush in qpdf.cpp of Qt 6.11; ISO 32000-2, 11.5.2 and 11.5.3, "mask from group alpha" and "from luminosity".
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q PySide6-Essentials==6.11.3 pypdfium2==5.0.0 pymupdf==1.26.0 pillow==13.0.0
cd "$dir"
QT_QPA_PLATFORM=offscreen venv/bin/python - <<'PY'
import sys

import pymupdf
import pypdfium2
from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QColor, QGuiApplication, QImage, QLinearGradient, QPageSize, QPainter, QPdfWriter

application = QGuiApplication(sys.argv)


def paint(painter):
    for x, first, opacity in ((0, QColor(0, 0, 0, 0), 1), (100, QColor("black"), 0.5)):
        shade = QLinearGradient(x, 0, x + 100, 0)
        shade.setColorAt(0, first)
        shade.setColorAt(1, QColor("black"))
        painter.setOpacity(opacity)
        painter.fillRect(x, 0, 100, 100, shade)
    painter.fillRect(200, 0, 100, 100, QColor("black"))  # still at half opacity, a plain colour
    painter.end()


picture = QImage(300, 100, QImage.Format.Format_RGB32)
picture.fill(QColor("white"))
paint(QPainter(picture))
writer = QPdfWriter("a.pdf")
writer.setResolution(72)
writer.setPageSize(QPageSize(QSizeF(300, 100), QPageSize.Unit.Point))
writer.setPageMargins(QMarginsF())
paint(QPainter(writer))
pdfium = pypdfium2.PdfDocument("a.pdf")[0].render(scale=1).to_pil().convert("L")
mupdf = pymupdf.open("a.pdf")[0].get_pixmap()
seen = {
    "picture": [picture.pixelColor(x, 50).red() for x in (50, 150, 250)],
    "pdfium": [pdfium.getpixel((x, 50)) for x in (50, 150, 250)],
    "MuPDF": [mupdf.pixel(x, 50)[0] for x in (50, 150, 250)],
}
for program, greys in seen.items():
    print(f"{program:8} fading shade {greys[0]:3}, gradient at half opacity {greys[1]:3}, plain at half opacity {greys[2]:3}")
half = all(abs(greys[2] - 127) < 4 for greys in seen.values()) and all(abs(grey - 127) < 4 for grey in seen["picture"])
solid = seen["pdfium"][:2] == seen["MuPDF"][:2] == [0, 0]
sys.exit(0 if half and solid else "the behaviour changed")
PY

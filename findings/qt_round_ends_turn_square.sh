#!/usr/bin/env bash
# A pill ("chip") with round ends in a Qt style sheet (PySide6-Essentials 6.11.1), written as in CSS with a border-radius larger than it needs,
# or with half of its height where text of the user's size makes the height odd.
# Guess:   Qt Style Sheets follow CSS: a radius too large is scaled down until the curves meet, so 999px, or a pixel too much, gives round ends.
# Happens: as soon as twice the radius is more than the height by one pixel, every corner is drawn square; nothing is printed. A pill of 28 px
#          with 14px is round, the same pill at 27 px is a box. So radii in em or dp break at some text sizes only; the radius must be
#          reckoned down from the final height, never up.
# Source:  qNormalizeRadii in qcssutil.cpp of Qt (what does not fit becomes 0); CSS Backgrounds and Borders 3, 5.5 "Overlapping curves".
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q PySide6-Essentials==6.11.1
cd "$dir"
QT_QPA_PLATFORM=offscreen venv/bin/python - <<'PY' 2>/dev/null
import sys

from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

application = QApplication([])


def has_round_ends(kind, height, radius):
    """Whether the page shows through at the outermost pixel of a pill on a white page."""
    page = QWidget()
    page.setStyleSheet("QWidget { background: white }")
    page.resize(200, 100)
    pill = kind(page)
    pill.setStyleSheet(f"background: #c00000; border-radius: {radius}px; border: 1px solid #400000")
    pill.setGeometry(10, 10, 80, height)
    return page.grab().toImage().pixelColor(10, 10).green() > 200


seen = {}
for kind in (QLabel, QPushButton):
    for height, radius in ((28, 13), (28, 14), (27, 14), (28, 15), (28, 999)):
        seen[kind, height, radius] = has_round_ends(kind, height, radius)
        print(f"{kind.__name__} {height} px high, radius {radius}: {'round' if seen[kind, height, radius] else 'square'}")
sys.exit(0 if all(round_ends == (2 * radius <= height) for (_, height, radius), round_ends in seen.items()) else "the behaviour changed")
PY

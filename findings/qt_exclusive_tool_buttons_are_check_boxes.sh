#!/usr/bin/env bash
# What a screen reader is told of buttons of which one is chosen, PySide6-Essentials 6.11.3.
# Guess:   buttons that are checkable and exclusive are radio buttons for assistive technology, whichever class they are of.
# Happens: only an auto-exclusive QPushButton becomes a radio button. A QToolButton stays a check box either way, and so does a QPushButton in an
#          exclusive QButtonGroup: a row of tools or tabs made of these is read as switches of which each can be on.
# Source:  QAccessible.queryAccessibleInterface(...).role() in Qt 6.11.3.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q PySide6-Essentials==6.11.3
QT_QPA_PLATFORM=offscreen "$dir/venv/bin/python" - <<'PY'
import sys

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QButtonGroup, QPushButton, QToolButton

app, seen, kept = QApplication([]), {}, []
for kind in (QPushButton, QToolButton):
    for way in ("auto-exclusive", "in an exclusive group"):
        button, group = kind(), QButtonGroup()
        button.setText("Potong")
        button.setCheckable(True)
        if way == "auto-exclusive":
            button.setAutoExclusive(True)
        else:
            group.addButton(button)
        kept += [button, group]
        seen[kind.__name__, way] = QAccessible.queryAccessibleInterface(button).role().name
        print(f"{kind.__name__}, {way}: {seen[kind.__name__, way]}")
expected = {key: "RadioButton" if key == ("QPushButton", "auto-exclusive") else "CheckBox" for key in seen}
sys.exit(0 if seen == expected else "the behaviour changed")
PY

#!/usr/bin/env bash
# Asking whether the system wants high contrast, PySide6-Essentials 6.11.3.
# Guess:   app.styleHints().accessibility().contrastPreference() works like app.styleHints().colorScheme(): the hints belong to the application.
# Happens: it raises RuntimeError ("Internal C++ object ... already deleted"), for the wrapper of styleHints() has gone when the second call is
#          made and PySide6 takes the object it gave for its child. With the first result in a variable the same call works, again and again.
# Source:  QStyleHints.accessibility(), new in Qt 6.10; the application's QAccessibilityHints itself lives on.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q PySide6-Essentials==6.11.3
QT_QPA_PLATFORM=offscreen "$dir/venv/bin/python" - <<'PY'
import sys

from PySide6.QtGui import QGuiApplication

app = QGuiApplication([])


def told(call):
    """The name of what a call gives, or of what it raises."""
    try:
        return call().name
    except RuntimeError as error:
        return f"RuntimeError: {error}"


scheme = told(lambda: app.styleHints().colorScheme())
chained = told(lambda: app.styleHints().accessibility().contrastPreference())
hints = app.styleHints()
kept = told(lambda: hints.accessibility().contrastPreference())
print("colour scheme, in one line:", scheme)
print("contrast, in one line:", chained)
print("contrast, with the hints kept:", kept)
right = "RuntimeError" not in scheme + kept and "already deleted" in chained
sys.exit(0 if right else "the behaviour changed")
PY

#!/usr/bin/env bash
# A checkable button's clicked(bool) connected to functools.partial(slot, ...) in PySide6 (6.11.3).
# Guess:   a partial is called with what the signal carries, as a function, a lambda or a bound method is, and as PySide itself
#          does with partials for toggled(bool) and textChanged(str).
# Happens: clicked alone calls a partial (and any other object with __call__) without the value: its parameter keeps its
#          default, and a slot that means to follow the tick always sees "not given". Lambdas and methods get it.
# Source:  clicked(bool checked = false) has a default value, so PySide knows it with and without; it counts a callable's
#          parameters by its code object, and a partial has none.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q PySide6-Essentials==6.11.3
cd "$dir"
QT_QPA_PLATFORM=offscreen venv/bin/python - <<'PY'
import sys
from functools import partial

from PySide6.QtWidgets import QApplication, QCheckBox

app = QApplication(["try"])
seen = {}


def note(name, value="not given"):
    seen[name] = value


box = QCheckBox()
box.clicked.connect(partial(note, "clicked, partial"))
box.clicked.connect(lambda value="not given": note("clicked, lambda", value))
box.toggled.connect(partial(note, "toggled, partial"))
box.click()
print(seen)
expected = {"clicked, partial": "not given", "clicked, lambda": True, "toggled, partial": True}
sys.exit(0 if seen == expected else "the behaviour changed")
PY

#!/usr/bin/env bash
# A one-line field (QLineEdit) placed inside a text area (QTextEdit or QPlainTextEdit), as in an editor whose headline scrolls with the body
# (PySide6-Essentials 6.11.3). The user presses Tab in the field.
# Guess:   the focus goes to the next field: a QLineEdit never takes Tab, and the text area does not have the focus.
# Happens: a tab is written into the text of the *area*, out of sight, and the focus stays where it is, at each press. QWidget asks its
#          parents' focusNextPrevChild before it moves the focus, and a text area there handles Tab as if it had been pressed in itself.
#          setTabChangesFocus(True) on the area (not on the field) ends it; inside a QScrollArea all is as guessed.
# Source:  QWidget::event and focusNextPrevChild of Qt 6.11 (qwidget.cpp), QTextEdit::focusNextPrevChild (qtextedit.cpp).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q PySide6-Essentials==6.11.3
QT_QPA_PLATFORM=offscreen QT_LOGGING_RULES="*=false" "$dir/venv/bin/python" - <<'PY'
import sys

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QScrollArea, QTextEdit, QVBoxLayout, QWidget

app = QApplication([])


def pressed_tab(area, *, lets_out=False):
    """What stands in the area after Tab in the field, and whether the focus left the field."""
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(area)
    column.addWidget(QLineEdit())
    field = QLineEdit(area.viewport())
    if lets_out:
        area.setTabChangesFocus(True)
    window.show()
    QTest.qWaitForWindowActive(window)
    field.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    written = area.toPlainText() if hasattr(area, "toPlainText") else ""
    return written, QApplication.focusWidget() is not field


seen = {
    "in a QTextEdit": pressed_tab(QTextEdit()),
    "in a QPlainTextEdit": pressed_tab(QPlainTextEdit()),
    "in a QTextEdit with tabChangesFocus": pressed_tab(QTextEdit(), lets_out=True),
    "in a QScrollArea": pressed_tab(QScrollArea()),
}
for where, (written, left) in seen.items():
    print(f"{where}: written into it {written!r}, the focus {'went on' if left else 'stayed'}")
expected = [("\t", False), ("\t", False), ("", True), ("", True)]
sys.exit(0 if list(seen.values()) == expected else "the behaviour changed")
PY

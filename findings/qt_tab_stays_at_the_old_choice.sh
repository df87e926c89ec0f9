#!/usr/bin/env bash
# Radio buttons (PySide6-Essentials 6.11.3, real key events): the user chooses the second with an arrow key, then the program chooses the third, as
# undo or another record does; then the second is greyed out.
# Guess:   Tab goes to the button that is chosen, as in every browser and by the ARIA pattern for radio groups; a group with buttons to choose is
#          reached by Tab.
# Happens: the one Tab stop of the group moves with the user's keys only. After setChecked() Tab lands on the second button, which is not chosen; a
#          screen reader says so, and the next arrow key goes on from there. When that button is disabled (or hidden), the group has no Tab stop
#          at all: two buttons can be chosen and no key reaches them. The same for tool and push buttons that exclude each other. Whoever sets a
#          choice must give the chosen button Qt.TabFocus and take it from the others.
# Source:  QAbstractButtonPrivate::fixFocusPolicy() in qabstractbutton.cpp of Qt 6.11 (called when a button is given the focus, not by
#          setChecked()); ARIA Authoring Practices Guide, "Radio Group Pattern".
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q PySide6-Essentials==6.11.3
QT_QPA_PLATFORM=offscreen "$dir/venv/bin/python" - 2>"$dir/noise.txt" <<'PY'
import sys

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QRadioButton, QToolButton, QVBoxLayout, QWidget

application = QApplication(sys.argv)
seen = []
for kind in (QRadioButton, QToolButton, QPushButton):
    window = QWidget()
    column = QVBoxLayout(window)
    before, after = QLineEdit(), QLineEdit()
    buttons = [kind(text=text, checkable=True, autoExclusive=True, focusPolicy=Qt.FocusPolicy.StrongFocus) for text in "ABC"]
    for widget in (before, *buttons, after):
        column.addWidget(widget)
    buttons[0].setChecked(True)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowExposed(window)

    def tab():
        before.setFocus()
        QTest.keyClick(before, Qt.Key.Key_Tab)
        reached = application.focusWidget()
        return "the field behind" if reached is after else reached.text() + (" chosen" if reached.isChecked() else " not chosen")

    steps = [tab()]
    QTest.keyClick(buttons[0], Qt.Key.Key_Down)
    steps.append(tab())
    buttons[2].setChecked(True)
    steps.append(tab())
    buttons[1].setEnabled(False)
    steps.append(tab())
    print(f"{kind.__name__:12} Tab reaches: at first {steps[0]} | after the arrow key {steps[1]} | C set: {steps[2]} | B greyed: {steps[3]}")
    seen.append(steps)
expected = ["A chosen", "B chosen", "B not chosen", "the field behind"]
sys.exit(0 if seen == [expected] * 3 else "the behaviour changed")
PY

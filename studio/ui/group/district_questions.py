"""Questions of the page "Kabupaten" that take more than one line: longer texts, and a day with its calendar."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QLabel, QPlainTextEdit, QWidget

from studio.ui.widgets.basic_parts import button, column, edges, label, row
from studio.ui.widgets.calm_inputs import date_edit
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from studio.ui.core.desk_context import WindowTools


class TextQuestion(StyledDialog):
    """Asks for a text of several lines.

    Args:
        tools: texts and theme.
        title: of the dialog.
        name: what the text is; also for screen readers.
        hint: below it, "" for none.
        done: the button that takes it.
        most: signs; what is longer cannot be taken, and the dialog says so.
    """

    def __init__(self, tools: WindowTools, title: str, name: str, *, hint: str, done: str, most: int) -> None:
        super().__init__(tools.theme)
        self._tools, self._most = tools, most
        theme = tools.theme
        self.setWindowTitle(title)
        head = label(name, "title", wrap=True)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(name)
        self.text.setMinimumHeight(theme.px(90))
        head.setBuddy(self.text)
        self._length = label("", "muted")
        self.take = button(theme, done, self.accept, look="primary")
        parts: list[QWidget] = [head, *([label(hint, "hint", wrap=True)] if hint else []), self.text]
        close = button(theme, tools.t("dialog.close"), self.reject)
        last = row(self._length, 1, close, self.take, gap=theme.px(8))
        whole = column(*parts, last, gap=theme.px(8), edges=edges(theme, 20, 18))
        whole.setStretch(len(parts) - 1, 1)
        self.setLayout(whole)
        self.resize(theme.px(540), theme.px(320))
        self.text.textChanged.connect(self._on_text)
        self._on_text()
        self.text.setFocus()

    @property
    def answer(self) -> str:
        """The text, without empty lines around it."""
        return self.text.toPlainText().strip()

    def _on_text(self) -> None:
        long = len(self.answer)
        self.take.setEnabled(0 < long <= self._most)
        over = long > self._most
        self._length.setText(self._tools.t("district.page.too_long", count=long, most=self._most) if over else "")


class SinceQuestion(StyledDialog):
    """Asks from which day on rounds count; or all of them.

    Args:
        tools: texts and theme.
        since: the day as it is; None for all rounds.
        today: no later day can be chosen.
    """

    def __init__(self, tools: WindowTools, since: date | None, today: date) -> None:
        super().__init__(tools.theme)
        theme, t = tools.theme, tools.t
        self.setWindowTitle(t("district.page.since"))
        shown = since or date(today.year, 1, 1)
        self.day = date_edit(tools, QDate(shown.year, shown.month, shown.day))
        self.day.setMaximumDate(QDate(today.year, today.month, today.day))
        self.day.setAccessibleName(t("district.page.since_label"))
        name = QLabel(t("district.page.since_label"))
        name.setBuddy(self.day)
        self.all = QCheckBox(t("district.page.since_all"))
        self.all.toggled.connect(self.day.setDisabled)
        self.take = button(theme, t("district.page.since_done"), self.accept, look="primary")
        close = button(theme, t("dialog.close"), self.reject)
        hint = label(t("district.page.since_tip"), "hint", wrap=True)
        last = row(1, close, self.take, gap=theme.px(8))
        self.setLayout(column(name, self.day, hint, self.all, 1, last, gap=theme.px(8), edges=edges(theme, 20, 18)))
        self.setMinimumWidth(theme.px(360))
        self.day.setFocus()

    @property
    def answer(self) -> date | None:
        """The day; None for all rounds."""
        day = self.day.date()
        return None if self.all.isChecked() else date(day.year(), day.month(), day.day())


def ask_since(tools: WindowTools, since: date | None, today: date) -> tuple[bool, date | None]:
    """Ask for the day; whether it was answered, and the day (None for all rounds)."""
    asked = SinceQuestion(tools, since, today)
    return tools.dialogs.show(asked), asked.answer


def ask_lines(tools: WindowTools, title: str, name: str, *, hint: str, done: str, most: int) -> str:
    """Ask for a text of several lines; "" when it was not answered."""
    asked = TextQuestion(tools, title, name, hint=hint, done=done, most=most)
    return asked.answer if tools.dialogs.show(asked) else ""

"""The line above the page that stays until what it tells is over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from studio.ui.core.spoken_news import announce
from studio.ui.dialogs.dialog_service import DialogChoice
from studio.ui.widgets.basic_parts import button, describe, label, picture, restyle, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QPushButton

    from studio.base.errors import WorkNotice
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.window_theme import WindowTheme

MOST_ACTIONS = 2


@dataclass(frozen=True)
class BannerMessage:
    """What a banner says: text, buttons (label and what each does), and ``tone``.

    ``tone`` is "bad" for what must be fixed, "quiet" for advice.
    """

    text: str
    actions: tuple[tuple[str, Callable[[], object]], ...] = ()
    tone: str = ""


class MessageBanner(QFrame):
    """Shows one message, or nothing.

    Args:
        theme: for its look.
    """

    def __init__(self, theme: WindowTheme) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.text = label("", wrap=True)
        self.buttons = tuple(button(theme, "") for _ in range(MOST_ACTIONS))
        self._mark = picture(theme, "triangle-alert", "warn")
        inside = row(self._mark, self.text, *self.buttons, gap=theme.px(10))
        inside.setStretch(1, 1)
        inside.setContentsMargins(theme.px(20), theme.px(8), theme.px(20), theme.px(8))
        self.setLayout(inside)
        self._said = ""
        self.hide()

    def show_message(self, told: BannerMessage) -> None:
        """Show a message; one without text hides the line."""
        self.text.setText(told.text)
        restyle(self, "tone", told.tone)
        self.text.style().polish(self.text)  # its colour hangs on our tone, which Qt looks up again for us only
        self._mark.setVisible(told.tone != "quiet")
        for number, made in enumerate(self.buttons):
            text, on = told.actions[number] if number < len(told.actions) else ("", None)
            bind(made, text, on)
        self.setVisible(bool(told.text))
        if told.text != self._said:
            self._said = told.text
            announce(self, told.text, urgent=told.tone != "quiet")


def bind(made: QPushButton, text: str, on: Callable[[], object] | None) -> None:
    """Give a button of a message its text and what it does now; without a text it is hidden."""
    made.setVisible(bool(text))
    made.setText(text)
    describe(made, text)
    made.disconnect(made)
    if on is not None:
        made.clicked.connect(lambda _=False: on())


def ask_take_over(tools: WindowTools, take_over: Callable[[], object], why: WorkNotice) -> None:
    """Ask whether the computer that left its lock is certainly dead; if so, write in its place."""
    text = tools.t("window.take_over_text", why=tools.texts.explain(why))
    choices = [DialogChoice("take_over", tools.t("window.take_over_now"), destructive=True)]
    if tools.dialogs.ask(tools.t("window.take_over_title"), text, choices, tone="warning") == "take_over":
        take_over()

"""The script of the open story beside the recorder: it moves while a take is on, so that nobody reads from paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.services.broadcast_programme import programme_of_today, spoken_words, within_bounds
from studio.ui.widgets.basic_parts import column, describe, label, row, tool
from studio.ui.widgets.teleprompter import TeleprompterView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QVBoxLayout

    from studio.store.workspace import Workspace
    from studio.ui.core.desk_context import WindowTools


class RecorderScript:
    """Shows the script at the pace of whoever writes here.

    Args:
        tools: what every part is given.
        workspace: where the story is.
        folder: the story's, saved.
    """

    def __init__(self, tools: WindowTools, workspace: Workspace, folder: str) -> None:
        theme = tools.theme
        self.view = TeleprompterView(theme)
        describe(self.view, tools.t("siaran.script"), tools.t("siaran.keys"))
        self.view.resize_type(-2)  # read from nearer than a teleprompter
        self.told = label("", "hint", wrap=True)
        self._text = ""
        pace = tools.settings.note("reading_paces", tools.settings.text("author"))
        try:
            self.view.set_pace(float(pace))
        except ValueError:  # never measured
            self.view.set_pace(within_bounds())
        try:
            self._text = programme_of_today(workspace, tools.texts, [folder]).text
            self.view.set_script(self._text)
        except UserError as error:  # a voice can be recorded of a story that may not go out yet
            self.told.setText(tools.texts.explain(error))
        self.view.setVisible(not self.told.text())
        self.told.setVisible(bool(self.told.text()))
        self._controls = row(
            label(tools.t("siaran.script"), "strong"),
            1,
            tool(theme, "rabbit", tools.t("siaran.faster"), self.view.faster),
            tool(theme, "turtle", tools.t("siaran.slower"), self.view.slower),
            tool(theme, "a-arrow-up", tools.t("siaran.larger"), lambda: self.view.resize_type(1)),
            tool(theme, "a-arrow-down", tools.t("siaran.smaller"), lambda: self.view.resize_type(-1)),
            gap=theme.px(4),
        )

    def laid_out(self) -> QVBoxLayout:
        """Where it stands in the recorder."""
        whole = column(self._controls, self.told, self.view, gap=6)
        whole.setStretch(2, 1)
        return whole

    @property
    def spoken(self) -> str:
        """What lies before the reader, without the marks for breathing; "" for nothing."""
        return spoken_words(self._text)

    def begin(self) -> None:
        """A take begins: from the first line, at the reader's pace."""
        self.view.restart()
        if not self.view.running and self.view.seconds:
            self.view.toggle()

    def end(self) -> None:
        """It stands still."""
        self.view.stop()

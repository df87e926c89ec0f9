"""Series of stories as the user sees them: the form, the next story, and what of its dates is to be looked at."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.base.errors import UserError
from studio.ui.dialogs.dialog_service import DialogChoice

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.services.story_series import MadeStory
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace
    from studio.ui.core.story_session import StorySession
    from studio.ui.shell.window_frame import WindowFrame


class SeriesCommands(QObject):
    """Makes series and the stories in them.

    Args:
        tools: what every part is given.
        stories: the open workspace and story.
        shell: for short words.
        remove: moves a story to the bin: how a new one is taken back.
    """

    def __init__(
        self, tools: WindowTools, stories: OpenWorkspace, shell: WindowFrame, remove: Callable[[str], None]
    ) -> None:
        super().__init__(shell)
        self._tools = tools
        self._stories = stories
        self._shell = shell
        self._remove = remove

    def edit(self) -> None:
        """Ask when the open story comes again."""
        from studio.store.workspace import new_id
        from studio.story.next_in_series import set_series
        from studio.ui.dialogs.series_dialog import SeriesDialog

        session = self._ready_session()
        if session is None:
            return
        try:
            dialog = SeriesDialog(self._tools, session.story, new_id(), self._today())
        except UserError as error:
            self._tools.dialogs.explain(error)
            return
        accepted = self._tools.dialogs.show(dialog)
        wish, series, day = dialog.wish, dialog.series, dialog.day
        dialog.deleteLater()
        if not accepted:
            return
        session.edit(set_series(series))
        if wish == "make" and day is not None:
            self._make(session, day)

    def make(self) -> None:
        """Make the next story of the open one's series at once; a story in no series is asked about first."""
        from studio.story.next_in_series import first_day

        session = self._ready_session()
        if session is None:
            return
        if session.story.series is None:
            self.edit()
            return
        try:
            self._make(session, first_day(session.story, self._today()))
        except UserError as error:
            self._tools.dialogs.explain(error)

    def _today(self) -> date:
        from studio.store.story_shelf import today_of

        return date.fromisoformat(today_of(self._stories.workspace))

    def _ready_session(self) -> StorySession | None:
        session = self._stories.session
        if session is not None and session.read_only:
            self._shell.show_toast(self._tools.t("window.read_only"))
            return None
        return session

    def _make(self, session: StorySession, day: date) -> None:
        from studio.base.locale_forms import long_day
        from studio.services.story_series import make_next, story_on

        workspace, story = self._stories.workspace, session.story
        if (
            session.flush() is not None
        ):  # the series must be on disk before a story refers to it; the banner says why not
            return
        if there := story_on(workspace, story, day):
            choices = [
                DialogChoice("open", self._tools.t("series.open_there")),
                DialogChoice("again", self._tools.t("series.make_again")),
            ]
            text = self._tools.t("series.there", day=long_day(day, self._tools.texts.language))
            answer = self._tools.dialogs.ask(self._tools.t("series.title"), text, choices)
            if answer == "open":
                self._open(there)
            if answer != "again":
                return
        self._tools.jobs.start(
            self._tools.t("series.making"),
            partial(make_next, workspace, session.folder, story, day),
            done=self._open_made,
            failed=self._tools.dialogs.explain,
        )

    def _open(self, folder: str) -> bool:
        try:
            return self._stories.open(folder)
        except UserError as error:
            self._tools.dialogs.explain(error)
            return False

    def _open_made(self, made: MadeStory) -> None:
        from studio.base.locale_forms import long_day

        self._stories.touched.emit(made.folder)
        if not self._open(made.folder):
            return
        day = long_day(made.made.day, self._tools.texts.language)
        self._shell.show_toast(
            self._tools.t("series.made", day=day), self._tools.t("key.undo"), partial(self._remove, made.folder)
        )
        if made.made.left:
            dates = "\n".join(f"• {words}" for words in dict.fromkeys(words for _, words in made.made.left))
            self._tools.dialogs.tell(self._tools.t("series.look_title"), self._tools.t("series.look", dates=dates))

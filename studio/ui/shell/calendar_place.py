"""The calendar in the window: shown in the middle instead of a desk, and the strip of today above the list."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject

from studio.base.errors import UserError
from studio.store.story_shelf import today_of
from studio.ui.library.today_strip import TodayStrip

if TYPE_CHECKING:
    from PySide6.QtWidgets import QVBoxLayout

    from studio.services.calendar_files import KnownDays
    from studio.store.story_calendar import MonthCode, StoryCalendar
    from studio.ui.calendar.calendar_exports import CalendarExports
    from studio.ui.calendar.calendar_page import CalendarPage
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace
    from studio.ui.core.plan_history import PlanHistory
    from studio.ui.core.story_session import DocumentSession
    from studio.ui.library.index_source import IndexSource
    from studio.ui.library.library_panel import LibraryPanel
    from studio.ui.shell.group_place import GroupPlace
    from studio.ui.shell.story_actions import StoryActions

LOOK_BACK_DAYS = 14
"""Plans that were missed so many days ago are still named in the strip."""


class CalendarPlace(QObject):
    """Shows the calendar and hides it again; made once for a window.

    Args:
        tools: what every part is given.
        stories: the open workspace.
        source: says when the list of stories knows something new.
        library: the list, above which the strip stands.
        group_place: gives way to the calendar.
        actions: what the user does with stories; undo means plans while the calendar is shown.
    """

    def __init__(
        self,
        tools: WindowTools,
        stories: OpenWorkspace,
        source: IndexSource,
        library: LibraryPanel,
        group_place: GroupPlace,
        actions: StoryActions,
    ) -> None:
        super().__init__(group_place.shell)
        self._tools, self._stories, self._group = tools, stories, group_place
        self._shell, self._source = group_place.shell, source
        self.page: CalendarPage | None = None
        self.history: PlanHistory | None = None
        self._calendar: StoryCalendar | None = None
        self._known: KnownDays | None = None
        self._actions = actions
        self._was_shown = False
        before = actions.active
        actions.active = lambda: cast("DocumentSession[Any] | None", self.session or before())
        self.strip = TodayStrip(tools.theme, tools.texts)
        self.strip.show_day(self._today)
        self.strip.clicked.connect(self.toggle)
        cast("QVBoxLayout", library.layout()).insertWidget(1, self.strip)
        # Methods of this object, never lambdas: the source outlives the window.
        source.changed.connect(self._on_listed)
        if source.looked:  # the window was built anew: nothing changes that would fill the strip
            self._shell.first_painted.connect(self._on_listed)
        self._shell.pages.currentChanged.connect(self._on_page)
        group_place.disposed.connect(self._dispose)

    @property
    def shown(self) -> bool:
        """Whether the calendar is in the middle of the window."""
        return self.page is not None and self._shell.pages.currentWidget() is self.page

    @property
    def session(self) -> PlanHistory | None:
        """The plans, while the calendar is shown."""
        return self.history if self.shown else None

    def show(self) -> None:
        """Show the calendar."""
        self._group.leave()
        if self.page is None:
            self.page = self._make()
        self._shell.show_desk("", self.page, self.page.side_panel)
        self.page.reload()
        self.page.home.setFocus()

    def toggle(self) -> None:
        """To the calendar, or from there back to where the user was."""
        if self.shown:
            self._group.open_place(self._tools.settings.text("desk"))
        else:
            self.show()

    # ------------------------------------------------------------------------------------------- parts

    @property
    def _today(self) -> date:
        return date.fromisoformat(today_of(self._stories.workspace))

    @property
    def calendar(self) -> StoryCalendar:
        """What stands on which day; national days are read when somebody asks for it first."""
        if self._calendar is None:
            from studio.services.calendar_files import load_national_days
            from studio.store.story_calendar import StoryCalendar

            workspace = self._stories.workspace
            self._known = load_national_days(workspace.path)
            self._calendar = StoryCalendar(self._source.index, workspace, self._known.days)
        return self._calendar

    def _make(self) -> CalendarPage:
        from studio.services.calendar_files import calendar_words
        from studio.ui.calendar.calendar_exports import CalendarExports
        from studio.ui.calendar.calendar_page import CalendarContext, CalendarPage
        from studio.ui.core.plan_history import plans_of

        tools, workspace = self._tools, self._stories.workspace
        calendar, words = self.calendar, calendar_words(workspace, tools.texts)
        self.history = plans_of(self._stories)
        self.history.explain = tools.dialogs.explain
        self.history.changed.connect(self._on_planned)
        exports = CalendarExports(tools, self._shell, workspace, calendar, words)
        known = self._known.problems if self._known is not None else ()
        used = workspace.group.outlets
        return CalendarPage(
            CalendarContext(
                tools=tools,
                calendar=calendar,
                words=words,
                history=self.history,
                open_story=self._open_from_day,
                toast=self._toast,
                write=partial(self._write, exports),
                outlets={code: name for code, name in words.outlets.items() if not used or code in used},
                members=workspace.group.members,
                problems=tuple(tools.texts.explain(problem) for problem in known),
            )
        )

    # ------------------------------------------------------------------------------------------- what happens

    def _dispose(self) -> None:
        """The window goes down: its list lives on, and would go on calling this."""
        self._source.changed.disconnect(self._on_listed)
        self._shell.pages.currentChanged.disconnect(self._on_page)
        if self.history is not None:
            self.history.changed.disconnect(self._on_planned)
        if self.page is not None:
            self._shell.drop_desk(self.page, self.page.side_panel)
            self.page = None

    def _on_listed(self) -> None:
        """Stories changed, or a new day has begun."""
        try:
            today = self.calendar.today
            self.calendar.forget()
            self.strip.show_day(today, self.calendar.span(today - timedelta(LOOK_BACK_DAYS), today))
        except UserError:  # the list says what is wrong with its cache
            return
        if self.shown and self.page is not None:
            self.page.reload()

    def _on_planned(self, _: str) -> None:
        self._group.changed.emit()  # undo means something else now

    def _on_page(self, _: int) -> None:
        """The calendar was shown or left: undo means something else."""
        if self.shown != self._was_shown:
            self._was_shown = self.shown
            self._group.changed.emit()

    def _open_from_day(self, folder: str) -> None:
        session = self._stories.session
        if session is not None and session.folder == folder:
            self.toggle()
        else:
            self._actions.open(folder)

    def _toast(self, text: str) -> None:
        self._shell.show_toast(text, self._tools.t("key.undo"), self._actions.undo)

    def _write(self, exports: CalendarExports, kind: str, month: MonthCode) -> None:
        if self._stories.session is not None:
            self._stories.session.flush()  # what is on disk is written
        exports.write(kind, month)

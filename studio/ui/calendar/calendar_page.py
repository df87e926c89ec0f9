"""The calendar: its head, the days, and what happens when they are touched."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from studio.base.errors import UserError
from studio.base.locale_forms import number_text, short_day
from studio.store.story_calendar import monday_of, month_span, moved_month
from studio.story.post_plans import change_plan, drop_plan, moment_of, moved_moment, plan_posts
from studio.ui.calendar.calendar_grid import CalendarGrid
from studio.ui.calendar.day_panel import DayPanel
from studio.ui.calendar.plan_dialog import PlanDialog, PlanWish
from studio.ui.widgets.basic_parts import ChoiceGroup, button, column, describe, edges, label, pill, row, tool
from studio.ui.widgets.flow_layout import wrapped_row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QResizeEvent

    from studio.group.calendar_words import CalendarWords
    from studio.store.calendar_index import CalendarStory
    from studio.store.story_calendar import CalendarEntry, MonthCode, StoryCalendar
    from studio.story.edits import StoryEdit
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.plan_history import PlanHistory

_LEAST = 560
_LOW = 340
"""Below so many pixels of the design only days are shown."""
_WEEK = "calendar_week"


@dataclass(frozen=True)
class CalendarContext:
    """What the page works with.

    Args:
        tools: what every part is given.
        calendar: what stands on which day.
        words: language, outlets, zone.
        history: makes plans and takes them back.
        open_story: shows a story by its folder.
        toast: a short word about a step that can be undone.
        outlets: name by id of those in use.
        members: who may do it.
        problems: files of days that cannot be used, in words.
        write: makes a file of a month: ``wall`` or ``phone``.
    """

    tools: WindowTools
    calendar: StoryCalendar
    words: CalendarWords
    history: PlanHistory
    open_story: Callable[[str], None]
    toast: Callable[[str], None]
    write: Callable[[str, MonthCode], None]
    outlets: Mapping[str, str] = field(default_factory=dict)
    members: Sequence[str] = ()
    problems: Sequence[str] = ()


class CalendarPage(QWidget):
    """The page; ``side_panel`` belongs to it.

    Args:
        context: what it works with.
    """

    def __init__(self, context: CalendarContext) -> None:
        super().__init__()
        self._context = context
        self.least_width = _LEAST
        tools, say = context.tools, context.words.say
        theme = tools.theme
        today = context.calendar.today
        self.month: MonthCode = (today.year, today.month)
        self.grid = CalendarGrid(theme, context.words, today)
        self.side_panel = DayPanel(theme, context.words)
        self.home: QWidget = self.grid
        self.title = label("", "page")
        self.back = tool(theme, "chevron-left", say("back"), partial(self.page, -1), key="PgUp")
        self.on = tool(theme, "chevron-right", say("on"), partial(self.page, 1), key="PgDown")
        self.today_button = button(theme, say("today"), self.go_today, key="T")
        self.spans = ChoiceGroup(self)
        self.wall = tool(theme, "printer", say("wall"), lambda: context.write("wall", self.month))
        self.phone = tool(theme, "smartphone", say("phone"), lambda: context.write("phone", self.month))
        self.regular = label("", "muted", wrap=True)
        self.unknown = label("", "warn", wrap=True)
        self._ghost = pill("", "info")
        self._wanted: tuple[str, str, str] | None = None
        self._lay_out()
        self._connect()
        self.reload()

    def _lay_out(self) -> None:
        theme, say = self._context.tools.theme, self._context.words.say
        px = theme.px
        chips = []
        for number, code in enumerate(("month", "week")):
            chip = button(theme, say(f"show_{code}"), look="chip", tip=say(f"show_{code}_tip"))
            chip.setCheckable(True)
            chip.setChecked(self._context.tools.settings.flag(_WEEK) == bool(number))
            self.spans.addButton(chip, number)
            chips.append(chip)
        place, ways = (self.back, self.on, self.title), (self.today_button, *chips, self.wall, self.phone)
        head = wrapped_row(theme, row(*place, gap=px(6)), row(*ways, gap=px(6)))  # large letters need two rows
        self._ghost.setParent(self)
        self._ghost.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._ghost.hide()
        whole = column(head, self.regular, self.unknown, self.grid, gap=px(6), edges=edges(theme, 20, 14))
        whole.setStretch(3, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        grid, panel = self.grid, self.side_panel
        self.spans.idClicked.connect(self._choose_span)
        grid.day_chosen.connect(self._on_day)
        grid.paged.connect(self.page)
        grid.opened.connect(self._open)
        grid.plan_asked.connect(self.plan)
        grid.moved.connect(self._move)
        grid.dropped.connect(self._drop)
        panel.plan_asked.connect(lambda: self.plan(self.grid.day))
        panel.change_asked.connect(self._change)
        panel.lines.chosen.connect(self._open)
        panel.lines.removal_asked.connect(self._drop)
        panel.waiting.chosen.connect(lambda story: self.plan(self.grid.day, story))
        panel.waiting.dragged.connect(self._on_dragged)
        panel.waiting.released.connect(self._on_released)
        panel.waiting.given_up.connect(self._ghost_away)

    # ------------------------------------------------------------------------------------------- what is shown

    @property
    def is_week(self) -> bool:
        """Whether a week is shown, and not a month."""
        return self.spans.checkedId() == 1

    def reload(self) -> None:
        """The stories are others now: show all anew."""
        calendar = self._context.calendar
        calendar.forget()
        try:
            self.side_panel.show_waiting(calendar.unplanned())
            self._show_regularity()
        except UserError:  # the list of stories says so already
            return
        self.show_days()

    def show_days(self) -> None:
        """Show the days that are meant now; what does not change from month to month stays."""
        first, last = self._span_days()
        try:
            span = self._context.calendar.span(first, last)
        except UserError:  # the list of stories says so already
            return
        self.grid.show_span(span, self.month)
        self._wanted = _choose_moved(self.grid, self._wanted)
        self.side_panel.show_day(span, self.grid.day, self.grid.entry)
        self.title.setText(self._title(first, last))
        say = self._context.words.say
        told = [say("unknown_year", year=year) for year in span.unknown_years if year == self.month[0]]
        self.unknown.setText("\n".join([*self._context.problems, *told]))
        self.unknown.setVisible(bool(self.unknown.text()))
        describe(self.grid, self.grid.accessibleName(), say("grid_tip"))

    def _span_days(self) -> tuple[date, date]:
        if self.is_week:
            first = monday_of(self.grid.day)
            return first, first + timedelta(6)
        return month_span(*self.month)

    def _title(self, first: date, last: date) -> str:
        words = self._context.words
        if not self.is_week:
            return words.month(*self.month)
        language = words.texts.language
        return f"{short_day(first, language)} – {short_day(last, language, year=True)}"

    def _show_regularity(self) -> None:
        words, found = self._context.words, self._context.calendar.regularity()
        monthly = number_text(found.monthly, words.texts.language, 1)
        self.regular.setText(words.say("regularity", monthly=monthly, level=found.level))

    def _choose_span(self, number: int) -> None:
        self._context.tools.settings.set(_WEEK, bool(number))
        self.month = (self.grid.day.year, self.grid.day.month)
        self.show_days()

    def page(self, by: int) -> None:
        """So many months on, or weeks."""
        day = self.grid.day
        if self.is_week:
            self.grid.choose(day + timedelta(7 * by))
            return
        month = moved_month(self.month, by)
        last = month_span(*month)[1]
        while (last.year, last.month) != month:
            last -= timedelta(1)
        self.grid.choose(date(*month, min(day.day, last.day)))

    def go_today(self) -> None:
        """To the day it is."""
        self.grid.choose(self._context.calendar.today)

    def _on_day(self, day: date) -> None:
        span = self.grid.span
        other = (day.year, day.month) != self.month
        outside = span is None or not span.first <= day <= span.last
        self.month = (day.year, day.month)
        if other or outside:
            self.show_days()
        elif span is not None:
            self.side_panel.show_day(span, day, self.grid.entry)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large letters the days need all of the height."""
        super().resizeEvent(event)
        self.regular.setVisible(self.height() >= self._context.tools.theme.px(_LOW))

    # ------------------------------------------------------------------------------------------- plans

    def plan(self, day: date, story: CalendarStory | None = None) -> None:
        """Ask for a plan on a day: of a story, else of one that waits or, for another outlet, of any other."""
        entry = self.grid.entry
        first = [entry.story] if entry is not None and self.grid.day == day else []
        known = [*first, *self._context.calendar.plannable()]
        stories = [story] if story is not None else list({each.folder: each for each in known}.values())
        if not stories:
            self._context.tools.dialogs.tell(
                self._context.words.say("plan_title"), self._context.words.say("plan_no_story")
            )
            return
        wish = self._ask(stories, day)
        if wish is not None:
            when = moment_of(wish.day, wish.clock, self._context.calendar.zone)
            self._edit_story(wish.folder, plan_posts(wish.outlets, when, wish.by, wish.note), "planned", wish.day)

    def _change(self, entry: CalendarEntry) -> None:
        known = PlanWish(entry.story.folder, entry.first, entry.clock, entry.outlets, entry.by, entry.note)
        wish = self._ask([entry.story], entry.first, known)
        if wish is not None:
            when = moment_of(wish.day, wish.clock, self._context.calendar.zone)
            change = change_plan(entry.outlets[0], entry.moment, when=when, by=wish.by, note=wish.note)
            self._edit_story(wish.folder, change, "plan_changed", wish.day)

    def _ask(self, stories: Sequence[CalendarStory], day: date, known: PlanWish | None = None) -> PlanWish | None:
        context = self._context
        if self._is_read_only():
            return None
        names = {code: context.words.outlet_names((code,)) for code in known.outlets} if known else context.outlets
        dialog = PlanDialog(context.tools, context.words, stories, day, names, context.members, known)
        wish = dialog.wish if context.tools.dialogs.show(dialog) else None
        dialog.deleteLater()
        return wish

    def _move(self, entry: CalendarEntry, day: date) -> None:
        when = moved_moment(entry.moment, day, self._context.calendar.zone)
        self._wanted = (entry.story.folder, entry.outlets[0], when)
        self._edit_story(entry.story.folder, change_plan(entry.outlets[0], entry.moment, when=when), "plan_moved", day)

    def _drop(self, entry: CalendarEntry) -> None:
        if entry.kind == "plan" and not entry.done:
            change = drop_plan(entry.outlets[0], entry.moment)
            self._edit_story(entry.story.folder, change, "plan_dropped", entry.first)

    def _edit_story(self, folder: str, change: StoryEdit, told: str, day: date) -> None:
        context = self._context
        if not self._is_read_only() and context.history.edit(folder, change):
            if self.grid.day != day:  # else the plan that is chosen there would be let go
                self.grid.choose(day)
            context.toast(context.words.say(told, day=context.words.day(day)))

    def _is_read_only(self) -> bool:
        if self._context.history.read_only:
            self._context.tools.dialogs.tell(self.title.text(), self._context.tools.t("window.read_only"))
        return self._context.history.read_only

    # ------------------------------------------------------------------------------------------- the rest

    def _open(self, entry: CalendarEntry) -> None:
        self._context.open_story(entry.story.folder)

    def _on_dragged(self, story: CalendarStory, place: QPoint) -> None:
        """A story from the list of those that wait is over the window."""
        self.grid.show_target(self.grid.day_at(place))
        if self._ghost.isHidden():
            self._ghost.setParent(self.window())
            self._ghost.setText(" ".join(story.headline.split())[:48])
            self._ghost.adjustSize()
            self._ghost.show()
            self._ghost.raise_()
        self._ghost.move(self.window().mapFromGlobal(place) + QPoint(12, 8))

    def _ghost_away(self) -> None:
        self._ghost.hide()
        self._ghost.setParent(self)
        self.grid.show_target(None)

    def _on_released(self, story: CalendarStory, place: QPoint) -> None:
        day = self.grid.day_at(place)
        if day is not None and story is not None:
            self.grid.choose(day)
            self.plan(day, story)


def _choose_moved(grid: CalendarGrid, wanted: tuple[str, str, str] | None) -> tuple[str, str, str] | None:
    """Choose a plan that was moved (story, outlet, moment) once the index knows of it: its keys go on working.

    Returns:
        What is still to be found.
    """
    for entry in grid.span.lines_on(grid.day) if grid.span is not None and wanted else ():
        if (entry.story.folder, *entry.outlets[:1], entry.moment) == wanted:
            grid.entry = entry
            grid.update()
            return None
    return wanted

"""Asks for a plan: which story, when, where, and who does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from studio.story.hour_reading import parse_hours, typed_hours
from studio.ui.dialogs.history_dialog import resize_to_screen
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row, scrolled
from studio.ui.widgets.calm_inputs import combo_box, date_edit
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studio.group.calendar_words import CalendarWords
    from studio.store.calendar_index import CalendarStory
    from studio.ui.core.desk_context import WindowTools

_LAST_OUTLETS = "plan_outlets"


@dataclass(frozen=True, slots=True)
class PlanWish:
    """What is planned: a day, ``08:00`` or "" for all day, ids of outlets, a name, a remark."""

    folder: str
    day: date
    clock: str
    outlets: tuple[str, ...]
    by: str
    note: str


class PlanDialog(StyledDialog):
    """The form; accepted with ``wish`` set.

    Args:
        tools: what every part is given.
        words: names of outlets, the zone of hours.
        stories: to choose from; the first is chosen.
        day: proposed.
        outlets: name by id, those of the group.
        members: who may do it.
        known: a plan that is changed instead: its outlet stays.
    """

    def __init__(
        self,
        tools: WindowTools,
        words: CalendarWords,
        stories: Sequence[CalendarStory],
        day: date,
        outlets: Mapping[str, str],
        members: Sequence[str],
        known: PlanWish | None = None,
    ) -> None:
        super().__init__(tools.theme)
        self._tools, self._words, self._stories = tools, words, stories
        self.wish: PlanWish | None = None
        self.story = combo_box()
        self.story.addItems([" ".join(each.headline.split()) or words.say("untitled") for each in stories])
        self.story.setMinimumContentsLength(36)
        self.day = date_edit(tools, QDate(day.year, day.month, day.day))
        self.clock = QLineEdit(known.clock.replace(":", ".") if known else "")
        self.boxes = {code: QCheckBox(name) for code, name in outlets.items()}
        self.by = combo_box()
        self.by.setEditable(True)
        self.by.addItems(["", *members])
        self.by.setCurrentText(known.by if known else tools.settings.text("author"))
        self.note = QLineEdit(known.note if known else "")
        self.trouble = label("", "bad", wrap=True)
        self.done_button = button(tools.theme, words.say("plan_do"), self._finish, look="primary", icon="calendar-plus")
        self.done_button.setDefault(True)
        self._tick(known)
        self._lay_out(changes=known is not None)
        self.clock.textChanged.connect(self._check)
        for box in self.boxes.values():
            box.toggled.connect(self._check)
        self._check()
        (self.clock if known is not None or len(stories) == 1 else self.story).setFocus()

    def _tick(self, known: PlanWish | None) -> None:
        last = set(known.outlets) if known is not None else set(self._tools.settings.words(_LAST_OUTLETS))
        wanted = last & self.boxes.keys() or set(list(self.boxes)[:1])
        for code, box in self.boxes.items():
            box.setChecked(code in wanted)
            box.setEnabled(known is None)

    def _lay_out(self, *, changes: bool) -> None:
        say, theme = self._words.say, self._tools.theme
        px = theme.px
        self.setWindowTitle(say("plan_change") if changes else say("plan_title"))
        self.setMinimumWidth(px(480))
        self.story.setEnabled(len(self._stories) > 1)
        self.clock.setPlaceholderText(say("plan_clock_hint"))
        self.clock.setMinimumWidth(px(190))
        for part, code in (
            (self.story, "plan_story"),
            (self.day, "plan_day"),
            (self.clock, "plan_clock"),
            (self.by, "plan_by"),
            (self.note, "plan_note"),
        ):
            describe(part, say(code))
        grid = QGridLayout()
        across = 3 if theme.scale <= 1.3 else 2
        for number, box in enumerate(self.boxes.values()):
            describe(box, box.text())
            grid.addWidget(box, number // across, number % across)
        cancel = button(theme, self._tools.t("dialog.cancel"), self.reject)
        when = row(self.day, label(say("plan_clock"), "muted"), self.clock, 1, gap=px(8))
        inside = QWidget()
        inside.setLayout(
            column(
                *(label(say("plan_story"), "strong"), self.story),
                *(label(say("plan_day"), "strong"), when),
                *(label(say("plan_outlets"), "strong"), grid),
                *(label(say("plan_by"), "strong"), self.by),
                *(label(say("plan_note"), "strong"), self.note),
                1,
                gap=px(6),
                edges=(px(3), px(3), px(10), px(3)),
            )
        )
        # With large letters the form is higher than a small laptop's screen; its buttons stay in sight.
        area = scrolled(inside)
        foot = row(1, cancel, self.done_button, gap=px(8))
        title = label(self.windowTitle(), "page")
        whole = column(title, area, self.trouble, foot, gap=px(6), edges=edges(theme, 20, 18))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        inside.ensurePolished()
        resize_to_screen(self, max(px(520), inside.sizeHint().width() + px(60)), inside.sizeHint().height() + px(170))

    def tab_chain(self) -> Sequence[QWidget]:
        """As it is read."""
        return (self.story, self.day, self.clock, *self.boxes.values(), self.by, self.note, self.done_button)

    @property
    def _hour(self) -> str | None:
        """``08:00``; "" for all day, None for what is no hour."""
        typed = self.clock.text().strip()
        ends = parse_hours(typed_hours(typed, self._words.zone)) if typed else ("", "")
        return ends[0] if ends is not None else None

    def _check(self, _: object = None) -> None:
        wrong = self._words.say("plan_clock_wrong") if self._hour is None else ""
        if not wrong and not any(box.isChecked() for box in self.boxes.values()):
            wrong = self._words.say("plan_no_outlet")
        self.trouble.setText(wrong)
        self.done_button.setEnabled(not wrong and bool(self._stories))

    def _finish(self) -> None:
        chosen = tuple(code for code, box in self.boxes.items() if box.isChecked())
        day, clock = self.day.date(), self._hour
        if clock is None or not chosen:
            return
        self.wish = PlanWish(
            self._stories[self.story.currentIndex()].folder,
            date(day.year(), day.month(), day.day()),
            clock,
            chosen,
            " ".join(self.by.currentText().split()),
            " ".join(self.note.text().split()),
        )
        if all(box.isEnabled() for box in self.boxes.values()):
            self._tools.settings.set(_LAST_OUTLETS, list(chosen))
        self.accept()

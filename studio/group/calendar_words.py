"""The calendar in words, for window, paper, phone and command: days with their market day, and what stands on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.base.locale_forms import FORMS, long_day
from studio.story.hour_reading import shown_hours
from studio.story.model import ANNOUNCED
from studio.story.series_days import market_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from studio.base.i18n import MessageTexts
    from studio.story.date_formats import Zone


@dataclass(frozen=True)
class CalendarWords:
    """Language, names of outlets by id, and the zone that hours are said in."""

    texts: MessageTexts
    zone: Zone
    outlets: Mapping[str, str] = field(default_factory=dict)

    def say(self, code: str, **facts: object) -> str:
        """A text of the calendar."""
        return self.texts.text(f"calendar.{code}", **facts)

    def day(self, day: date) -> str:
        """``Selasa Pahing, 1 Desember 2026``."""
        weekday = FORMS[self.texts.language].weekdays[day.weekday()]
        return f"{weekday} {market_day(day)}, {long_day(day, self.texts.language)}"

    def month(self, year: int, month: int) -> str:
        """``Desember 2026``."""
        return f"{FORMS[self.texts.language].months[month - 1]} {year}"

    def outlet_names(self, ids: Sequence[str]) -> str:
        """``WhatsApp, Facebook``; an outlet that is gone by its id."""
        return ", ".join(self.outlets.get(each, each) for each in ids)

    def entry_line(
        self,
        kind: str,
        title: str,
        outlets: Sequence[str] = (),
        hours: str = "",
        *,
        by: str = "",
        done: bool = False,
        late: bool = False,
        sort: str = "",
    ) -> str:
        """One entry in a line: ``08.00 WIB Rencana WhatsApp: Posyandu Melati (Siti)``.

        Args:
            kind: as in ``CalendarEntry``.
            title: the headline; "" says that there is none.
            outlets: ids.
            hours: as a story keeps them, or a clock; "" for all day.
            by: who does it.
            done: a plan that was kept.
            late: a plan that was missed.
            sort: the kind of story: news tells what happened, others what is to come.
        """
        happened = kind == "event" and sort and sort not in ANNOUNCED
        state = "plan_done" if done else "plan_late" if late else "happened" if happened else kind
        what = self.say(f"kind.{state}")
        where = f" {self.outlet_names(outlets)}" if outlets else ""
        said = " ".join(title.split()) or self.say("untitled")
        told = f"{what}{where}: {said}" if what else said
        clock = shown_hours(hours, self.zone)
        return " ".join(part for part in (clock, told, f"({by})" if by else "") if part)

"""The strip above the list of stories: which day it is, and what is to be done on it. A click leads to the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QSizePolicy

from studio.base.locale_forms import FORMS, short_day
from studio.story.series_days import market_day
from studio.ui.core.shortcut_table import KEYS
from studio.ui.widgets.basic_parts import describe

if TYPE_CHECKING:
    from datetime import date

    from studio.base.i18n import MessageTexts
    from studio.store.story_calendar import CalendarSpan
    from studio.ui.core.window_theme import WindowTheme


class TodayStrip(QPushButton):
    """Says the day in two lines.

    Args:
        theme: how it looks.
        texts: language.
    """

    def __init__(self, theme: WindowTheme, texts: MessageTexts) -> None:
        super().__init__()
        self._texts = texts
        self.setProperty("look", "today")
        self.setIcon(theme.icon("calendar-days", "accent"))
        self.setIconSize(theme.icon_size())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)

    def show_day(self, today: date, span: CalendarSpan | None = None) -> None:
        """Show the day, and what stands on it once that is known.

        Args:
            today: on the group's calendar.
            span: ends with today; plans of its earlier days that were missed are counted too.
        """
        language = self._texts.language
        name = f"{FORMS[language].weekdays[today.weekday()]} {market_day(today)}, {short_day(today, language)}"
        said = today_words(span, self._texts) if span is not None else ""
        self.setText(f"  {name}\n  {said}" if said else f"  {name}")
        describe(self, f"{name}. {said}" if said else name, self._tip(name, said), KEYS["calendar"])

    def _tip(self, name: str, said: str) -> str:
        return "\n".join(part for part in (name, said, self._texts.text("calendar.strip_tip")) if part)


def today_words(span: CalendarSpan, texts: MessageTexts) -> str:
    """``2 rencana · 1 terlewat``, the national day first; that nothing is planned where nothing is."""
    today = span.last
    entries = span.lines_on(today)
    counts = {
        "late": sum(entry.late for entry in span.all_entries()),
        "plan": sum(entry.kind == "plan" and not entry.done for entry in entries),
        "event": sum(entry.kind == "event" and entry.story.kind in {"event", "notice"} for entry in entries),
        "ends": sum(entry.kind == "ends" for entry in entries),
        "series": sum(entry.kind == "series" for entry in entries),
    }
    parts = [known.name for known in span.national.get(today, ())]
    parts += [texts.text(f"calendar.strip.{code}", count=count) for code, count in counts.items() if count]
    return " · ".join(parts) or texts.text("calendar.strip.nothing")

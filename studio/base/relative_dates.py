"""How long ago, in words: "5 menit lalu", "Kemarin", "21 Nov"."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from studio.base.locale_forms import FORMS, short_day

if TYPE_CHECKING:
    from studio.base.i18n import MessageTexts
    from studio.base.locale_forms import Language


def local_moment(text: str) -> datetime | None:
    """An ISO 8601 date, or date and time, as a moment in this computer's zone; None for nonsense."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone()


def relative_date(moment: datetime, now: datetime, texts: MessageTexts) -> str:
    """How long ago ``moment`` was. The future (a wrong clock) is "just now"."""
    passed = now - moment
    if passed < timedelta(minutes=1):
        return texts.text("time.now")
    if passed < timedelta(hours=1):
        return texts.text("time.minutes", n=passed // timedelta(minutes=1))
    days = (now.date() - moment.date()).days
    if days == 0:
        return texts.text("time.hours", n=passed // timedelta(hours=1))
    if days == 1:
        return texts.text("time.yesterday")
    if days < 7:
        return texts.text("time.days", n=days)
    return short_date(moment, now, texts)


def short_date(moment: datetime, now: datetime, texts: MessageTexts) -> str:
    """Such as "21 Nov", with the year when it is another one."""
    return short_day(moment, texts.language, year=moment.year != now.year)


def time_of_day(moment: datetime, language: Language) -> str:
    """Such as "14.02", in English "14:02"."""
    return f"{moment.hour:02d}{FORMS[language].clock}{moment.minute:02d}"


def day_and_time(moment: datetime, language: Language) -> str:
    """Such as "21 Nov 2026, 14.02": of what is kept for years, so with the year."""
    return f"{short_day(moment, language, year=True)}, {time_of_day(moment, language)}"

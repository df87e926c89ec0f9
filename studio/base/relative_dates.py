"""How long ago, in words: "5 menit lalu", "Kemarin", "21 Nov"."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from studio.base.locale_forms import short_day

if TYPE_CHECKING:
    from studio.base.i18n import MessageTexts


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


def clock_time(moment: datetime) -> str:
    """Such as "14.02": the Indonesian way to write a time of day."""
    return f"{moment.hour:02d}.{moment.minute:02d}"

"""Times on the desk: "01.23,4" is one minute, 23 seconds and four tenths, as Indonesians write them."""

from __future__ import annotations

import re

from studio.base.locale_forms import decimal_text

_TIME = re.compile(r"^\s*(?:(\d{1,2})\s*[.:]\s*)??(?:(\d{1,3})\s*[.:]\s*)?(\d{1,5})(?:\s*,\s*(\d{1,3}))?\s*$")


def clock_time(seconds: float) -> str:
    """A time as mm.ss,d; hours come in front only where there are some."""
    tenths = max(0, round(seconds * 10))
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}.{minutes:02d}" if hours else f"{minutes:02d}"
    return f"{head}.{rest // 10:02d},{rest % 10}"


def short_seconds(seconds: float) -> str:
    """A length of time in seconds with one decimal: "12,3"."""
    return decimal_text(f"{seconds:.1f}")


def parse_clock(text: str) -> float | None:
    """What somebody typed as a time, in seconds; None for what is no time.

    Taken are "83,4", "1.23,4", "1:23,4" and "1.02.03,4": a comma begins the tenths, points and colons divide.
    """
    found = _TIME.match(text)
    if found is None:
        return None
    hours, minutes, seconds, fraction = found.groups()
    part = int((fraction or "0").ljust(3, "0")) / 1000
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds) + part


def duration_words(seconds: float) -> str:
    """A length of time in whole seconds: "0.32", "12.05", "1.02.03"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}.{minutes:02d}.{rest:02d}" if hours else f"{minutes}.{rest:02d}"

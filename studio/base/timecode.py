"""Times and lengths of clips: "01.23,4" in Indonesian, "01:23.4" in English (signs: ``locale_forms.FORMS``)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.base.locale_forms import FORMS, decimal_text

if TYPE_CHECKING:
    from studio.base.locale_forms import Language

_WHOLE = re.compile(r"(?:(\d{1,2})[.:])??(?:(\d{1,3})[.:])?(\d{1,5})")
_SIGN = re.compile(r"\s*([.:,])\s*")


class ClipTime(float):
    """Seconds of a clip as a fact of a message: it becomes a timecode when the message is rendered."""


def timecode_text(seconds: float, language: Language) -> str:
    """A time as mm.ss,d, in English mm:ss.d; hours come in front only where there are some."""
    forms = FORMS[language]
    # Rounded before it is divided: rounding seconds last would give "00:60.0".
    tenths = max(0, round(seconds * 10))
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}{forms.clock}{minutes:02d}" if hours else f"{minutes:02d}"
    return f"{head}{forms.clock}{rest // 10:02d}{forms.decimal}{rest % 10}"


def timecode_stem(seconds: float) -> str:
    """A time as part of a file name, the same in every language: "01.23-4"; a colon is no sign in names on Windows."""
    return timecode_text(seconds, "id").replace(",", "-")


def minutes_text(seconds: float, language: Language) -> str:
    """A length in full seconds: "0.32", "12.05", "1.02.03"; in English "0:32", "12:05", "1:02:03"."""
    clock = FORMS[language].clock
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}{clock}{minutes:02d}{clock}{rest:02d}" if hours else f"{minutes}{clock}{rest:02d}"


def short_seconds(seconds: float, language: Language) -> str:
    """A length of time in seconds with one decimal: "12,3", in English "12.3"."""
    return decimal_text(f"{seconds:.1f}", language)


def parse_timecode(text: str, language: Language) -> float | None:
    """What someone typed as a time, in seconds; None for what is no time.

    Both languages' forms are read in both: a comma begins the tenths ("83,4", "1.23,4", "1:23,4", "1.02.03,4"), and
    so does a point behind a colon ("1:23.4"). Only a single point by itself is read as the language writes: "1.23"
    is one minute and 23 seconds in Indonesian, a second and 23 hundredths in English.
    """
    text = _SIGN.sub(r"\1", text.strip())
    whole, fraction = text, ""
    if "," in text:
        whole, _, fraction = text.rpartition(",")
    elif text.rfind(".") > text.find(":") >= 0 or (language == "en" and text.count(".") == 1 and ":" not in text):
        whole, _, fraction = text.rpartition(".")
    found = _WHOLE.fullmatch(whole)
    if found is None or len(fraction) > 3 or (whole != text and not re.fullmatch(r"\d+", fraction)):
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds + int(fraction.ljust(3, "0")) / 1000

"""Dates in words with the names of days and months of another language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from studio.base.locale_forms import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Mapping


def translated_date(text: str, labels: Mapping[str, Mapping[str, Any]]) -> str:
    """A date in words, with the names of days and months of the labels' language; Indonesian where it has none."""
    names = dict(zip(WEEKDAYS, labels.get("days", {}).get("names", ()), strict=False))
    names |= dict(zip(MONTHS, labels.get("months", {}).get("names", ()), strict=False))
    return re.sub(r"[A-Z][a-z]+", lambda found: names.get(found[0], found[0]), text) if names else text

"""How much a template's values may hold together.

A list that holds the same list twice, which again holds the same list twice, is small until someone writes it out.
So whatever a template builds is weighed as if it were written out, and refused before it is kept. Each list is looked
at once, however often it is held: weighing is quick where writing would be endless.
"""

from __future__ import annotations

MOST_CHARACTERS = 8_000_000
"""Characters a value may have when written out; a picture as data URI has about one million."""
_DEEPEST = 40
_SHORT = 10**15
"""Whole numbers below this are written in no more digits than other values have letters."""


class TooHeavy(Exception):  # noqa: N818 - ends the rendering, says nothing by itself
    """Written out, a value has more than ``MOST_CHARACTERS``, or it is nested without end."""


def weigh(value: object) -> int:
    """Count the lists, dicts and values that were looked at: 1 for a text or number.

    Raises:
        TooHeavy: written out there is more than a post could ever need.
    """
    # Nearly all are texts or nothing, and a page weighs thousands: they are let through before anything is built.
    # The same for measures, of which a card has a thousand.
    kind = type(value)
    if value is None or kind is float or (kind is int and -_SHORT < value < _SHORT):  # type: ignore[operator]
        return 1
    if isinstance(value, str) and len(value) <= MOST_CHARACTERS:
        return 1
    known: dict[int, int] = {}
    if _characters(value, known, 0) > MOST_CHARACTERS:
        raise TooHeavy
    return len(known) or 1


def _characters(value: object, known: dict[int, int], depth: int) -> int:
    """How many characters ``value`` has when written out; ``known`` are lists counted before, by identity."""
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, float):
        return 1
    if isinstance(value, int):
        # A digit is 3.3 bits: estimated, as writing a huge number out is what would take the time.
        return 1 + value.bit_length() // 3
    inner = _parts_of(value)
    if not inner:
        return 1
    if (found := known.get(id(value))) is not None:
        return found
    if depth > _DEEPEST:
        raise TooHeavy
    count = len(inner) + sum(_characters(part, known, depth + 1) for part in inner)
    if count > MOST_CHARACTERS:
        raise TooHeavy
    known[id(value)] = count
    return count


def _parts_of(value: object) -> tuple[object, ...]:
    if isinstance(value, dict):
        return (*value.keys(), *value.values())
    if isinstance(value, list | tuple | set | frozenset):
        return tuple(value)
    # From the package, which is loaded whole then: two threads, one of which asks for a part, can wait for each other.
    from jinja2 import utils

    if isinstance(value, utils.Namespace):  # which keeps what is in it under a private name, and hides all else
        return tuple(object.__getattribute__(value, "_Namespace__attrs").values())
    return ()

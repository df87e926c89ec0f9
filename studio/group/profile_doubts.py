"""What cannot be right in a registration: shown beside the field in the window, refused in a form. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from studio.group.profile import GroupProfile, MemberCount

FieldPath = tuple[str | int, ...]


def doubtful_fields(profile: GroupProfile, today: date) -> Mapping[FieldPath, str]:
    """The fields that cannot be right, each with a code: ``future``, ``before_start`` or ``too_many_young``.

    Args:
        profile: the registration.
        today: the present day.
    """
    return dict(_doubts(profile, today.isoformat()))


def _doubts(profile: GroupProfile, today: str) -> Iterator[tuple[FieldPath, str]]:
    happened: list[tuple[FieldPath, str]] = [
        (("founded",), profile.founded),
        (("decree", "date"), profile.decree.date),
        (("counted", "when"), profile.counted.when),
    ]
    for at, channel in enumerate(profile.channels):
        happened += [(("channels", at, "counted"), channel.counted), (("channels", at, "since"), channel.since)]
    # Days are ISO 8601, of which a year alone ("2019") may be known: as texts they compare as days do. When an officer
    # begins or ends may be known in advance.
    yield from ((path, "future") for path, day in happened if day > today)
    spans: list[tuple[FieldPath, str, str]] = [
        (("decree", "valid_until"), profile.decree.date, profile.decree.valid_until),
        *((("officers", at, "until"), each.since, each.until) for at, each in enumerate(profile.officers)),
    ]
    yield from ((path, "before_start") for path, first, last in spans if _is_before(last, first))
    if _too_many_young(profile.counted):
        yield ("counted", "under_30"), "too_many_young"


def _is_before(day: str, start: str) -> bool:
    """Whether a day lies before another one; False where one of them is not known, or not well enough to tell."""
    # "2019" is not before "2019-05-01", although its text is: only what both know is compared.
    common = min(len(day), len(start))
    return day[:common] < start[:common]


def _too_many_young(counted: MemberCount) -> bool:
    """Whether more are under 30 than there are at all; nothing is said while women or men are not counted."""
    known = (counted.women, counted.men, counted.under_30)
    return None not in known and (counted.under_30 or 0) > (counted.women or 0) + (counted.men or 0)

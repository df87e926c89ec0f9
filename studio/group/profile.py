"""Who the group is: its registration and, separately, personal contacts (docs/format.md, "group/profile.json")."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from msgspec import Meta

from studio.story.record_base import Record

PROFILE_PLACE = "profile.json"
"""Where ``GroupProfile`` lies below ``group/``."""
PRIVATE_PLACE = "private.json"
"""Where ``PrivateContacts`` lies below ``group/``."""


HeadCount = Annotated[int, Meta(ge=0)]
"""A count of people or followers."""


class Decree(Record, frozen=True, kw_only=True):
    """The SK that made the group; ``file`` is its scan in ``group/media/``, dates are ISO 8601."""

    number: str = ""
    date: str = ""
    issuer: str = ""
    valid_until: str = ""
    file: str = ""


class Officer(Record, frozen=True, kw_only=True):
    """Someone with a task in the group; the first of the list is the head."""

    name: str = ""
    role: str = ""
    since: str = ""
    until: str = ""


class MemberCount(Record, frozen=True, kw_only=True):
    """How many members were counted, and when; None where nobody counted."""

    women: HeadCount | None = None
    men: HeadCount | None = None
    under_30: HeadCount | None = None
    when: str = ""


class GroupChannel(Record, frozen=True, kw_only=True):
    """A channel of the group; ``kind`` is an outlet's id or any word, ``counted`` the day the followers were."""

    kind: str = ""
    name: str = ""
    address: str = ""
    followers: HeadCount | None = None
    counted: str = ""
    since: str = ""
    by: str = ""


class GroupBusiness(Record, frozen=True, kw_only=True):
    """A business of the group; ``turnover`` is a class in words, never a sum."""

    name: str = ""
    kind: str = ""
    sold_through: tuple[str, ...] = ()
    turnover: str = ""


class Achievement(Record, frozen=True, kw_only=True):
    """A prize or a place reached."""

    title: str = ""
    year: Annotated[int, Meta(ge=1900, le=2200)] | None = None
    by: str = ""


class SupervisingOffice(Record, frozen=True, kw_only=True):
    """The office that looks after the group."""

    office: str = ""
    address: str = ""


class GroupProfile(Record, frozen=True, kw_only=True):
    """The group's registration. What posts show of the group (name, region, colours) stays in workspace.json.

    ``coordinates`` are latitude and longitude in degrees, of the office, never of a home. ``languages`` are BCP 47.
    """

    kind: str = ""
    founded: str = ""
    kim_id: str = ""
    decree: Decree = Decree()
    statutes: bool = False
    officers: tuple[Officer, ...] = ()
    counted: MemberCount = MemberCount()
    channels: tuple[GroupChannel, ...] = ()
    businesses: tuple[GroupBusiness, ...] = ()
    partners: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    achievements: tuple[Achievement, ...] = ()
    supervisor: SupervisingOffice = SupervisingOffice()
    languages: tuple[str, ...] = ()
    coordinates: tuple[float, float] | None = None


class PrivateContact(Record, frozen=True, kw_only=True):
    """How to reach someone. ``share`` lets it into the file for the Dinas; nothing else ever holds it."""

    name: str = ""
    phone: str = ""
    email: str = ""
    note: str = ""
    share: bool = False


class PrivateContacts(Record, frozen=True, kw_only=True):
    """The personal contacts of the group's people."""

    contacts: tuple[PrivateContact, ...] = ()


DecreeState = Literal["none", "valid", "ending", "lapsed"]
ENDING_MONTHS = 6
"""From so long before its end on a decree is said to end: renewing it takes the village and the Dinas that long."""


def decree_state(valid_until: str, today: date) -> DecreeState:
    """How it stands with a decree; "none" when it says no end (or nonsense). The last day itself is still valid.

    A lapsed decree kept groups out of events of their province (ketik.com on Pacitan; domain.md 1.1).
    """
    try:
        end = date.fromisoformat(valid_until[:10])
    except ValueError:
        return "none"
    if end < today:
        return "lapsed"
    return "ending" if _months_before(end, ENDING_MONTHS) <= today else "valid"


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    # ``month`` counts from 0 here. The day before the first of the next month is the last of this one; month // 11 is 1
    # in December only.
    last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    # Six months before 31 August is 28 (or 29) February.
    return date(year, month + 1, min(day.day, last))

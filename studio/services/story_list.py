"""What the list shows of a story, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol, cast

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.base.i18n import MessageTexts
    from studio.services.saved_searches import SavedFilter
    from studio.store.index import IndexRow
    from studio.story.model import Status

Order = Literal["modified", "date", "headline"]
ORDERS: tuple[Order, ...] = ("modified", "date", "headline")
FILTERS: tuple[tuple[str, tuple[Status, ...]], ...] = (
    ("all", ()),
    ("draft", ("draft", "review")),
    ("ready", ("ready",)),
    ("published", ("published", "corrected", "withdrawn")),
)
"""The chips above the list: code and the statuses it lets through (none: all)."""


class StoryRow(msgspec.Struct, frozen=True, gc=False):
    """One card. ``thumb`` is the media file of the cover photo, "" for none; ``broken`` stories cannot be read.

    ``past``: a notice or an event that is over. ``held``: whether the gate holds back what is called ready; None while
    that is not known, or is no question. A ``Struct``: a list scrolled to its end makes thousands at once.
    """

    folder: str
    headline: str
    status: Status
    modified: str
    date: str = ""
    thumb: str = ""
    broken: bool = False
    past: bool = False
    kind: str = ""
    held: bool | None = None


def listed_row(found: IndexRow, today: str) -> StoryRow:
    """What the index knows of a story as a row; ``today`` is the group's day, as ISO date."""
    return StoryRow(
        folder=found.folder,
        headline=found.headline,
        status=cast("Status", found.status or "draft"),
        modified=found.modified,
        date=found.date,
        thumb=found.thumb,
        broken=bool(found.problem),
        past="" < found.ends < today,
        kind=found.kind,
    )


class StorySource(Protocol):
    """Finds stories; a ``studio.store.index.SearchIndex`` behind ``IndexSource``, a list in tests."""

    def find(
        self,
        query: str,
        statuses: Sequence[Status],
        order: Order,
        limit: int,
        offset: int,
        saved: SavedFilter = "",
    ) -> Sequence[StoryRow]:
        """The rows that match, in order, at most ``limit`` from ``offset`` on."""

    def count(self, query: str, statuses: Sequence[Status], saved: SavedFilter = "") -> int:
        """How many match."""


def status_text(texts: MessageTexts, status: Status, *, held: bool = False) -> str:
    """The status in the user's language; ``held``: of a story that the gate holds back although it is called so."""
    if not held:
        return texts.text(f"status.{status}")
    return texts.text("status.held" if status == "ready" else f"status.held_{status}")

"""Searches that are kept: three that the studio brings along, and the user's own under names."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, cast, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

SavedFilter = Literal["", "comments", "expiring", "correction"]
SAVED_FILTERS: tuple[SavedFilter, ...] = get_args(SavedFilter)[1:]
"""Open comments; notices and events whose last day is near; corrections that readers have not heard of."""
SOON_DAYS = 7
"""A notice that ends within this many days is about to be over."""
MOST_KEPT = 20
NextStep = Literal["clear", "show_all", "new", "sample", "bin"]
MOST_STEPS = 3


@dataclass(frozen=True, slots=True)
class StorySearch:
    """What the list is asked for.

    Attributes:
        text: of the search box.
        chip: code of the chip (``studio.services.story_list.FILTERS``).
        saved: one of ``SAVED_FILTERS``, "" for none.
    """

    text: str = ""
    chip: str = "all"
    saved: SavedFilter = ""

    @property
    def narrow(self) -> bool:
        """Whether it leaves stories out."""
        return bool(self.text.strip() or self.saved or self.chip != "all")


def ending_soon(today: str) -> tuple[str, str]:
    """The days within which what ends is about to be over: from today (ISO date) on."""
    first = date.fromisoformat(today)
    return first.isoformat(), (first + timedelta(days=SOON_DAYS)).isoformat()


def search_text(search: StorySearch) -> str:
    """A search as it is kept in the settings."""
    return json.dumps(asdict(search), ensure_ascii=False, sort_keys=True)


def read_search(kept: str) -> StorySearch | None:
    """A search from the settings; None for what is none, such as one of a later version."""
    try:
        found = json.loads(kept)
        text, chip, saved = (str(found[name]) for name in ("text", "chip", "saved"))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return StorySearch(text, chip, cast("SavedFilter", saved)) if saved in get_args(SavedFilter) else None


def keep_search(kept: Mapping[str, str], name: str, search: StorySearch) -> dict[str, str]:
    """The user's searches with one more, or the one of this name changed; the oldest go beyond ``MOST_KEPT``."""
    others = {known: text for known, text in kept.items() if known != name}
    return dict([*others.items(), (name, search_text(search))][-MOST_KEPT:])


def drop_search(kept: Mapping[str, str], name: str) -> dict[str, str]:
    """The user's searches without one."""
    return {known: text for known, text in kept.items() if known != name}


def next_steps(search: StorySearch, total: int) -> tuple[NextStep, ...]:
    """What to do where the list shows nothing, most useful first, three at most.

    Args:
        search: what was asked for.
        total: stories in the workspace.
    """
    steps: list[NextStep] = []
    if total and search.text.strip():
        steps.append("clear")
    if total and (search.saved or search.chip != "all"):
        steps.append("show_all")
    steps += ["new", "bin"] if total else ["new", "sample", "bin"]
    return tuple(steps[:MOST_STEPS])

"""Who writes on this laptop: a name of the group's, kept on this computer for each workspace, never in its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.settings import UserSettings
    from studio.story.model import Group

_NOBODY = "-"
"""Kept for a workspace whose user wants to be named nowhere."""


def adopt_writer(settings: UserSettings, place: Path) -> None:
    """A workspace is opened: who wrote there the last time writes again.

    Where nobody was chosen yet, the name of before stays: as a rule one person has one laptop.
    """
    known = settings.note("writers", str(place))
    if known:
        settings.set("author", "" if known == _NOBODY else known)


def choose_writer(settings: UserSettings, place: Path, name: str) -> None:
    """From now on this name stands in the log, with comments, corrections and proposed credits; "" for nobody."""
    name = " ".join(name.split())
    settings.set("author", name)
    settings.remember("writers", str(place), name or _NOBODY)
    settings.set("writer_asked", True)


def writer_names(settings: UserSettings, group: Group) -> tuple[str, ...]:
    """The names to choose from: the group's members, and whoever writes now."""
    now = settings.text("author")
    return tuple(dict.fromkeys(name for name in (*group.members, now) if name.strip()))


def is_writer_unknown(settings: UserSettings) -> bool:
    """Whether nobody has said who writes, and nobody was asked yet."""
    return not settings.text("author") and not settings.flag("writer_asked")

"""What a calendar reads from files: national days, and names of outlets.

National days are the studio's, then a workspace's own (days of the village, a new decree).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from studio.base.data_shelf import program_shelf
from studio.base.errors import UserError
from studio.base.paths import assets_dir, templates_dir
from studio.group.calendar_words import CalendarWords
from studio.posts.catalog import load_catalog
from studio.story.national_days import NationalDays, join_days, read_day_file

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.data_shelf import DataShelf
    from studio.base.i18n import MessageTexts
    from studio.store.story_calendar import CalendarEntry
    from studio.store.workspace import Workspace
    from studio.story.national_days import DayFile

FOLDER = "calendar"
_FILES = "[!.]*.toml"
_LARGEST = 256 * 1024


@dataclass(frozen=True, slots=True)
class KnownDays:
    """What is known of national days, and an error for each file of the workspace that cannot be used."""

    days: NationalDays
    problems: tuple[UserError, ...] = ()


def calendar_words(workspace: Workspace, texts: MessageTexts) -> CalendarWords:
    """The words of a workspace's calendar."""
    catalog = load_catalog(templates_dir(), workspace.templates_dir)
    names = {outlet.id: texts.outlet_name(outlet.name) for outlet in catalog.outlets}
    return CalendarWords(texts, workspace.group.time_zone, names)


def entry_words(entry: CalendarEntry, words: CalendarWords) -> str:
    """An entry of the calendar in a line, as the terminal and the window say it."""
    say = partial(words.entry_line, entry.kind, entry.story.headline, entry.outlets, entry.hours or entry.clock)
    return say(by=entry.by, done=entry.done, late=entry.late, sort=entry.story.kind)


def load_national_days(workspace: Path | None = None, shelf: DataShelf | None = None) -> KnownDays:
    """All national days; a data pack's file for a year takes the place of the studio's, a workspace's own that of both.

    Args:
        workspace: its folder, whose ``calendar`` need not exist; None for the studio's own days only.
        shelf: of data packs; None for this computer's.
    """
    files = [*_built_in_days(assets_dir() / FOLDER)]
    problems: list[UserError] = []
    packs = (program_shelf() if shelf is None else shelf).folders("calendar")
    own = (workspace / FOLDER,) if workspace is not None else ()
    for path in (path for folder in (*packs, *own) for path in sorted(folder.glob(_FILES))):
        try:
            files.append(_read(path))
        except UserError as error:
            problems.append(error)
    return KnownDays(join_days(files), tuple(problems))


@lru_cache(maxsize=1)
def _built_in_days(folder: Path) -> tuple[DayFile, ...]:
    """The studio's own days, which do not change while it runs; each workspace that is opened asks for them."""
    return tuple(_read(path) for path in sorted(folder.glob(_FILES)))


def _read(path: Path) -> DayFile:
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError("calendar.days_file", file=path.name, what=f"> {_LARGEST // 1024} kB")
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UserError("calendar.days_file", file=path.name, what=error.strerror or str(error)) from error
    except (ValueError, RecursionError) as error:  # no UTF-8, no TOML, or a number of too many digits
        raise UserError("calendar.days_file", file=path.name, what=str(error)) from error
    return read_day_file(found, path.name)

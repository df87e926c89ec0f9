"""The ways a calendar leaves the studio: on paper for the wall, as a file for the phone. Both through the gate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.data_uri import data_uri
from studio.group.products import FOLDER as PRODUCTS
from studio.group.products import Product
from studio.release.told_calendar import tell_calendar
from studio.services.calendar_files import calendar_words
from studio.services.calendar_phone import write_phone_calendar
from studio.store.group_folder import GroupFolder
from studio.store.story_calendar import month_span

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.errors import WorkNotice
    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.documents.calendar_paper import PaperSize
    from studio.store.story_calendar import MonthCode, StoryCalendar
    from studio.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class WrittenCalendar:
    """What was written: ``entries`` in a file for the phone, ``shortened`` texts on paper; and what was held back."""

    notices: tuple[WorkNotice, ...]
    entries: int = 0
    shortened: int = 0


def write_wall(
    workspace: Workspace,
    calendar: StoryCalendar,
    month: MonthCode,
    path: Path,
    texts: MessageTexts,
    paper: PaperSize = "a4",
    progress: Progress | None = None,
) -> WrittenCalendar:
    """Write a month for the wall as a PDF. Needs a Qt application (``paint.qt_application``).

    Raises:
        UserError: it cannot be written there.
        WorkCancelled: from ``progress``; nothing was written.
    """
    from studio.documents.calendar_paper import WallLook, write_wall_calendar

    told = tell_calendar(workspace, calendar.span(*month_span(*month)), _products(workspace), progress)
    look = WallLook(workspace.group, _logo_uri(workspace))
    lost = write_wall_calendar(path, month, told, look, calendar_words(workspace, texts), paper)
    return WrittenCalendar(told.notices, shortened=len(lost))


def write_phone(
    workspace: Workspace,
    calendar: StoryCalendar,
    month: MonthCode,
    path: Path,
    texts: MessageTexts,
    progress: Progress | None = None,
) -> WrittenCalendar:
    """Write what is still to come in the weeks of a month as a file for the phone.

    Raises:
        UserError: ``calendar.nothing_ahead``, or it cannot be written there.
        WorkCancelled: from ``progress``; nothing was written.
    """
    told = tell_calendar(workspace, calendar.span(*month_span(*month)), _products(workspace), progress)
    name = texts.text("calendar.phone_name", group=workspace.group.name or "KIM")
    count = write_phone_calendar(path, told, calendar_words(workspace, texts), name, workspace.clock())
    return WrittenCalendar(told.notices, entries=count)


def _products(workspace: Workspace) -> tuple[Product, ...]:
    return tuple(GroupFolder(workspace).read_all().records.records(PRODUCTS, Product).values())


def _logo_uri(workspace: Workspace) -> str:
    from studio.export.planning.group_logo import ready_mark

    mark = ready_mark(workspace)
    return data_uri(mark) if mark is not None else ""

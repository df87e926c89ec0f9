"""Writes a month for the wall or for the phone, and says what was held back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from studio.ui.dialogs.dialog_service import DialogChoice

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.documents.calendar_paper import PaperSize
    from studio.group.calendar_words import CalendarWords
    from studio.services.calendar_outputs import WrittenCalendar
    from studio.store.story_calendar import MonthCode, StoryCalendar
    from studio.store.workspace import Workspace
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.shell.window_frame import WindowFrame


def write_calendar(
    tools: WindowTools,
    shell: WindowFrame,
    workspace: Workspace,
    calendar: StoryCalendar,
    words: CalendarWords,
    kind: str,
    month: MonthCode,
) -> None:
    """Ask where to, and write it in the background.

    Args:
        tools: what every part is given.
        shell: for a short word at the end.
        workspace: whose.
        calendar: what stands on which day.
        words: language and names.
        kind: ``wall`` or ``phone``.
        month: which.
    """
    paper = _asked_paper(tools, words) if kind == "wall" else "phone"
    if not paper:
        return
    stem = words.say("file_name", month=f"{month[0]:04}-{month[1]:02}")
    target = tools.dialogs.choose_target(words.say(kind), f"{stem}.{'pdf' if kind == 'wall' else 'ics'}")
    if target is None:
        return
    if kind == "wall":
        from studio.services.story_export import prepare_painting

        prepare_painting()
    tools.jobs.start(
        words.say("writing"),
        partial(_write, workspace, calendar, words, paper, month, target),
        done=partial(_told, tools, shell, words, kind, target),
        failed=tools.dialogs.explain,
    )


def _asked_paper(tools: WindowTools, words: CalendarWords) -> str:
    choices = [DialogChoice("a4", words.say("paper_a4")), DialogChoice("a3", words.say("paper_a3"))]
    return tools.dialogs.ask(words.say("wall"), words.say("wall_text"), choices)


def _write(
    workspace: Workspace,
    calendar: StoryCalendar,
    words: CalendarWords,
    paper: str,
    month: MonthCode,
    target: Path,
    progress: Progress,
) -> WrittenCalendar:
    from studio.services.calendar_outputs import write_phone, write_wall

    if paper == "phone":
        return write_phone(workspace, calendar, month, target, words.texts, progress)
    size: PaperSize = "a3" if paper == "a3" else "a4"
    return write_wall(workspace, calendar, month, target, words.texts, size, progress)


def _told(
    tools: WindowTools, shell: WindowFrame, words: CalendarWords, kind: str, target: Path, made: WrittenCalendar
) -> None:
    place = str(target)
    told = words.say("wall_written", place=place)
    if kind == "phone":
        told = words.say("phone_written", count=made.entries, place=place)
    notices = list(dict.fromkeys(tools.texts.explain(notice) for notice in made.notices))
    if notices:
        tools.dialogs.tell(words.say(kind), "\n\n".join([told, *notices]))
    else:
        shell.toast(told)

"""Writes a month for the wall or for the phone, and says what was held back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

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


class CalendarExports(QObject):
    """The two ways out of a calendar.

    Args:
        tools: what every part is given.
        shell: for a short word at the end; this ends with it.
        workspace: whose.
        calendar: what stands on which day.
        words: language and names.
    """

    def __init__(
        self,
        tools: WindowTools,
        shell: WindowFrame,
        workspace: Workspace,
        calendar: StoryCalendar,
        words: CalendarWords,
    ) -> None:
        super().__init__(shell)
        self._tools, self._shell, self._words = tools, shell, words
        self._workspace, self._calendar = workspace, calendar

    def write(self, kind: str, month: MonthCode) -> None:
        """Ask where to, and write a month in the background: for the ``wall`` or the ``phone``."""
        tools, words = self._tools, self._words
        paper = self._asked_paper() if kind == "wall" else "phone"
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
            partial(_write, self._workspace, self._calendar, words, paper, month, target),
            done=partial(self._written_text, kind, target),
            failed=tools.dialogs.explain,
            owner=self,
        )

    def _asked_paper(self) -> str:
        say = self._words.say
        choices = [DialogChoice("a4", say("paper_a4")), DialogChoice("a3", say("paper_a3"))]
        return self._tools.dialogs.ask(say("wall"), say("wall_text"), choices)

    def _written_text(self, kind: str, target: Path, made: WrittenCalendar) -> None:
        say, place = self._words.say, str(target)
        told = say("wall_written", place=place)
        if kind == "phone":
            told = say("phone_written", count=made.entries, place=place)
        notices = list(dict.fromkeys(self._tools.texts.explain(notice) for notice in made.notices))
        if notices:
            self._tools.dialogs.tell(say(kind), "\n\n".join([told, *notices]))
        else:
            self._shell.show_toast(told)


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

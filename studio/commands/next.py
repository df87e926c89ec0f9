"""``kim-studio next``: the next story of a series."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.commands.common import (
    DONE,
    PARTLY,
    WRONG_USE,
    opened_to_write,
    print_result,
    print_trouble,
    progress_bar,
    user_texts,
)

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.store.workspace import Workspace
    from studio.story.model import Story

_WRONG = frozenset(
    {
        "export.unknown_story",
        "export.renamed_story",
        "series.unread",
        "series.no_days",
        "series.not_later",
        "series.day_unread",
    }
)


@dataclass(frozen=True, slots=True)
class NextWish:
    """What is asked of ``run_next``.

    Attributes:
        rule: "setiap Selasa pertama": makes the story one of a series first; "" keeps the series it has.
        day: ISO date of the new story; "" the first day of the series that is not past.
        only_days: print the next days, make nothing.
        again: also where the series has a story on that day.
    """

    rule: str = ""
    day: str = ""
    only_days: bool = False
    again: bool = False


def run_next(workspace: Path, name: str, wish: NextWish, *, take_over: bool, today: date | None = None) -> int:
    """Make the next story of a series and print its folder; dates that need a look on stderr.

    Args:
        workspace: its folder.
        name: the story's folder.
        wish: what is asked.
        take_over: write although another computer left its lock.
        today: for tests; None is today on the group's calendar.

    Returns:
        0 when it is made, 1 when something was refused, 2 for a rule, day or story that nobody understands.
    """
    words = user_texts()
    with opened_to_write(workspace, words, take_over=take_over) as opened:
        try:
            return _run(opened, words, name, wish, today)
        except UserError as error:
            print_trouble(words.explain(error))
            # A rule that was typed here; one in the story's file is no wrong use.
            typed = bool(wish.rule) and error.code == "series.rule"
            return WRONG_USE if typed or error.code in _WRONG else PARTLY


def _run(opened: Workspace, words: MessageTexts, name: str, wish: NextWish, today: date | None) -> int:
    from studio.export.running.story_exporter import chosen_stories
    from studio.story.next_in_series import days_to_choose
    from studio.story.series_days import SHOWN_DAYS
    from studio.story.series_words import day_words

    folder = chosen_stories(opened, (name,))[0]
    story = _in_series(opened, folder, wish)
    if not wish.only_days:
        return _make(opened, words, folder, story, wish, today)
    for day in days_to_choose(story, SHOWN_DAYS):
        print_result(f"{day.isoformat()}\t{day_words(day)}")
    return DONE


def _in_series(opened: Workspace, folder: str, wish: NextWish) -> Story:
    """The story with the series that was asked for, which is kept in it unless only days are asked for."""
    from studio.store.workspace import new_id
    from studio.story.next_in_series import require_day, set_series
    from studio.story.series_words import read_series

    story = opened.load(folder)
    if wish.rule:
        series_id = story.series.id if story.series is not None else new_id()
        story = set_series(read_series(wish.rule, require_day(story), series_id)).apply(story)
        if not wish.only_days:
            story = opened.save(folder, story)
    if story.series is None:
        raise UserError("series.none", story=folder)
    return story


def _make(opened: Workspace, words: MessageTexts, folder: str, story: Story, wish: NextWish, today: date | None) -> int:
    from studio.checks.series_rules import check_series
    from studio.release.finding_texts import finding_words, place_words
    from studio.services.story_series import make_next, story_on
    from studio.store.story_shelf import today_of
    from studio.story.next_in_series import first_day

    day = _read_day(wish.day) or first_day(story, today or date.fromisoformat(today_of(opened)))
    if not wish.again and (there := story_on(opened, story, day)):
        raise UserError("series.is_there", story=there, day=day.isoformat())
    with progress_bar(words.text("series.making")) as progress:
        made = make_next(opened, folder, story, day, progress)
    print_result(made.folder)
    for finding in check_series(made.made.story):
        print_trouble(f"- {place_words(finding, words)}: {finding_words(finding, words)}")
    return DONE


def _read_day(text: str) -> date | None:
    from studio.story.date_formats import parse_date

    if text and parse_date(text) is None:
        raise UserError("series.day_unread", day=text)
    return parse_date(text)

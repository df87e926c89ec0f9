"""``kim-studio shots``: what to photograph and to ask at an event, on the terminal, on paper or for the phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.commands.common import (
    DONE,
    PARTLY,
    WRONG_USE,
    explain_errors,
    print_result,
    print_table,
    print_trouble,
    user_texts,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.group.shot_lists import ShotList
    from studio.services.shot_lists import ShotLists
    from studio.story.model import Group

_WRONG = frozenset(
    {
        *("shots.unknown", "shots.out_kind", "shots.out_one"),
        *("export.unknown_story", "export.unlike_story", "export.renamed_story"),
    }
)


@dataclass(frozen=True, slots=True)
class ShotWish:
    """What is asked of ``run_shots``.

    Attributes:
        kind: id of a list; "" for the one that fits ``story``, or all.
        out: ``.pdf`` (of one list or of all) or ``.html`` (of one) to write; None prints.
        story: workspace and folder of a story.
        workspace: the group, for its own lists and its name.
    """

    kind: str = ""
    out: Path | None = None
    story: tuple[Path, str] | None = None
    workspace: Path | None = None


def run_shots(wish: ShotWish) -> int:
    """Print or write a list, or name all.

    Returns:
        0 when it is done, 1 when something was refused, 2 for wrong usage.
    """
    from studio.services.shot_lists import load_shot_lists
    from studio.story.model import Group

    words = user_texts()
    place = wish.story[0] if wish.story is not None else wish.workspace
    with explain_errors(words):
        known = load_shot_lists(place)
        for problem in known.problems:
            print_trouble(words.explain(problem))
        try:
            chosen, group = _chosen(wish, known, place)
            if wish.out is not None:
                _write(wish.out, (chosen,) if chosen is not None else known.lists, group or Group(), words)
            elif chosen is None:
                _print_all(known, words)
            else:
                from studio.services.shot_lists import shot_text

                print_result(shot_text(chosen, words))
        except UserError as error:
            print_trouble(words.explain(error))
            return WRONG_USE if error.code in _WRONG else PARTLY
    return PARTLY if known.problems else DONE


def _chosen(wish: ShotWish, known: ShotLists, place: Path | None) -> tuple[ShotList | None, Group | None]:
    from studio.export.running.story_exporter import chosen_stories
    from studio.group.shot_lists import shot_list_of
    from studio.store.workspace import open_workspace

    found = known.find(wish.kind)
    if wish.kind and found is None:
        raise UserError("shots.unknown", kind=wish.kind, known=", ".join(each.id for each in known.lists))
    if place is None:
        return found, None
    with open_workspace(place, write=False) as opened:
        if found is None and wish.story is not None:
            folder = chosen_stories(opened, (wish.story[1],))[0]
            found = shot_list_of(opened.load(folder), known.lists)
        return found, opened.group


def _print_all(known: ShotLists, words: MessageTexts) -> None:
    heads = [words.text(f"shots.head.{name}") for name in ("kind", "title", "count")]
    rows = [(each.id, each.title.get(words.language, each.title["id"]), str(len(each.shots))) for each in known.lists]
    print_table(heads, rows, numbers=(2,))


def _write(target: Path, lists: Sequence[ShotList], group: Group, words: MessageTexts) -> None:
    from studio.services.shot_lists import write_shot_lists

    write_shot_lists(target, lists, group, words)
    print_result(words.text("lesson.written", file=str(target)))

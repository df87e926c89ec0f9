"""``kim-studio pack`` and ``kim-studio take``: a story as one file to another laptop, and what comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.commands.common import (
    DONE,
    PARTLY,
    WRONG_USE,
    explain_errors,
    opened_to_write,
    print_result,
    print_trouble,
    progress_bar,
    user_texts,
)
from studio.services.merge_words import conflict_line, conflict_name
from studio.services.package_taking import is_withdrawn_there, merge_on_disk, plan_taking, take_as_story
from studio.story.three_way_merge import choose_all

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.services.package_taking import TakingPlan
    from studio.store.packages import PackageChoice
    from studio.store.workspace import Workspace
    from studio.story.three_way_merge import Side

_SIDES: dict[str, Side] = {"here": "left", "there": "right", "both": "both"}


def run_pack(workspace: Path, story: str, out: Path | None, choice: PackageChoice) -> int:
    """Write a story into a package and print where it is.

    Args:
        workspace: its folder.
        story: the folder of the story.
        out: the file to write, or a folder for it; None writes into the present folder.
        choice: what goes along.

    Returns:
        0 when all that was asked for is in it; 1 when a file is missing (named on stderr) or nothing was written.
    """
    from pathlib import Path

    from studio.services.story_handoff import file_name_for, pack_for_editor
    from studio.store.workspace import open_workspace

    words = user_texts()
    target = out or Path()
    if target.is_dir():
        target /= file_name_for(story)
    # Another window may have the workspace: its stories can be read and sent all the same.
    with explain_errors(words), open_workspace(workspace) as opened:
        with progress_bar(words.text("handoff.pack_job")) as progress:
            notices = pack_for_editor(opened, story, target, choice, progress)
        print_result(words.text("handoff.packed", file=str(target)))
        for notice in notices:
            print_trouble(words.explain(notice))
    return PARTLY if any(notice.code == "store.media_lost" for notice in notices) else DONE


def run_take(
    workspace: Path, files: Sequence[Path], prefer: str, *, copy: bool = False, take_over: bool = False
) -> int:
    """Take packages in and print the folder of each story.

    Args:
        workspace: its folder.
        files: the packages.
        prefer: what holds where both sides changed the same: ``here``, ``there`` or ``both``; "" refuses.
        copy: take in beside a story that is here already, without a merge.
        take_over: write although another computer left its lock there.

    Returns:
        0 when all are in, 1 when one was refused (each named on stderr, the rest done), 2 when ``prefer`` is no word
        of these.
    """
    words, refused = user_texts(), 0
    if prefer and prefer not in _SIDES:
        print_trouble(words.text("handoff.prefer_what", given=prefer))
        return WRONG_USE
    with opened_to_write(workspace, words, take_over=take_over) as opened:
        for file in files:
            try:
                plan = plan_taking(opened, file, words)
                taken = _take_beside(opened, plan) if copy or not plan.known.other else _merge(opened, plan, prefer)
            except UserError as error:
                print_trouble(words.explain(error))
                taken = False
            refused += not taken
    return PARTLY if refused else DONE


def _take_beside(workspace: Workspace, plan: TakingPlan) -> bool:
    """As a story of its own; what is here already stays as it is."""
    if plan.known.same:
        print_result(plan.known.same)
        print_trouble(plan.texts.text("store.package_known", story=plan.known.same))
        return True
    with progress_bar(plan.texts.text("handoff.take_job", file=plan.package.source.name)) as progress:
        print_result(take_as_story(workspace, plan, progress))
    for told in (*map(plan.texts.explain, plan.notices), plan.reason):
        if told:
            print_trouble(told)
    return True


def _merge(workspace: Workspace, plan: TakingPlan, prefer: str) -> bool:
    """Into the story that is here; whether that went without conflicts, or with those that were decided."""
    words, folder = plan.texts, plan.known.other
    here = workspace.load(folder)
    # In memory first: with conflicts that nobody decided nothing is written.
    proposed = plan.merge_into(here)
    conflicts = proposed.conflicts
    if conflicts and not prefer:
        code = "handoff.conflicts" if plan.known.base is not None else "handoff.no_base"
        print_trouble(words.text(code, file=plan.package.source.name, story=folder, n=len(conflicts)))
        for conflict in conflicts:
            print_trouble(conflict_line(conflict, proposed.story, words))
        print_trouble(words.text("handoff.prefer_hint"))
        return False
    choices = choose_all(conflicts, _SIDES[prefer]) if prefer else {}
    with progress_bar(words.text("handoff.take_job", file=plan.package.source.name)) as progress:
        merged = merge_on_disk(workspace, plan, choices, progress)
    print_result(folder)
    print_trouble(words.text("handoff.merged", story=folder, n=len(conflicts)))
    if is_withdrawn_there(here, merged.story):
        print_trouble(words.text("merge.withdrawn", group=plan.group))
    careful = [conflict for conflict in conflicts if conflict.careful]
    for conflict in careful:
        print_trouble(words.text("handoff.stays_careful", field=conflict_name(conflict, merged.story, words)))
    return True

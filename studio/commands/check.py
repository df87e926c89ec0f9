"""``kim-studio check``: findings per story, the same as on the checking desk; and the word that a story is ready."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from studio.base.errors import UserError
from studio.commands.common import (
    DONE,
    PARTLY,
    WRONG_USE,
    explain_errors,
    opened_to_write,
    print_result,
    print_table,
    print_trouble,
    user_texts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from studio.base.errors import WorkNotice
    from studio.base.i18n import MessageTexts
    from studio.checks.finding import Finding
    from studio.checks.readiness import StoryReadiness
    from studio.store.workspace import Workspace


def run_check(
    workspace: Path,
    stories: Sequence[str],
    *,
    as_json: bool,
    ready: bool = False,
    by: str = "",
    take_over: bool = False,
) -> int:
    """Check stories (all when none is named).

    Args:
        workspace: its folder.
        stories: folder names.
        as_json: print findings as JSON.
        ready: mark each story that nothing stops as ready.
        by: who says so.
        take_over: mark although another computer left its lock there.

    Returns:
        0 when nothing stops any of them, 1 when something does or a story cannot be read, 2 for an unknown story.
    """
    from studio.export.planning.group_logo import logo_problems
    from studio.export.running.story_exporter import chosen_stories
    from studio.posts.service_files import own_kind_problems
    from studio.release.finding_texts import check_all, language_checker
    from studio.release.release_gate import rule_facts

    words = user_texts()
    with _open_workspace(workspace, words, ready=ready, take_over=take_over) as opened:
        try:
            folders = chosen_stories(opened, stories)
        except UserError as error:
            print_trouble(words.explain(error))
            return WRONG_USE
        # One for all: it reads the lexicon and remembers paragraphs.
        checker = language_checker()
        stopped, printed = False, 0
        for folder, story in opened.load_each(folders):
            if isinstance(story, UserError):
                print_trouble(f"{folder}: {words.explain(story)}")
                stopped = True
                continue
            found = check_all(story, opened.group, checker, folder=folder, **rule_facts(opened, story))
            stopped |= not found.ready
            # Each as it is found: a library of thousands takes minutes, and need not fit into memory.
            if as_json:
                print_result(("[" if printed == 0 else ",") + _json_item(_plain_findings(folder, found, words)))
            else:
                _print_findings(folder, found, words)
            printed += 1
            if ready:
                _mark_ready(opened, folder, found, by, words)
        if as_json:
            print_result("]" if printed else "[]")
        _print_problems((*logo_problems(opened), *own_kind_problems(opened.path)), words)
    return PARTLY if stopped else DONE


def _json_item(findings: dict[str, object]) -> str:
    return "\n" + msgspec.json.format(msgspec.json.encode(findings), indent=1).decode()


@contextmanager
def _open_workspace(workspace: Path, words: MessageTexts, *, ready: bool, take_over: bool) -> Iterator[Workspace]:
    """Opened to be read, unless stories are to be marked."""
    from studio.store.workspace import open_workspace

    if ready:
        with opened_to_write(workspace, words, take_over=take_over) as opened:
            yield opened
    else:
        with explain_errors(words), open_workspace(workspace, write=False) as opened:
            yield opened


def _finding_lines(found: StoryReadiness) -> Iterator[tuple[str, Finding]]:
    for level, findings in (("block", found.blocks), ("overridden", found.overridden)):
        yield from ((level, finding) for finding in findings)
    for level, findings in (("warning", found.warnings), ("advice", found.advice)):
        yield from ((level, finding) for finding in findings)


def _print_problems(problems: Sequence[UserError | WorkNotice], words: MessageTexts) -> None:
    for problem in problems:
        print_trouble(words.explain(problem))


def _print_findings(folder: str, found: StoryReadiness, words: MessageTexts) -> None:
    from studio.release.finding_texts import finding_words, place_words, source_words

    rows = [
        (
            words.text(f"cli.check.{level}"),
            place_words(finding, words),
            finding_words(finding, words),
            source_words(finding, words),
        )
        for level, finding in _finding_lines(found)
    ]
    if not rows:
        print_result(words.text("cli.check.none", story=folder))
        return
    counts = {"blocks": len(found.blocks), "warnings": len(found.warnings), "advice": len(found.advice)}
    print_result(words.text("cli.check.count", story=folder, **counts))
    print_table([words.text(f"cli.head.{name}") for name in ("level", "where", "what", "rule")], rows)


def _plain_findings(folder: str, found: StoryReadiness, words: MessageTexts) -> dict[str, object]:
    from studio.release.finding_texts import finding_words

    return {
        "story": folder,
        "ready": found.ready,
        "findings": [
            {
                "code": finding.code,
                "level": level,
                "topic": finding.topic,
                "field": finding.place.field if finding.place else "",
                "start": finding.place.start if finding.place else 0,
                "end": finding.place.end if finding.place else 0,
                "text": finding_words(finding, words),
                "source": finding.source,
                "fixes": [fix.text for fix in finding.fixes if fix.act == "replace"],
                "key": finding.key,
            }
            for level, finding in _finding_lines(found)
        ],
    }


def _mark_ready(opened: Workspace, folder: str, found: StoryReadiness, by: str, words: MessageTexts) -> None:
    from studio.story import story_status

    # Loaded again: the window may have saved this one since.
    story = opened.load(folder)
    if found.public:
        print_trouble(words.text("cli.check.already", story=folder))
    elif not found.ready:
        print_trouble(words.text("cli.check.not_ready", story=folder, count=len(found.blocks)))
    else:
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        opened.save(folder, story_status.step_status(story, "ready", now, by).apply(story))
        print_trouble(words.text("cli.check.ready", story=folder))

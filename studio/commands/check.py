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
    complain,
    explained,
    opened_to_write,
    print_table,
    say,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from studio.base.i18n import Texts
    from studio.checks.finding import Finding
    from studio.checks.readiness import Readiness
    from studio.store.workspace import Workspace


def run(
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
    from studio.release.finding_texts import check_all, language_checker

    words = texts()
    with _opened(workspace, words, ready=ready, take_over=take_over) as opened:
        try:
            folders = chosen_stories(opened, stories)
        except UserError as error:
            complain(words.explain(error))
            return WRONG_USE
        checker = language_checker()
        results: list[tuple[str, Readiness]] = []
        stopped = False
        for folder, story in opened.load_each(folders):
            if isinstance(story, UserError):
                complain(f"{folder}: {words.explain(story)}")
                stopped = True
                continue
            today = datetime.now().astimezone().date().isoformat()
            found = check_all(story, opened.group, checker, folder=folder, today=today)
            results.append((folder, found))
            stopped |= not found.ready
        if as_json:
            say(msgspec.json.format(msgspec.json.encode([_plain(f, r, words) for f, r in results]), indent=1).decode())
        else:
            for folder, found in results:
                _print(folder, found, words)
        for problem in logo_problems(opened):
            complain(words.explain(problem))
        if ready:
            _mark_ready(opened, results, by, words)
    return PARTLY if stopped else DONE


@contextmanager
def _opened(workspace: Path, words: Texts, *, ready: bool, take_over: bool) -> Iterator[Workspace]:
    """Opened to be read, unless stories are to be marked."""
    from studio.store.workspace import open_workspace

    if ready:
        with opened_to_write(workspace, words, take_over=take_over) as opened:
            yield opened
    else:
        with explained(words), open_workspace(workspace, write=False) as opened:
            yield opened


def _lines(found: Readiness) -> Iterator[tuple[str, Finding]]:
    for level, findings in (("block", found.blocks), ("overridden", found.overridden)):
        yield from ((level, finding) for finding in findings)
    for level, findings in (("warning", found.warnings), ("advice", found.advice)):
        yield from ((level, finding) for finding in findings)


def _print(folder: str, found: Readiness, words: Texts) -> None:
    from studio.release.finding_texts import told, where

    rows = [
        (words.text(f"cli.check.{level}"), where(finding, words), told(finding, words), finding.source)
        for level, finding in _lines(found)
    ]
    if not rows:
        say(words.text("cli.check.none", story=folder))
        return
    counts = {"blocks": len(found.blocks), "warnings": len(found.warnings), "advice": len(found.advice)}
    say(words.text("cli.check.count", story=folder, **counts))
    print_table([words.text(f"cli.head.{name}") for name in ("level", "where", "what", "rule")], rows)


def _plain(folder: str, found: Readiness, words: Texts) -> dict[str, object]:
    from studio.release.finding_texts import told

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
                "text": told(finding, words),
                "source": finding.source,
                "fixes": [fix.text for fix in finding.fixes if fix.act == "replace"],
                "key": finding.key,
            }
            for level, finding in _lines(found)
        ],
    }


def _mark_ready(opened: Workspace, results: Sequence[tuple[str, Readiness]], by: str, words: Texts) -> None:
    from studio.story import status

    now = datetime.now().astimezone().isoformat(timespec="seconds")
    for folder, found in results:
        story = opened.load(folder)
        if found.public:
            complain(words.text("cli.check.already", story=folder))
        elif not found.ready:
            complain(words.text("cli.check.not_ready", story=folder, count=len(found.blocks)))
        else:
            opened.save(folder, status.step(story, "ready", now, by).apply(story))
            complain(words.text("cli.check.ready", story=folder))

"""``kim-studio export``: stories to every outlet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from studio.base import paths
from studio.base.errors import UserError
from studio.base.log import start_log
from studio.base.sizes import size_text
from studio.commands.common import (
    DONE,
    PARTLY,
    WRONG_USE,
    explain_errors,
    print_result,
    print_table,
    print_trouble,
    progress_bar,
    user_texts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.export.running.export_manifest import ExportManifest
    from studio.export.running.story_exporter import ExportedStory
    from studio.export.website.site_library import BuiltSite
    from studio.store.workspace import Workspace


WRONG_NAMES = frozenset({"export.unknown_outlet", "export.unknown_story", "export.renamed_story"})
"""Errors of a word that was typed wrongly: wrong use, which scripts can tell from trouble with the work."""


def run_export(
    workspace: Path,
    stories: Sequence[str],
    outlets: Sequence[str],
    out: Path | None,
    *,
    jobs: int,
    as_json: bool,
    frugal: bool = False,
    expired: bool = False,
) -> int:
    """Export and report; ``expired``: notices that are over, too.

    Returns:
        0 when everything asked for is there, 1 when something failed or was refused, 2 for an unknown outlet or story.
        A notice that is over counts as refused when it was named: a library is full of them.
    """
    from studio.store.workspace import open_workspace

    words = user_texts()
    with explain_errors(words), open_workspace(workspace, write=False) as opened:
        try:
            done = export_all(opened, stories, outlets, out, jobs, words, frugal=frugal, expired=expired)
        # A word that was typed wrongly is wrong use (2); everything else is for explain_errors (1), so that scripts can
        # tell them apart.
        except UserError as error:
            if error.code not in WRONG_NAMES:
                raise
            print_trouble(words.explain(error))
            return WRONG_USE
        if as_json:
            print_manifests(done)
        return print_report(opened, done, out or opened.exports_dir(), words, table=not as_json, named=bool(stories))


def run_site(workspace: Path, out: Path | None, *, jobs: int, alone: bool, as_json: bool = False) -> int:
    """Make the website of the whole library, or bring it up to date.

    Args:
        workspace: the library.
        out: where to; None is the workspace's own folder for it.
        jobs: processes, 1 or 2.
        alone: nothing was named beside it that a site of everything cannot follow.
        as_json: print what became of the site as JSON.

    Returns:
        0 when all of it is there, 1 when a story is skipped or taken down (each named on stderr with the reason), 2
        unless ``alone``. A draft that never was public is named too, and does not count.
    """
    from studio.export.website.site_library import build_site
    from studio.store.workspace import open_workspace

    words = user_texts()
    if not alone:
        print_trouble(words.text("export.site_alone"))
        return WRONG_USE
    with explain_errors(words), open_workspace(workspace, write=False) as opened:
        with progress_bar(words.text("phone.site_job")) as progress:
            site = build_site(opened, paths.templates_dir(), words, out, progress, jobs=jobs)
        return print_site(site, (opened,), words, as_json=as_json)


def print_site(site: BuiltSite, workspaces: Sequence[Workspace], words: MessageTexts, *, as_json: bool) -> int:
    """Print what became of a site; the code the command ends with."""
    from studio.export.planning.group_logo import logo_problems
    from studio.export.website.site_library import left_out_line

    if as_json:
        print_result(msgspec.json.format(msgspec.json.encode(_plain_site(site, words)), indent=1).decode())
    else:
        print_result(words.text("phone.site_made", stories=site.stories, written=site.written, removed=site.removed))
        print_result(str(site.folder / "index.html"))
    for left in site.left_out:
        print_trouble(left_out_line(left, words))
    for problem in (problem for each in workspaces for problem in logo_problems(each)):
        print_trouble(words.explain(problem))
    return PARTLY if site.troubles else DONE


def _plain_site(site: BuiltSite, words: MessageTexts) -> dict[str, object]:
    return {
        "folder": str(site.folder),
        "stories": site.stories,
        "written": site.written,
        "removed": site.removed,
        "left_out": [
            {
                "story": left.folder,
                "code": left.why.code,
                "text": words.explain(left.why),
                "taken_down": left.taken_down,
                "draft": left.expected,
            }
            for left in site.left_out
        ],
    }


def export_all(
    opened: Workspace,
    stories: Sequence[str],
    outlets: Sequence[str],
    out: Path | None,
    jobs: int,
    words: MessageTexts,
    *,
    frugal: bool = False,
    expired: bool = False,
) -> list[ExportedStory]:
    """Export with a progress bar on a terminal; template packs that cannot be used are named on stderr.

    Raises:
        UserError: an outlet or story is unknown, or nothing can be written.
    """
    from studio.base.free_memory import has_little_memory, keep_freed_memory
    from studio.export.running.exported_versions import keep_exported_version
    from studio.export.running.story_exporter import StoryExporter

    start_log(paths.log_dir())
    if not (frugal or has_little_memory()):
        keep_freed_memory()
    exporter = StoryExporter(opened, paths.templates_dir(), words, jobs=jobs, frugal=frugal, quick=True)
    with progress_bar(words.text("cli.exporting")) as progress, exporter:
        done = list(exporter.export(stories, outlets, out, progress, past=expired))
    for exported in done:
        keep_exported_version(opened, exported)
    # Named stories are printed as they were named, all of them as the library lists them.
    order = [exported.folder for exported in done] if stories else list(opened.story_folders())
    done.sort(key=lambda exported: order.index(exported.folder))  # those with clips came last
    for problem in exporter.pack_problems:
        print_trouble(words.explain(problem))
    return done


def print_manifests(done: Sequence[ExportedStory]) -> None:
    """Print what was made as JSON."""
    manifests = [exported.manifest for exported in done if exported.manifest]
    print_result(msgspec.json.format(msgspec.json.encode(manifests), indent=1).decode())


def print_report(
    opened: Workspace,
    done: Sequence[ExportedStory],
    out: Path,
    words: MessageTexts,
    *,
    table: bool = True,
    named: bool = True,
) -> int:
    """Print what was made and where (``table``), and every trouble on stderr."""
    from studio.export.planning.group_logo import logo_problems
    from studio.posts.service_files import own_kind_problems

    if table:
        head = [words.text(f"cli.head.{name}") for name in ("story", "outlet", "files", "size", "folder")]
        print_table(head, [row for exported in done for row in report_rows(exported, words)], numbers=(2, 3))
        made, kept = sum(e.made for e in done), sum(e.kept for e in done)
        print_result(words.text("cli.exported", made=made, kept=kept, place=str(out)))
    troubles = [_as_draft(exported, opened, words) for exported in done if exported.draft]
    troubles += [line for exported in done for line in report_troubles(exported, words)]
    troubles += [words.explain(problem) for problem in (*opened.problems, *logo_problems(opened))]
    troubles += [words.explain(problem) for problem in own_kind_problems(opened.path)]
    reports = [problem.bug_report for exported in done for problem in exported.problems]
    # Each once: a missing font is a trouble of every card it was to be on.
    for line in dict.fromkeys((*troubles, *filter(None, reports))):
        print_trouble(line)
    return PARTLY if any(_went_wrong(exported, named=named) for exported in done) else DONE


def _went_wrong(exported: ExportedStory, *, named: bool) -> bool:
    """Whether a story lacks something; a notice that is over only when it was asked for by name."""
    error = exported.error
    return bool(exported.problems) or (error is not None and (named or error.code != "publish.past"))


def _as_draft(exported: ExportedStory, opened: Workspace, words: MessageTexts) -> str:
    code = "export.draft" if exported.blocks else "export.draft_ready"
    return words.text(code, story=exported.folder, count=exported.blocks, workspace=str(opened.path))


def report_rows(exported: ExportedStory, words: MessageTexts) -> Iterator[tuple[str, ...]]:
    """The rows of the table for one story: an outlet each."""
    manifest: ExportManifest | None = exported.manifest
    if manifest is None:
        return
    for outlet in dict.fromkeys(entry.outlet for entry in manifest.files):
        mine = [entry for entry in manifest.files if entry.outlet == outlet]
        size = size_text(sum(entry.bytes for entry in mine), words.language)
        yield exported.folder, outlet, str(len(mine)), size, f"{manifest.story}/{outlet}"


def report_troubles(exported: ExportedStory, words: MessageTexts) -> Iterator[str]:
    """What is to be said of one story: why it, or a file of it, was not made, and every warning."""
    if exported.error:
        yield f"{exported.folder}: {words.explain(exported.error)}"
    for problem in exported.problems:
        yield f"{exported.folder}/{problem.path}: {problem.text}"
    for entry in exported.manifest.files if exported.manifest else ():
        for warning in entry.warnings:
            yield words.text("cli.warning", file=f"{exported.folder}/{entry.path}", text=warning.text)

"""Run a plan: make what is missing or changed, keep what is there, note everything, stop for nothing."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import structs

from studio.base.errors import UserError
from studio.base.finished_files import file_digest, path_inside, remove_parts
from studio.base.log import part_logger
from studio.base.progress import SilentProgress, SplitProgress
from studio.export.planning.export_tasks import (
    LONG_TASKS,
    FailedFile,
    FileTarget,
    MadeFile,
    MotionTask,
    PhotoTask,
    PrintTask,
    SlideshowTask,
    Task,
    VideoTask,
)
from studio.export.planning.file_specs import FileProblem, file_problem
from studio.export.running.disk_room import check_room
from studio.export.running.export_folders import PLANNED, foreign_targets, note_planned, refuse_other_owner
from studio.export.running.export_manifest import (
    JOURNAL,
    MANIFEST,
    ExportManifest,
    ManifestEntry,
    append_journal,
    read_journal,
    read_manifest,
    warning_texts,
    write_manifest,
)
from studio.export.running.write_ahead_log import INTENTS, entry_of, settle_intents
from studio.store.workspace import SENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.export.planning.export_tasks import StoryPlan
    from studio.export.running.task_executors import TaskExecutor
    from studio.release.release_gate import ReleasedStory


@dataclass(frozen=True, slots=True)
class PlanResult:
    """What became of one story: its manifest, and how many files were made now or kept from before.

    ``clips_wait`` says that its clips are still to be made, as was asked for, and that the manifest is that of before.
    """

    manifest: ExportManifest
    made: int
    kept: int
    removed: int
    clips_wait: bool = False


def unchanged_export(out: Path, inputs: str, group: str = "") -> ExportManifest | None:
    """The manifest of the last export, when it was planned from the same inputs and all its files are as they were.

    The quick way past a story that nobody touched: nothing needs to be planned.

    Args:
        out: the story's export folder.
        inputs: hash of all that a plan of the complete story is made from.
        group: id of the group that exports.
    """
    manifest = read_manifest(out)
    # What failed the last time is tried again, even though the story is the same.
    if (manifest.inputs, manifest.group) != (inputs, group) or manifest.problems or (out / JOURNAL).exists():
        return None
    return manifest if untouched_files(out, manifest.files) else None


def untouched_files(out: Path, files: Iterable[ManifestEntry]) -> bool:
    """Whether files of an export are as its manifest says.

    Args:
        out: the story's export folder; its manifest is there.
        files: entries of the manifest.
    """
    since = (out / MANIFEST).stat().st_mtime_ns
    return all(_still_good(entry, entry.key, entry.path, out, since) for entry in files)


def _still_good(entry: ManifestEntry | None, key: str, path: str, out: Path, since: int) -> bool:
    """Whether the file made before can stay: same key, same size, untouched since it was noted (else same hash)."""
    if entry is None or entry.key != key:
        return False
    try:
        facts = path_inside(out, path).stat()
    except OSError:
        return False
    if facts.st_size != entry.bytes:
        return False
    # A file older than the note about it has not been touched since: hashing it would cost more than making some.
    return facts.st_mtime_ns <= since or file_digest(out / path)[0] == entry.sha256


def _noted_entries(out: Path) -> tuple[dict[str, ManifestEntry], int]:
    """Entries of the last manifest and of an unfinished run, and the time up to which they are to be trusted."""
    entries = {entry.path: entry for entry in read_manifest(out).files}
    # The journal is younger than the manifest: where both know a file, the journal is right.
    entries |= {entry.path: entry for entry in read_journal(out)}
    times = [path.stat().st_mtime_ns for path in (out / MANIFEST, out / JOURNAL) if path.exists()]
    return entries, max(times, default=0)


def _only_missing(task: Task, missing: set[str]) -> Task | None:
    """The task without the files that are there already."""
    if isinstance(task, PhotoTask):
        photos = tuple(job for job in task.jobs if job[0].path in missing)
        return replace(task, jobs=photos) if photos else None
    if isinstance(task, VideoTask):
        videos = tuple(job for job in task.jobs if any(target.path in missing for target in task.files(job)))
        return replace(task, jobs=videos) if videos else None
    if isinstance(task, SlideshowTask):
        shows = tuple(job for job in task.jobs if job[0].path in missing)
        return replace(task, jobs=shows) if shows else None
    if isinstance(task, PrintTask | MotionTask):
        sheets = [target for target in task.targets if target.path in missing]
        return replace(task, target=sheets[0], copies=tuple(sheets[1:])) if sheets else None
    return task if task.targets[0].path in missing else None


def missing_tasks(tasks: Iterable[Task], out: Path) -> tuple[list[Task], dict[str, ManifestEntry]]:
    """Split a plan into what is to be made and the entries of what can stay.

    Args:
        tasks: the whole plan of one story.
        out: the story's export folder; need not exist.
    """
    noted, since = _noted_entries(out)
    todo: list[Task] = []
    kept: dict[str, ManifestEntry] = {}
    for task in tasks:
        missing = set()
        for target in task.targets:
            if _still_good(noted.get(target.path), target.key, target.path, out, since):
                kept[target.path] = noted[target.path]
            else:
                missing.add(target.path)
        if rest := _only_missing(task, missing):
            todo.append(rest)
    return todo, kept


def _manifest_entry(made: MadeFile, texts: MessageTexts) -> ManifestEntry:
    return structs.replace(entry_of(made), warnings=warning_texts(made.notices, texts))


def _remove_stale(out: Path, planned: set[str]) -> int:
    """Delete files of an earlier export that no outlet makes any more; only files the manifest names as ours."""
    removed = 0
    for entry in read_manifest(out).files:
        if entry.path not in planned:
            path_inside(out, entry.path).unlink(missing_ok=True)
            removed += 1
    # Deepest first, so that a folder left empty by its last subfolder goes too.
    for folder in sorted((path for path in out.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
    return removed


def withdraw_export(out: Path) -> int:
    """Delete what an earlier export of a story left, the manifest too; how many files. It can all be made again."""
    for entry in read_journal(out):
        path_inside(out, entry.path).unlink(missing_ok=True)
    removed = _remove_stale(out, set()) if out.is_dir() else 0
    for name in (MANIFEST, JOURNAL, INTENTS, PLANNED):
        (out / name).unlink(missing_ok=True)
    shutil.rmtree(out / SENT, ignore_errors=True)
    with contextlib.suppress(OSError):
        out.rmdir()
    return removed


@dataclass(frozen=True, slots=True)
class ExportRun:
    """Where and how a plan is run.

    Attributes:
        out: the story's export folder.
        executor: where the work runs.
        texts: language of the warnings.
        progress: called for every finished file; may raise Cancelled, which leaves the journal for the next run.
        replaces_all: False when only some outlets were asked for: files of the others then stay in the manifest.
        own_place: whether only the studio writes there (``exports/`` of the workspace), so that a lost manifest is no
            matter.
        inputs: what ``unchanged_export`` shall know this export by.
        clips_later: whether to make all but the clips, and leave the rest for another run; what was made is noted as
            that of a run that was cut off.
        now: the clock.
    """

    out: Path
    executor: TaskExecutor
    texts: MessageTexts
    progress: Progress = field(default_factory=SilentProgress)
    replaces_all: bool = True
    own_place: bool = False
    inputs: str = ""
    clips_later: bool = False
    now: Callable[[], datetime] = datetime.now


def run_plan(released: ReleasedStory, plan: StoryPlan, run: ExportRun) -> PlanResult:
    """Make everything of one story's plan that is missing or changed, then write the manifest.

    Args:
        released: the story the plan was made from, as the gate let it out.
        plan: its tasks in the order of the outlets; outputs it could not plan become part of the manifest's problems.
        run: where and how.

    Raises:
        WorkCancelled: the user stopped the run; what was finished stays and is not made again.
        UserError: the folder cannot be written at all, has no room, or holds the export of another group.
    """
    out = run.out
    refuse_other_owner(out, released.group)
    # Before anything is planned: what a killed run had finished counts as made.
    settle_intents(out, run.texts)
    todo, kept = missing_tasks(plan.tasks, out)
    check_room(todo, out)
    out.mkdir(parents=True, exist_ok=True)
    remove_parts(out)
    before = read_manifest(out)
    asked = {target.outlet for task in plan.tasks for target in task.targets}
    # Files of outlets that were not asked for stay, and stay in the manifest.
    others = [] if run.replaces_all else [entry for entry in before.files if entry.outlet not in asked]
    todo, foreign = _spare_foreign(todo, foreign_targets(todo, out, own_place=run.own_place), out, run.texts)
    quick = [task for task in todo if not isinstance(task, LONG_TASKS)]
    if run.clips_later and len(quick) < len(todo):
        entries, _ = _work_tasks(quick, run)  # what failed is tried again, and reported, when the clips are made
        return PlanResult(before, len(entries), len(kept), 0, clips_wait=True)
    entries, problems = _work_tasks(todo, run)
    _log_bugs((*plan.problems, *problems))
    order = [target.path for task in plan.tasks for target in task.targets]
    found = kept | entries
    removed = _remove_stale(out, {*order, *(entry.path for entry in others)})
    files = sorted([*others, *(found[path] for path in order if path in found)], key=lambda e: (e.outlet, e.path))
    facts = (tuple(files), (*plan.problems, *foreign, *problems))
    manifest = _new_manifest(before, released, run.inputs, *facts)
    # An export that changed nothing leaves the manifest, and with it the time it was made, as it was.
    if entries or removed or manifest.problems or manifest != before:
        manifest = structs.replace(manifest, made=run.now().isoformat(timespec="seconds"))
        write_manifest(out, manifest)
    for name in (INTENTS, PLANNED):
        (out / name).unlink(missing_ok=True)
    return PlanResult(manifest, len(entries), len(kept), removed)


def _spare_foreign(
    todo: Sequence[Task], foreign: Sequence[FileTarget], out: Path, texts: MessageTexts
) -> tuple[list[Task], list[FileProblem]]:
    """What can be made without writing over a person's own file, noted; and a problem for each that cannot."""
    problems = [
        _file_problem(FailedFile(target, UserError("export.foreign_file", file=target.path, place=str(out))), texts)
        for target in foreign
    ]
    theirs = {target.path for target in foreign}
    free = [_only_missing(task, {target.path for target in task.targets} - theirs) for task in todo]
    left = [task for task in free if task is not None]
    note_planned(out, left)
    return left, problems


def _new_manifest(
    before: ExportManifest,
    released: ReleasedStory,
    inputs: str,
    files: tuple[ManifestEntry, ...],
    problems: tuple[FileProblem, ...],
) -> ExportManifest:
    return structs.replace(
        before,
        story=released.name,
        group=released.group.id,
        inputs=inputs,
        draft=released.draft,
        files=files,
        problems=problems,
    )


def _work_tasks(todo: Sequence[Task], run: ExportRun) -> tuple[dict[str, ManifestEntry], list[FileProblem]]:
    """Make the files; note each in the journal as it is finished."""
    entries: dict[str, ManifestEntry] = {}
    problems: list[FileProblem] = []
    watch = SplitProgress(run.progress, sum(len(task.targets) for task in todo))
    # Closed at once when the user cancels: the executor then waits for what is being written.
    with contextlib.closing(run.executor.run(todo, run.out, watch)) as results:
        for task, outcomes in results:
            fresh = [_manifest_entry(outcome, run.texts) for outcome in outcomes if isinstance(outcome, MadeFile)]
            entries |= {entry.path: entry for entry in fresh}
            for failed in (outcome for outcome in outcomes if isinstance(outcome, FailedFile)):
                problems.append(_file_problem(failed, run.texts))
                # What an earlier run made no longer agrees with the story (a face may now be covered): away with it.
                _discard_file(run.out, failed.target.path)
            # After each task, not at the end: the next run begins where this one is cut off.
            append_journal(run.out, fresh)
            watch.finish(len(task.targets), task.targets[0].path)
    return entries, problems


def _discard_file(out: Path, relative: str) -> None:
    with contextlib.suppress(UserError, OSError):
        path_inside(out, relative).unlink(missing_ok=True)


def _file_problem(failed: FailedFile, texts: MessageTexts) -> FileProblem:
    return file_problem(failed.target.path, failed.target.outlet, failed.error, texts, failed.bug)


def _log_bugs(problems: Sequence[FileProblem]) -> None:
    """Write each bug into the log, once with the first file it struck."""
    for report, path in {problem.bug_report: problem.path for problem in reversed(problems)}.items():
        if report:
            part_logger().error("%s: %s", path, report)

"""Exports that were cut off: what was asked for is noted until it is over, so that the next start can go on with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base import paths
from studio.base.errors import UserError

if TYPE_CHECKING:
    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.base.settings import UserSettings
    from studio.store.workspace import Workspace

_NOTE = "exporting"


@dataclass(frozen=True, slots=True)
class UnfinishedExport:
    """An export that was cut off.

    Attributes:
        folder: of the story; "" for the queue of many.
        outlets: what it was for; none for all.
        done: how many of its files (of the queue: stories) are there.
        total: how many it makes.
    """

    folder: str
    outlets: tuple[str, ...]
    done: int
    total: int


def note_export(settings: UserSettings, workspace: Workspace, folder: str, outlets: tuple[str, ...]) -> None:
    """Note that a story's export begins; the note outlives the program."""
    settings.remember(_NOTE, str(workspace.path), "\n".join((folder, *outlets)))


def forget_export(settings: UserSettings, workspace: Workspace) -> None:
    """It is over: done, refused, or stopped by hand."""
    settings.remember(_NOTE, str(workspace.path), "")


def noted_export(settings: UserSettings, workspace: Workspace) -> str:
    """What ``note_export`` has noted; "" for nothing."""
    return settings.note(_NOTE, str(workspace.path))


def find_unfinished(
    noted: str, workspace: Workspace, texts: MessageTexts, progress: Progress
) -> UnfinishedExport | None:
    """The export that was cut off when the program last ended, in a worker: it is planned again, which makes nothing.

    ``noted`` is what ``noted_export`` said then. None where there is nothing to go on with: all is there, or the gate
    lets the story out no more.

    Raises:
        WorkCancelled: the window closes.
    """
    progress.report(0, 1, "")
    if not noted:
        return None if workspace.read_only else _unfinished_queue(workspace)
    folder, *outlets = noted.split("\n")
    try:
        found = _unfinished_story(workspace, workspace.name_now(folder), tuple(outlets), texts)
    except UserError:
        found = None
    return found if found is not None and found.done < found.total else None


def _unfinished_story(
    workspace: Workspace, folder: str, outlets: tuple[str, ...], texts: MessageTexts
) -> UnfinishedExport:
    from studio.export.planning.story_plan import plan_release
    from studio.export.running.plan_runner import missing_tasks
    from studio.posts.catalog import load_catalog
    from studio.posts.render_context import RenderContext
    from studio.release.release_gate import release_story

    released = release_story(workspace, folder, texts)
    catalog = load_catalog(paths.templates_dir(), workspace.templates_dir)
    chosen = [one for one in catalog.of_subjects(["story"]) if not outlets or one.id in outlets]
    plan = plan_release(workspace, released, RenderContext(catalog), chosen, texts)
    total = sum(len(task.targets) for task in plan.tasks)
    # A task counts as done by the key of its files: what was made from an older story counts as missing.
    kept = missing_tasks(plan.tasks, workspace.exports_dir(released.name))[1]
    return UnfinishedExport(folder, outlets, len(kept), total)


def _unfinished_queue(workspace: Workspace) -> UnfinishedExport | None:
    from studio.services.export_states import OPEN
    from studio.services.story_export import open_queue

    queue = open_queue(workspace)
    waiting = sum(item.state in OPEN for item in queue.items)
    if queue.paused or not waiting:
        return None
    return UnfinishedExport("", (), len(queue.items) - waiting, len(queue.items))

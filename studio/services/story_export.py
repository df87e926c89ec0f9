"""Exports as the window starts them: one story, the queue of many, the website of all; and what they made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from studio.base import paths
from studio.services.export_words import ToldInWords

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.locale_forms import Language
    from studio.base.progress import Progress
    from studio.export.running.export_manifest import ExportManifest
    from studio.export.running.export_queue import ExportQueue
    from studio.export.running.queue_runner import QueueOutcome, QueueReport
    from studio.export.running.story_exporter import ExportedStory
    from studio.export.website.site_library import BuiltSite
    from studio.store.workspace import Workspace


def prepare_painting() -> None:
    """Load the fonts of what is painted. Call it in the window's thread: a worker then paints with them."""
    from studio.paint.qt_application import ensure_gui

    ensure_gui()


def export_story(
    workspace: Workspace,
    folder: str,
    outlets: tuple[str, ...],
    texts: MessageTexts,
    progress: Progress,
    names: Mapping[str, str] | None = None,
) -> ExportedStory:
    """Export one story, in a worker; what it is at is told in words, with the ``names`` of outlets.

    Raises:
        UserError: nothing could be made at all.
        WorkCancelled: the user stopped it; what was finished stays.
    """
    from studio.export.running.story_exporter import StoryExporter

    with StoryExporter(workspace, paths.templates_dir(), texts) as exporter:
        return next(iter(exporter.export([folder], outlets, None, ToldInWords(progress, names or {}, texts))))


def export_story_apart(
    workspace: Workspace,
    folder: str,
    outlets: tuple[str, ...],
    texts: MessageTexts,
    progress: Progress,
    names: Mapping[str, str] | None = None,
) -> ExportedStory:
    """As ``export_story``, in a process of its own; the result is without ``ExportedStory.released``.

    Raises:
        UserError: nothing could be made at all, or the process was ended by the system.
        WorkCancelled: the user stopped it; what was finished stays.
    """
    from studio.services.own_process import run_apart

    work = partial(_export_there, workspace.path, folder, outlets, texts.language, dict(names or {}))
    return run_apart(work, progress)


def _export_there(
    place: Path, folder: str, outlets: tuple[str, ...], language: Language, names: dict[str, str], progress: Progress
) -> ExportedStory:
    """In the other process: read-only is enough for an export, and the window has the lock."""
    from dataclasses import replace

    from studio.base.i18n import MessageTexts
    from studio.store.workspace import open_workspace

    prepare_painting()
    texts = MessageTexts(paths.assets_dir() / "messages", language)
    with open_workspace(place, write=False) as workspace:
        return replace(export_story(workspace, folder, outlets, texts, progress, names), released=None)


def open_queue(workspace: Workspace) -> ExportQueue:
    """The export queue of a workspace."""
    from studio.export.running.export_queue import ExportQueue

    return ExportQueue(workspace.path, workspace.site.require_workspace)


def run_export_queue(
    queue: ExportQueue,
    workspace: Workspace,
    texts: MessageTexts,
    progress: Progress,
    tell: Callable[[QueueReport], None],
) -> QueueOutcome:
    """Make everything that waits, in a worker, as long as the workspace may be written; see ``run_queue``."""
    from studio.export.running.exported_versions import keep_exported_version
    from studio.export.running.queue_runner import QueueWatch, run_queue
    from studio.export.running.story_exporter import StoryExporter

    made = partial(keep_exported_version, workspace)
    watch = QueueWatch(progress, tell, go_on=lambda: not workspace.read_only, made=made)
    with StoryExporter(workspace, paths.templates_dir(), texts, quick=True) as exporter:
        return run_queue(queue, exporter, texts, watch)


def build_library_site(workspace: Workspace, texts: MessageTexts, progress: Progress) -> BuiltSite:
    """Make or renew the website of all stories in the workspace, in a worker; see ``build_site``."""
    from studio.export.website.site_library import build_site

    return build_site(workspace, paths.templates_dir(), texts, None, progress)


def missing_lines(site: BuiltSite, texts: MessageTexts) -> list[str]:
    """Why a story is not on the website, one line each."""
    from studio.export.website.site_library import left_out_line

    return [left_out_line(left, texts) for left in site.troubles]


def exported_files(place: Path) -> ExportManifest:
    """What an export made in a folder; an empty manifest where nothing was."""
    from studio.export.running.export_manifest import read_manifest

    return read_manifest(place)

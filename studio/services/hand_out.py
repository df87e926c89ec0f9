"""Exported files on their way to a person: only what the gate lets out now, and only what the story makes now.

An export may lie there for days, and the story goes on: a child is marked, a face is covered, a sentence is fixed. So
before any file is handed out the gate is asked again and the story is planned again; a file whose key is no longer the
one of the plan is older than the story and stays. Planning fills the templates and makes nothing.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.export.planning.story_plan import plan_release
from studio.export.running.export_manifest import JOURNAL, MANIFEST, ManifestEntry, read_manifest
from studio.export.running.plan_runner import missing_tasks, withdraw_export
from studio.release.release_gate import ReleasedStory, release_story
from studio.store.previews import forget_covered, forget_made

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.posts.render_context import RenderContext
    from studio.store.workspace import Workspace
    from studio.story.model import Group, Story


@dataclass(frozen=True, slots=True)
class HandOut:
    """What may be handed out of one export.

    Attributes:
        released: the story, as the gate let it out.
        folder: the story's export folder.
        files: what is as the story makes it now.
        old: what is older than the story, or was damaged since, and stays here.
    """

    released: ReleasedStory
    folder: Path
    files: tuple[ManifestEntry, ...]
    old: tuple[ManifestEntry, ...]

    def for_outlets(self, outlets: Sequence[str]) -> HandOut:
        """The files of some outlets; all when none is named."""
        if not outlets:
            return self
        files = tuple(entry for entry in self.files if entry.outlet in outlets)
        old = tuple(entry for entry in self.old if entry.outlet in outlets)
        return HandOut(self.released, self.folder, files, old)

    def require_current(self) -> HandOut:
        """This, when nothing of it is old.

        Raises:
            UserError: ``hand_out.old``, ``package.nothing``.
        """
        if self.old:
            raise UserError("hand_out.old", count=len(self.old), files=", ".join(entry.path for entry in self.old[:3]))
        if not self.files:
            raise UserError("package.nothing", story=self.released.folder)
        return self


class HandOuts:
    """Asks the gate, again and again, for what may be handed out of a workspace's exports.

    Safe to use from several threads. Asking again about a story that did not change costs the reading of its file.

    Args:
        workspace: open; reading is enough.
        templates: the built-in packs; those of the workspace come on top.
        texts: language of a refusal.
    """

    def __init__(self, workspace: Workspace, templates: Path, texts: MessageTexts) -> None:
        self._workspace = workspace
        self._templates = templates
        self._texts = texts
        self._lock = threading.Lock()
        self._press: RenderContext | None = None
        self._last: tuple[Story, Group, bool, tuple[int, ...], HandOut] | None = None

    def ask(self, folder: str) -> HandOut:
        """What of a story's export may be handed out now.

        Raises:
            UserError: ``export.refused`` (what was exported before is deleted then, as an export would do),
                ``publish.correction_due``, or the story cannot be read.
        """
        with self._lock:
            try:
                released = release_story(self._workspace, folder, self._texts)
            except UserError as error:
                self._last = None
                # A refusal means that a protected person would be shown. What was exported before that was known must
                # not lie around to be sent from the file manager.
                if error.code == "export.refused":
                    self._take_back(folder, self._workspace.exports_dir(folder))
                raise
            return self._hand_out(released)

    def old_paths(self, folder: str) -> frozenset[str] | None:
        """What of an export is older than the story, to be marked where it is shown; None where the gate refuses.

        Only looks: nothing is taken back.

        Raises:
            UserError: the story cannot be read.
        """
        with self._lock:
            try:
                released = release_story(self._workspace, folder, self._texts)
            except UserError as error:
                if error.code in {"export.refused", "publish.correction_due"}:
                    return None
                raise
            return frozenset(entry.path for entry in self._hand_out(released).old)

    def _hand_out(self, released: ReleasedStory) -> HandOut:
        place = self._workspace.exports_dir(released.name)
        marks = _export_marks(place)
        # A notice that is over since midnight has other files than those made before.
        if self._last is not None and self._last[:4] == (released.story, released.group, released.past, marks):
            last = self._last[4]
            return HandOut(released, place, last.files, last.old)
        found = self._find_files(released, place)
        self._last = (released.story, released.group, released.past, marks, found)
        return found

    def _find_files(self, released: ReleasedStory, place: Path) -> HandOut:
        there = read_manifest(place).files
        press = self._render_context()
        outlets = [outlet for outlet in press.catalog.outlets if any(entry.outlet == outlet.id for entry in there)]
        plan = plan_release(self._workspace, released, press, outlets, self._texts)
        fresh = missing_tasks(plan.tasks, place)[1]
        # Compared whole, hash and size included: a file that was changed by hand is no longer the one of the plan.
        files = tuple(entry for entry in there if fresh.get(entry.path) == entry)
        return HandOut(released, place, files, tuple(entry for entry in there if entry not in files))

    def _render_context(self) -> RenderContext:
        from studio.posts.catalog import load_catalog
        from studio.posts.render_context import RenderContext

        if self._press is None:
            self._press = RenderContext(load_catalog(self._templates, self._workspace.templates_dir))
        return self._press

    def _take_back(self, folder: str, place: Path) -> None:
        forget_covered(self._workspace.path, self._workspace.load(folder))
        forget_made(self._workspace.path, folder)
        withdraw_export(place)


def _export_marks(place: Path) -> tuple[int, ...]:
    """Changes when an export was made since."""
    found = []
    for name in (MANIFEST, JOURNAL):
        path = place / name
        found.append(path.stat().st_mtime_ns if path.exists() else 0)
    return tuple(found)

"""Export many stories: which ones, to which outlets, where to; one story's trouble never stops the next."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Self

from studio.base.errors import UserError
from studio.export.run import Executor, InlineExecutor, ProcessExecutor, missing_tasks, run_plan
from studio.export.space import check_room

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from studio.base.i18n import Texts
    from studio.base.progress import Progress
    from studio.export.manifest import Manifest, Problem
    from studio.posts.catalog import Catalog
    from studio.posts.packs import Outlet
    from studio.posts.press import Press
    from studio.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of one story. ``error`` is set when nothing could be done for it at all."""

    folder: str
    manifest: Manifest | None = None
    made: int = 0
    kept: int = 0
    error: UserError | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The files that were refused or failed."""
        return self.manifest.problems if self.manifest else ()


class Exporter:
    """Exports the stories of a workspace. Use it in a ``with``: it may hold worker processes.

    Args:
        workspace: open, read-only is enough.
        templates: the built-in template packs; those of the workspace come on top.
        texts: language of warnings in the manifests.
        jobs: 1 works in this process, 2 in two spawned ones.
    """

    def __init__(self, workspace: Workspace, templates: Path, texts: Texts, *, jobs: int = 1) -> None:
        self._workspace = workspace
        self._templates = templates
        self._texts = texts
        self.pack_problems: tuple[UserError, ...] = ()
        self._pool = ProcessExecutor(jobs) if jobs > 1 else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.close()

    def export(
        self, stories: Sequence[str], outlets: Sequence[str], out: Path | None, progress: Progress
    ) -> Iterator[Exported]:
        """Export ``stories`` (all when empty) to ``outlets`` (all when empty) below ``out`` (default: exports/).

        Yields:
            One result per story, as each is done.

        Raises:
            UserError: an unknown story or outlet (before anything is made).
            Cancelled: from ``progress``; what was finished stays.
        """
        from studio.posts.catalog import load_catalog
        from studio.posts.press import Press

        catalog = load_catalog(self._templates, self._workspace.path / "templates")
        self.pack_problems = catalog.problems
        press = Press(catalog)
        wanted = [_known(catalog, name) for name in outlets] or list(catalog.outlets)
        folders = self._chosen(stories)
        target = out or self._workspace.path / "exports"
        for number, folder in enumerate(folders):
            share = _Share(progress, number, len(folders))
            yield self._one(folder, press, wanted, target, share, whole=not outlets)

    def _chosen(self, stories: Sequence[str]) -> tuple[str, ...]:
        known = self._workspace.story_folders()
        for name in stories:
            if name not in known:
                near = next(iter(get_close_matches(name, known, 1, 0.3)), ", ".join(known[:5]) or "–")
                raise UserError("export.unknown_story", story=name, near=near)
        return tuple(dict.fromkeys(stories)) or known

    def _one(
        self, folder: str, press: Press, outlets: Sequence[Outlet], target: Path, progress: Progress, *, whole: bool
    ) -> Exported:
        from studio.export.plan import plan_story

        executor: Executor = self._pool or InlineExecutor()
        try:
            story = self._workspace.load(folder)
            plan = plan_story(self._workspace, folder, story, press, outlets, self._texts)
            place = target / folder
            check_room(missing_tasks(plan.tasks, place)[0], place)
            result = run_plan(
                folder,
                plan.tasks,
                plan.problems,
                place,
                executor,
                self._texts,
                progress=progress,
                replaces_all=whole,
            )
        except UserError as error:
            return Exported(folder, error=error)
        return Exported(folder, result.manifest, result.made, result.kept)


def _known(catalog: Catalog, name: str) -> Outlet:
    for outlet in catalog.outlets:
        if outlet.id == name:
            return outlet
    raise UserError("export.unknown_outlet", outlet=name, known=", ".join(outlet.id for outlet in catalog.outlets))


class _Share:
    """One story's share of the whole run's progress."""

    def __init__(self, progress: Progress, number: int, count: int) -> None:
        self._progress, self._number, self._count = progress, number, count

    def report(self, done: float, total: float, what: str) -> None:
        """Pass on, scaled to the whole run."""
        self._progress.report(self._number + (done / total if total else 1.0), self._count, what)

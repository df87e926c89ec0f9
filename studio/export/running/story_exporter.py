"""Export many stories: which ones, to which outlets, where to; one story's trouble never stops the next."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Self, TypeAlias

from studio import __version__
from studio.base.atomic_files import disk_error
from studio.base.data_shelf import program_shelf
from studio.base.errors import UserError
from studio.base.folders import is_plain_name
from studio.base.progress import PartProgress
from studio.export.planning.content_keys import key_of
from studio.export.planning.export_tasks import spare_memory
from studio.export.planning.group_logo import ready_logo
from studio.export.running.export_folders import refuse_other_owner, taking_turns
from studio.export.running.export_manifest import read_manifest
from studio.export.running.export_memory import ExportMemory
from studio.export.running.plan_runner import ExportRun, run_plan, unchanged_export, withdraw_export
from studio.export.running.task_executors import InlineExecutor, ProcessExecutor
from studio.group.products import CATALOG
from studio.posts.service_files import kind_or_none
from studio.release.release_gate import release_story
from studio.store.previews import forget_covered, forget_made, video_room
from studio.store.story_shelf import today_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.export.planning.export_tasks import StoryPlan
    from studio.export.planning.file_specs import FileProblem
    from studio.export.running.export_manifest import ExportManifest
    from studio.export.running.task_executors import TaskExecutor
    from studio.posts.output_kinds import Subject
    from studio.posts.packs import Outlet
    from studio.posts.render_context import RenderContext
    from studio.release.release_gate import ReleasedStory
    from studio.store.story_shelf import StoryShelf


StoryPlanner: TypeAlias = (
    "Callable[[StoryShelf, ReleasedStory, RenderContext, Sequence[Outlet], MessageTexts], StoryPlan]"
)
"""Plans what the gate let out, as ``plan_release`` does."""
_REFUSED = frozenset({"export.refused", "product.refused", "product.hidden", "product.none"})
"""Refusals after which nothing that was made before may lie ready to be sent."""
_CLIP_SHARE = 5
"""Times as much of the progress as texts, cards and photos of a story get together with its clips."""


@dataclass(frozen=True, slots=True)
class ExportedStory:
    """What became of one story. ``error`` is set when nothing could be done for it at all.

    ``released`` is what the files were made from (None for a story that was passed by: ``StoryExporter``, ``quick``),
    ``blocks`` counts what stops it from being ready. ``clips_wait``: its clips are made behind those of the others.
    """

    folder: str
    released: ReleasedStory | None = None
    manifest: ExportManifest | None = None
    made: int = 0
    kept: int = 0
    error: UserError | None = None
    blocks: int = 0
    clips_wait: bool = False

    @property
    def draft(self) -> bool:
        """Whether everything carries the mark of a draft."""
        return self.manifest is not None and self.manifest.draft

    @property
    def problems(self) -> tuple[FileProblem, ...]:
        """The files that were refused or failed."""
        return self.manifest.problems if self.manifest else ()


class StoryExporter:
    """Exports the stories of a workspace. Use it in a ``with``: it may hold worker processes.

    Args:
        workspace: open, read-only is enough.
        templates: the built-in template packs; those of the workspace come on top.
        texts: language of warnings in the manifests.
        jobs: 1 works in this process, 2 in two spawned ones.
        frugal: whether clips are made with less memory even where enough is free.
        subjects: what lies on the shelf.
        quick: whether stories that nobody touched since an export of this computer are passed by, without
            ``ExportedStory.released``.
        executor: where tasks run instead; then nothing is spawned.
        planner: who plans instead.
    """

    def __init__(
        self,
        workspace: StoryShelf,
        templates: Path,
        texts: MessageTexts,
        *,
        jobs: int = 1,
        frugal: bool = False,
        subjects: Sequence[Subject] = ("story",),
        quick: bool = False,
        executor: TaskExecutor | None = None,
        planner: StoryPlanner | None = None,
    ) -> None:
        self._workspace = workspace
        self._templates = templates
        self._texts = texts
        self._subjects = subjects
        self.pack_problems: tuple[UserError, ...] = ()
        self._frugal = frugal
        self._quick = quick and "story" in subjects
        self._pool = ProcessExecutor(jobs) if jobs > 1 and executor is None else None
        self._executor = executor or self._pool or InlineExecutor()
        self._planner = planner

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.close()

    def export(
        self,
        stories: Sequence[str],
        outlets: Sequence[str],
        out: Path | None,
        progress: Progress,
        *,
        past: bool = False,
    ) -> Iterator[ExportedStory]:
        """Export ``stories`` (all when empty) to ``outlets`` (all when empty) below ``out`` (default: exports/).

        Texts, cards and photos of all stories come before the first clip: they can be sent while clips are made.
        ``past``: notices that are over, too; without it they have ``publish.past`` as their error.

        Yields:
            One result per story, as each is done; those with clips come last.

        Raises:
            UserError: an unknown story or outlet (before anything is made).
            WorkCancelled: from ``progress``; what was finished stays.
        """
        order, folders = self.prepare(stories, outlets, out, past=past)
        try:
            yield from self._export_each(folders, order, progress)
        finally:
            if order.memory:
                order.memory.save()

    def _export_each(self, folders: Sequence[str], order: ExportOrder, progress: Progress) -> Iterator[ExportedStory]:
        total = len(folders) * (_CLIP_SHARE if "story" in self._subjects else 1)
        waiting: list[ExportedStory] = []
        for number, folder in enumerate(folders):
            # One story alone has its clips behind all else anyway.
            part = PartProgress(progress, number, number + 1, total if len(folders) > 1 else 1)
            exported = self.export_one(folder, order, part, clips_later=len(folders) > 1)
            if exported.clips_wait:
                waiting.append(exported)
                continue
            yield exported
        begin, share = len(folders), (total - len(folders)) / max(1, len(waiting))
        for number, first in enumerate(waiting):
            part = PartProgress(progress, begin + number * share, begin + (number + 1) * share, total)
            exported = self.export_one(first.folder, order, part)
            # What the first round made is found there by the second and counted as kept.
            kept = max(0, exported.kept - first.made)
            yield replace(exported, made=exported.made + first.made, kept=kept) if exported.manifest else exported
        if len(folders) > 1 and not waiting:
            progress.report(1, 1, folders[-1])

    def prepare(
        self, stories: Sequence[str], outlets: Sequence[str], out: Path | None, *, past: bool = False
    ) -> tuple[ExportOrder, tuple[str, ...]]:
        """Read the packs and look up what was asked for, as ``export`` takes it: the order, and the stories it is for.

        Raises:
            UserError: an unknown story or outlet.
        """
        from studio.posts.catalog import load_catalog, outlet_digest
        from studio.posts.render_context import RenderContext

        catalog = load_catalog(self._templates, self._workspace.templates_dir)
        self.pack_problems = catalog.problems
        there = catalog.of_subjects(self._subjects)
        wanted = tuple(_known_outlet(there, name) for name in outlets) or there
        packs = {outlet.id: outlet_digest(outlet, catalog.common) for outlet in wanted}
        target = out or self._workspace.exports_dir()
        memory = None
        if self._quick:
            run = key_of("run", (__version__, self._group_facts(), packs, self._texts.language, past))
            memory = ExportMemory(self._workspace.path, target, outlets, run)
        order = ExportOrder(RenderContext(catalog), wanted, packs, target, whole=not outlets, past=past, memory=memory)
        folders = chosen_stories(self._workspace, stories)
        return order, tuple(each for each in folders if order.outlets_for(self._subject(each)))

    def _group_facts(self) -> tuple[object, ...]:
        """What of the group, and of today, goes into all of its stories."""
        logo = ready_logo(self._workspace)
        own = self._workspace.templates_dir
        # Design families and what its packs share are in no pack's digest.
        facts = ((path, path.stat()) for path in sorted(own.rglob("*")) if path.is_file())
        files = [(path.relative_to(own).as_posix(), fact.st_size, fact.st_mtime_ns) for path, fact in facts]
        return (self._workspace.group, logo.digest if logo else "", today_of(self._workspace), files)

    def _subject(self, folder: str) -> Subject:
        """What the packs of this one are filled from."""
        if "story" in self._subjects:
            return "story"
        return "catalog" if folder == CATALOG else "product"

    def export_one(
        self, folder: str, order: ExportOrder, progress: Progress, *, clips_later: bool = False
    ) -> ExportedStory:
        """Export one story of an order; ``export`` tells the rest. Several threads may do so at once."""
        place = order.target / folder
        try:
            # Asked for each story: a stick may be pulled out between two of them.
            self._workspace.site.require_workspace()
            known = order.memory.recall(folder, self._workspace.group.id) if order.memory else None
            if known is not None:
                progress.report(1, 1, folder)
                return ExportedStory(folder, None, known[0], kept=order.kept_files(known[0]), blocks=known[1])
            digest = order.memory.story_digest(folder) if order.memory else ""
            story = self._asked_story(folder, order)
            refuse_other_owner(story.place, self._workspace.group)
            exported = self._untouched_export(story)
            if exported is None:
                exported = self._in_turn(story, order, progress, clips_later=clips_later)
                # A clip takes minutes, and a person may have been marked as protected meanwhile.
                self._release_story(folder, order)
            else:
                progress.report(1, 1, folder)
            _remember(order.memory, digest, exported, story.released)
        except UserError as error:
            return ExportedStory(folder, error=error)
        except OSError as error:
            return ExportedStory(folder, error=disk_error(error, place / folder))
        return exported

    def _release_story(self, folder: str, order: ExportOrder) -> ReleasedStory:
        try:
            released = release_story(self._workspace, folder, self._texts, past=order.past)
        except UserError as error:
            if error.code in _REFUSED:
                forget_covered(self._workspace.path, self._workspace.load(folder))
                forget_made(self._workspace.path, folder)
                # What went out before it was known must not lie ready to be sent.
                self._take_back(order.target / folder)
            raise
        for name in released.other_names:
            self._take_back(order.target / name)
        for name in released.story.former_folders:  # its links and codes are of the old address
            # Beginning with "_" are the site and the catalog; whatever else a file says may lead out of ``exports/``.
            ours = is_plain_name(name) and not name.startswith("_")
            # Asked last: with thousands of stories, all of their folders are looked through for that.
            old = order.target / name
            if ours and name != released.name and old.is_dir() and name not in self._workspace.story_folders():
                self._take_back(old)
        return released

    def _take_back(self, place: Path) -> None:
        """Delete an export that was made of a story as it is no more, unless it is another group's."""
        if place.is_dir():
            with suppress(UserError):
                refuse_other_owner(place, self._workspace.group)
                withdraw_export(place)

    def _asked_story(self, folder: str, order: ExportOrder) -> _AskedStory:
        released = self._release_story(folder, order)
        forget_covered(self._workspace.path, released.story)
        return _AskedStory(released, order.target / released.name, self._plan_inputs(released, order))

    def _untouched_export(self, story: _AskedStory) -> ExportedStory | None:
        """The export that is there, when nothing has changed since."""
        released = story.released
        if not story.inputs or (manifest := unchanged_export(story.place, story.inputs, released.group.id)) is None:
            return None
        blocks = len(released.verdict.blocks)
        return ExportedStory(released.folder, released, manifest, kept=len(manifest.files), blocks=blocks)

    def _in_turn(
        self, story: _AskedStory, order: ExportOrder, progress: Progress, *, clips_later: bool
    ) -> ExportedStory:
        """Make it, when nobody else is at this story's clips in the workspace or at its export in its place."""
        folder, place = story.released.folder, story.place
        with ExitStack() as turns:
            waited = False
            with suppress(OSError):  # where no video can be made, nobody is in the way of another
                room = video_room(self._workspace.path, folder)
                waited = turns.enter_context(taking_turns(room, self._texts, progress))
            waited |= turns.enter_context(taking_turns(place, self._texts, progress))
            # While this run stood in line, the other one may have made everything, or the story may have changed.
            if waited:
                story = replace(self._asked_story(folder, order), place=place)
                if (exported := self._untouched_export(story)) is not None:  # the other one made all of it
                    return exported
            return self._make_files(story, order, progress, clips_later=clips_later)

    def _make_files(
        self, story: _AskedStory, order: ExportOrder, progress: Progress, *, clips_later: bool
    ) -> ExportedStory:
        from studio.export.planning.story_plan import plan_release

        released = story.released
        outlets = order.outlets_for(self._subject(released.folder), story.place)
        plan = (self._planner or plan_release)(self._workspace, released, order.press, outlets, self._texts)
        if self._frugal:
            plan = spare_memory(plan)
        run = ExportRun(
            story.place,
            self._executor,
            self._texts,
            progress,
            # Of a story that was taken back, no outlet's posts stay.
            replaces_all=order.whole or released.withdrawal is not None,
            own_place=order.target == self._workspace.exports_dir(),
            inputs=story.inputs,
            clips_later=clips_later,
        )
        result = run_plan(released, plan, run)
        facts = (released.folder, released, result.manifest, result.made, result.kept)
        return ExportedStory(*facts, blocks=len(released.verdict.blocks), clips_wait=result.clips_wait)

    def _plan_inputs(self, released: ReleasedStory, order: ExportOrder) -> str:
        """The hash of all that a plan of the complete story is made from; "" for an export to some outlets only."""
        # Made for some outlets only, it cannot vouch that all of the others are up to date.
        if not order.whole:
            return ""
        logo = ready_logo(self._workspace)
        mark = logo.digest if logo else ""
        outlets = order.outlets_for(self._subject(released.folder), order.target / released.name)
        packs = tuple(order.packs[outlet.id] for outlet in outlets)
        # The version too: another release may paint the same story in another way.
        facts = (__version__, released.folder, released.story, released.group, mark, packs, self._texts.language)
        kind = kind_or_none(self._workspace.path, released.story.service)
        # Words and checklists of data packs decide what is asked of a story, and so whether it is a draft.
        data = tuple((pack.id, pack.used) for pack in program_shelf().packs() if pack.used)
        return key_of("story", (*facts, released.past, kind, *([data] if data else [])))


def _remember(memory: ExportMemory | None, digest: str, exported: ExportedStory, released: ReleasedStory) -> None:
    """Remember a story that is done and may be passed by the next time.

    Not a notice of a service: how old its source may be goes by the hour. Nor one that was taken back.
    """
    if memory is None or exported.manifest is None or exported.clips_wait:
        return
    if not released.story.service and released.withdrawal is None:
        memory.remember_story(exported.folder, digest, exported.manifest, exported.blocks)


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What a run was asked for: ``packs`` are digests of the outlets' templates, ``whole`` means every outlet.

    ``past``: notices that are over, too. ``memory``: what is known of stories that nobody touched.
    """

    press: RenderContext
    outlets: tuple[Outlet, ...]
    packs: Mapping[str, str]
    target: Path
    whole: bool
    past: bool
    memory: ExportMemory | None = None

    def kept_files(self, manifest: ExportManifest) -> int:
        """How many files of a manifest belong to what was asked for."""
        asked = {outlet.id for outlet in self.outlets}
        return sum(1 for entry in manifest.files if self.whole or entry.outlet in asked)

    def outlets_for(self, subject: Subject, place: Path | None = None) -> tuple[Outlet, ...]:
        """Those that take this subject; in a run to every outlet of the optional ones those that have files there."""
        able = [outlet for outlet in self.outlets if outlet.subject == subject]
        if not self.whole or not any(outlet.optional for outlet in able):
            return tuple(able)
        made = {entry.outlet for entry in read_manifest(place).files} if place else set()
        return tuple(outlet for outlet in able if not outlet.optional or outlet.id in made)


@dataclass(frozen=True, slots=True)
class _AskedStory:
    """A story that is to be exported into ``place``; ``inputs`` as ``StoryExporter._plan_inputs`` says."""

    released: ReleasedStory
    place: Path
    inputs: str


def chosen_stories(workspace: StoryShelf, stories: Sequence[str]) -> tuple[str, ...]:
    """The folders that were asked for, each once; all when none was.

    Raises:
        UserError: ``export.unknown_story`` with the nearest name, ``unlike_story`` where none is near, ``no_stories``.
    """
    known = workspace.story_folders()
    there = frozenset(known)
    for name in stories:
        if name not in there:
            if now := _renamed_since(workspace, name):
                raise UserError("export.renamed_story", story=name, now=now)
            if near := get_close_matches(name, known, 1, 0.3):
                raise UserError("export.unknown_story", story=name, near=near[0])
            code = "export.unlike_story" if known else "export.no_stories"
            raise UserError(code, story=name, known=", ".join(known[:5]))
    return tuple(dict.fromkeys(stories)) or known


def _renamed_since(workspace: StoryShelf, name: str) -> str:
    """What the story is called now that was called this once; "" for none."""
    for folder in workspace.story_folders():
        with suppress(UserError):
            if name in workspace.load(folder).former_folders:
                return folder
    return ""


def _known_outlet(outlets: Sequence[Outlet], name: str) -> Outlet:
    for outlet in outlets:
        if outlet.id == name:
            return outlet
    raise UserError("export.unknown_outlet", outlet=name, known=", ".join(outlet.id for outlet in outlets))

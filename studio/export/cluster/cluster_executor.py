"""Runs the tasks of a story on a cluster: what a worker lost is tried again, what no worker can do is made here."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import queue
import secrets
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.base.errors import UserError, WorkCancelled
from studio.base.finished_files import file_digest, finished_file, path_inside, remove_parts
from studio.export.cluster.cluster_link import CLIPS, forget_on_workers
from studio.export.cluster.rooted_pickle import read_rooted, write_rooted
from studio.export.cluster.worker_tasks import (
    INPUTS,
    FolderClaim,
    PlanOrder,
    SentFile,
    TaskOrder,
    TaskReturn,
    plan_order,
    profile_digest,
    release_digest,
    render_order,
    roots_here,
)
from studio.export.planning.export_tasks import LONG_TASKS, FailedFile, MadeFile, TextTask
from studio.export.rendering.task_files import OutputFolder, render_task
from studio.export.running.write_ahead_log import note_intent

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator, Sequence

    from distributed import Future

    from studio.base.i18n import MessageTexts
    from studio.base.progress import SplitProgress
    from studio.export.cluster.cluster_link import ClusterLink
    from studio.export.planning.export_tasks import Outcome, StoryPlan, Task
    from studio.export.running.task_executors import Results
    from studio.posts.packs import Outlet
    from studio.posts.render_context import RenderContext
    from studio.release.release_gate import ReleasedStory
    from studio.store.story_shelf import StoryShelf

_PIECE = 16 << 20
"""Bytes of an input that are sent at once."""
_TRIES = 4
"""How often a task is given out whose worker or inputs were lost; then it is made here, where its trouble shows."""
_FULL = frozenset({"error.disk_full", "error.disk_filled", "store.no_room"})
_LOOK_SECONDS = 0.5
_RESULT_SECONDS = 600
"""For fetching what was made, clips too, from the worker."""


@contextlib.contextmanager
def claim_folders(workspace: Path, out: Path, link: ClusterLink) -> Iterator[FolderClaim]:
    """Lay a witness into the export's folder for as long as the run lasts.

    Raises:
        UserError: the folder cannot be written.
    """
    secret = secrets.token_hex(16)
    witness = out / f".kim-{secret[:8]}.saksi"
    try:
        out.mkdir(parents=True, exist_ok=True)
        witness.write_text(secret, encoding="utf-8")
    except OSError as error:
        from studio.base.atomic_files import disk_error

        raise disk_error(error, witness) from error
    try:
        yield FolderClaim(str(workspace), str(out), str(witness), secret, profile_digest(workspace))
    finally:
        witness.unlink(missing_ok=True)
        forget_on_workers(link, secret)


@dataclass(slots=True)
class _GivenTask:
    """A task that was given out: to be tried so often, and not by these workers any more."""

    task: Task
    tries: int = 0
    by_wire: bool = False
    avoid: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _TaskRun:
    """One story's tasks: given out, back again, and those to be made here."""

    out: Path
    done: queue.SimpleQueue[Any] = field(default_factory=queue.SimpleQueue)
    given: dict[Any, _GivenTask] = field(default_factory=dict)
    stays: list[Task] = field(default_factory=list)
    lost: bool = False


class ClusterExecutor:
    """Runs tasks on a cluster. One for each workspace; several threads may run stories on it at once.

    Texts are written here: sending them would take longer. Everything else goes out, clips to workers that take them.

    Args:
        link: the cluster.
        claim: the folders.
        press: what tasks are rendered with, for plans that come back.
        stop: set when the run is cancelled.
    """

    def __init__(self, link: ClusterLink, claim: FolderClaim, press: RenderContext, stop: threading.Event) -> None:
        self._link = link
        self._claim = claim
        self._press = press
        self._stop = stop
        self._roots = roots_here(Path(claim.workspace), Path(claim.out))
        self._by_wire = False
        self._sent: dict[Path, tuple[tuple[int, int], list[Future[bytes]]]] = {}

    # ------------------------------------------------------------------------------------------------ plans

    def plan(
        self,
        workspace: StoryShelf,
        released: ReleasedStory,
        press: RenderContext,
        outlets: Sequence[Outlet],
        texts: MessageTexts,
    ) -> StoryPlan:
        """Have a story planned by a worker that sees the folders; by us where there is none."""
        from studio.export.planning.story_plan import plan_release

        told = None
        if not self._by_wire and not self._link.lost:
            names = tuple(outlet.id for outlet in outlets)
            facts = (texts.language, released.past, release_digest(released))
            order = PlanOrder(self._claim, released.folder, names, *facts)
            told = self._ask_plan(order)
        if told is None:
            return plan_release(workspace, released, press, outlets, texts)
        plan: StoryPlan = self._read(told.outcomes)
        return plan

    def _ask_plan(self, order: PlanOrder) -> TaskReturn | None:
        box: queue.SimpleQueue[Any] = queue.SimpleQueue()
        future = self._submit(plan_order, order, priority=5)
        if future is None:
            return None
        future.add_done_callback(box.put)
        while self._wait(box) is None:
            if not self._link.is_alive():
                return None
        told = _result_of(future)
        if not isinstance(told, TaskReturn):
            return None
        if told.trouble == "apart":
            self._by_wire = True
        self._note_strange(told)
        return None if told.trouble else told

    # ------------------------------------------------------------------------------------------------ tasks

    def run(self, tasks: Sequence[Task], out: Path, watch: SplitProgress) -> Results:
        """Make the tasks; results come in the order they are ready."""
        run = _TaskRun(out)
        try:
            run.stays += [
                task for task in tasks if not isinstance(task, TextTask) and not self._give_out(_GivenTask(task), run)
            ]
            for task in tasks:
                if isinstance(task, TextTask):
                    yield task, render_task(task, OutputFolder(out, note_intent))
            yield from self._collect(run)
            if run.lost or run.stays:
                remove_parts(out)
            for task in run.stays:
                yield task, self._make_here(task, out, watch)
        finally:
            self._give_back(run)

    def _collect(self, run: _TaskRun) -> Results:
        """What comes back, as it comes; what cannot be waited for any longer is added to ``stays``."""
        while run.given:
            future = self._wait(run.done)
            if future is None and not self._link.is_alive():
                break
            each = run.given.pop(future, None)
            if each is None:
                continue
            outcomes = self._take_result(each, future, run.out)
            if outcomes is not None:
                yield each.task, outcomes
                continue
            run.lost = True
            if not self._give_out(each, run):
                run.stays.append(each.task)
        run.stays += [each.task for each in run.given.values()]
        self._give_back(run)

    def _make_here(self, task: Task, out: Path, watch: SplitProgress) -> tuple[Outcome, ...]:
        with self._link.here:
            self._require_going()
            return render_task(task, OutputFolder(out, note_intent), watch.begin(len(task.targets)))

    def _wait(self, done: queue.SimpleQueue[Any]) -> Any:  # noqa: ANN401 - a future
        self._require_going()
        try:
            return done.get(timeout=_LOOK_SECONDS)
        except queue.Empty:
            return None

    def _require_going(self) -> None:
        if self._stop.is_set():
            raise WorkCancelled

    def _give_back(self, run: _TaskRun) -> None:
        """Give back what was given out and is not wanted any more."""
        if run.given and not self._link.lost:
            with contextlib.suppress(Exception):  # the cluster may have gone meanwhile
                self._link.client.cancel(list(run.given), force=True)
        run.given.clear()

    def _give_out(self, each: _GivenTask, run: _TaskRun) -> bool:
        """Give a task out; False when it has to be made here."""
        if self._link.lost or each.tries >= _TRIES:
            return False
        each.tries += 1
        folder = run.out.relative_to(self._claim.out).as_posix()
        data, paths = write_rooted(each.task, self._roots)
        order = TaskOrder(self._claim, folder, data)
        contents: list[Future[bytes]] = []
        each.by_wire = self._by_wire
        try:
            if each.by_wire:
                inputs, contents = self._send_inputs(paths)
                order = replace(order, inputs=inputs)
        except Exception:  # what cannot be read is said by the task, made here; so is a lost connection
            return False
        long = isinstance(each.task, LONG_TASKS)
        facts: dict[str, Any] = {"priority": -5 if long else 0, "avoid": each.avoid}
        if long and self._link.makes_clips():
            facts["resources"] = {CLIPS: 1}
        future = self._submit(render_order, order, *contents, **facts)
        if future is None:
            return False
        run.given[future] = each
        future.add_done_callback(run.done.put)
        return True

    def _submit(self, work: Any, *facts: Any, avoid: set[str] | None = None, **how: Any) -> Future[Any] | None:  # noqa: ANN401
        """Submit, to the workers that fit; None when nobody is there for it."""
        try:
            workers = self._link.choose_workers()
            if avoid:
                workers = [name for name in (workers or self._link.workers()) if name not in avoid]
            if workers == []:
                return None
            return self._link.client.submit(work, *facts, workers=workers, pure=False, **how)
        except Exception:  # a client whose scheduler is gone raises what it likes
            self._link.give_up()
            return None

    def _take_result(self, each: _GivenTask, future: Future[Any], out: Path) -> tuple[Outcome, ...] | None:
        """What became of a task; None when it has to be given out again."""
        told = _result_of(future)
        if _has_killed(told):
            # As often as the scheduler lets a task take workers with it. Not tried here: it would take us too.
            died = [UserError("export.worker_died", file=target.path) for target in each.task.targets]
            return tuple(FailedFile(*pair) for pair in zip(each.task.targets, died, strict=True))
        if not isinstance(told, TaskReturn):
            # Lost, or its inputs were with a worker that died: these are sent anew.
            self._sent.clear()
            return None
        outcomes: tuple[Outcome, ...] = self._read(told.outcomes) if not told.trouble else ()
        full = told.trouble == "full" or (each.by_wire and any(_is_full(one) for one in outcomes))
        if full:
            # Its disk, not ours: others may have room.
            each.avoid.add(told.worker)
            self._link.warn_once("cluster.disk_full", worker=told.worker)
        if told.trouble or full:
            self._by_wire |= told.trouble == "apart"
            self._note_strange(told)
            return None
        return self._lay_down(outcomes, dict(told.files), out) if told.files else outcomes

    def _note_strange(self, told: TaskReturn) -> None:
        if told.trouble == "strange":
            self._link.refuse_worker(told.worker, "cluster.other_version", version=told.version)

    def _read(self, data: bytes) -> Any:  # noqa: ANN401 - outcomes or a plan
        return read_rooted(data, self._roots, lambda _builtin, _own: self._press)

    def _lay_down(self, outcomes: Sequence[Outcome], files: dict[str, bytes], out: Path) -> tuple[Outcome, ...]:
        """Write what came over the wire, as the work itself writes: whole, noted, then named."""
        laid: list[Outcome] = []
        for one in outcomes:
            if not isinstance(one, MadeFile):
                laid.append(one)
                continue
            try:
                with finished_file(path_inside(out, one.target.path), out) as part:
                    part.write_bytes(files[one.target.path])
                    if file_digest(part) != (one.sha256, one.bytes):
                        raise UserError("cluster.damaged", file=one.target.path)
                    note_intent(out, [one])
                laid.append(one)
            except UserError as error:
                laid.append(FailedFile(one.target, error))
        return tuple(laid)

    # ------------------------------------------------------------------------------------------------ inputs

    def _send_inputs(self, paths: frozenset[Path]) -> tuple[tuple[SentFile, ...], list[Future[bytes]]]:
        """What a task reads of the workspace, in pieces that lie with the workers; each file is sent once."""
        sent: list[SentFile] = []
        contents: list[Future[bytes]] = []
        root = self._roots[INPUTS]
        for path in sorted(_files_of(paths, root)):
            pieces = self._pieces_of(path)
            sent.append(SentFile(INPUTS, path.relative_to(root).as_posix(), len(pieces)))
            contents += pieces
        # An empty tuple would say that nothing came along.
        return tuple(sent) or (SentFile(INPUTS, ".studio/none", 0),), contents

    def _pieces_of(self, path: Path) -> list[Future[bytes]]:
        facts = path.stat()
        stamp = (facts.st_mtime_ns, facts.st_size)
        known = self._sent.get(path)
        if known is not None and known[0] == stamp:
            return known[1]
        pieces: list[Future[bytes]] = []
        with path.open("rb") as handle:
            while data := handle.read(_PIECE):
                key = f"kim-input-{hashlib.sha256(data).hexdigest()[:24]}-{secrets.token_hex(4)}"
                pieces.append(self._link.client.scatter({key: data}, hash=False)[key])
        self._sent[path] = (stamp, pieces)
        return pieces


def _files_of(paths: frozenset[Path], root: Path) -> set[Path]:
    """The files that these paths below ``root`` stand for: a folder for all in it."""
    found: set[Path] = set()
    for path in paths:
        if not path.is_relative_to(root) or path == root:
            continue
        if path.is_file():
            found.add(path)
        elif path.is_dir():
            found |= {each for each in path.rglob("*") if each.is_file() and not each.name.startswith(".")}
    return found


def _is_full(outcome: Outcome) -> bool:
    return isinstance(outcome, FailedFile) and outcome.error.code in _FULL


def _has_killed(told: object) -> bool:
    from distributed.scheduler import KilledWorker

    return isinstance(told, KilledWorker)


def _result_of(future: Future[Any]) -> Any:  # noqa: ANN401 - what the work returned, or what was raised instead
    try:
        return future.result(timeout=_RESULT_SECONDS)
    # A worker's death, a lost connection, a module that another version lacks; a cancelled future is no ``Exception``.
    except (Exception, asyncio.CancelledError) as error:
        return error

"""What runs on a worker of a cluster: the look at what it is, a plan, the files of one task.

Where the worker sees the very folders of whoever asks, it reads and writes there. Where it does not, inputs come with
the task, and what was made goes back as bytes; both lie in a folder of the worker meanwhile.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import uuid
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from studio import __version__
from studio.base import paths
from studio.base.atomic_files import cache_file, disk_refusal
from studio.base.errors import UserError
from studio.export.cluster.rooted_pickle import read_rooted, write_rooted
from studio.export.planning.content_keys import key_of
from studio.export.planning.export_tasks import MadeFile
from studio.posts.render_context import RenderContext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from distributed import Scheduler, Worker

    from studio.base.locale_forms import Language
    from studio.export.planning.export_tasks import Outcome, Task
    from studio.release.release_gate import ReleasedStory
    from studio.store.workspace import Workspace

INPUTS, OUT, TEMPLATES, ASSETS, CACHE = "inputs", "out", "templates", "assets", "cache"
"""Names of the roots (``rooted_pickle``): the workspace, the export's folder, and what comes with the studio."""


APART = "KIM_STUDIO_APART"
"""Set in the environment of a worker that takes files over the wire even where it sees the folders."""


@dataclass(frozen=True, slots=True)
class FolderClaim:
    """Folders of whoever asks, and how a worker knows that it sees the very same: by a file with a secret.

    Attributes:
        workspace: its folder.
        out: where exports go.
        witness: a file below ``out``; its content is ``secret``.
        secret: also the name of what the worker keeps for this run.
        profile: SHA-256 of workspace.json.
    """

    workspace: str
    out: str
    witness: str
    secret: str
    profile: str


@dataclass(frozen=True, slots=True)
class SentFile:
    """An input of a task, whose bytes come with it in ``pieces`` pieces: its path below the root."""

    root: str
    rest: str
    pieces: int


@dataclass(frozen=True, slots=True)
class TaskOrder:
    """A task for a worker: ``task`` is pickled with roots, ``folder`` the story's export folder below ``claim.out``."""

    claim: FolderClaim
    folder: str
    task: bytes
    inputs: tuple[SentFile, ...] = ()
    version: str = __version__


@dataclass(frozen=True, slots=True)
class TaskReturn:
    """What became of a task.

    Attributes:
        worker: who worked.
        trouble: "" when there are ``outcomes``; ``strange`` when the worker has another version, ``apart`` when it does
            not see the folders and no inputs came along, ``full`` when its disk takes no inputs, ``other`` for a plan
            of another story than was asked for.
        version: of the worker.
        outcomes: pickled with roots.
        files: name and content of what was made in a folder of the worker.
    """

    worker: str
    trouble: str = ""
    version: str = __version__
    outcomes: bytes = b""
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class WorkerFacts:
    """What a worker is: its version, a hash of its template packs, and whether it can paint."""

    version: str
    packs: str
    paints: bool


def tell_facts() -> WorkerFacts:
    """What this process is, as a worker."""
    from studio.paint.qt_application import can_paint

    return WorkerFacts(__version__, packs_digest(), can_paint())


def shows_page(dask_scheduler: Scheduler) -> bool:
    """Whether a scheduler has a page to look at: it names a port for one in any case. Dask hands the scheduler over."""
    return bool(dask_scheduler.http_application.applications)


@lru_cache(maxsize=1)
def packs_digest() -> str:
    """A hash of all that comes with the studio as template packs: two computers must have the same."""
    whole = hashlib.sha256()
    root = paths.templates_dir()
    for path in sorted(root.rglob("*")):
        if path.is_file():
            whole.update(path.relative_to(root).as_posix().encode() + b"\0")
            whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:16]


def roots_here(workspace: Path, out: Path) -> dict[str, Path]:
    """The roots of this computer; a place for exports inside the workspace is found before it."""
    bundled = {TEMPLATES: paths.templates_dir(), ASSETS: paths.assets_dir(), CACHE: paths.cache_dir()}
    return {OUT: out, INPUTS: workspace, **bundled}


def profile_digest(workspace: Path) -> str:
    """SHA-256 of workspace.json; "" when there is none to be read."""
    try:
        return hashlib.sha256((workspace / "workspace.json").read_bytes()).hexdigest()
    except OSError:
        return ""


def sees_folders(claim: FolderClaim) -> bool:
    """Whether this computer sees the very folders of the claim, and is to use them."""
    if os.environ.get(APART):
        return False
    try:
        secret = Path(claim.witness).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    return secret == claim.secret and profile_digest(Path(claim.workspace)) == claim.profile


def render_order(order: TaskOrder, *contents: bytes) -> TaskReturn:
    """Make the files of one task, on a worker.

    Args:
        order: the task.
        contents: the pieces of ``order.inputs``, in their order.
    """
    here = worker_name()
    if order.version != __version__:
        return TaskReturn(here, "strange")
    if sees_folders(order.claim):
        out = Path(order.claim.out)
        roots = roots_here(Path(order.claim.workspace), out)
        outcomes = _render(read_rooted(order.task, roots, partial(press_of, order.claim.secret)), out / order.folder)
        return TaskReturn(here, outcomes=write_rooted(outcomes, roots)[0])
    if not order.inputs:
        return TaskReturn(here, "apart")
    return _render_apart(order, contents)


def _render_apart(order: TaskOrder, contents: Sequence[bytes]) -> TaskReturn:
    """Make the files in a folder of this computer, and hand them back."""
    from distributed import get_worker

    room = _room_of(get_worker(), order.claim.secret)
    workspace, out = room / hashlib.sha256(order.claim.workspace.encode()).hexdigest()[:12], room / uuid.uuid4().hex
    roots = roots_here(workspace, out)
    try:
        _lay_out(order.inputs, contents, roots)
        folder = out / order.folder
        folder.mkdir(parents=True)
        outcomes = _render(read_rooted(order.task, roots, partial(press_of, order.claim.secret)), folder)
        made = [one.target.path for one in outcomes if isinstance(one, MadeFile)]
        files = tuple((name, (folder / name).read_bytes()) for name in made)
        return TaskReturn(worker_name(), outcomes=write_rooted(outcomes, roots)[0], files=files)
    except OSError as error:
        if disk_refusal(error, room) is None:
            raise
        return TaskReturn(worker_name(), "full")
    finally:
        shutil.rmtree(out, ignore_errors=True)


def _lay_out(inputs: Sequence[SentFile], contents: Sequence[bytes], roots: Mapping[str, Path]) -> None:
    """Write the inputs that are not there yet; the folder is of this run alone, so what is there is right."""
    from studio.base.finished_files import path_inside

    at = 0
    for sent in inputs:
        pieces = contents[at : at + sent.pieces]
        at += sent.pieces
        place = path_inside(roots[sent.root], sent.rest)
        if not place.is_file():
            place.parent.mkdir(parents=True, exist_ok=True)
            with cache_file(place) as part:
                part.write_bytes(b"".join(pieces))


def _render(task: Task, folder: Path) -> tuple[Outcome, ...]:
    from studio.export.rendering.task_files import OutputFolder, render_task

    # No write-ahead log from here: several computers would write into one file. What a run that was killed had made
    # there is planned, and is made again.
    return render_task(task, OutputFolder(folder))


@lru_cache(maxsize=64)
def press_of(secret: str, builtin: Path, own: Path | None) -> RenderContext:
    """What is rendered with; kept, with its compiled templates, for the next tasks of the same run."""
    from studio.posts.catalog import load_catalog

    return RenderContext(load_catalog(builtin, own))


@lru_cache(maxsize=64)
def _opened(secret: str, workspace: Path) -> Workspace:
    """The workspace, opened to be read for one run: its profile is that of the claim."""
    from studio.store.workspace import open_workspace

    return open_workspace(workspace, write=False)


@dataclass(frozen=True, slots=True)
class PlanOrder:
    """A plan for a worker that sees the folders.

    Attributes:
        claim: which folders.
        story: its folder in the workspace.
        outlets: ids.
        language: of warnings.
        past: notices that are over, too.
        expected: what the story must be there, see ``release_digest``.
        version: of whoever asks.
    """

    claim: FolderClaim
    story: str
    outlets: tuple[str, ...]
    language: Language
    past: bool
    expected: str
    version: str = __version__


def release_digest(released: ReleasedStory) -> str:
    """A hash of a released story: two that are equal have the same plan."""
    facts = (released.folder, released.story, released.group, released.withdrawal, released.draft, released.past)
    return key_of("released", (*facts, released.lost_photos))


def plan_order(order: PlanOrder) -> TaskReturn:
    """Plan a story, on a worker; ``trouble`` is ``other`` when it is not the story there that was asked for.

    The gate is asked here, too: what it lets out is never sent, and whoever asks has asked it already.
    """
    from studio.base.i18n import MessageTexts
    from studio.export.planning.story_plan import plan_release
    from studio.release.release_gate import release_story

    here = worker_name()
    if order.version != __version__:
        return TaskReturn(here, "strange")
    if not sees_folders(order.claim):
        return TaskReturn(here, "apart")
    claim = order.claim
    opened = _opened(claim.secret, Path(claim.workspace))
    roots = roots_here(opened.path, Path(claim.out))
    texts = MessageTexts(paths.assets_dir() / "messages", order.language)
    try:
        released = release_story(opened, order.story, texts, past=order.past)
    except UserError:
        return TaskReturn(here, "other")
    if release_digest(released) != order.expected:
        return TaskReturn(here, "other")
    press = press_of(claim.secret, paths.templates_dir(), opened.templates_dir)
    outlets = tuple(press.catalog.outlet(name) for name in order.outlets)
    plan = plan_release(opened, released, press, outlets, texts)
    # The words of texts are for whoever shows them: an export only writes them.
    return TaskReturn(here, outcomes=write_rooted(replace(plan, texts=()), roots)[0])


def worker_name() -> str:
    """The address of the worker this runs on; "" elsewhere."""
    from distributed import get_worker

    try:
        return str(get_worker().address)
    except ValueError:
        return ""


def forget_run(secret: str, dask_worker: Worker) -> None:
    """Delete what this worker kept for a run; Dask itself hands the worker over, by that name."""
    shutil.rmtree(_room_of(dask_worker, secret), ignore_errors=True)
    press_of.cache_clear()
    _opened.cache_clear()


def _room_of(worker: Worker, secret: str) -> Path:
    return Path(worker.local_directory) / f"kim-{secret}"

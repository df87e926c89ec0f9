"""Who may write into an export folder: the group whose it is, and one run at a time.

What others made is never written over: neither another group's export nor a file that is none of ours.

The manifest and the journal name what is ours. What a run is about to make is noted beforehand as well, so that a file
that got its name in the moment of a power cut is not taken for a foreign one by the next run.

The window and the command line, two windows, or two terminals wait for each other: journal, manifest and temporary
names belong to one run. The turn is the system's lock on a small file in the folder: it falls away with the process
that had it, however that ended, and the file goes with the turn.
"""

from __future__ import annotations

import contextlib
import os
import time
from typing import TYPE_CHECKING

import msgspec

from studio.base.atomic_files import write_atomic
from studio.base.errors import UserError
from studio.base.finished_files import path_inside
from studio.base.json_text import decode_json
from studio.export.planning.export_tasks import VideoTask
from studio.export.running.export_manifest import MANIFEST, ExportManifest, read_journal, read_manifest
from studio.store.lock import WorkspaceLock, acquire_lock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.export.planning.export_tasks import FileTarget, Task
    from studio.store.lock import LockHolder
    from studio.story.model import Group

TURN = ".manifest.lock"
_LOOK_EVERY = 0.2
_PATIENCE = 1_800.0
"""Seconds after which waiting is given up: a story with long clips takes minutes on an old laptop, not half an hour."""
PLANNED = ".manifest.planned"
"""The names of all files a run is about to make; gone with the end of the run."""


def refuse_other_owner(out: Path, group: Group) -> None:
    """Two groups may have a story of the same name, and one stick: neither writes over the other's.

    Args:
        out: the story's export folder; need not exist.
        group: who exports.

    Raises:
        UserError: ``export.other_owner``; ``export.foreign_file``: another program's manifest.json is there.
    """
    if _is_another_programs(out / MANIFEST):
        raise UserError("export.foreign_file", file=MANIFEST, place=str(out))
    owner = read_manifest(out).group
    if owner and group.id and owner != group.id:
        raise UserError("export.other_owner", place=str(out))


def _is_another_programs(manifest: Path) -> bool:
    """Whether it can be read, and is no list of what an export made: web apps have a manifest.json too.

    One that cannot be read was damaged in a power cut, and is made again.
    """
    try:
        kept = decode_json(manifest.read_bytes(), object)
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError):
        return False
    return not isinstance(kept, dict) or not {"story", "files"} <= kept.keys()


def foreign_targets(tasks: Sequence[Task], out: Path, *, own_place: bool) -> tuple[FileTarget, ...]:
    """What of a plan cannot be made, as a file that nobody here made lies there.

    Args:
        tasks: what is to be made.
        out: the story's export folder.
        own_place: whether only the studio writes there: a lost manifest is then no matter.
    """
    manifest = read_manifest(out)
    if manifest == ExportManifest() and (own_place or (out / MANIFEST).exists()):
        return ()
    ours = {entry.path for entry in (*manifest.files, *read_journal(out))} | _planned(out)
    found: list[FileTarget] = []
    for task in tasks:
        foreign = {target.path for target in task.targets if target.path not in ours and _is_there(out, target.path)}
        if isinstance(task, VideoTask):  # a clip and its subtitles are made together
            together = [[target.path for target in task.files(job)] for job in task.jobs]
            foreign = {path for files in together if foreign & set(files) for path in files}
        found += [target for target in task.targets if target.path in foreign]
    return tuple(found)


def note_planned(out: Path, tasks: Iterable[Task]) -> None:
    """Note what is about to be made.

    Raises:
        UserError: the folder cannot be written.
    """
    paths = {target.path for task in tasks for target in task.targets} | _planned(out)
    if paths:
        write_atomic(out / PLANNED, msgspec.json.encode(sorted(paths)))


def _planned(out: Path) -> set[str]:
    try:
        return set(decode_json((out / PLANNED).read_bytes(), list[str]))
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError):
        return set()


def _is_there(out: Path, relative: str) -> bool:
    try:
        return os.path.lexists(path_inside(out, relative))
    except UserError:
        return False  # a bad name is reported when the file is made


# ------------------------------------------------------------------------------------------------ turns


@contextlib.contextmanager
def taking_turns(
    folder: Path, texts: MessageTexts, progress: Progress, *, patience: float = _PATIENCE
) -> Iterator[bool]:
    """Have a folder for oneself; made when it is missing, removed again when it is left empty.

    Args:
        folder: into which an export is written.
        texts: language of what is shown while waiting.
        progress: called while another export is waited for; may raise ``WorkCancelled``.
        patience: seconds to wait at most.

    Yields:
        Whether another export had it first: what was read before may be something else now.

    Raises:
        UserError: ``export.busy``: the other one did not come to an end.
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        lock, waited = _wait_for(folder, texts, progress, patience)
        try:
            yield waited
        finally:
            _give_back(folder / TURN, lock)
    finally:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _wait_for(folder: Path, texts: MessageTexts, progress: Progress, patience: float) -> tuple[WorkspaceLock, bool]:
    waited = False
    end = time.monotonic() + patience
    while True:
        found = _try_once(folder)
        if isinstance(found, WorkspaceLock):
            return found, waited
        waited = True
        if time.monotonic() > end:
            host, pid = (found.host, found.pid) if found else ("?", "?")
            raise UserError("export.busy", place=str(folder), host=host, pid=pid)
        progress.report(0, 1, texts.text("export.waiting"))
        # Asked again, not waited for: a blocking lock could not be cancelled by the user.
        time.sleep(_LOOK_EVERY)


def _try_once(folder: Path) -> WorkspaceLock | LockHolder | None:
    """The turn, or who has it."""
    try:
        # No other computer's word counts: its lock is seen through the drive, or it does not write there any more.
        found = acquire_lock(folder / TURN, take_over=True)
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)  # whoever was before us left it empty
        return None
    if not isinstance(found, WorkspaceLock):
        return found.holder
    with contextlib.suppress(OSError):
        if found.whose_lock() == "ours":
            return found
    found.release_lock()  # the file that we locked was removed at the end of the turn before
    return None


def _give_back(file: Path, lock: WorkspaceLock) -> None:
    # Removed while it is still locked, where the system allows that: else the next run could lock the file just before
    # it goes.
    if os.name != "nt":  # there a file that is open cannot be removed
        with contextlib.suppress(OSError):
            file.unlink()
    lock.release_lock()
    if os.name == "nt":
        with contextlib.suppress(OSError):
            file.unlink()

"""Many stories to many outlets: a queue that is on disk from its first item and survives whatever happens.

The list of items is one small file (``.studio/queue/queue.json``), replaced whole at every change; which files of an
item are finished is in the journal of its export folder (see ``export_manifest`` and ``write_ahead_log``). So a run
that was killed, cut off or paused goes on with the first file that is missing. The queue belongs to whoever holds the
workspace's lock: one program at a time.

A target beside the workspace (a USB stick) is known by a small file with a random name in it: a stick that was pulled
out is noticed even where its empty folder stays, and its items wait until it is back.
"""

from __future__ import annotations

import contextlib
import secrets
import threading
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

from studio.base.atomic_files import disk_error, replace_file, write_atomic
from studio.base.errors import UserError
from studio.base.folders import make_folder
from studio.base.json_text import decode_json
from studio.base.workspace_places import WorkspacePlaces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

State = Literal["waiting", "running", "done", "partly", "failed", "lost", "cancelled"]
MARK = ".kim-studio-target"
"""The file that tells a target folder from another disk under the same name."""
OPEN: frozenset[State] = frozenset({"waiting", "running"})
AGAIN: frozenset[State] = frozenset({"partly", "failed", "lost", "cancelled"})
"""What can be tried again."""


class LogLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of an item's log, in plain words; ``file`` is the file it is about, "" for the whole item."""

    text: str
    file: str = ""
    when: str = ""
    bad: bool = False


class QueueItem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One story for some outlets.

    Attributes:
        id: for this queue.
        story: its folder.
        headline: what people call it.
        outlets: ids; empty means all.
        target: absolute folder in which the story's folder is made; "" is the workspace's own ``exports``.
        mark: what is in the target's ``MARK`` file.
        state: where it is; ``partly`` has refused or failed files, ``lost`` waits for its disk.
        made, kept, files: files made in the last run, files that were there already, files in all.
        bytes: size of all its files.
        seconds: how long the last run took.
        log: what went wrong, and what to do.
    """

    id: str
    story: str
    headline: str = ""
    outlets: tuple[str, ...] = ()
    target: str = ""
    mark: str = ""
    state: State = "waiting"
    made: int = 0
    kept: int = 0
    files: int = 0
    bytes: int = 0
    seconds: float = 0.0
    tries: int = 0
    log: tuple[LogLine, ...] = ()


class _QueueFile(msgspec.Struct, frozen=True, kw_only=True):
    """The file of the queue."""

    format: int = 1
    paused: bool = False
    items: tuple[QueueItem, ...] = ()


class ExportQueue:
    """The items in their order. Every change is on disk before it counts; safe to use from several threads.

    Args:
        folder: the workspace's folder.
        require: raises ``UserError`` when that workspace is not there (any more); asked before every change.
    """

    def __init__(self, folder: Path, require: Callable[[], None] = lambda: None) -> None:
        self.workspace = folder
        self._require = require
        self._path = WorkspacePlaces(folder).private_dir / "queue" / "queue.json"
        self._lock = threading.RLock()
        kept = _read_queue(self._path)
        # What was being made when the power went is the next to be made.
        self._items = tuple(replace(i, state="waiting") if i.state == "running" else i for i in kept.items)
        self._paused = kept.paused
        self.asked_to_stop: str = ""

    @property
    def items(self) -> tuple[QueueItem, ...]:
        """All items, in their order."""
        return self._items

    @property
    def paused(self) -> bool:
        """Whether the user stopped the queue."""
        return self._paused

    def find_item(self, which: str) -> QueueItem | None:
        """The item with this id."""
        return next((item for item in self._items if item.id == which), None)

    def next(self) -> QueueItem | None:
        """What is to be made next; None when nothing waits or the queue is paused."""
        if self._paused:
            return None
        return next((item for item in self._items if item.state == "waiting"), None)

    # ------------------------------------------------------------------------------------------- changes

    def _put_items(self, items: Iterable[QueueItem], *, paused: bool | None = None) -> None:
        kept = _QueueFile(paused=self._paused if paused is None else paused, items=tuple(items))
        self._require()
        try:
            make_folder(self._path.parent)
        except OSError as error:
            raise disk_error(error, self._path) from error
        # First to the disk, then to memory: where it cannot be written, the queue goes on as it was.
        write_atomic(self._path, msgspec.json.format(msgspec.json.encode(kept), indent=1))
        self._items, self._paused = kept.items, kept.paused

    def add(self, stories: Sequence[tuple[str, str]], outlets: Sequence[str], target: Path | None = None) -> int:
        """Put stories at the end of the queue. One that waits for the same outlets and place already stays where it is.

        Args:
            stories: folder and headline of each.
            outlets: ids; empty means all.
            target: folder for the export; None is the workspace's own ``exports``.

        Returns:
            How many were added.

        Raises:
            UserError: ``queue.target``: the target cannot be written; or the workspace cannot.
        """
        mark = _mark_target(target) if target is not None else ""
        place = str(target.absolute()) if target is not None else ""
        with self._lock:
            # Pressed twice, a button must not export everything twice.
            there = {(i.story, i.outlets, i.target) for i in self._items if i.state in OPEN}
            new = [
                QueueItem(id=secrets.token_hex(6), story=s, headline=h, outlets=tuple(outlets), target=place, mark=mark)
                for s, h in dict(stories).items()
                if (s, tuple(outlets), place) not in there
            ]
            self._put_items((*self._items, *new))
        return len(new)

    def change_item(self, which: str, **fields: object) -> None:
        """Set fields of one item; an item that is gone stays gone."""
        with self._lock:
            self._put_items(replace(item, **fields) if item.id == which else item for item in self._items)

    def pause(self) -> None:
        """Stop after the file that is being made is put away; what is finished stays finished."""
        with self._lock:
            self._put_items(self._items, paused=True)

    def resume_queue(self) -> None:
        """Go on."""
        with self._lock:
            self._put_items(self._items, paused=False)

    def cancel(self, which: str) -> None:
        """Take an item out of the work; its finished files stay."""
        with self._lock:
            self._put_items(
                replace(item, state="cancelled") if item.id == which and item.state in OPEN | {"lost"} else item
                for item in self._items
            )

    def retry_items(self, which: str = "") -> int:
        """Let an item (all that failed, when "") be made again; only what is missing is made.

        Returns:
            How many wait now that did not.
        """
        with self._lock:
            wanted = {i.id for i in self._items if i.state in AGAIN and (i.id == which or not which)}
            if not which:
                # "All that failed" does not mean what the user took out.
                wanted -= {i.id for i in self._items if i.state == "cancelled"}
            self._put_items(replace(i, state="waiting", log=()) if i.id in wanted else i for i in self._items)
        return len(wanted)

    def move_item(self, which: str, by: int) -> None:
        """Move an item up (-1) or down (1)."""
        with self._lock:
            items = list(self._items)
            at = next((n for n, item in enumerate(items) if item.id == which), -1)
            to = max(0, min(len(items) - 1, at + by))
            if at < 0 or at == to:
                return
            items.insert(to, items.pop(at))
            self._put_items(items)

    def remove(self, which: str) -> None:
        """Take an item off the list; a running one is cancelled by that. Its files stay."""
        with self._lock:
            self._put_items(item for item in self._items if item.id != which)

    def remove_finished(self) -> None:
        """Take what is done or cancelled off the list."""
        with self._lock:
            self._put_items(item for item in self._items if item.state not in {"done", "cancelled"})

    def found_again(self) -> int:
        """Let the items wait again whose disk is back.

        Returns:
            How many they are.
        """
        lost = {(i.target, i.mark) for i in self._items if i.state == "lost"}
        back = {place for place in lost if target_is_there(*place)}
        if not back:
            return 0
        with self._lock:
            wanted = {i.id for i in self._items if i.state == "lost" and (i.target, i.mark) in back}
            self._put_items(replace(i, state="waiting", log=()) if i.id in wanted else i for i in self._items)
        return len(wanted)

    def should_continue(self, which: str) -> bool:
        """Whether the work on this item should go on: neither paused, cancelled nor taken off the list."""
        item = self.find_item(which)
        return not self._paused and item is not None and item.state == "running"


def _read_queue(path: Path) -> _QueueFile:
    """The queue as it was left. One that cannot be read is set aside, as it names no work that would be lost."""
    try:
        return decode_json(path.read_bytes(), _QueueFile)
    except FileNotFoundError:
        return _QueueFile()
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError):
        with contextlib.suppress(OSError):
            replace_file(path, path.with_suffix(".broken"))
        return _QueueFile()


def _mark_target(target: Path) -> str:
    """Leave the file that tells this disk from others; the same one for all who export there."""
    file = target / MARK
    try:
        if file.is_file() and (found := file.read_text(encoding="ascii").strip()):
            return found
        made = secrets.token_hex(8)
        write_atomic(file, made.encode("ascii"))
    except (OSError, UnicodeDecodeError, UserError) as error:
        raise UserError("queue.target", place=str(target)) from error
    return made


def target_is_there(target: str, mark: str) -> bool:
    """Whether the disk of a target is the one it was; the workspace's own folder ("") always is."""
    from pathlib import Path

    if not target:
        return True
    try:
        return (Path(target) / MARK).read_text(encoding="ascii").strip() == mark
    except (OSError, UnicodeDecodeError):
        return False


def plan_week(days: dict[str, str], monday: str) -> tuple[str, ...]:
    """The stories of one calendar week.

    Args:
        days: folder -> ISO date of the story; others are left out.
        monday: ISO date of the week's first day.
    """
    from datetime import date, timedelta

    first = date.fromisoformat(monday)
    last = first + timedelta(days=6)
    return tuple(folder for folder, day in sorted(days.items()) if first.isoformat() <= day[:10] <= last.isoformat())

"""The workspace: the folder of one group, with its profile and its stories (docs/format.md).

``open_workspace`` always opens what can be opened: what is wrong with it is in ``Workspace.problems``, and a
workspace that must not be written is ``read_only``. One unreadable story never keeps the others from opening.
"""

from __future__ import annotations

import contextlib
import os
import threading
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

import msgspec

from studio.base.atomic_files import clean_leftovers, disk_error, is_full, rename_path, sync_folder, write_atomic
from studio.base.errors import UserError, WorkNotice
from studio.base.folders import PROFILE
from studio.base.progress import SilentProgress
from studio.base.windows_habits import make_hidden_folder
from studio.base.workspace_places import WorkspacePlaces
from studio.store import history, media_files
from studio.store.bin import StoryBin
from studio.store.codec import decode_story, document_head, group_to_json, story_to_json
from studio.store.documents import UNREADABLE, content_digest, read_if_there, replace_document
from studio.store.file_names import plain_name
from studio.store.free_names import free_folder
from studio.store.group_file import read_group
from studio.store.lock import LockRefused, WorkspaceLock, acquire_lock, refusal_notice
from studio.store.logo_place import LogoPlace
from studio.store.story_shelf import today_of
from studio.store.workspace_presence import WorkspaceSite
from studio.story.regions import healed_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from studio.base.progress import Progress
    from studio.story.model import Group, Story

STORY_FILE = "story.json"
GROUP_FILE = PROFILE
MEDIA = "media"
SENT = "kirim-whatsapp"
"""In a story's exports: videos made to be sent by hand. No outlet, and in no manifest, but an export anyway."""


def now_here() -> datetime:
    """The present moment in the computer's time zone."""
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class OpenStory:
    """A story as it lies on disk; ``read_only`` when it must not be saved, and then ``notices`` say why."""

    folder: str
    story: Story
    read_only: bool
    notices: tuple[WorkNotice, ...] = ()


class Workspace(WorkspacePlaces):
    """An open workspace. Made by ``create_workspace`` and ``open_workspace``; close it, or use it in a ``with``.

    Args:
        path: the folder.
        group: the profile as read.
        problems: what could not be read, or why it is read-only.
        lock: held for as long as it is open; None opens it read-only.
        group_seen: digest of workspace.json as read.
        clock: the present moment, with time zone.
    """

    def __init__(
        self,
        path: Path,
        group: Group,
        problems: tuple[WorkNotice, ...],
        lock: WorkspaceLock | None,
        group_seen: str | None,
        clock: Callable[[], datetime] = now_here,
    ) -> None:
        super().__init__(path)
        self.problems = problems
        self.read_only = lock is None
        self.after_crash = lock is not None and lock.after_crash
        self._group = group
        self._lock = lock
        self.clock = clock
        self._seen: dict[str, str] = {}
        self._group_seen = group_seen
        self._tidied: set[str] = set()
        self._writing = threading.RLock()
        self.logo = LogoPlace(path, lambda: self._group.logo)
        self.site = WorkspaceSite(path, GROUP_FILE, lambda: (self._group.id, self._group_seen), lock, self._writing)
        self.site.lost.append(partial(_lose_lock, self))
        self.bin = StoryBin(path / "bin", self.stories_dir, self.for_writing)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let others write. The object must not be used for writing any more. May be called twice."""
        if self._lock is not None:
            self._lock.release_lock()
        self.read_only = True

    @property
    def group(self) -> Group:
        """The profile of the group, as last read or saved."""
        return self._group

    def save_group(self, group: Group) -> Group:
        """Save the profile.

        Raises:
            UserError: read-only, or the disk refuses; workspace.json is as it was.
        """
        with self.for_writing():
            path = self.path / GROUP_FILE
            written = replace_document(
                path, lambda version: group_to_json(group, version), self.clock(), self._group_seen
            )
            self._group, self._group_seen = group, content_digest(written)
        return group

    def story_folders(self) -> tuple[str, ...]:
        """The names of all stories, oldest date first; also those whose story.json is lost but that have a history."""
        try:
            with os.scandir(self.stories_dir) as entries:
                found = [entry.name for entry in entries if not entry.name.startswith(".") and _holds_story(entry.path)]
        except FileNotFoundError:
            self.site.require_workspace()
            return ()
        except OSError as error:
            raise disk_error(error, self.stories_dir) from error
        return tuple(sorted(found))

    def story_dir(self, folder: str) -> Path:
        """The folder of a story, whether it is there or not.

        Raises:
            UserError: ``folder`` is no plain name.
        """
        return self.stories_dir / self.name_now(plain_name(folder, "store.no_story"))

    def open_story(self, folder: str) -> OpenStory:
        """Read a story.

        Raises:
            UserError: there is no such story, or its file cannot be understood. Its earlier versions (``versions``)
                may still be readable; saving over an unreadable file keeps that file as an earlier version.
        """
        path = self.story_dir(folder) / STORY_FILE
        data = read_if_there(path)
        if data is None:
            self.site.require_workspace()
            raise UserError(
                "store.story_lost" if history.earlier_versions(path.parent) else "store.no_story", name=folder
            )
        try:
            decoded = decode_story(data, f"{folder}/{STORY_FILE}")
        except UserError:
            self._seen[folder] = UNREADABLE
            raise
        self._seen[folder] = content_digest(data)
        story = _heal_story(decoded.story, self._group)
        if decoded.newer:
            notice = WorkNotice("store.newer", {"file": f"{folder}/{STORY_FILE}", "version": f"{decoded.version[0]}"})
            return OpenStory(folder, story, read_only=True, notices=(notice,))
        return OpenStory(folder, story, read_only=self.read_only)

    def load(self, folder: str) -> Story:
        """The story in ``folder``; errors as in ``open_story``."""
        return self.open_story(folder).story

    def load_each(self, folders: Iterable[str] | None = None) -> Iterator[tuple[str, Story | UserError]]:
        """All stories (or those named), one after the other; for one that cannot be read, the error instead."""
        for folder in self.story_folders() if folders is None else folders:
            try:
                yield folder, self.load(folder)
            except UserError as error:
                yield folder, error

    def seen(self, folder: str) -> str:
        """Digest of a story.json as it was last read or written here; "" when it never was."""
        return self._seen.get(folder, "")

    def changed_outside(self, folder: str) -> bool:
        """Whether another program or computer changed story.json since it was last read or written here."""
        seen = self._seen.get(folder)
        data = read_if_there(self.story_dir(folder) / STORY_FILE)
        return seen is not None and data is not None and content_digest(data) != seen

    def save(self, folder: str, story: Story, reason: history.Reason = "") -> Story:
        """Write a story, safe against a power cut once this returns.

        What was there before stays reachable in its history.

        Args:
            folder: name of its folder; made again when someone removed it meanwhile.
            story: what to write.
            reason: keep the content before this save in any case, under this heading.

        Returns:
            The story as written: ``modified`` set to now, an empty ``id`` or ``created`` filled in (from the file,
            else again). ``story`` itself when the file already says exactly that.

        Raises:
            UserError: read-only, in the bin, of a newer format, or the disk refuses; the file is as it was.
        """
        with self.for_writing():
            path = self.story_dir(folder) / STORY_FILE
            current = read_if_there(path)
            # Nothing to write, so nothing is: the file's time stays, and no version is kept for it.
            if current is not None and current == story_to_json(story):
                self._seen[folder] = content_digest(current)
                return story
            self._ready_folder(folder)
            now = self.clock()
            stamped = _stamp_story(story, current, now.isoformat(timespec="seconds"))
            seen = self._seen.get(folder)
            data = replace_document(path, lambda version: story_to_json(stamped, version), now, seen, reason)
            self._seen[folder] = content_digest(data)
        return stamped

    def new_folder(self, headline: str, day: str) -> str:
        """Make the folder of a new story; it counts as one from its first ``save`` on.

        Args:
            headline: may be empty.
            day: date of the event (ISO 8601); today when it is empty.

        Returns:
            The folder's name, which ``story_rename`` may change.

        Raises:
            UserError: read-only, or the disk refuses.
        """
        with self.for_writing():
            folder = _free_name(self, headline, day)
            self._ready_folder(folder)
        return folder

    def add(self, story: Story) -> str:
        """Make a folder for a new story and save it there; see ``new_folder`` and ``save``."""
        folder = self.new_folder(story.headline, story.date)
        self.save(folder, story)
        return folder

    def media_path(self, folder: str, file: str) -> Path:
        """Where a media file of a story lies (it may be missing).

        Raises:
            UserError: ``folder`` or ``file`` is no plain name.
        """
        return self.story_dir(folder) / MEDIA / plain_name(file, "store.media_name")

    def import_media(self, folder: str, source: Path, progress: Progress | None = None) -> str:
        """Copy a photo, video or sound into a story; see ``media_files.copy_in``.

        Returns:
            The file's name in ``media/``.
        """
        with self.for_writing():
            self._ready_folder(folder)
        # Not under the lock: a long copy must not hold up the saving of text.
        return media_files.copy_in(source, self.story_dir(folder) / MEDIA, progress or SilentProgress())

    def delete(self, folder: str) -> str:
        """Move a story to the bin; see ``StoryBin.put_story``."""
        self._seen.pop(folder, None)
        self._tidied.discard(folder)
        return self.bin.put_story(folder)

    def restore(self, name: str) -> str:
        """Bring a story back from the bin; see ``StoryBin.give_back``."""
        return self.bin.give_back(name)

    def versions(self, folder: str) -> tuple[history.EarlierVersion, ...]:
        """The earlier versions of a story, newest first."""
        return history.earlier_versions(self.story_dir(folder))

    def read_version(self, folder: str, name: str) -> Story:
        """An earlier version of a story, for looking at it and comparing.

        Raises:
            UserError: it is gone or cannot be understood.
        """
        try:
            data = history.read_version(self.story_dir(folder), plain_name(name, "store.no_version"))
        except OSError as error:
            raise UserError("store.no_version", name=name) from error
        return decode_story(data, f"{folder}/history/{name}").story

    def restore_version(self, folder: str, name: str) -> Story:
        """Make an earlier version the present one; the present one becomes an earlier version.

        Returns:
            The story as now on disk.
        """
        return self.save(folder, self.read_version(folder, name), reason="restore")

    @contextlib.contextmanager
    def for_writing(self) -> Iterator[None]:
        """One writer at a time, and only into the workspace that was opened (else a ``UserError``)."""
        with self._writing:
            if self.read_only:
                raise UserError("store.workspace_read_only", place=str(self.path))
            self.site.require_workspace()
            yield

    def _ready_folder(self, folder: str) -> None:
        """Make the folder of a story when it is missing; sweep up after a crash, once per folder."""
        path = self.story_dir(folder)
        if folder in self._tidied and path.is_dir():
            return
        if not path.is_dir():
            # Making the folder again would give a deleted story back as an empty one.
            if self.bin.holds_story(folder):
                raise UserError("store.in_bin", name=folder)
            _make_folder(path.parent, parents=False)
            _make_folder(path, parents=False)
        for place in (path, path / MEDIA, path / history.FOLDER):
            clean_leftovers(place)
        self._tidied.add(folder)


def _free_name(workspace: Workspace, headline: str, day: str) -> str:
    return free_folder(workspace, workspace.bin, headline, day, date.fromisoformat(today_of(workspace)))


def adopt_story(workspace: Workspace, room: Path, story: Story) -> str:
    """Make a story of a hidden folder that holds its media (see ``staging``): it appears complete, by one rename.

    Returns:
        The name of its folder.

    Raises:
        UserError: read-only, or the disk refuses; no story was made.
    """
    with workspace.for_writing():
        data = story_to_json(_stamp_story(story, None, workspace.clock().isoformat(timespec="seconds")))
        write_atomic(room / STORY_FILE, data)
        folder = _free_name(workspace, story.headline, story.date)
        try:
            rename_path(room, workspace.stories_dir / folder)
            sync_folder(workspace.stories_dir)
        except OSError as error:
            raise disk_error(error, workspace.stories_dir / folder) from error
        workspace._seen[folder] = content_digest(data)
    return folder


def require_writing(workspace: Workspace) -> None:
    """Make sure that something may be written, and into this very workspace.

    Raises:
        UserError: read-only, or the workspace is not there.
    """
    with workspace.for_writing():
        pass


def _heal_story(story: Story, group: Group) -> Story:
    place = healed_place(story.place, group)
    return story if place == story.place else msgspec.structs.replace(story, place=place)


def is_saved(workspace: Workspace, folder: str, story: Story) -> bool:
    """Whether a story.json says exactly this, except for what saving puts in: looked up on the disk."""
    try:
        found = decode_story((workspace.story_dir(folder) / STORY_FILE).read_bytes(), folder).story
    except (OSError, UserError):
        return False
    return _unstamp_story(found) == _unstamp_story(story)


def _lose_lock(workspace: Workspace) -> None:
    """Someone else writes there from now on."""
    workspace.read_only = True
    workspace.problems = (*workspace.problems, WorkNotice("store.taken_over", {"place": str(workspace.path)}))


def _stamp_story(story: Story, current: bytes | None, now: str) -> Story:
    """The story with ``modified``, and with the id and birthday it has on disk where it brings none."""
    before = document_head(current) if current else None
    return msgspec.structs.replace(
        story,
        id=story.id or (before.id if before else "") or new_id(),
        created=story.created or (before.created if before else "") or now,
        modified=now,
    )


def _unstamp_story(story: Story) -> Story:
    """The story without what saving puts in."""
    return msgspec.structs.replace(story, id="", created="", modified="")


def new_id() -> str:
    """An id that no other story has."""
    return uuid.uuid4().hex[:16]


def _holds_story(folder: str) -> bool:
    # No path is made of it: for 10,000 stories that takes longer than the look at the disk.
    return os.path.isfile(f"{folder}/{STORY_FILE}") or bool(history.earlier_versions(Path(folder)))  # noqa: PTH113


def _make_folder(path: Path, *, parents: bool = True) -> None:
    try:
        path.mkdir(parents=parents, exist_ok=True)
        sync_folder(path.parent)
    except OSError as error:
        raise disk_error(error, path / STORY_FILE) from error


def create_workspace(path: Path, group: Group, clock: Callable[[], datetime] = now_here) -> Workspace:
    """Make a workspace in a new or empty folder and open it.

    Raises:
        UserError: the folder holds something already, or cannot be made.
    """
    path = Path(path).resolve()
    if (path / GROUP_FILE).exists():
        raise UserError("store.workspace_exists", place=str(path))
    try:
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise UserError("store.not_empty", place=str(path))
    except OSError as error:
        raise disk_error(error, path / GROUP_FILE) from error
    _make_folder(WorkspacePlaces(path).stories_dir)
    if not group.id:
        group = msgspec.structs.replace(group, id=new_id())
    write_atomic(path / GROUP_FILE, group_to_json(group))
    return open_workspace(path, clock=clock)


def open_workspace(
    path: Path,
    *,
    write: bool = True,
    take_over: bool = False,
    clock: Callable[[], datetime] = now_here,
) -> Workspace:
    """Open the workspace in a folder (or the one whose workspace.json is given).

    It is read-only when another window or computer has it, when its disk cannot be written, or when a newer version
    of the studio made it: ``Workspace.problems`` then says which.

    Args:
        path: the folder.
        write: False opens it read-only, without a lock, whoever else has it.
        take_over: write although another computer left its lock there (the user said that nobody works on it).
        clock: the present moment, with time zone.

    Raises:
        UserError: there is no workspace.
    """
    path = Path(path).resolve()
    if path.name == GROUP_FILE and path.is_file():
        path = path.parent
    if not path.is_dir():
        raise UserError("store.no_workspace", place=str(path))
    if not (path / GROUP_FILE).exists() and not WorkspacePlaces(path).stories_dir.is_dir():
        raise UserError("store.not_workspace", place=str(path))
    group, seen, newer, problems = read_group(path)
    lock = None
    if write and not newer:
        lock, refused = _take_lock(path, take_over=take_over)
        problems = (*problems, *refused)
    if lock is not None:
        clean_leftovers(path)
        clean_leftovers(WorkspacePlaces(path).stories_dir)
    return Workspace(path, group, problems, lock, seen, clock)


def _take_lock(path: Path, *, take_over: bool) -> tuple[WorkspaceLock | None, tuple[WorkNotice, ...]]:
    try:
        private = WorkspacePlaces(path).private_dir
        make_hidden_folder(private)
        found = acquire_lock(private / "lock", take_over=take_over)
    except OSError as error:
        code = "store.place_full" if is_full(error, path) else "store.place_read_only"
        return None, (WorkNotice(code, {"place": str(path)}),)
    if isinstance(found, LockRefused):
        return None, (refusal_notice(found),)
    return found, ()

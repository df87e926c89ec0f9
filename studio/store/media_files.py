"""Original photos, videos and sound, copied in once and never changed: their name is the hash of their content."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from typing import TYPE_CHECKING, TypeVar

import msgspec

from studio.base.atomic_files import commit_file, disk_error, sync_handle, temporary_file
from studio.base.errors import UserError, WorkNotice
from studio.base.sizes import ByteCount
from studio.store.file_names import media_name
from studio.story.model import Slideshow, Video
from studio.story.motion_records import MotionCard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from typing import IO

    from studio.base.progress import Progress
    from studio.story.model import Claim, Person, Story

S = TypeVar("S", MotionCard, Slideshow, Video)
_BLOCK = 1 << 20
_SPARE = 50_000_000
"""Bytes that must stay free for the stories themselves after media was copied in."""


def copy_in(source: Path, folder: Path, progress: Progress) -> str:
    """Copy ``source`` into ``folder`` under the name of its content, unless that is already there.

    Args:
        source: any ordinary file; it is only read.
        folder: the ``media`` folder of a story; made when missing.
        progress: called with the bytes done and in all.

    Returns:
        The file's name in ``folder``.

    Raises:
        UserError: missing, a folder, a pipe or device, empty, unreadable, changed while it was read; or the disk is
        full.
        WorkCancelled: the user stopped it; nothing is left behind.
    """
    size = ordinary_file(source)
    try:
        folder.mkdir(exist_ok=True)
        with temporary_file(folder / source.name) as temp:
            _need_room(folder, size)
            digest = _copy_hashed(source, temp, size, progress)
            target = folder / media_name(digest, source)
            # A damaged copy under that name (failing disk) is healed by coming in again.
            if not (target.exists() and target.stat().st_size == size and sha256_of(target) == digest):
                commit_file(temp, target)
    except OSError as error:
        raise disk_error(error, folder / source.name, size) from error
    return target.name


def ordinary_file(source: Path) -> int:
    """The size in bytes of an ordinary, not empty file.

    Raises:
        UserError: it is anything else.
    """
    try:
        facts = source.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UserError("store.media_missing", file=str(source)) from error
    except (OSError, ValueError) as error:
        raise UserError("store.media_unreadable", file=str(source)) from error
    if stat.S_ISDIR(facts.st_mode):
        raise UserError("store.media_folder", file=str(source))
    if not stat.S_ISREG(facts.st_mode):
        raise UserError("store.media_special", file=str(source))
    if facts.st_size == 0:
        raise UserError("store.media_empty", file=str(source))
    return facts.st_size


def _need_room(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    # Up to a megabyte is let in even on a nearly full disk: the spare room is kept for stories, which are no larger.
    if size + _SPARE > free and size > _BLOCK:
        facts = {"place": str(folder), "need": ByteCount(size + _SPARE), "free": ByteCount(free)}
        raise UserError("error.disk_full", **facts)


def _copy_hashed(source: Path, temp: Path, size: int, progress: Progress) -> str:
    try:
        reader = source.open("rb", buffering=0)
    except OSError as error:
        raise UserError("store.media_unreadable", file=str(source)) from error
    with reader, temp.open("xb", buffering=0) as writer:
        digest, copied = _pump_bytes(reader, writer, source, size, progress)
        sync_handle(writer.fileno())
        if copied != size or os.fstat(writer.fileno()).st_size != size:
            raise UserError("store.media_changed", file=str(source))
    return digest


def _pump_bytes(reader: IO[bytes], writer: IO[bytes], source: Path, size: int, progress: Progress) -> tuple[str, int]:
    digest, copied = hashlib.sha256(), 0
    # A file that still grows (a recording) must not be chased to its end.
    while copied <= size and (block := _read_block(reader, source)):
        rest = memoryview(block)
        while rest:
            rest = rest[writer.write(rest) :]
        digest.update(block)
        copied += len(block)
        progress.report(copied, max(size, copied), source.name)
    return digest.hexdigest(), copied


def _read_block(reader: IO[bytes], source: Path) -> bytes:
    try:
        return reader.read(_BLOCK)
    except OSError as error:
        raise UserError("store.media_unreadable", file=str(source)) from error


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's content, as 64 hex digits.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def verify_media(folder: Path, files: Iterable[str]) -> tuple[WorkNotice, ...]:
    """Which of a story's media files are missing, or no longer what came in (a failing disk, a half copy).

    Args:
        folder: the ``media`` folder.
        files: names as the story has them.
    """
    notices = []
    for name in files:
        path = folder / name
        try:
            same = sha256_of(path)[:16] == name.partition(".")[0]
        except FileNotFoundError:
            notices.append(WorkNotice("store.media_lost", {"file": name}))
        except OSError:
            notices.append(WorkNotice("store.media_unreadable", {"file": str(path)}))
        else:
            if not same:
                notices.append(WorkNotice("store.media_damaged", {"file": name}))
    return tuple(notices)


def media_files(story: Story) -> tuple[str, ...]:
    """The ``file`` of everything in a story that is in its ``media`` folder, each once, in order."""
    found: dict[str, None] = {}

    def note(name: str) -> str:
        found[name] = None
        return name

    map_files(story, note)
    return tuple(name for name in found if name)


def map_files(story: Story, change: Callable[[str], str]) -> Story:
    """The story with every name of a media file replaced by ``change`` of it."""

    def consented(person: Person) -> Person:
        consent = msgspec.structs.replace(person.consent, file=change(person.consent.file))
        return msgspec.structs.replace(person, consent=consent)

    def proven(claim: Claim) -> Claim:
        evidence = tuple(msgspec.structs.replace(item, file=change(item.file)) for item in claim.evidence)
        return msgspec.structs.replace(claim, evidence=evidence)

    story = msgspec.structs.replace(
        story,
        photos=tuple(msgspec.structs.replace(photo, file=change(photo.file)) for photo in story.photos),
        videos=tuple(msgspec.structs.replace(video, file=change(video.file)) for video in story.videos),
        recordings=tuple(msgspec.structs.replace(each, file=change(each.file)) for each in story.recordings),
    )
    return msgspec.structs.replace(
        map_sounds(story, change),
        claims=tuple(proven(claim) for claim in story.claims),
        people=tuple(consented(person) for person in story.people),
    )


def map_sounds(story: Story, change: Callable[[str], str]) -> Story:
    """The story with the files of what is heard under its videos (narration, music) replaced by ``change`` of each."""
    show, motion = story.slideshow, story.motion
    return msgspec.structs.replace(
        story,
        videos=tuple(_with_sounds(video, change) for video in story.videos),
        slideshow=None if show is None else _with_sounds(show, change),
        motion=None if motion is None else _with_sounds(motion, change),
    )


def _with_sounds(motion: S, change: Callable[[str], str]) -> S:
    bed = motion.music
    music = None if bed is None else msgspec.structs.replace(bed, file=change(bed.file))
    return msgspec.structs.replace(motion, narration=change(motion.narration), music=music)

"""A story as one file (*paket kerja*): a ZIP to carry to the editor on a stick, and back. Here it is made.

In it ``paket.json`` (what is inside, with size and SHA-256), ``story.json`` and ``media/``. Consents and contacts stay
at home unless ticked; so does the original of a photo with covers, because it shows the faces: a copy with the covers
burned in goes instead where the caller can make one. ``package_reading`` takes a package in.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import tempfile
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

import studio
from studio.base.atomic_files import commit_file, disk_error, sync_file, temporary_file
from studio.base.errors import UserError, WorkNotice
from studio.base.progress import SilentProgress
from studio.store.codec import decode_story, plain_record, story_to_json, to_json
from studio.store.file_names import media_name
from studio.store.media_files import media_files, sha256_of
from studio.store.shared_versions import known_there, note_shared, shared_versions
from studio.story.foreign_story import without_consents, without_contacts

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.base.progress import Progress
    from studio.store.shared_versions import Way
    from studio.store.workspace import Workspace
    from studio.story.model import Photo, Story

FORMAT = 2
"""1 has no ``base.json``; a story that goes out for the first time still is one, so that older versions take it."""
CONTENTS = "paket.json"
STORY = "story.json"
BASE = "base.json"
_BLOCK = 1 << 20


class PackageItem(msgspec.Struct, frozen=True):
    """One file of a package."""

    path: str
    sha256: str
    bytes: int


class StandIn(msgspec.Struct, frozen=True):
    """What a copy with burned-in covers stands for: the original's name in ``media/`` and its covers, as stored."""

    file: str
    covers: tuple[dict[str, Any], ...] = ()


class PackageContents(msgspec.Struct, frozen=True):
    """paket.json: ``left_out`` names media that stayed at home; ``made`` is ISO 8601.

    ``shared`` names the versions the sender shared before, newest first (``shared_versions``). ``stand_ins`` has, by
    the id of the photo, what its copy with burned-in covers was made of: whoever has the original needs no copy.
    """

    format: int
    files: tuple[PackageItem, ...]
    folder: str = ""
    group: str = ""
    made: str = ""
    app: str = ""
    left_out: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    stand_ins: dict[str, StandIn] = {}


@dataclass(frozen=True, slots=True)
class PackageChoice:
    """What the user ticked: the consent book goes along; so do the originals of photos and clips with covers.

    ``contacts`` are how sources can be reached.
    """

    consents: bool = False
    originals: bool = False
    contacts: bool = False


@dataclass(slots=True)
class _PackageLoad:
    """What goes into a package, while it is put together."""

    story: Story
    files: dict[str, Path] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    stand_ins: dict[str, StandIn] = field(default_factory=dict)
    base: bytes = b""


def pack_story(
    workspace: Workspace,
    folder: str,
    target: Path,
    choice: PackageChoice | None = None,
    covered_copy: Callable[[Photo, Path, Path], None] | None = None,
    progress: Progress | None = None,
    story: Story | None = None,
    base: Story | None = None,
) -> tuple[WorkNotice, ...]:
    """Write a story into a package.

    Args:
        workspace: where the story is.
        folder: its folder.
        target: the ZIP to write; replaced when it is there.
        choice: what goes along; nothing that could harm someone by default.
        covered_copy: writes a JPEG of a photo with its covers burned in: photo, its original, where to. None leaves
            such photos out.
        progress: called with the bytes done and in all.
        story: as it is now, when it could not be saved; None reads what is saved.
        base: what it is merged from when it comes back to this laptop; None takes what both sides are known to have.

    Returns:
        One notice for each media file that is missing or stays at home.

    Raises:
        UserError: the story cannot be read, or the disk refuses; no half package is left.
        WorkCancelled: the user stopped it; no half package is left.
    """
    choice, progress = choice or PackageChoice(), progress or SilentProgress()
    saved, story = story is None, workspace.load(folder) if story is None else story
    story = _kept_private(story, choice)
    place = workspace.story_dir(folder)
    with tempfile.TemporaryDirectory(prefix="kim-paket-") as scratch:
        load = _PackageLoad(story)
        if not choice.originals:
            _cover_up(workspace, folder, load, Path(scratch), covered_copy, progress)
        lost = _gather(workspace, folder, load)
        load.base = story_to_json(base) if base is not None else _base_version(place, choice)
        contents = PackageContents(
            format=FORMAT if load.base else 1,
            files=(),
            folder=folder,
            group=workspace.group.name,
            made=story.modified,
            app=studio.__version__,
            left_out=tuple(load.left_out),
            # With a version of our own, those that others have are older.
            shared=tuple(each.digest for each in shared_versions(place)) if load.base and base is None else (),
            stand_ins=load.stand_ins,
        )
        _write_package(target, contents, load, progress)
    if saved and not workspace.read_only:
        note_version(place, story_to_json(load.story), "out")
    home = tuple(WorkNotice("store.package_left_out", {"file": name}) for name in load.left_out)
    return home + tuple(WorkNotice("store.media_lost", {"file": name}) for name in lost)


def _kept_private(story: Story, choice: PackageChoice) -> Story:
    """The story with no more in it than was ticked."""
    story = story if choice.consents else without_consents(story)
    return story if choice.contacts else without_contacts(story)


def _base_version(place: Path, choice: PackageChoice) -> bytes:
    """The last version both sides had, with no more in it than may go along today; empty for none."""
    data = known_there(place)
    if data is None or (choice.consents and choice.contacts):
        return data or b""
    try:
        return story_to_json(_kept_private(decode_story(data, BASE).story, choice))
    except UserError:
        return b""


def note_version(place: Path, data: bytes, way: Way) -> None:
    """Remember what both sides have now. A disk that refuses costs only an easier merge."""
    with contextlib.suppress(OSError, UserError):
        note_shared(place, data, way, datetime.now(UTC))


def _cover_up(
    workspace: Workspace,
    folder: str,
    load: _PackageLoad,
    scratch: Path,
    covered_copy: Callable[[Photo, Path, Path], None] | None,
    progress: Progress,
) -> None:
    """Put covered copies in the place of covered photos; note what must stay at home."""
    photos = []
    secret = {photo.file for photo in load.story.photos if photo.covers}
    secret |= {video.file for video in load.story.videos if video.covers}
    for photo in load.story.photos:
        source = workspace.media_path(folder, photo.file) if photo.file else None
        if photo.covers and covered_copy is not None and source is not None and source.is_file():
            progress.report(0, 0, photo.name or photo.file)
            copy = scratch / f"{secrets.token_hex(4)}.jpg"
            try:
                covered_copy(photo, source, copy)
            except UserError:  # no picture that can be opened: it stays at home, and its neighbours go
                photos.append(photo)
                continue
            name = media_name(sha256_of(copy), copy)
            load.files[name] = copy
            load.stand_ins[photo.id] = StandIn(photo.file, tuple(plain_record(cover) for cover in photo.covers))
            photos.append(msgspec.structs.replace(photo, file=name, covers=()))
        else:
            photos.append(photo)
    load.story = msgspec.structs.replace(load.story, photos=tuple(photos))
    load.left_out += sorted(secret & set(media_files(load.story)))


def _gather(workspace: Workspace, folder: str, load: _PackageLoad) -> list[str]:
    """Collect the media files that go along; returns those that are missing."""
    lost = []
    for name in media_files(load.story):
        if name in load.left_out or name in load.files:
            continue
        path = workspace.media_path(folder, name)
        if path.is_file():
            load.files[name] = path
        else:
            lost.append(name)
    return lost


def pack_unsaved(
    workspace: Workspace,
    folder: str,
    story: Story,
    target: Path,
    progress: Progress | None = None,
    base: Story | None = None,
) -> tuple[WorkNotice, ...]:
    """Write a story that cannot be saved into a package: all its words, and the media that can be read.

    Originals and consents go along: it stays with whoever has them already.

    Args:
        workspace: where it belongs; its drive may be gone.
        folder: its folder there, "" when it has none yet.
        story: as it is now.
        target: the ZIP to write; replaced when it is there.
        progress: called with the bytes done and in all.
        base: the story as it was last saved: what it is merged from when it comes back.

    Returns:
        One notice for each media file that is not in it.

    Raises:
        UserError: the disk of ``target`` refuses.
        WorkCancelled: asked for; nothing is left behind.
    """
    # A story that was never saved has no id yet, and the one who unpacks it needs one to tell it from others.
    story = msgspec.structs.replace(story, id=story.id or secrets.token_hex(8))
    everything = PackageChoice(consents=True, originals=True, contacts=True)
    try:
        return pack_story(workspace, folder or "-", target, everything, None, progress, story, base)
    except (
        UserError,
        OSError,
    ):  # a file that cannot be read, or no room for them all: the words alone
        load = _PackageLoad(story, base=story_to_json(base) if base is not None else b"")
        version = FORMAT if load.base else 1
        contents = PackageContents(version, (), folder, workspace.group.name, story.modified, studio.__version__)
        _write_package(target, contents, load, progress or SilentProgress())
        return tuple(WorkNotice("store.media_lost", {"file": name}) for name in media_files(story))


def _write_package(target: Path, contents: PackageContents, load: _PackageLoad, progress: Progress) -> None:
    try:
        with temporary_file(target) as temp:
            _write(temp, contents, load, progress)
            sync_file(temp)
            commit_file(temp, target)
    except OSError as error:
        need = sum(path.stat().st_size for path in load.files.values() if path.exists())
        raise disk_error(error, target, need) from error


def _write(temp: Path, contents: PackageContents, load: _PackageLoad, progress: Progress) -> None:
    text = story_to_json(load.story)
    items = [PackageItem(STORY, hashlib.sha256(text).hexdigest(), len(text))]
    total, done = sum(path.stat().st_size for path in load.files.values()), 0
    with zipfile.ZipFile(temp, "x", zipfile.ZIP_STORED) as archive:
        archive.writestr(STORY, text, zipfile.ZIP_DEFLATED)
        if load.base:
            archive.writestr(BASE, load.base, zipfile.ZIP_DEFLATED)
            items.append(PackageItem(BASE, hashlib.sha256(load.base).hexdigest(), len(load.base)))
        for name, path in load.files.items():
            digest = hashlib.sha256()
            size = path.stat().st_size
            # Photos and clips are compressed already: stored as they are, so that packing is as fast as copying.
            with path.open("rb") as reader, archive.open(f"media/{name}", "w", force_zip64=True) as writer:
                while block := reader.read(_BLOCK):
                    digest.update(block)
                    writer.write(block)
                    done += len(block)
                    progress.report(done, max(total, done), name)
            items.append(PackageItem(f"media/{name}", digest.hexdigest(), size))
        listed = msgspec.to_builtins(msgspec.structs.replace(contents, files=tuple(items)))
        archive.writestr(CONTENTS, to_json(listed), zipfile.ZIP_DEFLATED)

"""A story as one file (*paket kerja*): a ZIP to carry to the editor on a stick, and back.

In it ``paket.json`` (what is inside, with size and SHA-256), ``story.json`` and ``media/``. Consents stay at home
unless ticked; so does the original of a photo with covers, because it shows the faces: a copy with the covers burned
in goes instead where the caller can make one. Taking a package in twice changes nothing; a story that was changed on
both sides comes in beside the other.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import secrets
import shutil
import tempfile
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

import msgspec

import studio
from studio.base.archives import BadArchive, open_archive, read_member, reading_archive
from studio.base.atomic_files import commit_file, disk_error, sync_file, temporary_file
from studio.base.errors import UserError, WorkNotice
from studio.base.json_text import decode_json
from studio.base.progress import SilentProgress
from studio.base.sizes import ByteCount
from studio.store.codec import decode_story, document_head, story_to_json, to_json
from studio.store.file_names import media_name
from studio.store.media_files import map_files, media_files, sha256_of
from studio.store.shared_versions import known_there, newest_common, note_shared, shared_versions
from studio.store.staging import staged_story
from studio.story.model import Consent

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.base.progress import Progress
    from studio.store.shared_versions import Way
    from studio.store.workspace import Workspace
    from studio.story.model import Photo, Story

FORMAT = 2
"""1 has no ``base.json``; a story that goes out for the first time still is one, so that older versions take it."""
_CONTENTS = "paket.json"
_STORY = "story.json"
_BASE = "base.json"
_MEDIA = re.compile(r"^media/[0-9a-f]{16}(?:\.[a-z0-9]{1,8})?$")
_BLOCK = 1 << 20
_LONGEST = 20_000_000
"""Bytes of paket.json and story.json; both are read into memory."""


class PackageItem(msgspec.Struct, frozen=True):
    """One file of a package."""

    path: str
    sha256: str
    bytes: int


class PackageContents(msgspec.Struct, frozen=True):
    """paket.json: ``left_out`` names media that stayed at home; ``made`` is ISO 8601.

    ``shared`` names the versions the sender shared before, newest first (``shared_versions``).
    """

    format: int
    files: tuple[PackageItem, ...]
    folder: str = ""
    group: str = ""
    made: str = ""
    app: str = ""
    left_out: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackageChoice:
    """What the user ticked: the consent book goes along; so do the originals of photos and clips with covers."""

    consents: bool = False
    originals: bool = False


@dataclass(frozen=True, slots=True)
class UnpackedStory:
    """Where a package went; ``new`` is False when the very same story was there already.

    ``other`` is the folder of another version of the story ("" for none), ``base`` the last version both had: what the
    two are merged from. None when it is not known.
    """

    folder: str
    new: bool
    notices: tuple[WorkNotice, ...]
    other: str = ""
    base: Story | None = None


@dataclass(slots=True)
class _PackageLoad:
    """What goes into a package, while it is put together."""

    story: Story
    files: dict[str, Path] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    base: bytes = b""


def pack_story(
    workspace: Workspace,
    folder: str,
    target: Path,
    choice: PackageChoice | None = None,
    covered_copy: Callable[[Photo, Path, Path], None] | None = None,
    progress: Progress | None = None,
    story: Story | None = None,
) -> tuple[WorkNotice, ...]:
    """Write a story into a package.

    Args:
        workspace: where the story is.
        folder: its folder.
        target: the ZIP to write; replaced when it is there.
        choice: what goes along; nothing that could harm somebody by default.
        covered_copy: writes a JPEG of a photo with its covers burned in: photo, its original, where to. None leaves
            such photos out.
        progress: told the bytes done and in all.
        story: as it is now, when it could not be saved; None reads what is saved.

    Returns:
        One notice for each media file that is missing or stays at home.

    Raises:
        UserError: the story cannot be read, or the disk refuses; no half package is left.
        WorkCancelled: likewise.
    """
    choice = choice or PackageChoice()
    saved, story = story is None, workspace.load(folder) if story is None else story
    if not choice.consents:
        story = _without_consents(story)
    place = workspace.story_dir(folder)
    with tempfile.TemporaryDirectory(prefix="kim-paket-") as scratch:
        load = _PackageLoad(story)
        if not choice.originals:
            _cover_up(workspace, folder, load, Path(scratch), covered_copy)
        lost = _gather(workspace, folder, load)
        load.base = _base_version(place, choice)
        contents = PackageContents(
            format=FORMAT if load.base else 1,
            files=(),
            folder=folder,
            group=workspace.group.name,
            made=story.modified,
            app=studio.__version__,
            left_out=tuple(load.left_out),
            shared=tuple(version.digest for version in shared_versions(place)) if load.base else (),
        )
        _put(target, contents, load, progress or SilentProgress())
    if saved and not workspace.read_only:
        _note_shared(place, story_to_json(load.story), "out")
    home = tuple(WorkNotice("store.package_left_out", {"file": name}) for name in load.left_out)
    return home + tuple(WorkNotice("store.media_lost", {"file": name}) for name in lost)


def _without_consents(story: Story) -> Story:
    people = tuple(msgspec.structs.replace(person, consent=Consent()) for person in story.people)
    return msgspec.structs.replace(story, people=people)


def _base_version(place: Path, choice: PackageChoice) -> bytes:
    """The last version both sides had, with no more in it than may go along today; empty for none."""
    data = known_there(place)
    if data is None or choice.consents:
        return data or b""
    try:
        return story_to_json(_without_consents(decode_story(data, _BASE).story))
    except UserError:
        return b""


def _note_shared(place: Path, data: bytes, way: Way) -> None:
    """Remember what both sides have now. A disk that refuses costs only an easier merge."""
    with contextlib.suppress(OSError, UserError):
        note_shared(place, data, way, datetime.now(UTC))


def _cover_up(
    workspace: Workspace,
    folder: str,
    load: _PackageLoad,
    scratch: Path,
    covered_copy: Callable[[Photo, Path, Path], None] | None,
) -> None:
    """Put covered copies in the place of covered photos; note what must stay at home."""
    photos = []
    secret = {photo.file for photo in load.story.photos if photo.covers}
    secret |= {video.file for video in load.story.videos if video.covers}
    for photo in load.story.photos:
        source = workspace.media_path(folder, photo.file) if photo.file else None
        if photo.covers and covered_copy is not None and source is not None and source.is_file():
            copy = scratch / f"{secrets.token_hex(4)}.jpg"
            covered_copy(photo, source, copy)
            name = media_name(sha256_of(copy), copy)
            load.files[name] = copy
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
    workspace: Workspace, folder: str, story: Story, target: Path, progress: Progress | None = None
) -> tuple[WorkNotice, ...]:
    """Write a story that cannot be saved into a package: all its words, and the media that can be read.

    Originals and consents go along: it stays with whoever has them already.

    Args:
        workspace: where it belongs; its drive may be gone.
        folder: its folder there, "" when it has none yet.
        story: as it is now.
        target: the ZIP to write; replaced when it is there.
        progress: told the bytes done and in all.

    Returns:
        One notice for each media file that is not in it.

    Raises:
        UserError: the disk of ``target`` refuses.
        WorkCancelled: asked for; nothing is left behind.
    """
    # A story that was never saved has no id yet, and the one who unpacks it needs one to tell it from others.
    story = msgspec.structs.replace(story, id=story.id or secrets.token_hex(8))
    everything = PackageChoice(consents=True, originals=True)
    try:
        return pack_story(workspace, folder or "-", target, everything, None, progress, story)
    except (
        UserError,
        OSError,
    ):  # a file that cannot be read, or no room for them all: the words alone
        contents = PackageContents(1, (), folder, workspace.group.name, story.modified, studio.__version__)
        _put(target, contents, _PackageLoad(story), progress or SilentProgress())
        return tuple(WorkNotice("store.media_lost", {"file": name}) for name in media_files(story))


def _put(target: Path, contents: PackageContents, load: _PackageLoad, progress: Progress) -> None:
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
    items = [PackageItem(_STORY, hashlib.sha256(text).hexdigest(), len(text))]
    total, done = sum(path.stat().st_size for path in load.files.values()), 0
    with zipfile.ZipFile(temp, "x", zipfile.ZIP_STORED) as archive:
        archive.writestr(_STORY, text, zipfile.ZIP_DEFLATED)
        if load.base:
            archive.writestr(_BASE, load.base, zipfile.ZIP_DEFLATED)
            items.append(PackageItem(_BASE, hashlib.sha256(load.base).hexdigest(), len(load.base)))
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
        archive.writestr(_CONTENTS, to_json(listed), zipfile.ZIP_DEFLATED)


def unpack(workspace: Workspace, source: Path, progress: Progress | None = None) -> UnpackedStory:
    """Take the story of a package into the workspace. Every file is checked before the story appears.

    Args:
        workspace: where to.
        source: the package.
        progress: told the bytes done and in all.

    Raises:
        UserError: no package, damaged (naming the file), of a newer format, or no room; nothing was taken in.
        WorkCancelled: likewise.
    """
    with _opened(source) as archive:
        contents, story, base = _understood(archive, source.name)
        text = read_member(archive, _STORY, _LONGEST)
        if known := _same_story(workspace, story):
            _note_shared(workspace.story_dir(known), text, "in")
            return UnpackedStory(known, new=False, notices=(WorkNotice("store.package_known", {"story": known}),))
        folder, clash = _take_in(workspace, archive, contents, story, source.name, progress or SilentProgress())
    _note_shared(workspace.story_dir(folder), text, "in")
    notices = [WorkNotice("store.package_left_out", {"file": name}) for name in contents.left_out]
    if clash:
        notices.insert(0, WorkNotice("store.package_conflict", {"story": clash, "folder": folder}))
    common = newest_common(workspace.story_dir(clash), contents.shared) if clash else None
    base = decode_story(common, _BASE).story if common else base
    return UnpackedStory(folder, new=True, notices=tuple(notices), other=clash, base=base if clash else None)


def _opened(source: Path) -> zipfile.ZipFile:
    try:
        return open_archive(source)
    except OSError as error:
        raise UserError("store.package_unreadable", file=str(source)) from error
    except BadArchive as error:
        raise UserError("store.package_bad", file=source.name) from error


def _understood(archive: zipfile.ZipFile, file: str) -> tuple[PackageContents, Story, Story | None]:
    try:
        contents = _contents(archive, file)
        has_base = any(item.path == _BASE for item in contents.files)
        base = _story(archive, contents, file, _BASE) if has_base else None
        return contents, _story(archive, contents, file, _STORY), base
    except OSError as error:
        raise UserError("store.package_unreadable", file=file) from error
    except BadArchive as error:
        raise UserError("store.package_bad", file=file) from error


def _contents(archive: zipfile.ZipFile, file: str) -> PackageContents:
    data = read_member(archive, _CONTENTS, _LONGEST)
    try:
        contents = decode_json(data, PackageContents)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UserError("store.package_bad", file=file) from error
    if contents.format > FORMAT:
        raise UserError("store.package_newer", file=file)
    names = [item.path for item in contents.files]
    if len(set(names)) != len(names) or _STORY not in names or not all(_is_allowed(item) for item in contents.files):
        raise UserError("store.package_bad", file=file)
    return contents


def _is_allowed(item: PackageItem) -> bool:
    return item.bytes >= 0 and (item.path in {_STORY, _BASE} or bool(_MEDIA.match(item.path)))


def _story(archive: zipfile.ZipFile, contents: PackageContents, file: str, part: str) -> Story:
    data = read_member(archive, part, _LONGEST)
    listed = next(item for item in contents.files if item.path == part)
    if hashlib.sha256(data).hexdigest() != listed.sha256:
        raise UserError("store.package_damaged", file=file, part=part)
    decoded = decode_story(data, f"{file}/{part}")
    if decoded.newer:
        raise UserError("store.package_newer", file=file)
    return decoded.story


def _same_story(workspace: Workspace, story: Story) -> str:
    """The folder that holds exactly this story, "" when there is none."""
    # Saving without a change renews ``modified``; that alone makes no other version.
    timeless = msgspec.structs.replace(story, modified="")
    for folder in _with_id(workspace, story.id):
        try:
            if msgspec.structs.replace(workspace.load(folder), modified="") == timeless:
                return folder
        except UserError:
            continue
    return ""


def _with_id(workspace: Workspace, story_id: str) -> tuple[str, ...]:
    found = []
    for folder in workspace.story_folders():
        try:
            known = document_head((workspace.story_dir(folder) / _STORY).read_bytes())
        except OSError:
            continue
        if known is not None and known.id == story_id:
            found.append(folder)
    return tuple(found)


def _take_in(
    workspace: Workspace,
    archive: zipfile.ZipFile,
    contents: PackageContents,
    story: Story,
    file: str,
    progress: Progress,
) -> tuple[str, str]:
    """Write media, then the story; returns its folder, and the folder of another version of it ("" when none)."""
    clash = next(iter(_with_id(workspace, story.id)), "")
    media = [item for item in contents.files if _MEDIA.match(item.path)]
    total = sum(item.bytes for item in media)
    free = shutil.disk_usage(workspace.path).free
    if total > free:
        place = str(workspace.path)
        raise UserError("error.disk_full", place=place, need=ByteCount(total), free=ByteCount(free))
    with staged_story(workspace) as staged:
        done = 0
        for item in media:
            target = staged.media_path(item.path.removeprefix("media/"))
            done += _extract(archive, item, target, file)
            progress.report(done, total, target.name)
        return staged.finish(map_files(story, _plain_media_name)), clash


def _plain_media_name(name: str) -> str:
    """A media file name that may be used as a path here; others, which no studio writes, become ""."""
    return name if _MEDIA.match(f"media/{name}") else ""


def _extract(archive: zipfile.ZipFile, item: PackageItem, target: Path, file: str) -> int:
    damaged = UserError("store.package_damaged", file=file, part=item.path)
    try:
        target.parent.mkdir(exist_ok=True)
        with temporary_file(target) as temp:
            with reading_archive(), archive.open(item.path) as reader, temp.open("xb") as writer:
                size, digest = _copy(reader, writer, item.bytes)
            # Media are named by their hash: a file that is whole but has another one's name would replace that one in
            # the story.
            if size != item.bytes or digest != item.sha256 or digest[:16] != target.name.partition(".")[0]:
                raise damaged
            sync_file(temp)
            commit_file(temp, target)
    except OSError as error:
        raise disk_error(error, target, item.bytes) from error
    except BadArchive as error:
        raise damaged from error
    return size


def _copy(reader: IO[bytes], writer: IO[bytes], expected: int) -> tuple[int, str]:
    """Copy at most one block more than announced: an archive that unpacks without end stops here."""
    digest, size = hashlib.sha256(), 0
    while size <= expected and (block := reader.read(_BLOCK)):
        digest.update(block)
        writer.write(block)
        size += len(block)
    return size, digest.hexdigest()

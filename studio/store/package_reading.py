"""Taking a story out of a package (``packages`` makes them): everything is checked before anything appears.

A package comes from a stick or a chat, and may be cut short, altered or made to do harm. Its names are matched, its
sizes are not believed, each file is compared with the SHA-256 that is listed, and the story gets its folder by one
rename at the end. Taking a package in twice changes nothing; what was vouched for in it has to be vouched for here.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import shutil
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

import msgspec

from studio.base.archives import BadArchive, open_archive, read_member, reading_archive
from studio.base.atomic_files import commit_file, disk_error, sync_file, temporary_file
from studio.base.errors import UserError, WorkNotice
from studio.base.folders import is_plain_name
from studio.base.json_text import decode_json
from studio.base.progress import SilentProgress
from studio.base.sizes import ByteCount
from studio.store.codec import decode_story, record_from
from studio.store.index import SearchIndex
from studio.store.media_files import media_files
from studio.store.packages import BASE, CONTENTS, FORMAT, STORY, PackageContents, note_version
from studio.store.shared_versions import digest_of, newest_common, shared_versions
from studio.store.staging import staged_story
from studio.store.workspace import MEDIA, now_here, require_writing
from studio.story.foreign_story import arrive_foreign
from studio.story.model import Cover
from studio.story.text import cleaned

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.store.packages import PackageItem, StandIn
    from studio.store.workspace import Workspace
    from studio.story.model import Photo, Story

_MEDIA = re.compile(r"media/[0-9a-f]{16}(?:\.[a-z0-9]{1,8})?")
_BLOCK = 1 << 20
_LONGEST = 20_000_000
"""Bytes of paket.json and story.json; both are read into memory."""
_LONGEST_NAME = 120
"""Characters of a group's name."""


@dataclass(frozen=True, slots=True)
class ReadPackage:
    """A package as read, its media not yet.

    Attributes:
        source: the file.
        contents: its list.
        story: as it stands in it.
        base: the version it brings that both sides had; None for none.
        text: its story.json.
    """

    source: Path
    contents: PackageContents
    story: Story
    base: Story | None
    text: bytes


@dataclass(frozen=True, slots=True)
class KnownStory:
    """What this workspace has of the story of a package.

    Attributes:
        same: folder of a story that has all of the package already; "" for none.
        other: folder of another version of it; "" for none.
        base: the newest version both had: what the two are merged from. None when it is not known.
    """

    same: str = ""
    other: str = ""
    base: Story | None = None


def read_package(source: Path) -> ReadPackage:
    """Read a package, except for its media.

    Raises:
        UserError: no package, damaged (naming the file), or of a newer format.
    """
    file = source.name
    with _opened(source) as archive:
        try:
            contents = _contents(archive, file)
            has_base = any(item.path == BASE for item in contents.files)
            base = _story(archive, contents, file, BASE)[0] if has_base else None
            story, text = _story(archive, contents, file, STORY)
            _check_sizes(archive, contents, file)
        except OSError as error:
            raise UserError("store.package_unreadable", file=file) from error
        except BadArchive as error:
            raise UserError("store.package_bad", file=file) from error
    return ReadPackage(source, contents, story, base, text)


def find_known(workspace: Workspace, package: ReadPackage) -> KnownStory:
    """Look for the story of a package in the workspace.

    Raises:
        UserError: the workspace is not there.
    """
    digest = digest_of(package.text)
    found = SearchIndex(workspace).folders_of(package.story.id)
    # A version that was noted here was taken in, or went out from here: all of it has been seen.
    noted = (f for f in found if any(v.digest == digest for v in shared_versions(workspace.story_dir(f))))
    same = next(noted, "") or _same_story(workspace, found, package.story)
    if same or not found:
        return KnownStory(same=same)
    for folder in found:
        if (common := newest_common(workspace.story_dir(folder), package.contents.shared)) is not None:
            return KnownStory(other=folder, base=decode_story(common, BASE).story)
    return KnownStory(other=found[0], base=package.base)


def home_notices(package: ReadPackage) -> tuple[WorkNotice, ...]:
    """One for each file that the sender kept at home."""
    return tuple(WorkNotice("store.package_left_out", {"file": name}) for name in package.contents.left_out)


def add_package(
    workspace: Workspace, package: ReadPackage, progress: Progress | None = None, reason: str = "", by: str = ""
) -> str:
    """Make a story of a package that was read; its folder.

    Args:
        workspace: where to.
        package: from ``read_package``.
        progress: called with the bytes done and in all.
        reason: what the log says where something has to be confirmed here.
        by: who takes it in.

    Raises:
        UserError: damaged, or no room; nothing was taken in.
        WorkCancelled: the user stopped it; nothing was taken in.
    """
    report, total = progress or SilentProgress(), _media_bytes(package)
    story = arrive_foreign(package.story, now_here().isoformat(timespec="seconds"), by, reason)
    with _opened(package.source) as archive, staged_story(workspace) as staged:
        _need_room(workspace, package)
        for item, target, done in _media_targets(package, staged.media_path):
            _extract(archive, item, target, package.source.name)
            report.report(done, total, item.path)
        folder = staged.finish(story)
    note_version(workspace.story_dir(folder), package.text, "in")
    return folder


@contextlib.contextmanager
def package_media(
    workspace: Workspace, package: ReadPackage, folder: str, wanted: Collection[str], progress: Progress | None
) -> Iterator[None]:
    """Bring media of a package into a story that is there; what is new goes again when the work inside fails.

    Args:
        workspace: where the story is.
        package: from ``read_package``.
        folder: of the story.
        wanted: names in ``media/``; others of the package (copies of covered photos whose originals are here) stay out.
        progress: called with the bytes done and in all.

    Raises:
        UserError: damaged, or no room.
        WorkCancelled: the user stopped it.
    """
    require_writing(workspace)
    report, total = progress or SilentProgress(), _media_bytes(package)
    made: list[Path] = []
    try:
        with _opened(package.source) as archive:
            _need_room(workspace, package)
            for item, target, done in _media_targets(package, lambda name: workspace.media_path(folder, name)):
                if target.name not in wanted:
                    continue
                if not target.exists():
                    made.append(target)
                _extract(archive, item, target, package.source.name)
                report.report(done, total, item.path)
        yield
    except BaseException:
        for path in made:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        raise


def with_originals(package: ReadPackage, *known: Story) -> Story:
    """The story of a package, with the originals of covered photos where they are known here.

    The sender left such originals at home and sent copies with the covers burned in. Merged as they are, copies would
    take the place of originals, and the covers would be gone from the list.

    Args:
        package: from ``read_package``.
        known: the story here, and the last version both had.

    Raises:
        UserError: a cover that is none.
    """
    have = {(photo.id, photo.file) for story in known for photo in story.photos}

    def restored(photo: Photo) -> Photo:
        stands = package.contents.stand_ins.get(photo.id)
        if stands is None or (photo.id, stands.file) not in have:
            return photo
        covers = _covers(stands, package.source.name)
        return msgspec.structs.replace(photo, file=stands.file, covers=(*covers, *photo.covers))

    return msgspec.structs.replace(package.story, photos=tuple(restored(photo) for photo in package.story.photos))


def _covers(stands: StandIn, file: str) -> tuple[Cover, ...]:
    return tuple(record_from(Cover, cover, f"{file}/{CONTENTS}") for cover in stands.covers)


def _opened(source: Path) -> zipfile.ZipFile:
    try:
        return open_archive(source)
    except OSError as error:
        raise UserError("store.package_unreadable", file=str(source)) from error
    except BadArchive as error:
        raise UserError("store.package_bad", file=source.name) from error


def _contents(archive: zipfile.ZipFile, file: str) -> PackageContents:
    data = read_member(archive, CONTENTS, _LONGEST)
    try:
        contents = decode_json(data, PackageContents)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UserError("store.package_bad", file=file) from error
    if contents.format > FORMAT:
        raise UserError("store.package_newer", file=file)
    names = [item.path for item in contents.files]
    if len(set(names)) != len(names) or STORY not in names or not all(_is_allowed(item) for item in contents.files):
        raise UserError("store.package_bad", file=file)
    if not all(_MEDIA.fullmatch(f"{MEDIA}/{name}") for name in contents.left_out):
        raise UserError("store.package_bad", file=file)
    # It is said in sentences of ours and stands in the log: a name, and nothing that a terminal obeys.
    group = " ".join(cleaned(contents.group).split())[:_LONGEST_NAME]
    return msgspec.structs.replace(contents, group=group)


def _is_allowed(item: PackageItem) -> bool:
    return item.bytes >= 0 and (item.path in {STORY, BASE} or bool(_MEDIA.fullmatch(item.path)))


def _story(archive: zipfile.ZipFile, contents: PackageContents, file: str, part: str) -> tuple[Story, bytes]:
    data = read_member(archive, part, _LONGEST)
    listed = next(item for item in contents.files if item.path == part)
    if hashlib.sha256(data).hexdigest() != listed.sha256:
        raise UserError("store.package_damaged", file=file, part=part)
    try:
        decoded = decode_story(data, f"{file}/{part}")
    except UserError as error:  # what it says of histories is meant for a story of one's own
        code = "store.package_newer" if error.code == "store.newer_unreadable" else "store.package_damaged"
        raise UserError(code, file=file, part=part) from error
    if decoded.newer:
        raise UserError("store.package_newer", file=file)
    # Names that lead out of the folder, or that no studio writes: whoever made this meant no good.
    plain = all(map(is_plain_name, decoded.story.former_folders))
    if not plain or not all(_MEDIA.fullmatch(f"{MEDIA}/{name}") for name in media_files(decoded.story)):
        raise UserError("store.package_bad", file=file)
    return decoded.story, data


def _check_sizes(archive: zipfile.ZipFile, contents: PackageContents, file: str) -> None:
    """Each medium that is listed has to be there, and as large as the list says; its content is compared later."""
    sizes = {info.filename: info.file_size for info in archive.infolist()}
    for item in contents.files:
        if _MEDIA.fullmatch(item.path) and sizes.get(item.path) != item.bytes:
            raise UserError("store.package_damaged", file=file, part=item.path)


def _same_story(workspace: Workspace, folders: tuple[str, ...], story: Story) -> str:
    """Which of the folders holds exactly this story, "" when none does."""
    # Saving without a change renews ``modified``; that alone makes no other version.
    timeless = msgspec.structs.replace(story, modified="")
    for folder in folders:
        try:
            if msgspec.structs.replace(workspace.load(folder), modified="") == timeless:
                return folder
        except UserError:
            continue
    return ""


def _need_room(workspace: Workspace, package: ReadPackage) -> None:
    total = _media_bytes(package)
    free = shutil.disk_usage(workspace.path).free
    if total > free:
        place = str(workspace.path)
        raise UserError("error.disk_full", place=place, need=ByteCount(total), free=ByteCount(free))


def _media_bytes(package: ReadPackage) -> int:
    return sum(item.bytes for item in package.contents.files if _MEDIA.fullmatch(item.path))


def _media_targets(package: ReadPackage, place: Callable[[str], Path]) -> Iterator[tuple[PackageItem, Path, int]]:
    """The media of a package, where each goes, and the bytes up to its end."""
    done = 0
    for item in package.contents.files:
        if _MEDIA.fullmatch(item.path):
            done += item.bytes
            yield item, place(item.path.removeprefix(f"{MEDIA}/")), done


def _extract(archive: zipfile.ZipFile, item: PackageItem, target: Path, file: str) -> None:
    damaged = UserError("store.package_damaged", file=file, part=item.path)
    try:
        target.parent.mkdir(exist_ok=True)
        with temporary_file(target) as temp:
            with reading_archive(), archive.open(item.path) as reader, temp.open("xb") as writer:
                size, digest = _copy(reader, writer, item.bytes)
            # Media are named by their hash: a complete file that has another one's name would replace that one in
            # the story.
            if size != item.bytes or digest != item.sha256 or digest[:16] != target.name.partition(".")[0]:
                raise damaged
            sync_file(temp)
            commit_file(temp, target)
    except OSError as error:
        raise disk_error(error, target, item.bytes) from error
    except BadArchive as error:
        raise damaged from error


def _copy(reader: IO[bytes], writer: IO[bytes], expected: int) -> tuple[int, str]:
    """Copy at most one block more than announced: an archive that unpacks without end stops here."""
    digest, size = hashlib.sha256(), 0
    while size <= expected and (block := reader.read(_BLOCK)):
        digest.update(block)
        writer.write(block)
        size += len(block)
    return size, digest.hexdigest()

"""Template packs as ZIP files: packing one, and taking one in after everything in it was looked at.

A ZIP from a neighbour's flash disk is not trusted: names that lead outside, links, programs, too many or too large
files are refused before anything is written, and the pack is checked as every pack is, down to its templates. Only
then it takes its place in one step.
"""

from __future__ import annotations

import shutil
import stat
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.base.archives import BadArchive, TooLarge, member_pieces, open_archive, read_member, reading_archive
from studio.base.atomic_files import new_file, rename_path
from studio.base.data_uri import picture_kind
from studio.base.errors import UserError
from studio.base.media_types import is_used_as, media_name, suffixes_for
from studio.posts.catalog import COMMON, load_pack, search_path
from studio.posts.embedded import check_embedded
from studio.posts.environment import CompiledTemplates
from studio.posts.families import FAMILIES, read_family
from studio.posts.packs import file_name_ok

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studio.posts.families import DesignFamily
    from studio.posts.packs import Outlet

MOST_FILES = 200
MOST_BYTES = 20_000_000
MOST_OF_ONE = 4_000_000
_TEXTS = frozenset({"text/x-jinja", "image/svg+xml"})
_MANIFESTS = ("outlet.toml", "family.toml")
"""By which of them a pack and a design family are known."""
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class _ZipMember:
    """A file in the ZIP and its name in the pack."""

    info: zipfile.ZipInfo
    name: str


def export_pack(pack: Path, target: Path) -> Path:
    """Write a pack as ZIP, with its folder; the same pack gives the same bytes.

    Args:
        pack: the folder with ``outlet.toml`` or ``family.toml``.
        target: the file to write; replaced when it is there.

    Returns:
        ``target``.

    Raises:
        UserError: ``posts.zip_cannot_write``.
    """
    try:
        with new_file(target) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(pack.rglob("*")):
                if path.is_file() and not path.is_symlink() and _is_allowed(path.name) and path.name[0] != ".":
                    name = f"{pack.name}/{path.relative_to(pack).as_posix()}"
                    # A fixed time (the first a ZIP can hold) and fixed rights: the same pack gives the same bytes on
                    # every computer.
                    info = zipfile.ZipInfo(name, _FIRST_DAY)
                    info.compress_type = zipfile.ZIP_DEFLATED
                    info.external_attr = 0o644 << 16
                    archive.writestr(info, path.read_bytes())
    except OSError as error:
        raise UserError("posts.zip_cannot_write", place=str(target), reason=error.strerror or str(error)) from error
    return target


def import_pack(
    source: Path,
    own: Path,
    builtin: Path,
    *,
    replace: bool = False,
    prove: Callable[[Path], None] = lambda folder: None,
) -> Outlet | DesignFamily:
    """Take a pack or a design family in.

    Args:
        source: the ZIP: its files, or one folder that holds them.
        own: ``templates/`` of the workspace; made when missing.
        builtin: ``templates/`` of the studio, for ``_common``.
        replace: whether one of the same name in ``own`` may be replaced.
        prove: called with the folder of a family before it takes its place; raises what is wrong with its templates.

    Returns:
        The outlet or family, in its place.

    Raises:
        UserError: ``posts.zip_*`` for the ZIP, ``posts.pack_*`` and ``posts.template*`` for what is in it, with file
            and line; ``posts.zip_there`` (fact ``pack``) when one is there and ``replace`` is not set. Nothing changed.
    """
    own.mkdir(parents=True, exist_ok=True)
    # Inside ``own``, so that the finished pack takes its place by a rename within one disk.
    with tempfile.TemporaryDirectory(prefix=".import-", dir=own) as scratch:
        folder = _unpack_zip(source, Path(scratch))
        is_family = (folder / "family.toml").is_file()
        if is_family:
            family = _checked_family(folder, prove)
        else:
            checked_pack(folder, builtin)
        place = (own / FAMILIES if is_family else own) / folder.name
        if place.exists() and not replace:
            raise UserError("posts.zip_there", pack=folder.name)
        _put_pack(folder, place, Path(scratch) / "before")
    if is_family:
        return family
    return load_pack(search_path(place, builtin / COMMON), builtin=False)


def _checked_family(folder: Path, prove: Callable[[Path], None]) -> DesignFamily:
    family = read_family(folder)
    for path in sorted(folder.rglob("*")):
        _check_pictures(path, family.id, path.relative_to(folder).as_posix())
    prove(folder)
    return family


def checked_pack(folder: Path, builtin: Path) -> Outlet:
    """Read a pack and compile every template in it.

    Args:
        folder: the pack; its name is the id.
        builtin: ``templates/`` of the studio.

    Raises:
        UserError: the first mistake, with file and line.
    """
    common = builtin / COMMON
    shelf = search_path(folder, common)
    outlet = load_pack(shelf, builtin=False)
    templates = CompiledTemplates()
    for path in sorted(folder.rglob("*.j2")):
        templates.check(shelf, path.relative_to(folder).as_posix())
    for path in sorted(folder.rglob("*")):
        _check_pictures(path, outlet.id, path.relative_to(folder).as_posix())
    return outlet


def _check_pictures(path: Path, pack: str, name: str) -> None:
    """A picture is what its name says, and one inside a file is what its address says."""
    named = media_name(path).removeprefix("image/")
    pixels = is_used_as(path, "photo") and path.is_file()
    if pixels and picture_kind(path.read_bytes()[:16]) != named:
        raise UserError("posts.picture_lies", pack=pack, file=name, line=1, address=name)
    if media_name(path) in _TEXTS and path.is_file():
        check_embedded(path.read_text(encoding="utf-8", errors="replace"), pack, name)


def _put_pack(folder: Path, place: Path, before: Path) -> None:
    """Move the new pack to its place; the old one comes back when that fails."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.exists():
            rename_path(place, before)
        try:
            rename_path(folder, place)
        except OSError:
            if before.exists():
                rename_path(before, place)
            raise
    except OSError as error:
        raise UserError("posts.zip_cannot_write", place=str(place), reason=error.strerror or str(error)) from error


def remove_pack(pack: Path) -> None:
    """Delete a pack of the group; a built-in one of its name is used again.

    Raises:
        UserError: ``posts.zip_cannot_write``.
    """
    try:
        shutil.rmtree(pack)
    except OSError as error:
        raise UserError("posts.zip_cannot_write", place=str(pack), reason=error.strerror or str(error)) from error


# ------------------------------------------------------------------------------------------------ unpacking


def _unpack_zip(source: Path, scratch: Path) -> Path:
    """The files of the ZIP in a folder with the pack's name."""
    try:
        with open_archive(source) as archive:
            members = tuple(_zip_members(source.name, archive.infolist()))
            name = _pack_name(source.name, archive, members)
            folder = scratch / name
            for member in members:
                _extract_member(source.name, archive, member, folder)
    except BadArchive as error:
        raise UserError("posts.zip_not", file=source.name) from error
    except OSError as error:
        raise UserError("posts.zip_cannot_write", place=str(scratch), reason=error.strerror or str(error)) from error
    return folder


def _zip_members(file: str, infos: list[zipfile.ZipInfo]) -> Iterator[_ZipMember]:
    """The files worth having, each looked at; names below the one folder that holds outlet.toml."""
    found = [info for info in infos if not info.is_dir() and not _is_of_the_system(info.filename)]
    if len(found) > MOST_FILES:
        raise UserError("posts.zip_many", file=file, count=len(found), most=MOST_FILES)
    # An early no for honest files; the sizes stated here may be lies, so unpacking counts again (member_pieces).
    if sum(info.file_size for info in found) > MOST_BYTES:
        raise UserError("posts.zip_big", file=file, name=file, megabytes=MOST_BYTES // 1_000_000)
    seen: set[str] = set()
    for info in found:
        _check_member(file, info)
        # On Windows and FAT32 the second would replace the first.
        if info.filename.casefold() in seen:
            raise UserError("posts.zip_double", file=file, name=info.filename)
        seen.add(info.filename.casefold())
    root = _pack_root(file, [info.filename for info in found])
    for info in found:
        if info.filename.startswith(root):
            yield _ZipMember(info, info.filename.removeprefix(root))


def _is_of_the_system(name: str) -> bool:
    """Whether a computer put this file there by itself: macOS into ``__MACOSX`` and dot files, Windows these two."""
    last = name.rpartition("/")[2]
    return name.startswith("__MACOSX/") or last.startswith(".") or last.casefold() in {"thumbs.db", "desktop.ini"}


def _check_member(file: str, info: zipfile.ZipInfo) -> None:
    name = info.filename
    parts = name.split("/")
    if any(part in {"", ".", ".."} or not file_name_ok(part) for part in parts) or len(name) > 200 or len(parts) > 6:
        raise UserError("posts.zip_path", file=file, name=name)
    mode = info.external_attr >> 16
    # A symbolic link in a ZIP would be followed when the pack is read, to any file of this computer.
    if mode and stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        raise UserError("posts.zip_link", file=file, name=name)
    if not _is_allowed(name):
        raise UserError("posts.zip_kind", file=file, name=name, kinds=", ".join(suffixes_for("pack")))
    if info.file_size > MOST_OF_ONE:
        raise UserError("posts.zip_big", file=file, name=name, megabytes=MOST_OF_ONE // 1_000_000)
    # Bit 0 says that a member is encrypted (APPNOTE.TXT 4.4.4).
    if info.flag_bits & 1:
        raise UserError("posts.zip_locked", file=file, name=name)


def _is_allowed(name: str) -> bool:
    return is_used_as(name, "pack")


def _pack_root(file: str, names: list[str]) -> str:
    if any(manifest in names for manifest in _MANIFESTS):
        return ""
    tops = {
        name.rpartition("/")[0] + "/"
        for name in names
        if name.count("/") == 1 and name.endswith(tuple(f"/{manifest}" for manifest in _MANIFESTS))
    }
    if len(tops) != 1:
        raise UserError("posts.zip_no_outlet", file=file)
    return tops.pop()


def _pack_name(file: str, archive: zipfile.ZipFile, members: tuple[_ZipMember, ...]) -> str:
    """The id it says, else the name of its folder: reading the pack then tells what is wrong with it."""
    import re

    member = next(member for member in members if member.name in _MANIFESTS)
    text = read_member(archive, member.info, MOST_OF_ONE).decode("utf-8", "replace")
    found = re.search(r"""(?m)^\s*id\s*=\s*["']([a-z0-9][a-z0-9_-]{0,39})["']""", text)
    folder = member.info.filename.rpartition("/")[0]
    return found[1] if found else folder or "paket"


def _extract_member(file: str, archive: zipfile.ZipFile, member: _ZipMember, folder: Path) -> None:
    """Write one file; what it says about its size is not believed."""
    path = folder.joinpath(*member.name.split("/"))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with reading_archive(), archive.open(member.info) as packed, path.open("wb") as out:
            for piece in member_pieces(packed, MOST_OF_ONE):
                out.write(piece)
    except TooLarge as error:
        raise UserError("posts.zip_big", file=file, name=member.name, megabytes=MOST_OF_ONE // 1_000_000) from error

"""Data packs as files: a ZIP with ``paket.toml``, the data below ``isi/``, the list of hashes and its signature.

Whatever comes on a stick may be made to harm. A pack is read in one go: its list of hashes and signature first, then
every file in pieces, each against what the list says; nothing that the list does not name is read or written, and
nothing of what the archive says about sizes is believed. docs/format.md, "Data packs", tells the format.
"""

from __future__ import annotations

import re
import stat
import tomllib
import unicodedata
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated

import msgspec

from studio.base.archives import (
    BadArchive,
    TooLarge,
    TooMany,
    member_pieces,
    open_archive,
    read_member,
    reading_archive,
)
from studio.base.atomic_files import disk_error, new_file, sync_handle
from studio.base.data_shelf import CONTENT, KEYS, PACK_ID, PACK_VERSION, DataKind
from studio.base.errors import UserError
from studio.base.media_types import suffixes_for
from studio.base.portable_names import is_portable_name
from studio.store.pack_signatures import PackSignature, is_signed, key_text, sign_list, with_plain_name
from studio.story.text import cleaned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from studio.base.locale_forms import Language
    from studio.base.progress import Progress
    from studio.store.pack_signatures import SecretKey

SUFFIX = ".kimdata"
MANIFEST, HASHES, SIGNATURE = "paket.toml", "sha256.txt", "tanda.toml"
_HEAD = frozenset({MANIFEST, HASHES, SIGNATURE})
FORMAT = 1
MOST_FILES = 600
MOST_BYTES = {"music": 300_000_000}
"""Bytes that a pack unpacks to, by kind; ``_MOST_BYTES`` for the others."""
_MOST_BYTES, _MOST_OF_ONE, _MOST_OF_HEAD = 40_000_000, 60_000_000, 256 * 1024
_LINE = re.compile(r"([0-9a-f]{64})  ([^\r\n]+)")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_SYSTEMS = ("", "windows", "linux", "macos")


class PackManifest(msgspec.Struct, frozen=True):
    """What ``paket.toml`` says.

    Attributes:
        id, kind, version: which pack; versions are compared number by number.
        day: ``date`` in the file: when its data was checked.
        name, source: in Indonesian; ``name_en`` and ``source_en`` in English, "" for the same.
        needs: the oldest KIM Studio that can use it; "" for any.
        file, system: of a pack of the kind ``installer``: the file beside it, and what it is for.
        format: of the pack; a higher one is for a newer studio.
    """

    # Not $, which lets a line break pass: as names of folders these must be what ``PACK_ID.fullmatch`` takes again.
    id: Annotated[str, msgspec.Meta(pattern=rf"^{PACK_ID.pattern}\Z")]
    kind: DataKind
    version: Annotated[str, msgspec.Meta(pattern=rf"^{PACK_VERSION.pattern}\Z")]
    day: date = msgspec.field(name="date")
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
    source: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
    name_en: Annotated[str, msgspec.Meta(max_length=120)] = ""
    source_en: Annotated[str, msgspec.Meta(max_length=1000)] = ""
    needs: Annotated[str, msgspec.Meta(pattern=rf"^(?:{PACK_VERSION.pattern})?\Z")] = ""
    file: str = ""
    system: str = ""
    format: int = FORMAT

    def name_in(self, language: Language) -> str:
        """``name`` in a language."""
        return self.name_en if language == "en" and self.name_en else self.name

    def source_in(self, language: Language) -> str:
        """``source`` in a language."""
        return self.source_en if language == "en" and self.source_en else self.source


@dataclass(frozen=True, slots=True)
class DataPack:
    """A pack that was read: its files are what its list says, and its list is signed by ``signature`` (None: unsigned).

    ``hashes`` has the SHA-256 of each file by its name; ``size`` is of the data in bytes.
    """

    manifest: PackManifest
    hashes: Mapping[str, str]
    signature: PackSignature | None
    size: int


def version_order(version: str) -> tuple[int, ...]:
    """What versions are compared by; ``1.2`` and ``1.2.0`` are the same."""
    numbers = [int(part) for part in re.findall(r"\d+", version)]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def read_manifest(data: bytes, file: str) -> PackManifest:
    """The manifest in a TOML file.

    Raises:
        UserError: ``data.manifest`` says what is wrong in it, ``data.newer_format`` that it is for a newer studio.
    """
    try:
        found = tomllib.loads(data.decode("utf-8-sig"))
        newer = isinstance(found.get("format"), int) and found["format"] > FORMAT
        # Not isinstance: a TOML date with a time is a datetime, which is a subclass of date.
        if not newer and type(found.get("date")) is not date:
            raise ValueError("date")
        manifest = None if newer else msgspec.convert(found, PackManifest)
    except (ValueError, RecursionError) as error:
        raise UserError("data.manifest", file=file, detail=str(error)) from error
    if manifest is None:
        raise UserError("data.newer_format", file=file)
    installer = manifest.kind == "installer"
    # A folder gets this name: Windows has devices called con and nul, and trusted keys lie in "keys".
    if manifest.id == KEYS or not is_portable_name(manifest.id):
        raise UserError("data.manifest", file=file, detail=f"id: {manifest.id}")
    told = (manifest.name, manifest.name_en, manifest.source, manifest.source_en)
    if any(cleaned(text) != unicodedata.normalize("NFC", text) for text in told):
        raise UserError("data.manifest", file=file, detail="name, source")
    if manifest.system not in _SYSTEMS or installer != bool(manifest.file and manifest.system):
        raise UserError("data.manifest", file=file, detail="file, system")
    if installer and not _is_plain(manifest.file):
        raise UserError("data.path", file=file, name=manifest.file)
    return manifest


def read_head(path: Path) -> DataPack:
    """What a pack says of itself, and who signed its list; its data is not looked at (``size`` is 0).

    For showing what lies on a stick: nothing is taken in by this alone.

    Raises:
        UserError: ``data.*``: no pack, or a signature that is not of its list.
    """
    with _opened(path, path) as archive:
        return _read_head(path.name, archive, _members(path.name, archive))[0]


def read_pack(path: Path, progress: Progress, target: Path | None = None) -> DataPack:
    """Read a pack and compare every file with its list; whether its key is trusted is up to the caller.

    Args:
        path: the pack.
        progress: told of the bytes.
        target: an empty folder to unpack into; None writes nothing.

    Raises:
        UserError: ``data.*``: no pack, damaged, or made to harm; what was unpacked is to be thrown away.
        WorkCancelled: the same.
    """
    with _opened(path, target or path) as archive:
        members = _members(path.name, archive)
        pack, head = _read_head(path.name, archive, members)
        size = _read_content(path.name, archive, members, pack, progress, target)
        if target is not None:
            for name, data in head.items():
                (target / name).write_bytes(data)
    return replace(pack, size=size)


@contextmanager
def _opened(path: Path, place: Path) -> Iterator[zipfile.ZipFile]:
    """The archive; whatever is wrong with it, or with the disk at ``place``, becomes an error for the user."""
    try:
        try:
            archive = open_archive(path, MOST_FILES + 3)
        except OSError as error:  # nothing was written yet: it is the pack that cannot be had, not the disk
            raise UserError("data.unreadable", file=str(path), detail=error.strerror or str(error)) from error
        with archive:
            yield archive
    except (TooMany, TooLarge) as error:
        raise UserError("data.too_big", file=path.name, name=path.name) from error
    except BadArchive as error:
        raise UserError("data.not_pack", file=path.name) from error
    except OSError as error:
        raise disk_error(error, place) from error


def _read_head(
    file: str, archive: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo]
) -> tuple[DataPack, dict[str, bytes]]:
    """Manifest, list and signature, and their bytes."""
    head = {name: read_member(archive, members[name], _MOST_OF_HEAD) for name in _HEAD & members.keys()}
    if MANIFEST not in head or HASHES not in head:
        raise UserError("data.not_pack", file=file)
    # The signature first: of what is not what somebody vouched for, nothing more is looked at.
    signature = _read_signature(file, head)
    manifest = read_manifest(head[MANIFEST], file)
    hashes = _read_hashes(file, head[HASHES], manifest, set(members))
    _compare(file, MANIFEST, sha256(head[MANIFEST]).hexdigest(), hashes)
    return DataPack(manifest, hashes, signature, 0), head


@contextmanager
def _telling(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise disk_error(error, place) from error


def _members(file: str, archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files by name, each name looked at."""
    found: dict[str, zipfile.ZipInfo] = {}
    seen: set[str] = set()
    for info in archive.infolist():
        name = info.filename
        if info.is_dir():
            continue
        mode = info.external_attr >> 16
        if mode and stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
            raise UserError("data.link", file=file, name=name)
        parts = name.split("/")
        content = len(parts) > 1 and parts[0] == CONTENT
        if not (content or name in _HEAD) or len(parts) > 5 or not all(map(_is_plain, parts)):
            raise UserError("data.path", file=file, name=name)
        # On Windows and FAT32 the second would replace the first; macOS writes accents in two ways.
        key = unicodedata.normalize("NFC", name).casefold()
        if key in seen:
            raise UserError("data.twice", file=file, name=name)
        seen.add(key)
        found[name] = info
    return found


def _is_plain(name: str) -> bool:
    return is_portable_name(name) and not name.startswith(".") and len(name) <= 100


def _read_signature(file: str, head: Mapping[str, bytes]) -> PackSignature | None:
    if SIGNATURE not in head:
        return None
    try:
        signature = msgspec.convert(tomllib.loads(head[SIGNATURE].decode("utf-8-sig")), PackSignature)
    except (ValueError, RecursionError) as error:
        raise UserError("data.bad_signature", file=file) from error
    if not is_signed(head[HASHES], signature):
        raise UserError("data.bad_signature", file=file)
    return with_plain_name(signature)


def _read_hashes(file: str, data: bytes, manifest: PackManifest, there: set[str]) -> dict[str, str]:
    """The list: what it names is there, and what is there it names."""
    hashes: dict[str, str] = {}
    for line in data.decode("utf-8", "replace").splitlines():
        hit = _LINE.fullmatch(line)
        if hit is None or hit[2] in hashes:
            raise UserError("data.list_lies", file=file, name=line[:100])
        hashes[hit[2]] = hit[1]
    wanted = (there - {HASHES, SIGNATURE}) | ({manifest.file} if manifest.file else set())
    if odd := sorted(wanted ^ set(hashes)):
        raise UserError("data.list_lies", file=file, name=odd[0])
    return hashes


def _compare(file: str, name: str, found: str, hashes: Mapping[str, str]) -> None:
    if hashes[name] != found:
        raise UserError("data.list_lies", file=file, name=name)


def _read_content(
    file: str,
    archive: zipfile.ZipFile,
    members: Mapping[str, zipfile.ZipInfo],
    pack: DataPack,
    progress: Progress,
    target: Path | None,
) -> int:
    """Hash the data, and write it where it is wanted; returns its bytes."""
    manifest, hashes = pack.manifest, pack.hashes
    most, done = MOST_BYTES.get(manifest.kind, _MOST_BYTES), 0
    content = sorted(name for name in members if name not in _HEAD)
    if bool(content) == (manifest.kind == "installer"):
        raise UserError("data.list_lies", file=file, name=CONTENT)
    allowed = (*suffixes_for("data"), *(suffixes_for("sound") if manifest.kind == "music" else ()))
    for number, name in enumerate(content):
        if not name.lower().endswith(allowed):
            raise UserError("data.file_kind", file=file, name=name, kinds=" ".join(allowed))
        progress.report(number, len(content), name)
        limit = min(most - done, _MOST_OF_ONE)
        try:
            whole, size = _take_file(archive, members[name], limit, target / name if target is not None else None)
        except TooLarge as error:
            raise UserError("data.too_big", file=file, name=name) from error
        _compare(file, name, whole, hashes)
        done += size
    progress.report(1, 1, file)
    return done


def _take_file(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int, path: Path | None) -> tuple[str, int]:
    """SHA-256 and bytes of a file, which is written to ``path``."""
    whole, size = sha256(), 0
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    with reading_archive(), archive.open(info) as packed:
        out = path.open("xb", buffering=0) if path is not None else None
        try:
            for piece in member_pieces(packed, limit):
                whole.update(piece)
                size += len(piece)
                if out is not None:
                    out.write(piece)
            if out is not None:
                sync_handle(out.fileno())
        finally:
            if out is not None:
                out.close()
    return whole.hexdigest(), size


# ------------------------------------------------------------------------------------------------ making


def write_pack(folder: Path, target: Path, progress: Progress) -> DataPack:
    """Write a folder with ``paket.toml`` and ``isi/`` as an unsigned pack; the same files give the same bytes.

    Args:
        folder: for an installer: where the file lies that ``paket.toml`` names.
        target: the file to write; replaced when it is there.
        progress: told of the bytes.

    Raises:
        UserError: ``data.*``: it would be no pack that anybody takes; the disk refuses.
    """
    with _telling(folder):
        head = _head_of(folder)
        manifest = read_manifest(head, MANIFEST)
        paths = [path for path in sorted((folder / CONTENT).rglob("*")) if path.is_file() and path.name[0] != "."]
        files = {path.relative_to(folder).as_posix(): path for path in paths}
        listed = {**files, **({manifest.file: folder / manifest.file} if manifest.file else {})}
        hashes = {MANIFEST: sha256(head).hexdigest()}
        hashes |= {name: hash_file(path, progress) for name, path in listed.items()}
        lines = "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes)).encode()
    _write_zip(target, {MANIFEST: head, HASHES: lines}, files)
    return read_pack(target, progress)


def _head_of(folder: Path) -> bytes:
    path = folder / MANIFEST
    if not path.is_file():
        raise UserError("data.no_manifest", file=MANIFEST, place=str(folder))
    return path.read_bytes()


def sign_pack(path: Path, secret: SecretKey, progress: Progress) -> DataPack:
    """Sign a pack in its place, after everything in it was compared with its list.

    Raises:
        UserError: as ``read_pack``; the disk refuses.
    """
    read_pack(path, progress)
    with open_archive(path, MOST_FILES + 3) as archive, _telling(path):
        members = _members(path.name, archive)
        kept = {name: read_member(archive, info, _MOST_OF_ONE) for name, info in members.items() if name != SIGNATURE}
    _write_zip(path, {**kept, SIGNATURE: key_text(sign_list(kept[HASHES], secret))}, {})
    return read_pack(path, progress)


def _write_zip(target: Path, texts: Mapping[str, bytes], files: Mapping[str, Path]) -> None:
    with _telling(target), new_file(target) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (*texts, *files):
            # A fixed time (the first a ZIP can hold) and fixed rights: the same pack gives the same bytes everywhere.
            info = zipfile.ZipInfo(name, _FIRST_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(info, texts[name] if name in texts else files[name].read_bytes())


def hash_file(path: Path, progress: Progress) -> str:
    """SHA-256 of a file as 64 hex digits.

    Raises:
        OSError: it cannot be read.
        WorkCancelled: the user asked to stop.
    """
    whole, done, size = sha256(), 0, path.stat().st_size
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            whole.update(piece)
            done += len(piece)
            progress.report(done, size, path.name)
    return whole.hexdigest()

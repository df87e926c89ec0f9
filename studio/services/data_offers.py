"""What a stick offers: newer data packs and installers. They are shown, never taken by themselves. No Qt."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from studio import __version__
from studio.base.atomic_files import disk_error, new_file
from studio.base.errors import UserError
from studio.store.data_archive import SUFFIX, hash_file, read_head, read_pack, version_order
from studio.store.pack_signatures import PublicKey

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.base.progress import Progress
    from studio.store.data_archive import DataPack, PackManifest
    from studio.store.pack_shelf import PackShelf

FOLDERS = ("", "KIM Studio", "KIM-Studio", "kim-studio")
"""Where on a stick packs are looked for."""
_MOST = 40
_COPY_BYTES = 1 << 20
OfferState = Literal["new", "untrusted"]
"""May be taken in, or signed with a key that nobody has compared yet."""


@dataclass(frozen=True, slots=True)
class DataOffer:
    """A pack on a stick that is newer than what is in use; ``key`` says whose it claims to be."""

    path: Path
    manifest: PackManifest
    key: PublicKey
    state: OfferState


def this_system() -> str:
    """As ``paket.toml`` of an installer calls it."""
    return {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")


def removable_drives() -> tuple[Path, ...]:
    """The roots of sticks and cards that are plugged in."""
    if sys.platform == "win32":
        return tuple(_windows_drives())
    if sys.platform == "darwin":
        return tuple(path for path in Path("/Volumes").glob("*") if not path.is_symlink())
    return mounted_sticks(Path("/proc/self/mounts"))


def mounted_sticks(table: Path) -> tuple[Path, ...]:
    """The folders below which Linux desktops put sticks, of a table of mounts (``proc(5)``)."""
    try:
        lines = table.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ()
    places = [_unescape(line.split(" ")[1]) for line in lines if line.count(" ") > 2]
    return tuple(Path(place) for place in places if place.startswith(("/media/", "/run/media/", "/mnt/")))


def _unescape(place: str) -> str:
    """Blanks and tabs of a path, which the table writes as octal numbers."""
    for code, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        place = place.replace(code, sign)
    return place


def _windows_drives() -> Iterable[Path]:
    import ctypes
    import string

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - mypy knows windll on Windows only
    drives = kernel.GetLogicalDrives()
    for number, letter in enumerate(string.ascii_uppercase):
        # 2 is DRIVE_REMOVABLE (GetDriveTypeW). A and B are floppies, which rattle when they are asked.
        if number > 1 and drives >> number & 1 and kernel.GetDriveTypeW(f"{letter}:\\") == 2:
            yield Path(f"{letter}:\\")


def find_offers(packs: PackShelf, drives: Iterable[Path]) -> tuple[DataOffer, ...]:
    """What is on drives, is signed, and newer than what is in use; of a pack its newest version only.

    Only heads are read: a pack is looked over whole when it is taken. What is broken, unsigned, older or already in
    use is passed over: whoever wants to know why opens the file by hand.
    """
    found: dict[tuple[str, str], DataOffer] = {}
    paths = (path for drive in drives for folder in FOLDERS for path in _packs_in(drive / folder))
    for path, _ in zip(paths, range(_MOST), strict=False):
        try:
            offer = offer_of(packs, path)
        except UserError:
            continue
        key = (offer.manifest.id, offer.key.key)
        if key not in found or _order(found[key]) < _order(offer):
            found[key] = offer
    return tuple(sorted(found.values(), key=lambda each: (each.manifest.kind != "installer", each.manifest.id)))


def _order(offer: DataOffer) -> tuple[int, ...]:
    return version_order(offer.manifest.version)


def _packs_in(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.glob(f"[!.]*{SUFFIX}") if path.is_file())
    except OSError:
        return []


def offer_of(packs: PackShelf, path: Path) -> DataOffer:
    """What a pack offers.

    Raises:
        UserError: ``data.*``: nothing: it is broken, unsigned, older, or for another system.
    """
    pack = read_head(path)
    if pack.signature is None:
        raise UserError("data.unsigned", file=path.name)
    key = packs.trusted(pack.signature.key)
    if pack.manifest.kind == "installer":
        _ask_installer(path, pack.manifest)
    elif key is not None:
        packs.ask_welcome(pack, path.name)
    known = key or PublicKey(pack.signature.key, pack.signature.name)
    return DataOffer(path, pack.manifest, known, "new" if key is not None else "untrusted")


def _ask_installer(path: Path, manifest: PackManifest) -> None:
    if manifest.system != this_system():
        raise UserError("data.other_system", file=path.name, system=manifest.system)
    if version_order(manifest.version) <= version_order(__version__):
        raise UserError("data.older", file=path.name, version=manifest.version, used=__version__)
    if not (path.parent / manifest.file).is_file():
        raise UserError("data.no_installer", file=path.name, name=manifest.file)


def prove_installer(path: Path, pack: DataPack, progress: Progress) -> None:
    """Compare an installer beside its pack with what was signed; nothing for other packs.

    Raises:
        UserError: ``data.no_installer``, ``data.list_lies``.
    """
    name = pack.manifest.file
    try:
        if name and hash_file(path.parent / name, progress) != pack.hashes[name]:
            raise UserError("data.list_lies", file=path.name, name=name)
    except OSError as error:
        raise UserError("data.no_installer", file=path.name, name=name) from error


def fetch_installer(packs: PackShelf, path: Path, folder: Path, progress: Progress) -> Path:
    """Copy an installer from the stick, and compare the copy with what somebody trusted signed. It is not started.

    Args:
        packs: with the trusted keys.
        path: the pack that vouches for it.
        folder: where to; a file of its name there is replaced.
        progress: told of the bytes.

    Raises:
        UserError: ``data.unknown_key``, ``data.list_lies``, ...: nothing was copied; the disk refuses.
        WorkCancelled: the same.
    """
    offer = offer_of(packs, path)
    if offer.state == "untrusted":
        raise UserError("data.unknown_key", file=path.name, name=offer.key.name, fingerprint=offer.key.fingerprint)
    pack = read_pack(path, progress)
    name, target = pack.manifest.file, folder / pack.manifest.file
    if not name:
        raise UserError("data.no_installer", file=path.name, name=name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with new_file(target) as part:
            # The copy is hashed and not the stick's file: another one may lie there a moment later.
            if _copy_hashed(path.parent / name, part, progress) != pack.hashes[name]:
                raise UserError("data.list_lies", file=path.name, name=name)
            part.chmod(0o755)  # sticks keep no such rights, and without them an AppImage cannot be run
    except OSError as error:
        raise disk_error(error, target) from error
    return target


def _copy_hashed(source: Path, target: Path, progress: Progress) -> str:
    whole, done, size = sha256(), 0, source.stat().st_size
    with source.open("rb") as packed, target.open("wb") as out:
        while piece := packed.read(_COPY_BYTES):
            whole.update(piece)
            out.write(piece)
            done += len(piece)
            progress.report(done, size, source.name)
    return whole.hexdigest()

"""What is done with data packs on this computer: keys that are trusted, packs that are taken in, used, rolled back.

``packs.json`` tells which version of which pack is in use, and is replaced as a whole: a power cut leaves the data as
it was. A version lies in a folder of its own, so that going back is a change of that one file.
"""

from __future__ import annotations

import json
import logging
import shutil
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from studio import __version__
from studio.base.atomic_files import disk_error, rename_path, write_atomic
from studio.base.data_shelf import CONTENT, DATA_KINDS, KEYS, STATE_FILE, TakenPack, TakenVersion
from studio.base.errors import UserError
from studio.base.held_folder import held_folder
from studio.store.data_archive import MANIFEST, read_manifest, read_pack, version_order
from studio.store.pack_signatures import KEY_SUFFIX, PublicKey, key_text, read_public_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.base.data_shelf import DataKind, DataShelf
    from studio.base.progress import Progress
    from studio.store.data_archive import DataPack, PackManifest

KEPT_VERSIONS = 3
"""Versions of a pack that stay on the disk, the one in use among them."""
_LOG = logging.getLogger(__name__)


class PackShelf:
    """Changes what a ``DataShelf`` finds.

    Args:
        shelf: of this computer.
    """

    def __init__(self, shelf: DataShelf) -> None:
        self.shelf = shelf

    # ------------------------------------------------------------------------------------------- keys

    def trusted_keys(self) -> tuple[PublicKey, ...]:
        """The keys that are trusted, by name; a file that is none is passed over."""
        found: list[PublicKey] = []
        for path in sorted((self.shelf.root / KEYS).glob(f"[!.]*{KEY_SUFFIX}")):
            try:
                found.append(read_public_key(path))
            except UserError as error:
                _LOG.warning("%s", error)
        return tuple(sorted(found, key=lambda key: (key.name.casefold(), key.key)))

    def trusted(self, key: str) -> PublicKey | None:
        """A trusted key; None for one that nobody has compared."""
        return next((each for each in self.trusted_keys() if each.key == key), None)

    def trust_key(self, key: PublicKey, day: str) -> PublicKey:
        """Trust a key whose fingerprint somebody has compared.

        Args:
            key: with the name it is to be known by here.
            day: ISO date.

        Raises:
            UserError: the disk refuses.
        """
        known = PublicKey(key.key, key.name, day)
        folder = self.shelf.root / KEYS
        self._make(folder)
        write_atomic(folder / f"{known.fingerprint}{KEY_SUFFIX}", key_text(known))
        return known

    def distrust_key(self, key: str) -> tuple[TakenPack, ...]:
        """Trust a key no longer; its packs are no longer used. Returns these.

        Raises:
            UserError: the disk refuses.
        """
        packs, left = self.shelf.packs(), []
        changed = []
        for pack in packs:
            used = next((each for each in pack.versions if each.version == pack.used), None)
            if used is not None and used.key == key:
                changed.append(pack)
                left.append(replace(pack, used=self.version_before(pack, without=key)))
            else:
                left.append(pack)
        if changed:
            self._write(tuple(left))
        for path in (self.shelf.root / KEYS).glob(f"*{KEY_SUFFIX}"):
            with suppress(UserError):
                if read_public_key(path).key == key:
                    path.unlink()
        return tuple(changed)

    # ------------------------------------------------------------------------------------------- packs

    def find(self, pack: str) -> TakenPack:
        """A pack that was taken in.

        Raises:
            UserError: ``data.no_such_pack``.
        """
        for each in self.shelf.packs():
            if each.id == pack:
                return each
        raise UserError("data.no_such_pack", pack=pack, known=", ".join(each.id for each in self.shelf.packs()) or "-")

    def manifest(self, pack: str, version: str) -> PackManifest:
        """What a version that was taken in says of itself.

        Raises:
            UserError: ``data.manifest``: its file is gone or damaged.
        """
        path = self.shelf.folder(pack, version) / MANIFEST
        try:
            return read_manifest(path.read_bytes(), f"{pack}/{version}")
        except OSError as error:
            detail = error.strerror or str(error)
            raise UserError("data.manifest", file=f"{pack}/{version}", detail=detail) from error

    def take_pack(
        self, source: Path, day: str, prove: Callable[[DataKind, Path], None], progress: Progress
    ) -> TakenPack:
        """Take a pack in and use it.

        Args:
            source: the pack.
            day: ISO date of today.
            prove: called with its kind and the folder of its data before it takes its place; raises what is wrong.
            progress: told of the bytes.

        Raises:
            UserError: ``data.*``: it may not be taken in; nothing changed.
            WorkCancelled: the same.
        """
        root = self.shelf.root
        self._make(root)
        try:
            with held_folder(root, ".masuk-") as held:
                folder = held / "paket"
                folder.mkdir()
                pack = read_pack(source, progress, folder)
                key = self.ask_welcome(pack, source.name)
                prove(pack.manifest.kind, folder / CONTENT)
                place = self.shelf.folder(pack.manifest.id, pack.manifest.version)
                if place.exists():
                    rename_path(place, held / "sebelumnya")
                place.parent.mkdir(parents=True, exist_ok=True)
                rename_path(folder, place)
        except OSError as error:
            raise disk_error(error, root) from error
        return self._use_new(pack, TakenVersion(pack.manifest.version, day, key.key))

    def ask_welcome(self, pack: DataPack, file: str) -> PublicKey:
        """Whether a pack that was read may be taken in; returns the trusted key it is signed with.

        Raises:
            UserError: ``data.unsigned``, ``data.unknown_key``, ``data.installer``, ``data.needs``,
                ``data.older``, ``data.other_kind``, ``data.other_key``.
        """
        if pack.signature is None:
            raise UserError("data.unsigned", file=file)
        key = self.trusted(pack.signature.key)
        if key is None:
            told = PublicKey(pack.signature.key, pack.signature.name)
            raise UserError("data.unknown_key", file=file, name=told.name, fingerprint=told.fingerprint)
        if pack.manifest.kind == "installer":
            raise UserError("data.installer", file=file)
        if version_order(pack.manifest.needs) > version_order(__version__):
            raise UserError("data.needs", file=file, needs=pack.manifest.needs, version=__version__)
        known = next((each for each in self.shelf.packs() if each.id == pack.manifest.id), None)
        if known is not None and known.kind != pack.manifest.kind:
            raise UserError("data.other_kind", file=file, pack=known.id)
        # Whoever is trusted with music must not put limits in the place of the Dinas's by taking the name of its pack.
        owners = [] if known is None else [own for each in known.versions if (own := self.trusted(each.key))]
        if known is not None and owners and key.key not in {own.key for own in owners}:
            raise UserError("data.other_key", file=file, pack=known.id, owner=owners[-1].name, name=key.name)
        used = known.used if known is not None else ""
        # Whoever has an old pack, signed by the same office, must not bring old limits back with it.
        if used and version_order(pack.manifest.version) <= version_order(used):
            raise UserError("data.older", file=file, version=pack.manifest.version, used=used)
        return key

    def _use_new(self, pack: DataPack, taken: TakenVersion) -> TakenPack:
        manifest = pack.manifest
        known = next((each for each in self.shelf.packs() if each.id == manifest.id), None)
        before = [each for each in known.versions if each.version != taken.version] if known is not None else []
        versions = sorted((*before, taken), key=lambda each: version_order(each.version))
        needed = {taken.version, known.used if known is not None else ""}
        spare = [each for each in versions if each.version not in needed]
        gone = spare[: max(0, len(versions) - KEPT_VERSIONS)]
        kept = tuple(each for each in versions if each not in gone)
        new = TakenPack(manifest.id, manifest.kind, taken.version, kept)
        self._write((*(each for each in self.shelf.packs() if each.id != new.id), new))
        for each in gone:
            shutil.rmtree(self.shelf.folder(new.id, each.version), ignore_errors=True)
        return new

    def roll_back(self, pack: str) -> TakenPack:
        """Use the version before the one in use; when there is none, what came with the studio.

        Raises:
            UserError: ``data.no_such_pack``, ``data.not_used``; the disk refuses.
        """
        known = self.find(pack)
        if not known.used:
            raise UserError("data.not_used", pack=pack)
        return self.use(pack, self.version_before(known))

    def use(self, pack: str, version: str) -> TakenPack:
        """Use a version that is on this computer; "" for what came with the studio.

        Raises:
            UserError: ``data.no_such_pack``, ``data.no_such_version``, ``data.unknown_key``; the disk refuses.
        """
        known = self.find(pack)
        there = next((each for each in known.versions if each.version == version), None)
        if version and (there is None or not self.shelf.folder(pack, version).is_dir()):
            raise UserError("data.no_such_version", pack=pack, version=version)
        if there is not None and self.trusted(there.key) is None:
            told = PublicKey(there.key)
            raise UserError("data.unknown_key", file=pack, name=told.name, fingerprint=told.fingerprint)
        changed = replace(known, used=version)
        self._write(tuple(changed if each.id == pack else each for each in self.shelf.packs()))
        return changed

    def version_before(self, pack: TakenPack, without: str = "") -> str:
        """The version that going back from the one in use leads to; "" for what came with the studio.

        Args:
            pack: one that was taken in.
            without: a public key that is about to lose its trust.
        """
        used = version_order(pack.used)
        for each in reversed(pack.versions):
            trusted = each.key != without and self.trusted(each.key) is not None
            if trusted and version_order(each.version) < used and self.shelf.folder(pack.id, each.version).is_dir():
                return each.version
        return ""

    def _make(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_error(error, folder) from error

    def _write(self, packs: tuple[TakenPack, ...]) -> None:
        told = [
            {
                "id": pack.id,
                "kind": pack.kind,
                "used": pack.used,
                "versions": [{"version": each.version, "taken": each.taken, "key": each.key} for each in pack.versions],
            }
            for pack in packs
        ]
        path = self.shelf.root / STATE_FILE
        data = json.dumps({"format": 1, "packs": [*_unknown_entries(path), *told]}, indent=1).encode()
        write_atomic(path, data + b"\n")


def _unknown_entries(path: Path) -> list[object]:
    """Entries of kinds that only a newer studio knows, which stay as they are; a file that is damaged is set aside."""
    try:
        return [
            each for each in json.loads(path.read_text(encoding="utf-8"))["packs"] if each["kind"] not in DATA_KINDS
        ]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        _LOG.warning("%s: %s", path, error)
        with suppress(OSError):
            rename_path(path, path.with_suffix(".rusak"))
        return []

"""Data packs as a user meets them: what is on this computer and how old it is, taking a pack in, making one. No Qt."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from studio.base.data_shelf import CONTENT, DATA_KINDS
from studio.base.errors import UserError
from studio.base.paths import assets_dir, templates_dir
from studio.services.data_proofs import prove_data
from studio.store.data_archive import SUFFIX, read_head, read_pack, sign_pack, write_pack
from studio.store.pack_signatures import (
    KEY_SUFFIX,
    SECRET_SUFFIX,
    PublicKey,
    key_text,
    make_keys,
    read_public_key,
    read_secret_key,
    same_fingerprint,
)
from studio.story.text import cleaned

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from studio.base.data_shelf import DataKind, TakenPack
    from studio.base.locale_forms import Language
    from studio.base.progress import Progress
    from studio.store.data_archive import DataPack, PackManifest
    from studio.store.pack_shelf import PackShelf

OLD_MONTHS = 12
"""From when on data is shown as old: platforms change their limits about once a year."""


@dataclass(frozen=True, slots=True)
class BuiltInData:
    """Data that came with the studio: when it was checked, and what it is from."""

    day: date
    source: str
    source_en: str

    def source_in(self, language: Language) -> str:
        """``source`` in a language."""
        return self.source_en if language == "en" else self.source


@dataclass(frozen=True, slots=True)
class KnownPack:
    """A pack that was taken in.

    Attributes:
        pack: which, with its versions.
        manifest: of the version in use, or of the newest one while none is; None where its file is damaged.
        signer: the name of the key; "" for one that is no longer trusted.
        before: the version that rolling back leads to; "" for what came with the studio.
    """

    pack: TakenPack
    manifest: PackManifest | None
    signer: str
    before: str


@dataclass(frozen=True, slots=True)
class KnownData:
    """What is known of a kind: what came with the studio, and packs; ``day`` is that of the oldest pack in use."""

    kind: DataKind
    builtin: BuiltInData
    packs: tuple[KnownPack, ...]
    day: date

    def months(self, today: date) -> int:
        """Whole months since it was checked."""
        return months_between(self.day, today)


def months_between(then: date, today: date) -> int:
    """Whole months from a day to another; 0 for one to come."""
    months = (today.year - then.year) * 12 + today.month - then.month - (today.day < then.day)
    return max(0, months)


@cache
def _builtin_table() -> Mapping[str, Mapping[str, object]]:
    return tomllib.loads((assets_dir() / "data" / "bawaan.toml").read_text(encoding="utf-8"))


def builtin_data(kind: DataKind) -> BuiltInData:
    """What came with the studio of a kind; of the limits the day on which the oldest of them was checked."""
    if kind == "limits":
        return _builtin_limits()
    row = _builtin_table()[kind]
    return BuiltInData(cast("date", row["date"]), str(row["source"]), str(row["source_en"]))


@cache
def _builtin_limits() -> BuiltInData:
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in templates_dir().glob("*/outlet.toml")]
    day = min(table["checked"] for table in tables)
    return BuiltInData(day, "Tiap kanal menyebut sumbernya (outlet.toml)", "Each outlet names its source (outlet.toml)")


def known_data(packs: PackShelf) -> tuple[KnownData, ...]:
    """Every kind of data, in the order in which they are shown."""
    taken = [_known_pack(packs, each) for each in packs.shelf.packs()]
    rows = []
    for kind in DATA_KINDS:
        mine = tuple(each for each in taken if each.pack.kind == kind)
        builtin = builtin_data(kind)
        used = [each.manifest.day for each in mine if each.pack.used and each.manifest is not None]
        # Of limits the later one counts, outlet by outlet; elsewhere a pack goes before what came with the studio,
        # however old it is, and who looks at the age wants to know the oldest that is at work.
        day = max([builtin.day, *used]) if kind == "limits" else min(used, default=builtin.day)
        rows.append(KnownData(kind, builtin, mine, day))
    return tuple(rows)


def _known_pack(packs: PackShelf, pack: TakenPack) -> KnownPack:
    shown = next((each for each in pack.versions if each.version == pack.used), pack.versions[-1])
    try:
        manifest = packs.manifest(pack.id, shown.version)
    except UserError:
        manifest = None
    key = packs.trusted(shown.key)
    return KnownPack(pack, manifest, key.name if key is not None else "", packs.version_before(pack))


def take_data(packs: PackShelf, source: Path, today: date, progress: Progress) -> KnownPack:
    """Take a pack in; see ``PackShelf.take_pack``. Needs a KIM Studio that is new enough.

    Raises:
        UserError: ``data.*``.
    """
    return _known_pack(packs, packs.take_pack(source, today.isoformat(), prove_data, progress))


def check_data(source: Path, scratch: Path, progress: Progress) -> DataPack:
    """Look a pack over as taking it in would, whoever signed it.

    Args:
        source: the pack.
        scratch: an empty folder for its files.
        progress: told of the bytes.

    Raises:
        UserError: ``data.*``: what is wrong with it.
    """
    pack = read_pack(source, progress, scratch)
    if pack.manifest.kind != "installer":
        prove_data(pack.manifest.kind, scratch / CONTENT)
    return pack


def make_data(folder: Path, target: Path | None, progress: Progress) -> Path:
    """Make an unsigned pack of a folder with ``paket.toml`` and ``isi/``.

    Args:
        folder: proved as taking the pack in would.
        target: the file; None names it after the pack, beside the folder (an installer's: beside its file).
        progress: told of the bytes.

    Raises:
        UserError: ``data.*``.
    """
    from studio.store.data_archive import MANIFEST, read_manifest

    if not (folder / MANIFEST).is_file():
        raise UserError("data.no_manifest", file=MANIFEST, place=str(folder))
    manifest = read_manifest((folder / MANIFEST).read_bytes(), MANIFEST)
    if manifest.kind != "installer":
        prove_data(manifest.kind, folder / CONTENT)
    beside = folder if manifest.kind == "installer" else folder.resolve().parent
    path = target or beside / f"{manifest.id}-{manifest.version}{SUFFIX}"
    write_pack(folder, path, progress)
    return path


def sign_data(source: Path, secret: Path, progress: Progress) -> DataPack:
    """Sign a pack with the key in a file.

    Raises:
        UserError: ``data.*``.
    """
    return sign_pack(source, read_secret_key(secret), progress)


def key_in(path: Path) -> PublicKey:
    """The public key in a file of a key, or that a pack was signed with.

    Raises:
        UserError: ``data.key_file``, ``data.unsigned``, or what is wrong with the pack.
    """
    if path.suffix != SUFFIX:
        return read_public_key(path)
    signature = read_head(path).signature
    if signature is None:
        raise UserError("data.unsigned", file=path.name)
    return PublicKey(signature.key, signature.name)


def trust_key(packs: PackShelf, key: PublicKey, typed: str, name: str, today: date) -> PublicKey:
    """Trust a key whose fingerprint was typed from a letter or heard on the telephone.

    Args:
        packs: of this computer.
        key: as it came.
        typed: the fingerprint, as the office told it.
        name: whose it is; "" takes what it says itself.
        today: the day.

    Raises:
        UserError: ``data.fingerprint``: it is another one; ``data.key_name``: nobody has a name; the disk refuses.
    """
    if not same_fingerprint(typed, key.key):
        raise UserError("data.fingerprint", fingerprint=key.fingerprint)
    known = " ".join(cleaned(name or key.name).split())[:80]
    if not known:
        raise UserError("data.key_name", fingerprint=key.fingerprint)
    return packs.trust_key(PublicKey(key.key, known), today.isoformat())


def distrust_key(packs: PackShelf, fingerprint: str) -> tuple[PublicKey, tuple[TakenPack, ...]]:
    """Trust a key no longer, by its fingerprint or the beginning of it; returns it and the packs it took along.

    Raises:
        UserError: ``data.no_such_key``; the disk refuses.
    """
    wanted = "".join(sign for sign in fingerprint if sign.isalnum()).upper()
    found = [
        key for key in packs.trusted_keys() if len(wanted) >= 4 and key.fingerprint.replace("-", "").startswith(wanted)
    ]
    if len(found) != 1:
        raise UserError("data.no_such_key", fingerprint=fingerprint)
    return found[0], packs.distrust_key(found[0].key)


def write_keys(folder: Path, name: str) -> tuple[Path, Path, str]:
    """Make a pair of keys: the public one to give away, the secret one to keep.

    Args:
        folder: made when missing; keys that lie there are never replaced.
        name: whose they are.

    Returns:
        The file of the public key, that of the secret one, and the fingerprint.

    Raises:
        UserError: ``data.key_there``; the disk refuses.
    """
    from studio.base.atomic_files import disk_error, write_atomic

    stem = "-".join("".join(sign if sign.isalnum() else " " for sign in name).lower().split()) or "kunci"
    public, secret = folder / f"{stem}{KEY_SUFFIX}", folder / f"{stem}{SECRET_SUFFIX}"
    for path in (public, secret):
        if path.exists():
            raise UserError("data.key_there", file=path.name, place=str(folder))
    made = make_keys(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Nobody else on this computer may read it, not even for the moment in which it is written.
        secret.touch(mode=0o600)
        secret.write_bytes(key_text(made.secret))
    except OSError as error:
        raise disk_error(error, secret) from error
    write_atomic(public, key_text(made.public))
    return public, secret, made.public.fingerprint

"""Data packs for tests: signed, and made as no honest maker would make them."""

from __future__ import annotations

import stat
import zipfile
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from studio.base.data_shelf import program_shelf
from studio.base.progress import SilentProgress
from studio.services.data_packs import take_data
from studio.store.pack_shelf import PackShelf
from studio.store.pack_signatures import key_text, make_keys, sign_list

if TYPE_CHECKING:
    from pathlib import Path

    from studio.services.data_packs import KnownPack
    from studio.store.pack_signatures import KeyPair

TODAY = date(2027, 2, 1)
DINAS = make_keys("Dinas Kominfo Pacitan")


def trusting_shelf() -> PackShelf:
    """The packs of this test's home, where the key of ``DINAS`` is trusted."""
    packs = PackShelf(program_shelf())
    packs.trust_key(DINAS.public, TODAY.isoformat())
    return packs


def manifest(kind: str, version: str = "2027.1", *, day: str = "2027-01-10", **more: str) -> bytes:
    """A ``paket.toml``."""
    told = {"id": f"uji-{kind}", "kind": kind, "version": version, "name": f"Uji {kind}", "source": "Uji"} | more
    return "".join(f'{key} = "{value}"\n' for key, value in told.items()).encode() + f"date = {day}\n".encode()


def write_raw(
    path: Path, entries: dict[str, bytes], *, links: tuple[str, ...] = (), raw: bool = False, signer: KeyPair = DINAS
) -> Path:
    """A ZIP with these files and, unless ``raw``, the list of all of them and its signature."""
    if not raw:
        lines = "".join(f"{sha256(data).hexdigest()}  {name}\n" for name, data in sorted(entries.items())).encode()
        entries = {**entries, "sha256.txt": lines, "tanda.toml": key_text(sign_list(lines, signer.secret))}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            info = zipfile.ZipInfo("x")
            info.filename = name  # as it stands: ZipInfo would change what it is given
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = ((stat.S_IFLNK if name in links else stat.S_IFREG) | 0o644) << 16
            archive.writestr(info, data)
    return path


def signed_pack(
    folder: Path, kind: str, files: dict[str, bytes], version: str = "2027.1", *, signer: KeyPair = DINAS, **more: str
) -> Path:
    """An honest pack."""
    entries = {"paket.toml": manifest(kind, version, **more)} | {f"isi/{name}": data for name, data in files.items()}
    return write_raw(folder / f"{kind}-{version}.kimdata", entries, signer=signer)


def take(packs: PackShelf, path: Path) -> KnownPack:
    """Take a pack in."""
    return take_data(packs, path, TODAY, SilentProgress())


LIMITS = b"""[[outlet]]
id = "instagram"
checked = 2027-01-10
source = "Uji"
[[outlet.output]]
file = "takarir.txt"
limit = 1500
"""

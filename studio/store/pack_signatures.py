"""Signatures of data packs: Ed25519 (RFC 8032) over the list of a pack's hashes, by libsodium.

A public key has a fingerprint, by which people compare it over the telephone or with a letter: the first 16 bytes of
its SHA-256 in eight groups of four hexadecimal digits.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, TypeVar

import msgspec

from studio.base.errors import UserError
from studio.story.text import cleaned

if TYPE_CHECKING:
    from pathlib import Path

KEY_SUFFIX = ".kunci"
"""Ending of a file with a public key, which may be given to anybody."""
SECRET_SUFFIX = ".rahasia"
"""Ending of a file with a secret key, which never leaves the office that signs."""
_PURPOSE = b"KIM Studio data pack, format 1\n"
"""In front of what is signed, so that a signature of something else never passes for one of a pack."""
_GROUPS = 8
_LARGEST = 16 * 1024
_Hex32 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]


class PublicKey(msgspec.Struct, frozen=True):
    """A public key: 64 hex digits, whose it says it is, and the ISO day it was trusted ("" for one that is not)."""

    key: _Hex32
    name: str = ""
    added: str = ""

    @property
    def fingerprint(self) -> str:
        """See ``fingerprint_of``."""
        return fingerprint_of(self.key)


class SecretKey(msgspec.Struct, frozen=True):
    """A secret key: the 32 bytes it grows from, as hex digits, and whose it is."""

    secret: _Hex32
    name: str = ""


class PackSignature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A signature as it lies in a pack, with the key that it says it was made with."""

    key: _Hex32
    signature: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{128}\Z")]
    name: str = ""


_Key = TypeVar("_Key", PublicKey, SecretKey)
_Named = TypeVar("_Named", PublicKey, SecretKey, PackSignature)


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A new pair."""

    public: PublicKey
    secret: SecretKey


def fingerprint_of(key: str) -> str:
    """The fingerprint of a public key, such as ``3F2A-91C0-...``."""
    digits = sha256(bytes.fromhex(key)).hexdigest()[: _GROUPS * 4].upper()
    return "-".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def same_fingerprint(typed: str, key: str) -> bool:
    """Whether somebody typed the fingerprint of a key, with whatever signs between the digits."""
    return "".join(sign for sign in typed if sign.isalnum()).upper() == fingerprint_of(key).replace("-", "")


def make_keys(name: str) -> KeyPair:
    """A new pair of keys for whoever ``name`` is."""
    from nacl.signing import SigningKey

    made = SigningKey.generate()
    return KeyPair(PublicKey(made.verify_key.encode().hex(), name), SecretKey(made.encode().hex(), name))


def sign_list(data: bytes, secret: SecretKey) -> PackSignature:
    """Sign the list of a pack's hashes."""
    from nacl.signing import SigningKey

    key = SigningKey(bytes.fromhex(secret.secret))
    signature = key.sign(_PURPOSE + data).signature
    return PackSignature(key.verify_key.encode().hex(), signature.hex(), secret.name)


def is_signed(data: bytes, signature: PackSignature) -> bool:
    """Whether the signature is of this list and by its key."""
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    try:
        VerifyKey(bytes.fromhex(signature.key)).verify(_PURPOSE + data, bytes.fromhex(signature.signature))
    except (CryptoError, ValueError):
        return False
    return True


def with_plain_name(named: _Named) -> _Named:
    """The same, its name in one line of at most 80 signs that all can be seen: it is shown before it is trusted."""
    return msgspec.structs.replace(named, name=" ".join(cleaned(named.name).split())[:80])


def read_public_key(path: Path) -> PublicKey:
    """The key in a file.

    Raises:
        UserError: ``data.key_file``: there is none in it, or it is a secret one.
    """
    return _read_key(path, PublicKey)


def read_secret_key(path: Path) -> SecretKey:
    """The key in a file.

    Raises:
        UserError: ``data.key_file``: there is none in it.
    """
    return _read_key(path, SecretKey)


def _read_key(path: Path, kind: type[_Key]) -> _Key:
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError(f"> {_LARGEST // 1024} KB")
        return with_plain_name(msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8-sig")), kind))
    except (OSError, ValueError, RecursionError) as error:
        raise UserError("data.key_file", file=path.name, detail=str(error)) from error


def key_text(key: PublicKey | SecretKey | PackSignature) -> bytes:
    """The content of a file for a key or a signature: TOML that ``read_*`` and ``tomllib`` read."""
    import json

    # Strings of JSON are strings of TOML too.
    lines = (
        f"{field} = {json.dumps(value, ensure_ascii=False)}\n" for field, value in msgspec.to_builtins(key).items()
    )
    return "".join(lines).encode("utf-8")

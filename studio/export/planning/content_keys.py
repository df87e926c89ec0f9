"""Keys: the hash of everything that goes into a file, so that only what changed is made again."""

from __future__ import annotations

import hashlib

import msgspec

ENGINE = 4
"""Raised whenever the engines make different bytes from the same inputs; every file is then made again."""


def key_of(kind: str, inputs: object) -> str:
    """The key of a file.

    Args:
        kind: the output kind; two kinds never share a key.
        inputs: anything msgspec can turn into JSON (structs, dataclasses, tuples, dicts, numbers, strings, bytes).

    Returns:
        32 hexadecimal digits, the same on every machine and in every run for equal inputs.
    """
    # Deterministic: the order of a dict depends on the run for what came from sets, and a key must not.
    plain = msgspec.json.encode((ENGINE, kind, inputs), order="deterministic", enc_hook=str)
    return hashlib.sha256(plain).hexdigest()[:32]

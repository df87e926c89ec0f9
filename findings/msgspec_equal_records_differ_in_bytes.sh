#!/usr/bin/env bash
# Two equal frozen records of msgspec 0.23.0 with omit_defaults=True, one built by the program, one read back from its own full file.
# Guess:   a record's JSON depends on its values alone: equal records give equal bytes, so the hash of the bytes can be a cache key, and a file
#          is rewritten only when something changed.
# Happens: a field is left out when its value *is* the default object (or an empty list, dict, set, tuple or frozenset), not when it equals it.
#          What a decoder made anew - decimals, words, tuples, whole numbers above 256 - is written out, so the record read back is equal, hashes
#          alike, and has other, longer bytes; only -5 to 256, booleans, null and empty words are shared objects and stay out. Even a word put together
#          at run time changes the bytes. Keys must be taken with all fields written, or from msgspec.structs.astuple.
# Source:  msgspec/_core.c, is_default(); pull request 94 of msgspec names it a "best-effort" test that avoids the cost of ==.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q msgspec==0.23.0
"$dir/venv/bin/python" - <<'PY'
import sys

import msgspec


class Photo(msgspec.Struct, frozen=True, omit_defaults=True):
    zoom: float = 0.5
    place: str = "Desa Sukamaju"
    focus: tuple[float, float] = (0.5, 0.4)
    width: int = 1080
    turns: int = 0
    tags: tuple[str, ...] = ()


full = b'{"zoom":0.5,"place":"Desa Sukamaju","focus":[0.5,0.4],"width":1080,"turns":0,"tags":[]}'
built, read, joined = Photo(), msgspec.json.decode(full, type=Photo), Photo(place=" ".join(["Desa", "Sukamaju"]))
lines = (
    f"equal {built == read == joined}, same hash {hash(built) == hash(read) == hash(joined)}",
    f"built  {msgspec.json.encode(built).decode()}",
    f"read   {msgspec.json.encode(read).decode()}",
    f"joined {msgspec.json.encode(joined).decode()}",
    f"by its values the same: {msgspec.structs.astuple(built) == msgspec.structs.astuple(read)}",
)
print(*lines, sep="\n")
expected = (
    "equal True, same hash True",
    "built  {}",
    'read   {"zoom":0.5,"place":"Desa Sukamaju","focus":[0.5,0.4],"width":1080}',
    'joined {"place":"Desa Sukamaju"}',
    "by its values the same: True",
)
sys.exit(0 if lines == expected else "the behaviour changed")
PY

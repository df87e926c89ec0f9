"""Make libicudata of PySide6 small: of 32 MB the studio asks for what Indonesian and English need.

Qt has its own data of languages; of ICU it takes collation, case, names of time zones. Left out are other languages,
converters of old encodings (Python reads those), dictionaries of Thai and Chinese word breaks, names of characters.
The format is ICU's common data package (ICU User Guide, "ICU Data"; source/common/ucmndata.h).
"""

from __future__ import annotations

import re
import struct
import subprocess
import tempfile
from pathlib import Path

LANGUAGES = frozenset({"root", "en", "en_US", "id", "id_ID", "pool", "res_index"})
_LOCALE = re.compile(r"[a-z]{2,3}(_[A-Za-z0-9]+)*\.res")
_LEFT_OUT_ENDINGS = (".cnv", ".dict", ".brk", ".spp", ".nrm")
_LEFT_OUT = frozenset({"unames.icu", "cnvalias.icu"})
_LEFT_OUT_FOLDERS = ("translit/", "rbnf/", "brkitr/")
_NEEDED_NORMALISERS = frozenset({"nfkc.nrm", "nfkc_cf.nrm"})


def is_needed(name: str) -> bool:
    """Whether an item of the package stays.

    Args:
        name: below the package's own name, such as ``"coll/id.res"``.
    """
    base = name.rpartition("/")[2]
    if base in _NEEDED_NORMALISERS:
        return True
    if base in _LEFT_OUT or base.endswith(_LEFT_OUT_ENDINGS) or name.startswith(_LEFT_OUT_FOLDERS):
        return False
    return base.removesuffix(".res") in LANGUAGES or not _LOCALE.fullmatch(base)


def smaller_package(data: bytes) -> bytes:
    """A common data package with the needed items only.

    Args:
        data: begins with the package; what follows its end does not matter.

    Raises:
        ValueError: these bytes are no such package.
    """
    size, first, second = struct.unpack_from("<HBB", data)
    if (first, second) != (0xDA, 0x27) or data[12:16] != b"CmnD":
        raise ValueError("not a common data package of ICU")
    (count,) = struct.unpack_from("<I", data, size)
    places = [struct.unpack_from("<II", data, size + 4 + 8 * at) for at in range(count)]
    ends = [place for _, place in places[1:]] + [len(data) - size]
    kept: list[tuple[bytes, bytes]] = []
    for (name_at, at), end in zip(places, ends, strict=True):
        name = data[size + name_at : data.index(b"\0", size + name_at)]
        if is_needed(name.decode("ascii").partition("/")[2]):
            kept.append((name, data[size + at : size + end]))
    return data[:size] + _table(kept)


def _table(items: list[tuple[bytes, bytes]]) -> bytes:
    names = b""
    at = 4 + 8 * len(items)
    name_places = []
    for name, _ in items:
        name_places.append(at + len(names))
        names += name + b"\0"
    body_at = -(-(at + len(names)) // 16) * 16
    head, body = struct.pack("<I", len(items)), b""
    pieces: list[bytes] = []
    length = 0
    for place, (_, item) in zip(name_places, items, strict=True):
        head += struct.pack("<II", place, body_at + length)
        piece = item + b"\0" * (-len(item) % 16)
        pieces.append(piece)
        length += len(piece)
    body = b"".join(pieces)
    return (head + names).ljust(body_at, b"\0") + body


def shrink_icu(folder: Path) -> int:
    """Put a small libicudata in place of the whole one; the bytes saved.

    Args:
        folder: where libicudata.so.NN lies.

    Raises:
        subprocess.CalledProcessError: readelf or gcc failed.
        ValueError: the library holds no such package.
    """
    library = next(folder.glob("libicudata.so.*"))
    before = library.stat().st_size
    said = subprocess.run(["readelf", "-sW", library], capture_output=True, text=True, check=True).stdout
    found = re.search(r"([0-9a-f]{16})\s+\w+\s+\w+\s+GLOBAL\s+DEFAULT\s+\d+ (icudt(\d+)_dat)", said)
    if found is None:
        raise ValueError(f"{library} has no data symbol")
    address, symbol = int(found[1], 16), found[2]
    data = smaller_package(library.read_bytes()[_offset_of(library, address) :])
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        (work / "data.dat").write_bytes(data)
        (work / "data.s").write_text(
            f".section .rodata\n.global {symbol}\n.type {symbol}, @object\n.balign 16\n{symbol}:\n"
            f'.incbin "{work}/data.dat"\n.size {symbol}, .-{symbol}\n.section .note.GNU-stack,"",@progbits\n',
            encoding="ascii",
        )
        command = ["gcc", "-shared", "-nostdlib", f"-Wl,-soname,{library.name}", "-o", f"{work}/made", f"{work}/data.s"]
        subprocess.run(command, check=True)
        library.write_bytes((work / "made").read_bytes())
    return before - library.stat().st_size


def _offset_of(library: Path, address: int) -> int:
    """Where in the file lies what the loader puts at ``address``."""
    said = subprocess.run(["readelf", "-lW", library], capture_output=True, text=True, check=True).stdout
    for offset, start, size in re.findall(r"LOAD\s+0x(\w+) 0x(\w+) 0x\w+ 0x(\w+)", said):
        if int(start, 16) <= address < int(start, 16) + int(size, 16):
            return int(offset, 16) + address - int(start, 16)
    raise ValueError(f"{library}: nothing is loaded at {address:#x}")

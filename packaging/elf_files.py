"""What build_linux.py does to programs and shared libraries: strip, say where they look, see that all is found."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_MAGIC = b"\x7fELF"
_ROW = re.compile(r"\((NEEDED|RUNPATH|RPATH|SONAME)\).*\[(.*)\]")


def elf_files(folder: Path) -> Iterator[Path]:
    """Programs and libraries below a folder, links left out."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == _MAGIC:
                    yield path


def strip_debug(paths: Iterable[Path]) -> int:
    """Take debugging information and unneeded symbols away; the bytes saved."""
    saved = 0
    for path in paths:
        before = path.stat().st_size
        subprocess.run(["strip", "--strip-unneeded", path], check=True, stderr=subprocess.DEVNULL)
        saved += before - path.stat().st_size
    return saved


def look_in(path: Path, folder: Path) -> None:
    """Let a program or library look for others in ``folder``, told from where it lies itself."""
    away = os.path.relpath(folder, path.parent)
    place = "$ORIGIN" if away == "." else f"$ORIGIN/{away}"
    subprocess.run(["patchelf", "--set-rpath", place, path], check=True)


def _dynamic(path: Path) -> dict[str, list[str]]:
    said = subprocess.run(["readelf", "-d", path], capture_output=True, text=True, check=True).stdout
    rows: dict[str, list[str]] = {}
    for kind, value in _ROW.findall(said):
        rows.setdefault(kind, []).append(value)
    return rows


def missing_libraries(folder: Path, allowed: Iterable[str]) -> list[str]:
    """What files below ``folder`` link to that is neither in it, where they look, nor ``allowed``: "file: library".

    Args:
        folder: the tree.
        allowed: libraries that come from the system.
    """
    system = set(allowed)
    found: list[str] = []
    for path in elf_files(folder):
        rows = _dynamic(path)
        told = [place for row in rows.get("RUNPATH", []) + rows.get("RPATH", []) for place in row.split(":")]
        # Beside itself too: whoever loads a library of a wheel has loaded its neighbours by name.
        places = [path.parent, *(path.parent / place.replace("$ORIGIN", ".").lstrip("/") for place in told)]
        wanted = (name for name in rows.get("NEEDED", []) if name not in system)
        lost = (name for name in wanted if not any((place / name).exists() for place in places))
        found += [f"{path.relative_to(folder)}: {name}" for name in lost]
    return found

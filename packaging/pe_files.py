"""What is looked at in a tree for Windows: that every library finds those it asks for, names and lengths of paths."""

from __future__ import annotations

import sys
import unicodedata
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from windows_parts import APP_FOLDER, LONGEST_PREFIX, MAX_PATH, PYTHON_FOLDER, RUNTIME_DLLS, SHARED_FOLDERS, SYSTEM_DLLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def pe_files(folder: Path) -> Iterator[Path]:
    """Programs and libraries below a folder."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in {".dll", ".pyd", ".exe"} and path.is_file():
            yield path


def imports_of(path: Path) -> tuple[str, ...]:
    """The libraries a program or library is linked to, in lower case; those it loads late are no part of it."""
    import pefile

    with pefile.PE(str(path), fast_load=True) as binary:
        binary.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_IMPORT"]])
        return tuple(entry.dll.decode("ascii").lower() for entry in getattr(binary, "DIRECTORY_ENTRY_IMPORT", ()))


def missing_dlls(root: Path) -> list[str]:
    """A line for each library that something asks for and that is neither beside it, shared, nor of Windows."""
    app, python = root / APP_FOLDER, root / PYTHON_FOLDER
    shared: set[str] = set()
    for folder in (path for path in app.iterdir() if any(fnmatchcase(path.name, each) for each in SHARED_FOLDERS)):
        shared |= {path.name.lower() for path in folder.glob("*.dll")}
    # Python's own folder is searched for every module it loads.
    runtime = {path.name.lower() for path in python.glob("*.dll")} if python.is_dir() else set(RUNTIME_DLLS)
    lines: list[str] = []
    for path in pe_files(root):
        beside = {each.name.lower() for each in path.parent.glob("*.dll")} | {
            each.name.lower() for each in app.glob("*.dll")
        }
        for name in imports_of(path):
            known = name in SYSTEM_DLLS or name.startswith(("api-ms-win-", "ext-ms-"))
            if not (known or name in beside or name in shared or name in runtime):
                lines.append(f"{path.relative_to(root).as_posix()} asks for {name}")
    return lines


def bad_names(names: Iterable[str]) -> list[str]:
    """A line for each path that Windows would not take, or that is too long where it is installed."""
    from studio.base.portable_names import is_portable_name

    lines: list[str] = []
    seen: dict[str, str] = {}
    for name in names:
        if not all(map(is_portable_name, name.split("/"))):
            lines.append(f"{name}: no name for Windows")
        if len(LONGEST_PREFIX) + len(name) > MAX_PATH:
            lines.append(f"{name}: {len(LONGEST_PREFIX) + len(name)} letters")
        key = unicodedata.normalize("NFC", name).casefold()
        if key in seen:
            lines.append(f"{name}: the same as {seen[key]}")
        seen[key] = name
    return lines


def check_tree(root: Path) -> list[str]:
    """Everything wrong with a tree, a line each."""
    names = [path.relative_to(root).as_posix() for path in sorted(root.rglob("*")) if path.is_file()]
    return [*bad_names(names), *missing_dlls(root)]

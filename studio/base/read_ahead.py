"""Reads the shared libraries of a package once, so that importing it finds them in memory.

The system's loader reads libraries while Python holds its lock: importing PyAV in a worker from a cold disk made the
window stand still for 37 to 60 ms, and for 10 ms when its 105 MB had been read before (bench/README.md, "Video desk").
Reading a file does not hold the lock, and costs nothing more, as the loader would have to read the same.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.base.progress import Progress

_CHUNK = 1 << 20
_ENDINGS = (".so", ".pyd", ".dll", ".dylib")


def library_files(package: str, patterns: Sequence[str] = ("**/*",)) -> tuple[Path, ...]:
    """The shared libraries of an installed package and those its wheel carries beside it (``<package>.libs``).

    Args:
        package: its import name; nothing is imported.
        patterns: globs below its folder, where not everything in it is wanted.

    Returns:
        The files, each once and in a fixed order; none when the package is not installed.
    """
    spec = find_spec(package)
    roots = [Path(place) for place in spec.submodule_search_locations or ()] if spec is not None else []
    found = {path.resolve() for root in roots for path in _package_libraries(root, patterns)}
    found |= {path.resolve() for root in roots for path in _package_libraries(root.parent / f"{package}.libs", ("*",))}
    return tuple(sorted(found))


def _package_libraries(folder: Path, patterns: Sequence[str]) -> Iterator[Path]:
    for pattern in patterns:
        for path in folder.glob(pattern):
            if any(ending in path.name for ending in _ENDINGS) and path.is_file():
                yield path


def read_ahead(module: str, progress: Progress, package: str = "", patterns: Sequence[str] = ("**/*",)) -> int:
    """Read what importing a module will load into the system's memory; how many bytes.

    Nothing is looked for or read when the module was imported already. A file that cannot be read is passed by:
    importing it says what is wrong.

    Args:
        module: what is imported next.
        progress: called before each file.
        package: whose libraries are read (see ``library_files``); "" is the module itself.
        patterns: globs below its folder.

    Raises:
        WorkCancelled: between two files.
    """
    if module in sys.modules:
        return 0
    files = library_files(package or module, patterns)
    total = 0
    for number, path in enumerate(files):
        progress.report(number, len(files), module)
        try:
            with path.open("rb", buffering=0) as file:
                while chunk := len(file.read(_CHUNK)):
                    total += chunk
        except OSError:
            continue
    return total

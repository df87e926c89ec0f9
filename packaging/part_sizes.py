"""How many bytes each part of a built tree takes, as a table for docs/packaging.md.

packaging/part_sizes.py TREE
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Qt's FFmpeg (playing)", ("PySide6/Qt/lib/libav", "PySide6/Qt/lib/libsw", "PySide6/av", "PySide6/sw")),
    ("ICU, as Qt links to it", ("PySide6/Qt/lib/libicu",)),
    ("Qt: libraries and plugins", ("PySide6/Qt/", "PySide6/Qt6", "PySide6/plugins/")),
    ("Qt: Python bindings", ("PySide6/", "shiboken6/")),
    ("FFmpeg: libraries, x264, x265, dav1d", ("av.libs/", "bin/ffmpeg", "imageio_ffmpeg/")),
    ("PyAV", ("av/",)),
    ("OpenBLAS and Fortran", ("numpy.libs/",)),
    ("NumPy", ("numpy/",)),
    ("Pillow, HEIF", ("PIL/", "pillow.libs/", "pi_heif", "_pi_heif")),
    ("Keys and signatures", ("cryptography/", "nacl/", "_cffi_backend", "keyring/", "secretstorage/", "jeepney/")),
    ("Fonts as packages, icons", ("fontpkg", "lucide/")),
    ("the studio: data", ("studio/_bundled/",)),
    ("the studio: code", ("studio/",)),
    ("licences, NOTICES", ("licences/", "NOTICES.md")),
)
"""Name of a part and how paths of it begin, below the folder of packages or of the tree; the first that fits counts."""


def part_of(name: str) -> str:
    """The part a file belongs to.

    Args:
        name: below the tree, with ``/``.
    """
    packages = "lib/python3/dist-packages/"
    if name.startswith(("lib/python3.11/", "bin/python")) or (name.startswith("lib/") and name.count("/") == 1):
        return "Python, its standard library, OpenSSL, SQLite"
    short = name.removeprefix(packages)
    return next((part for part, starts in PARTS if short.startswith(starts)), "other Python packages")


def main() -> None:
    """Print the table of a tree."""
    tree = Path(sys.argv[1])
    sizes: Counter[str] = Counter()
    for path in tree.rglob("*"):
        if path.is_file() and not path.is_symlink():
            sizes[part_of(path.relative_to(tree).as_posix())] += path.stat().st_size
    print("| part | MB |\n| --- | ---: |")
    for part, size in sizes.most_common():
        print(f"| {part} | {size / 1e6:.1f} |")
    print(f"| together | {sum(sizes.values()) / 1e6:.1f} |")


if __name__ == "__main__":
    main()

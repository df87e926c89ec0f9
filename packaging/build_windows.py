"""Build the installer of KIM Studio for Windows, on any system: a tree of wheels with a Python, packed by NSIS.

    packaging/build_windows.py --python FOLDER [--out dist] [--work build/windows]

FOLDER is a Python 3.11 for Windows: the embeddable package of python.org unpacked, or an installed one. Without it
everything else is built and checked, and the result is named as a trial: it cannot run. Needs makensis (apt: nsis),
7z (p7zip-full), and uv and pefile from PyPI. Python compiles the modules: build with version 3.11.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from pe_files import check_tree
from target_wheels import PYTHON_VERSION, ROOT, compile_modules, copy_packages, fetch_packages, tree_bytes
from wheel_licences import write_wheel_notices
from windows_parts import APP_FOLDER, PYTHON_FOLDER, PYTHON_LEFT_OUT

if TYPE_CHECKING:
    from PIL.Image import Image

PLATFORM = "x86_64-pc-windows-msvc"
ICON_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
_COMMAND = f'@"%~dp0{PYTHON_FOLDER}\\python.exe" -X utf8 -m studio %*\r\n'
MOST_INSTALLED, MOST_DOWNLOAD = 420_000_000, 170_000_000
"""Bytes that the issue allows."""


def studio_version() -> str:
    """The version as ``studio/__init__.py`` has it."""
    found = re.search(r'__version__ = "([^"]+)"', (ROOT / "studio" / "__init__.py").read_text(encoding="utf-8"))
    assert found is not None
    return found[1]


def copy_python(python: Path, target: Path) -> None:
    """The Python that goes along, told to look for packages in the application's folder and nowhere else.

    Raises:
        SystemExit: it is no Python of the right version for Windows.
    """
    library = f"python{PYTHON_VERSION.replace('.', '')}"
    for name in ("python.exe", "pythonw.exe", f"{library}.dll"):
        if not (python / name).is_file():
            sys.exit(f"{python} has no {name}: give the folder of a Python {PYTHON_VERSION} for Windows")
    for path in sorted(python.rglob("*")):
        name = path.relative_to(python).as_posix()
        if path.is_file() and not any(fnmatchcase(name, pattern) for pattern in PYTHON_LEFT_OUT):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target / name)
    # With this file Python reads neither PYTHONPATH nor the registry: whatever else is installed does not matter.
    packed = f"{library}.zip\n" if (target / f"{library}.zip").is_file() else "Lib\nDLLs\n"
    (target / f"{library}._pth").write_text(f"{packed}.\n..\\{APP_FOLDER}\n", encoding="ascii")


def drawn_icon(size: int) -> Image:
    """The icon, ``size`` pixels wide and high, drawn from the SVG."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_RGBA8888)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(ROOT / "assets" / "icon" / "kim-studio.svg")).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return Image.frombytes("RGBA", (size, size), bytes(image.constBits()))


def draw_icon(path: Path) -> None:
    """The icon in all sizes Windows asks for."""
    pictures = [drawn_icon(size) for size in ICON_SIZES]
    pictures[-1].save(path, format="ICO", append_images=pictures[:-1], sizes=[(size, size) for size in ICON_SIZES])


def build_tree(work: Path, python: Path | None) -> Path:
    """The tree as it lies below the folder of installation.

    Raises:
        SystemExit: something in it is wrong, a line each.
    """
    made = work / "KIM Studio"
    shutil.rmtree(made, ignore_errors=True)
    app = made / APP_FOLDER
    copy_packages(fetch_packages(PLATFORM, work), app, "windows")
    compile_modules(app)
    if python is not None:
        copy_python(python, made / PYTHON_FOLDER)
    shutil.copyfile(ROOT / "packaging" / "windows" / "start.pyw", made / "KIM Studio.pyw")
    (made / "kim-studio.cmd").write_text(_COMMAND, encoding="ascii", newline="")
    draw_icon(made / "kim-studio.ico")
    shutil.copyfile(ROOT / "LICENSE", made / "LICENSE")
    write_wheel_notices(made / "NOTICES.md", app)
    if wrong := check_tree(made):
        sys.exit("the tree would not run on Windows:\n  " + "\n  ".join(wrong))
    return made


def make_installer(tree: Path, out: Path, *, trial: bool, quick: bool = False, target64: bool = False) -> Path:
    """Pack the tree; ``quick`` is larger, and done in a minute; ``target64`` is an installer of 64 bits, for Wine.

    Raises:
        subprocess.CalledProcessError: makensis found a mistake; a warning is one too.
    """
    version = studio_version()
    numbers = ".".join([*re.findall(r"\d+", version), "0", "0", "0", "0"][:4])
    made = out / f"KIM-Studio-{version}-{'uji-tanpa-python' if trial else 'windows'}.exe"
    script = ROOT / "packaging" / "windows" / "kim-studio.nsi"
    given = {"VERSION": version, "NUMBERS": numbers, "TREE": tree, "OUT": made, "ICON": tree / "kim-studio.ico"}
    defines = [*(f"-D{name}={value}" for name, value in given.items()), *(["-DQUICK"] if quick else [])]
    defines += ["-DTARGET64"] if target64 else []
    subprocess.run(["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defines, str(script)], check=True)
    return made


def unpack_installer(installer: Path, target: Path) -> None:
    """Unpack an installer as 7-Zip reads it.

    Raises:
        subprocess.CalledProcessError: it is damaged.
    """
    shutil.rmtree(target, ignore_errors=True)
    subprocess.run(["7z", "x", "-y", "-bso0", "-bsp0", f"-o{target}", installer], check=True)


def compare_trees(tree: Path, unpacked: Path) -> list[str]:
    """A line for each file of the tree that an installer does not bring as it is."""
    names = [path.relative_to(tree) for path in sorted(tree.rglob("*")) if path.is_file()]
    return [
        name.as_posix()
        for name in names
        if not (unpacked / name).is_file() or (unpacked / name).read_bytes() != (tree / name).read_bytes()
    ]


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", type=Path, help="folder of a Python 3.11 for Windows")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "windows")
    parser.add_argument("--quick", action="store_true", help="pack less tightly: for trying the builder")
    asked = parser.parse_args()
    work, out = asked.work.resolve(), asked.out.resolve()
    for folder in (work / "wheels", out):
        folder.mkdir(parents=True, exist_ok=True)
    tree = build_tree(work, asked.python)
    made = make_installer(tree, out, trial=asked.python is None, quick=asked.quick)
    unpack_installer(made, work / "unpacked")
    if wrong := compare_trees(tree, work / "unpacked"):
        sys.exit("the installer does not bring:\n  " + "\n  ".join(wrong))
    sizes = (tree_bytes(tree), made.stat().st_size)
    print(f"{made}: {sizes[1] / 1e6:.1f} MB to download, {sizes[0] / 1e6:.1f} MB installed")
    if not asked.quick and (sizes[0] > MOST_INSTALLED or sizes[1] > MOST_DOWNLOAD):
        sys.exit(f"larger than {MOST_INSTALLED / 1e6:.0f}/{MOST_DOWNLOAD / 1e6:.0f} MB")


if __name__ == "__main__":
    main()

"""The Python packages of the studio for another system than the one that builds: wheels only, by uv's resolver.

pip would ask the building system's own markers ("sys_platform == win32") and bring SecretStorage to Windows and no
pywin32-ctypes; uv asks those of the system that is meant.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import tree

if TYPE_CHECKING:
    from tree import System

ROOT = Path(__file__).resolve().parent.parent
PYTHON_VERSION = "3.11"
"""Of the Python that goes along, on every system: one version to look for faults in."""
PLATFORMS: dict[str, System] = {
    "x86_64-pc-windows-msvc": "windows",
    "aarch64-apple-darwin": "macos",
}
"""What uv calls the systems. Macs with Intel are left out: chunspell has no wheel for them."""


def pip_index() -> dict[str, str]:
    """The index that pip is told to ask, which uv does not read from pip's files."""
    asked = subprocess.run(
        [sys.executable, "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True, check=False
    )
    index = os.environ.get("PIP_INDEX_URL") or asked.stdout.strip()
    return {"UV_DEFAULT_INDEX": index} if index else {}


def fetch_packages(platform: str, work: Path) -> Path:
    """The studio and all it needs, unpacked into one folder as they lie on a system.

    Args:
        platform: a key of ``PLATFORMS``.
        work: folder for it.

    Raises:
        subprocess.CalledProcessError: a package has no wheel for that system.
    """
    site, wheels = work / f"site-{platform}", work / "wheels"
    shutil.rmtree(site, ignore_errors=True)
    for old in wheels.glob("kim_studio-*.whl"):
        old.unlink()
    subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", wheels, ROOT], check=True, cwd=ROOT)
    wheel = next(wheels.glob("kim_studio-*.whl"))
    command = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--target", site, "--only-binary", ":all:"]
    command += ["--python-platform", platform, "--python-version", PYTHON_VERSION, f"{wheel}[wordpress]"]
    subprocess.run(command, check=True, env={**os.environ, **pip_index()})
    return site


def copy_packages(site: Path, target: Path, system: System) -> None:
    """The files of packages that ``tree.py`` keeps.

    Raises:
        SystemExit: a row of the table fits nothing any more.
    """
    names = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*")) if path.is_file()]
    if unused := tree.unused_rows(names, system):
        sys.exit("packaging/tree.py keeps what is not there: " + ", ".join(unused))
    for name in names:
        if tree.is_kept(name, system):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(site / name, target / name)
            if os.access(site / name, os.X_OK):
                (target / name).chmod(0o755)


def compile_modules(packages: Path) -> None:
    """Compile all modules; of what is not ours only the compiled ones stay, as on Linux (``build_linux.py``).

    Raises:
        SystemExit: this Python is of another version, and what it compiles is of no use to the one that goes along.
    """
    if f"{sys.version_info.major}.{sys.version_info.minor}" != PYTHON_VERSION:
        sys.exit(f"build with Python {PYTHON_VERSION}")
    ours = packages / "studio"
    others = [path for path in sorted(packages.iterdir()) if path != ours]
    compiler = [sys.executable, "-I", "-m", "compileall", "-q", "-j", "2", "--invalidation-mode", "unchecked-hash"]
    # Without the folder of the building machine in what is compiled: reports of faults show it.
    told = ["-s", str(packages), "-p", "app"]
    subprocess.run([*compiler, *told, str(ours)], check=True)
    subprocess.run([*compiler, "-b", *told, *map(str, others)], check=True)
    for folder in others:
        for path in [folder] if folder.suffix == ".py" else sorted(folder.rglob("*.py")):
            path.unlink()


def tree_bytes(folder: Path) -> int:
    """Bytes of all files below a folder, links left out."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())

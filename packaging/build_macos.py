"""Build KIM Studio.app for Macs with Apple's processors: wheels, a Python that goes along, what the Finder asks for.

    packaging/build_macos.py --python FOLDER [--out dist] [--work build/macos]

FOLDER is a relocatable Python 3.11 (``bin/python3.11``, ``lib/python3.11``). Everything but ``hdiutil`` (disk image)
and ``codesign`` runs on any system; these two only on a Mac, where the application is signed for that Mac: whoever
has a key of Apple's signs it anew. Python compiles the modules: build with version 3.11.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from build_windows import studio_version
from target_wheels import PYTHON_VERSION, ROOT, compile_modules, copy_packages, fetch_packages, tree_bytes
from wheel_licences import write_wheel_notices

PLATFORM = "aarch64-apple-darwin"
_PYTHON = f"python{PYTHON_VERSION}"
_START = f"""#!/bin/sh
here=$(cd "$(dirname "$0")/.." && pwd)
export PYTHONPATH="$here/Resources/app" PYTHONNOUSERSITE=1 PYTHONHOME="$here/Resources/python"
exec "$here/Resources/python/bin/{_PYTHON}" -s -X utf8 {{call}} "$@"
"""
_PROGRAMS = {
    "KIM Studio": "-c 'from studio.commands.window import main; main()'",
    "kim-studio": "-m studio",
}
_PYTHON_LEFT_OUT = ("test", "idlelib", "tkinter", "turtledemo", "ensurepip", "lib2to3", "site-packages", "__pycache__")


def info_plist() -> str:
    """What the Finder reads of the application, with its version."""
    text = (ROOT / "packaging" / "macos" / "Info.plist").read_text(encoding="utf-8")
    return text.replace("@VERSION@", studio_version())


def link_frameworks(packages: Path) -> int:
    """Make links again of what a wheel can hold as copies only; returns the bytes saved.

    A framework's program lies in ``Versions/A`` and is linked to twice more; ZIP archives as pip makes them know no
    links.
    """
    saved = 0
    for framework in sorted(packages.rglob("*.framework")):
        versions = framework / "Versions"
        if not (versions / "A").is_dir():
            continue
        for path, target in ((versions / "Current", Path("A")), *_heads(framework)):
            if path.is_symlink():
                continue
            if path.is_dir():
                saved += tree_bytes(path)
                shutil.rmtree(path)
            elif path.is_file():
                saved += path.stat().st_size
                path.unlink()
            path.symlink_to(target)
    return saved


def _heads(framework: Path) -> list[tuple[Path, Path]]:
    return [
        (framework / path.name, Path("Versions/Current") / path.name) for path in (framework / "Versions/A").iterdir()
    ]


def copy_python(python: Path, target: Path) -> None:
    """The Python that goes along.

    Raises:
        SystemExit: it is none of the right version.
    """
    if not (python / "bin" / _PYTHON).exists():
        sys.exit(f"{python} has no bin/{_PYTHON}")
    shutil.copytree(
        python / "lib",
        target / "lib",
        symlinks=True,
        ignore=shutil.ignore_patterns(*_PYTHON_LEFT_OUT, "*.a", "config-*"),
    )
    (target / "bin").mkdir()
    shutil.copy2((python / "bin" / _PYTHON).resolve(), target / "bin" / _PYTHON)


def build_app(work: Path, python: Path | None) -> Path:
    """The application as it is dragged into "Applications"."""
    made = work / "KIM Studio.app"
    shutil.rmtree(made, ignore_errors=True)
    contents = made / "Contents"
    packages = contents / "Resources" / "app"
    copy_packages(fetch_packages(PLATFORM, work), packages, "macos")
    link_frameworks(packages)
    compile_modules(packages)
    (contents / "MacOS").mkdir()
    for name, call in _PROGRAMS.items():
        path = contents / "MacOS" / name
        path.write_text(_START.format(call=call), encoding="ascii")
        path.chmod(0o755)
    (contents / "Info.plist").write_text(info_plist(), encoding="utf-8")
    shutil.copyfile(ROOT / "LICENSE", contents / "Resources" / "LICENSE")
    write_wheel_notices(contents / "Resources" / "NOTICES.md", packages)
    draw_icon(contents / "Resources" / "kim-studio.icns")
    if python is not None:
        copy_python(python, contents / "Resources" / "python")
    return made


def draw_icon(path: Path) -> None:
    """The icon as Macs want it, drawn from the SVG."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from build_windows import drawn_icon

    drawn_icon(512).save(path, format="ICNS")


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", type=Path, help="folder of a relocatable Python 3.11 for macOS")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "macos")
    asked = parser.parse_args()
    work, out = asked.work.resolve(), asked.out.resolve()
    for folder in (work / "wheels", out):
        folder.mkdir(parents=True, exist_ok=True)
    made = build_app(work, asked.python)
    print(f"{made}: {tree_bytes(made) / 1e6:.1f} MB")
    if sys.platform == "darwin":
        subprocess.run(["codesign", "--force", "--deep", "--sign", "-", made], check=True)
        image = out / f"KIM-Studio-{studio_version()}-macos.dmg"
        command = ["hdiutil", "create", "-quiet", "-ov", "-format", "ULFO", "-volname", "KIM Studio"]
        subprocess.run([*command, "-srcfolder", made, image], check=True)
        print(image)


if __name__ == "__main__":
    main()

"""Build KIM Studio for Linux by one command: a tree with its own Python, then a .deb and an AppImage of it.

    packaging/build_linux.py [--out dist] [--work build/linux] [--ffmpeg-source TAR] [--appimage-runtime FILE]

On Debian 12 (its Python is what goes along, so the result runs on Debian 12 and 13 and Ubuntu 24.04), with the network
or a mirror for pip and apt, as any user. What each part is: ``linux_parts.py`` (system), ``tree.py`` (Python packages).
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import sysconfig
from fnmatch import fnmatchcase
from pathlib import Path

import tree
from build_ffmpeg import build_ffmpeg, build_pyav
from elf_files import elf_files, look_in, missing_libraries, strip_debug
from linux_packages import INSTALLED_AT, HomeAddress, make_appimage, make_deb
from linux_parts import FROM_THE_SYSTEM, LIBRARIES, PYTHON, PYTHON_PACKAGES, STANDARD_LIBRARY_LEFT_OUT
from shipped_licences import write_notices
from small_icu import shrink_icu

ROOT = Path(__file__).resolve().parent.parent
_LAUNCHER = """#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
: "${{IMAGEIO_FFMPEG_EXE:=$here/ffmpeg}}"
export IMAGEIO_FFMPEG_EXE
exec "$here/{python}" -I -X utf8 {call} "$@"
"""
_COMMANDS = {
    "kim-studio": "-m studio",
    "kim-studio-python": "",
    "kim-studio-window": '-c "from studio.commands.window import main; main()"',
}


def _run(*command: str | Path, cwd: Path | None = None) -> None:
    subprocess.run(command, cwd=cwd, check=True)


def install_packages(work: Path, *, again: bool = False) -> Path:
    """The wheel of the studio and all it needs, unpacked into one folder.

    Args:
        work: where.
        again: take what an earlier build unpacked.
    """
    site = work / "site"
    if again and site.exists():
        return site
    shutil.rmtree(site, ignore_errors=True)
    for old in (work / "wheels").glob("kim_studio-*.whl"):
        old.unlink()
    _run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", work / "wheels", ROOT)
    wheel = next((work / "wheels").glob("kim_studio-*.whl"))
    _run(
        *(sys.executable, "-m", "pip", "install", "-q", "--no-compile", "--target", site, f"{wheel}[wordpress]"),
        *("--only-binary=:all:", "--python-version", PYTHON.removeprefix("python"), "--implementation", "cp"),
        *(word for glibc in (17, 28, 34, 36) for word in ("--platform", f"manylinux_2_{glibc}_x86_64")),
        *("--platform", "manylinux2014_x86_64", "--platform", "manylinux1_x86_64"),
    )
    return site


def unpack_debian(work: Path) -> Path:
    """Python and the libraries that go along, as Debian has them, unpacked below one folder."""
    folder, debs = work / "debian", work / "debs"
    shutil.rmtree(folder, ignore_errors=True)
    debs.mkdir(parents=True, exist_ok=True)
    names = dict.fromkeys((*PYTHON_PACKAGES, *(package for package, _, _ in LIBRARIES)))
    wanted = [name for name in names if not any(debs.glob(f"{name}_*.deb"))]
    if wanted:
        _run("apt-get", "download", "-q", *wanted, cwd=debs)
    for deb in sorted(debs.glob("*.deb")):
        _run("dpkg-deb", "-x", deb, folder)
    return folder


def copy_python(debian: Path, tree_folder: Path) -> None:
    """Debian's Python with what of its standard library is used."""
    (tree_folder / "bin").mkdir(parents=True)
    shutil.copy2(debian / "usr" / "bin" / PYTHON, tree_folder / "bin" / PYTHON)
    source = debian / "usr" / "lib" / PYTHON
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source).as_posix()
        left_out = any(
            fnmatchcase(name, pattern) or name.startswith(f"{pattern}/") for pattern in STANDARD_LIBRARY_LEFT_OUT
        )
        if path.is_file() and not left_out:
            _copy(path, tree_folder / "lib" / PYTHON / name)


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(path.resolve(), target)


def packages_of(tree_folder: Path) -> Path:
    """Where Debian's Python looks for packages when it is asked to look nowhere else."""
    return tree_folder / "lib" / "python3" / "dist-packages"


def copy_packages(site: Path, tree_folder: Path) -> None:
    """The files of the Python packages that ``tree.py`` keeps.

    Raises:
        SystemExit: a row of the table fits nothing any more.
    """
    names = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    if unused := tree.unused_rows(names, "linux"):
        sys.exit("packaging/tree.py keeps what is not there: " + ", ".join(unused))
    for name in names:
        if tree.is_kept(name, "linux"):
            _copy(site / name, packages_of(tree_folder) / name)


def put_ffmpeg(ffmpeg: Path, wheel: Path, tree_folder: Path) -> None:
    """One FFmpeg for the program and for PyAV, in place of the two that came with wheels."""
    packages = packages_of(tree_folder)
    for gone in ("av", "av.libs", "imageio_ffmpeg/binaries"):
        shutil.rmtree(packages / gone)
    (packages / "imageio_ffmpeg" / "binaries").mkdir()  # a package of its own: it is asked where programs would lie
    _copy(ROOT / "packaging" / "linux" / "no_binaries.py", packages / "imageio_ffmpeg" / "binaries" / "__init__.py")
    unpacked = wheel.parent / "av-unpacked"
    shutil.rmtree(unpacked, ignore_errors=True)
    shutil.unpack_archive(wheel, unpacked, "zip")
    for path in sorted(unpacked.rglob("*")):
        name = path.relative_to(unpacked).as_posix()
        if path.is_file() and name.startswith("av/") and tree.is_kept(name, "linux"):
            _copy(path, packages / name)
    libraries = packages / "av.libs"
    libraries.mkdir()
    for path in sorted((ffmpeg / "lib").glob("lib*.so.[0-9]*")):
        if path.name.count(".") == 2:  # libavcodec.so.62, as it is asked for
            _copy(path, libraries / path.name)
    _copy(ffmpeg / "bin" / "ffmpeg", tree_folder / "bin" / "ffmpeg")
    # Before patchelf: a program that is stripped after it loses the table of its symbols' versions (patchelf 0.14).
    strip_debug((*elf_files(packages / "av"), *elf_files(libraries), tree_folder / "bin" / "ffmpeg"))


def put_libraries(debian: Path, tree_folder: Path) -> None:
    """Libraries of Debian beside what links to them, and everybody told where they lie."""
    packages = packages_of(tree_folder)
    places = {"lib": tree_folder / "lib", "qt": packages / "PySide6" / "Qt" / "lib", "av": packages / "av.libs"}
    system = sysconfig.get_config_var("MULTIARCH") or "x86_64-linux-gnu"
    for _, name, place in LIBRARIES:
        found = next(debian / top / "lib" / system / name for top in ("usr", ".") if _is_in(debian / top, system, name))
        _copy(found, places[place] / name)
        (places[place] / name).chmod(0o644)
    for path in (tree_folder / "bin" / PYTHON, *(tree_folder / "lib" / PYTHON / "lib-dynload").glob("*.so")):
        look_in(path, places["lib"])
    look_in(tree_folder / "bin" / "ffmpeg", places["av"])
    for path in (*(packages / "av").rglob("*.so"), *places["av"].iterdir()):
        look_in(path, places["av"])
    for name in ("libssl.so.3", "libsqlite3.so.0"):
        look_in(places["lib"] / name, places["lib"])
    for _, name, place in LIBRARIES:
        if place == "qt":
            look_in(places["qt"] / name, places["qt"])


def _is_in(top: Path, system: str, name: str) -> bool:
    return (top / "lib" / system / name).exists()


def compile_modules(tree_folder: Path) -> None:
    """Compile all modules by the Python of the tree; of what is not ours only the compiled ones stay.

    Sources cost 35 MB and are on the network; those of the studio stay, so that a report of a bug shows its lines.
    """
    packages = packages_of(tree_folder)
    ours = packages / "studio"
    others = [tree_folder / "lib" / PYTHON, *(path for path in packages.iterdir() if path != ours)]
    compiler = (tree_folder / "bin" / PYTHON, "-I", "-m", "compileall", "-q", "-j", "2", "--invalidation-mode")
    shown = ("-s", tree_folder, "-p", INSTALLED_AT)
    _run(*compiler, "unchecked-hash", *shown, ours)
    _run(*compiler, "unchecked-hash", "-b", *shown, *others)
    for folder in others:
        for path in [folder] if folder.suffix == ".py" else sorted(folder.rglob("*.py")):
            path.unlink()


def write_launchers(tree_folder: Path) -> None:
    """The two commands: with and without a terminal."""
    for name, call in _COMMANDS.items():
        path = tree_folder / "bin" / name
        path.write_text(_LAUNCHER.format(python=PYTHON, call=call), encoding="ascii")
        path.chmod(0o755)


def build_tree(work: Path, ffmpeg_source: Path | None, *, again: bool = False) -> Path:
    """The whole tree, checked: everything it links to is in it or comes from the system.

    Raises:
        SystemExit: something is missing.
    """
    made = work / "kim-studio"
    shutil.rmtree(made, ignore_errors=True)
    site, debian = install_packages(work, again=again), unpack_debian(work)
    version = next(site.glob("av-*.dist-info")).name.removeprefix("av-").removesuffix(".dist-info")
    ffmpeg = build_ffmpeg(work, ffmpeg_source)
    wheel = build_pyav(work, ffmpeg, version)
    copy_python(debian, made)
    copy_packages(site, made)
    put_ffmpeg(ffmpeg, wheel, made)
    put_libraries(debian, made)
    shrink_icu(packages_of(made) / "PySide6" / "Qt" / "lib")
    compile_modules(made)
    write_launchers(made)
    write_notices(made, packages_of(made), debian / "usr" / "share" / "doc", ffmpeg)
    if missing := missing_libraries(made, FROM_THE_SYSTEM):
        sys.exit("not in the tree and not of every desktop:\n  " + "\n  ".join(missing))
    return made


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "linux")
    parser.add_argument("--ffmpeg-source", type=Path, help="the archive of FFmpeg, where there is no network")
    parser.add_argument("--appimage-runtime", type=Path, help="runtime-x86_64 of the AppImage project")
    parser.add_argument("--again", action="store_true", help="take the packages of the build before, the studio too")
    parser.add_argument("--homepage", default="", help="address of the studio's home page (AppStream)")
    parser.add_argument("--pictures", default="", help="address under which docs/pictures/ can be fetched (AppStream)")
    asked = parser.parse_args()
    work, out = asked.work.resolve(), asked.out.resolve()
    for folder in (work / "wheels", out):
        folder.mkdir(parents=True, exist_ok=True)
    made = build_tree(work, asked.ffmpeg_source, again=asked.again)
    print(make_deb(made, work, out, HomeAddress(asked.homepage, asked.pictures)))
    if asked.appimage_runtime is not None:
        print(make_appimage(made, work, out, asked.appimage_runtime))


if __name__ == "__main__":
    main()

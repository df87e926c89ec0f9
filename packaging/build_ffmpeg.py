"""Build FFmpeg once for the program and for PyAV, which would else bring two: 173 MB and 75 MB.

    packaging/build_ffmpeg.py WORK [--source ffmpeg-8.1.2.tar.xz] [--av 18.1.0]

makes ``WORK/ffmpeg`` (``bin/ffmpeg`` and shared libraries) and ``WORK/wheels/av-*.whl``, PyAV built against them. What
is there already stays. Debian 12; ``linux_parts.FFMPEG_BUILD_PACKAGES`` names what it needs.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import urllib.request
from pathlib import Path

from linux_parts import FFMPEG_ADDRESS, FFMPEG_OPTIONS, FFMPEG_SHA256, FFMPEG_VERSION

_MOST_JOBS = 4


def fetch_source(work: Path, given: Path | None) -> Path:
    """The source archive, fetched unless it was given.

    Raises:
        SystemExit: it is not the archive whose SHA-256 stands in ``linux_parts``.
    """
    archive = given or work / f"ffmpeg-{FFMPEG_VERSION}.tar.xz"
    if not archive.exists():
        with urllib.request.urlopen(FFMPEG_ADDRESS) as answer, archive.open("wb") as file:
            shutil.copyfileobj(answer, file)
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != FFMPEG_SHA256:
        sys.exit(f"{archive} is not FFmpeg {FFMPEG_VERSION}: its SHA-256 is {found}")
    return archive


def build_ffmpeg(work: Path, source: Path | None = None) -> Path:
    """Configure, compile and install; the folder with ``bin``, ``lib`` and ``include``.

    Raises:
        subprocess.CalledProcessError: the compiler failed.
    """
    made = work / "ffmpeg"
    if (made / "bin" / "ffmpeg").exists():
        return made
    work.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fetch_source(work, source)) as archive:
        archive.extractall(work, filter="data")
    tree = work / f"ffmpeg-{FFMPEG_VERSION}"
    subprocess.run(["./configure", f"--prefix={made}", *FFMPEG_OPTIONS], cwd=tree, check=True)
    subprocess.run(["make", "-s", f"-j{min(os.cpu_count() or 1, _MOST_JOBS)}"], cwd=tree, check=True)
    subprocess.run(["make", "-s", "install"], cwd=tree, check=True)
    for licence in ("COPYING.GPLv3", "LICENSE.md"):
        shutil.copy(tree / licence, made)
    shutil.rmtree(tree)
    return made


def build_pyav(work: Path, ffmpeg: Path, version: str) -> Path:
    """A wheel of PyAV that links to ``ffmpeg``.

    Raises:
        subprocess.CalledProcessError: the compiler failed.
    """
    wheels = work / "wheels"
    for made in wheels.glob(f"av-{version}-*.whl"):
        return made
    environment = {**os.environ, "PKG_CONFIG_PATH": str(ffmpeg / "lib" / "pkgconfig"), "CFLAGS": "-O2 -g0"}
    pip = (sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-binary=av")
    command = [*pip, "-w", f"{wheels}", f"av=={version}"]
    subprocess.run(command, env=environment, check=True)
    return next(wheels.glob(f"av-{version}-*.whl"))


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--source", type=Path)
    parser.add_argument("--av", default="18.1.0")
    asked = parser.parse_args()
    made = build_ffmpeg(asked.work.resolve(), asked.source)
    print(build_pyav(asked.work.resolve(), made, asked.av))


if __name__ == "__main__":
    main()

"""NOTICES.md of the installers for Windows and macOS, whose parts are wheels and a Python: what is in them, by licence.

On Linux ``shipped_licences.py`` does this with Debian's copyright files; the words about the GPL are the same.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from shipped_licences import MEANING, ROOT, ShippedPart, inner_parts, licence_table, python_parts

if TYPE_CHECKING:
    from pathlib import Path

_GPL = "GPL-3.0-or-later"
WHEEL_PARTS: tuple[tuple[str, str, str], ...] = (
    ("imageio_ffmpeg/binaries/ffmpeg-*", "FFmpeg, the program, with x264 and x265 in it", _GPL),
    ("av.libs/avcodec-*", "FFmpeg as PyAV builds it, with x264 and x265", _GPL),
    ("av/.dylibs/libavcodec*", "FFmpeg as PyAV builds it, with x264 and x265", _GPL),
    ("av/__dot__dylibs/libavcodec*", "FFmpeg as PyAV builds it, with x264 and x265", _GPL),
    ("libheif-*", "libheif", "LGPL-3.0-or-later"),
    ("libde265-*", "libde265", "LGPL-3.0-or-later"),
    ("libgcc_s*", "libgcc and libstdc++", "GPL-3.0-or-later WITH GCC-exception-3.1"),
    ("numpy.libs/*openblas*", "OpenBLAS, LAPACK", "BSD-3-Clause"),
    ("PySide6/Qt/lib/libavcodec*", "FFmpeg 7.1 as Qt builds it", "LGPL-2.1-or-later"),
    ("PySide6/msvcp140.dll", "Microsoft's run time for Visual C++", "its own terms, may be handed on"),
    ("chunspell.libs/*", "Hunspell and its run time", "MPL-1.1 OR GPL-2.0-or-later OR LGPL-2.1-or-later"),
)
"""What wheels for Windows and macOS carry besides their own code."""
_SOURCES = """\
## Where the source code is

- FFmpeg, x264, x265: ffmpeg.org, code.videolan.org/videolan/x264, bitbucket.org/multicoreware/x265_git; how they were
  built: github.com/imageio/imageio-ffmpeg names whose program it brings, github.com/PyAV-Org/pyav-ffmpeg is PyAV's
- Python: python.org; packages: `pip download --no-binary :all: NAME==VERSION`; Qt: download.qt.io/official_releases/qt
- KIM Studio: its source archive lies where this installer was published

"""


def write_wheel_notices(path: Path, packages: Path) -> None:
    """Write the notices of a tree of wheels, and the licence texts into ``packages/licences``.

    Args:
        path: the file.
        packages: folder of the packages.

    Raises:
        SystemExit: a part has no licence that is known.
    """
    python = python_parts(packages, packages / "licences")
    there = [(what, licence) for pattern, what, licence in WHEEL_PARTS if any(packages.glob(pattern))]
    inner = [ShippedPart(what, "", licence, "") for what, licence in dict.fromkeys(there)]
    inner += [each for each in inner_parts(packages) if each.name not in {row.name for row in inner}]
    if unknown := [row.name for row in (*python, *inner) if not row.licence]:
        sys.exit("no licence is known of: " + ", ".join(unknown))
    gpl = [row for row in inner if row.licence == _GPL]
    parts = (
        MEANING + _SOURCES + "## Under the GPL\n\n" + licence_table(gpl) + "\n## Python and packages\n\n",
        licence_table([ShippedPart("Python", "3.11", "PSF-2.0", ""), *python]) + "\n## Inside them\n\n",
        licence_table(inner) + "\n" + (ROOT / "assets" / "NOTICES.md").read_text(encoding="utf-8"),
    )
    path.write_text("".join(parts), encoding="utf-8")

"""NOTICES.md of an installer: every part that is shipped, its licence and its text, and what the GPL parts mean.

Written from what lies in the tree: metadata of the Python packages, copyright files of Debian, the table below for what
wheels bring inside them. A part whose licence nobody knows stops the build.
"""

from __future__ import annotations

import re
import shutil
import sys
from email.parser import HeaderParser
from pathlib import Path
from typing import NamedTuple

from linux_parts import FFMPEG_ADDRESS, FFMPEG_SHA256, FFMPEG_VERSION, LIBRARIES, PYTHON_PACKAGES

ROOT = Path(__file__).resolve().parent.parent


class ShippedPart(NamedTuple):
    """A row of the notices."""

    name: str
    version: str
    licence: str
    text: str


INSIDE_WHEELS: tuple[tuple[str, str, str], ...] = (
    ("PySide6/Qt/lib/libav*", "FFmpeg 7.1 as Qt builds it", "LGPL-2.1-or-later"),
    ("PySide6/Qt/lib/libsw*", "FFmpeg 7.1 as Qt builds it", "LGPL-2.1-or-later"),
    ("PySide6/avcodec-*", "FFmpeg 7.1 as Qt builds it", "LGPL-2.1-or-later"),
    ("PySide6/Qt/lib/libicu*", "ICU", "Unicode-3.0"),
    ("numpy.libs/libscipy_openblas*", "OpenBLAS, LAPACK", "BSD-3-Clause"),
    ("numpy.libs/libgfortran*", "libgfortran", "GPL-3.0-or-later WITH GCC-exception-3.1"),
    ("numpy.libs/libquadmath*", "libquadmath", "LGPL-2.1-or-later"),
    ("pi_heif.libs/libheif*", "libheif", "LGPL-3.0-or-later"),
    ("pi_heif.libs/libde265*", "libde265", "LGPL-3.0-or-later"),
    ("pillow.libs/libavif*", "libavif with dav1d and aom", "BSD-2-Clause"),
    ("pillow.libs/libfreetype*", "FreeType", "FTL"),
    ("pillow.libs/libharfbuzz*", "HarfBuzz", "MIT"),
    ("pillow.libs/libjpeg*", "libjpeg-turbo", "IJG AND BSD-3-Clause"),
    ("pillow.libs/libtiff*", "libtiff", "libtiff"),
    ("pillow.libs/libwebp*", "libwebp", "BSD-3-Clause"),
    ("pillow.libs/libopenjp2*", "OpenJPEG", "BSD-2-Clause"),
    ("pillow.libs/liblcms2*", "Little CMS", "MIT"),
    ("pillow.libs/libpng*", "libpng", "libpng-2.0"),
    ("pillow.libs/liblzma*", "liblzma", "0BSD"),
    ("pillow.libs/libbrotli*", "Brotli", "MIT"),
    ("pillow.libs/libxcb*", "libxcb", "MIT"),
    ("hunspell/libhunspell*", "Hunspell", "MPL-1.1 OR GPL-2.0-or-later OR LGPL-2.1-or-later"),
)
"""What wheels carry besides their own code: where it lies, what it is, its licence."""

MEANING = """\
# What KIM Studio is made of, and under which licences

*Bahasa Indonesia.* KIM Studio sendiri berlisensi MIT. Pemasang ini juga membawa FFmpeg, x264, dan x265 yang
berlisensi GPL, sehingga **pemasang ini secara keseluruhan dibagikan menurut GPL versi 3**. Artinya: Anda boleh
memakainya untuk apa pun, menyalinnya, dan membagikannya, juga dengan flashdisk, gratis atau berbayar. Siapa yang
membagikannya harus menyertakan berkas ini dan kode sumbernya, atau memberi tahu di mana kode sumber itu dapat
diambil (daftarnya di bawah), dan tidak boleh melarang orang lain membagikannya lagi. Berita, foto, dan video buatan
Anda tetap milik Anda; lisensi ini tidak mengikatnya.

*English.* KIM Studio itself is under the MIT licence. This installer also carries FFmpeg, x264 and x265, which are
under the GPL, so **the installer as a whole is handed on under the GPL version 3**. You may use it for anything,
copy it and hand it on, on a stick too, for free or for money. Whoever hands it on includes this file and the source
code, or says where that can be had (below), and may not forbid others to hand it on again. What you make with it
stays yours: no licence here binds your stories, photos and videos. Qt (LGPL 3) is linked dynamically: its libraries
below `PySide6/Qt/lib` may be replaced.

"""


def _licence_of(fields: dict[str, str], classifiers: list[str]) -> str:
    told = fields.get("License-Expression") or fields.get("License", "")
    if told and "\n" not in told and len(told) < 90:
        return told
    named = [row.rpartition(":: ")[2] for row in classifiers if row.startswith("License")]
    return ", ".join(named)


def python_parts(packages: Path, texts: Path) -> list[ShippedPart]:
    """Rows of the Python packages; their licence texts are copied to ``texts``."""
    rows = []
    for folder in sorted(packages.glob("*.dist-info")):
        head = HeaderParser().parsestr((folder / "METADATA").read_text(encoding="utf-8"))
        name = head["Name"]
        licence = _licence_of(dict(head.items()), head.get_all("Classifier", []))
        found = [path for path in folder.rglob("*") if re.match(r"(?i)(licen[cs]e|copying|notice|ofl)", path.name)]
        for path in found:
            if path.is_file():
                target = texts / name / path.relative_to(folder).as_posix().replace("/", "-")
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
        rows.append(ShippedPart(name, head["Version"], licence, f"licences/{name}/" if found else ""))
    return rows


def inner_parts(packages: Path) -> list[ShippedPart]:
    """Rows of what lies inside wheels, as far as it lies in this tree."""
    there = ((what, licence) for pattern, what, licence in INSIDE_WHEELS if any(packages.glob(pattern)))
    return [ShippedPart(what, "", licence, "") for what, licence in dict.fromkeys(there)]


def debian_parts(documents: Path, texts: Path) -> list[ShippedPart]:
    """Rows of Debian's packages, with the licences their copyright files name.

    Args:
        documents: ``usr/share/doc`` of the unpacked packages.
        texts: where the copyright files are copied to.
    """
    rows = []
    for name in dict.fromkeys((*PYTHON_PACKAGES, *(package for package, _, _ in LIBRARIES))):
        text = (documents / name / "copyright").read_text(encoding="utf-8", errors="replace")
        named = dict.fromkeys(re.findall(r"^License:[ \t]*(\S[^\n]*)$", text, re.MULTILINE))
        target = texts / name / "copyright"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        version = _debian_version(documents / name)
        rows.append(ShippedPart(name, version, ", ".join(named) or "see its text", f"licences/{name}/copyright"))
    return rows


def _debian_version(folder: Path) -> str:
    import gzip

    for name in ("changelog.Debian.gz", "changelog.gz"):
        if (folder / name).is_file():
            with gzip.open(folder / name, "rt", encoding="utf-8", errors="replace") as file:
                if found := re.match(r"\S+ \(([^)]+)\)", file.readline()):
                    return found[1]
    return ""


def licence_table(rows: list[ShippedPart]) -> str:
    """Rows as a table of Markdown."""
    lines = ("| part | version | licence | text |", "| --- | --- | --- | --- |")
    return "\n".join((*lines, *(f"| {r.name} | {r.version} | {r.licence} | {r.text} |" for r in rows))) + "\n"


def write_notices(tree: Path, packages: Path, documents: Path, ffmpeg: Path) -> Path:
    """Write ``NOTICES.md`` and ``licences/`` into a Linux tree.

    Args:
        tree: the built tree.
        packages: its Python packages.
        documents: ``usr/share/doc`` of the unpacked Debian packages.
        ffmpeg: the built FFmpeg, with its licence texts.

    Raises:
        SystemExit: a part has no licence that is known.
    """
    texts = tree / "licences"
    shutil.rmtree(texts, ignore_errors=True)
    for name in ("COPYING.GPLv3", "LICENSE.md"):
        (texts / "FFmpeg").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ffmpeg / name, texts / "FFmpeg" / name)
    own = ShippedPart("FFmpeg with PyAV's own copy of it", FFMPEG_VERSION, "GPL-3.0-or-later", "licences/FFmpeg/")
    python, inner = python_parts(packages, texts), inner_parts(packages)
    debian = debian_parts(documents, texts)
    if unknown := [row.name for row in (*python, *inner, *debian) if not row.licence]:
        sys.exit("no licence is known of: " + ", ".join(unknown))
    sources = (
        f"- FFmpeg {FFMPEG_VERSION}: {FFMPEG_ADDRESS} (SHA-256 {FFMPEG_SHA256}), built by `packaging/build_ffmpeg.py`",
        '- x264, x265 and the other libraries below "Debian": `apt-get source PACKAGE=VERSION`, snapshot.debian.org',
        "- Python packages: `pip download --no-binary :all: NAME==VERSION`; Qt: download.qt.io/official_releases/qt",
        "- KIM Studio: its source archive lies where this installer was published",
    )
    text = (
        MEANING + "## Where the source code is\n\n" + "\n".join(sources) + "\n\n## Under the GPL\n\n"
        + licence_table([own, *(row for row in debian if row.name.startswith(("libx264", "libx265")))])
        + "\n## Python packages\n\n" + licence_table(python) + "\n## Inside them\n\n" + licence_table(inner)
        + "\n## Debian\n\n" + licence_table(debian) + "\n"
        + (ROOT / "assets" / "NOTICES.md").read_text(encoding="utf-8")
    )  # fmt: skip
    made = tree / "NOTICES.md"
    made.write_text(text, encoding="utf-8")
    return made

"""A .deb and an AppImage of the built tree, with desktop file, icons, AppStream metadata and the kind of ``.kim``."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from linux_parts import DEPENDS, PYTHON

ROOT = Path(__file__).resolve().parent.parent
INSTALLED_AT = "/usr/lib/kim-studio"
APP_ID = "id.kim.Studio"
ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)

_DRAW_ICONS = """
import sys
from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
app = QGuiApplication(["icons", "-platform", "offscreen"])
art, folder, app_id, *sizes = sys.argv[1:]
for size in map(int, sizes):
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(art).render(painter, QRectF(0, 0, size, size))
    painter.end()
    assert image.save(f"{folder}/{size}.png")
"""

_DESCRIPTION = """\
studio for village news: one story in, every post out
 KIM Studio is a desktop studio for the citizen journalists of Indonesia's
 village information groups (KIM). A story is written once, its photos are
 cropped and captioned, its clip is trimmed; the studio makes the posts for
 WhatsApp, Instagram, Facebook, TikTok, YouTube, X, Telegram, the website and
 the notice board. It works without a network and brings everything it needs.
"""


def studio_version() -> str:
    """The version as ``studio/__init__.py`` has it."""
    found = re.search(r'__version__ = "([^"]+)"', (ROOT / "studio" / "__init__.py").read_text(encoding="utf-8"))
    assert found is not None
    return found[1]


@dataclass(frozen=True, slots=True)
class HomeAddress:
    """Where the studio is at home on the network; empty where it is nowhere, and then not told.

    ``page`` is its home page, ``pictures`` the folder in which docs/pictures/ can be fetched.
    """

    page: str = ""
    pictures: str = ""


def metainfo_text(home: HomeAddress) -> str:
    """The AppStream metadata, with home page and pictures as far as they have an address."""
    text = (ROOT / "packaging" / "linux" / f"{APP_ID}.metainfo.xml").read_text(encoding="utf-8")
    if not home.pictures:
        text = re.sub(r"\s*<screenshots>.*</screenshots>", "", text, flags=re.DOTALL)
    if not home.page:
        text = re.sub(r"\s*<url type=\"homepage\">.*?</url>", "", text)
    return text.replace("@PICTURES@", home.pictures.rstrip("/")).replace("@HOMEPAGE@", home.page)


def lay_out(tree: Path, root: Path, kind: str, home: HomeAddress) -> None:
    """Put the tree and what a desktop wants below ``root``, as it will lie below ``/``.

    Args:
        tree: the built tree; hard links to its files are made.
        root: a new folder.
        kind: what it is for; the program reads it (``studio.base.installation``).
        home: for the metadata.
    """
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(tree, root / INSTALLED_AT.lstrip("/"), symlinks=True, copy_function=os.link)
    bundled = root / INSTALLED_AT.lstrip("/") / "lib" / "python3" / "dist-packages" / "studio" / "_bundled"
    (bundled / "installed_by").write_text(f"{kind}\n", encoding="ascii")
    share = root / "usr" / "share"
    (root / "usr" / "bin").mkdir(parents=True)
    for name in ("kim-studio", "kim-studio-window"):
        (root / "usr" / "bin" / name).symlink_to(f"../lib/kim-studio/bin/{name}")
    for name, folder in ((f"{APP_ID}.desktop", "applications"), (f"{APP_ID}.xml", "mime/packages")):
        _place(ROOT / "packaging" / "linux" / name, share / folder / name)
    metainfo = share / "metainfo" / f"{APP_ID}.metainfo.xml"
    metainfo.parent.mkdir(parents=True)
    metainfo.write_text(metainfo_text(home), encoding="utf-8")
    _draw_icons(tree, share / "icons" / "hicolor")
    documents = share / "doc" / "kim-studio"
    documents.mkdir(parents=True)
    (documents / "copyright").symlink_to("../../../lib/kim-studio/NOTICES.md")
    _place(ROOT / "README.md", documents / "README.md")
    _place(ROOT / "CHANGELOG.md", documents / "changelog.md")


def _place(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _draw_icons(tree: Path, hicolor: Path) -> None:
    art = ROOT / "assets" / "icon" / "kim-studio.svg"
    drawn = hicolor / "drawn"
    drawn.mkdir(parents=True)
    python = tree / "bin" / PYTHON
    command = [str(word) for word in (python, "-I", "-c", _DRAW_ICONS, art, drawn, APP_ID, *ICON_SIZES)]
    subprocess.run(command, check=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    for size in ICON_SIZES:
        for folder, name in (("apps", APP_ID), ("mimetypes", "application-vnd.kim-studio.package")):
            _place(drawn / f"{size}.png", hicolor / f"{size}x{size}" / folder / f"{name}.png")
    shutil.rmtree(drawn)
    _place(art, hicolor / "scalable" / "apps" / f"{APP_ID}.svg")


def installed_bytes(root: Path) -> int:
    """Bytes of all files below a folder, links left out."""
    return sum(path.stat().st_size for path in root.rglob("*") if path.is_file() and not path.is_symlink())


def make_deb(tree: Path, work: Path, out: Path, home: HomeAddress) -> Path:
    """The Debian package; no script of ours runs at installation, the desktop's own triggers do.

    Args:
        tree: the built tree.
        work: where it is laid out.
        out: folder of the package.
        home: for the metadata.

    Raises:
        subprocess.CalledProcessError: dpkg-deb failed.
    """
    root, version = work / "deb", studio_version()
    lay_out(tree, root, "deb", home)
    control = root / "DEBIAN"
    files = [path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink()]
    control.mkdir()
    fields = (
        *(f"Package: kim-studio\nVersion: {version}\nArchitecture: amd64\n", "Section: editors\nPriority: optional\n"),
        "Maintainer: The KIM Studio founders <kim-studio@example.org>\n",
        f"Installed-Size: {installed_bytes(root) // 1024}\nDepends: {', '.join(DEPENDS)}\n",
        "Recommends: libcups2t64 | libcups2, shared-mime-info, desktop-file-utils, hicolor-icon-theme\n",
        f"Description: {_DESCRIPTION}",
    )
    (control / "control").write_text("".join(fields), encoding="utf-8")
    sums = (f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(root)}\n" for path in files)
    (control / "md5sums").write_text("".join(sums), encoding="utf-8")
    _set_modes(root)
    made = out / f"kim-studio_{version}_amd64.deb"
    packing = ("--root-owner-group", "-Zxz", "-z9", "--threads-max=2")
    subprocess.run(["dpkg-deb", *packing, "-b", str(root), str(made)], check=True, stdout=subprocess.DEVNULL)
    return made


def _set_modes(root: Path) -> None:
    """Modes as Debian wants them, whatever the umask of the building user."""
    for path in root.rglob("*"):
        if not path.is_symlink():
            program = path.is_dir() or (path.parent.name == "bin" and path.is_file())
            path.chmod(0o755 if program else 0o644)
    root.chmod(0o755)


def make_appimage(tree: Path, work: Path, out: Path, runtime: Path) -> Path:
    """The AppImage: the runtime of that project, then a file system with everything in it.

    Args:
        tree: the built tree.
        work: where it is laid out.
        out: folder of the AppImage.
        runtime: ``runtime-x86_64`` of the AppImage project (MIT), which mounts or unpacks what follows it.

    Raises:
        subprocess.CalledProcessError: mksquashfs failed.
    """
    root = work / "appimage"
    lay_out(tree, root, "appimage", HomeAddress())
    share = root / "usr" / "share"
    (root / "AppRun").symlink_to("usr/bin/kim-studio")
    shutil.copyfile(share / "applications" / f"{APP_ID}.desktop", root / f"{APP_ID}.desktop")
    shutil.copyfile(share / "icons" / "hicolor" / "256x256" / "apps" / f"{APP_ID}.png", root / f"{APP_ID}.png")
    (root / ".DirIcon").symlink_to(f"{APP_ID}.png")
    _set_modes(root)
    packed, made = work / "appimage.squashfs", out / f"KIM_Studio-{studio_version()}-x86_64.AppImage"
    packed.unlink(missing_ok=True)
    subprocess.run(["mksquashfs", root, packed, "-root-owned", "-noappend", "-quiet", "-comp", "zstd"], check=True)
    with made.open("wb") as file:
        for part in (runtime, packed):
            with part.open("rb") as source:
                shutil.copyfileobj(source, file)
    made.chmod(0o755)
    return made

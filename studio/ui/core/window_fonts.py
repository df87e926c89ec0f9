"""The fonts of the window: ten files, and those of scripts and signs that these lack: one sees what one writes.

``paint.qt_application.ensure_gui`` loads everything, but looking up the packages alone takes a quarter of the time a
window may take to open; it is called when the first picture is painted.
"""

from __future__ import annotations

from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFont, QFontDatabase

from studio.base.font_table import FAMILIES, OWN_SANS, OWN_SERIF, PREFIX
from studio.base.sfnt import rename_font

_FILES = (
    (
        "fontpkg_be_vietnam_pro",
        "BeVietnamPro",
        ("Regular", "Italic", "Medium", "SemiBold", "SemiBoldItalic", "Bold"),
    ),
    ("fontpkg_ibm_plex_serif", "IBMPlexSerif", ("Regular", "Italic", "Bold", "BoldItalic")),
)


def load_window_fonts(kept: Path | None = None) -> None:
    """Load them into the running application.

    Args:
        kept: folder for the fonts under our names. From a file Qt takes into memory what it draws with, 2 MB; handed
            over as bytes they take 5 MB, and renaming them 25 ms of each start. None keeps none.

    Raises:
        FileNotFoundError: a font is missing from the installation.
    """
    for package, stem, styles in _FILES:
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            raise FileNotFoundError(package)
        for style in styles:
            path = Path(spec.origin).parent / "files" / f"{stem}-{style}.ttf"
            _load(path, kept)
    borrowed = [family for family in FAMILIES if not family.package and (family.joined or family.signs)]
    for family in borrowed:
        for path in family.files:
            _load(path, kept)
    for name in (OWN_SANS, OWN_SERIF):
        QFont.insertSubstitutions(name, [family.own_name for family in borrowed])


def _load(path: Path, kept: Path | None) -> None:
    """Under the name that ``paint`` gives it: which of two fonts of one name Qt takes, nobody knows."""
    file = _own_file(path, kept) if kept is not None else None
    if file is not None and QFontDatabase.addApplicationFont(str(file)) >= 0:
        return
    if QFontDatabase.addApplicationFontFromData(QByteArray(rename_font(path.read_bytes(), PREFIX))) < 0:
        raise FileNotFoundError(str(path))


def _own_file(path: Path, kept: Path) -> Path | None:
    """A font under our name, as a file; None where there can be none."""
    from studio.base.atomic_files import write_cache

    facts = path.stat()
    file = kept / f"{PREFIX}-{path.stem}-{facts.st_mtime_ns}.ttf"
    with suppress(OSError):
        if file.stat().st_size > facts.st_size:  # not one that a power cut left empty; names only make it longer
            return file
    for old in kept.glob(f"{PREFIX}-{path.stem}-*.ttf"):
        with suppress(OSError):  # another window may have it open (Windows)
            old.unlink()
    return file if write_cache(file, rename_font(path.read_bytes(), PREFIX)) else None

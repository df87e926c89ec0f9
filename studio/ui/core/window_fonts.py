"""The fonts of the window: ten files, and those of scripts and signs that these lack: one sees what one writes.

``paint.qt_application.ensure_gui`` loads everything, but looking up the packages alone takes a quarter of the time a
window may take to open; it is called when the first picture is painted.
"""

from __future__ import annotations

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


def load_window_fonts() -> None:
    """Load them into the running application.

    Raises:
        FileNotFoundError: a font is missing from the installation.
    """
    for package, stem, styles in _FILES:
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            raise FileNotFoundError(package)
        for style in styles:
            path = Path(spec.origin).parent / "files" / f"{stem}-{style}.ttf"
            _load(path)
    borrowed = [family for family in FAMILIES if not family.package and (family.joined or family.signs)]
    for family in borrowed:
        for path in family.files:
            _load(path)
    for name in (OWN_SANS, OWN_SERIF):
        QFont.insertSubstitutions(name, [family.own_name for family in borrowed])


def _load(path: Path) -> None:
    """Under the name that ``paint`` gives it: which of two fonts of one name Qt takes, nobody knows. 16 ms for all."""
    if QFontDatabase.addApplicationFontFromData(QByteArray(rename_font(path.read_bytes(), PREFIX))) < 0:
        raise FileNotFoundError(str(path))

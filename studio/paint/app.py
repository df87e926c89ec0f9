"""Readies Qt for painting: an application object and the fonts that every machine must have.

Painting needs a ``QGuiApplication`` even where there is no screen: in the commands, and in the worker processes of an
export. There it draws on the offscreen platform. A window brings its own ``QApplication``, made before the first call.
"""

from __future__ import annotations

import threading
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QHashSeed
from PySide6.QtGui import QFontDatabase, QGuiApplication

from studio.base.paths import assets_dir

_READY = "kim_fonts_loaded"
_PACKAGES = ("fontpkg_be_vietnam_pro", "fontpkg_ibm_plex_serif")


def ensure_gui() -> None:
    """Make sure that a QGuiApplication exists and that the bundled fonts are loaded; costs nothing the second time.

    Works in the main thread of any process, spawned workers included. Other threads may paint once it has been called.

    Raises:
        RuntimeError: called first from a thread other than the main one, or a console-only Qt application exists.
        FileNotFoundError: the fonts are missing from the installation.
    """
    app = QCoreApplication.instance()
    if app is not None and app.property(_READY):
        return
    QHashSeed.setDeterministicGlobalSeed()  # else the fonts of a PDF come in another order in every process
    if app is None:
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("ensure_gui() must be called in the main thread before other threads paint")
        app = QGuiApplication(["kim-studio", "-platform", "offscreen"])
    if not isinstance(app, QGuiApplication):
        raise RuntimeError("a QCoreApplication without graphics exists already")  # noqa: TRY004 - a state, not an argument
    _load_fonts()
    app.setProperty(_READY, True)  # kept on the application: fonts live and die with it


def _load_fonts() -> None:
    for path in [*_packaged(), *sorted((assets_dir() / "fonts").glob("*.ttf"))]:
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FileNotFoundError(f"font cannot be loaded: {path}")


def _packaged() -> list[Path]:
    """The files of the font packages; asking ``fontpkg`` for them takes five times as long as loading them."""
    found: list[Path] = []
    for name in _PACKAGES:
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            raise FileNotFoundError(f"font package is not installed: {name}")
        found += sorted((Path(spec.origin).parent / "files").glob("*.ttf"))
    return found

"""Readies Qt for painting: an application object and the fonts that every machine must have.

Painting needs a ``QGuiApplication`` even where there is no screen: in the commands, and in the worker processes of an
export. There it draws on the offscreen platform. A window brings its own ``QApplication``, made before the first call.
"""

from __future__ import annotations

import threading

from PySide6.QtCore import QByteArray, QCoreApplication, QHashSeed
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from studio.base.font_table import FAMILIES, OWN_SANS, OWN_SERIF, PREFIX, is_there
from studio.base.sfnt import rename_font

_READY = "kim_fonts_loaded"


def fix_hash_order() -> None:
    """Have Qt go through its tables in the same order in every process, or the fonts of a PDF come in another one.

    Only what is made afterwards keeps to it: to be called before the application object is made.
    """
    QHashSeed.setDeterministicGlobalSeed()


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
    fix_hash_order()
    if app is None:
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("ensure_gui() must be called in the main thread before other threads paint")
        # Offscreen: exports also run in workers and on computers without a screen.
        app = QGuiApplication(["kim-studio", "-platform", "offscreen"])
    if not isinstance(app, QGuiApplication):
        raise RuntimeError("a QCoreApplication without graphics exists already")  # noqa: TRY004 - a state, not an argument
    _load_fonts()
    app.setProperty(_READY, True)  # kept on the application: fonts live and die with it


def can_paint() -> bool:
    """Whether ``ensure_gui`` has been called in this process."""
    app = QCoreApplication.instance()
    return app is not None and bool(app.property(_READY))


def _load_fonts() -> None:
    """Load every family of the table under its own name; the window's own fonts borrow scripts they lack from them."""
    for family in filter(is_there, FAMILIES):
        for path in family.files:
            if QFontDatabase.addApplicationFontFromData(QByteArray(rename_font(path.read_bytes(), PREFIX))) < 0:
                raise FileNotFoundError(f"font cannot be loaded: {path}")
    scripts = [family.own_name for family in FAMILIES if family.joined]
    for name in (OWN_SANS, OWN_SERIF):
        QFont.insertSubstitutions(name, scripts)

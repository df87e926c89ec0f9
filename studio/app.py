"""The composition root of the window: builds everything once and hands it on by constructor."""

from __future__ import annotations

import gc
import os
import sys
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, qVersion
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from studio import __version__
from studio.base import paths
from studio.base.crash_handler import CrashHandler
from studio.base.log import start_log, stop_log
from studio.base.lucide_icons import LucideIcons
from studio.base.media_types import is_used_as
from studio.base.settings import UserSettings
from studio.paint.qt_application import fix_hash_order
from studio.ui.core.background_jobs import ThreadedJobs
from studio.ui.core.unsaved_work import crash_text
from studio.ui.core.window_fonts import load_window_fonts
from studio.ui.dialogs.qt_dialogs import QtDialogs
from studio.ui.shell.application import ProgramPlaces, StudioApplication
from studio.ui.shell.data_commands import is_data_pack, show_data

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.ui.dialogs.dialog_service import DialogService

_TURN_SECONDS = 0.0005
"""How long a thread may keep the interpreter when another one wants it. The window gives it away in nearly every call
of Qt and waits that long for it again while a worker computes: with Python's 5 ms, opening a desk during an export took
seconds (bench/soak.py: pauses of over 0.1 s were 33 of 45 seconds, with this 20)."""
_LOG_AFTER_MS = 500
"""The log file is opened, and the icon drawn, once the window is there."""


def broken_qt(qt: str, python: tuple[int, int]) -> bool:
    """Whether this pair crashes: PySide6 6.12 loses a reference to None on every call under Python before 3.12.

    Args:
        qt: version of Qt, such as ``"6.11.3"``.
        python: major and minor version.
    """
    major, minor = (int(part) for part in qt.split(".")[:2])
    return (major, minor) >= (6, 12) and python < (3, 12)


def make_application() -> QApplication:
    """The Qt application, with our style and fonts; the one that is there already, if any.

    A command that paints before it opens a window calls this first: Qt cannot turn the bare application that painting
    makes do with into one that has windows.
    """
    sys.setswitchinterval(_TURN_SECONDS)
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    fix_hash_order()
    app = QApplication(["kim-studio"])
    app.setApplicationName("KIM Studio")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("id.kim.Studio")
    app.setStyle("Fusion")
    # A change of size, theme or language builds the window anew, and for a moment there is none: the program ends when
    # it is told to (``StudioApplication.quit``), not then.
    app.setQuitOnLastWindowClosed(False)
    load_window_fonts(paths.cache_dir() / "fonts")
    return app


def show_icon(app: QApplication) -> None:
    """Give the windows the program's icon, for desktops that do not find it by the name of the desktop file."""
    app.setWindowIcon(QIcon(str(paths.assets_dir() / "icon" / "kim-studio.svg")))


def make_sample(path: Path, progress: Progress) -> None:
    """Fill a folder with the sample workspace.

    Raises:
        UserError: it cannot be made there.
        WorkCancelled: stopped by the user.
    """
    from studio.demo.sample import make_sample as fill

    fill(path, progress).close()


def run_window(workspace: Path | None) -> int:
    """Open the window and stay until it is closed.

    Args:
        workspace: what to open, or a package to take into the last one; None opens the last one, or the first page.

    Returns:
        The exit code: 0, or 1 when this PySide6 must not be used with this Python.
    """
    if broken_qt(qVersion(), sys.version_info[:2]):
        sys.stderr.write(f"PySide6 {qVersion()} + Python {sys.version.split()[0]}: pip install 'PySide6<6.12'\n")
        return 1
    gc.freeze()  # what was imported so far stays, and need not be gone through when the window first collects
    # Qt's video player prints a page about every clip.
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")
    app = make_application()
    QTimer.singleShot(_LOG_AFTER_MS, partial(start_log, paths.log_dir()))
    QTimer.singleShot(_LOG_AFTER_MS, partial(show_icon, app))
    settings = UserSettings(paths.config_dir() / "settings.json", late=True)
    documents = paths.documents_dir()

    def dialogs(texts: MessageTexts) -> DialogService:
        return QtDialogs(texts, documents)

    icons = LucideIcons(paths.cache_dir() / "icons.json")
    folders = ProgramPlaces(paths.assets_dir(), documents, paths.cache_dir(), paths.rescue_dir())
    # What is imported stays: frozen, it is not gone through at each full collection, a pause of 30 ms and more.
    studio = StudioApplication(app, settings, ThreadedJobs(), dialogs, icons, folders, make_sample, settled=gc.freeze)

    def show_crash(line: str, report: str) -> None:
        title, text = studio.tools.t("crash.title"), crash_text(studio.tools.texts, studio.safety, line)
        studio.tools.dialogs.tell(title, text, tone="warning", detail=report)

    def excuses(error: BaseException) -> bool:
        return studio.safety is not None and studio.safety.excuses(error)

    CrashHandler(studio.flush, show_crash, excuses).install()
    app.commitDataRequest.connect(lambda _: studio.flush())  # the system is shutting down
    start_with(studio, workspace)
    code = app.exec()
    stop_log()
    return code


def start_with(studio: StudioApplication, given: Path | None) -> None:
    """Start with what was named or double-clicked: a workspace, a package for that of last time, or a data pack."""
    if given is not None and is_data_pack(given) and given.is_file():
        studio.start(None)
        show_data(studio.tools, studio.rebuild, given)
        return
    if given is None or not (is_used_as(given, "package") and given.is_file()):
        studio.start(given)
        return
    studio.start(None)
    if studio.window is None:
        studio.tools.dialogs.tell(studio.tools.t("handoff.no_workspace_title"), studio.tools.t("handoff.no_workspace"))
    else:
        studio.window.intake.bring_in([given])

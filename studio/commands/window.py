"""``kim-studio [WORKSPACE]`` and ``kim-studio screenshots``: the window.

Imports little: what a window needs is loaded in ``studio.app``, after ``import_qt``.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path


def has_display() -> bool:
    """Whether a window can be opened: always on Windows and macOS, else when X11 or Wayland is named."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run_window_command(workspace: Path | None) -> int:
    """Open the window; without a display say so.

    Returns:
        The window's exit code, or 2 when there is no display.
    """
    if not has_display():
        from studio.commands.common import WRONG_USE, print_trouble, user_texts

        print_trouble(user_texts().text("cli.no_display"))
        return WRONG_USE
    from studio.base.paths import cache_dir
    from studio.ui.core.plain_import import import_qt

    gc.disable()  # nothing that is imported is rubbish: 15 ms; the window collects by itself (GarbageCollector)
    # Before anything else imports PySide6, whose import hook would slow down every later import.
    import_qt(cache_dir() / "qt-bytecode")
    from studio.app import run_window

    return run_window(workspace)


def run_screenshots(folder: Path) -> int:
    """Draw every desk of the window, light and dark, into ``folder``, with what a source tree has in ``tools/``.

    Returns:
        0, or 2 where the program was installed without its source tree: the photographer is no part of the product.
    """
    from importlib import import_module

    from studio.base.paths import source_tree
    from studio.commands.common import DONE, WRONG_USE, explain_errors, print_trouble, user_texts

    words = user_texts()
    root = source_tree()
    if root is None:
        print_trouble(words.text("cli.no_source_tree"))
        return WRONG_USE
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    with explain_errors(words):
        import_module("tools.window_pictures.drawing").draw_screenshots(folder)
    return DONE


def main() -> None:
    """Entry point of the program without a console: an optional workspace, and no library for command lines."""
    if getattr(sys, "frozen", False):  # a process of an export is this very program again
        from multiprocessing import freeze_support

        freeze_support()
    # Without typer: where there is no console, nobody types options, and the window is there sooner.
    raise SystemExit(run_window_command(Path(sys.argv[1]) if sys.argv[1:] else None))

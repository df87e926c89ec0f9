"""Imports PySide6 and leaves Python's ``import`` as it was.

PySide6 replaces ``builtins.__import__`` to find out which modules want snake_case methods (``from __feature__ import
snake_case``): from then on it reads the source text of every module that is imported. For this program that doubled the
time until the window appears (6.11.3: 180 ms for 92 ms). Nothing here uses the feature.
"""

from __future__ import annotations

import builtins


def import_qt() -> None:
    """Import PySide6 without its import hook. Call it before anything else imports PySide6; later it does nothing."""
    original = builtins.__import__
    import PySide6.QtCore  # noqa: F401 - imported for what it does

    builtins.__import__ = original

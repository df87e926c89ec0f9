"""How the program came onto this computer: by pip, as one of our installers, or frozen. What helps depends on it."""

from __future__ import annotations

import sys
from contextlib import suppress

from studio.base import paths

MARK = "installed_by"
"""A file beside ``assets/`` that the builder of an installer writes: one word, such as ``"deb"`` or ``"windows"``."""


def installer_kind() -> str:
    """Which installer brought the program; empty for pip and for a source tree."""
    with suppress(OSError):
        told = (paths.assets_dir().parent / MARK).read_text(encoding="ascii", errors="replace").strip()
        if told:
            return told
    return "frozen" if getattr(sys, "frozen", False) else ""

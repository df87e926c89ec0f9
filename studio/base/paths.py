"""Where the studio's own data and the user's settings are.

``assets/`` and ``templates/`` lie at the root of a source tree, in ``studio/_bundled/`` of an installed wheel,
and beside the executable of a frozen build.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

import platformdirs

_APP = "kim-studio"
_PACKAGE = Path(__file__).resolve().parent.parent
"""Asked of the system once: the folders below are looked up for every template."""


def _bundle_roots() -> list[Path]:
    frozen = getattr(sys, "_MEIPASS", None)
    roots = [_PACKAGE / "_bundled", _PACKAGE.parent]
    return [Path(frozen), Path(frozen) / "studio" / "_bundled", *roots] if frozen else roots


def _bundled_folder(folder: str, witness: str) -> Path:
    for root in _bundle_roots():
        if (root / folder / witness).exists():
            return root / folder
    raise FileNotFoundError(f"{folder}/ not found; looked in: " + ", ".join(map(str, _bundle_roots())))


def assets_dir() -> Path:
    """Folder of theme, messages, sample stories, language and region data (read-only).

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    return _bundled_folder("assets", "messages")


def templates_dir() -> Path:
    """Folder of the built-in template packs, one folder per outlet (read-only).

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    return _bundled_folder("templates", "_common")


def guide_dir() -> Path:
    """Folder of the guide's pages and pictures (read-only): ``docs/panduan`` of a source tree.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    with suppress(FileNotFoundError):
        return _bundled_folder("panduan", "gambar")
    return _bundled_folder("docs/panduan", "gambar")


def source_tree() -> Path | None:
    """The root of the source tree the program runs from, with its ``tools/``; None when it was installed as a wheel."""
    root = Path(__file__).resolve().parent.parent.parent
    return root if (root / "tools" / "window_pictures").is_dir() and (root / "pyproject.toml").is_file() else None


def config_dir() -> Path:
    """Folder for the user's settings; ``KIM_STUDIO_HOME`` overrides it. Not created here."""
    home = os.environ.get("KIM_STUDIO_HOME")
    return Path(home) / "config" if home else Path(platformdirs.user_config_dir(_APP, appauthor=False))


def cache_dir() -> Path:
    """Folder for caches that may be deleted at any time; ``KIM_STUDIO_HOME`` overrides it. Not created here."""
    home = os.environ.get("KIM_STUDIO_HOME")
    return Path(home) / "cache" if home else Path(platformdirs.user_cache_dir(_APP, appauthor=False))


def rescue_dir() -> Path:
    """Folder for what could not be saved where it belongs; ``KIM_STUDIO_HOME`` overrides it. Not created here."""
    home = os.environ.get("KIM_STUDIO_HOME")
    return Path(home) / "rescued" if home else Path(platformdirs.user_data_dir(_APP, appauthor=False)) / "rescued"


def packs_dir() -> Path:
    """Folder for data packs and the keys they are trusted by; ``KIM_STUDIO_HOME`` overrides it. Not created here."""
    home = os.environ.get("KIM_STUDIO_HOME")
    return Path(home) / "packs" if home else Path(platformdirs.user_data_dir(_APP, appauthor=False)) / "packs"


def log_dir() -> Path:
    """Folder for log files; ``KIM_STUDIO_HOME`` overrides it. Not created here."""
    home = os.environ.get("KIM_STUDIO_HOME")
    return Path(home) / "log" if home else Path(platformdirs.user_log_dir(_APP, appauthor=False))


def documents_dir() -> Path:
    """The user's documents folder, where a new workspace is offered."""
    return Path(platformdirs.user_documents_dir())

"""Making folders for what the studio keeps beside the stories, never where no workspace is."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PRIVATE = ".studio"
"""The folder of a workspace for its lock and caches."""
PROFILE = "workspace.json"


def is_plain_name(name: str) -> bool:
    """Whether a name from a file names something directly inside a folder, and nothing hidden."""
    return bool(name) and not name.startswith(".") and not any(sign in name for sign in "/\\:\0")


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, but a private one only where a workspace is.

    When its drive was pulled out, a cache or an export would else be written below the empty mount point.

    Raises:
        OSError: ``ENODEV`` when it is in a workspace that is not there; whatever else the system says.
    """
    for above in (folder, *folder.parents):
        if above.name == PRIVATE and not above.is_dir() and not (above.parent / PROFILE).is_file():
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV), str(above))
    folder.mkdir(parents=True, exist_ok=True)

"""The bin: deleted stories lie whole in ``bin/`` until the user empties it."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.store.atomic import patiently, sync_folder

if TYPE_CHECKING:
    from pathlib import Path


def move(source: Path, folder: Path) -> str:
    """Move the folder of a story into ``folder``, under a free name.

    Returns:
        Its name there.

    Raises:
        UserError: a file of the story is in use, or the disk refuses; the story is as it was.
    """
    name, number = source.name, 1
    try:
        folder.mkdir(exist_ok=True)
        while (folder / name).exists():
            number += 1
            name = f"{source.name}-{number}"
        patiently(lambda: source.rename(folder / name))
        sync_folder(folder)
        sync_folder(source.parent)
    except OSError as error:
        raise UserError("store.busy", story=source.name, detail=error.strerror or str(error)) from error
    return name


def names(folder: Path) -> tuple[str, ...]:
    """The stories in the bin, newest name first."""
    try:
        with os.scandir(folder) as entries:
            return tuple(sorted((entry.name for entry in entries if entry.is_dir()), reverse=True))
    except OSError:
        return ()


def purge(source: Path) -> None:
    """Delete a story in the bin for good.

    Raises:
        UserError: a file of it is in use; what is left stays in the bin.
    """
    try:
        shutil.rmtree(source)
    except OSError as error:
        raise UserError("store.busy", story=source.name, detail=error.strerror or str(error)) from error

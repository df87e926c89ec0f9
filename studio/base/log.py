"""The log file: what a developer needs when something went wrong on someone else's laptop. No story text goes in."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NAME = "studio"
_MOST_BYTES = 500_000
_FILES = 2


def start_log(folder: Path, *, name: str = NAME) -> Path | None:
    """Send the messages of the program to ``folder/studio.log``; older ones go to ``studio.log.1`` and so on.

    Returns:
        The file, None when the folder cannot be written (the program then runs without a log).
    """
    from logging.handlers import RotatingFileHandler

    path = folder / "studio.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=_MOST_BYTES, backupCount=_FILES, encoding="utf-8", delay=True)
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger = logging.getLogger(name)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.disabled = False  # a library that configures logging (``logging.config``) silences all loggers there are
    stop_log(name=name)
    logger.addHandler(handler)
    return path


def stop_log(*, name: str = NAME) -> None:
    """Close the log file."""
    logger = logging.getLogger(name)
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()


def part_logger(name: str = NAME) -> logging.Logger:
    """The logger of a part of the program."""
    return logging.getLogger(name)

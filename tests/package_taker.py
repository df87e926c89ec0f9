"""Takes a package in as the commands and the window do, beside what is there: for tests of what is in packages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.base.errors import WorkNotice
from studio.base.progress import Progress
from studio.store.package_reading import add_package, find_known, home_notices, read_package
from studio.store.workspace import Workspace
from studio.story.model import Story


@dataclass(frozen=True)
class Taken:
    """Where it went; ``new`` is False when all of it was there, ``other`` and ``base`` as in ``KnownStory``."""

    folder: str
    new: bool
    notices: tuple[WorkNotice, ...]
    other: str
    base: Story | None


def unpack(workspace: Workspace, source: Path, progress: Progress | None = None) -> Taken:
    """Take a package in."""
    package = read_package(source)
    known = find_known(workspace, package)
    folder = known.same or add_package(workspace, package, progress)
    return Taken(folder, not known.same, home_notices(package), known.other, known.base)

"""What the window asks about a folder of photos, as an order that the group signs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from studio.base.errors import UserError
from studio.services.photo_folder import make_photo_folder
from studio.services.photo_folder_mark import group_mark, name_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.base.i18n import MessageTexts
    from studio.base.pixel_data import Pixels
    from studio.base.progress import Progress
    from studio.services.photo_folder import FolderResult
    from studio.services.photo_folder_order import FolderOrder
    from studio.store.workspace import Workspace

MarkChoice = Literal["", "group", "name"]


@dataclass(frozen=True, slots=True)
class FolderChoice:
    """An order whose mark is still to be painted: none, the group's, or the name of the credit."""

    order: FolderOrder
    mark: MarkChoice = ""


def result_folder(source: Path) -> Path:
    """The folder that is proposed for the results: beside that of the photos, or in it where there is no beside."""
    return source.parent / f"{source.name}-siap" if source.name else source / "siap"


def run_choice(choice: FolderChoice, workspace: Workspace, texts: MessageTexts, progress: Progress) -> FolderResult:
    """Make a folder of photos ready as the window asked; see ``make_photo_folder``.

    Raises:
        UserError: as there.
        WorkCancelled: what was finished stays.
    """
    order = replace(choice.order, group=workspace.group)
    with TemporaryDirectory(prefix="kim-foto-") as scratch:
        if choice.mark == "group":
            order = replace(order, mark=group_mark(workspace, Path(scratch)))
        elif choice.mark == "name":
            name = order.credit or workspace.group.name or workspace.group.village or "KIM"
            order = replace(order, mark=name_mark(name, Path(scratch)))
        return make_photo_folder(order, texts, progress)


def ready_fonts() -> None:
    """Load what painting needs; in the main thread, before a worker paints a mark or a contact sheet."""
    from studio.paint.qt_application import ensure_gui

    ensure_gui()


def small_photos(paths: Sequence[Path], longest: int, progress: Progress) -> list[Pixels | None]:
    """Photos small enough to be looked at side by side; None for one that cannot be opened any more.

    Args:
        paths: the originals.
        longest: pixels of the longer side.
        progress: told photo by photo.
    """
    from studio.photo.small_pictures import preview_pixels

    made: list[Pixels | None] = []
    for number, path in enumerate(paths):
        progress.report(number, len(paths), path.name)
        try:
            made.append(preview_pixels(path, longest))
        except UserError:
            made.append(None)
    return made

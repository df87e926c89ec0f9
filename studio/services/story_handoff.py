"""Handing a story to the editor as a package, and taking one in. No Qt: what the window and the commands do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.services.story_list import status_text
from studio.store.packages import pack_story
from studio.story.foreign_story import has_promises
from studio.story.model import LightAdjust, Photo

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.errors import WorkNotice
    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.store.package_reading import ReadPackage
    from studio.store.packages import PackageChoice
    from studio.store.workspace import Workspace
    from studio.story.model import Story

ENDING = ".kim"
_LARGEST = 20_000
"""Pixels of the longer side of a covered copy: more than any camera has, as it must not be made smaller."""
_QUALITY = 92


def pack_for_editor(
    workspace: Workspace,
    folder: str,
    target: Path,
    choice: PackageChoice,
    progress: Progress,
    story: Story | None = None,
) -> tuple[WorkNotice, ...]:
    """Write a story into a package; photos with covers go as copies with the covers burned in, unless ticked.

    Args:
        workspace: where the story is.
        folder: its folder.
        target: the file to write; replaced when it is there.
        choice: what goes along.
        progress: called with how far it is; may raise ``WorkCancelled``.
        story: as it is now; None reads what is saved.

    Returns:
        One notice for each media file that is missing or stays at home.

    Raises:
        UserError: the story cannot be read, or the disk refuses; no half package is left.
    """
    return pack_story(workspace, folder, target, choice, burn_covers_in, progress, story)


def burn_covers_in(photo: Photo, source: Path, target: Path) -> None:
    """Write an upright JPEG of a photo with its covers burned in, nothing else changed, no metadata.

    Turn, crops and light are left to the story, whose numbers are of the upright original: they fit the copy as well.

    Raises:
        UserError: the photo cannot be opened, or the copy not written.
    """
    from studio.base.progress import SilentProgress
    from studio.photo.framing import PhotoVariant
    from studio.photo.render import render_variants

    plain = Photo(id=photo.id, file=photo.file, name=photo.name, covers=photo.covers, adjust=LightAdjust())
    variant = PhotoVariant((_LARGEST, _LARGEST), "inside", _QUALITY, name=photo.name)
    render_variants(source, plain, [(variant, target)], None, SilentProgress())


def arrival_reason(package: ReadPackage, texts: MessageTexts) -> str:
    """What the log of a story that comes in says: from whom, and what has to be confirmed here. "" for nothing."""
    story = package.story
    if not has_promises(story):
        return ""
    group = package.contents.group or texts.text("handoff.somebody")
    return texts.text("handoff.arrived", group=group, status=status_text(texts, story.status))


def file_name_for(folder: str) -> str:
    """What the package of a story is called when nobody says otherwise."""
    return f"{folder or 'berita'}{ENDING}"

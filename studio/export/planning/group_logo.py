"""The one picture of a logo that window and exports show, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.atomic_files import cache_file
from studio.base.errors import UserError, WorkNotice
from studio.store.logo_place import SIDE, read_logo

if TYPE_CHECKING:
    from pathlib import Path

    from studio.store.logo_place import GroupLogo
    from studio.store.story_shelf import StoryShelf


def ready_logo(workspace: StoryShelf) -> GroupLogo | None:
    """The logo of a workspace with its mark made; None for none, or for one that cannot be shown."""
    logo = workspace.logo.current_logo
    if logo is None:
        return None
    try:
        _make_mark(logo)
    except (UserError, OSError):
        return None
    return logo


def logo_file(logo: GroupLogo) -> bytes:
    """A ready logo as the small file beside web pages."""
    from studio.photo.small_logo import small_logo

    return small_logo(logo.mark)


def ready_mark(workspace: StoryShelf) -> Path | None:
    """The picture of ``ready_logo``."""
    logo = ready_logo(workspace)
    return logo.mark if logo else None


def logo_problems(workspace: StoryShelf) -> tuple[WorkNotice, ...]:
    """Why the logo that the profile names is not shown; empty when it is, or when none is named."""
    logo = workspace.logo.current_logo
    if logo is None:
        return workspace.logo.problems
    if workspace.logo.unshown[0] == logo.digest:
        return workspace.logo.unshown[1]
    try:
        _make_mark(logo)
    except (UserError, OSError) as error:
        initials = WorkNotice("export.logo_initials", {"file": logo.path.name})
        why = (WorkNotice(error.code, error.facts),) if isinstance(error, UserError) else ()
        workspace.logo.unshown = (logo.digest, (*why, initials))
        return workspace.logo.unshown[1]
    return ()


def draw_logo(source: Path) -> Path:
    """A file that was chosen as logo, drawn to pixels.

    Returns:
        A PNG of at most 512 pixels, in the cache.

    Raises:
        UserError: it is no picture, cannot be drawn, or the disk refuses; names the file.
    """
    try:
        logo = read_logo(source)
        if logo is None:
            raise UserError("export.logo_not_picture", file=source.name)
        _make_mark(logo)
    except OSError as error:
        raise UserError("store.media_unreadable", file=str(source)) from error
    return logo.mark


def _make_mark(logo: GroupLogo) -> None:
    """Make the mark where it is missing, under another name first: two windows may do so at once."""
    if logo.mark.exists():
        return
    with cache_file(logo.mark) as part:
        if logo.kind == "drawing":
            from studio.paint.logo_drawing import draw_svg

            draw_svg(logo.path, part, SIDE)
        else:
            from studio.photo.small_logo import shrink_logo

            shrink_logo(logo.path, part, SIDE)

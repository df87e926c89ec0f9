"""Plans a website page: its text files, and the pictures it needs in several widths."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from studio.export.keys import key_of
from studio.export.tasks import Target, TextTask

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.export.plan import Desk
    from studio.photo.render import Variant
    from studio.posts.packs import Outlet, Output
    from studio.story.model import Photo

_MIME = {".png": "image/png", ".webp": "image/webp"}


def data_uri(file: Path) -> str:
    """A picture as a data URI, as it stands in a page or card."""
    mime = _MIME.get(file.suffix.lower(), "image/jpeg")
    return f"data:{mime};base64," + base64.b64encode(file.read_bytes()).decode("ascii")


def page_videos(desk: Desk, outlet: Outlet) -> tuple[str, ...]:
    """The video files that lie beside the page."""
    if not (desk.story.videos or desk.story.slideshow):
        return ()
    return tuple(output.file for output in outlet.outputs if output.kind == "video")


def plan_page(
    desk: Desk, outlet: Outlet, output: Output
) -> tuple[tuple[TextTask, ...], Iterator[tuple[Photo, str, Variant]]]:
    """Plan a page.

    Returns:
        The page's text files, and each picture with its path below the story's export folder.

    Raises:
        UserError: the template cannot be filled.
    """
    from studio.photo.render import Variant
    from studio.posts.pages import render_page

    logo = data_uri(desk.logo) if desk.logo else ""
    page = render_page(
        desk.press, outlet, output, desk.material, pictures={"logo": logo}, videos=page_videos(desk, outlet)
    )
    texts = tuple(
        TextTask(Target(f"{outlet.id}/{file.name}", outlet.id, "page", key_of("page", file.content)), file.content)
        for file in page.files
    )
    pictures = (
        (
            picture.photo,
            f"{outlet.id}/{picture.file}",
            Variant(picture.size, picture.fit, picture.quality, picture.max_bytes),
        )
        for picture in page.pictures
    )
    return texts, pictures

"""Plans a website page: its text files, and the pictures it needs in several widths."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Protocol

from studio.export.planning.content_keys import key_of
from studio.export.planning.export_tasks import Target, TextTask

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.export.planning.story_plan import Desk
    from studio.photo.render import Variant
    from studio.posts.packs import Outlet, Output
    from studio.story.model import Photo, Story

_MIME = {".png": "image/png", ".webp": "image/webp"}


class HasStory(Protocol):
    """Something that knows its story."""

    @property
    def story(self) -> Story:
        """The story."""
        ...


def data_uri(file: Path) -> str:
    """A picture as a data URI, as it stands in a page or card."""
    mime = _MIME.get(file.suffix.lower(), "image/jpeg")
    return f"data:{mime};base64," + base64.b64encode(file.read_bytes()).decode("ascii")


def page_videos(desk: HasStory, outlet: Outlet) -> tuple[str, ...]:
    """The video files that lie beside the page."""
    if not (desk.story.videos or desk.story.slideshow):
        return ()
    found: list[str] = []
    for output in (output for output in outlet.outputs if output.kind == "video"):
        clips = len(desk.story.videos[: output.max or None]) if output.numbered else 1
        found += [output.name(number) for number in range(1, max(1, clips) + 1)]
    return tuple(found)


def page_tracks(desk: HasStory, outlet: Outlet) -> dict[str, str]:
    """The subtitle file that lies beside each video that has one."""
    tracks: dict[str, str] = {}
    for output in (output for output in outlet.outputs if output.kind == "video" and output.subtitles == "vtt"):
        clips = desk.story.videos[: output.max or None] if output.numbered else desk.story.videos[:1]
        for number, clip in enumerate(clips, 1):
            if clip.subtitles:
                tracks[output.name(number)] = f"{output.name(number).rpartition('.')[0]}.vtt"
    return tracks


def page_posters(desk: HasStory, outlet: Outlet) -> dict[str, str]:
    """The cover picture that lies beside each video for which one was chosen."""
    posters: dict[str, str] = {}
    for output in (output for output in outlet.outputs if output.kind == "video" and output.poster):
        clips = desk.story.videos[: output.max or None] if output.numbered else desk.story.videos[:1]
        for number, clip in enumerate(clips, 1):
            if clip.poster is not None:
                posters[output.name(number)] = output.poster_name(number)
    return posters


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
    videos, tracks = page_videos(desk, outlet), page_tracks(desk, outlet)
    posters, logos = page_posters(desk, outlet), {"logo": logo}
    page = render_page(
        desk.press, outlet, output, desk.material, pictures=logos, videos=videos, tracks=tracks, posters=posters
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

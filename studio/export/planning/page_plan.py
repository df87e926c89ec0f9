"""Plans a website page: its text files, and the pictures it needs in several widths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.export.planning.content_keys import key_of
from studio.export.planning.export_tasks import FileTarget, TextTask
from studio.photo.small_logo import small_logo
from studio.posts.output_kinds import VideoOutput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.export.planning.plan_context import PlanContext
    from studio.photo.render import PhotoVariant
    from studio.posts.output_kinds import PageOutput
    from studio.posts.packs import Outlet
    from studio.story.model import Photo, Story

LOGO = "logo.png"
"""The group's logo beside a page, for all pages of a site one."""


def page_videos(story: Story, outlet: Outlet) -> tuple[str, ...]:
    """The video files that lie beside the page."""
    if not (story.videos or story.slideshow):
        return ()
    found: list[str] = []
    for output in outlet.outputs_of(VideoOutput):
        clips = len(story.videos[: output.max or None]) if output.numbered else 1
        found += [output.name(number) for number in range(1, max(1, clips) + 1)]
    return tuple(found)


def page_tracks(story: Story, outlet: Outlet) -> dict[str, str]:
    """The subtitle file that is beside each video that has one."""
    tracks: dict[str, str] = {}
    for output in (each for each in outlet.outputs_of(VideoOutput) if each.subtitles == "vtt"):
        clips = story.videos[: output.max or None] if output.numbered else story.videos[:1]
        for number, clip in enumerate(clips, 1):
            if clip.subtitles:
                tracks[output.name(number)] = f"{output.name(number).rpartition('.')[0]}.vtt"
    return tracks


def page_posters(story: Story, outlet: Outlet) -> dict[str, str]:
    """The cover picture that is beside each video for which one was chosen."""
    posters: dict[str, str] = {}
    for output in (each for each in outlet.outputs_of(VideoOutput) if each.poster):
        clips = story.videos[: output.max or None] if output.numbered else story.videos[:1]
        for number, clip in enumerate(clips, 1):
            if clip.poster is not None:
                posters[output.name(number)] = output.poster_name(number)
    return posters


def logo_task(outlet: Outlet, mark: Path) -> TextTask:
    """The logo as a file beside a page."""
    content = small_logo(mark)
    return TextTask(FileTarget(f"{outlet.id}/{LOGO}", outlet.id, "page", key_of("page", content)), content)


def plan_page(
    context: PlanContext, outlet: Outlet, output: PageOutput
) -> tuple[tuple[TextTask, ...], Iterator[tuple[Photo, str, PhotoVariant]]]:
    """Plan a page.

    Returns:
        The page's text files, and each picture with its path below the story's export folder.

    Raises:
        UserError: the template cannot be filled.
    """
    from studio.photo.render import PhotoVariant
    from studio.posts.pages import render_page

    logo = LOGO if context.logo else ""
    videos, tracks = page_videos(context.material.story, outlet), page_tracks(context.material.story, outlet)
    posters, logos = page_posters(context.material.story, outlet), {"logo": logo}
    page = render_page(
        context.press, outlet, output, context.material, pictures=logos, videos=videos, tracks=tracks, posters=posters
    )
    texts = tuple(
        TextTask(FileTarget(f"{outlet.id}/{file.name}", outlet.id, "page", key_of("page", file.content)), file.content)
        for file in page.files
    )
    if context.logo:
        texts += (logo_task(outlet, context.logo),)
    pictures = (
        (
            picture.photo,
            f"{outlet.id}/{picture.file}",
            PhotoVariant(picture.size, picture.fit, picture.quality, picture.max_bytes),
        )
        for picture in page.pictures
    )
    return texts, pictures

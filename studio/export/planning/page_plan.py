"""Plans a website page: its text files, and the pictures it needs in several widths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.export.planning.content_keys import key_of
from studio.export.planning.export_tasks import FileTarget, TextTask
from studio.export.planning.page_media import edition_media
from studio.photo.small_logo import small_logo
from studio.posts.language_editions import language_links

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.export.planning.plan_context import PlanContext
    from studio.photo.render import PhotoVariant
    from studio.posts.language_editions import LanguageEdition
    from studio.posts.output_kinds import PageOutput
    from studio.posts.packs import Outlet
    from studio.story.model import Photo, Story

LOGO = "logo.png"
"""The group's logo beside a page, for all pages of a site one."""


def logo_task(outlet: Outlet, mark: Path) -> TextTask:
    """The logo as a file beside a page."""
    content = small_logo(mark)
    return TextTask(FileTarget(f"{outlet.id}/{LOGO}", outlet.id, "page", key_of("page", content)), content)


def plan_page(
    context: PlanContext, original: Story, edition: LanguageEdition, output: PageOutput
) -> tuple[tuple[TextTask, ...], Iterator[tuple[Photo, str, PhotoVariant]]]:
    """Plan a page.

    Args:
        context: with the story in the language of the edition.
        original: the story in its own.
        edition: of the website.
        output: of kind ``page``.

    Returns:
        The page's text files, and each picture with its path below the story's export folder; those of a further
        language are the pictures of the first.

    Raises:
        UserError: the template cannot be filled.
    """
    from studio.photo.render import PhotoVariant
    from studio.posts.pages import render_page

    outlet = edition.outlet
    page = render_page(
        context.press,
        outlet,
        output,
        context.material,
        pictures={"logo": f"{edition.up}{LOGO}" if context.logo else ""},
        **edition_media(edition, original, context.material.story),
        up=edition.up,
        links=language_links(original, edition, context.press.catalog),
    )
    texts = tuple(
        TextTask(FileTarget(f"{outlet.id}/{file.name}", outlet.id, "page", key_of("page", file.content)), file.content)
        for file in page.files
    )
    if edition.folder:
        return texts, iter(())
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

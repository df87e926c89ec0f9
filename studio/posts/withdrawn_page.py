"""The page that stands where a withdrawn story was: that it was taken back, when and why. Search engines skip it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.font_table import FONTS
from studio.posts.families import site_look
from studio.posts.pages import PageFile
from studio.posts.template_context import group_values
from studio.story import date_formats

if TYPE_CHECKING:
    from studio.posts.output_kinds import PageOutput
    from studio.posts.packs import Outlet
    from studio.posts.render_context import RenderContext
    from studio.story.model import Group
    from studio.story.withdrawal import StoryWithdrawal

TEMPLATE = "dicabut.html.j2"
_SHARED = (".css.", ".svg.")
"""Of the files beside a page, those it needs: its feed is about the story."""


def withdrawn_page(
    press: RenderContext,
    outlet: Outlet,
    output: PageOutput,
    told: StoryWithdrawal,
    group: Group,
    *,
    logo: str = "",
    root: str = "",
) -> tuple[PageFile, ...]:
    """Make the page and the files it needs beside it.

    Args:
        press: templates.
        outlet: the website.
        output: its page.
        told: what may be said of the withdrawal.
        group: who withdrew.
        logo: its address beside the page; "" draws initials.
        root: the way to shared files; those are made only where it is "".

    Raises:
        UserError: ``posts.template*``.
    """
    values = {
        "title": told.title,
        "headline": told.headline,
        "why": told.why,
        "when": date_formats.date_and_clock(told.when, group.time_zone),
        "iso": date_formats.zoned_iso(told.when, group.time_zone),
        "group": {**group_values(group), "logo": logo},
        **site_look(press.catalog.families, group, FONTS),
        "language": "id",
        "direction": "ltr",
        "root": root,
        "address": "",
    }
    shelf = press.shelf(outlet)
    beside = () if root else output.files
    needed = ((name, template) for name, template in beside if any(sign in template for sign in _SHARED))
    names = ((output.file, TEMPLATE), *needed)
    return tuple(
        PageFile(name, press.templates.fill(shelf, template, values).text.strip() + "\n") for name, template in names
    )

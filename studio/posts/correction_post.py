"""The correction of a published story as a post of its own, in Indonesian like every post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.posts.template_context import correction_values

if TYPE_CHECKING:
    from studio.posts.packs import Outlet
    from studio.posts.render_context import RenderContext
    from studio.posts.template_context import TemplateContext
    from studio.story.model import Correction

_TEMPLATE = "_common/kiriman_ralat.txt.j2"


def render_correction(
    press: RenderContext, outlet: Outlet, material: TemplateContext, correction: Correction, link: str
) -> str:
    """The text, ending in one line break. Its words are in ``templates/_common/ralat.txt.j2``.

    Args:
        press: templates.
        outlet: the outlet it is for.
        material: the story.
        correction: one of its corrections.
        link: where the corrected story is, "" for nowhere.

    Raises:
        UserError: ``posts.template*``.
    """
    values = {
        "headline": material.story.headline,
        "correction": correction_values(correction, material.group),
        "link": link,
    }
    return press.templates.fill(press.shelf(outlet), _TEMPLATE, values).text.strip() + "\n"

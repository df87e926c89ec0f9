"""The correction of a published story, and a right of reply, as posts of their own, in Indonesian like every post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.posts.template_context import correction_values, reply_values

if TYPE_CHECKING:
    from studio.posts.packs import Outlet
    from studio.posts.render_context import RenderContext
    from studio.posts.template_context import TemplateContext
    from studio.story.model import Group
    from studio.story.newsroom_records import RightOfReply
    from studio.story.publication_records import Correction

_TEMPLATE = "_common/kiriman_ralat.txt.j2"
_SENTENCES = "_common/kalimat_ralat.txt.j2"
_REPLY = "_common/kiriman_hak_jawab.txt.j2"


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


def correction_sentences(press: RenderContext, outlet: Outlet, correction: Correction, group: Group) -> str:
    """The sentences of a correction in one line, without its heading; args and errors as ``render_correction``."""
    values = {"correction": correction_values(correction, group)}
    return press.templates.fill(press.shelf(outlet), _SENTENCES, values).text.strip()


def render_reply(
    press: RenderContext, outlet: Outlet, material: TemplateContext, reply: RightOfReply, link: str
) -> str:
    """A right of reply as a post: all of it, whatever the outlet's limit; args and errors as ``render_correction``."""
    values = {
        "headline": material.story.headline,
        "reply": reply_values(reply, material.group),
        "link": link,
        "group": material.group.name,
    }
    return press.templates.fill(press.shelf(outlet), _REPLY, values).text.strip() + "\n"

"""Posts that follow a story where it has appeared: its corrections, and what people it speaks of replied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.export.planning.content_keys import key_of
from studio.export.planning.export_tasks import FileTarget, TextTask
from studio.posts.correction_post import render_correction, render_reply
from studio.posts.output_kinds import PageOutput, TextOutput
from studio.posts.template_context import short_reply_from
from studio.story.publishing import find_publication
from studio.story.replies import replies_due, replies_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.posts.packs import Outlet
    from studio.posts.render_context import RenderContext
    from studio.posts.template_context import TemplateContext

CORRECTION_POST = "ralat.txt"
"""The post that is a correction."""
REPLY_POST = "hak-jawab.txt"
"""The post that is a right of reply."""


def correction_posts(press: RenderContext, material: TemplateContext, outlet: Outlet) -> Iterator[TextTask]:
    """``CORRECTION_POST`` for an outlet that had the story before it was corrected; the website says it on the page."""
    if not material.story.corrections:
        return
    line = find_publication(material.story, outlet.id)
    due = [c for c in material.story.corrections if line is not None and c.when[:10] >= line.when[:10]]
    if line is None or not due or outlet.outputs_of(PageOutput):
        return
    link = line.link or material.url
    content = "\n".join(render_correction(press, outlet, material, each, link) for each in reversed(due)).encode()
    yield TextTask(FileTarget(f"{outlet.id}/{CORRECTION_POST}", outlet.id, "text", key_of("text", content)), content)


def reply_posts(press: RenderContext, material: TemplateContext, outlet: Outlet) -> Iterator[TextTask]:
    """``REPLY_POST`` for an outlet that had the story before, or has no room for all of it beside the story."""
    if not material.story.right_of_reply or outlet.outputs_of(PageOutput):
        return
    limits = [short_reply_from(output.limit) for output in outlet.outputs_of(TextOutput)]
    least = min((limit for limit in limits if limit), default=0)
    late = replies_due(material.story, outlet.id)
    own = [reply for reply in replies_of(material.story) if reply in late or (least and len(reply.text) > least)]
    if not own:
        return
    line = find_publication(material.story, outlet.id)
    link = (line.link if line is not None else "") or material.url
    content = "\n".join(render_reply(press, outlet, material, each, link) for each in reversed(own)).encode()
    yield TextTask(FileTarget(f"{outlet.id}/{REPLY_POST}", outlet.id, "text", key_of("text", content)), content)

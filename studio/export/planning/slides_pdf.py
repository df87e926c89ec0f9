"""The carousel as one PDF: the very slides, a page each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.export.planning.catalog_plan import carousel_contexts
from studio.export.planning.content_keys import key_of
from studio.export.planning.export_tasks import FileTarget, PrintTask
from studio.posts.late_values import LateSvg
from studio.posts.svg import LateSheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.export.planning.export_tasks import CardTask
    from studio.export.planning.plan_context import PlanContext
    from studio.posts.output_kinds import PrintOutput
    from studio.posts.packs import Outlet


def slides_task(
    context: PlanContext, outlet: Outlet, output: PrintOutput, card_task: Callable[..., CardTask]
) -> PrintTask:
    """The task of a PDF whose pages are the slides.

    Args:
        context: of the story.
        outlet: whose PDF it is.
        output: with ``slides``; its template draws a slide.
        card_task: plans one slide as a card.
    """
    cards = [card_task(about, outlet, output.slide, n) for n, about in enumerate(carousel_contexts(context), 1)]
    pages, slots = [], []
    for number, task in enumerate(cards, 1):
        own = f"slide:{number}"
        slots += [replace(slot, name=own) for slot in task.slots]
        tokens = tuple((own if known == "photo" else known, token) for known, token in task.svg.tokens)
        pages.append(replace(task.svg, tokens=tokens, complete=True))
    first, *more = pages
    sheet = LateSheet((first, LateSvg("", (), complete=True), *more))
    key = key_of("print", ([task.target.key for task in cards], output.size))
    name = output.name_for(context.material.story.id)
    target = FileTarget(f"{outlet.id}/{name}", outlet.id, "print", key)
    return PrintTask(target, outlet, output, context.press, context.material, tuple(slots), context.logo, sheet)

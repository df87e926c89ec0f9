"""What posts are rendered with: a catalog with its compiled templates, to be made once and shared by all renderers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.posts.environment import CompiledTemplates
from studio.posts.families import DesignFamily, chosen_family
from studio.posts.output_kinds import MotionOutput
from studio.posts.packs import TemplateSearchPath
from studio.story.claims import ruling_claim
from studio.story.clips import gets_usual_card, wants_motion

if TYPE_CHECKING:
    from studio.posts.catalog import OutletCatalog
    from studio.posts.output_kinds import Output
    from studio.posts.packs import Outlet
    from studio.posts.template_context import TemplateContext
    from studio.story.model import Story


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What ``render_text``, ``render_svg``, ``render_print``, ``render_page`` print with. Safe to share by threads."""

    catalog: OutletCatalog
    templates: CompiledTemplates = field(default_factory=CompiledTemplates)

    def __reduce__(self) -> tuple[type[RenderContext], tuple[OutletCatalog]]:
        # Compiled templates stay in their process; the other side compiles its own.
        return (RenderContext, (self.catalog,))

    def shelf(self, outlet: Outlet) -> TemplateSearchPath:
        """Where the outlet's templates lie."""
        designs, product_designs = frozenset(self.catalog.designs), frozenset(self.catalog.product_designs)
        return TemplateSearchPath(outlet.folder, self.catalog.common, designs, product_designs, self.catalog.own)

    def family(self, material: TemplateContext) -> DesignFamily:
        """The design family of a story's posts."""
        return chosen_family(self.catalog.families, material.story, material.group)


def is_wanted(output: Output, story: Story, *, quote: bool, cards: bool = False) -> bool:
    """Whether this story gets this output (its ``when``).

    Photos need a photo, videos a clip or slide show and a moving card that it is wanted, whatever the pack says.

    Args:
        output: the output.
        story: the story.
        quote: whether it has a quotation for a card (``TemplateContext.quote is not None``).
        cards: whether the group wants a moving card of every story without a clip (``Group.moving_cards``): an upright
            one, which several outlets share. Other shapes take their time again: made where a member asks for the card.
    """
    if isinstance(output, MotionOutput) and gets_usual_card(story, usual=cards):
        return output.size[0] < output.size[1] and _has(output.when, story, quote=quote)
    needs = {output.when, output.kind if output.kind in {"photo", "video", "motion"} else ""}
    return all(_has(need, story, quote=quote) for need in needs)


def _has(need: str, story: Story, *, quote: bool) -> bool:
    match need:
        case "photo":
            return bool(story.photos)
        case "video" | "motion":
            return wants_motion(story) if need == "motion" else bool(story.videos or story.slideshow)
        case "quote":
            return quote
        case "verdict":
            return ruling_claim(story) is not None
        case "notice":
            return story.kind == "notice"
        case _:
            return True

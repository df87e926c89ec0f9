"""How long the text for each outlet is: the posts themselves, made and measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from studio.posts.catalog import OutletCatalog
    from studio.posts.packs import Outlet
    from studio.posts.render_context import RenderContext
    from studio.posts.template_context import TemplateContext
    from studio.story.model import Group, Story


@dataclass(frozen=True, slots=True)
class TextLength:
    """The length of one outlet's main text.

    Args:
        name: the outlet.
        size: length of the text, of the longest post of a thread.
        limit: the most there may be; 0 for no limit.
        unit: what is counted, see ``studio.posts.counting``.
        posts: how many posts the text became.
        shortened: it did not fit and was cut after a sentence or word.
    """

    name: str
    size: int
    limit: int
    unit: str
    posts: int = 1
    shortened: bool = False


class OutletLengths:
    """Measures a story for the outlets the group uses. Made to be called in another thread; the templates are kept.

    Args:
        builtin: the folder of the built-in packs.
        own: the group's own packs; None for none.
        group: gives the profile as it is now.
        folder: name of the story's folder.
    """

    def __init__(self, builtin: Path, own: Path | None, group: Callable[[], Group], folder: str) -> None:
        self._builtin = builtin
        self._own = own
        self._group = group
        self._folder = folder
        self._press: RenderContext | None = None

    def __call__(self, story: Story) -> Sequence[TextLength]:
        """The lengths in the order of the catalog; an outlet without a text, or with a broken pack, is left out."""
        from studio.posts.template_context import TemplateContext

        press = self._press = self._press or self._make_press()
        group = self._group()
        outlets = [each for each in press.catalog.outlets if not group.outlets or each.id in group.outlets]
        material = TemplateContext(story, group, self._folder, press.catalog.labels)
        measured = (_measure_outlet(press, outlet, material) for outlet in outlets)
        return [length for length in measured if length is not None]

    def _make_press(self) -> RenderContext:
        from studio.posts.catalog import load_catalog
        from studio.posts.render_context import RenderContext

        catalog: OutletCatalog = load_catalog(self._builtin, self._own)
        return RenderContext(catalog)


def _measure_outlet(press: RenderContext, outlet: Outlet, material: TemplateContext) -> TextLength | None:
    from studio.posts.output_kinds import TextOutput
    from studio.posts.render_context import is_wanted
    from studio.posts.text_posts import render_text

    quote = material.quote is not None
    output = next((o for o in outlet.outputs_of(TextOutput) if is_wanted(o, material.story, quote=quote)), None)
    if output is None:
        return None
    try:
        post = render_text(press, outlet, output, material)
    except UserError:
        return None  # the publishing desk tells about broken packs
    shortened = any(notice.code == "posts.shortened" for notice in post.notices)
    return TextLength(outlet.name, post.length, post.limit, post.unit, max(1, len(post.files)), shortened)

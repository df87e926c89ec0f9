"""The plain photos of an outlet: their files, how they are cut, and what is written on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studio.base.errors import WorkNotice
from studio.export.planning.content_keys import key_of
from studio.export.planning.export_tasks import FileTarget
from studio.export.planning.strip_planning import plan_strip
from studio.posts.photo_strips import strip_of
from studio.story.photo_strips import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.export.planning.export_tasks import PhotoStrip
    from studio.export.planning.plan_context import PlanContext
    from studio.photo.render import PhotoVariant
    from studio.posts.language_editions import LanguageEdition
    from studio.posts.output_kinds import PhotoOutput
    from studio.posts.packs import Outlet
    from studio.story.model import Photo


class PlannedPhoto(NamedTuple):
    """One photo of an outlet: its file, its size, and its strip."""

    photo: Photo
    target: FileTarget
    variant: PhotoVariant
    strip: PhotoStrip | None


def planned_photos(
    context: PlanContext, told: PlanContext, edition: LanguageEdition, output: PhotoOutput
) -> Iterator[PlannedPhoto]:
    """Each photo of an outlet with its file, its size and its strip.

    Args:
        context: the story in its own language, which the metadata have.
        told: the story in that of the edition, which the strip has.
        edition: one after the first has photos only where something is written on them.
        output: which.
    """
    from studio.photo.render import PhotoVariant

    outlet = edition.outlet
    if edition.folder and strip_of(outlet, output, told.material) == PLAIN:
        return
    shown = context.material.story.photos[: output.max or None]
    left = len(context.material.story.photos) - len(shown)
    for number, photo in enumerate(shown, 1):
        variant = PhotoVariant(output.size, output.fit, output.quality, output.max_bytes, careful=True)
        notices = (_too_many(outlet, len(shown), left),) if left and number == len(shown) else ()
        key = context.photo_key(photo, variant)
        strip = plan_strip(told, outlet, output, variant, (number, len(shown)))
        key = key_of("strip", (key, strip)) if strip else key
        target = FileTarget(f"{outlet.id}/{output.name(number)}", outlet.id, "photo", key, notices=notices)
        yield PlannedPhoto(photo, target, variant, strip)


def _too_many(outlet: Outlet, most: int, left: int) -> WorkNotice:
    return WorkNotice("export.too_many_photos", {"outlet": outlet.name, "most": most, "left": left})

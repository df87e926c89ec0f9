"""What planning one story needs, and the keys of its photos."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from studio.export.planning.content_keys import key_of
from studio.export.planning.export_tasks import PhotoMark
from studio.export.planning.file_metadata import collage_metadata, metadata_for
from studio.posts.families import FAMILIES, SKELETONS
from studio.posts.language_editions import material_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.photo.metadata import PictureMetadata
    from studio.photo.render import PhotoVariant
    from studio.posts.render_context import RenderContext
    from studio.posts.template_context import TemplateContext
    from studio.story.model import Photo, Video


def photo_key(photo: Photo, variant: PhotoVariant, metadata: PictureMetadata) -> str:
    """The key of an exported photo: the original (named by its content), every edit, the size, and what it says."""
    said = {"rights": "", "copyright": "", "place": "", "taken": "", "origin_mark": "", "source_type": ""}
    # Without what no pixel shows and what the metadata, a part of the key by themselves, say already: ticking a person
    # in a photo makes no file again.
    bare = msgspec.structs.replace(
        photo, id="", name="", width=0, height=0, people=(), people_checked=False, extra={}, **said
    )
    return key_of("photo", (bare, variant, metadata))


@dataclass(frozen=True, slots=True)
class PlanContext:
    """What planning one story needs.

    Attributes:
        press: the templates.
        material: the story, ready for templates.
        media: the story's media folder.
        logo: the picture of the group's logo, None for initials; ``logo_key`` changes with its content.
        work: a folder for half-made videos of this story.
    """

    press: RenderContext
    material: TemplateContext
    media: Path
    logo: Path | None
    logo_key: str
    work: Path

    def in_language(self, language: str) -> PlanContext:
        """The same for the story in another language; this one in its own."""
        told = material_in(self.material, language, self.press.catalog)
        return self if told is self.material else replace(self, material=told, work=self.work / language)

    def photo_mark(self, photo: Photo) -> PhotoMark | None:
        """Whose mark lies on the photo; None for none."""
        return PhotoMark(self.material.group, self.logo) if photo.watermark else None

    def photo_key(self, photo: Photo, variant: PhotoVariant) -> str:
        """The key of an exported photo, with the mark on it."""
        key = photo_key(photo, variant, self.item_metadata(photo))
        if not photo.watermark:
            return key
        group = self.material.group
        return key_of("marked", (key, self.logo_key, group.name, group.colors, group.font))

    def video_art_keys(self) -> dict[str, str]:
        """The digests of the logo and of each template of the art over videos."""
        common, family = self.press.catalog.common, self.press.family(self.material)
        found = sorted((common / "video").glob("*.j2"))
        if family.skeleton:
            places = (common.parent / FAMILIES / name for name in (SKELETONS, family.id))
            found += sorted(path for place in places for path in place.glob("*.*"))
        art = {f"{path.parent.name}/{path.name}": key_of("art", path.read_bytes()) for path in found}
        return {"logo": self.logo_key, **art}

    def item_metadata(self, item: Photo | Video | None) -> PictureMetadata:
        """What a picture says about itself."""
        return metadata_for(self.material.story, item, self.material.group)

    def card_metadata(self, photo: Photo | None, several: Sequence[Photo] = ()) -> PictureMetadata:
        """What a card says about itself: of one photo, or of several."""
        if len(several) < 2:
            return self.item_metadata(photo)
        return collage_metadata(self.material.story, several, self.material.group)

"""What goes into the video of a story's photos, for the key of its file; and which photos those are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.export.planning.file_metadata import show_metadata

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.export.planning.video_specs import VideoTarget
    from studio.story.model import Group, Photo, Story

ENGINE = 3
"""Raised when the same inputs give a different video."""


def slideshow_key(story: Story, target: VideoTarget, group: Group, templates: Mapping[str, str]) -> tuple[object, ...]:
    """Everything that goes into a slideshow and nothing else; plain values that msgspec can encode.

    Args:
        story: its slideshow and the photos it names, each named by its content.
        target: what the outlet wants.
        group: whose name, colours and mark are shown.
        templates: digest of each template of the art.
    """
    shown = [(photo, photo.caption, photo.credit) for photo in chosen_photos(story)]
    who = (
        tuple(group.accounts.values()),
        group.province,
        group.name,
        group.full_name,
        group.village,
        group.district,
        group.regency,
        group.site,
        group.phone,
    )
    look = (group.logo, group.colors.main, group.colors.accent, group.font, group.family)
    said = show_metadata(story, chosen_photos(story), group)
    return (ENGINE, "slideshow", story.slideshow, shown, target, who, look, sorted(templates.items()), said)


def chosen_photos(story: Story) -> tuple[Photo, ...]:
    """The photos of the slideshow in its order; all of the story's when it names none."""
    if story.slideshow is None or not story.slideshow.photos:
        return story.photos
    known = {photo.id: photo for photo in story.photos}
    return tuple(known[name] for name in story.slideshow.photos if name in known)

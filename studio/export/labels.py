"""What an exported picture says about itself, from the story, the photo and the group."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.photo.metadata import Metadata
    from studio.story.model import Group, Photo, Story


def metadata_for(story: Story, photo: Photo | None, group: Group) -> Metadata:
    """The allow-listed metadata of an exported picture.

    Args:
        story: gives headline, byline, place, date, keywords.
        photo: gives caption, credit and alt text; None for a card without one.
        group: signs, and holds the copyright unless the credit names somebody else.
    """
    from studio.photo.metadata import Metadata

    name = group.name or group.village
    year = story.date[:4]
    credit = photo.credit if photo and photo.credit else name
    return Metadata(
        headline=story.headline,
        caption=photo.caption if photo else story.summary,
        byline=(photo.credit,) if photo and photo.credit else story.byline,
        credit=" / ".join(dict.fromkeys(text for text in (credit, name) if text)),
        source=name,
        copyright=f"© {year} {name}".replace("  ", " ").strip() if name else "",
        usage=group.license,
        location=story.place,
        city=group.village or story.place,
        state=group.province,
        country="Indonesia",
        country_code="IDN",
        date=story.date,
        keywords=story.tags,
        alt=photo.alt if photo else "",
    )

"""What an exported picture or clip says about itself, from the story, the picture and the group.

Whoever made a picture stays its owner: the group signs, and gives its licence to, only what its own people made.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.base.origin import made_up
from studio.posts.web_addresses import site_address
from studio.story.credits import is_ours, source_type
from studio.story.model import Photo

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.photo.metadata import PictureMetadata
    from studio.story.model import Group, Story, Video

_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?$")
_RIGHTS = ("credit", "source", "copyright", "usage", "licensor", "licensor_url", "source_type")
_COUNTRY = {"country": "Indonesia", "country_code": "IDN"}


def metadata_for(story: Story, item: Photo | Video | None, group: Group) -> PictureMetadata:
    """The allow-listed metadata of an exported picture.

    Args:
        story: gives headline, byline, place, date, keywords.
        item: gives caption, credit, owner, terms, alt text and origin; None for a card without a picture.
        group: signs what is its own.
    """
    ours = item is None or is_ours(story, group, item)
    rights = _own_metadata(story, item, group) if item is None or ours else _foreign_metadata(item)
    taken = _taken_time(item)
    place = _place_fields(item.place if item else "", story.place if ours else "", group)
    return replace(
        rights,
        headline=story.headline,
        caption=item.caption if item else story.summary,
        keywords=story.tags,
        alt=item.alt if item else "",
        date=taken or (story.date if ours else ""),
        location=place.get("location", ""),
        city=place.get("city", ""),
        state=place.get("state", ""),
        country=place.get("country", ""),
        country_code=place.get("country_code", ""),
    )


def clip_metadata(story: Story, video: Video, group: Group) -> PictureMetadata:
    """What an exported clip says: whose it is, its terms and its origin. A new headline makes no clip anew."""
    return _own_metadata(story, video, group) if is_ours(story, group, video) else _foreign_metadata(video)


def show_metadata(story: Story, photos: Sequence[Photo], group: Group) -> PictureMetadata:
    """What the video of a story's photos says: ours only where all of them are; its origin where one is made up."""
    from studio.photo.metadata import PictureMetadata

    foreign = [photo for photo in photos if not is_ours(story, group, photo)]
    marks = [mark for photo in photos if made_up(mark := source_type(photo))]
    # One made-up picture among real ones makes all of the video a composite.
    origin = (
        marks[0] if marks and len(marks) == len(photos) else "compositeWithTrainedAlgorithmicMedia" if marks else ""
    )
    if not foreign:
        return replace(_own_metadata(story, None, group), source_type=origin)
    told = [_foreign_metadata(photo) for photo in foreign]

    def join_each(texts: Iterable[str]) -> str:
        return "; ".join(dict.fromkeys(text for text in texts if text))

    return PictureMetadata(
        byline=tuple(dict.fromkeys(name for said in told for name in said.byline)),
        credit=join_each(said.credit for said in told),
        copyright=join_each(said.copyright for said in told),
        usage=join_each(said.usage for said in told),
        source_type=origin,
    )


def collage_metadata(story: Story, photos: Sequence[Photo], group: Group) -> PictureMetadata:
    """What a card of several photos says: the story's words as any card, and of all photos whose they are."""
    said = show_metadata(story, photos, group)
    takers = dict.fromkeys(photo.credit.partition("/")[0].strip() for photo in photos)
    rights = {name: getattr(said, name) for name in _RIGHTS} | {"byline": tuple(filter(None, takers)) or said.byline}
    return replace(metadata_for(story, None, group), **rights)


def still_metadata(story: Story, video: Video, group: Group) -> PictureMetadata:
    """What a frame says that is taken into the story as a photo: its maker, owner and origin come along."""
    said = clip_metadata(story, video, group)
    return replace(said, copyright="", usage="") if is_ours(story, group, video) else said


def _taken_time(item: Photo | Video | None) -> str:
    """When a photo was taken; "" for what is no date."""
    return item.taken if isinstance(item, Photo) and _DATE.match(item.taken) else ""


def _own_metadata(story: Story, item: Photo | Video | None, group: Group) -> PictureMetadata:
    from studio.photo.metadata import PictureMetadata

    name = group.name or group.village
    year = (_taken_time(item) or story.date)[:4]
    credit = item.credit.strip() if item else ""
    notice = f"© {year} {name}".replace("  ", " ").strip() if name else ""
    # "Budi/KIM Bina Warga" is signed already.
    signed = name if name.casefold() not in credit.casefold() else ""
    return PictureMetadata(
        byline=(credit.partition("/")[0].strip(),) if credit else story.byline,
        credit=" / ".join(text for text in (credit, signed) if text),
        source=name,
        copyright=(item.copyright if item else "") or notice,
        usage=(item.rights if item else "") or group.license,
        licensor=name,
        licensor_url=site_address(group),
        source_type=source_type(item) if item else "",
    )


def _foreign_metadata(item: Photo | Video) -> PictureMetadata:
    """The owner's notice and terms; without a known owner neither, for nobody can give what is not theirs."""
    from studio.photo.metadata import PictureMetadata

    credit = item.credit.strip()
    return PictureMetadata(
        byline=(credit.partition("/")[0].strip(),) if credit else (),
        credit=credit,
        copyright=item.copyright or (f"© {credit}" if credit else ""),
        usage=item.rights,
        source_type=source_type(item),
    )


def _place_fields(taken_at: str, dateline: str, group: Group) -> dict[str, str]:
    """Where a picture was taken: as its file says, else at the story's place; never simply where the group is at home.

    ``Balai Desa Sukamaju`` is a location in Sukamaju; of a town that is none of the group's nobody knows the province.
    """
    place = (taken_at or dateline).strip()
    homes = [name for name in (group.village, group.district, group.regency) if name]
    if not place:
        return {}
    if place.casefold() in {name.casefold() for name in homes}:
        return {"city": place, "state": group.province, **_COUNTRY}
    # As words of their own: the village of Tani is not where "Balai Petani" stands.
    home = next((name for name in homes if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", place, re.IGNORECASE)), "")
    if home and not taken_at:
        return {"location": place, "city": home, "state": group.province, **_COUNTRY}
    return {"city": place} if taken_at else {"city": place, **_COUNTRY}

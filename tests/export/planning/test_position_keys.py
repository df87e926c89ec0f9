"""Named positions hash as the plain numbers of the file did: what was made before is not made again."""

from __future__ import annotations

import msgspec

from studio.export.planning.plan_context import photo_key
from studio.photo.metadata import PictureMetadata
from studio.photo.render import PhotoVariant
from studio.store.codec import story_from_json, story_to_json
from studio.story.model import Box, Cover, Photo, Point, Story


def _story(point=tuple, box=tuple):
    cover = Cover(box=box((0.25, 0.125, 0.5, 0.0625)))
    crop, crops = box((0.0, 0.1, 1.0, 0.8)), {"1:1": box((0.1, 0.1, 0.5, 0.7))}
    photo = Photo(id="p1", file="a.jpg", focus=point((0.3, 0.7)), crop=crop, crops=crops, covers=(cover,))
    return Story(id="a", headline="Panen raya", photos=(photo,))


def test_a_story_with_named_positions_has_the_file_and_the_keys_of_plain_ones():
    plain, named = _story(), _story(Point._make, Box._make)
    assert story_to_json(named) == story_to_json(plain)
    read = story_from_json(story_to_json(plain))
    assert read.photos[0].covers[0].box.middle == (0.5, 0.15625)
    variant, said = PhotoVariant((1080, 1080)), PictureMetadata()
    assert photo_key(read.photos[0], variant, said) == photo_key(plain.photos[0], variant, said)
    assert msgspec.json.encode(read) == msgspec.json.encode(plain)

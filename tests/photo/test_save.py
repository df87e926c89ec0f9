"""Painted pixels go out the way photos do."""

from __future__ import annotations

import struct

import pytest

from studio.base.errors import UserError
from studio.photo.colour import srgb_profile
from studio.photo.save import save_pixels


@pytest.mark.parametrize("name", ["jpeg", "png", "webp"])
def test_pixels_come_back(tmp_path, quarters, read, corner_colours, near, name):
    card = quarters(400, 300)
    done = save_pixels(400, 300, card.tobytes(), tmp_path / "kartu", format=name)
    image = read(done.path)
    assert image.format.lower() == name
    assert (done.width, done.height) == image.size == (400, 300)
    assert done.bytes == done.path.stat().st_size
    assert near(corner_colours(image), corner_colours(card), by=0 if name == "png" else 8)


def test_text_keeps_its_colour(tmp_path, read):
    """Thin red lines on white: with halved colour resolution they would turn pink."""
    from PIL import Image, ImageDraw

    card = Image.new("RGB", (200, 200), "white")
    for x in range(0, 200, 5):
        ImageDraw.Draw(card).line((x, 0, x, 199), fill=(200, 0, 0))
    save_pixels(200, 200, card.tobytes(), tmp_path / "kartu.jpg", quality=92)
    red, green, blue = read(tmp_path / "kartu.jpg").getpixel((100, 100))
    assert red > 150
    assert max(green, blue) < 60


def test_wrong_length_is_a_bug(tmp_path):
    with pytest.raises(ValueError, match="10x10"):
        save_pixels(10, 10, bytes(299), tmp_path / "kartu.jpg")


def test_byte_limit(tmp_path, busy):
    free = save_pixels(1200, 900, busy.tobytes(), tmp_path / "a.jpg")
    limited = save_pixels(1200, 900, busy.tobytes(), tmp_path / "b.jpg", max_bytes=free.bytes // 2)
    assert limited.bytes <= free.bytes // 2
    with pytest.raises(UserError) as caught:
        save_pixels(1200, 900, busy.tobytes(), tmp_path / "c.jpg", max_bytes=500)
    assert caught.value.code == "photo.limit_impossible"
    assert not (tmp_path / "c.jpg").exists()


def test_same_pixels_same_bytes(tmp_path, busy):
    made = [save_pixels(1200, 900, busy.tobytes(), tmp_path / name).path.read_bytes() for name in ("a", "b")]
    assert made[0] == made[1]


def test_the_profile_is_srgb_and_has_no_date_of_today():
    from io import BytesIO

    from PIL import ImageCms

    data = srgb_profile()
    assert "sRGB" in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(data)))
    assert struct.unpack_from(">6H", data, 24) == (2000, 1, 1, 0, 0, 0)

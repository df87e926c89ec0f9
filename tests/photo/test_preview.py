"""Small pictures for the window, and the first guess at the focus."""

from __future__ import annotations

from io import BytesIO

import pytest

from studio.base.errors import UserError
from studio.photo.focus_guess import find_focus
from studio.photo.small_pictures import draft_preview, embedded_preview, preview_pixels


def image_of(pixels):
    from PIL import Image

    width, height, data = pixels
    return Image.frombytes("RGB", (width, height), data)


def with_thumbnail(path, image, small, orientation=1):
    """A JPEG with an EXIF thumbnail: IFD0 (orientation) linked to IFD1 (offset and length), written by hand."""
    import struct

    out = BytesIO()
    small.save(out, "JPEG")
    entry = struct.Struct(">HHII")
    first = struct.pack(">H", 1) + struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0) + struct.pack(">I", 26)
    start = 26 + 2 + 24 + 4
    second = struct.pack(">H", 2) + entry.pack(0x0201, 4, 1, start) + entry.pack(0x0202, 4, 1, out.tell()) + bytes(4)
    image.save(path, exif=b"Exif\0\0MM\0*" + struct.pack(">I", 8) + first + second + out.getvalue(), quality=92)


def test_preview_size_and_colours(phone):
    assert preview_pixels(phone, 400)[:2] == (400, 300)
    assert preview_pixels(phone, 5000)[:2] == (1200, 900)
    width, height, data = preview_pixels(phone, 333)
    assert len(data) == width * height * 3


def test_preview_is_upright(tmp_path, quarters, corner_colours, near):
    from PIL import Image
    from PIL.Image import Transpose

    path = tmp_path / "foto.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    quarters().transpose(Transpose.ROTATE_90).save(path, exif=exif, quality=95)
    assert near(corner_colours(image_of(preview_pixels(path, 120))), corner_colours(quarters()))


def test_a_stale_thumbnail_stands_for_nothing(tmp_path, busy):
    """A program that covers a face may leave the old thumbnail in the file."""
    from PIL import Image

    path = tmp_path / "foto.jpg"
    with_thumbnail(path, busy, Image.new("RGB", (160, 120), (10, 200, 10)))
    for small in (preview_pixels(path, 160), draft_preview(path, 160)):
        image = image_of(small)
        assert image.size == ((160, 120) if small[0] == 160 else (150, 113))
        assert abs(image.getpixel((80, 60))[1] - image.getpixel((80, 60))[0]) < 30
    assert image_of(embedded_preview(path)).getpixel((80, 60))[1] > 180  # for who wants to compare


def test_the_embedded_thumbnail_is_turned_and_of_the_same_shape(tmp_path, quarters, corner_colours, near, busy, phone):
    from PIL.Image import Transpose

    path = tmp_path / "foto.jpg"
    stored = quarters(1200, 900).transpose(Transpose.ROTATE_90)
    with_thumbnail(path, stored, stored.resize((120, 160)), orientation=6)
    image = image_of(embedded_preview(path))
    assert image.size == (160, 120)
    assert near(corner_colours(image), corner_colours(quarters()))
    with_thumbnail(path, busy, busy.resize((160, 90)))
    assert embedded_preview(path) is None
    with_thumbnail(path, busy, busy.resize((160, 120)))
    data = path.read_bytes()
    at = data.index(b"\xff\xd8", 10)
    path.write_bytes(data[:at] + bytes(200) + data[at + 200 :])
    assert embedded_preview(path) is None
    assert embedded_preview(phone) is None


@pytest.mark.parametrize("show", [preview_pixels, draft_preview])
def test_bad_files_are_refused(tmp_path, show):
    with pytest.raises(UserError):
        show(tmp_path / "tidak ada.jpg", 100)


@pytest.mark.parametrize("place", [(0.25, 0.4), (0.75, 0.4), (0.5, 0.3), (0.3, 0.65)])
def test_the_focus_is_near_what_stands_out(place):
    from PIL import Image, ImageDraw

    scene = Image.linear_gradient("L").resize((800, 600)).convert("RGB")
    x, y = place[0] * 800, place[1] * 600
    ImageDraw.Draw(scene).ellipse((x - 70, y - 90, x + 70, y + 90), fill=(150, 95, 70))
    for step in range(-60, 60, 12):
        ImageDraw.Draw(scene).line((x + step, y - 40, x + step, y + 60), fill=(240, 240, 20), width=4)
    found = find_focus(scene)
    assert abs(found[0] - place[0]) < 0.13
    assert abs(found[1] - place[1]) < 0.13


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (900, 3), (50, 50)])
def test_the_focus_of_nothing_is_in_the_picture(size):
    from PIL import Image

    x, y = find_focus(Image.new("RGB", size, (120, 120, 120)))
    assert 0.3 < x < 0.7
    assert 0.3 < y < 0.7


def test_mean_luminance(tmp_path):
    from PIL import Image

    from studio.photo.small_pictures import mean_luminance

    for level in (0, 128, 255):
        Image.new("RGB", (640, 480), (level, level, level)).save(tmp_path / "foto.jpg")
        assert mean_luminance(tmp_path / "foto.jpg") == pytest.approx(level / 255, abs=0.01)

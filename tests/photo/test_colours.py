"""Colours without an ICC profile: code points of HEIC, AVIF and PNG, cameras' Adobe RGB, ink; right to a few levels."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest

from studio.photo.opener import open_upright

DATA = Path(__file__).parent / "data"
CORNERS = ((200, 40, 30), (30, 160, 60), (40, 70, 200), (230, 200, 40))
"""What ``data/nclx_*.heic`` show, white of paper at 203 cd/m2; made with libheif and x265, 10 bits."""


def codes(notices):
    return [notice.code for notice in notices]


def coded(rgb, to_primaries, curve):
    """The numbers that mean an sRGB colour in other primaries and another curve, 0..255."""
    import numpy as np

    light = np.array(rgb) / 255
    light = np.where(light <= 0.04045, light / 12.92, ((light + 0.055) / 1.055) ** 2.4)
    return tuple(int(value) for value in np.round(curve(np.clip(np.array(to_primaries) @ light, 0, 1)) * 255))


SRGB_TO_P3 = ((0.8225, 0.1774, 0.0), (0.0332, 0.9669, 0.0), (0.0171, 0.0724, 0.9108))
"""CSS Color 4, 17.1."""
SRGB_TO_ADOBE = ((0.7152, 0.2849, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0412, 0.9588))


def srgb_curve(light):
    import numpy as np

    return np.where(light <= 0.0031308, 12.92 * light, 1.055 * np.maximum(light, 1e-9) ** (1 / 2.4) - 0.055)


def four(colours, size=(96, 64)):
    from PIL import Image

    image = Image.new("RGB", size)
    for number, colour in enumerate(colours):
        half = (size[0] // 2, size[1] // 2)
        image.paste(colour, (number % 2 * half[0], number // 2 * half[1], (number % 2 + 1) * half[0], size[1]))
    return image


@pytest.mark.parametrize(("name", "told"), [("pq", ["photo.high_range"]), ("hlg", ["photo.high_range"]), ("p3", [])])
def test_heic_by_code_points(corner_colours, near, name, told):
    opened = open_upright(DATA / f"nclx_{name}.heic")
    assert near(corner_colours(opened.image), CORNERS, by=8)
    assert codes(opened.notices) == told


@pytest.mark.parametrize(("primaries", "transfer"), [(12, 13), (12, 1), (1, 4), (1, 1), (2, 2)])
def test_avif_by_code_points(tmp_path, corner_colours, near, primaries, transfer):
    """Pillow writes an ``nclx`` box of its own; only its code points are changed, its matrix stays."""
    numbers = [coded(c, SRGB_TO_P3, srgb_curve) for c in CORNERS] if primaries == 12 else CORNERS
    if transfer == 4:
        numbers = [coded(c, ((1, 0, 0), (0, 1, 0), (0, 0, 1)), lambda light: light ** (1 / 2.2)) for c in CORNERS]
    out = BytesIO()
    four(numbers).save(out, "AVIF", quality=95, subsampling="4:4:4")
    data = out.getvalue()
    at = data.index(b"colrnclx") + 8
    path = tmp_path / "foto.avif"
    path.write_bytes(data[:at] + struct.pack(">HH", primaries, transfer) + data[at + 4 :])
    opened = open_upright(path)
    assert near(corner_colours(opened.image), CORNERS, by=5)
    assert codes(opened.notices) == []


def with_chunk(data, name, body):
    """A PNG with one more chunk behind its header."""
    chunk = struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    return data[:33] + chunk + data[33:]


@pytest.mark.parametrize("how", ["cICP", "cHRM"])
def test_png_by_its_chunks(tmp_path, corner_colours, near, how):
    out = BytesIO()
    four([coded(c, SRGB_TO_P3, srgb_curve) for c in CORNERS]).save(out, "PNG")
    body = bytes((12, 13, 0, 1))
    if how == "cHRM":
        body = struct.pack(">8I", 31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)
    path = tmp_path / "layar.png"
    path.write_bytes(with_chunk(out.getvalue(), how.encode(), body))
    assert near(corner_colours(open_upright(path).image), CORNERS, by=4)


def test_adobe_rgb_of_a_camera_without_profile(tmp_path, corner_colours, near):
    entry = struct.Struct(">HHII").pack
    exif = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry(0x8769, 4, 1, 26) + bytes(4)
    exif += struct.pack(">H", 2) + entry(0xA001, 3, 1, 0xFFFF << 16) + entry(0xA005, 4, 1, 56) + bytes(4)
    exif += struct.pack(">HHHI4s", 1, 1, 2, 4, b"R03\0") + bytes(4)
    path = tmp_path / "_MG_0001.JPG"
    numbers = [coded(c, SRGB_TO_ADOBE, lambda light: light ** (1 / 2.2)) for c in CORNERS]
    four(numbers).save(path, exif=exif, quality=98, subsampling=0)
    assert near(corner_colours(open_upright(path).image), CORNERS, by=6)
    assert not near(numbers, CORNERS, by=25)


INKS = {(255, 0, 0, 0): (0, 158, 224), (0, 255, 255, 0): (227, 6, 19), (0, 0, 0, 255): (29, 29, 27)}
"""Full inks on coated paper, as designers' tables (PSO Coated v2) give them in sRGB; black a little lighter."""


@pytest.mark.parametrize("ending", ["jpg", "tif"])
def test_ink_without_a_profile_looks_printed(tmp_path, near, explain, ending):
    from PIL import Image

    image = Image.new("CMYK", (len(INKS) * 16, 16))
    for number, ink in enumerate(INKS):
        image.paste(ink, (number * 16, 0, number * 16 + 16, 16))
    path = tmp_path / f"spanduk.{ending}"
    image.save(path, **({"quality": 98} if ending == "jpg" else {}))
    opened = open_upright(path)
    found = [opened.image.getpixel((number * 16 + 8, 8)) for number in range(len(INKS))]
    assert near(found, INKS.values(), by=25)
    assert codes(opened.notices) == ["photo.press"]
    explain(opened.notices[0])


def test_damaged_boxes_cost_at_most_the_photo(tmp_path):
    from studio.base.errors import UserError

    data = bytearray((DATA / "nclx_pq.heic").read_bytes())
    path = tmp_path / "foto.heic"
    for at in range(5, len(data), 7):
        data[at] ^= 0x5A
        path.write_bytes(data)
        with suppress(UserError):  # anything else would be a bug
            open_upright(path)
        data[at] ^= 0x5A

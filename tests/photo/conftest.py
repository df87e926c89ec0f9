"""Pictures made on the spot: small, with known colours in known places."""

from __future__ import annotations

import importlib.util
import json
import shutil
from io import BytesIO
from pathlib import Path

import pytest

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.story.model import Photo
from tests.exiftool_server import run_exiftool

CORNERS = ((200, 40, 30), (30, 160, 60), (40, 70, 200), (230, 200, 40))
"""Colours of the quarters: top left, top right, bottom left, bottom right."""


@pytest.fixture(scope="session")
def made():
    """The benchmark's picture maker, for its Display-P3 profile and its phone-like EXIF."""
    place = Path(__file__).resolve().parents[2] / "bench" / "photo_made.py"
    spec = importlib.util.spec_from_file_location("photo_made", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def quarters():
    """An upright RGB picture with a colour in each quarter."""

    def make(width=240, height=160):
        from PIL import Image, ImageDraw

        image = Image.new("RGB", (width, height))
        draw = ImageDraw.Draw(image)
        for number, colour in enumerate(CORNERS):
            left, top = number % 2 * width // 2, number // 2 * height // 2
            draw.rectangle((left, top, left + width // 2, top + height // 2), fill=colour)
        return image

    return make


@pytest.fixture(scope="session")
def busy(made):
    """A detailed picture, as photos are: 1200 x 900."""
    from PIL import Image

    image = Image.effect_noise((300, 225), 90).resize((1200, 900)).convert("RGB")
    return Image.blend(image, Image.linear_gradient("L").resize((1200, 900)).convert("RGB"), 0.3)


@pytest.fixture(scope="session")
def phone_jpeg(made, busy):
    """A JPEG as a phone writes it: GPS, serial number, maker note, comment, thumbnail, Display P3."""
    exif, written = made._exif(), BytesIO()
    exif[0x0112] = 1
    busy.save(written, "JPEG", quality=90, exif=exif, icc_profile=made.p3_profile(), comment=b"secret comment")
    return written.getvalue()


@pytest.fixture
def phone(phone_jpeg, tmp_path):
    """A file of that JPEG, for one test."""
    path = tmp_path / "IMG_0001.jpg"
    path.write_bytes(phone_jpeg)
    return path


@pytest.fixture
def corner_colours():
    """The colour in the middle of each quarter of an image."""

    def read(image):
        image = image.convert("RGB")
        width, height = image.size
        places = [(x * width // 4, y * height // 4) for y in (1, 3) for x in (1, 3)]
        return [image.getpixel(place) for place in places]

    return read


@pytest.fixture
def near():
    """Whether lists of colours differ by no more than ``by`` in any channel."""

    def compare(found, wanted, by=14):
        return all(abs(a - b) <= by for f, w in zip(found, wanted, strict=True) for a, b in zip(f, w, strict=True))

    return compare


@pytest.fixture
def read():
    """A written picture, decoded."""

    def load(path):
        from PIL import Image

        with Image.open(path, formats=["JPEG", "PNG", "WEBP"]) as image:
            image.load()
            return image

    return load


@pytest.fixture
def photo():
    """A Photo with the given edits."""

    def make(**edits):
        return Photo(id="p1", file="x.jpg", **edits)

    return make


@pytest.fixture(scope="session")
def explain():
    """The text of an error or notice in both languages; fails when a fact is missing."""
    texts = [MessageTexts(assets_dir() / "messages", language) for language in ("id", "en")]

    def tell(trouble):
        assert all(trouble.code in each.codes() for each in texts)
        told = [each.explain(trouble) for each in texts]
        assert not [text for text in told if "{" in text]
        assert told[0] != told[1]
        return told

    return tell


@pytest.fixture
def exiftool():
    """What exiftool finds in a file, by group and name."""
    if shutil.which("exiftool") is None:
        pytest.skip("exiftool is not installed (apt install libimage-exiftool-perl)")

    def look(path, *options):
        return json.loads(run_exiftool("-j", "-G1", "-a", "-u", *options, path))[0]

    return look

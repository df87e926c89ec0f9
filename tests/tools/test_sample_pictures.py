"""The drawn pictures: what a phone writes is in them, and it is correct."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from io import BytesIO

import pytest

from studio.base.paths import assets_dir
from studio.demo.sample_group import SCAN
from tools.sample_media.phone import Shot, display_p3, save_shot
from tools.sample_media.pictures import PICTURES, draw


@pytest.fixture(scope="session")
def files():
    return {path.name: path for path in (assets_dir() / "sample").glob("*.jpg")}


def test_every_picture_is_there(files):
    """All that a phone took, and the scan of the group's decree, which is drawn by ``tools/sample_media/decree.py``."""
    assert sorted(files) == sorted([*(picture.file for picture in PICTURES), SCAN])


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.file)
def test_exif_of_a_phone(files, picture):
    from PIL import ExifTags, Image

    with Image.open(files[picture.file]) as opened:
        exif = opened.getexif()
        assert exif[ExifTags.Base.Orientation] == picture.shot.orientation
        assert exif[ExifTags.Base.Make] == "Contoh"
        camera = exif.get_ifd(ExifTags.IFD.Exif)
        assert camera[ExifTags.Base.DateTimeOriginal] == picture.shot.taken.replace("-", ":").replace("T", " ")
        assert camera[ExifTags.Base.BodySerialNumber] == "KIM-0000-2711"
        assert ExifTags.Base.MakerNote in camera
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        degrees, minutes, seconds = place[ExifTags.GPS.GPSLatitude]
        assert place[ExifTags.GPS.GPSLatitudeRef] == "S"
        assert float(degrees + minutes / 60 + seconds / 3600) == pytest.approx(-picture.shot.latitude, abs=1e-5)
        small = exif.get_ifd(ExifTags.IFD.IFD1)
        assert small[ExifTags.Base.JpegIFByteCount] > 1000
        assert opened.info["comment"]
        assert bool(opened.info.get("icc_profile")) == picture.shot.wide


def test_orientations_and_profiles_are_varied():
    assert {picture.shot.orientation for picture in PICTURES} == {1, 3, 6, 8}
    assert sum(picture.shot.wide for picture in PICTURES) >= 2


def test_the_thumbnail_is_the_picture(files):
    from PIL import ExifTags, Image, ImageChops, ImageStat

    with Image.open(files["sapi-merumput.jpg"]) as opened:
        small = opened.getexif().get_ifd(ExifTags.IFD.IFD1)
        raw = opened.info["exif"][6:]
        start = small[ExifTags.Base.JpegIFOffset]
        with Image.open(BytesIO(raw[start : start + small[ExifTags.Base.JpegIFByteCount]])) as thumbnail:
            assert max(thumbnail.size) == 320
            apart = ImageChops.difference(opened.convert("RGB").resize(thumbnail.size), thumbnail.convert("RGB"))
    assert max(ImageStat.Stat(apart).mean) < 8


def test_a_turned_file_shows_the_same_picture(tmp_path):
    """Whatever the orientation, turned upright it is the picture that was saved."""
    from PIL import Image, ImageChops, ImageOps, ImageStat

    picture = Image.linear_gradient("L").resize((96, 64)).convert("RGB")
    picture.paste((250, 10, 10), (0, 0, 20, 20))
    for orientation in (1, 3, 6, 8):
        path = tmp_path / f"{orientation}.jpg"
        save_shot(picture, path, Shot("2026-11-22T07:00:00", orientation), quality=95)
        with Image.open(path) as opened:
            assert opened.size == ((64, 96) if orientation in (6, 8) else (96, 64))
            shown = ImageOps.exif_transpose(opened)
        apart = ImageChops.difference(shown.convert("RGB"), picture)
        assert max(ImageStat.Stat(apart).mean) < 6


def test_display_p3_is_understood_and_wider_than_srgb():
    from PIL import Image, ImageCms

    profile = ImageCms.ImageCmsProfile(BytesIO(display_p3()))
    assert ImageCms.getProfileDescription(profile).strip() == "Display P3"
    srgb = ImageCms.createProfile("sRGB")
    patches = Image.new("RGB", (3, 1))
    patches.putdata([(128, 128, 128), (255, 255, 255), (200, 90, 60)])
    turned = ImageCms.profileToProfile(patches, profile, srgb)
    gray, white, red = (turned.getpixel((x, 0)) for x in range(3))
    assert all(abs(value - 128) <= 1 for value in gray), "gray stays gray: primaries add up to white"
    assert min(white) >= 254
    assert red[0] > 208, "the same numbers mean a stronger red"


def test_the_same_picture_on_every_run():
    first, second = (draw(PICTURES[4], 0.02) for _ in range(2))
    assert hashlib.sha256(first.tobytes()).digest() == hashlib.sha256(second.tobytes()).digest()


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.file)
def test_pictures_have_light_shade_and_colour(files, picture):
    from PIL import Image, ImageStat

    with Image.open(files[picture.file]) as opened:
        small = opened.convert("HSV").resize((200, 200))
    _, saturation, value = small.split()
    low, high = ImageStat.Stat(value).extrema[0]
    assert low < 64
    assert high > 200
    assert 70 < ImageStat.Stat(value).mean[0] < 225, "neither black nor blown out"
    assert ImageStat.Stat(saturation).mean[0] > 40


@pytest.mark.parametrize("picture", PICTURES[:2], ids=lambda picture: picture.file)
def test_any_size_can_be_drawn(picture):
    assert draw(picture, 0.02).size == ((60, 80) if picture.upright else (80, 60))


def test_enlarging_keeps_what_is_seen_and_adds_grain():
    import numpy as np
    from PIL import Image

    from tools.sample_media.scenery.develop import enlarge

    small = Image.linear_gradient("L").resize((64, 48)).convert("RGB")
    big = enlarge(small, 256, 192, np.random.default_rng(1), grain=3.2)
    apart = np.asarray(big, np.float32) - np.asarray(small.resize((256, 192), Image.Resampling.BICUBIC), np.float32)
    assert abs(apart.mean()) < 1
    assert 2 < apart.std() < 6


@pytest.mark.tool("exiftool")
def test_exiftool_finds_nothing_wrong(files):
    if shutil.which("exiftool") is None:
        pytest.skip("exiftool is not installed")
    path = files["saluran-irigasi.jpg"]
    done = subprocess.run(
        ["exiftool", "-j", "-a", "-G1", "-validate", "-warning", str(path)], capture_output=True, check=True
    )
    facts = json.loads(done.stdout)[0]
    assert facts["ExifTool:Validate"] in {"OK", "1 Warning (minor)"}, "an unknown maker's note is all"
    done = subprocess.run(["exiftool", "-j", "-G1", "-n", str(path)], capture_output=True, check=True)
    facts = json.loads(done.stdout)[0]
    assert facts["Composite:GPSLatitude"] == pytest.approx(-5.512)
    assert facts["ICC_Profile:ProfileDescription"] == "Display P3"

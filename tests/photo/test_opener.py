"""Photos come in upright and in sRGB, whatever they are made of; damaged ones as far as they are intact."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from studio.base.errors import UserError
from studio.photo.opener import open_upright, probe_photo

HEIC = Path(__file__).parent / "data" / "phone.heic"
CORNERS = ((200, 40, 30), (30, 160, 60), (40, 70, 200), (230, 200, 40))


def stored_for(image, orientation):
    """The pixels a camera stores so that EXIF ``orientation`` shows them as ``image``."""
    from PIL.Image import Transpose

    back = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_90,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_270,
    }
    return image.transpose(back[orientation]) if orientation in back else image


def exif_with(orientation):
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def in_srgb(image, icc):
    from PIL import ImageCms

    return ImageCms.profileToProfile(
        image, ImageCms.ImageCmsProfile(BytesIO(icc)), ImageCms.createProfile("sRGB"), renderingIntent=1
    )


@pytest.mark.parametrize("wide", [False, True], ids=["no profile", "Display P3"])
@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("need", [1.0, 2.5])
def test_orientation_and_profile(tmp_path, quarters, made, corner_colours, near, orientation, wide, need):
    path = tmp_path / "foto.jpg"
    upright = quarters()
    icc = {"icc_profile": made.p3_profile()} if wide else {}
    stored_for(upright, orientation).save(path, quality=95, subsampling=0, exif=exif_with(orientation), **icc)
    opened = open_upright(path, need)
    assert (opened.width, opened.height) == (240, 160)
    assert opened.image.size == ((240, 160) if need == 1 else (120, 80))
    wanted = corner_colours(in_srgb(upright, icc["icc_profile"]) if wide else upright)
    assert near(corner_colours(opened.image), wanted)
    assert opened.notices == ()
    facts = probe_photo(path)
    assert (facts.width, facts.height, facts.format) == (240, 160, "jpeg")


def test_display_p3_really_changes_colours(quarters, made, corner_colours, near):
    """Else the test above could pass without any conversion."""
    assert not near(corner_colours(in_srgb(quarters(), made.p3_profile())), CORNERS)


@pytest.mark.parametrize("orientation", [0, 9, 77])
def test_nonsense_orientation_is_upright(tmp_path, quarters, corner_colours, near, orientation):
    path = tmp_path / "foto.jpg"
    quarters().save(path, quality=95, exif=exif_with(orientation))
    assert near(corner_colours(open_upright(path).image), CORNERS)


@pytest.mark.parametrize(
    ("name", "options", "kind"),
    [
        ("a.jpg", {"quality": 95}, "jpeg"),
        ("a.jpg", {"quality": 95, "progressive": True}, "jpeg"),
        ("a.png", {}, "png"),
        ("a.webp", {"quality": 95}, "webp"),
        ("a.webp", {"lossless": True}, "webp"),
        ("a.avif", {"quality": 95}, "avif"),
        ("a.gif", {}, "gif"),
    ],
)
@pytest.mark.parametrize("need", [1.0, 3.0])
def test_formats(tmp_path, quarters, corner_colours, near, name, options, kind, need):
    path = tmp_path / name
    quarters().save(path, **options)
    opened = open_upright(path, need)
    assert opened.image.mode == "RGB"
    assert near(corner_colours(opened.image), CORNERS, by=20)
    assert probe_photo(path).format == kind


def test_heic_of_a_phone():
    """Made with orientation 6 and Display P3: 120 x 80 as stored, red at the top right when upright."""
    opened = open_upright(HEIC)
    assert (opened.width, opened.height) == opened.image.size == (80, 120)
    red, green, blue = opened.image.getpixel((60, 30))
    assert red > 190
    assert max(green, blue) < 60
    facts = probe_photo(HEIC)
    assert (facts.width, facts.height, facts.format, facts.taken) == (80, 120, "heif", "2026-11-22T07:31:05")


def test_the_name_does_not_matter(tmp_path, quarters):
    path = tmp_path / "really.jpg"
    quarters().save(path, format="PNG")
    assert probe_photo(path).format == "png"


def test_mpo_shows_the_first_picture(tmp_path, quarters, corner_colours, near):
    from PIL import Image

    path = tmp_path / "foto.jpg"
    quarters().save(path, format="MPO", save_all=True, append_images=[Image.new("RGB", (240, 160))], quality=95)
    opened = open_upright(path)
    assert near(corner_colours(opened.image), CORNERS)
    assert opened.notices == ()


def test_grey_of_16_bits_is_not_white(tmp_path):
    from PIL import Image

    path = tmp_path / "pindai.png"
    ramp = Image.new("I;16", (64, 4))
    for x in range(64):
        for y in range(4):
            ramp.putpixel((x, y), x * 1024)
    ramp.save(path)
    opened = open_upright(path).image
    assert [opened.getpixel((x, 1)) for x in (0, 16, 32, 63)] == [(v, v, v) for v in (0, 64, 128, 252)]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA"])
def test_modes_of_png(tmp_path, quarters, mode):
    path = tmp_path / "gambar.png"
    quarters().convert("RGBA" if mode == "LA" else "RGB").convert(mode).save(path)
    assert open_upright(path).image.mode == "RGB"


def test_transparent_becomes_white(tmp_path):
    from PIL import Image

    for name, image in {
        "a.png": Image.new("RGBA", (8, 8), (10, 20, 30, 0)),
        "b.webp": Image.new("RGBA", (8, 8), (10, 20, 30, 0)),
    }.items():
        image.save(tmp_path / name)
        assert open_upright(tmp_path / name).image.getpixel((4, 4)) == (255, 255, 255)


def test_grey_with_an_rgb_profile(tmp_path, made):
    """Phones' scanner apps do that; LittleCMS refuses the pair."""
    from PIL import Image

    path = tmp_path / "pindai.png"
    Image.new("L", (20, 20), 120).save(path, icc_profile=made.p3_profile())
    opened = open_upright(path)
    assert opened.notices == ()
    assert max(abs(value - 120) for value in opened.image.getpixel((5, 5))) <= 2


@pytest.mark.parametrize("icc", [b"garbage" * 40, b"\x00" * 200])
def test_a_broken_profile_is_told_and_ignored(tmp_path, quarters, corner_colours, near, explain, icc):
    path = tmp_path / "foto.jpg"
    quarters().save(path, quality=95, icc_profile=icc)
    opened = open_upright(path)
    assert near(corner_colours(opened.image), CORNERS)
    assert [notice.code for notice in opened.notices] == ["photo.profile"]
    assert all("foto.jpg" in text for text in explain(opened.notices[0]))


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.png"])
def test_of_an_animation_the_first_picture(tmp_path, quarters, corner_colours, near, name):
    from PIL import Image

    path = tmp_path / name
    quarters().save(path, save_all=True, append_images=[Image.new("RGB", (240, 160))])
    opened = open_upright(path)
    assert near(corner_colours(opened.image), CORNERS, by=20)
    assert [notice.code for notice in opened.notices] == ["photo.animated"]
    assert [notice.code for notice in probe_photo(path).notices] == ["photo.animated"]


@pytest.mark.parametrize("need", [1.0, 2.0, 8.0])
@pytest.mark.parametrize("options", [{}, {"progressive": True}], ids=["baseline", "progressive"])
def test_a_cut_jpeg_opens_with_what_is_intact(tmp_path, busy, explain, options, need):
    path = tmp_path / "terpotong.jpg"
    busy.save(path, quality=90, **options)
    whole = open_upright(path, need).image
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
    opened = open_upright(path, need)
    assert [notice.code for notice in opened.notices] == ["photo.truncated"]
    assert all("terpotong.jpg" in text for text in explain(opened.notices[0]))
    top = (0, 0, opened.image.width, opened.image.height // 3)
    difference = mean_difference(opened.image.crop(top), whole.crop(top))
    assert difference < (1 if not options else 12)


def mean_difference(one, other):
    from PIL import ImageChops, ImageStat

    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


def test_a_cut_png_opens_with_what_is_intact(tmp_path, busy):
    path = tmp_path / "terpotong.png"
    busy.save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    opened = open_upright(path)
    assert [notice.code for notice in opened.notices] == ["photo.truncated"]
    top = (0, 0, 1200, 300)
    assert opened.image.crop(top).tobytes() == busy.crop(top).tobytes()


def test_a_rescue_is_of_one_photo_only(tmp_path, busy):
    """No process-wide switch: the next photo is judged like the one before."""
    from PIL import ImageFile

    path = tmp_path / "terpotong.jpg"
    busy.save(path, quality=90)
    path.write_bytes(path.read_bytes()[:20_000])
    open_upright(path)
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def test_nothing_of_the_source_sticks_to_the_image(phone):
    assert open_upright(phone).image.info == {}


def test_taken_with_and_without_offset(tmp_path, quarters, made):
    path = tmp_path / "foto.jpg"
    exif = made._exif()
    exif[0x8769] = {0x9003: "2026:11:22 07:31:05", 0x9011: "+07:00"}
    quarters().save(path, exif=exif)
    assert probe_photo(path).taken == "2026-11-22T07:31:05+07:00"
    exif[0x8769] = {0x9003: "0000:00:00 00:00:00"}
    quarters().save(path, exif=exif)
    assert probe_photo(path).taken == ""


def test_the_shrunk_photo_is_never_smaller_than_needed(tmp_path, busy):
    path = tmp_path / "foto.jpg"
    busy.save(path)
    for need in (1.0, 1.9, 2.0, 3.7, 4.0, 7.9, 8.0, 30.0):
        image = open_upright(path, need).image
        assert image.width >= int(1200 / need)
        assert image.height >= int(900 / need)


def test_the_name_in_messages_is_the_users(tmp_path):
    path = tmp_path / "0123456789abcdef.jpg"
    path.write_bytes(b"")
    with pytest.raises(UserError) as caught:
        open_upright(path, name="Sawah Pak Asep.jpg")
    assert caught.value.facts["file"] == "Sawah Pak Asep.jpg"


@pytest.mark.parametrize(
    ("mode", "options"),
    [("1", {"compression": "group4"}), ("L", {"compression": "tiff_lzw"}), ("RGB", {"compression": "jpeg"})],
)
@pytest.mark.parametrize("orientation", [1, 6])
def test_scans_of_an_office_are_read(tmp_path, near, mode, options, orientation):
    from PIL import Image

    sheet = Image.new("L", (120, 80), 255)
    sheet.paste(0, (0, 0, 40, 80))
    path = tmp_path / "surat pindaian.TIF"
    sheet.convert(mode).save(path, tiffinfo={0x0112: orientation}, **options)
    opened = open_upright(path, 2.0)
    assert (opened.width, opened.height) == ((120, 80) if orientation == 1 else (80, 120))
    size = opened.image.size
    places = [(4, size[1] // 2), (size[0] - 4, size[1] // 2)]
    if orientation == 6:
        places = [(size[0] // 2, 4), (size[0] // 2, size[1] - 4)]
    assert near([opened.image.getpixel(place) for place in places], [(0, 0, 0), (255, 255, 255)])
    facts = probe_photo(path)
    assert (facts.format, facts.width, facts.height) == ("tiff", opened.width, opened.height)


def test_pages_and_bitmaps(tmp_path, quarters, corner_colours, near):
    path = tmp_path / "berkas.tiff"
    quarters().save(path, save_all=True, append_images=[quarters()])
    opened = open_upright(path)
    assert near(corner_colours(opened.image), CORNERS)
    assert [notice.code for notice in opened.notices] == ["photo.pages"]
    quarters().save(tmp_path / "pindai.bmp")
    assert near(corner_colours(open_upright(tmp_path / "pindai.bmp").image), CORNERS)


@pytest.mark.parametrize("ending", ["jpg", "png", "webp", "avif"])
def test_an_orientation_in_xmp_alone_turns_nothing(tmp_path, quarters, corner_colours, near, ending):
    """As in browsers and on phones; Pillow alone would turn it."""
    packet = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
    path = tmp_path / f"foto.{ending}"
    options = {"xmp": packet}
    if ending == "png":
        from PIL.PngImagePlugin import PngInfo

        options = {"pnginfo": PngInfo()}
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", packet.decode())
    quarters().save(path, quality=95, **options)
    opened = open_upright(path)
    assert (opened.width, opened.height) == (240, 160)
    assert near(corner_colours(opened.image), CORNERS)
    assert probe_photo(path).width == 240


@pytest.mark.parametrize("size", [(8160, 6144), (8192, 6144), (9280, 6944)])
def test_the_largest_phones_are_within_the_limits(size):
    from studio.photo.opener import OTHER_PIXELS

    assert size[0] * size[1] <= OTHER_PIXELS


@pytest.mark.parametrize("name", ["IMG_0001.HIF", "DSC_1.MPO", "foto.JPE", "tanpa akhiran", "salah.mp4"])
def test_a_photo_is_known_by_its_content(tmp_path, quarters, name):
    from studio.base.media_kinds import media_group

    path = tmp_path / name
    quarters().save(path, "JPEG")
    if name.endswith("HIF"):
        path.write_bytes(HEIC.read_bytes())
    assert media_group(path) == "photo"
    assert open_upright(path).width

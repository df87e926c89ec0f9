"""One photo to many pictures: the right part, the right size, covered, within limits, always the same bytes."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops

from studio.base.errors import UserError, WorkCancelled
from studio.base.progress import SilentProgress
from studio.photo.metadata import PictureMetadata
from studio.photo.render import PhotoVariant, compose_variant, render_variants
from studio.story.model import Cover, LightAdjust

CORNERS = ((200, 40, 30), (30, 160, 60), (40, 70, 200), (230, 200, 40))
SIX = (
    PhotoVariant((1080, 1080)),
    PhotoVariant((1080, 1350)),
    PhotoVariant((1080, 1920), "pad"),
    PhotoVariant((1200, 630)),
    PhotoVariant((1600, 1600), "inside"),
    PhotoVariant((320, 320), "inside"),
)


@pytest.fixture
def quarter_file(tmp_path, quarters):
    """A PNG of 1200 x 800 with a colour in each quarter."""
    path = tmp_path / "asal.png"
    quarters(1200, 800).save(path)
    return path


@pytest.fixture
def one(tmp_path, read):
    """Render one variant and read it back."""

    def make(source, photo, variant, name="hasil.jpg"):
        done = render_variants(source, photo, [(variant, tmp_path / name)], None, SilentProgress())[0]
        image = read(done.path)
        assert image.size == (done.width, done.height)
        assert done.bytes == done.path.stat().st_size
        return image, done

    return make


def test_six_from_one(tmp_path, phone, photo, read):
    jobs = [(variant, tmp_path / f"{number}.jpg") for number, variant in enumerate(SIX)]
    done = render_variants(phone, photo(focus=(0.4, 0.4)), jobs, None, SilentProgress())
    assert [(each.width, each.height) for each in done] == [
        (1080, 1080),
        (1080, 1350),
        (1080, 1920),
        (1200, 630),
        (1200, 900),  # never enlarged
        (320, 240),
    ]
    assert [each.path for each in done] == [path for _, path in jobs]
    for each in done:
        image = read(each.path)
        assert image.mode == "RGB"
        assert image.format == "JPEG"
        assert image.info["progressive"]


def test_a_shared_sheet_shows_what_a_single_picture_shows(tmp_path, phone, photo, read):
    """Variants of one scale are cut out of one shrunk photo; each must look as if made alone."""
    from PIL import ImageChops, ImageStat

    variants = [
        PhotoVariant((600, 800), "inside"),
        PhotoVariant((300, 300)),
        PhotoVariant((300, 375)),
        PhotoVariant((600, 450)),
    ]
    for edits in ({"rotate": 90.0}, {}, {"crop": (0.1, 0.1, 0.6, 0.8)}):
        edited = photo(focus=(0.3, 0.7), **edits)
        jobs = [(variant, tmp_path / f"t{number}.jpg") for number, variant in enumerate(variants)]
        together = render_variants(phone, edited, jobs, None, SilentProgress())
        for number, variant in enumerate(variants):
            alone = render_variants(phone, edited, [(variant, tmp_path / "a.jpg")], None, SilentProgress())[0]
            assert (alone.width, alone.height) == (together[number].width, together[number].height)
            small = [read(path).resize((60, 60)) for path in (alone.path, together[number].path)]
            assert max(ImageStat.Stat(ImageChops.difference(*small)).mean) < 6


def test_same_input_same_bytes(tmp_path, phone, photo):
    metadata = PictureMetadata(headline="Panen", caption="Désa", keywords=("a", "b"))
    for name in ("jpeg", "png", "webp"):
        made = []
        for turn in range(2):
            jobs = [(PhotoVariant((300, 400), fit, format=name), tmp_path / f"{turn}{fit}") for fit in ("crop", "pad")]
            edits = photo(
                rotate=3.0, adjust=LightAdjust(auto=True, warmth=0.2), covers=(Cover(box=(0.1, 0.1, 0.2, 0.2)),)
            )
            made.append(
                [done.path.read_bytes() for done in render_variants(phone, edits, jobs, metadata, SilentProgress())]
            )
        assert made[0] == made[1]


@pytest.mark.parametrize(("focus", "corner"), [((0.1, 0.2), 0), ((0.9, 0.2), 1), ((0.1, 0.8), 2), ((0.9, 0.8), 3)])
def test_focus_stays(quarter_file, photo, one, focus, corner, near):
    for size in ((200, 600), (600, 120), (300, 300)):
        image, _ = one(quarter_file, photo(focus=focus), PhotoVariant(size))
        held = [colour for _, colour in sorted(image.getcolors(200_000), reverse=True)[:4]]
        assert any(near([colour], [CORNERS[corner]], by=12) for colour in held), size


def test_explicit_crop_wins(quarter_file, photo, one, corner_colours, near):
    image, _ = one(quarter_file, photo(crop=(0.5, 0.5, 0.5, 0.5), focus=(0.0, 0.0)), PhotoVariant((300, 300)))
    assert near(corner_colours(image), [CORNERS[3]] * 4)


def test_crop_by_hand_for_one_ratio(quarter_file, photo, one, corner_colours, near):
    edited = photo(crop=(0.5, 0.5, 0.5, 0.5), crops={"4:5": (0.0, 0.0, 0.3, 0.5)})
    assert near(corner_colours(one(quarter_file, edited, PhotoVariant((160, 200)))[0]), [CORNERS[0]] * 4)
    assert near(corner_colours(one(quarter_file, edited, PhotoVariant((200, 200)))[0]), [CORNERS[3]] * 4)
    inside, _ = one(quarter_file, edited, PhotoVariant((160, 200), "inside"))
    assert near(corner_colours(inside), [CORNERS[3]] * 4)


def test_fit_by_hand_for_one_ratio(quarter_file, photo, one, corner_colours, near):
    padded, _ = one(quarter_file, photo(fits={"1:1": "pad"}), PhotoVariant((300, 300)))
    assert near([padded.getpixel((75, 75)), padded.getpixel((225, 225))], [CORNERS[0], CORNERS[3]])
    assert not near([padded.getpixel((75, 10))], [CORNERS[0]])
    cropped, _ = one(quarter_file, photo(fits={"1:1": "crop"}), PhotoVariant((300, 300), "pad"))
    assert near(corner_colours(cropped), CORNERS)


def test_pad_shows_the_whole_photo_on_a_darker_border(quarter_file, photo, one, near):
    image, _ = one(quarter_file, photo(), PhotoVariant((300, 600), "pad"))
    middle = [image.getpixel((x, y)) for y in (250, 350) for x in (75, 225)]
    assert near(middle, CORNERS)
    top = image.getpixel((20, 20))
    assert sum(top) < sum(CORNERS[0])
    assert top[0] > top[1] + 40  # still red


def test_a_photo_of_nearly_the_ratio_gets_no_hairline_border(quarter_file, photo, one, corner_colours, near):
    image, _ = one(quarter_file, photo(), PhotoVariant((603, 400), "pad"))
    assert image.size == (603, 400)
    assert near([image.getpixel((1, 1)), image.getpixel((601, 398))], [CORNERS[0], CORNERS[3]])


@pytest.mark.parametrize(
    ("edits", "order", "size"),
    [
        ({"rotate": 90.0}, (2, 0, 3, 1), (200, 300)),
        ({"rotate": 180.0}, (3, 2, 1, 0), (300, 200)),
        ({"rotate": -90.0}, (1, 3, 0, 2), (200, 300)),
        ({"rotate": 630.0}, (1, 3, 0, 2), (200, 300)),
        ({"flip": True}, (1, 0, 3, 2), (300, 200)),
        ({"rotate": 90.0, "flip": True}, (0, 2, 1, 3), (200, 300)),
        ({"rotate": float("nan")}, (0, 1, 2, 3), (300, 200)),
    ],
)
def test_turns(quarter_file, photo, one, corner_colours, near, edits, order, size):
    image, _ = one(quarter_file, photo(**edits), PhotoVariant((300, 300), "inside"))
    assert image.size == size
    assert near(corner_colours(image), [CORNERS[number] for number in order])


@pytest.mark.parametrize("tilt", [-12.0, -3.0, 2.5, 8.0, 44.0, 93.0])
def test_straightening_leaves_no_empty_corner(tmp_path, photo, one, tilt):
    from PIL import Image

    path = tmp_path / "putih.png"
    Image.new("RGB", (900, 600), "white").save(path)
    image, _ = one(path, photo(rotate=tilt), PhotoVariant((500, 500), "inside", format="png"), "h.png")
    assert image.getextrema() == ((255, 255), (255, 255), (255, 255))


def test_straightening_turns_clockwise(tmp_path, photo, one):
    from PIL import Image, ImageDraw

    path = tmp_path / "garis.png"
    image = Image.new("L", (900, 600), 255)
    ImageDraw.Draw(image).line((0, 300, 899, 300), fill=0, width=12)
    image.save(path)
    made = one(path, photo(rotate=6.0), PhotoVariant((900, 600), "inside"))[0].convert("L")

    def dark(x):
        return min(range(made.height), key=lambda y: made.getpixel((x, y)))

    drop = dark(made.width - 20) - dark(20)
    assert drop == pytest.approx((made.width - 40) * 0.105, abs=6)  # tan 6 degrees; right end lower


def test_focus_and_crop_follow_the_turn(quarter_file, photo, one, corner_colours, near):
    """Positions are those of the upright original, whatever is done to it afterwards."""
    for rotate in (0.0, 90.0, 180.0, 270.0, 4.0):
        for flip in (False, True):
            edited = photo(crop=(0.55, 0.1, 0.35, 0.3), rotate=rotate, flip=flip)
            assert near(corner_colours(one(quarter_file, edited, PhotoVariant((100, 100)))[0]), [CORNERS[1]] * 4)


def test_light_and_colour(quarter_file, photo, one):
    from PIL import ImageStat

    def mean(**values):
        return ImageStat.Stat(one(quarter_file, photo(adjust=LightAdjust(**values)), PhotoVariant((300, 200)))[0]).mean

    plain = mean()
    assert sum(mean(brightness=0.5)) > sum(plain) + 30
    assert sum(mean(brightness=-0.5)) < sum(plain) - 30
    warm, cold = mean(warmth=0.8), mean(warmth=-0.8)
    assert warm[0] - warm[2] > plain[0] - plain[2] + 10
    assert cold[0] - cold[2] < plain[0] - plain[2] - 10


def test_contrast_and_auto(tmp_path, photo, one, busy):
    from PIL import ImageStat

    path = tmp_path / "kabut.png"
    busy.point(lambda value: 90 + value * 0.3).save(path)

    def spread(**values):
        return ImageStat.Stat(
            one(path, photo(adjust=LightAdjust(**values)), PhotoVariant((400, 300)))[0].convert("L")
        ).stddev[0]

    assert spread(contrast=0.8) > spread() * 1.1
    assert spread(contrast=-0.8) < spread() * 0.8
    assert spread(auto=True) > spread() * 1.3


@pytest.mark.parametrize(
    ("shape", "ending", "options", "secret"),
    [
        ("box", "png", {"compress_level": 1}, (255, 0, 0)),
        ("ellipse", "png", {"compress_level": 1}, (0, 255, 255)),
        ("box", "jpg", {"quality": 90}, (255, 0, 0)),
        ("box", "jpg", {"quality": 60, "progressive": True}, (0, 255, 255)),
    ],
)
def test_what_is_covered_is_not_in_the_file(tmp_path, busy, photo, shape, ending, options, secret):
    """Two photos that differ only under a cover give the same bytes, in every format and fit.

    In a JPEG the difference spreads over the 16 x 16 blocks it touches: the cover reaches that far.
    """
    from PIL import ImageDraw

    made = []
    for number, colour in enumerate([(0, 0, 0), secret]):
        image = busy.copy()
        draw = ImageDraw.Draw(image)
        (draw.ellipse if shape == "ellipse" else draw.rectangle)((421, 301, 538, 448), fill=colour)
        path = tmp_path / f"asal{number}.{ending}"
        image.save(path, **options)
        cover = Cover(box=(0.35, 1 / 3, 0.1, 1 / 6), shape=shape)
        variants = [
            PhotoVariant((400, 400)),
            PhotoVariant((600, 600)),
            PhotoVariant((400, 700), "pad"),
            PhotoVariant((300, 300), "inside", format="png"),
            PhotoVariant((150, 150), "inside", format="webp"),
        ]
        edited = photo(covers=(cover,), adjust=LightAdjust(auto=True), rotate=2.0)
        files = []
        for n, variant in enumerate(variants):  # one by one: each with its own scale of decoding
            files += render_variants(path, edited, [(variant, tmp_path / f"{number}-{n}")], None, SilentProgress())
        made.append([done.path.read_bytes() for done in files])
    assert made[0] == made[1]


def test_a_cover_reaches_beyond_the_box(tmp_path, photo, one):
    from PIL import Image

    path = tmp_path / "putih.png"
    Image.new("RGB", (1000, 1000), "white").save(path)
    image, _ = one(path, photo(covers=(Cover(box=(0.4, 0.4, 0.2, 0.2), color="#ff0000"),)), PhotoVariant((1000, 1000)))
    for place in ((388, 388), (611, 611), (500, 500)):
        assert image.getpixel(place)[1] < 30
    for place in ((375, 500), (625, 500), (500, 375), (500, 625)):
        assert image.getpixel(place)[1] > 225


def test_covers_stay_on_their_place_when_turned(quarter_file, photo, one, near):
    cover = Cover(box=(0.0, 0.0, 0.5, 0.5), color="#000000")
    image, _ = one(quarter_file, photo(covers=(cover,), rotate=90.0), PhotoVariant((200, 300)))
    assert near([image.getpixel((150, 50))], [(0, 0, 0)])
    assert near([image.getpixel((50, 250))], [CORNERS[3]])


def test_mean_cover_is_one_colour(tmp_path, busy, photo, one):
    path = tmp_path / "asal.png"
    busy.save(path)
    cover = Cover(box=(0.3, 0.3, 0.3, 0.3), style="mean")
    image, _ = one(path, photo(covers=(cover,)), PhotoVariant((800, 600), format="png"), "h.png")
    part = image.crop((247, 187, 473, 353))
    assert all(high - low <= 1 for low, high in part.getextrema())


@pytest.mark.parametrize(
    "box", [(0.5, 0.5, 0.0, 0.0), (2.0, 2.0, 0.1, 0.1), (float("nan"), 0.0, 1.0, 1.0), (0.0, 0.0, -1.0, 1.0)]
)
def test_a_nonsense_cover_covers_everything(quarter_file, photo, one, box):
    image, _ = one(quarter_file, photo(covers=(Cover(box=box, color="#102030"),)), PhotoVariant((60, 60)))
    assert all(high - low < 3 for low, high in image.getextrema())


def test_whole_cover_and_nonsense_colour(quarter_file, photo, one):
    image, _ = one(quarter_file, photo(covers=(Cover(whole=True, color="red;"),)), PhotoVariant((60, 60)))
    assert all(high - low < 3 and high < 80 for low, high in image.getextrema())


def test_byte_limit_lowers_the_quality_first(phone, photo, one):
    free = one(phone, photo(), PhotoVariant((800, 800)))[1]
    image, done = one(phone, photo(), PhotoVariant((800, 800), max_bytes=free.bytes * 3 // 4))
    assert done.bytes <= free.bytes * 3 // 4
    assert image.size == (800, 800)
    assert done.bytes > free.bytes // 2  # not more than needed


def test_byte_limit_then_lowers_the_size(phone, photo, one, explain):
    image, done = one(phone, photo(), PhotoVariant((800, 800), max_bytes=20_000))
    assert done.bytes <= 20_000
    assert image.width == image.height < 800
    shrunk = [notice for notice in done.notices if notice.code == "photo.shrunk"]
    assert "20" in explain(shrunk[0])[0]


@pytest.mark.parametrize("name", ["png", "webp"])
def test_byte_limit_of_other_formats(phone, photo, one, name):
    free = one(phone, photo(), PhotoVariant((400, 400), format=name))[1]
    limited = one(phone, photo(), PhotoVariant((400, 400), format=name, max_bytes=free.bytes * 2 // 3))[1]
    assert limited.bytes <= free.bytes * 2 // 3


def test_impossible_limit_leaves_no_file(tmp_path, phone, photo, explain):
    out = tmp_path / "hasil.jpg"
    with pytest.raises(UserError) as caught:
        render_variants(phone, photo(), [(PhotoVariant((400, 400), max_bytes=900), out)], None, SilentProgress())
    assert caught.value.code == "photo.limit_impossible"
    assert "hasil.jpg" in explain(caught.value)[0]
    assert not out.exists()


def test_messages_use_the_final_name(tmp_path, phone, photo, explain):
    """The file written has a temporary name, which says nothing to the user."""
    part = tmp_path / ".kartu.part.jpg"
    shrunk = render_variants(
        phone, photo(), [(PhotoVariant((450, 450), max_bytes=10_000, name="01.jpg"), part)], None, SilentProgress()
    )[0]
    assert all("01.jpg" in text and "part" not in text for notice in shrunk.notices for text in explain(notice))
    assert shrunk.notices
    with pytest.raises(UserError) as caught:
        render_variants(
            phone, photo(), [(PhotoVariant((450, 450), max_bytes=300, name="01.jpg"), part)], None, SilentProgress()
        )
    assert caught.value.facts["file"] == "01.jpg"


def test_a_missing_folder_is_told(tmp_path, phone, photo, explain):
    with pytest.raises(UserError) as caught:
        render_variants(
            phone, photo(), [(PhotoVariant((100, 100)), tmp_path / "tidak ada" / "h.jpg")], None, SilentProgress()
        )
    assert caught.value.code == "photo.write_failed"
    explain(caught.value)


def test_a_small_photo_is_enlarged_and_told(tmp_path, quarters, photo, one, explain, near, corner_colours):
    path = tmp_path / "kecil.png"
    quarters(300, 200).save(path)
    image, done = one(path, photo(name="Kecil sekali.png"), PhotoVariant((1080, 1350)))
    assert image.size == (1080, 1350)
    assert [notice.code for notice in done.notices] == ["photo.enlarged"]
    assert all("Kecil sekali.png" in text and "1080x1350" in text for text in explain(done.notices[0]))
    assert near(corner_colours(image), CORNERS)
    assert one(path, photo(), PhotoVariant((1080, 1350), "inside"))[1].notices == ()


def test_notices_of_the_photo_come_with_every_variant(tmp_path, busy, photo):
    path = tmp_path / "terpotong.jpg"
    busy.save(path, quality=90)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    jobs = [(PhotoVariant((200, 200)), tmp_path / "1"), (PhotoVariant((200, 250)), tmp_path / "2")]
    done = render_variants(path, photo(), jobs, None, SilentProgress())
    assert [notice.code for each in done for notice in each.notices] == ["photo.truncated"] * 2


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (3, 7), (101, 33)])
@pytest.mark.parametrize("fit", ["crop", "pad", "inside"])
def test_odd_sizes(phone, photo, one, size, fit):
    image, _ = one(phone, photo(), PhotoVariant(size, fit))
    assert image.size == size if fit != "inside" else image.width <= size[0]


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (2, 3), (17, 5)])
def test_tiny_photos(tmp_path, photo, one, size):
    from PIL import Image

    path = tmp_path / "titik.png"
    Image.new("RGB", size, (200, 40, 30)).save(path)
    for fit in ("crop", "pad"):
        assert one(path, photo(rotate=7.0), PhotoVariant((120, 90), fit))[0].size == (120, 90)


@pytest.mark.parametrize("name", ["🌾 ꦗꦮ.jpg", "a" * 190 + ".jpg", "spasi akhir ", "tanpa akhiran"])
def test_odd_names_of_outputs(phone, photo, one, name):
    assert one(phone, photo(), PhotoVariant((50, 50)), name)[1].path.name == name


def test_progress_and_cancelling(tmp_path, phone, photo):
    class Watch:
        def __init__(self, stop_at):
            self.seen, self.stop_at = [], stop_at

        def report(self, done, total, what):
            self.seen.append((done, total, what))
            if done == self.stop_at:
                raise WorkCancelled

    jobs = [(PhotoVariant((90, 90)), tmp_path / str(number)) for number in range(3)]
    watch = Watch(stop_at=None)
    render_variants(phone, photo(name="Panen.jpg"), jobs, None, watch)
    assert watch.seen[-1] == (3, 3, "Panen.jpg")
    for _, path in jobs:
        path.unlink()
    with pytest.raises(WorkCancelled):
        render_variants(phone, photo(), jobs, None, Watch(stop_at=2))
    assert [path.exists() for _, path in jobs] == [True, True, False]


def test_no_jobs_no_work(tmp_path, photo):
    assert render_variants(tmp_path / "tidak ada.jpg", photo(), [], None, SilentProgress()) == ()


def test_compose_shows_what_render_writes(phone, photo, one, corner_colours, near):
    from PIL import Image

    edited = photo(rotate=90.0, covers=(Cover(box=(0.0, 0.0, 0.3, 0.3)),))
    width, height, pixels = compose_variant(phone, edited, PhotoVariant((200, 250)))
    shown = Image.frombytes("RGB", (width, height), pixels)
    assert near(corner_colours(shown), corner_colours(one(phone, edited, PhotoVariant((200, 250)))[0]), by=40)


def test_a_profile_worked_out_on_fewer_pixels_shows_the_same(tmp_path, made, busy, quarters, photo, one):
    """An exported JPEG against the window's picture, which has every pixel converted; strong colours, hard edges."""
    from PIL import ImageStat

    source, variant = tmp_path / "p3.jpg", PhotoVariant((600, 450), quality=95)
    vivid = Image.blend(quarters(1200, 900), busy, 0.4)
    vivid.save(source, quality=95, subsampling=0, icc_profile=made.p3_profile())
    exact = Image.frombytes("RGB", (600, 450), compose_variant(source, photo(), variant)[2])

    def off(other):
        """The mean difference of red, green and blue, in levels."""
        return max(ImageStat.Stat(ImageChops.difference(exact, other)).mean)

    vivid.save(tmp_path / "unconverted.jpg", quality=95, subsampling=0)
    assert off(one(source, photo(), variant)[0]) < 2.5
    assert off(one(tmp_path / "unconverted.jpg", photo(), variant)[0]) > 6


WIDE = {b"rXYZ": (0.7977, 0.2880, 0.0), b"gXYZ": (0.1352, 0.7119, 0.0), b"bXYZ": (0.0313, 0.0001, 0.8249)}
"""Colorants of ROMM RGB (ISO 22028-2), in D50."""


def test_a_profile_far_from_its_greys_is_worked_out_on_every_pixel(tmp_path, made, photo, one):
    """Lightness of narrow stripes of strong colours; half the size would be off by 5 levels."""
    from PIL import ImageDraw, ImageStat

    source, variant = tmp_path / "wide.jpg", PhotoVariant((600, 450), "inside", quality=95)
    stripes = Image.new("RGB", (600, 450))
    pen = ImageDraw.Draw(stripes)
    for x in range(0, 600, 3):
        pen.rectangle((x, 0, x + 2, 450), fill=[(220, 40, 30), (40, 190, 60), (200, 190, 40), (50, 60, 200)][x % 4])
    stripes.save(source, quality=98, subsampling=0, icc_profile=made.p3_profile(WIDE))
    exact = Image.frombytes("RGB", (600, 450), compose_variant(source, photo(), variant)[2]).convert("L")
    (off,) = ImageStat.Stat(ImageChops.difference(exact, one(source, photo(), variant)[0].convert("L"))).mean
    assert off < 1.5


def test_covers_keep_their_colour_in_a_photo_of_another_profile(phone, photo, one, near):
    cover = Cover(box=(0.25, 0.25, 0.5, 0.5), color="#c82020")
    assert near(
        [one(phone, photo(covers=(cover,)), PhotoVariant((400, 300)))[0].getpixel((200, 150))], [(200, 32, 32)], by=3
    )


def test_sharpening_restores_edges(tmp_path, photo, one):
    """A shrunk edge is a little steeper than plain shrinking leaves it, without wild halos."""
    from PIL import Image, ImageDraw
    from PIL.Image import Resampling

    image = Image.new("L", (1200, 1200), 90)
    ImageDraw.Draw(image).rectangle((600, 0, 1199, 1199), fill=170)
    path = tmp_path / "tepi.png"
    image.save(path)
    made = one(path, photo(), PhotoVariant((300, 300), format="png"), "h.png")[0].convert("L")
    plain = image.resize((300, 300), Resampling.BICUBIC)
    row = [made.getpixel((x, 150)) for x in range(300)]
    flat = [plain.getpixel((x, 150)) for x in range(300)]
    assert max(row) - min(row) > max(flat) - min(flat)
    assert max(row) <= 190
    assert min(row) >= 70


@pytest.mark.parametrize(
    ("edits", "whole"),
    [
        ({}, True),
        ({"focus": (0.5, 0.5)}, False),
        ({"crops": {"4:5": (0.2, 0.0, 0.4, 1.0)}}, False),
        ({"fits": {"4:5": "crop"}}, False),
        ({"crop": (0.0, 0.0, 0.57, 1.0)}, False),
        ({"crop": (0.0, 0.0, 0.9, 1.0)}, True),
        ({"rotate": 90.0}, True),
    ],
)
def test_no_crop_that_nobody_chose_cuts_off_much(photo, edits, whole):
    """A photo of 3:2 as 4:5 would lose 47 %: it is shown whole; upright it loses 17 %, cropped to 6:7 it loses 7 %."""
    from studio.photo.framing import frame_variant

    found = frame_variant(photo(**edits), PhotoVariant((1080, 1350), careful=True), 1200, 800)
    assert (found.inner != found.canvas) == whole
    assert frame_variant(photo(**edits), PhotoVariant((1080, 1350)), 1200, 800).inner == (1080, 1350)


def test_the_blurred_ground_is_as_soft_in_a_small_preview_as_in_the_file(tmp_path, photo):
    """Stripes of a 30th of the width, far from gone where the blur is little: to 20 levels of 255 anywhere."""
    source = Image.new("RGB", (1200, 800), "white")
    for left in range(0, 1200, 80):
        source.paste("black", (left, 0, left + 40, 800))
    source.paste("red", (0, 0, 1200, 200))
    source.save(tmp_path / "s.png")
    large, small = (
        Image.frombytes("RGB", size, compose_variant(tmp_path / "s.png", photo(), PhotoVariant(size, "pad"))[2])
        for size in ((1080, 1350), (120, 150))
    )
    for box in ((0, 0, 120, 30), (0, 120, 120, 150)):
        big = large.resize((120, 150), Image.Resampling.BOX).crop(box)
        worst = ImageChops.difference(big, small.crop(box)).getextrema()
        assert max(high for _, high in worst) <= 20

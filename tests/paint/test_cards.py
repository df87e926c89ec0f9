"""The card designs: everything readable, nothing cut, nothing on top of anything else, whatever the story is."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from studio.paint.sheet import typeset_sheet
from studio.posts.colors import contrast_ratio
from studio.story.model import GroupColors

SIZES = {"1:1": (1080, 1080), "4:5": (1080, 1350), "9:16": (1080, 1920), "16:9": (1280, 720), "1.91:1": (1200, 630)}
SIZES["youtube"] = SIZES["16:9"]
DESIGNS = ("judul", "kutipan", "foto", "pengumuman", "vonis", "teks")
ALL = [(design, ratio) for design in DESIGNS for ratio in ("1:1", "4:5", "9:16")]
ALL += [(design, ratio) for design in DESIGNS for ratio in ("16:9", "1.91:1")]
# The other places of the words, beside the first one of each design.
PLACES = {"1:1": "top panel side", "4:5": "top panel", "9:16": "top panel", "16:9": "right panel"}
PLACES |= {"youtube": "bottom top below", "1.91:1": "corner"}
PLACED = [(f"judul@{place}", ratio) for ratio, places in PLACES.items() for place in places.split()]
PLACED += [("kutipan@panel", "1:1")]
PLACED += [(design, ratio) for design in ("angka", "acara", "kolase", "sebelum") for ratio in ("1:1", "4:5", "9:16")]
FIGURES = [
    {
        "head": "Rp38 juta",
        "text": "setiap pekan sepanjang Oktober",
        "share": 0.0,
        "detail": "Uang berputar lebih cepat.",
    },
    {"head": "1.250", "text": "dosis vaksin", "share": 0.0, "detail": ""},
]
CELLS = [{"photo": "", "box": [0.0, 0.13, 0.5, 0.47]}, {"photo": "", "box": [0.5, 0.13, 0.5, 0.47]}]

LONG = (
    "Ratusan warga tiga dusun di Desa Sukamaju bergotong royong memperbaiki saluran irigasi sepanjang 1,2 kilometer "
    "yang jebol akibat hujan"
)
JAVANESE = "ꦮꦫꦒꦱꦸꦏꦩꦗꦸꦒꦺꦴꦠꦺꦴꦁꦫꦺꦴꦪꦺꦴꦁꦥꦼꦂꦧꦻꦏꦶꦱꦭꦸꦫꦤ꧀ꦲꦶꦫꦶꦒꦱꦶ"
ARABIC = "سكان القرية يصلحون قناة الري يوم الأحد"
EMOJI = "Panen raya 🌾 padi 😀 dan 🎉 pesta rakyat 👨‍👩‍👧"


def story(text: str, **more) -> dict:
    return {
        "headline": text,
        "kicker": text[:24],
        "summary": text,
        "caption": text,
        "quote": {"text": text, "name": text[:30], "role": text[:40]},
    } | more


VARIANTS = {
    "ordinary": {},
    "long": story(
        LONG, name="Komunitas Informasi Masyarakat Bina Warga Sejahtera", handle="@kim_bina_warga_sejahtera_desa"
    ),
    "short": story(
        "Panen raya", kicker="", summary="", date="", place="", quote={"text": "Ya.", "name": "Siti", "role": ""}
    ),
    "no photo": {"photo": ""},
    "javanese": story(JAVANESE),
    "arabic": story(ARABIC),
    "emoji": story(EMOJI),
    "markup": story('Harga <b>"cabai"</b> & tomat naik 10% {{ 7 }} @sisa@'),
}
LOOKS = {
    "white photo": {"photo": "white", "luminance": 1.0},
    "black photo": {"photo": "black", "luminance": 0.0},
    "hard photo called dark": {"photo": "checks", "luminance": 0.1},
    "no photo, yellow": {"photo": "", "colors": GroupColors(main="#ffd54f", accent="#7b1fa2")},
    "white photo, yellow": {
        "photo": "white",
        "luminance": 0.9,
        "colors": GroupColors(main="#ffd54f", accent="#1565c0"),
    },
    "white photo, red": {"photo": "white", "luminance": 0.9, "colors": GroupColors(main="#b71c1c", accent="#101010")},
}
FACTCHECK = {"verdict": "misleading", "verdict_label": "Menyesatkan", "valid_until": "2026-12-06"}


@pytest.fixture(scope="module")
def cards(card_svg):
    def make(design: str, ratio: str, **values) -> str:
        design, _, place = design.partition("@")
        quote = {"text": "Kami sepakat turun bersama.", "name": "Asep Hidayat", "role": "Kepala Dusun"}
        return card_svg(
            f"cards/{design}",
            SIZES[ratio],
            where=place,
            shown=ratio,
            **(FACTCHECK | {"quote": quote, "figures": FIGURES, "collage": CELLS} | values),
        )

    return make


def extents(setting) -> tuple[float, float, float, float]:
    """Edges of the ink in units of the viewBox."""
    unit = setting.size / 100
    lines, box = setting.lines, setting.box
    return (
        box.x + min(p.x + p.line.left for p in lines) * unit,
        box.y + min(p.baseline - p.line.above for p in lines) * unit,
        box.x + max(p.x + p.line.right for p in lines) * unit,
        box.y + max(p.baseline + p.line.below for p in lines) * unit,
    )


@pytest.mark.parametrize(("design", "ratio"), ALL + PLACED)
def test_nothing_is_cut_or_covered(cards, design, ratio):
    for name, values in VARIANTS.items():
        sheet = typeset_sheet(cards(design, ratio, **values))
        assert sheet.overflow == (), name
        placed = [s for s in sheet.settings if s.lines and s.box.name != "vonis"]
        assert placed
        low, high = (250 / 1920, 1670 / 1920) if ratio == "9:16" else (0, 1)
        for setting in placed:
            left, top, right, bottom = extents(setting)
            assert left >= 40 and right <= sheet.art.width - 40, (name, setting.box.name)  # noqa: PT018 - one margin
            assert top >= low * sheet.art.height, (name, setting.box.name)
            assert bottom <= high * sheet.art.height, (name, setting.box.name)
        for one, other in combinations(placed, 2):
            a, b = extents(one), extents(other)
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
            assert apart, (name, one.box.name, other.box.name)


def grounds(sheet, size):
    """The card without its text, as linear light, and the scale of its pixels."""
    import numpy as np
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage, QPainter

    width, height = size[0] // 4, size[1] // 4
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    replace(sheet, settings=()).paint(painter, QRectF(0, 0, width, height))
    painter.end()
    pixels = np.frombuffer(bytes(image.constBits()), np.uint8).reshape(height, width, 4)[:, :, 2::-1] / 255.0
    light = np.where(pixels <= 0.04045, pixels / 12.92, ((pixels + 0.055) / 1.055) ** 2.4)
    return light @ np.array([0.2126, 0.7152, 0.0722]), width / sheet.art.width


def worst_contrast(setting, light, scale) -> float:
    """The contrast of the text with the worst pixel behind it."""
    if setting.box.plate:
        return contrast_ratio(setting.box.color, setting.box.plate)
    left, top, right, bottom = (value * scale for value in extents(setting))
    behind = light[int(top) : int(bottom) + 1, int(left) : int(right) + 1]
    channels = [int(setting.box.color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    own = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return min((max(own, value) + 0.05) / (min(own, value) + 0.05) for value in (behind.min(), behind.max()))


@pytest.mark.parametrize(("design", "ratio"), ALL[:20] + PLACED)
def test_every_text_can_be_read_on_every_ground(cards, design, ratio):
    for name, values in LOOKS.items():
        sheet = typeset_sheet(cards(design, ratio, **values))
        light, scale = grounds(sheet, SIZES[ratio])
        for setting in sheet.settings:
            if setting.lines and setting.box.name != "vonis":
                assert worst_contrast(setting, light, scale) >= 4.5, (name, setting.box.name)


@pytest.mark.parametrize("verdict", ["true", "partly", "misleading", "false", "unproven", "checking"])
def test_the_stamp_can_be_read_in_every_verdict(cards, verdict):
    labels = {"unproven": "Belum terbukti", "checking": "Sedang diperiksa", "partly": "Sebagian benar"}
    sheet = typeset_sheet(cards("vonis", "4:5", verdict=verdict, verdict_label=labels.get(verdict, "Menyesatkan")))
    stamp = next(setting for setting in sheet.settings if setting.box.name == "vonis")
    assert contrast_ratio(stamp.box.color, "#ececec") >= 4.5  # white at 95 % over the darkened picture
    assert stamp.size >= 60
    assert sheet.overflow == ()


def test_the_logo_takes_the_place_of_the_initials(cards, picture_uri, press):
    assert "inisial" in cards("judul", "4:5")
    group = {"name": "KIM", "handle": "KIM", "village": "", "initials": "K", "logo": picture_uri("black", (40, 20))}
    svg = cards("judul", "4:5", group=group)
    assert "inisial" not in svg
    assert typeset_sheet(svg).overflow == ()
    assert press.catalog.problems == ()


def test_headline_is_by_far_the_largest_text(cards):
    for design in ("judul", "teks", "pengumuman"):
        settings = [s for s in typeset_sheet(cards(design, "4:5")).settings if s.lines]
        sizes = {setting.box.name: setting.size for setting in settings}
        assert sizes["judul"] >= 1.8 * max(size for name, size in sizes.items() if name != "judul")

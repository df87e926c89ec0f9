"""Hard stories that designs easily fail on, and cards drawn with them: for makers of packs and of design families."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from dataclasses import replace as replace_context
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.base.paths import assets_dir
from studio.group.products import OrderWay, Permit, Product, product_story
from studio.posts.card_choice import COLLAGES, card_design, collage_photos, collage_token, photo_places
from studio.posts.card_layouts import area_pixels
from studio.posts.output_kinds import CardOutput, FrameSize
from studio.posts.svg import render_svg
from studio.posts.template_context import build_context
from studio.story.model import Claim, Group, GroupColors, Photo, Source, Story

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image

    from studio.posts.packs import Outlet
    from studio.posts.render_context import RenderContext
    from studio.posts.template_context import TemplateContext

SHAPES = {
    "1:1": (1080, 1080, "instagram"),
    "4:5": (1080, 1350, "instagram"),
    "9:16": (1080, 1920, "instagram"),
    "x": (1600, 900, "x"),
    "youtube": (1280, 720, "youtube"),
    "link": (1200, 630, "facebook"),
}
KINDS = ("judul", "foto", "kutipan", "pengumuman", "teks", "vonis")
SPECIAL = (
    "angka",
    "acara",
    "kolase",
    "sebelum",
    "produk-harga",
    "produk-label",
    "produk-katalog",
    "slide-1",
    "slide-2",
)
"""Cards for special ends; ``slide-2`` is the second page of a carousel."""
_SAMPLES = "saluran-irigasi.jpg"
_SECOND = "sawah-berteras.jpg"
_TABLE = "- Dusun Krajan: 64 orang\n- Dusun Sumber: 38 orang\n- Dusun Lor: 18 orang\n"
_STEPS = "1. Bawa kartu keluarga dan KTP.\n2. Isi formulir di balai desa.\n3. Tunggu panggilan petugas.\n"
_COUNTED = (
    "Bibit yang ditanam 1.250 batang. Iuran terkumpul Rp4.750.000 dari warga. Saluran itu mengairi 45 hektare sawah."
)
_LONG = (
    "Ratusan warga tiga dusun di Desa Sukamaju bergotong royong memperbaiki saluran irigasi sepanjang 1,2 kilometer "
    "yang jebol akibat hujan"
)
_SUMMARY = "Sedikitnya 120 warga bekerja sejak pukul 06.30 WIB agar air kembali mengalir ke 45 hektare sawah."
_CLAIM = "Bantuan hangus bila warga tidak mendaftar lewat tautan ini."
_QUOTE = (
    "“Kalau menunggu anggaran tahun depan, kami kehilangan satu musim tanam,” kata Asep Hidayat, Kepala Dusun Krajan."
)


@dataclass(frozen=True, slots=True)
class HardStory:
    """A story that a design easily fails on; ``photo`` is a sample's name or a colour, "" for none."""

    name: str
    headline: str
    photo: str
    kicker: str = "Pertanian"
    summary: str = _SUMMARY
    main: str = "#0f6b5c"
    accent: str = "#f2b705"


HARD = (
    HardStory("panjang", _LONG, _SAMPLES),
    HardStory("tanpa foto", "Warga Sukamaju gotong royong perbaiki saluran irigasi", "", kicker=""),
    HardStory("terang", "Panen raya padi di tiga dusun", "#ffffff", main="#ffd54f", accent="#7b1fa2"),
    HardStory("gelap", "Listrik padam, warga ronda bersama", "#05070a", main="#1b2a6b", accent="#f2555a"),
    HardStory("aksara", "ꦮꦫꦒꦱꦸꦏꦩꦗꦸꦒꦺꦴꦠꦺꦴꦁꦫꦺꦴꦪꦺꦴꦁ · سكان القرية يصلحون القناة", "sawah-berteras.jpg"),
)


def make_story(hard: HardStory, kind: str) -> Story:
    """A story that has what a card of this kind needs."""
    if kind.startswith("produk"):
        return _product(hard)
    photo = Photo(id="p", file="p.jpg", caption=hard.headline, credit="Budi Santoso")
    several = kind in COLLAGES or kind.startswith("slide")
    photos = (photo, replace(photo, id="q", file="q.jpg"), replace(photo, id="r", file="r.jpg"))
    stamped = kind == "vonis"
    body = f"{hard.summary}\n\n{_QUOTE}\n"
    if kind == "angka":
        body = _TABLE if hard.kicker else _COUNTED
    elif kind.startswith("slide"):
        body = f"{hard.summary} {_COUNTED}\n\n{_QUOTE}\n\n{_STEPS}"
    claim = Claim(id="c", text=_CLAIM, verdict="false", public=True)
    return Story(
        id="s",
        kind="factcheck" if stamped else "notice" if kind == "pengumuman" else "news",
        headline=hard.headline,
        kicker=hard.kicker,
        category="pertanian",
        place="Balai Desa Sukamaju",
        date="2026-11-22",
        hours="08.00-11.00",
        valid_until="2026-11-30" if kind == "pengumuman" else "",
        summary=hard.summary,
        body=body,
        byline=("Siti Aminah",),
        sources=(Source(name="Asep Hidayat", role="Kepala Dusun Krajan"),),
        claims=(claim,) if stamped else (),
        photos=photos[: 3 if several else 1] if hard.photo or kind in COLLAGES else (),
    )


def _product(hard: HardStory) -> Story:
    short = " ".join(hard.headline.split()[:6])
    return product_story(
        Product(
            id="s",
            name=short,
            kind="product",
            description=hard.summary,
            price=12000,
            price_to=15000 if not hard.kicker else None,
            unit="per bungkus 250 gram",
            priced="2026-11-22",
            season=(6, 7, 8),
            permits=(Permit(kind="PIRT", number="206320901"), Permit(kind="Halal", number="ID321")),
            order=OrderWay(whatsapp="6281200001234"),
            photos=(Photo(id="p", file="p.jpg", credit="Budi Santoso"),) if hard.photo else (),
        )
    )


def make_group(family: str, colors: GroupColors, province: str = "Jawa Timur") -> Group:
    """The group that signs."""
    return Group(
        id="g",
        name="KIM Bina Warga",
        village="Desa Sukamaju",
        province=province,
        colors=colors,
        family=family,
        accounts={"instagram": "@kim.sukamaju", "x": "@kimsukamaju", "youtube": "@kimsukamaju"},
        site="https://sukamaju.kim.id",
    )


def photo_uri(name: str, size: tuple[int, int]) -> tuple[str, float]:
    """A sample photo or a plain colour, cut to ``size``, as a data URI, and its brightness."""
    from PIL import Image, ImageOps, ImageStat

    if name.startswith("#"):
        image = Image.new("RGB", size, name)
    else:
        with Image.open(assets_dir() / "sample" / name, formats=["JPEG"]) as opened:
            image = ImageOps.fit(opened.convert("RGB"), size)
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=82)
    mean = ImageStat.Stat(image.convert("L")).mean[0] / 255
    return "data:image/jpeg;base64," + base64.b64encode(kept.getvalue()).decode("ascii"), mean


def _photo_area(
    press: RenderContext, design: str, size: tuple[int, int], material: TemplateContext, outlet: Outlet
) -> tuple[int, int]:
    """In pixels, the place that ``render_svg`` takes when nobody chose one."""
    return area_pixels(photo_places(press, design, size, material, outlet)[0].box, size)


def card_of(press: RenderContext, family: str, kind: str, shape: str, hard: HardStory) -> str:
    """The filled SVG of one card.

    Args:
        press: fills it.
        family: its design family.
        kind: its design.
        shape: of ``SHAPES``.
        hard: what it is filled with.

    Raises:
        UserError: ``posts.template*`` where a template of the family is wrong.
    """
    width, height, outlet_id = SHAPES[shape]
    design, _, page = kind.partition("-") if kind.startswith("slide") else (kind, "", "")
    outlet = press.catalog.outlet("produk" if kind.startswith("produk") else "korsel" if page else outlet_id)
    size = FrameSize(width, height)
    output = CardOutput(file="kartu.jpg", size=size, design=design)
    if page:
        output, design = replace(outlet.outputs_of(CardOutput)[0], size=size), ""
    group = make_group(family, GroupColors(main=hard.main, accent=hard.accent))
    material = build_context(make_story(hard, kind), group, press.catalog.labels)
    if page:
        material = replace_context(material, slide=min(int(page), len(material.slides)))
    drawn = design or output.template
    pictures, light = {}, 0.5
    if hard.photo and kind != "vonis":
        uri, light = photo_uri(hard.photo, _photo_area(press, drawn, (width, height), material, outlet))
        pictures = {"photo": uri}
    for number, (photo, cell) in enumerate(collage_photos(press, outlet, design, output.size, material)):
        name = (hard.photo or _SAMPLES, _SECOND, _SAMPLES)[number]
        pictures[collage_token(photo)] = photo_uri(name, area_pixels(cell, output.size))[0]
    return render_svg(press, outlet, output, material, pictures=pictures, luminance=light, design=design)


def draw_card(press: RenderContext, family: str, kind: str, shape: str, hard: HardStory, across: int) -> Image:
    """One card as a picture ``across`` pixels wide; the rest as ``card_of``."""
    from PIL import Image

    from studio.paint.image import paint_rgb

    width, height, _ = SHAPES[shape]
    down = round(across * height / width)
    painted = paint_rgb(card_of(press, family, kind, shape, hard), across, down)
    return Image.frombytes("RGB", (across, down), painted.rgb)


def fill_output(
    press: RenderContext, outlet: Outlet, output: CardOutput, material: TemplateContext, hard: HardStory
) -> str:
    """The SVG of a card of a pack."""
    design = card_design(press, outlet, output, material)
    pictures, light = {}, 0.5
    if hard.photo:
        uri, light = photo_uri(hard.photo, _photo_area(press, design, output.size, material, outlet))
        pictures = {"photo": uri}
    return render_svg(press, outlet, output, material, pictures=pictures, luminance=light)


def draw_output(
    press: RenderContext, outlet: Outlet, output: CardOutput, material: TemplateContext, hard: HardStory
) -> Image:
    """A card of a pack, 540 pixels wide."""
    from PIL import Image

    from studio.paint.image import paint_rgb

    down = round(540 * output.size[1] / output.size[0])
    painted = paint_rgb(fill_output(press, outlet, output, material, hard), 540, down)
    return Image.frombytes("RGB", (540, down), painted.rgb)


def draw_sheet(
    press: RenderContext, family: str, columns: Sequence[tuple[str, str]], hards: Sequence[HardStory], high: int
) -> Image:
    """Cards beside and below each other, all ``high`` pixels high: rows are stories, columns a kind in a shape."""
    from PIL import Image

    gap = 10
    cells = [(kind, shape, round(high * SHAPES[shape][0] / SHAPES[shape][1])) for kind, shape in columns]
    sheet = Image.new("RGB", (sum(w + gap for *_, w in cells) + gap, (high + gap) * len(hards) + gap), "#8a8f94")
    for row, hard in enumerate(hards):
        x = gap
        for kind, shape, across in cells:
            sheet.paste(draw_card(press, family, kind, shape, hard, across), (x, gap + row * (high + gap)))
            x += across + gap
    return sheet

"""The design families: every card of each holds the designer's checklist (docs/cards.md), whatever the story is."""

from __future__ import annotations

from itertools import combinations

import pytest
from msgspec.structs import replace as with_fields

from studio.base.font_table import FONTS
from studio.paint.sheet import typeset_sheet
from studio.posts.card_choice import photo_area
from studio.posts.families import site_look
from studio.posts.output_kinds import CardOutput, FrameSize
from studio.posts.svg import render_print, render_svg
from studio.posts.template_context import build_context
from studio.services.template_samples import HARD, card_of
from studio.services.template_samples import SPECIAL as SPECIAL_KINDS
from studio.story.model import Claim, Group, GroupColors, Photo, Source, Story
from tests.paint.test_cards import ARABIC, JAVANESE, LONG, extents, grounds, worst_contrast

FAMILIES = ("majalah", "tegas", "batik", "ramah")
KINDS = ("judul", "foto", "kutipan", "pengumuman", "teks", "vonis")
SHAPES = {
    "1:1": (1080, 1080, "instagram"),
    "4:5": (1080, 1350, "instagram"),
    "9:16": (1080, 1920, "instagram"),
    "x": (1600, 900, "x"),
    "youtube": (1280, 720, "youtube"),
    "link": (1200, 630, "facebook"),
    "4:3": (1200, 900, "google-bisnis"),
}
GROUP = Group(
    name="Komunitas Informasi Masyarakat Bina Warga Sejahtera", village="Desa Sukamaju", province="Jawa Barat"
)
FREE = {"inisial", "vonis"}
"""A badge and a stamp are drawings with letters in them."""


def story(text: str, kind: str, *, photo: bool = True) -> Story:
    said = "factcheck" if kind == "vonis" else "notice" if kind == "pengumuman" else "news"
    return Story(
        id="s",
        kind=said,
        headline=text,
        kicker=text[:24] if photo else "",
        category="pertanian",
        summary=text,
        place="Balai Desa Sukamaju",
        date="2026-11-22",
        hours="08.00-11.00",
        body=f"{text}\n\n“{text[:60]},” kata Asep Hidayat, Kepala Dusun Krajan, di lokasi.\n",
        sources=(Source(name="Asep Hidayat", role="Kepala Dusun Krajan"),),
        claims=(Claim(id="c", text=LONG, verdict="misleading", public=True),) if kind == "vonis" else (),
        photos=(Photo(id="p", file="p.jpg", caption=text, credit="Budi Santoso"),) if photo else (),
        valid_until="2026-11-30",
    )


STORIES = (LONG, "Panen raya", JAVANESE, ARABIC)


@pytest.fixture(scope="module")
def family_card(press, picture_uri):
    def make(family: str, kind: str, shape: str, text: str, *, photo: bool = True, colors=None) -> str:
        width, height, outlet_id = SHAPES[shape]
        outlet = press.catalog.outlet(outlet_id)
        output = CardOutput(file="kartu.jpg", size=FrameSize(width, height), design=kind)
        group = with_fields(GROUP, family=family, colors=colors or GroupColors())
        material = build_context(story(text, kind, photo=photo), group, press.catalog.labels)
        pictures = {"photo": picture_uri("checks") if photo and kind != "vonis" else ""}
        return render_svg(press, outlet, output, material, pictures=pictures, design=kind)

    return make


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("shape", SHAPES)
def test_every_card_of_a_family_holds_the_designers_checklist(family_card, family, shape):
    # Every second kind: the shapes beside it and the other families have the rest.
    first = (list(SHAPES).index(shape) + FAMILIES.index(family)) % 2
    for number, kind in enumerate(KINDS[first::2]):
        text, photo = STORIES[(number + len(shape)) % 4], (number + len(family)) % 3 > 0
        sheet = typeset_sheet(family_card(family, kind, shape, text, photo=photo))
        case = (kind, text[:12], photo)
        assert sheet.overflow == (), case
        placed = [s for s in sheet.settings if s.lines and s.box.name not in FREE]
        low, high = (250 / 1920, 1670 / 1920) if shape == "9:16" else (0.02, 0.98)
        for setting in placed:
            left, top, right, bottom = extents(setting)
            assert left >= 40, (case, setting.box.name)
            assert right <= sheet.art.width - 40, (case, setting.box.name)
            assert low * sheet.art.height <= top <= bottom <= high * sheet.art.height, (case, setting.box.name)
        for one, other in combinations(placed, 2):
            a, b = extents(one), extents(other)
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], (case, one.box.name, other.box.name)


SPECIAL = (*SPECIAL_KINDS, "slide-3", "slide-4", "slide-5", "slide-8")


@pytest.mark.parametrize(
    ("family", "kind"), [(f, k) for a, f in enumerate(FAMILIES) for b, k in enumerate(SPECIAL) if (a + b) % 2]
)
def test_special_cards_hold_it_too_and_are_drawn_by_the_family(press, family, kind):
    number = SPECIAL.index(kind) + FAMILIES.index(family)
    shape = "4:5" if kind.startswith("slide") else ("1:1", "4:5", "9:16", "link")[number % 4]
    hard = HARD[number % len(HARD)]
    sheet = typeset_sheet(card_of(press, family, kind, shape, hard))
    assert sheet.overflow == ()
    placed = [s for s in sheet.settings if s.lines and s.box.name not in FREE | {"hari-besar"}]
    type_of = press.catalog.families[family].type
    assert {s.box.family for s in placed} <= {type_of.display, type_of.text, type_of.small}
    low, high = (250 / 1920, 1670 / 1920) if shape == "9:16" else (0.02, 0.98)
    for setting in placed:
        left, top, right, bottom = extents(setting)
        assert 40 <= left <= right <= sheet.art.width - 40, setting.box.name
        assert low * sheet.art.height <= top <= bottom <= high * sheet.art.height, setting.box.name
    for one, other in combinations(placed, 2):
        a, b = extents(one), extents(other)
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], (one.box.name, other.box.name)
    light, scale = grounds(sheet, SHAPES[shape][:2])
    for setting in placed:
        if setting.box.name not in {"harga"} and not setting.box.plate:
            assert worst_contrast(setting, light, scale) >= 4.5, setting.box.name


@pytest.mark.parametrize("family", FAMILIES)
def test_words_can_be_read_in_any_colours_of_the_group(family_card, family):
    looks = (GroupColors(main="#ffd54f", accent="#7b1fa2"), GroupColors(main="#808080", accent="#8a8a8a"))
    for number, (kind, shape) in enumerate(zip(KINDS, SHAPES, strict=False)):
        sheet = typeset_sheet(family_card(family, kind, shape, LONG, colors=looks[number % 2], photo=number % 3 > 0))
        light, scale = grounds(sheet, SHAPES[shape][:2])
        for setting in sheet.settings:
            if setting.lines and setting.box.name not in FREE:
                assert worst_contrast(setting, light, scale) >= 4.5, (kind, setting.box.name)


@pytest.mark.parametrize("family", FAMILIES)
def test_three_sizes_of_type_and_one_left_edge(family_card, family):
    for kind, shape in (("judul", "4:5"), ("pengumuman", "1:1"), ("kutipan", "9:16"), ("teks", "4:5"), ("foto", "x")):
        sheet = typeset_sheet(family_card(family, kind, shape, LONG))
        boxes = [s.box for s in sheet.settings if s.box.name not in FREE and s.lines]
        assert len({box.largest for box in boxes}) <= 3, (kind, {box.name: box.largest for box in boxes})
        own = [box for box in boxes if box.name in {"judul", "ringkasan", "keterangan", "kutipan", "penutur"}]
        assert len({box.x for box in own}) == 1


def test_the_photo_is_cut_to_the_place_a_family_has_for_it(press):
    outlet = press.catalog.outlet("instagram")
    plain, magazine = (
        build_context(story(LONG, "judul"), with_fields(GROUP, family=name), press.catalog.labels)
        for name in ("", "majalah")
    )
    assert photo_area(press, "judul", (1080, 1350), plain, outlet) == photo_area(press, "judul", (1080, 1350))
    assert photo_area(press, "judul", (1080, 1350), magazine, outlet) == (936, 675)


@pytest.mark.parametrize("family", ["warta", *FAMILIES])
@pytest.mark.parametrize("photo", [True, False])
def test_three_wide_pictures_have_three_layouts(family_card, family, photo):
    made = set()
    for shape in ("x", "youtube", "link"):
        art = typeset_sheet(family_card(family, "judul", shape, "Panen raya padi", photo=photo))
        boxes = {s.box.name: s.box for s in art.settings}
        made.add((boxes["judul"].x, boxes["judul"].width, boxes["judul"].largest, boxes["nama"].y))
    assert len(made) == 3


def test_where_youtube_writes_the_length_of_a_video_no_words_stand(family_card):
    for family in ("warta", *FAMILIES):
        for text in STORIES:
            sheet = typeset_sheet(family_card(family, "judul", "youtube", text))
            for setting in (s for s in sheet.settings if s.lines and s.box.name not in FREE):
                _, _, right, bottom = extents(setting)
                assert right <= 0.86 * sheet.art.width or bottom <= 0.87 * sheet.art.height, (family, setting.box.name)


def test_the_storys_own_family_goes_before_the_groups_and_an_unknown_one_is_the_plain_one(press):
    def chosen(mine: str, group: str) -> str:
        told = with_fields(story(LONG, "judul"), family=mine)
        return press.family(build_context(told, with_fields(GROUP, family=group), press.catalog.labels)).id

    assert [chosen("batik", "tegas"), chosen("", "tegas"), chosen("", ""), chosen("gone", "gone")] == [
        "batik",
        "tegas",
        "warta",
        "warta",
    ]


@pytest.mark.parametrize("family", ["warta", *FAMILIES])
def test_website_and_notice_board_have_the_groups_face(press, family):
    group = with_fields(GROUP, family=family)
    shelf = press.shelf(press.catalog.outlet("website"))
    css = press.templates.fill(
        shelf, "_common/web/gaya.css.txt.j2", site_look(press.catalog.families, group, FONTS)
    ).text
    assert css.count("{") == css.count("}")
    assert css.count("--judul:") == (1 if family == "warta" else 2)
    outlet = press.catalog.outlet("mading")
    material = build_context(story(LONG, "judul"), group, press.catalog.labels)
    sheet = typeset_sheet(render_print(press, outlet, outlet.outputs[0], material).first)
    faces = {s.box.name: s.box.family for s in sheet.settings}
    assert faces["judul"] == ("Be Vietnam Pro" if family == "warta" else press.catalog.families[family].type.display)
    assert faces["wilayah"] == ("Poppins" if family == "ramah" else "Be Vietnam Pro")


@pytest.mark.parametrize("family", ["warta", *FAMILIES])
def test_facts_of_a_notice_have_one_size_and_days_stay_whole(family_card, family):
    for shape in ("1:1", "x") if family != "warta" else ("1:1",):
        sheet = typeset_sheet(family_card(family, "pengumuman", shape, LONG))
        for part in ("label-", "nilai-") if family != "warta" else ("nilai-",):
            settings = [s for s in sheet.settings if s.box.name.startswith(part)]
            assert len(settings) >= 3
            assert len({s.size for s in settings}) == 1, (shape, part)
        lines = [
            s.box.text[p.line.start :].replace("\xa0", " ")
            for s in sheet.settings
            if s.box.name == "nilai-1"
            for p in s.lines[1:]
        ]
        assert lines in ([], ["22 November 2026"])

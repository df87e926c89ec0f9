"""The SVG of cards and sheets: which design, which pictures, nothing from outside."""

import re
import xml.etree.ElementTree as ET

import msgspec
import pytest

from studio.base.errors import UserError
from studio.base.paths import templates_dir
from studio.group.products import Product, product_story
from studio.posts.card_choice import card_design, card_photo, photo_area
from studio.posts.catalog import load_catalog
from studio.posts.output_kinds import CardOutput, FrameSize
from studio.posts.render_context import RenderContext
from studio.posts.svg import plan_print, plan_svg, qr_path, render_print, render_svg, sheet_photo, sheet_photo_area
from studio.posts.template_context import build_context
from studio.story.model import Photo, Story


def card(catalog, name="instagram/kartu.jpg"):
    outlet = catalog.outlet(name.split("/")[0])
    return outlet, outlet.output(name.split("/")[1])


def design_of(press, story, group, name="instagram/kartu.jpg"):
    return card_design(press, *card(press.catalog, name), build_context(story, group, press.catalog.labels))


def test_the_story_decides_the_design_unless_the_group_did(press, stories, group):
    assert design_of(press, stories["irigasi"], group) == "judul"
    assert design_of(press, stories["bansos"], group) == "vonis"
    assert design_of(press, stories["posyandu"], group) == "pengumuman"
    assert design_of(press, stories["irigasi"], group, "instagram/kutipan.jpg") == "kutipan"
    for key in ("*", "instagram", "instagram/kartu.jpg"):
        chosen = msgspec.structs.replace(group, designs={key: "teks"})
        assert design_of(press, stories["irigasi"], chosen) == "teks"
        # A fact check shows its verdict everywhere, unless this very card is to look otherwise.
        assert design_of(press, stories["bansos"], chosen) == ("teks" if "/" in key else "vonis")
    assert design_of(press, stories["irigasi"], chosen, "instagram/story.jpg") == "judul"
    everywhere = msgspec.structs.replace(group, designs={"*": "teks"})
    assert design_of(press, stories["irigasi"], everywhere, "instagram/kutipan.jpg") == "kutipan"
    unknown = msgspec.structs.replace(group, designs={"instagram": "tidak-ada"})
    assert design_of(press, stories["irigasi"], unknown) == "judul"


def test_a_design_without_what_it_needs_is_replaced(press, group):
    bare = Story(id="x", headline="Judul")
    for wish, made in {"kutipan": "judul", "vonis": "judul", "foto": "teks"}.items():
        assert design_of(press, bare, msgspec.structs.replace(group, designs={"*": wish})) == made


def test_the_place_of_the_photo(press):
    assert photo_area(press, "teks", (1080, 1350)) == (1080, 1350)
    assert photo_area(press, "", (1080, 1350)) == (1080, 1350)
    width, height = photo_area(press, "foto", (1080, 1350))
    assert width == 1080
    assert 0 < height < 1350
    assert photo_area(press, "foto", (1280, 720)) == photo_area(press, "judul", (1280, 720)) == (717, 720)
    assert photo_area(press, "", (1280, 720)) == (1280, 720)
    assert sheet_photo_area(press, "mading") > (100, 50)


def every_card(catalog):
    return [(outlet, output) for outlet in catalog.outlets for output in outlet.outputs if output.kind == "card"]


def test_every_design_fits_every_card_and_story(press, catalog, story, group):
    material = build_context(story, group, catalog.labels)
    for outlet, output in every_card(catalog):
        for design in catalog.designs:
            svg = render_svg(press, outlet, output, material, pictures={"photo": "kim:foto"}, design=design)
            root = ET.fromstring(svg)
            assert root.get("width") == str(output.size[0])
            assert root.get("height") == str(output.size[1])


def test_a_picture_is_a_token_or_a_data_uri_and_the_rest_is_the_same(press, catalog, stories, group):
    outlet, output = card(catalog)
    material = build_context(stories["irigasi"], group, catalog.labels)
    uri = "data:image/png;base64,iVBORw0KGgo="
    token = render_svg(press, outlet, output, material, pictures={"photo": "kim:p1", "logo": "kim:logo"})
    filled = render_svg(press, outlet, output, material, pictures={"photo": uri, "logo": "kim:logo"})
    assert 'href="kim:p1"' in token
    assert token.replace("kim:p1", uri) == filled


URI = "data:image/png;base64,iVBORw0KGgo="
TOKENS = {"photo": "kim:foto", "logo": "kim:logo"}


@pytest.mark.parametrize("luminance", [0.0, 0.137, 0.5, 1.0])
def test_what_is_put_in_later_comes_to_the_same(press, catalog, story, group, luminance):
    for draft in (False, True):
        material = build_context(story, group, catalog.labels, draft=draft)
        for outlet, output in every_card(catalog):
            late = plan_svg(press, outlet, output, material, TOKENS)
            at_once = render_svg(
                press, outlet, output, material, pictures=dict.fromkeys(TOKENS, URI), luminance=luminance
            )
            assert late.complete
            assert late.finish(dict.fromkeys(TOKENS, URI), luminance) == at_once


@pytest.mark.parametrize("luminance", [0.137, 1.0])
def test_a_printed_sheet_is_filled_once_and_comes_to_the_same(press, catalog, story, group, luminance):
    material = build_context(story, group, catalog.labels, draft=True)
    sheets = [(outlet, o) for outlet in catalog.outlets for o in outlet.outputs if o.kind == "print"]
    own = [(outlet, output) for outlet, output in sheets if outlet.subject == "story"]
    assert own
    for outlet, output in own:
        late = plan_print(press, outlet, output, material, TOKENS)
        pictures = dict.fromkeys(TOKENS, URI)
        assert late.complete
        assert late.finish(pictures, luminance) == render_print(
            press, outlet, output, material, pictures=pictures, luminance=luminance
        )


OWN_OUTLET = """format = 1
id = "uji"
name = "Uji"
checked = 2026-11-23
source = "uji"
[[output]]
file = "kartu.jpg"
kind = "card"
template = "kartu.svg.j2"
size = [320, 400]
"""


@pytest.mark.parametrize(
    ("written", "complete"),
    [
        ("{{ 1 - (photo_luminance - 0.25) / 2 * 3 + 1 }}", True),
        ("{{ 'terang' if photo_luminance > 0.6 else 'gelap' }}", False),
        ("{{ 'nol' if photo_luminance == 0 else 'ada' }}", False),
        ("{{ 'ada' if photo_luminance else 'nol' }}", False),
        ("{{ photo_luminance | round(1) }}", False),
        ("{{ photo_luminance | float }}{{ photo_luminance | int }}", False),
        ("{{ (photo_luminance | string)[:3] }}", False),
        ("{{ (photo_luminance ~ '') | upper }}", False),
        ("{{ 2 ** photo_luminance }}", False),
        ("{{ photo_luminance * photo_luminance }}", False),
        ("{{ [photo_luminance, 0.5] | max }}", False),
    ],
)
def test_whatever_a_pack_does_with_the_brightness_it_gets_the_number(tmp_path, stories, group, written, complete):
    (tmp_path / "uji").mkdir()
    (tmp_path / "uji" / "outlet.toml").write_text(OWN_OUTLET, encoding="utf-8")
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="320" height="400"><text x="1" y="9">{written}</text></svg>'
    (tmp_path / "uji" / "kartu.svg.j2").write_text(svg, encoding="utf-8")
    press = RenderContext(load_catalog(templates_dir(), tmp_path))
    outlet = press.catalog.outlet("uji")
    material = build_context(stories["irigasi"], group, press.catalog.labels)
    late = plan_svg(press, outlet, outlet.outputs[0], material, TOKENS)
    assert late.complete is complete
    assert late.with_luminance(0.5) == render_svg(press, outlet, outlet.outputs[0], material, pictures=TOKENS)
    if complete:
        at_once = render_svg(press, outlet, outlet.outputs[0], material, pictures=TOKENS, luminance=0.783)
        assert late.with_luminance(0.783) == at_once


def test_words_that_look_like_what_comes_later_stay_words(press, catalog, stories, group):
    outlet, output = card(catalog)
    for headline in ("kim:foto", "kim:n[l+1]"):
        story = msgspec.structs.replace(stories["irigasi"], headline=headline)
        assert not plan_svg(press, outlet, output, build_context(story, group, catalog.labels), TOKENS).complete


def test_only_what_is_shown_changes_a_card(press, catalog, stories, group):
    outlet, output = card(catalog)

    def svg(**changes):
        story = msgspec.structs.replace(stories["irigasi"], **changes)
        return render_svg(
            press, outlet, output, build_context(story, group, catalog.labels), pictures={"photo": "kim:p"}
        )

    assert svg() == svg(body="Isi yang lain.", tags=("baru",), modified="2027-01-01", byline=("Orang lain",))
    assert svg() != svg(headline="Judul lain")
    assert svg() != svg(date="2026-11-23")


@pytest.mark.parametrize(
    "text", ["</svg><script>", '"onload="x', "a&b", "ꦱꦸꦒꦼꦁ 🎉", "مرحبا", "a\x00\x0bb", "\ufffe", "]]>"]
)
def test_any_words_stay_words(press, catalog, group, text):
    photo = Photo(id="p", file="p.jpg", caption=text, credit=text)
    story = Story(id="x", headline=text, kicker=text, place=text, body=f"> {text} — {text}", photos=(photo,))
    hostile = msgspec.structs.replace(group, name=text, village=text, accounts={"instagram": text})
    outlet, output = card(catalog)
    for design in catalog.designs:
        svg = render_svg(press, outlet, output, build_context(story, hostile, catalog.labels), design=design)
        assert "<script" not in svg
        assert not [element for element in ET.fromstring(svg).iter() if element.tag.endswith("script")]
        assert not [name for element in ET.fromstring(svg).iter() for name in element.attrib if name.startswith("on")]


def test_the_sheet(press, catalog, story, group):
    outlet = catalog.outlet("mading")
    sheet = render_print(press, outlet, outlet.outputs[0], build_context(story, group, catalog.labels, "2026-11-22-x"))
    for page in (sheet.first, sheet.following):
        assert ET.fromstring(page).get("width") == "210mm"
        assert "sukamaju.kim.id/2026-11-22-x" in page
    assert ("Kamis, 31 Desember 2026" in sheet.first) == (story.id == "posyandu")


def test_the_cover_stands_for_the_story(group):
    photos = (Photo(id="a", file="a.jpg"), Photo(id="b", file="b.jpg"))
    assert card_photo(build_context(Story(id="x", photos=photos, cover="b"), group)).id == "b"
    assert card_photo(build_context(Story(id="x"), group)) is None


def modules(code):
    """The modules of a QR path, as a set of places."""
    dark = set()
    for x, y, run, back in re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", code["path"]):
        assert run == back
        dark |= {(int(x) + n, int(y)) for n in range(int(run))}
    return dark


def test_the_qr_code_is_the_one_segno_draws():
    import segno

    url = "https://sukamaju.kim.id/2026-11-22-irigasi/"
    matrix = segno.make(url, error="m", micro=False).matrix
    code = qr_path(url)
    assert code["size"] == len(matrix)
    assert modules(code) == {(x, y) for y, row in enumerate(matrix) for x, bit in enumerate(row) if bit}
    assert qr_path("") is None


OUTLET = """format = 1
id = "radio"
name = "Radio"
checked = 2026-11-23
source = "Sendiri"
[[output]]
file = "kartu.jpg"
kind = "card"
template = "kartu.svg.j2"
size = [800, 600]
"""


@pytest.mark.parametrize(
    ("svg", "code"),
    [
        ("<svg>\n<rect></svg>", "posts.svg_broken"),
        ("<svg>{{ headline }}", "posts.svg_broken"),
        ("", "posts.svg_broken"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>\n<svg>&a;</svg>', "posts.svg_broken"),
        ('<svg>\n<image href="file:///etc/passwd"/></svg>', "posts.svg_outside"),
        (
            '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="../../rahasia.png"/></svg>',
            "posts.svg_outside",
        ),
        ('<svg><image href="&#102;ile:///etc/passwd"/></svg>', "posts.svg_outside"),
        ('<svg><image href="https://contoh.id/a.png"/></svg>', "posts.svg_outside"),
        ('<svg><image href="data:text/html,x"/></svg>', "posts.svg_outside"),
    ],
)
def test_a_broken_drawing_is_one_clear_error(tmp_path, catalog, group, svg, code):
    pack = tmp_path / "radio"
    pack.mkdir()
    (pack / "outlet.toml").write_text(OUTLET, encoding="utf-8")
    (pack / "kartu.svg.j2").write_text(svg, encoding="utf-8")
    press = RenderContext(load_catalog(catalog.common.parent, tmp_path))
    outlet = press.catalog.outlet("radio")
    with pytest.raises(UserError) as caught:
        render_svg(press, outlet, outlet.outputs[0], build_context(Story(id="x"), group))
    assert caught.value.code == code
    assert caught.value.facts["pack"] == "radio"
    assert caught.value.facts["file"] == "kartu.svg.j2"
    assert caught.value.facts["line"] >= 1


def test_the_picture_that_went_round_is_seen_only_under_the_stamp(press, stories, group):
    hoax = stories["bansos"]
    own = Photo(id="own", file="own.jpg")
    claim = msgspec.structs.replace(hoax.claims[0], picture=hoax.photos[0].id)
    story = msgspec.structs.replace(hoax, photos=(*hoax.photos, own), claims=(claim,))
    material = build_context(story, group, press.catalog.labels)
    assert card_photo(material, "vonis").id == hoax.photos[0].id
    assert [photo["id"] for photo in material.base["photos"]] == ["own"]
    for design in ("", "judul", "kutipan", "teks"):
        assert card_photo(material, design).id == "own"
    sheet = press.catalog.outlet("mading").outputs[0]
    assert sheet_photo(material, sheet).id == hoax.photos[0].id
    assert sheet_photo(material, msgspec.structs.replace(sheet, template="own.svg.j2")).id == "own"
    pictures = {"photo": "kim:p"}
    outlet = press.catalog.outlet("mading")
    assert 'id="vonis"' in render_print(press, outlet, sheet, material, pictures=pictures).first
    assert 'id="vonis"' not in render_print(press, outlet, sheet, build_context(hoax, group), pictures=pictures).first


def test_the_stamp_goes_over_no_photo_of_our_own(press, stories, group):
    material = build_context(stories["bansos"], group, press.catalog.labels)
    assert card_photo(material, "vonis") is None
    for size in ((1080, 1080), (1080, 1350), (1080, 1920), (1280, 720)):
        outlet, output = card(press.catalog)
        output = msgspec.structs.replace(output, size=FrameSize(*size))
        svg = render_svg(press, outlet, output, material)
        assert stories["bansos"].claims[0].text in svg
        assert 'id="vonis"' in svg
        assert photo_area(press, "vonis", size) != size


@pytest.mark.parametrize("design", ["judul", "kutipan", "foto", "pengumuman", "teks"])
@pytest.mark.parametrize("size", [(1080, 1080), (1080, 1350), (1080, 1920), (1280, 720)])
def test_every_card_of_a_notice_that_is_over_says_so(press, stories, group, design, size):
    outlet, output = card(press.catalog)
    sized = msgspec.structs.replace(output, size=FrameSize(*size))
    material = build_context(stories["posyandu"], group, press.catalog.labels, past=True)
    svg = ET.fromstring(render_svg(press, outlet, sized, material, design=design))
    texts = [box.get("data-text") for box in svg.iter()]
    assert any(text and "sudah lewat" in text for text in texts)


@pytest.mark.parametrize("size", [(1200, 630), (1280, 720), (1080, 1080)])
@pytest.mark.parametrize("design", ["produk-harga", "produk-katalog"])
def test_the_photo_of_a_product_is_drawn_in_the_proportions_it_is_cut_to(press, group, design, size):
    photo = Photo(id="p", file="p.jpg", width=400, height=300)
    product = product_story(Product(id="keripik", name="Keripik", price=12000, photos=(photo,)))
    outlet = press.catalog.outlet("potensi")
    output = CardOutput(file="pratinjau.jpg", size=FrameSize(*size), design=design)
    material = build_context(product, group, press.catalog.labels)
    svg = render_svg(press, outlet, output, material, pictures={"photo": "kim:p"}, design=design)
    drawn = next(e for e in ET.fromstring(svg).iter() if "kim:p" in e.attrib.values())
    wide, high = photo_area(press, design, size, material, outlet)
    assert float(drawn.get("width")) / float(drawn.get("height")) == pytest.approx(wide / high, rel=0.01)

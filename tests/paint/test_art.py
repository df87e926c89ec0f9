"""What is refused in a template's SVG, and how it is said."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from PIL import Image, ImageOps

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.paint.art import read_art
from studio.paint.image import paint_rgb
from studio.paint.sheet import typeset_sheet

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100">\n'


def refused(svg: str) -> UserError:
    with pytest.raises(UserError) as caught:
        typeset_sheet(svg)
    said = [MessageTexts(assets_dir() / "messages", language).explain(caught.value) for language in ("id", "en")]
    assert all("{" not in text and caught.value.code not in text for text in said)
    return caught.value


@pytest.mark.parametrize(
    ("attributes", "code", "named"),
    [
        ('width="9" height="9" data-text="a"', "paint.box_missing", "data-max"),
        ('width="9" height="9" data-max="9"', "paint.box_missing", "data-text"),
        ('height="9" data-text="a" data-max="9"', "paint.box_missing", "width"),
        ('width="9" height="9" data-text="a" data-max="besar"', "paint.box_number", "data-max"),
        ('width="9" height="9" data-text="a" data-max="nan"', "paint.box_number", "data-max"),
        ('width="9" height="9" data-text="a" data-max="9" data-min="10"', "paint.box_number", "data-min"),
        ('width="9" height="9" data-text="a" data-max="9" data-weight="1000"', "paint.box_number", "data-weight"),
        ('width="9" height="9" data-text="a" data-max="9" data-align="tengah"', "paint.box_choice", "data-align"),
        ('width="9" height="9" data-text="a" data-max="9" data-valign="x"', "paint.box_choice", "data-valign"),
        ('width="9" height="9" data-text="a" data-max="9" data-balance="ya"', "paint.box_choice", "data-balance"),
        ('width="9" height="9" data-text="a" data-max="9" data-color="merah"', "paint.box_color", "data-color"),
        ('width="9" height="9" data-text="a" data-max="9" data-plate="#12"', "paint.box_color", "data-plate"),
        ('width="9" height="9" data-text="a" data-max="9" data-colour="#000000"', "paint.box_unknown", "data-colour"),
        ('width="9" height="9" data-text="a" data-max="9" data-above="judul"', "paint.box_target", "data-above"),
        ('width="9" height="9" data-text="a" data-max="9" data-pad="1 x"', "paint.box_number", "data-pad"),
    ],
)
def test_a_wrong_box_is_named_with_line_and_attribute(attributes, code, named):
    error = refused(f'{OPEN}\n<rect class="kim-text" id="judul-besar" {attributes}/></svg>')
    assert (error.code, error.facts["attribute"], error.facts["line"]) == (code, named, 3)
    assert error.facts["box"] == "judul-besar"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a.png",
        "file:///etc/passwd",
        "../logo.png",
        "data:image/svg+xml;base64,PHN2Zy8+",
        "data:text/html;base64,PGI+",
        "",
        "data:image/png;base64,bukan-gambar",
    ],
)
@pytest.mark.parametrize("name", ["xlink:href", "href"])
def test_only_embedded_pictures_are_let_in(address, name):
    error = refused(f'{OPEN}<image width="5" height="5" {name}="{address}"/></svg>')
    assert error.code == "paint.image"
    assert error.facts["line"] == 2


@pytest.mark.parametrize(
    ("svg", "line"),
    [
        (OPEN + "<g>\n</svg>", 3),
        (OPEN + "<text>&nbsp;</text></svg>", 2),
        ("", 1),
        ("bukan svg", 1),
        ('<svg viewBox="0 0 10"/>', 1),
        ('<svg width="10" height="10"/>', 1),
        ('<svg viewBox="0 0 0 10"/>', 1),
        ('<html viewBox="0 0 10 10"/>', 1),
        ('<!DOCTYPE svg [<!ENTITY a "aaa">]>\n<svg viewBox="0 0 10 10"/>', 1),
    ],
)
def test_malformed_svg_is_refused_with_its_line(svg, line):
    error = refused(svg)
    assert (error.code, error.facts["line"]) == ("paint.svg", line)


def test_columns_must_be_equally_wide(boxed):
    flow = {"flow": "isi", "text": "a", "max": 10}
    error = refused(boxed(flow | {"width": 100}, flow | {"x": 200, "width": 90}))
    assert error.code == "paint.box_columns"


def test_another_proportion_is_refused_not_squeezed(boxed):
    svg = boxed(width=100, height=100)
    assert (
        paint_rgb(
            svg,
            301,
            300,
        ).width
        == 301
    )  # rounding of a preview is let pass
    with pytest.raises(UserError, match=r"paint\.ratio"):
        paint_rgb(svg, 300, 200)


def test_boxes_follow_the_transformation_of_their_groups(boxed, darkness):
    box = '<rect class="kim-text" x="0" y="0" width="60" height="20" data-text="III" data-max="20" data-weight="900"/>'
    art = f'<g transform="translate(300 200)"><g transform="rotate(90) scale(2)">{box}</g></g>'
    painted = paint_rgb(boxed(art=art), 400, 300)
    image = darkness(painted)
    rows, columns = (image < 128).nonzero()
    assert rows.min() >= 199
    assert columns.max() <= 301
    assert rows.max() - rows.min() > columns.max() - columns.min()


def test_a_logo_keeps_its_proportions_and_a_photo_fills_its_place(boxed, darkness, picture_uri):
    wide = picture_uri("black", (60, 20))

    def dark(extra):
        art = f'<image x="100" y="100" width="90" height="90" {extra} xlink:href="{wide}"/>'
        image = darkness(paint_rgb(boxed(art=art), 400, 300))
        rows, columns = (image < 128).nonzero()
        return int(rows.min()), int(rows.max() - rows.min()) + 1, int(columns.max() - columns.min()) + 1

    assert dark("") == (130, 30, 90)
    assert dark('preserveAspectRatio="none"') == (100, 90, 90)


def test_text_as_content_of_the_element():
    art = read_art(f'{OPEN}<rect class="kim-text" width="9" height="9" data-max="9">satu\ndua</rect></svg>')
    assert art.boxes[0].text == "satu\ndua"


def test_elements_for_more_pages_show_only_then(boxed):
    svg = boxed(art='<g data-when="more"><rect class="kim-text" width="9" height="9" data-text="a" data-max="9"/></g>')
    assert len(read_art(svg).boxes) == 0
    assert len(read_art(svg, more=True).boxes) == 1


@pytest.mark.parametrize("kind", ["above", "below"])
def test_a_box_holds_on_to_anothers_text(boxed, kind):
    head = {"id": "judul", "text": "Panen", "y": 100, "height": 150, "max": 40, "valign": "middle"}
    plate = {"text": "RUBRIK", "height": 60, "max": 20, "plate": "#f2b705", "pad": "10 8", kind: "judul", "gap": 12}
    judul, rubrik = typeset_sheet(boxed(head, plate)).settings
    top, bottom = judul.block()
    _, y, _, height = rubrik.plate()
    assert y + height == pytest.approx(top - 12) if kind == "above" else y == pytest.approx(bottom + 12)


def test_a_plate_surrounds_its_text(boxed, darkness):
    box = {"text": "KIM", "x": 100, "y": 100, "width": 200, "height": 90, "max": 40, "color": "#ffffff"}
    painted = paint_rgb(boxed(box | {"plate": "#000000", "pad": "16 12"}), 400, 300)
    image = darkness(painted)
    rows, columns = (image < 128).nonzero()
    inner = image[rows.min() + 1 : rows.max(), columns.min() + 1 : columns.max()]
    text_rows, text_columns = (inner > 128).nonzero()
    text_rows, text_columns = text_rows + rows.min() + 1, text_columns + columns.min() + 1
    assert text_columns.min() - columns.min() == pytest.approx(16, abs=2)
    assert columns.max() - text_columns.max() == pytest.approx(16, abs=2)
    assert text_rows.min() - rows.min() == pytest.approx(12, abs=2)
    assert rows.max() - text_rows.max() == pytest.approx(12, abs=2)


@pytest.mark.parametrize(
    "write_anew",
    [
        lambda svg: svg,
        lambda svg: ET.tostring(ET.fromstring(svg), encoding="unicode"),
        lambda svg: svg.replace("xlink:", "l:").replace("xmlns:xlink", "xmlns:l"),
        lambda svg: svg.replace("xlink:href", "href"),
        lambda svg: svg.replace("xlink:href", 'xlink:href="#gone" href'),
    ],
    ids=["as drawn", "by ElementTree", "another prefix", "SVG 2", "both, the new one first"],
)
def test_links_of_a_drawing_hold_whatever_tool_wrote_it(write_anew, picture_uri):
    """A photo, a part drawn twice and a gradient with another's stops: Qt knows the letters "xlink:href" only."""
    inner = (
        f'<image width="40" height="40" xlink:href="{picture_uri("black", (4, 4))}"/>'
        '<defs><rect id="part" x="60" width="40" height="40" fill="#ff0000"/>'
        '<linearGradient id="stops"><stop offset="0" stop-color="#0000ff"/><stop offset="1" stop-color="#0000ff"/>'
        '</linearGradient><linearGradient id="own" xlink:href="#stops"/></defs><use xlink:href="#part"/>'
        '<rect y="60" width="100" height="40" fill="url(#own)"/>'
    )
    rgb = paint_rgb(write_anew(OPEN + inner + "</svg>"), 100, 100).rgb
    seen = [tuple(rgb[at : at + 3]) for at in ((20 * 100 + 20) * 3, (20 * 100 + 80) * 3, (80 * 100 + 50) * 3)]
    assert seen == [(0, 0, 0), (255, 0, 0), (0, 0, 255)]


@pytest.mark.parametrize(
    ("shape", "box"),
    [
        ('<rect width="100%" height="100%"/>', (0, 0, 400, 200)),
        ('<rect x="25%" y="50%" width="50%" height="25.0%"/>', (100, 100, 300, 150)),
        ('<circle cx="50%" cy="50%" r="10%"/>', (168, 68, 232, 132)),  # a tenth of 316.2, the diagonal by root two
        ('<ellipse cx="50%" cy="50%" rx="5%" ry="20%"/>', (180, 60, 220, 140)),
        ('<line x1="0" y1="50%" x2="100%" y2="50%" stroke="#000" style="stroke-width: 20px"/>', (0, 90, 400, 110)),
        ('<rect x="1in" y="10mm" width="36pt" height="2.54cm"/>', (96, 38, 144, 134)),
        ('<g transform="scale(0.5)"><rect width="100%" height="100%"/></g>', (0, 0, 200, 100)),
        ('<defs><path id="p" d="M0 0h40v40h-40z"/></defs><use x="50%" y="50%" href="#p"/>', (200, 100, 240, 140)),
        ('<image width="100%" height="50%" href="{}"/>', (150, 0, 250, 100)),
        (
            '<defs><linearGradient id="g" gradientUnits="userSpaceOnUse" x1="50%" x2="50.1%"><stop offset="0%" '
            'stop-color="#fff"/><stop offset="1"/></linearGradient></defs><path fill="url(#g)" d="M0 0h400v200h-400"/>',
            (200, 0, 400, 200),
        ),
        (
            '<defs><linearGradient id="g" x1="50%" x2="50.1%"><stop offset="0%" stop-color="#fff"/>'
            '<stop offset="100%"/></linearGradient></defs><path fill="url(#g)" d="M0 0h200v200h-200z"/>',
            (100, 0, 200, 200),
        ),
    ],
)
def test_percentages_and_units_are_those_of_the_page(shape, box, picture_uri):
    """As a browser draws them; by Qt itself a background of 100% is 100 units wide."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200"><rect width="100%" height="100%" fill="#fff"/>'
    painted = paint_rgb(svg + shape.replace("{}", picture_uri("black", (10, 10))) + "</svg>", 400, 200)
    with Image.frombytes("RGB", (400, 200), painted.rgb) as picture:
        assert ImageOps.invert(picture.convert("L")).point(lambda value: 255 * (value > 127)).getbbox() == box

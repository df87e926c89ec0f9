"""PDF pages: text that can be selected, nothing that changes by itself, a sheet that goes on over pages."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest

from studio.base.errors import UserError
from studio.paint.pdf import paint_flow, paint_pdf
from studio.paint.sheet import typeset_sheet
from studio.posts.qr_codes import qr_path

MM = 72 / 25.4
BODY = "\n\n".join(
    f"Paragraf ke-{n} bercerita tentang warga Sukamaju yang memperbaiki saluran irigasi agar air kembali mengalir "
    "ke sawah menjelang musim tanam, dengan bronjong bambu dan semen dari dana desa."
    for n in range(1, 13)
)


def tool(name: str, *arguments: str) -> str:
    if shutil.which(name) is None:
        pytest.skip(f"{name} (poppler-utils) is not installed")
    return subprocess.run([name, *arguments], capture_output=True, text=True, check=True).stdout


def words(path) -> list[str]:
    return tool("pdftotext", "-layout", str(path), "-").split()


@pytest.mark.tool("pdftotext")
def test_text_can_be_selected(boxed, tmp_path):
    out = tmp_path / "a.pdf"
    lost = paint_pdf(
        [boxed({"text": "Gotong royong", "max": 40}), boxed({"text": "Halaman kedua", "max": 40})],
        out,
        page_mm=(80, 60),
        title="Judul é",
        author="KIM Bina Warga",
    )
    assert lost == ()
    assert words(out) == ["Gotong", "royong", "Halaman", "kedua"]
    facts = tool("pdfinfo", str(out))
    assert re.search(r"Title: +Judul é\n", facts)
    assert re.search(r"Author: +KIM Bina Warga\n", facts)
    assert re.search(r"Pages: +2\n", facts)
    width, height = map(float, re.search(r"Page size: +([\d.]+) x ([\d.]+) pts", facts).groups())
    assert (width, height) == pytest.approx((80 * MM, 60 * MM), abs=1)


@pytest.mark.tool("pdftotext")
@pytest.mark.parametrize("family", ["Be Vietnam Pro", "IBM Plex Serif", "Noto Sans"])
def test_every_letter_of_a_word_can_be_found_again(boxed, tmp_path, family):
    said = "Profil grafik verifikasi efisien afliasi fjord staff"
    out = tmp_path / "a.pdf"
    box = {"text": f"{said} \u0645\u062d\u0645\u062f", "max": 12, "font": family}
    assert paint_pdf([boxed(box)], out, page_mm=(80, 60), title="", author="") == ()
    assert words(out)[:7] == said.split()


def test_overflow_of_all_pages_is_told(boxed, tmp_path):
    long = {"id": "isi", "text": "kata " * 300, "max": 30}
    lost = paint_pdf([boxed(long), boxed(long)], tmp_path / "a.pdf", page_mm=(80, 60), title="", author="")
    assert [overflow.box for overflow in lost] == ["isi", "isi"]


def test_a_pdf_that_cannot_be_written_is_a_clear_error(boxed, tmp_path):
    with pytest.raises(UserError, match=r"paint\.save"):
        paint_pdf([boxed()], tmp_path / "tidak-ada" / "a.pdf", page_mm=(80, 60), title="", author="")


def test_the_same_pages_give_the_same_bytes_in_another_process(boxed, tmp_path):
    svg = boxed({"text": "Warga ꦮꦫꦒ سكان 🌾", "max": 40, "min": 9}, {"text": "dua", "max": 9, "italic": 1})
    here, there = tmp_path / "a.pdf", tmp_path / "b.pdf"
    # Not in this process: fonts that a window has loaded before stand first, and Qt numbers the others behind them.
    code = (
        "import sys; from pathlib import Path; from studio.paint.pdf import paint_pdf; "
        "paint_pdf([sys.argv[1]], Path(sys.argv[2]), page_mm=(80, 60), title='T', author='A')"
    )
    for target in (here, there):
        subprocess.run([sys.executable, "-c", code, svg, str(target)], check=True)
    assert here.read_bytes() == there.read_bytes()


@pytest.mark.tool("pdftoppm")
def test_shapes_have_no_outline_of_their_own(boxed, tmp_path):
    """Qt draws the outline of an unstroked path in a PDF, which would close the gaps of a QR code."""
    from PIL import Image

    bars = "".join(f"M{x} 0h1v4h-1z" for x in range(0, 40, 2))
    out = tmp_path / "a.pdf"
    paint_pdf(
        [boxed(art=f'<g transform="scale(10)"><path d="{bars}"/></g>')], out, page_mm=(80, 60), title="", author=""
    )
    tool("pdftoppm", "-r", "200", "-gray", "-png", str(out), str(tmp_path / "a"))
    with Image.open(next(tmp_path.glob("a*.png"))) as image:
        row = image.crop((2, 20, image.width - 2, 21)).tobytes()
    dark = sum(value < 128 for value in row) / len(row)
    assert dark == pytest.approx(0.5, abs=0.06)


@pytest.mark.tool("pdftoppm")
@pytest.mark.parametrize(
    ("stops", "shape", "grey"),
    [
        ('<stop stop-opacity="0"/><stop offset="1" stop-opacity="1"/>', '<rect fill="url(#g)" {}/>', 128),
        ('<stop style="stop-opacity:0"/><stop offset="1"/>', '<rect style="fill:url(#g)" {}/>', 128),
        ('<stop stop-opacity="40%"/><stop offset="1" stop-opacity=".4"/>', '<rect fill="url(#g)" {}/>', 153),
        ('<stop/><stop offset="1"/>', '<rect fill="url(#g)" fill-opacity="0.5" {}/>', 128),
        ('<stop/><stop offset="1"/>', '<g opacity="0.5"><rect fill="url(#g)" {}/></g>', 128),
        ('<stop/><stop offset="1"/>', '<g fill="url(#g)"><rect style="fill-opacity:.5" {}/></g>', 128),
        ('<stop/><stop offset="1"/>', '<rect style="fill: url(#g); fill-opacity: 20%" {}/>', 204),
        ('<stop/><stop offset="1"/>', '<rect fill="url(#g)" {}/>', 0),
        ('<stop/><stop offset="1"/>', '<g opacity="0.5"><rect fill="#000" {}/></g>', 128),
    ],
)
def test_a_shade_on_paper_lets_through_what_lies_below(boxed, tmp_path, stops, shape, grey):
    """Qt writes a see-through gradient solid (findings/qt_pdf_gradients_lose_their_fade.sh)."""
    from PIL import Image

    art = f'<defs><linearGradient id="g">{stops}</linearGradient></defs>' + shape.format('width="400" height="300"')
    out = tmp_path / "a.pdf"
    page = boxed({"text": "Judul di atasnya", "max": 40, "color": "#ff0000"}, art=art)
    assert paint_pdf([page], out, page_mm=(80, 60), title="", author="") == ()
    tool("pdftoppm", "-r", "50", "-gray", "-png", str(out), str(tmp_path / "a"))
    with Image.open(next(tmp_path.glob("a*.png"))) as image:
        middle = image.convert("L").getpixel((image.width // 2, image.height - 10))
    assert middle == pytest.approx(grey, abs=4)
    assert words(out) == ["Judul", "di", "atasnya"]


def sheet(card_svg, **values) -> tuple[str, str]:
    fields = {"photo": "checks", "valid_until": "2026-12-06", "body": BODY, **values}
    return card_svg("mading", (210, 297), **fields), card_svg("mading_lanjutan", (210, 297), **fields)


@pytest.mark.tool("pdftotext")
def test_the_notice_board_sheet_goes_on_until_all_is_said(card_svg, tmp_path):
    out = tmp_path / "mading.pdf"
    first, following = sheet(card_svg)
    assert paint_flow(first, following, out, title="Mading", author="KIM Bina Warga") == ()
    said = tool("pdftotext", str(out), "-")
    pages = said.split("\f")[:-1]
    assert len(pages) > 1
    for number in range(1, 13):
        assert said.count(f"Paragraf ke-{number} bercerita") == 1
    assert "Bersambung ke halaman 2" in pages[0]
    assert "halaman 2" in pages[1]
    assert "Bersambung" not in pages[-1]
    assert "@sisa" not in said
    assert "@halaman" not in said
    assert "Minggu, 6 Desember 2026" in pages[0]


@pytest.mark.tool("pdftotext")
def test_words_broken_at_the_ends_of_lines_are_copied_whole(boxed, tmp_path):
    out = tmp_path / "a.pdf"
    said = "Puluhan warga masyarakat membersihkan saluran irigasi supaya pemerintah mengetahui bagaimana pelayanan"
    box = {"text": said, "max": 12, "width": 86, "flow": "isi", "font": "IBM Plex Serif"}
    assert paint_pdf([boxed({**box, "hyphens": 1})], out, page_mm=(80, 60), title="", author="") == ()
    assert " ".join(tool("pdftotext", str(out), "-").split()) == said
    assert "member-" in words(out)  # as it is seen


STORY = " ".join(BODY.split()[:185])


@pytest.mark.parametrize("photo", ["checks", ""])
def test_a_story_of_185_words_stays_on_one_page(card_svg, photo):
    body = "\n\n".join(" ".join(STORY.split()[at : at + 31]) for at in range(0, 185, 31))
    first, _ = sheet(card_svg, body=body, photo=photo)
    made = typeset_sheet(first, continued=True)
    assert (made.rest, made.overflow) == ("", ())
    assert min(setting.size for setting in made.settings if setting.box.flow) >= 12.5


def test_a_headline_of_200_letters_still_makes_a_sheet(card_svg):
    headline = " ".join(STORY.split()[2:32])[:209]
    for svg in sheet(card_svg, headline=headline):
        assert [lost for lost in typeset_sheet(svg, continued=True).overflow if lost.box != "isi"] == []


def test_a_short_notice_board_sheet_has_one_page(card_svg, tmp_path):
    out = tmp_path / "mading.pdf"
    paint_flow(*sheet(card_svg, body="Posyandu buka besok pagi."), out, title="Mading", author="KIM")
    assert out.read_bytes().count(b"/Type /Page\n") == 1


@pytest.mark.parametrize(
    "headline", ["Panen raya", "Warga Sukamaju gotong royong perbaiki saluran irigasi", "Kata " * 28]
)
@pytest.mark.parametrize("photo", ["checks", ""])
def test_the_notice_board_can_be_read_from_a_distance(card_svg, headline, photo):
    for svg in sheet(card_svg, headline=headline, photo=photo)[:1]:
        settings = typeset_sheet(svg, continued=True).settings
        sizes = {setting.box.name: setting.size for setting in settings}
        assert sizes["judul"] >= 36
        assert min(setting.size for setting in settings if setting.box.flow) >= 14
        assert not [o for o in typeset_sheet(svg, continued=True).overflow if o.box != "isi"]


@pytest.mark.tool("pdftoppm")
def test_the_qr_code_is_whole_and_large_enough(card_svg, tmp_path):
    """Every module is sampled at its centre and compared with the code itself."""
    import segno
    from PIL import Image

    out = tmp_path / "mading.pdf"
    url = "https://sukamaju.kim.id/irigasi"
    first, following = sheet(card_svg, body="Isi.", qr=qr_path(url))
    paint_flow(first, following, out, title="Mading", author="KIM")
    tool("pdftoppm", "-r", "300", "-png", str(out), str(tmp_path / "m"))
    code = [bytes(row) for row in segno.make(url, error="m", micro=False).matrix]
    place = re.search(r'translate\(([\d.]+) ([\d.]+)\) scale\(([\d.]+)\)"><path', first)
    x, y, module = (float(value) for value in place.groups())
    assert module * len(code) / MM >= 25
    with Image.open(next(tmp_path.glob("m*.png"))) as picture:
        image = picture.convert("L")
        scale = image.width / 595.28
        for row, modules in enumerate(code):
            for column, dark in enumerate(modules):
                spot = (round((x + (column + 0.5) * module) * scale), round((y + (row + 0.5) * module) * scale))
                assert (image.getpixel(spot) < 128) == bool(dark), (row, column)


def test_text_without_end_stops_and_is_told(boxed, tmp_path):
    flow = {"flow": "isi", "max": 40, "width": 300, "height": 100}
    lost = paint_flow(
        boxed(flow | {"text": "kata " * 3000}),
        boxed(flow | {"text": "@sisa@"}),
        tmp_path / "a.pdf",
        page_mm=(80, 60),
        title="",
        author="",
    )
    assert [overflow.box for overflow in lost] == ["isi"]
    assert (tmp_path / "a.pdf").read_bytes().count(b"/Type /Page\n") == 12


def test_a_following_page_without_room_stops(boxed, tmp_path):
    flow = {"flow": "isi", "max": 40, "width": 300}
    lost = paint_flow(
        boxed(flow | {"text": "kata " * 300}),
        boxed(flow | {"text": "@sisa@", "height": 3}),
        tmp_path / "a.pdf",
        page_mm=(80, 60),
        title="",
        author="",
    )
    assert lost[0].text.startswith("kata")

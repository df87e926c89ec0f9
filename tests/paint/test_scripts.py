"""Every script of Indonesia is drawn, the same on every computer, and what no font has is told."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from studio.base.font_table import FAMILIES
from studio.paint.image import paint_png, paint_rgb
from studio.paint.pdf import paint_pdf
from studio.paint.sheet import TextOverflow, typeset_sheet

SCRIPTS = {
    "Sundanese": "ᮝᮁᮌ ᮓᮦᮞ ᮌᮧᮒᮧᮀ ᮛᮧᮚᮧᮀ", "Balinese": "ᬯᬃᬕᬤᬾᬰᬕᭀᬢᭀᬂᬭᭀᬬᭀᬂ᭞", "Batak": "ᯘᯮᯒᯖ᯲ ᯅᯖᯂ᯲", "Buginese": "ᨓᨑᨁ ᨉᨙᨔ᨞",
    "Rejang": "ꤽꤶ ꤷꥑ", "Makasar": "𑻠𑻡𑻢𑻳 𑻧𑻩𑻴", "Kawi": "𑼒𑼮𑼶𑼱𑽂𑼮𑼃", "Javanese": "ꦮꦫꦒꦢꦺꦱ", "Arabic": "قرية ڠڤݢڽ جاوي",
}  # fmt: skip


def families(svg: str) -> set[str]:
    runs = [run for s in typeset_sheet(svg).settings for line in s.lines for run in line.line.line.glyphRuns()]
    assert all(all(run.glyphIndexes()) for run in runs)
    return {run.rawFont().familyName() for run in runs}


@pytest.mark.parametrize("name", SCRIPTS)
@pytest.mark.parametrize("font", ["Be Vietnam Pro", "IBM Plex Serif"])
def test_a_script_is_set_in_its_own_bundled_font(boxed, name, font):
    svg = boxed({"text": SCRIPTS[name], "max": 40, "min": 12, "weight": 800, "italic": 1, "font": font})
    own = {family.own_name for family in FAMILIES if name in family.name}
    assert own <= families(svg) <= own | {f"KIM {font}"}
    painted = paint_rgb(svg, 400, 300)
    assert min(painted.rgb) < 60, "letters are drawn"
    assert painted.overflow == ()


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_reaches_the_pdf(boxed, name, tmp_path):
    path = tmp_path / "mading.pdf"
    svg = boxed({"text": SCRIPTS[name], "max": 40, "min": 12})
    assert paint_pdf([svg], path, page_mm=(40, 30), title="a", author="b") == ()
    embedded = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout
    assert name in embedded


def test_look_alike_letters_are_painted_as_the_words_they_stand_for(boxed):
    def pixels(text: str) -> bytes:
        return paint_rgb(boxed({"text": text, "max": 40, "min": 12, "uppercase": 1}), 400, 300).rgb

    assert pixels("𝗪𝗮𝗿𝗴𝗮 𝒹ℯ𝓈𝒶 Anak\u2011anak") == pixels("Warga desa Anak-anak")


def test_what_no_font_has_is_a_box_and_told(boxed, tmp_path):
    svg = boxed({"text": "春节 di desa", "max": 40, "min": 12})
    told = (TextOverflow("line 1", "春 节", "font"),)
    assert paint_rgb(svg, 400, 300).overflow == told
    assert paint_png(svg, 400, 300, tmp_path / "a.png") == told
    assert paint_pdf([svg], tmp_path / "a.pdf", page_mm=(40, 30), title="a", author="b") == told
    assert paint_rgb(svg, 400, 300).rgb == paint_rgb(boxed({"text": "□□ di desa", "max": 40, "min": 12}), 400, 300).rgb


def test_an_emoji_before_a_cut_text_moves_no_letter(boxed):
    """Qt counts UTF-16 units: a text that is cut behind an emoji lost as many letters as there were emoji."""
    words = "🌾🌾🌾🌾 satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas duabelas"
    sheet = typeset_sheet(boxed({"text": words, "max": 70, "min": 70}))
    shown = next(s for s in sheet.settings).lines[-1].line.layout.text()
    assert shown.endswith("…")
    assert words.endswith(sheet.overflow[0].text)
    assert f"{shown.removesuffix('…')} {sheet.overflow[0].text}" in words


PAINT = """
import hashlib, sys
from PySide6.QtGui import QFontDatabase
from studio.paint.image import paint_rgb
pixels = [paint_rgb(svg, 400, 300).rgb for svg in sys.argv[1:]]
print(hashlib.sha256(b"".join(pixels)).hexdigest(), "Noto Sans Sundanese" in QFontDatabase.families())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="choosing the system's fonts needs fontconfig")
def test_other_fonts_on_the_computer_change_nothing(boxed, tmp_path):
    """Fonts of the same names but with other glyphs (each family's files with the outlines of another one)."""
    texts = [*SCRIPTS.values(), "Warga É ŋ ḍ → ✓ 🌾 春节", "𝗪𝗮𝗿𝗴𝗮"]
    svgs = [boxed({"text": text, "max": 40, "min": 12, "weight": 600}) for text in texts]
    other = tmp_path / "fonts"
    other.mkdir()
    for family in FAMILIES:
        for path in family.files:
            (other / path.name).symlink_to(path)
    found = []
    for folder in (tmp_path / "none", other):
        config = f"<fontconfig><dir>{folder}</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>"
        (tmp_path / "fonts.conf").write_text(config, encoding="utf-8")
        environment = os.environ | {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
        done = subprocess.run(
            [sys.executable, "-c", PAINT, *svgs], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        found.append(done.stdout.split())
    assert [known for _, known in found] == ["False", "True"]
    assert found[0][0] == found[1][0]

"""The guide: found by its words, whole in the PDF, and read in a terminal."""

from __future__ import annotations

import re
import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.base.progress import SilentProgress
from studio.cli import main
from studio.paint.qt_application import ensure_gui
from studio.services.guide_pages import PLACE_PAGES, find_page, load_guide, search_guide
from studio.services.guide_printing import write_guide
from studio.ui.core.desk_context import DESKS

PAGES = load_guide()
SECTIONS = [(page, section) for page in PAGES for section in page.sections]


def test_every_desk_and_place_has_a_page():
    assert {code for code, _ in DESKS} < set(PLACE_PAGES)
    assert all(find_page(PAGES, page) for page in PLACE_PAGES.values())
    assert [find_page(PAGES, name) for name in ("3", "foto", "03-foto.md", "Foto", "x")] == [PAGES[2]] * 4 + [None]


@given(st.sampled_from(SECTIONS), st.data())
def test_words_of_a_section_find_it(place, data):
    page, section = place
    words = re.findall(r"\w+", f"{section.heading} {section.text}")
    typed = data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=3))
    case = data.draw(st.sampled_from([str.upper, str.lower, str.title]))
    found = search_guide(PAGES, case("  ".join(typed)))
    assert (page, section) in [(hit.page, hit.section) for hit in found]
    assert all(hit.excerpt.strip(" …") in hit.section.text for hit in found)


def test_a_heading_comes_before_what_only_mentions_it():
    found = search_guide(PAGES, "cadangan")
    assert found[0].section.heading == "Cadangan"
    assert len(found) > 1
    assert search_guide(PAGES, "xyzzy") == search_guide(PAGES, "  ") == ()
    assert search_guide(PAGES, "cadángan") == found


def letters(text):
    """Without what a line may end in and a font may join."""
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", text))


@pytest.mark.tool("pdftotext")
def test_the_pdf_holds_every_page_whole_and_its_list_tells_where(tmp_path):
    ensure_gui()
    pdf = tmp_path / "panduan.pdf"
    count = write_guide(pdf, PAGES, MessageTexts(assets_dir() / "messages"), SilentProgress())
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    sheets = [" ".join(sheet.split()) for sheet in text.split("\f")][:-1]
    assert len(sheets) == count
    for number, page in enumerate(PAGES, 1):
        listed = re.search(rf"{number}\. {re.escape(page.title)} (\d+)", sheets[0])
        assert listed
        assert sheets[int(listed[1]) - 1].startswith(page.title)
    told = letters(re.sub(r"Panduan KIM Studio \d+", "", " ".join(sheets)))
    for page, section in SECTIONS:
        assert letters(section.text)[-25:] in told, (page.code, section.heading)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], 0, "7\tsampai-ke-pembaca\tSampai ke pembaca"),
        (["foto"], 0, "# Foto\n\nMeja Foto"),
        (["--find", "wajah tutup"], 0, "foto: Menutup wajah\n"),
        (["--find", "xyzzy"], 1, "Tidak ada yang cocok dengan “xyzzy”."),
        (["xyzzy"], 2, "Yang ada: mulai, menulis, foto"),
        (["foto", "--find", "x"], 2, "salah satu saja"),
        (["--pdf", "panduan.txt"], 2, "“panduan.txt” bukan nama PDF"),
    ],
)
def test_the_command(words, code, said, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    with pytest.raises(SystemExit) as ended:
        main(["guide", *words])
    told = capsys.readouterr()
    assert ended.value.code == code
    assert said in told.out + told.err


def test_an_installation_without_pages_is_said(tmp_path):
    with pytest.raises(UserError) as refused:
        load_guide(tmp_path)
    assert refused.value.code == "guide.missing"

"""Word documents: words and the closed set come in, nothing else, and bad files are explained."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from studio.base.errors import UserError
from studio.base.i18n import Texts
from studio.base.paths import assets_dir
from studio.store.importers import read_word
from studio.story.body import parse

HEAD = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
)
TAIL = "</w:body></w:document>"


def word(path: Path, *paragraphs: str, head: str = HEAD) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", head + "".join(paragraphs) + TAIL)
    return path


def paragraph(*runs: str, style: str = "", listed: bool = False) -> str:
    facts = f'<w:pStyle w:val="{style}"/>' if style else ""
    facts += "<w:numPr/>" if listed else ""
    return f"<w:p><w:pPr>{facts}</w:pPr>{''.join(runs)}</w:p>"


def run(text: str, facts: str = "") -> str:
    return f'<w:r><w:rPr>{facts}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_styles_and_looks_come_in(tmp_path):
    path = word(
        tmp_path / "naskah.docx",
        paragraph(run("Panen raya "), run("Sukamaju"), style="Title"),
        paragraph(run("Hasil "), run("naik", "<w:b/>"), run(" dan "), run("baik", "<w:i/>"), run(".")),
        paragraph(run("Harga"), style="Heading2"),
        paragraph(run("satu"), listed=True),
        paragraph(run("dua"), listed=True),
        paragraph(run("Kami senang"), style="Quote"),
        paragraph(run("   ")),
    )
    story = read_word(path)
    assert story.headline == "Panen raya Sukamaju"
    assert story.body == "Hasil **naik** dan _baik_.\n\n## Harga\n\n- satu\n- dua\n\n> Kami senang\n"


def test_signs_of_markdown_in_the_text_stay_text(tmp_path):
    story = read_word(word(tmp_path / "a.docx", paragraph(run("Judul")), paragraph(run("# 1 * 2 _a_ &lt;b&gt;"))))
    assert [block.text for block in parse(story.body)] == ["# 1 * 2 _a_ <b>"]


def test_a_first_paragraph_that_is_long_is_no_headline(tmp_path):
    story = read_word(word(tmp_path / "a.docx", paragraph(run("kata " * 60)), paragraph(run("Kedua"))))
    assert story.headline == ""
    assert story.body.endswith("Kedua\n")


def test_what_word_deleted_hid_or_switched_off_does_not_come_in(tmp_path):
    gone = "<w:p><w:del><w:r><w:delText>dihapus</w:delText></w:r></w:del></w:p>"
    hidden = paragraph(run("rahasia", "<w:vanish/>"), run("tampak", '<w:b w:val="0"/>'))
    story = read_word(word(tmp_path / "a.docx", paragraph(run("Judul")), gone, hidden))
    assert story.body == "tampak\n"


def bomb() -> str:
    entity = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    return HEAD.replace("<w:document", entity + "<w:document", 1)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda p: p.write_bytes(b"not a zip"), "store.import_damaged"),
        (lambda p: p.write_bytes(b""), "store.import_damaged"),
        (lambda p: zipfile.ZipFile(p, "w").close(), "store.import_damaged"),
        (lambda p: word(p, "<w:p>", head="<a>"), "store.import_damaged"),
        (lambda p: word(p, paragraph(run("&b;")), head=bomb()), "store.import_damaged"),
        (lambda p: word(p, paragraph(run(" "))), "store.import_empty"),
        (lambda p: None, "store.import_unreadable"),
    ],
)
def test_a_bad_file_is_explained(tmp_path, make, code):
    path = tmp_path / "rusak.docx"
    make(path)
    with pytest.raises(UserError) as caught:
        read_word(path)
    assert caught.value.code == code
    assert "rusak.docx" in Texts(assets_dir() / "messages").explain(caught.value)


def test_a_huge_document_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr("studio.store.importers.MOST_BYTES", 5_000)
    path = word(tmp_path / "besar.docx", paragraph(run("a" * 20_000)))
    assert path.stat().st_size < 5_000
    with pytest.raises(UserError, match="import_too_large"):
        read_word(path)

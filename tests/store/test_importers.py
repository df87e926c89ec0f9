"""Word documents: words and the closed set come in, nothing else, and bad files are explained."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.store.importers import read_word
from studio.story.body import parse_markdown

HEAD = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
)
TAIL = "</w:body></w:document>"


NUMBERING = (
    HEAD.split("<w:document", maxsplit=1)[0]
    + '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum'
    ' w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:abstractNum'
    ' w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    "</w:numbering>"
)
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def word(path: Path, *paragraphs: str, head: str = HEAD, main: str = "document.xml", **pictures: bytes) -> Path:
    """A document as Word makes it, with its parts of lists and pictures."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{TYPES}"><Default Extension="png" ContentType="image/png"/>'
            '<Default Extension="jpeg" ContentType="image/jpeg"/></Types>',
        )
        package.writestr("_rels/.rels", relations(("rId1", f"{OFFICE}/officeDocument", f"word/{main}")))
        package.writestr(f"word/{main}", head + "".join(paragraphs) + TAIL)
        package.writestr("word/numbering.xml", NUMBERING)
        parts = [("rNum", f"{OFFICE}/numbering", "numbering.xml"), ("rLink", f"{OFFICE}/hyperlink", "https://kim.id")]
        for name, data in pictures.items():
            package.writestr(f"word/media/{name}.png", data)
            parts.append((name, f"{OFFICE}/image", f"media/{name}.png"))
        package.writestr(f"word/_rels/{main}.rels", relations(*parts))
    return path


def relations(*parts: tuple[str, str, str]) -> str:
    outside = {True: ' TargetMode="External"', False: ""}
    rows = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"{outside[kind.endswith("hyperlink")]}/>'
        for name, kind, target in parts
    )
    return f'<Relationships xmlns="{RELATIONS}">{rows}</Relationships>'


def drawing(name: str, alt: str) -> str:
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing">'
        f'<wp:docPr id="1" name="a" descr="{alt}"/>'
        f'<a:graphic xmlns:a="{DRAWING}/main"><a:graphicData><pic:pic xmlns:pic="{DRAWING}/picture"><pic:blipFill>'
        f'<a:blip xmlns:r="{OFFICE}" r:embed="{name}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def paragraph(*runs: str, style: str = "", listed: int = 0) -> str:
    facts = f'<w:pStyle w:val="{style}"/>' if style else ""
    facts += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{listed}"/></w:numPr>' if listed else ""
    return f"<w:p><w:pPr>{facts}</w:pPr>{''.join(runs)}</w:p>"


def run(text: str, facts: str = "") -> str:
    return f'<w:r><w:rPr>{facts}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_styles_and_looks_come_in(tmp_path):
    path = word(
        tmp_path / "naskah.docx",
        paragraph(run("Panen raya "), run("Sukamaju"), style="Title"),
        paragraph(run("Hasil "), run("naik", "<w:b/>"), run(" dan "), run("baik", "<w:i/>"), run(".")),
        paragraph(run("Harga"), style="Heading2"),
        paragraph(run("satu"), listed=1),
        paragraph(run("dua"), listed=1),
        paragraph(run("Kami senang"), style="Quote"),
        paragraph(run("   ")),
    )
    story = read_word(path).story
    assert story.headline == "Panen raya Sukamaju"
    assert story.body == "Hasil **naik** dan _baik_.\n\n## Harga\n\n- satu\n- dua\n\n> Kami senang\n"


def test_signs_of_markdown_in_the_text_stay_text(tmp_path):
    story = read_word(word(tmp_path / "a.docx", paragraph(run("Judul")), paragraph(run("# 1 * 2 _a_ &lt;b&gt;")))).story
    assert [block.text for block in parse_markdown(story.body)] == ["# 1 * 2 _a_ <b>"]


def test_a_first_paragraph_that_is_long_is_no_headline(tmp_path):
    story = read_word(word(tmp_path / "a.docx", paragraph(run("kata " * 60)), paragraph(run("Kedua")))).story
    assert story.headline == ""
    assert story.body.endswith("Kedua\n")


def test_what_word_deleted_hid_or_switched_off_does_not_come_in(tmp_path):
    gone = "<w:p><w:del><w:r><w:delText>dihapus</w:delText></w:r></w:del></w:p>"
    hidden = paragraph(run("rahasia", "<w:vanish/>"), run("tampak", '<w:b w:val="0"/>'))
    story = read_word(word(tmp_path / "a.docx", paragraph(run("Judul")), gone, hidden)).story
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
    assert "rusak.docx" in MessageTexts(assets_dir() / "messages").explain(caught.value)


def test_a_huge_document_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr("studio.store.importers.MOST_BYTES", 5_000)
    path = word(tmp_path / "besar.docx", paragraph(run("a" * 20_000)))
    assert path.stat().st_size < 5_000
    with pytest.raises(UserError, match="import_too_large"):
        read_word(path)


def test_lists_links_and_pictures_stay_what_they_are(tmp_path, picture):
    link = f'<w:hyperlink xmlns:r="{OFFICE}" r:id="rLink">{run("situs KIM")}</w:hyperlink>'
    path = word(
        tmp_path / "a.docx",
        paragraph(run("Judul")),
        paragraph(run("satu"), listed=2),
        paragraph(run("dua"), listed=2),
        paragraph(run("Lihat "), link),
        paragraph(drawing("foto", "Warga memanen padi")),
        foto=picture,
    )
    read = read_word(path)
    assert read.story.body == "1. satu\n2. dua\n\nLihat [situs KIM](https://kim.id)\n"
    assert [(one.data, one.ending, one.alt) for one in read.pictures] == [(picture, ".png", "Warga memanen padi")]


@pytest.fixture
def picture() -> bytes:
    import io

    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "PNG")
    return file.getvalue()


def test_word_online_and_strict_documents_open(tmp_path):
    online = word(tmp_path / "online.docx", paragraph(run("Judul")), paragraph(run("Isi.")), main="document2.xml")
    assert read_word(online).story.body == "Isi.\n"
    head = HEAD.replace("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/").replace("/2006", "")
    strict = word(tmp_path / "strict.docx", paragraph(run("Judul")), paragraph(run("Isi.")), head=head)
    assert read_word(strict).story.body == "Isi.\n"


def test_text_that_was_moved_comes_in_once(tmp_path):
    moved = f'<w:p><w:moveFrom w:id="1">{run("Pindahan.")}</w:moveFrom></w:p>'
    there = f'<w:p><w:moveTo w:id="2">{run("Pindahan.")}</w:moveTo></w:p>'
    story = read_word(word(tmp_path / "a.docx", paragraph(run("Judul")), moved, there)).story
    assert story.body == "Pindahan.\n"

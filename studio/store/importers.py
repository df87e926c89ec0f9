"""A Word document (``.docx``) read as the beginning of a story, by mammoth.

Words, the closed set of the body (paragraphs, subheadings, quotes, lists, bold, italic, links) and the pictures come
in; everything else of Word stays behind. Nothing is ever written to the source. Mammoth gets a copy that was looked
through first: bounded in size, without document types (Word writes none, and they can be made to explode), and without
what Word hid, deleted or moved away, which mammoth would show in part. Plain text is read by ``studio.store.draft``.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Xml

from studio.base.archives import BadArchive, TooLarge, open_archive, read_member
from studio.base.errors import UserError
from studio.base.media_types import is_used_as, suffix_of
from studio.story.body import BodyBlock, plain_text, to_markdown
from studio.story.model import Story
from studio.story.pasted_text import blocks_from_html

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

MOST_BYTES = 20_000_000
"""A file larger than this holds more than a story; so does one part of it that unpacks to more."""
MOST_PICTURE_BYTES = 60_000_000
"""All pictures of a document together."""
_LONGEST_HEADLINE = 160
_MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_USUAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_GONE = frozenset({"del", "moveFrom"})
_STYLES = """
p.Title => h1:fresh
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name^='Judul'] => h2:fresh
p[style-name^='Subjudul'] => h2:fresh
p.Judul1 => h2:fresh
p.Judul2 => h2:fresh
p.Quote => blockquote:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name^='Intense Quote'] => blockquote:fresh
p[style-name^='Kutipan'] => blockquote:fresh
"""
"""Styles of Word that mammoth does not know by itself, the Indonesian names among them."""


@dataclass(frozen=True, slots=True)
class WordPicture:
    """A picture of a document: its bytes, an ending for its file, what it shows by Word's own words."""

    data: bytes
    ending: str
    alt: str


@dataclass(frozen=True, slots=True)
class WordText:
    """What a Word document brings in: the beginning of a story, and its pictures in their order."""

    story: Story
    pictures: tuple[WordPicture, ...] = ()


def read_word(path: Path) -> WordText:
    """Headline, body and pictures of a Word document; the rest of the story is empty.

    The headline is the title or first heading, else a first paragraph of up to 160 characters.

    Raises:
        UserError: not there, too large, empty or damaged; names the file.
    """
    try:
        if path.stat().st_size > MOST_BYTES + MOST_PICTURE_BYTES:
            raise UserError("store.import_too_large", file=path.name)
        with open_archive(path) as package:
            copy = _looked_through(package)
        blocks, pictures = _convert_document(copy)
    except TooLarge as error:
        raise UserError("store.import_too_large", file=path.name) from error
    except (BadArchive, Xml.ParseError, KeyError, ValueError, AttributeError) as error:
        raise UserError("store.import_damaged", file=path.name) from error
    except OSError as error:
        raise UserError("store.import_unreadable", file=path.name) from error
    if not blocks and not pictures:
        raise UserError("store.import_empty", file=path.name)
    headline, rest = _split_headline(blocks)
    return WordText(Story(id="", headline=headline, body=to_markdown(rest)), pictures)


def _split_headline(blocks: tuple[BodyBlock, ...]) -> tuple[str, tuple[BodyBlock, ...]]:
    if not blocks:
        return "", ()
    first = blocks[0]
    text = " ".join(plain_text([first]).split())
    if first.kind == "heading" or (first.kind == "paragraph" and len(text) <= _LONGEST_HEADLINE and len(blocks) > 1):
        return text, blocks[1:]
    return "", blocks


def _looked_through(package: zipfile.ZipFile) -> io.BytesIO:
    """A copy of the package for mammoth: bounded, without document types, without hidden and deleted words."""
    if not any(name.startswith("word/document") for name in package.namelist()):
        raise BadArchive("no word/document.xml")
    copy = io.BytesIO()
    left = MOST_PICTURE_BYTES
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as out:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                out.writestr(name, _safe_xml(name, read_member(package, name, MOST_BYTES)))
            elif name.startswith("word/media/"):
                data = read_member(package, name, left)
                left -= len(data)
                out.writestr(name, data)
    copy.seek(0)
    return copy


def _safe_xml(name: str, data: bytes) -> bytes:
    # ElementTree expands entities: a few nested ones make gigabytes of a file of one kilobyte.
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise BadArchive(f"{name}: document type")
    data = _STRICT.sub(_USUAL, data)  # ISO's strict form names the same things otherwise
    if not name.startswith("word/document"):
        return data
    root = Xml.fromstring(data)
    for parent in list(root.iter()):
        for child in list(parent):
            if _is_gone(child):
                parent.remove(child)
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True))


def _is_gone(element: Xml.Element) -> bool:
    """Whether Word does not show this: deleted, moved away, or hidden (ECMA-376 part 1, 17.13.5 and 17.3.2.41)."""
    name = element.tag.removeprefix(_MAIN) if isinstance(element.tag, str) else ""
    if name in _GONE:
        return True
    hidden = element.find(f"{_MAIN}rPr/{_MAIN}vanish") if name == "r" else None
    return hidden is not None and hidden.get(f"{_MAIN}val", "1") not in {"0", "false", "off"}


def _convert_document(copy: io.BytesIO) -> tuple[tuple[BodyBlock, ...], tuple[WordPicture, ...]]:
    import mammoth

    pictures: list[WordPicture] = []

    def keep(image: Any) -> dict[str, str]:  # noqa: ANN401 - mammoth has no types
        ending = suffix_of(image.content_type)
        if is_used_as(f"x{ending}", "photo"):  # drawings of Windows (EMF, WMF) are no photos
            with image.open() as file:
                pictures.append(WordPicture(file.read(), ending, " ".join((image.alt_text or "").split())))
        # mammoth would put every picture into the HTML as a data URI.
        return {"src": ""}

    made = mammoth.convert_to_html(copy, style_map=_STYLES, convert_image=mammoth.images.img_element(keep))
    return blocks_from_html(made.value), tuple(pictures)

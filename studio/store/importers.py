"""A Word document (``.docx``) read as the beginning of a story.

Only words and the closed set of the body come in (paragraphs, subheadings, quotes, lists, bold, italic); pictures,
tables and everything else of Word stay behind. Nothing is ever written to the source. Plain text and Markdown are read
by ``studio.store.draft``.
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Xml

from studio.base.errors import UserError
from studio.story.body import Block, BlockKind, Span, parse, plain, to_markdown
from studio.story.model import Story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_BYTES = 20_000_000
"""A file larger than this holds more than a story; so does an unpacked document.xml of this size."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LONGEST_HEADLINE = 160


def read_word(path: Path) -> Story:
    """Headline and body of a Word document; the rest of the story is empty.

    The headline is the title or first heading, else a first paragraph of up to 160 characters.

    Raises:
        UserError: not there, too large, empty or damaged; names the file.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserError("store.import_too_large", file=path.name)
        blocks = _word(path)
    except OSError as error:
        raise UserError("store.import_unreadable", file=path.name) from error
    if not blocks:
        raise UserError("store.import_empty", file=path.name)
    headline, rest = _split(blocks)
    return Story(id="", headline=headline, body=to_markdown(rest))


def _split(blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    first = blocks[0]
    text = " ".join(plain([first]).split())
    if first.kind == "heading" or (first.kind == "paragraph" and len(text) <= _LONGEST_HEADLINE and len(blocks) > 1):
        return text, blocks[1:]
    return "", blocks


def _word(path: Path) -> tuple[Block, ...]:
    """The paragraphs of a Word document (ECMA-376 part 1, 17.3), without what Word deleted or hid."""
    try:
        with zipfile.ZipFile(path) as package:
            if package.getinfo("word/document.xml").file_size > MOST_BYTES:
                raise UserError("store.import_too_large", file=path.name)
            data = package.read("word/document.xml")
        if b"<!DOCTYPE" in data[:1000] or b"<!ENTITY" in data[:1000]:
            raise UserError("store.import_damaged", file=path.name)  # Word writes none; they can be made to explode
        root = Xml.fromstring(data)
    except (KeyError, zipfile.BadZipFile, Xml.ParseError, NotImplementedError, RuntimeError, EOFError) as error:
        raise UserError("store.import_damaged", file=path.name) from error
    blocks = []
    for paragraph in root.iter(f"{_WORD}p"):
        spans = tuple(_spans(paragraph))
        if any(span.text.strip() for span in spans):
            blocks.append(Block(_kind(paragraph), spans))
    return parse(to_markdown(blocks))


def _kind(paragraph: Xml.Element) -> BlockKind:
    facts = paragraph.find(f"{_WORD}pPr")
    if facts is None:
        return "paragraph"
    style = facts.find(f"{_WORD}pStyle")
    name = (style.get(f"{_WORD}val", "") if style is not None else "").lower()
    # Style ids are English in files of every language but a few ("Judul1" in Indonesian ones).
    if name.startswith(("heading", "title", "subtitle", "judul", "subjudul")):
        return "heading"
    if "quote" in name or "kutipan" in name:
        return "quote"
    return "bullet" if facts.find(f"{_WORD}numPr") is not None else "paragraph"


def _spans(paragraph: Xml.Element) -> Iterator[Span]:
    for run in paragraph.iter(f"{_WORD}r"):
        facts = run.find(f"{_WORD}rPr")
        if facts is not None and _on(facts, "vanish"):
            continue
        text = "".join(_words(run))
        if text:
            bold, italic = (facts is not None and _on(facts, name) for name in ("b", "i"))
            yield Span(text, bold=bold, italic=italic)


def _on(facts: Xml.Element, name: str) -> bool:
    found = facts.find(f"{_WORD}{name}")
    return found is not None and found.get(f"{_WORD}val", "1") not in {"0", "false", "off"}


def _words(run: Xml.Element) -> Iterator[str]:
    for part in run:
        match part.tag.removeprefix(_WORD):
            case "t":
                yield part.text or ""
            case "tab":
                yield " "
            case "br" | "cr":
                yield "\n"
            case "noBreakHyphen":
                yield "-"

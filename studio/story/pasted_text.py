"""What is pasted, reduced to the blocks a story knows; what is copied, for other programs.

Two sources matter: messages from WhatsApp (``*bold*``, ``_italic_``, one line per paragraph) and HTML from Word, Google
Docs and web pages. Colours, sizes, tables, pictures and the like are left behind; words never are.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from html.parser import HTMLParser
from itertools import groupby
from typing import TYPE_CHECKING

from studio.story.body import BlockKind, BodyBlock, TextSpan, clean_link, normalise_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

BLOCKS_MIME = "application/x-kim-studio-body"
"""Our own blocks on the clipboard, as Markdown."""

_BULLET = re.compile(r"\s*(?:[-*•·●▪◦‣–—§➢✓❖\uf0a7\uf0b7\uf0d8\uf0fc]|o(?=\t|\s{2}))\s+(?=\S)")
"""Signs of lists; Word writes letters of its symbol fonts (``§``, ``o``, U+F0B7), which mean nothing elsewhere."""
_WORD_SIGN = re.compile(r"\s*[•·●▪◦‣§➢❖\uf0a7\uf0b7\uf0d8\uf0fc]\s*(?=\S)")
_NUMBER = re.compile(r"\s*\d{1,2}[.)]\s+(?=\S)")
_QUOTE = re.compile(r"\s*>\s?(?=\S)")
_MARKED = re.compile(r"(?<![\w*_~`])(```|[*_~`])(?=[^\s`])(.+?)(?<=\S)\1(?![\w*~`])")
_PARAGRAPHS = {
    "p",
    "div",
    "section",
    "article",
    "tr",
    "table",
    "ul",
    "ol",
    "dl",
    "dd",
    "dt",
    "pre",
    "figcaption",
    "center",
}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_SILENT = {"style", "script", "head", "title", "xml", "svg", "noscript", "template", "select", "textarea"}
_VOID = {"br", "img", "hr", "meta", "link", "input", "col", "wbr", "base", "area", "source"}


# ---------------------------------------------------------------------------------------------- plain text


def blocks_from_text(text: str) -> tuple[BodyBlock, ...]:
    """Blocks of a pasted text: a line is a paragraph, WhatsApp's signs become formatting, list signs become lists.

    A numbered line is one of a list only where the numbers start with 1; a single dash at the start of a line of
    dialogue looks like a list and becomes one.
    """
    blocks = []
    expected = 1
    for line in re.split(r"\r\n|[\r\n\u2028\u2029]", text):
        # Only lines that count on from 1: "17. Agustus" or "5) orang" at the start of a line is text.
        number = _NUMBER.match(line)
        # Empty lines between two items keep the count: chats put one between every two lines.
        counts = number is not None and int(re.sub(r"\D", "", number[0])) == expected
        expected = expected + 1 if counts else expected if not line.strip() else 1
        blocks.append(_line_block(line, _NUMBER if counts else None))
    return normalise_blocks(blocks)


def _line_block(line: str, number: re.Pattern[str] | None) -> BodyBlock:
    kinds: Sequence[tuple[re.Pattern[str] | None, BlockKind]] = (
        (number, "number"),
        (_BULLET, "bullet"),
        (_QUOTE, "quote"),
    )
    for pattern, kind in kinds:
        if pattern is not None and (sign := pattern.match(line)):
            return BodyBlock(kind, tuple(_marked_spans(line[sign.end() :], TextSpan(""))))
    return BodyBlock("paragraph", tuple(_marked_spans(line, TextSpan(""))))


def _marked_spans(text: str, look: TextSpan) -> Iterator[TextSpan]:
    """WhatsApp's signs (faq.whatsapp.com, "How to format your messages"); strike and code lose theirs."""
    at = 0
    for found in _MARKED.finditer(text):
        # Inside a pair the text is read again with its look, so that signs may lie in one another; code is left as it
        # is.
        yield replace(look, text=text[at : found.start()])
        sign, inner = found[1], found[2]
        if sign in {"*", "_", "~"}:
            yield from _marked_spans(
                inner, replace(look, bold=look.bold or sign == "*", italic=look.italic or sign == "_")
            )
        else:
            yield replace(look, text=inner)
        at = found.end()
    yield replace(look, text=text[at:])


# ---------------------------------------------------------------------------------------------- HTML


def blocks_from_html(html: str) -> tuple[BodyBlock, ...]:
    """Blocks of pasted HTML."""
    reader = _PasteReader()
    reader.feed(_html_fragment(html))
    reader.close()
    return normalise_blocks(
        part for block in normalise_blocks(reader.finish()) for part in map(_unsigned_block, _split_paragraphs(block))
    )


def _unsigned_block(block: BodyBlock) -> BodyBlock:
    """A paragraph that begins with the sign of a list is an item of one, and no item keeps a sign in its words."""
    if block.kind not in {"paragraph", "bullet", "number"} or not block.spans:
        return block
    first = block.spans[0]
    sign = _WORD_SIGN.match(first.text)
    number = _NUMBER.match(first.text) if block.kind in {"bullet", "number"} else None
    if sign is None and number is None:
        return block
    cut = sign.end() if sign is not None else number.end() if number is not None else 0
    kind: BlockKind = "number" if number is not None else "bullet"
    return replace(block, kind=kind, spans=(replace(first, text=first.text[cut:]), *block.spans[1:]))


def _html_fragment(html: str) -> str:
    """The part that was selected: Windows wraps it in marks (CF_HTML)."""
    found = re.search(r"<!--\s*StartFragment\s*-->(.*?)<!--\s*EndFragment\s*-->", html, re.DOTALL)
    return found[1] if found else html


def _split_paragraphs(block: BodyBlock) -> Iterator[BodyBlock]:
    """Two line breaks in a row are how mail and web pages write a new paragraph."""
    part: list[TextSpan] = []
    for span in block.spans:
        pieces = re.split(r"\s*\n\s*\n\s*", span.text)
        for number, piece in enumerate(pieces):
            if number:
                yield BodyBlock(block.kind, tuple(part))
                part = []
            part.append(replace(span, text=piece))
    yield BodyBlock(block.kind, tuple(part))


class _PasteReader(HTMLParser):
    """Gathers blocks; keeps a stack of the open elements and of what each did to the look."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[BodyBlock] = []
        self._spans: list[TextSpan] = []
        self._kind: BlockKind = "paragraph"
        self._open: list[tuple[str, TextSpan, BlockKind, bool]] = []
        self._look = TextSpan("")
        self._silent = False
        self._lists: list[BlockKind] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A start tag."""
        given = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._spans.append(replace(self._look, text="\n"))
        # They have no end tag: on the stack they would hold everything behind them open.
        if tag in _VOID:
            return
        self._close_forgotten(tag)
        # With what held before it, so that its end tag only has to put that back, however wrongly tags are nested.
        self._open.append((tag, self._look, self._kind, self._silent))
        # Cells of a table stay apart as "a | b": a story has no tables, and words must not run together.
        if tag in {"td", "th"} and self._spans:
            self._spans.append(replace(self._look, text=" | "))
        self._begin_block(tag, given)
        self._look = _look_of(tag, given, self._look)
        self._silent = self._silent or tag in _SILENT
        if "mso-list:ignore" in given.get("style", "").lower().replace(" ", ""):
            self._open[-1] = ("mso-sign", *self._open[-1][1:])

    def _close_forgotten(self, tag: str) -> None:
        """``<p>`` and ``<li>`` may stay open in HTML; the next one closes them."""
        if tag in {"p", "li"} and self._open and self._open[-1][0] == tag:
            self.handle_endtag(tag)

    def _begin_block(self, tag: str, given: Mapping[str, str]) -> None:
        if tag in {"ul", "ol"}:
            self._lists.append("number" if tag == "ol" else "bullet")
        if tag in _HEADINGS:
            self._break_block("heading")
        elif tag == "blockquote":
            self._break_block("quote")
        elif tag == "li":
            self._break_block(self._lists[-1] if self._lists else "bullet")
        elif tag in _PARAGRAPHS:
            in_word_list = "mso-list:" in given.get("style", "").lower().replace(" ", "")
            self._break_block("bullet" if in_word_list else self._kind)

    def handle_endtag(self, tag: str) -> None:
        """An end tag; one that was never opened is nothing."""
        names = [name for name, *_ in self._open]
        # Closing tags without an opening one are common in pasted HTML; popping for them would close the paragraph
        # around.
        if tag not in names and not (tag == "span" and "mso-sign" in names):
            return
        while self._open:
            name, look, kind, silent = self._open.pop()
            if name in {"ul", "ol"} and self._lists:
                self._lists.pop()
            if name in _PARAGRAPHS | _HEADINGS | {"li", "blockquote"}:
                self._break_block(kind)
            self._look, self._silent = look, silent
            if name == tag or (tag == "span" and name == "mso-sign"):
                return

    def handle_data(self, data: str) -> None:
        """Text. A sign that Word wrote for its list is not text but says which list it is."""
        if self._silent:
            return
        if any(name == "mso-sign" for name, *_ in self._open):
            # "1." or "a)" in Word's own mark for the item; its round bullet is the letter "o".
            if re.match(r"\s*\w{1,3}[.)]", data) and not data.strip().startswith("o"):
                self._kind = "number"
            return
        if any(name == "pre" for name, *_ in self._open):
            self._spans.append(replace(self._look, text=data))
            return
        text = re.sub(r"[ \t\r\n\f\u00a0]+", " ", data)
        if text.strip() or self._spans:
            self._spans.append(replace(self._look, text=text))

    def _break_block(self, kind: BlockKind) -> None:
        if any(span.text.strip() for span in self._spans):
            # A heading is bold by itself; programs that say it once more would leave stars in it.
            spans = [replace(span, bold=False) if self._kind == "heading" else span for span in self._spans]
            self._blocks.append(BodyBlock(self._kind, tuple(spans)))
        self._spans = []
        self._kind = kind

    def finish(self) -> list[BodyBlock]:
        """What was found."""
        self._break_block("paragraph")
        return self._blocks


def _look_of(tag: str, given: Mapping[str, str], before: TextSpan) -> TextSpan:
    """The look inside an element: its tag, then its style (Google Docs wraps all in a bold with normal weight)."""
    look = before
    if tag in {"b", "strong"}:
        look = replace(look, bold=True)
    elif tag in {"i", "em", "cite", "dfn"}:
        look = replace(look, italic=True)
    elif tag == "a":
        look = replace(look, link=clean_link(given.get("href", "")))
    style = given.get("style", "").lower()
    if weight := re.search(r"(?<![\w-])font-weight\s*:\s*(\w+)", style):
        # CSS has 400 for normal and 700 for bold; from 600 on letters look bold.
        heavy = weight[1] in {"bold", "bolder"} or (weight[1].isdigit() and int(weight[1]) >= 600)
        look = replace(look, bold=heavy)
    if slant := re.search(r"(?<![\w-])font-style\s*:\s*(\w+)", style):
        look = replace(look, italic=slant[1] in {"italic", "oblique"})
    return look


# ---------------------------------------------------------------------------------------------- copying


def html_of(blocks: Sequence[BodyBlock]) -> str:
    """Plain HTML of the blocks, for Word and mail."""
    tags: Mapping[BlockKind, str] = {"bullet": "ul", "number": "ol"}
    names: Mapping[BlockKind, str] = {"heading": "h2", "quote": "blockquote", "bullet": "li", "number": "li"}
    parts = []
    # Items that follow one another share one list: each in a list of its own would be numbered 1 in Word.
    for kind, run in groupby(blocks, key=lambda block: block.kind):
        name = names.get(kind, "p")
        inner = "".join(f"<{name}>{''.join(map(_span_html, block.spans))}</{name}>" for block in run)
        parts.append(f"<{tags[kind]}>{inner}</{tags[kind]}>" if kind in tags else inner)
    return "".join(parts)


def _span_html(span: TextSpan) -> str:
    html = escape(span.text, quote=False).replace("\n", "<br>")
    html = f"<i>{html}</i>" if span.italic else html
    html = f"<b>{html}</b>" if span.bold else html
    return f'<a href="{escape(span.link)}">{html}</a>' if span.link else html


def text_of(blocks: Iterable[BodyBlock]) -> str:
    """Plain text of the blocks with signs for lists, for programs that know no formatting."""
    lines: list[str] = []
    number = 0
    for block in blocks:
        number = number + 1 if block.kind == "number" else 0
        sign = {"bullet": "- ", "number": f"{number}. "}.get(block.kind, "")
        lines.append(sign + block.text)
    return "\n".join(lines)

"""The body of a story: a closed set of blocks, and the Markdown it is stored as.

The body is CommonMark without raw HTML. The studio edits five kinds of block (paragraph, heading, quote, bullet,
number) with bold, italic and links inside; everything else that Markdown knows is read as plain text, so that nothing
the reader would see is lost. ``parse(to_markdown(blocks)) == blocks`` holds for every normalised sequence of blocks.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

BlockKind = Literal["paragraph", "heading", "quote", "bullet", "number"]

_DEEPEST = 60
"""Blocks nested deeper than this are read as plain paragraphs: markdown-it would drop what lies below its limit."""
_LINK = re.compile(r"(?:https?://|mailto:|tel:)\S+", re.IGNORECASE)
_UNSAFE_IN_LINK = re.compile(r"[\s<>\x00-\x20\x7f-\x9f\ud800-\udfff]")
_ESCAPED = re.compile(r"[\\*_`\[\]<]|&(?=#?\w)")
_ESCAPED_IN_LINK = re.compile(r"[\\()&]")
_LINE_START = re.compile(r"(?=[#>+=~-])|(?<=\d)(?=[.)](?:\s|$))")
_CLOSING_SIGNS = re.compile(r"(?<=[ \t#])#$")
"""The last ``#`` of a heading, where a reader could take it for the end of the heading's mark."""
_LINE_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\v\f]")
_NOT_TEXT = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffc\ufffe\uffff]"
)
"""Control characters, hidden signs of direction, halves of surrogate pairs, noncharacters, byte order mark, embedded
objects."""
_PARTS = re.compile(r"\n|[^\S\n]+|\S(?:[^\n]*\S)?")
"""A line break, white space, or what stands between white space at the ends of a line."""

_PART_STARTS = re.compile(r"\n[ \t]*\n(?=[^\s\d])")
"""What stands unindented behind an empty line belongs to nothing above (CommonMark 0.31, 5.2 and 5.3), except for the
next number of a list: from there on a text can be read by itself."""
_REACHES_FAR = re.compile(r"```|~~~|\]:")
"""Fences hold empty lines, and the address of a link may be given at another place."""

_KEPT_BLOCKS = 1024
"""At a key all blocks but one are those of before: what was read or written of so many is kept."""

Source = tuple[BlockKind, tuple[str, ...]]
"""A block as lines of Markdown without the mark of its kind: what can be kept while other blocks change."""


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A run of text that looks the same.

    ``link`` is a complete address (http, https, mailto or tel), "" for none. A newline in ``text`` is a line break
    inside the block.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class BodyBlock:
    """One block; neighbouring bullets (or numbers) make one list."""

    kind: BlockKind
    spans: tuple[TextSpan, ...]

    @property
    def text(self) -> str:
        """The text without its formatting."""
        return "".join(span.text for span in self.spans)


# ---------------------------------------------------------------------------------------------- normal form


def normalise_blocks(blocks: Iterable[BodyBlock]) -> tuple[BodyBlock, ...]:
    """The blocks as they come back from a file.

    Text is NFC without control and non-characters; no space stands at the edge of a line, of a bold or italic run or
    of a link; equal neighbouring spans are one; blocks without text are gone; a heading is one line; an address the
    studio does not follow (``javascript:``, relative ones) leaves plain text. Idempotent.
    """
    return tuple(tidied for block in blocks if (tidied := _tidy_block(block)).spans)


def clean_link(address: str) -> str:
    """The address as it is stored, "" when it is none that a reader could follow (http, https, mailto, tel)."""
    encoded = _UNSAFE_IN_LINK.sub(lambda found: _percent_escape(found[0]), address.strip())
    return encoded if _LINK.fullmatch(encoded) else ""


def _percent_escape(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))


def _clean_text(text: str) -> str:
    """NFC, newlines for every sort of line end, and nothing that is no text (``_NOT_TEXT``)."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", _NOT_TEXT.sub("", _LINE_BREAKS.sub("\n", text)))


@lru_cache(maxsize=_KEPT_BLOCKS)
def _tidy_block(block: BodyBlock) -> BodyBlock:
    spans = [
        replace(span, text=_clean_text(span.text), link=span.link and clean_link(span.link)) for span in block.spans
    ]
    if block.kind == "heading":
        spans = [replace(span, text=span.text.replace("\n", " ")) for span in spans]
    # Nearly every block is one plain span; the long way below is for the others.
    if len(spans) == 1 and spans[0] == TextSpan(spans[0].text) and "\n" not in spans[0].text:
        text = spans[0].text.strip()
        return BodyBlock(block.kind, (TextSpan(text),) if text else ())
    parts = [TextSpan(part, span.bold, span.italic, span.link) for span in spans for part in _PARTS.findall(span.text)]
    parts = _without_spaces_at_line_ends(parts)
    # Links first: emphasis is nested inside links when written, so its runs end where a link does.
    parts = _off_the_edges(parts, lambda part: part.link, "link")
    parts = _off_the_edges(parts, lambda part: (part.link, part.bold), "bold")
    parts = _off_the_edges(parts, lambda part: (part.link, part.italic), "italic")
    return BodyBlock(block.kind, _join_spans(parts))


def _without_spaces_at_line_ends(parts: list[TextSpan]) -> list[TextSpan]:
    lines: list[list[TextSpan]] = [[]]
    for part in parts:
        if part.text == "\n":
            lines.append([part])
        else:
            lines[-1].append(part)
    kept = _strip_spans(lines[0])
    for line in lines[1:]:
        kept += line[:1] + _strip_spans(line[1:])
    return _strip_spans(kept)


def _strip_spans(parts: list[TextSpan]) -> list[TextSpan]:
    start, end = _inner_range(parts)
    return parts[start:end]


def _inner_range(parts: Sequence[TextSpan]) -> tuple[int, int]:
    """First and past-the-last position of what is not white space."""
    start, end = 0, len(parts)
    while start < end and parts[start].text.isspace():
        start += 1
    while end > start and parts[end - 1].text.isspace():
        end -= 1
    return start, end


def _off_the_edges(
    parts: list[TextSpan], key: Callable[[TextSpan], object], name: Literal["link", "bold", "italic"]
) -> list[TextSpan]:
    """Take the attribute off the white space at both ends of each run that has it."""
    result: list[TextSpan] = []
    off = {name: getattr(TextSpan(""), name)}
    for _, group in groupby(parts, key=key):
        run = list(group)
        start, end = _inner_range(run)
        result += [replace(part, **off) for part in run[:start]]
        result += run[start:end]
        result += [replace(part, **off) for part in run[end:]]
    return result


def _join_spans(parts: Iterable[TextSpan]) -> tuple[TextSpan, ...]:
    runs = groupby(parts, key=lambda span: (span.bold, span.italic, span.link))
    texts = (("".join(span.text for span in run), look) for look, run in runs)
    return tuple(TextSpan(unicodedata.normalize("NFC", text), *look) for text, look in texts if text)


# ---------------------------------------------------------------------------------------------- writing


def to_markdown(blocks: Iterable[BodyBlock]) -> str:
    """CommonMark for the blocks (normalised first); "" for none, else it ends with a newline."""
    return assemble_markdown(source_of(block) for block in normalise_blocks(blocks))


@lru_cache(maxsize=_KEPT_BLOCKS)
def source_of(block: BodyBlock) -> Source:
    """The lines of one normalised block, escaped; ``assemble_markdown`` puts blocks together."""
    return block.kind, tuple(
        _LINE_START.sub(r"\\", line, count=1) if _starts_badly(line) else line for line in _source_lines(block)
    )


def assemble_markdown(sources: Iterable[Source]) -> str:
    """The Markdown of several blocks."""
    parts: list[str] = []
    before: BlockKind | None = None
    number = 0
    for kind, lines in sources:
        # Numbers are given when writing: whatever numbers a pasted list had, it counts from 1 again.
        number = number + 1 if kind == before == "number" else 1
        if before is not None:
            parts.append(_gap_between(before, kind))
        parts.append("\n".join(lines) if kind == "paragraph" else _mark_lines(kind, lines, number))
        before = kind
    return "".join(parts) + "\n" if parts else ""


def _gap_between(before: BlockKind, kind: BlockKind) -> str:
    # A lone ">" keeps two quotes in one block quote; a blank line would be a second one.
    if before == kind == "quote":
        return "\n>\n"
    return "\n" if before == kind and kind in {"bullet", "number"} else "\n\n"


def _mark_lines(kind: BlockKind, lines: Sequence[str], number: int) -> str:
    match kind:
        case "heading":
            return "## " + _CLOSING_SIGNS.sub(r"\\#", lines[0])
        case "quote":
            return "\n".join("> " + line for line in lines)
        case _:
            # Further lines of an item are indented by the width of its mark, which is what makes them belong to it.
            mark = "- " if kind == "bullet" else f"{number}. "
            return mark + ("\n" + " " * len(mark)).join(lines)


def _starts_badly(line: str) -> bool:
    """Whether the line would be taken for a heading, quote, list, underline or fence."""
    return re.match(r"[#>+=~-]|\d{1,9}[.)](?:\s|$)", line) is not None


def _source_lines(block: BodyBlock) -> list[str]:
    pieces = list(_source_pieces(block.spans))
    marks = [(at, piece) for at, piece in enumerate(pieces) if isinstance(piece, _SyntaxMark) and piece.inner]
    while sum(_make_room(pieces, at, mark) for at, mark in marks):
        pass  # a new entity is another neighbour to the sign on its other side, which may now need room itself
    source = "".join(piece.sign if isinstance(piece, _SyntaxMark) else _escape_piece(piece) for piece in pieces)
    return source.split("\n")


@dataclass(frozen=True, slots=True)
class _SyntaxMark:
    """A sign of the syntax between pieces of text; ``inner`` is the side of its text: +1 opens, -1 closes."""

    sign: str
    inner: int = 0


def _source_pieces(spans: Sequence[TextSpan]) -> Iterator[_SyntaxMark | list[str]]:
    """Signs and texts in their order; a text is a list of characters, each of which may become an entity."""
    for link, group in groupby(spans, key=lambda span: span.link):
        if link:
            yield _SyntaxMark("[")
        yield from _emphasise_spans(list(group))
        if link:
            yield _SyntaxMark("](" + _ESCAPED_IN_LINK.sub(r"\\\g<0>", link) + ")")


def _emphasise_spans(spans: Sequence[TextSpan]) -> Iterator[_SyntaxMark | list[str]]:
    """Properly nested ``**`` and ``_``: what begins inside another run ends before it does."""
    is_open: list[str] = []
    for at, span in enumerate(spans):
        wanted = [sign for sign, on in (("**", span.bold), ("_", span.italic)) if on]
        while not set(is_open) <= set(wanted):
            yield _SyntaxMark(is_open.pop(), -1)
        new = [sign for sign in wanted if sign not in is_open]
        # The longer run must be opened first: what is opened later has to be closed earlier.
        for sign in sorted(new, key=lambda sign: -_run_length(spans[at:], sign)):
            is_open.append(sign)
            yield _SyntaxMark(sign, +1)
        yield list(span.text)
    while is_open:
        yield _SyntaxMark(is_open.pop(), -1)


def _run_length(spans: Sequence[TextSpan], sign: str) -> int:
    """How many spans from the first on have the emphasis: the longer run goes outside."""
    lacking = (at for at, span in enumerate(spans) if not (span.bold if sign == "**" else span.italic))
    return next(lacking, len(spans))


def _make_room(pieces: list[_SyntaxMark | list[str]], at: int, mark: _SyntaxMark) -> bool:
    """Turn a neighbour of an emphasis sign into an entity where CommonMark would not see an emphasis there.

    Spec 0.31.2, 6.2: a sign opens when it is left-flanking, closes when it is right-flanking, and ``_`` does neither
    inside a word. An entity starts with ``&`` and ends with ``;``, both punctuation, so writing the outer neighbour as
    one always makes the sign flanking; a white space on the inner side has to become one too. Returns whether anything
    became an entity.
    """
    inner = _neighbour_character(pieces, at, mark.inner)
    outer = _neighbour_character(pieces, at, -mark.inner)
    spaced = inner.isspace()
    if spaced:
        _encode_character(pieces, at, mark.inner)
        inner = "&"
    both_words = inner.isalnum() and outer.isalnum()
    if outer.isspace() or _is_punctuation(outer) or (mark.sign == "**" and both_words):
        return spaced
    _encode_character(pieces, at, -mark.inner)
    return True


def _neighbour_character(pieces: list[_SyntaxMark | list[str]], at: int, side: int) -> str:
    """The character next to the sign on that side as it is in the source; a newline at the end of the block."""
    if not 0 <= at + side < len(pieces):
        return "\n"
    piece = pieces[at + side]
    if isinstance(piece, _SyntaxMark):
        return piece.sign[0] if side > 0 else piece.sign[-1]
    char = piece[0] if side > 0 else piece[-1]
    # A character that already became an entity begins with "&" and ends with ";": both are punctuation.
    return "&" if len(char) > 1 else char


def _encode_character(pieces: list[_SyntaxMark | list[str]], at: int, side: int) -> None:
    piece = pieces[at + side]
    if isinstance(piece, list):
        where = 0 if side > 0 else -1
        piece[where] = f"&#{ord(piece[where])};"


def _is_punctuation(char: str) -> bool:
    return (char.isascii() and char.isprintable() and not char.isalnum()) or unicodedata.category(char).startswith("P")


def _escape_piece(piece: list[str]) -> str:
    """Escape a text; entities made by ``_encode_character`` are longer than one character and stay."""
    runs = (("".join(run), entity) for entity, run in groupby(piece, key=lambda char: len(char) > 1))
    source = "".join(run if entity else _ESCAPED.sub(r"\\\g<0>", run) for run, entity in runs)
    if source.endswith("!"):  # a link may follow, which would become a picture
        source = source[:-1] + "\\!"
    return source.replace("\n", "\\\n")


# ---------------------------------------------------------------------------------------------- reading


@lru_cache(maxsize=8)  # one text is read for the window, the rules and the posts
def parse_markdown(markdown: str) -> tuple[BodyBlock, ...]:
    """The blocks of a Markdown text, normalised; never raises.

    Nested lists are flattened, paragraphs of one list item are joined by a line break, and all of a block quote is
    quote. A list that does not count from 0 or 1 is text ("2026. Tahun ..." must not lose its year). Code and pictures
    leave their text, rules leave nothing.
    """
    source = _clean_text(markdown)
    parts = (source,) if _REACHES_FAR.search(source) else _PART_STARTS.split(source)
    return tuple(block for part in parts for block in _read_part(part))


@lru_cache(maxsize=_KEPT_BLOCKS)
def _read_part(source: str) -> tuple[BodyBlock, ...]:
    tokens = _markdown_reader().parse(source)
    # Someone's deeply nested paste: markdown-it silently drops what lies below its limit, so all of it is read as
    # plain paragraphs instead.
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        return normalise_blocks(BodyBlock("paragraph", (TextSpan(part),)) for part in re.split(r"\n\s*\n", source))
    return normalise_blocks(_read_blocks(tokens))


@lru_cache(maxsize=1)
def _markdown_reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # No HTML: a tag that was pasted is text, and is escaped when it is written.
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST})
    # markdown-it would encode addresses, and leave the brackets of those it mistrusts in the text. Which ones are
    # followed is decided by clean_link alone, so that reading and writing agree.
    reader.normalizeLink = lambda url: url  # type: ignore[method-assign]
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    # It lists its rules when it reads for the first time; a second thread would meet a list half made.
    reader.parse("a")
    return reader


class _ReadingPlace:
    """Where the reader is: inside quotes, lists and items."""

    def __init__(self) -> None:
        self.quotes = 0
        self.lists: list[tuple[BlockKind, int | None]] = []
        self.item: list[TextSpan] | None = None
        self.label = ""


def _read_blocks(tokens: Sequence[Token]) -> Iterator[BodyBlock]:
    place = _ReadingPlace()
    heading = False
    for token in tokens:
        if token.type in {"blockquote_open", "blockquote_close"}:
            place.quotes += token.nesting
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                yield from _flush_item(place)
                place.lists.append(_list_of(token))
            case "bullet_list_close" | "ordered_list_close":
                place.lists.pop()
            case "list_item_open":
                place.item, place.label = [], _item_label(place, token)
            case "list_item_close":
                yield from _flush_item(place)
            case "heading_open" | "heading_close":
                heading = token.type == "heading_open"
            case "inline":
                yield from _text_blocks(place, _read_spans(token.children or ()), heading)
            case "fence" | "code_block":
                yield from _text_blocks(place, [TextSpan(token.content)], False)


def _list_of(token: Token) -> tuple[BlockKind, int | None]:
    """Kind of the blocks in a list, and the number to write out when it is not a numbering from the start."""
    if token.type == "bullet_list_open":
        return "bullet", None
    start = int(token.attrGet("start") or 1) if "start" in token.attrs else 1
    # A list that begins at 5 cannot be kept as a numbering, which counts from 1: its numbers become part of the text.
    return ("number", None) if start in {0, 1} else ("paragraph", start)


def _item_label(place: _ReadingPlace, token: Token) -> str:
    kind, number = place.lists[-1]
    if number is None:
        return ""
    place.lists[-1] = (kind, number + 1)
    return f"{token.info}{token.markup} "


def _text_blocks(place: _ReadingPlace, spans: list[TextSpan], heading: bool) -> Iterator[BodyBlock]:
    if place.item is not None:
        place.item += [TextSpan("\n"), *spans] if place.item else spans
    elif place.quotes:
        yield BodyBlock("quote", tuple(spans))
    elif heading:
        yield BodyBlock("heading", tuple(spans))
    else:
        yield BodyBlock(place.lists[-1][0] if place.lists else "paragraph", tuple(spans))


def _flush_item(place: _ReadingPlace) -> Iterator[BodyBlock]:
    """What the list item has gathered so far; what follows its inner list is an item of its own."""
    if place.item:
        kind: BlockKind = "quote" if place.quotes else place.lists[-1][0]
        yield BodyBlock(kind, (TextSpan(place.label), *place.item))
        place.label = ""
    place.item = None


def _read_spans(tokens: Iterable[Token]) -> list[TextSpan]:
    look = TextSpan("")
    spans: list[TextSpan] = []
    bold = italic = 0
    for token in tokens:
        bold += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        italic += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        look = replace(look, bold=bold > 0, italic=italic > 0)
        match token.type:
            case "link_open":
                look = replace(look, link=str(token.attrGet("href") or ""))
            case "link_close":
                look = replace(look, link="")
            case "softbreak":
                spans.append(replace(look, text=" "))
            case "hardbreak":
                spans.append(replace(look, text="\n"))
            case _ if token.content:
                spans.append(replace(look, text=token.content))
    return spans


def split_lead(blocks: Sequence[BodyBlock]) -> tuple[BodyBlock | None, tuple[BodyBlock, ...]]:
    """The first paragraph, and all other blocks: also those that say the same once more."""
    at = next((number for number, block in enumerate(blocks) if block.kind == "paragraph"), None)
    return (None, tuple(blocks)) if at is None else (blocks[at], (*blocks[:at], *blocks[at + 1 :]))


def plain_text(body: str | Iterable[BodyBlock]) -> str:
    """The text alone: a blank line between blocks, a newline between items of a list; no marks, no addresses."""
    blocks = parse_markdown(body) if isinstance(body, str) else tuple(body)
    text = ""
    for at, block in enumerate(blocks):
        if at:
            text += "\n" if blocks[at - 1].kind == block.kind and block.kind in {"bullet", "number"} else "\n\n"
        text += block.text
    return text

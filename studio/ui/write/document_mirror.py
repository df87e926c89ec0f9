"""Between the blocks of a story and a QTextDocument, both ways.

The document is never asked for its Markdown: Qt's own export changed the text of two paragraphs in five
(docs/decisions/own-markdown.md). ``DocumentMirror`` follows a document and keeps the source of each block, so that a
keystroke costs one block and not the story.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument

from studio.base.utf16_positions import utf16_units
from studio.story.body import BlockKind, BodyBlock, Source, TextSpan, assemble_markdown, normalise_blocks, source_of
from studio.ui.write.text_style import kind_of, span_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.ui.write.text_style import TextStyle

LINE_BREAK = "\u2028"
"""What QTextDocument keeps for a line break inside a block."""
# What QTextDocument keeps for a picture, of which a story's text has none.
_OBJECT = "\ufffc"


def read_block(block: QTextBlock) -> BodyBlock:
    """One block of a document as it stands, not normalised."""
    spans = []
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        spans.append(span_of(fragment.text().replace(_OBJECT, ""), fragment.charFormat()))
        place += 1
    return BodyBlock(kind_of(block.blockFormat()), tuple(spans))


def blocks_from(block: QTextBlock, count: int) -> Iterator[QTextBlock]:
    """Up to ``count`` blocks from this one on."""
    while block.isValid() and count > 0:
        yield block
        block = block.next()
        count -= 1


def read_document(document: QTextDocument) -> tuple[BodyBlock, ...]:
    """The blocks of a document, normalised."""
    return normalise_blocks(read_block(block) for block in blocks_from(document.begin(), document.blockCount()))


def insert_blocks(cursor: QTextCursor, blocks: Sequence[BodyBlock], style: TextStyle) -> None:
    """Put blocks in at the cursor, the first into the cursor's own block, whose kind it sets."""
    for number, block in enumerate(blocks):
        if number:
            cursor.insertBlock(style.block_format(block.kind))
        else:
            cursor.setBlockFormat(style.block_format(block.kind))
        cursor.setBlockCharFormat(style.char_format(block.kind, TextSpan("")))
        insert_spans(cursor, block.kind, block.spans, style)


def insert_spans(cursor: QTextCursor, kind: BlockKind, spans: Sequence[TextSpan], style: TextStyle) -> None:
    """Put text in at the cursor, inside its block."""
    for span in spans:
        # insertText begins a new block at a newline.
        cursor.insertText(span.text.replace("\n", LINE_BREAK), style.char_format(kind, span))


def restyle(document: QTextDocument, first: int, last: int, style: TextStyle) -> None:
    """Make the blocks ``first`` to ``last`` (numbers) look like what they are.

    Qt mixes looks when blocks are joined or dragged; nothing happens where all is well.
    """
    cursor = QTextCursor(document)
    for block in blocks_from(document.findBlockByNumber(first), last - first + 1):
        kind = kind_of(block.blockFormat())
        if block.blockFormat() != style.block_format(kind):
            cursor.setPosition(block.position())
            cursor.setBlockFormat(style.block_format(kind))
        for start, length, wanted in _wrong_looks(block, kind, style):
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(wanted)
        wanted = style.char_format(kind, TextSpan(""))
        # An empty block has no letters that carry its look.
        if block.length() == 1 and block.charFormat() != wanted:
            cursor.setPosition(block.position())
            cursor.setBlockCharFormat(wanted)


def _wrong_looks(block: QTextBlock, kind: BlockKind, style: TextStyle) -> list[tuple[int, int, QTextCharFormat]]:
    wrong = []
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        wanted = style.char_format(kind, span_of("", fragment.charFormat()))
        if fragment.charFormat() != wanted:
            wrong.append((fragment.position(), fragment.length(), wanted))
        place += 1
    return wrong


class DocumentMirror:
    """Follows a document block by block.

    Args:
        document: the one to follow; ``note_change`` must hear of each of its changes.
    """

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._blocks: list[BodyBlock] = []
        self._sources: list[Source | None] = []
        document.documentLayout()  # without a layout Qt does not tell what changed
        self.read_all()

    def read_all(self) -> None:
        """Read the document again."""
        self._blocks, self._sources = self._read(0, self._document.blockCount())

    def note_change(self, position: int, added: int) -> tuple[int, int]:
        """Read again what changed: the arguments of ``contentsChange`` without the number of characters removed.

        Returns:
            First and last number of the blocks that were read.
        """
        count = self._document.blockCount()
        # Qt may count one sign beyond the document's last, where findBlock finds nothing.
        end = min(position + added, self._document.characterCount() - 1)
        first = max(0, self._document.findBlock(position).blockNumber())
        last = max(first, self._document.findBlock(end).blockNumber())
        old_last = last - (count - len(self._blocks))
        if old_last < first - 1:  # Qt spoke of fewer blocks than were taken away
            self.read_all()
            return 0, count - 1
        blocks, sources = self._read(first, last - first + 1)
        self._blocks[first : old_last + 1] = blocks
        self._sources[first : old_last + 1] = sources
        return first, last

    def _read(self, first: int, count: int) -> tuple[list[BodyBlock], list[Source | None]]:
        blocks: list[BodyBlock] = []
        sources: list[Source | None] = []
        for block in blocks_from(self._document.findBlockByNumber(first), count):
            found = normalise_blocks([read_block(block)])
            blocks.append(found[0] if found else BodyBlock(kind_of(block.blockFormat()), ()))
            sources.append(self._source(first + len(sources), found[0]) if found else None)
        return blocks, sources

    def _source(self, number: int, block: BodyBlock) -> Source:
        """A text that was put in as a whole is read twice, and writing it down is half of that."""
        known = self._sources[number] if number < len(self._blocks) and self._blocks[number] == block else None
        return known or source_of(block)

    @property
    def blocks(self) -> Sequence[BodyBlock]:
        """Every block of the document, normalised; empty ones have no spans."""
        return self._blocks

    def markdown(self) -> str:
        """The document as it is stored."""
        return assemble_markdown(source for source in self._sources if source is not None)

    @property
    def empty(self) -> bool:
        """Whether there is no text at all."""
        return not any(self._sources)


def show_blocks(
    mirror: DocumentMirror, document: QTextDocument, target: Sequence[BodyBlock], style: TextStyle
) -> int | None:
    """Change the document until it says ``target`` (normalised), touching nothing that is right already.

    Returns:
        Position of the end of what changed; None when nothing had to.
    """
    have = mirror.blocks
    head, wanted_head = _count_common(have, target)
    rest, wanted_rest = have[head:], target[wanted_head:]
    tail, wanted_tail = _count_common(rest[::-1], wanted_rest[::-1])
    old = rest[: len(rest) - tail]
    new = list(wanted_rest[: len(wanted_rest) - wanted_tail])
    if not any(block.spans for block in old) and not new:
        return None
    while head and not have[head - 1].spans:  # an empty block beside the change belongs to it
        head -= 1
        old = [have[head], *old]
    cursor = QTextCursor(document)
    # However many steps it takes, Qt reports one change.
    cursor.beginEditBlock()
    if len(old) == len(new) == 1 and old[0].kind == new[0].kind:
        _show_spans(cursor, document.findBlockByNumber(head), new[0], style)
    else:
        _replace_blocks(cursor, head, len(old), new, style)
    cursor.endEditBlock()
    return cursor.position()


def _count_common(have: Sequence[BodyBlock], wanted: Sequence[BodyBlock]) -> tuple[int, int]:
    """How many blocks agree from the start, in both; empty blocks of the document do not count.

    Empty blocks after the last agreement are left to the change.
    """
    at = matched = agreed = 0
    for block in have:
        if block.spans:
            if matched == len(wanted) or block != wanted[matched]:
                break
            matched += 1
            agreed = at + 1
        at += 1
    return (at, matched) if matched == len(wanted) and at == len(have) else (agreed, matched)


def _replace_blocks(cursor: QTextCursor, first: int, count: int, new: list[BodyBlock], style: TextStyle) -> None:
    document = cursor.document()
    if count == 0:
        _open_gap(cursor, first)
    else:
        last = document.findBlockByNumber(first + count - 1)
        cursor.setPosition(document.findBlockByNumber(first).position())
        # Without the end of the last block: a document's last one cannot be removed.
        cursor.setPosition(last.position() + last.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
    if new:
        insert_blocks(cursor, new, style)
    elif document.blockCount() == 1:
        insert_blocks(cursor, [BodyBlock("paragraph", ())], style)
    elif cursor.block().next().isValid():
        # Joined blocks take the format of the first, which here is the one that goes.
        following = cursor.block().next().blockFormat()
        cursor.deleteChar()
        cursor.setBlockFormat(following)
    else:
        cursor.deletePreviousChar()


def _open_gap(cursor: QTextCursor, number: int) -> None:
    """Put the cursor into a fresh empty block before block ``number`` (or at the end)."""
    document = cursor.document()
    if number >= document.blockCount():
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertBlock()
        return
    cursor.setPosition(document.findBlockByNumber(number).position())
    cursor.insertBlock()
    cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)


def _show_spans(cursor: QTextCursor, block: QTextBlock, wanted: BodyBlock, style: TextStyle) -> None:
    """Change the characters of one block, between the first and the last that differ."""
    # Not from the mirror: its blocks are normalised, but positions count what stands in the document.
    have = _letters(read_block(block).spans)
    want = _letters(wanted.spans)
    head = 0
    while head < min(len(have), len(want)) and have[head] == want[head]:
        head += 1
    tail = 0
    while tail < min(len(have), len(want)) - head and have[-1 - tail] == want[-1 - tail]:
        tail += 1
    start = block.position() + utf16_units("".join(letter.text for letter in have[:head]))
    gone = utf16_units("".join(letter.text for letter in have[head : len(have) - tail]))
    cursor.setPosition(start)
    cursor.setPosition(start + gone, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    insert_spans(cursor, wanted.kind, want[head : len(want) - tail], style)


def _letters(spans: Sequence[TextSpan]) -> list[TextSpan]:
    return [
        TextSpan(char, span.bold, span.italic, span.link)
        for span in spans
        for char in span.text.replace(LINE_BREAK, "\n")
    ]

"""Blocks and QTextDocument: both ways without loss, changed in place, followed block by block."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from studio.story.body import BodyBlock, TextSpan, normalise_blocks, to_markdown
from studio.ui.write.document_mirror import DocumentMirror, insert_blocks, read_document, restyle, show_blocks
from studio.ui.write.text_style import TextStyle

WORDS = "* ** _ ` [ ] \\ # - 1. > kata Desa é 😀 👨‍👩‍👧 ꦱꦸꦒꦼꦁ مرحبا “ ” , . & < !"
PIECES = WORDS.split(" ")
texts = st.lists(
    st.sampled_from([*PIECES, " ", "  ", "\t", "\u00a0", "\n", "\u200b"]) | st.text(max_size=3), max_size=5
)
spans = st.builds(
    TextSpan, texts.map("".join), st.booleans(), st.booleans(), st.sampled_from(["", "", "https://desa.id/a_(b)"])
)
kinds = st.sampled_from(["paragraph", "heading", "quote", "bullet", "number"])
bodies = st.lists(st.builds(BodyBlock, kinds, st.lists(spans, max_size=4).map(tuple)), max_size=5).map(tuple)
inserted = st.sampled_from(["", "x", "\n", "a\nb\nc"])
cuts = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6), inserted), max_size=6)
same_desk = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def style(theme):
    return TextStyle(theme)


def document_of(blocks, style):
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    mirror = DocumentMirror(document)
    document.contentsChange.connect(lambda at, _gone, new: mirror.note_change(at, new))
    insert_blocks(QTextCursor(document), blocks or (BodyBlock("paragraph", ()),), style)
    return document, mirror


@settings(same_desk, max_examples=60)
@given(blocks=bodies)
@example(blocks=(BodyBlock("quote", (TextSpan("a", italic=True), TextSpan("b"))),))
def test_blocks_come_back_from_the_document(style, blocks):
    normal = normalise_blocks(blocks)
    document, mirror = document_of(normal, style)
    assert read_document(document) == normal
    assert mirror.markdown() == to_markdown(normal)


@settings(same_desk, max_examples=50)
@given(before=bodies, middle=bodies, after=bodies, other=bodies, gaps=st.booleans())
def test_another_text_is_shown_by_changing_what_differs(style, before, middle, after, other, gaps):
    have = normalise_blocks((*before, *middle, *after))
    target = normalise_blocks((*before, *other, *after))
    shown = [block for one in have for block in ((BodyBlock("quote", ()), one) if gaps else (one,))]
    document, mirror = document_of(tuple(shown), style)
    show_blocks(mirror, document, target, style)
    assert read_document(document) == target
    assert mirror.markdown() == to_markdown(target)


def test_what_did_not_change_is_not_touched(style):
    blocks = tuple(BodyBlock("paragraph", (TextSpan(text),)) for text in ("satu", "dua kata", "tiga"))
    document, mirror = document_of(blocks, style)
    marks = [QTextCursor(document.findBlockByNumber(number)) for number in range(3)]
    end = show_blocks(
        mirror, document, (*blocks[:1], BodyBlock("paragraph", (TextSpan("dua tiga kata"),)), *blocks[2:]), style
    )
    assert end == len("satu\ndua tiga ")
    assert [mark.block().text() for mark in marks] == ["satu", "dua tiga kata", "tiga"]


def test_nothing_to_change_says_so(style):
    blocks = (BodyBlock("bullet", (TextSpan("a"),)),)
    document, mirror = document_of(blocks, style)
    assert show_blocks(mirror, document, blocks, style) is None


@settings(same_desk, max_examples=60)
@given(blocks=bodies, edits=cuts)
def test_the_mirror_follows_any_edit(style, blocks, edits):
    document, mirror = document_of(normalise_blocks(blocks), style)
    cursor = QTextCursor(document)
    for start, length, text in edits:
        last = document.characterCount() - 1
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(start + length, last), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
        assert mirror.markdown() == to_markdown(read_document(document))


def test_looks_are_mended_and_text_stays(style):
    document, _ = document_of(
        (BodyBlock("heading", (TextSpan("Judul"),)), BodyBlock("paragraph", (TextSpan("isi"),))), style
    )
    cursor = QTextCursor(document.findBlockByNumber(1))
    cursor.deletePreviousChar()
    restyle(document, 0, 0, style)
    assert read_document(document) == (BodyBlock("heading", (TextSpan("Judulisi"),)),)
    formats = {found.format.fontWeight() for found in document.begin().textFormats()}
    assert len(formats) == 1

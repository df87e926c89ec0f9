"""What WhatsApp, Word, Google Docs and web pages put on the clipboard becomes blocks of a story."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.story.body import BodyBlock, TextSpan, normalise_blocks, parse_markdown, plain_text, to_markdown
from studio.story.pasted_text import blocks_from_html, blocks_from_text, html_of, text_of


def test_a_message_from_whatsapp(samples):
    blocks = blocks_from_text((samples / "whatsapp.txt").read_text(encoding="utf-8"))
    assert to_markdown(blocks).splitlines() == [
        "**PENGUMUMAN POSYANDU** 📢",
        "",
        "Ibu-ibu **RW 03** yang kami hormati,",
        "",
        "_Posyandu Melati_ buka **_Sabtu_** (28/11), Minggu pukul 08.00.",
        "",
        "Yang perlu dibawa:",
        "",
        "1. Buku KIA",
        "2. KTP",
        "",
        "- uang kas Rp2.000",
        "- payung",
        "",
        "> Datang lebih awal ya",
        "",
        r"Harga 5\*3 = 15 dan 2\*2, berkas data\_ibu\_2026",
    ]


def test_a_page_from_word(samples):
    blocks = blocks_from_html((samples / "word.html").read_text(encoding="utf-8"))
    assert blocks == (
        BodyBlock("heading", (TextSpan("Gotong royong "), TextSpan("warga", italic=True))),
        BodyBlock(
            "paragraph",
            (
                TextSpan("Sukamaju", bold=True),
                TextSpan(" – Warga memperbaiki "),
                TextSpan("bronjong", italic=True),
                TextSpan(" di "),
                TextSpan("saluran irigasi", link="https://sukamaju.desa.id/irigasi"),
                TextSpan("."),
            ),
        ),
        BodyBlock("bullet", (TextSpan("60 sak semen"),)),
        BodyBlock("bullet", (TextSpan("dua truk batu"),)),
        BodyBlock("number", (TextSpan("Pengerukan"),)),
        BodyBlock("paragraph", (TextSpan("Semen"),)),
        BodyBlock("paragraph", (TextSpan("60 sak"),)),
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<b style="font-weight:normal"><p><span style="font-weight:700">T</span> b</p></b>', "**T** b\n"),
        ("a<br><br>b<br>c", "a\n\nb\\\nc\n"),
        ("<ul><li>a<ol><li>b</ol><li>c</ul>", "- a\n\n1. b\n\n- c\n"),
        ("<p>satu<p>dua", "satu\n\ndua\n"),
        ("<blockquote><p>kata dia</p></blockquote>", "> kata dia\n"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a | b\n"),
        ('<a href="javascript:alert(1)">x</a><script>jahat()</script>', "x\n"),
        ("&lt;b&gt; 2 &amp;amp; 3", "\\<b> 2 \\&amp; 3\n"),
        ("<pre>a  b\nc</pre>", "a  b\\\nc\n"),
        ("", ""),
    ],
)
def test_html_of_other_programs(html, expected):
    assert to_markdown(blocks_from_html(html)) == expected


spans = st.builds(
    TextSpan,
    st.text(alphabet="abc XYZ .,&<>\"'*_😀é\n", max_size=12),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "https://desa.id/?a=1&b=2"]),
)
kinds = st.sampled_from(["paragraph", "heading", "quote", "bullet", "number"])
bodies = st.lists(st.builds(BodyBlock, kinds, st.lists(spans, max_size=4).map(tuple)), max_size=5).map(normalise_blocks)


@settings(max_examples=60, deadline=None)
@given(bodies)
def test_our_own_html_comes_back_with_its_words_and_kinds(blocks):
    back = blocks_from_html(html_of(blocks))
    assert re.sub(r"\s+", " ", plain_text(back)) == re.sub(r"\s+", " ", plain_text(blocks))
    assert {block.kind for block in back} == {block.kind for block in blocks}


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abc *_~`>-1.\n•#", max_size=60))
def test_pasted_text_keeps_its_letters_and_can_be_stored(text):
    blocks = blocks_from_text(text)
    assert parse_markdown(to_markdown(blocks)) == blocks
    assert [char for char in plain_text(blocks) if char.isalpha()] == [char for char in text if char.isalpha()]


def test_copied_text_shows_its_lists():
    blocks = parse_markdown("Bawa:\n\n- KTP\n- KK\n\n1. satu\n2. dua")
    assert text_of(blocks) == "Bawa:\n- KTP\n- KK\n1. satu\n2. dua"

"""What is pasted from WhatsApp, Word and web pages, and what is copied: words are never lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.story.body import BodyBlock, TextSpan
from studio.story.pasted_text import blocks_from_html, blocks_from_text, html_of, text_of


def told(blocks):
    """Kind and text with ``*bold*`` and ``_italic_``."""
    signs = {(False, False): "", (True, False): "*", (False, True): "_", (True, True): "*_"}
    return [
        (
            block.kind[0],
            "".join(f"{signs[s.bold, s.italic]}{s.text}{signs[s.bold, s.italic][::-1]}" for s in block.spans),
        )
        for block in blocks
    ]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("*Panen* _raya_ ~lama~ `kode`", [("p", "*Panen* _raya_ lama kode")]),
        ("*a _b_ c*", [("p", "*a **_b_** c*")]),
        ("3*4*5 snake_case_name a*b*c", [("p", "3*4*5 snake_case_name a*b*c")]),
        ("* padi\r\n* jagung", [("b", "padi"), ("b", "jagung")]),
        ("– Siapa itu?\n• Saya", [("b", "Siapa itu?"), ("b", "Saya")]),
        ("1. satu\n\n2. dua\n3) tiga", [("n", "satu"), ("n", "dua"), ("n", "tiga")]),
        ("17. Agustus\n5) orang", [("p", "17. Agustus"), ("p", "5) orang")]),
        ("1. satu\n17. Agustus", [("n", "satu"), ("p", "17. Agustus")]),
        ("> kutipan", [("q", "kutipan")]),
        ("a\u2028b", [("p", "a"), ("p", "b")]),
        ("- \n-5 derajat", [("p", "-"), ("p", "-5 derajat")]),
        ("", []),
    ],
)
def test_messages(text, blocks):
    assert told(blocks_from_text(text)) == blocks


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ('<b style="font-weight:normal"><p>Dari <b>Docs</b></p></b>', [("p", "Dari *Docs*")]),
        ("<table><tr><td>Nama</td><td>RT</td></tr><tr><td>Siti</td></tr></table>", [("p", "Nama | RT"), ("p", "Siti")]),
        ("<p>a<br><br>b</p>", [("p", "a"), ("p", "b")]),
        ("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", [("n", "a"), ("b", "b"), ("n", "c")]),
        ("<p>satu<p>dua</b></p>", [("p", "satu"), ("p", "dua")]),
        ("<blockquote><p>q</p><p>r</p></blockquote>s", [("q", "q"), ("q", "r"), ("p", "s")]),
        ("<h2><b>Judul</b></h2>", [("h", "Judul")]),
        ("<title>x</title><style>p{}</style><script>1</script>isi", [("p", "isi")]),
        ("x<!--StartFragment--><p>isi</p><!--EndFragment-->y", [("p", "isi")]),
        ('<p style="mso-list:l0"><span style="mso-list:Ignore">1.<span>&nbsp;</span></span>satu</p>', [("n", "satu")]),
        ('<p style="mso-list:l0"><span style="mso-list:Ignore">o<span>&nbsp;</span></span>satu</p>', [("b", "satu")]),
        ("<p>·&nbsp;&nbsp;satu</p>", [("b", "satu")]),
        ('<span style="font-weight:700;font-style:italic">x</span>', [("p", "*_x_*")]),
        ("<p>5 &lt; 6 &amp; &quot;7&quot;</p>", [("p", '5 < 6 & "7"')]),
        ("<p>a</p> <p>b</p>\n<img src=x>c", [("p", "a"), ("p", "b"), ("p", "c")]),
        ("<p>tak ditutup <i>miring", [("p", "tak ditutup _miring_")]),
        ("", []),
    ],
)
def test_pages_and_documents(html, blocks):
    assert told(blocks_from_html(html)) == blocks


@pytest.mark.parametrize(
    ("address", "link"),
    [("https://kim.example/a", "https://kim.example/a"), ("javascript:alert(1)", ""), ("file:///etc/passwd", "")],
)
def test_only_addresses_of_the_web_come_along(address, link):
    (block,) = blocks_from_html(f'<p><a href="{address}">tautan</a></p>')
    assert [(span.text, span.link) for span in block.spans] == [("tautan", link)]


WORDS = st.lists(st.from_regex(r"[a-z]{1,6}", fullmatch=True), min_size=1, max_size=4).map(" ".join)


@st.composite
def some_blocks(draw):
    kinds = st.sampled_from(["paragraph", "heading", "quote", "bullet", "number"])
    looks = st.tuples(st.booleans(), st.booleans())
    blocks = []
    for _ in range(draw(st.integers(1, 4))):
        bold, italic = draw(looks)
        kind = draw(kinds)
        spans = (TextSpan(draw(WORDS), bold=bold and kind != "heading", italic=italic), TextSpan(f" {draw(WORDS)}"))
        blocks.append(BodyBlock(kind, spans))
    return tuple(blocks)


@given(some_blocks())
def test_what_is_copied_comes_back_when_it_is_pasted(blocks):
    assert told(blocks_from_html(html_of(blocks))) == told(blocks)
    plain = text_of(blocks)
    assert [block.text for block in blocks_from_text(plain)] == [block.text for block in blocks]


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<b>", "</i>", "<li>", "<ul>", "</ul>", "<td>", "<br>", "satu", "dua"]),
        max_size=14,
    )
)
def test_no_word_is_lost_in_pages_that_are_built_wrong(parts):
    found = " ".join(block.text for block in blocks_from_html(" ".join(parts)))
    words = [part for part in parts if part.isalpha()]
    assert [word for word in found.split() if word.isalpha()] == words

"""The laws of the body: what is written comes back, and what is read is never lost."""

from __future__ import annotations

import re
import string
import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from studio.story.body import (
    BodyBlock,
    TextSpan,
    normalise_blocks,
    parse_markdown,
    plain_text,
    split_lead,
    to_markdown,
)

SYNTAX = r"* ** _ __ *** ` ``` [ ] ( ) ](x) ![ ! < > <b> & &amp; &#42; \ \\ # ## - --- + = === ~~~ 1. 2) 2026. | :"
WORDS = "a b 7 Desa kata é e\u0301 \u0301 😀 👨\u200d👩\u200d👧 🇮🇩 ꦱꦸꦒꦼꦁ مرحبا “ ” – … , . ”, € ½ https://a.id/b_c"
SPACES = " |  |    |\t|\u00a0|\u3000|\u200b|\u200d|\n|\u2028|\r\n|\x00|\ufeff| #|- |+ |1. |2026. |\t- |[a]: b"
NASTY = [*SYNTAX.split(" "), *WORDS.split(" "), *SPACES.split("|")]
NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffc\ufffe\uffff]")
LINKS = [
    *["", "", "https://desa.id/a_(b)", "https://x.id/?a=1&amp;b=2", "mailto:kim@desa.id", "tel:+62812"],
    *["https://x.id/\\*[]", "https://x.id/a b", "javascript:alert(1)", "berita.html"],
]
texts = st.lists(st.sampled_from(NASTY) | st.text(max_size=4), max_size=6).map("".join)
spans = st.builds(TextSpan, texts, st.booleans(), st.booleans(), st.sampled_from(LINKS))
kinds = st.sampled_from(["paragraph", "heading", "quote", "bullet", "number"])
blocks = st.lists(st.builds(BodyBlock, kinds, st.lists(spans, max_size=6).map(tuple)), max_size=6).map(tuple)


def bold(text):
    return TextSpan(text, bold=True)


def italic(text):
    return TextSpan(text, italic=True)


def paragraph(*parts):
    return BodyBlock("paragraph", tuple(part if isinstance(part, TextSpan) else TextSpan(part) for part in parts))


@settings(max_examples=80, deadline=None)
@given(blocks)
@example((paragraph(bold("halo,"), "katanya"),))
@example((paragraph("a", TextSpan("b", True, True), italic(" c"), bold("d")),))
@example((paragraph("a", bold("0"), TextSpan("*", True, True)),))
@example((paragraph("a", italic("b"), TextSpan("c", True, True), bold("d"), "e"),))
@example(tuple(BodyBlock("heading", (TextSpan(text),)) for text in ("#", "##", "C#", "a #", "a ##", "\\#")))
@example((paragraph("Baca!", TextSpan("ini", link="https://x.id/a_(b)")),))
def test_what_is_written_comes_back(given_blocks):
    normal = normalise_blocks(given_blocks)
    assert parse_markdown(to_markdown(normal)) == normal


@settings(max_examples=80, deadline=None)
@given(blocks)
def test_the_normal_form_is_stable(given_blocks):
    normal = normalise_blocks(given_blocks)
    assert normalise_blocks(normal) == normal
    assert to_markdown(normal) == to_markdown(given_blocks)


@settings(max_examples=80, deadline=None)
@given(blocks)
def test_the_normal_form_keeps_every_visible_character(given_blocks):
    def visible(some):
        text = unicodedata.normalize("NFD", "\n".join(block.text for block in some))
        return sorted(char for char in text if not char.isspace() and not NO_TEXT.fullmatch(char))

    assert visible(normalise_blocks(given_blocks)) == visible(given_blocks)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.sampled_from([*NASTY, "\n", "\n\n", "\n> ", "\n- ", "\n1. "]) | st.text(max_size=5), max_size=30).map(
        "".join
    )
)
def test_any_text_can_be_read_and_letters_are_kept(markdown):
    found = parse_markdown(markdown)
    assert found == normalise_blocks(found)
    assert parse_markdown(to_markdown(found)) == found


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=string.ascii_letters + " \n", max_size=200))
def test_plain_prose_keeps_its_words(text):
    assert plain_text(text).split() == text.split()


@pytest.mark.parametrize(
    ("given_blocks", "expected"),
    [
        ((), ""),
        ((paragraph("Warga bekerja."),), "Warga bekerja.\n"),
        ((paragraph("Warga ", bold("bekerja"), "."),), "Warga **bekerja**.\n"),
        ((paragraph("se", bold("tengah"), "nya"),), "se**tengah**nya\n"),
        ((paragraph(italic("Reog"), " dan ", TextSpan("Gajah", True, True)),), "_Reog_ dan **_Gajah_**\n"),
        ((paragraph("dua\nbaris"),), "dua\\\nbaris\n"),
        ((BodyBlock("heading", (TextSpan("Bagian"),)), paragraph("isi")), "## Bagian\n\nisi\n"),
        ((BodyBlock("quote", (TextSpan("a"),)), BodyBlock("quote", (TextSpan("b"),))), "> a\n>\n> b\n"),
        (
            (BodyBlock("bullet", (TextSpan("a"),)), BodyBlock("bullet", (TextSpan("b"),)), paragraph("c")),
            "- a\n- b\n\nc\n",
        ),
        ((BodyBlock("number", (TextSpan("a"),)), BodyBlock("number", (TextSpan("b\nc"),))), "1. a\n2. b\\\n   c\n"),
        ((paragraph("1. Bukan daftar"),), "1\\. Bukan daftar\n"),
        ((paragraph("# bukan judul"),), "\\# bukan judul\n"),
        ((paragraph(TextSpan("laman", link="https://desa.id/a_(b)")),), "[laman](https://desa.id/a_\\(b\\))\n"),
    ],
)
def test_the_markdown_is_what_a_person_would_write(given_blocks, expected):
    assert to_markdown(given_blocks) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("", ()),
        ("   \n\n", ()),
        ("a\nb", (paragraph("a b"),)),
        ("a  \nb", (paragraph("a\nb"),)),
        ("# Satu\n### Tiga", (BodyBlock("heading", (TextSpan("Satu"),)), BodyBlock("heading", (TextSpan("Tiga"),)))),
        ("Judul\ndua\n===", (BodyBlock("heading", (TextSpan("Judul dua"),)),)),
        ("![alt teks](a.jpg) `kode`", (paragraph("alt teks kode"),)),
        ("```\nx = 1\ny\n```", (paragraph("x = 1\ny"),)),
        ("<div>halo</div>", (paragraph("<div>halo</div>"),)),
        ("a\n\n---\n\nb", (paragraph("a"), paragraph("b"))),
        ("2026. Tahun yang baik", (paragraph("2026. Tahun yang baik"),)),
        ("3) tiga\n4) empat", (paragraph("3) tiga"), paragraph("4) empat"))),
        ("- a\n\n  b\n- c", (BodyBlock("bullet", (TextSpan("a\nb"),)), BodyBlock("bullet", (TextSpan("c"),)))),
        (
            "- a\n  1. b\n- c",
            (
                BodyBlock("bullet", (TextSpan("a"),)),
                BodyBlock("number", (TextSpan("b"),)),
                BodyBlock("bullet", (TextSpan("c"),)),
            ),
        ),
        ("> a\n>\n> - b", (BodyBlock("quote", (TextSpan("a"),)), BodyBlock("quote", (TextSpan("b"),)))),
        ("[x](javascript:alert)", (paragraph("x"),)),
        ("[x](https://a.id 'judul')", (paragraph(TextSpan("x", link="https://a.id")),)),
        ("| a | b |\n|---|---|", (paragraph("| a | b | |---|---|"),)),
    ],
)
def test_foreign_markdown_keeps_its_text(markdown, expected):
    assert parse_markdown(markdown) == expected


@example(["1. a\n\n", "b\n\n", "2. c"])
@example(["- a\n\n", "  b\n \n", "- c"])
@given(
    st.lists(st.sampled_from(["\n", "\n\n", "\n \n", "  ", "1. a", "2. b", "- c", "> d", "# e", "f", "===", "**g**"]))
)
def test_a_text_that_is_read_in_parts_reads_as_in_one_go(pieces):
    text = "".join(pieces)
    # A fence may hold empty lines, so a text with one is read all at once.
    assert (*parse_markdown(text), paragraph("z")) == parse_markdown(f"{text}\n\n```\nz\n```")


def test_of_a_text_that_was_read_only_the_changed_paragraph_is_read_again():
    text = "\n\n".join(f"Warga **{number}** ikut, kata [Asep](https://desa.id)." for number in range(200))
    parse_markdown("a")  # what is imported for it counts for neither
    moments = [time.process_time()]
    for each in (text, text.replace("**77**", "**78**")):
        parse_markdown(each)
        moments.append(time.process_time())
    assert 5 * (moments[2] - moments[1]) < moments[1] - moments[0]


def test_text_nested_beyond_reason_is_still_there():
    assert "dalam" in plain_text(">" * 300 + " dalam\n\nluar")
    assert "luar" in plain_text("- " * 120 + "dalam\n\nluar")
    assert "inti" in plain_text("*" * 200 + "inti" + "*" * 200)


def test_what_says_the_same_as_the_lead_is_kept_beside_it():
    blocks = parse_markdown("## Pantun\n\nAir surut.\n\nSawah hijau.\n\nAir surut.")
    lead, rest = split_lead(blocks)
    assert lead == paragraph("Air surut.")
    assert plain_text(rest) == "Pantun\n\nSawah hijau.\n\nAir surut."
    assert split_lead(blocks[:1]) == (None, blocks[:1])


def test_plain_joins_blocks_and_list_items():
    body = "## Jadwal\n\nDatang **tepat** waktu:\n\n- KTP\n- KK\n\n[Laman](https://desa.id)"
    assert plain_text(body) == "Jadwal\n\nDatang tepat waktu:\n\nKTP\nKK\n\nLaman"

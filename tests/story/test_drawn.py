"""Text as it is drawn: look-alike letters become plain, what no font has is named."""

from __future__ import annotations

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.base.font_table import is_drawable
from studio.story.drawn import (
    MISSING,
    drawn_text,
    fancy_words,
    letter_clusters,
    plain_letters,
    undrawable_letters,
    visible_cluster,
)

LETTERS = string.ascii_uppercase + string.ascii_lowercase
STARTS = (0x1D400, 0x1D434, 0x1D468, 0x1D4D0, 0x1D56C, 0x1D5A0, 0x1D5D4, 0x1D608, 0x1D63C, 0x1D670)
"""First capital of each mathematical alphabet without holes; the small letters follow."""


@pytest.mark.parametrize("start", STARTS)
def test_every_mathematical_alphabet_becomes_plain(start):
    fancy = "".join(chr(start + number) for number in range(52)).replace("\U0001d455", "\u210e")  # the one hole
    assert plain_letters(fancy) == LETTERS


@pytest.mark.parametrize(
    ("fancy", "plain"),
    [
        ("𝗪𝗮𝗿𝗴𝗮 gotong royong", "Warga gotong royong"),
        ("ℋ𝒶𝓁ℴ ℬ𝒶𝓁𝒾 ℂℍ ℜ", "Halo Bali CH R"),
        ("ｗａｒｇａ　ＤＥＳＡ！", "warga DESA!"),
        ("Ⓦⓐⓡⓖⓐ 🅆🄰🅁🄶🄰 🅦🅐🅡 🆆🅰🆁 🄦", "Warga WARGA WAR WAR (W)"),
        ("🇼 🇦", "W A"),
        ("𝟏𝟐 𝟬𝟵 𝔸𝟙", "12 09 A1"),
        (
            "Anak\u2011anak, anak\u2010anak, mem\u00adbangun, Rp5\u202f000\u2009rupiah",
            "Anak-anak, anak-anak, membangun, Rp5\u00a0000 rupiah",
        ),
        ("a\u2060b\ufeffc", "abc"),
        ("Ⅳ ﬁ ㎡ ㎏", "IV fi m² kg"),
        ("x²½™ © ① №5 ℃ ﷺ ℹ", "x²½™ © ① №5 ℃ ﷺ ℹ"),
        ("🇮🇩 🅿️ Ⓜ️ 👨‍👩‍👧 1️⃣", "🇮🇩 🅿️ Ⓜ️ 👨‍👩‍👧 1️⃣"),
        ("Désa ꦗꦮ سلام", "Désa ꦗꦮ سلام"),
    ],
)
def test_plain_letters(fancy, plain):
    assert plain_letters(fancy) == plain
    assert plain_letters(plain) == plain


@given(st.text())
def test_plain_letters_are_stable(text):
    """Doing it again changes nothing, and ASCII is never touched."""
    once = plain_letters(text)
    assert plain_letters(once) == once
    assert [c for c in once if c.isascii()].count("\0") == text.count("\0")


@given(st.text())
def test_clusters_are_the_text(text):
    assert "".join(part for _, part in letter_clusters(text)) == text
    assert all(text[at : at + len(part)] == part for at, part in letter_clusters(text))


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cn", "Co"))))
def test_what_is_drawn_has_a_font_and_the_rest_is_named(text):
    shown, lost = drawn_text(text, is_drawable)
    assert all(
        not visible_cluster(part).strip() or is_drawable(visible_cluster(part)) for _, part in letter_clusters(shown)
    )
    assert bool(lost) == (MISSING in shown and shown.count(MISSING) > plain_letters(text).count(MISSING))
    assert bool(undrawable_letters(text, is_drawable)) == bool(lost)


def test_letters_without_a_font_are_named_where_they_stand():
    assert undrawable_letters("Perayaan 春节 di 春 desa, அ", is_drawable) == ((9, "春"), (10, "节"), (23, "அ"))


BLOCKS = {
    "Arabic": (0x0600, 0x06FF), "Arabic Supplement (Jawi, Pegon)": (0x0750, 0x077F), "Buginese": (0x1A00, 0x1A1F),
    "Sundanese": (0x1B80, 0x1BBF), "Sundanese Supplement": (0x1CC0, 0x1CC7), "Batak": (0x1BC0, 0x1BFF),
    "Rejang": (0xA930, 0xA95F), "Javanese": (0xA980, 0xA9DF), "Latin Extended-A": (0x0100, 0x017F),
    "Latin Extended-B": (0x0180, 0x024F), "IPA": (0x0250, 0x02AF), "Latin Extended Additional": (0x1E00, 0x1EFF),
    "Makasar": (0x11EE0, 0x11EF8), "Dingbats": (0x2701, 0x27BE), "Arrows": (0x2190, 0x2193),
}  # fmt: skip


@pytest.mark.parametrize("name", BLOCKS)
def test_the_scripts_of_indonesia_have_a_font(name):
    first, last = BLOCKS[name]
    assigned = [chr(code) for code in range(first, last + 1) if unicodedata.category(chr(code)) not in {"Cn", "Cf"}]
    assert [f"{ord(letter):04X}" for letter in assigned if not is_drawable(letter)] == []


def test_balinese_and_kawi_have_a_font():
    """But for three signs of Balinese that came with Unicode 14; Kawi is newer than Python's tables."""
    letters = [*range(0x1B00, 0x1B4C), *range(0x1B50, 0x1B7D), *range(0x11F00, 0x11F11), *range(0x11F12, 0x11F3B)]
    assert [f"{code:04X}" for code in letters if not is_drawable(chr(code))] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Para 𝗪𝗮𝗿𝗴𝗮 𝗦𝘂𝗸𝗮𝗺𝗮𝗷𝘂 hadir", [("𝗪𝗮𝗿𝗴𝗮 𝗦𝘂𝗸𝗮𝗺𝗮𝗷𝘂", "Warga Sukamaju")]),
        ("𝒲𝒶𝓇ℊ𝒶, 🅱🅰🅷🆄, ｄｅｓａ", [("𝒲𝒶𝓇ℊ𝒶", "Warga"), ("🅱🅰🅷🆄", "BAHU"), ("ｄｅｓａ", "desa")]),
        ("Wᴀʀɢᴀ dan B𝗲𝗿𝘀𝗮ma", [("Wᴀʀɢᴀ", "WARGA"), ("B𝗲𝗿𝘀𝗮ma", "Bersama")]),
        ("tahun 𝟮𝟬𝟮𝟲", [("𝟮𝟬𝟮𝟲", "2026")]),
        ("20 ㎡, ⑴ ① ½ Ⅳ ⅩⅠ ℃ № ℹ️ ™ 🇮🇩 🅰️ 🅿 ﬁ ½ ℓ", []),
        ("ᬯᬭᬕ ꦮꦫꦒ سلام Désa Anak\u2011anak", []),
    ],
)
def test_fancy_words_are_told_from_signs_and_scripts(text, words):
    assert [(text[start:end], said) for start, end, said in fancy_words(text)] == words

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.posts.counting import UNITS, count, find_links

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("text", "codepoint", "utf16", "grapheme", "utf8"),
    [
        ("", 0, 0, 0, 0),
        ("Warga", 5, 5, 5, 5),
        ("é", 1, 1, 1, 2),
        ("e\u0301", 2, 2, 1, 3),
        ("ꦗꦮ", 2, 2, 2, 6),
        ("👍🏽", 2, 4, 1, 8),
        (FAMILY, 7, 11, 1, 25),
        ("🇮🇩", 2, 4, 1, 8),
        ("a\r\nb", 4, 4, 3, 4),
        ("\ud83d", 1, 1, 1, 3),
    ],
)
def test_plain_units(text, codepoint, utf16, grapheme, utf8):
    assert [count(text, unit) for unit in ("codepoint", "utf16", "grapheme", "utf8")] == [
        codepoint,
        utf16,
        grapheme,
        utf8,
    ]


@pytest.mark.parametrize(
    ("text", "length"), [("Warga 😀", 10), (FAMILY, 25), ("👍🏽👍🏽", 16), ("© é ꦗ", 5), ("🇮🇩", 8), ("1 #", 3)]
)
def test_threads_counts_an_emoji_by_its_bytes(text, length):
    assert count(text, "emoji_utf8") == length


# Derived from the rules of twitter-text v3: ranges of weight 1, all else 2, emoji 2, links 23, NFC first.
@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("a" * 280, 280),
        ("é", 1),
        ("e\u0301", 1),
        ("ཀ", 1),  # U+0F40, below U+10FF
        ("\u10ff", 1),
        ("\u1100", 2),
        ("ꦗ", 2),
        ("日本", 4),
        ("“–”", 3),
        ("…", 2),
        ("•", 2),
        ("′", 1),
        ("😀", 2),
        (FAMILY, 2),
        ("👍🏽", 2),
        ("🇮🇩", 2),
        ("🇮", 2),
        ("1️⃣", 2),
        ("❤️", 2),
        ("©", 1),
        ("©️", 2),
        ("™", 2),
        ("a😀b", 4),
        ("😀 " * 10, 30),
        ("https://kim.id", 23),
        ("http://kim.id/berita/" + "x" * 100, 23),
        ("kim.id", 23),
        ("www.sukamaju.desa.id/a?b=c", 23),
        ("Baca kim.id.", 29),
        ("(https://kim.id/a)", 25),
        ("https://id.wikipedia.org/wiki/Padi_(tanaman)", 23),
        ("(https://id.wikipedia.org/wiki/Padi_(tanaman))", 25),
        ("https://désa.contoh.id/pasar", 23),
        ("https://ꦥꦱꦂ.id/", 23),
        ("http://contoh.みんな", 23),
        ("https://kim.id/ꦥꦱꦂ", 23 + 6),  # the path ends where Latin and Cyrillic letters do
        ("https://kim.id/a?kata=ꦥꦱ", 23 + 4),
        ("desa.id日本語", 23 + 6),
        ("https://kim-.id", 15),  # no host
        ("https://" + "a" * 64 + ".id", 75),
        ("kim.id dan bps.go.id", 51),
        ("M.Si", 23),
        ("S.Pd.", 5),
        ("Rp1.000", 7),
        ("pukul 09.05", 11),
        ("siti@contoh.id", 14),
        ("@kim.id", 7),
        ("#kim.id", 7),
        ("-kim.id", 7),
        ("xhttps://kim.id", 15),
        ("日本kim.id", 27),
        ("kim.idx", 7),
        ("berkas.jpg", 10),
        ("https://sukamaju.takada/" + "x" * 40, 64),
        ("https://takada.desa", 23),
    ],
)
def test_weights_of_x(text, weight):
    assert count(text, "x") == weight


def test_links_are_found_where_they_stand():
    text = "Baca https://kim.id/a, lalu www.desa.id!"
    assert [text[start:end] for start, end in find_links(text)] == ["https://kim.id/a", "www.desa.id"]


@pytest.mark.parametrize("text", ["a" * 100_000 + ".", "a." * 50_000, "https://" * 10_000, "👍" * 5_000])
@pytest.mark.timeout(20)
def test_long_texts_are_counted_in_no_time(text):
    assert count(text, "x") > 0


@given(st.text(), st.sampled_from(UNITS))
def test_counts_anything(text, unit):
    assert 0 <= count(text, unit) <= 4 * len(text) + 23 * text.count(".")


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_line_breaks_keep_the_parts_apart(one, other):
    for unit in ("codepoint", "utf16", "utf8"):
        assert count(f"{one}\n{other}", unit) == count(one, unit) + 1 + count(other, unit)

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.posts.counting import UNITS, count
from studio.story import text as t

LETTERS = st.text(
    st.sampled_from("abcdeé .,!?\n—“”#@/:…ꦗ👍🏽\u200d\ufe0f👨🇮🇩0123") | st.characters(codec="utf-8"), max_size=200
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Air mengalir. Warga senang!", ("Air mengalir.", "Warga senang!")),
        ("Harganya Rp1.000 per ikat. Laris.", ("Harganya Rp1.000 per ikat.", "Laris.")),
        ("Mulai pukul 09.05 WIB. Selesai siang.", ("Mulai pukul 09.05 WIB.", "Selesai siang.")),
        ("Kata Siti, S.Pd. Guru itu senang.", ("Kata Siti, S.Pd. Guru itu senang.",)),
        ("Di Jl. A. Yani No. 5. Ramai.", ("Di Jl. A. Yani No. 5.", "Ramai.")),
        ("“Kami senang.” Ia lalu pulang.", ("“Kami senang.”", "Ia lalu pulang.")),
        ("Beras, gula, dll. dibagikan. Habis.", ("Beras, gula, dll. dibagikan.", "Habis.")),
        ("Oleh Dr. H. Asep M.Si. dan Drs. Budi.", ("Oleh Dr. H. Asep M.Si. dan Drs. Budi.",)),
        ("Benarkah? Ya… Benar.", ("Benarkah?", "Ya…", "Benar.")),
        ("Judul\nIsi pertama. Kedua.", ("Judul", "Isi pertama.", "Kedua.")),
        ("Tanpa titik", ("Tanpa titik",)),
        ("", ()),
    ],
)
def test_sentences(text, expected):
    assert t.sentences(text) == expected


@given(LETTERS)
def test_sentences_lose_nothing(text):
    assert "".join("".join(t.sentences(text)).split()) == "".join(text.split())


def test_words_and_minutes():
    assert t.words("Desa-desa membeli 1.000 bibit Jum'at, pukul 09.05.") == (
        "Desa-desa",
        "membeli",
        "1.000",
        "bibit",
        "Jum'at",
        "pukul",
        "09.05",
    )
    assert t.reading_minutes("") == 1
    assert t.reading_minutes("kata " * 200) == 1
    assert t.reading_minutes("kata " * 201) == 2


def test_shorten_ends_where_a_reader_would():
    text = "Air mengalir lagi. Warga senang sekali hari ini."
    assert t.shorten(text, 100) == text
    assert t.shorten(text, 25) == "Air mengalir lagi. …"
    assert t.shorten(text, 45) == "Air mengalir lagi. Warga senang sekali hari…"
    assert t.shorten("Satu, dua, tiga", 6) == "Satu…"
    assert t.shorten("Antikonstitusional", 8) == "Antikon…"
    assert t.shorten("kata", 0) == ""


def test_shorten_cuts_no_quotation_in_half():
    text = 'Dinas menyuntik 215 sapi. "Vaksinnya gratis. Peternak cukup membawa kartu," ujar Lina. Acara selesai siang.'
    assert t.shorten(text, 50) == "Dinas menyuntik 215 sapi. …"
    assert t.shorten(text, 70) == "Dinas menyuntik 215 sapi. …"
    assert t.shorten(text, 95) == text.partition(" Acara")[0] + " …"


def test_shorten_keeps_letters_whole():
    family = "👨‍👩‍👧"
    assert t.shorten(family * 3, 7) == family + "…"
    assert t.shorten("e\u0301" * 5, 4) == "e\u0301…"


@given(LETTERS, st.integers(0, 120), st.sampled_from(UNITS))
def test_shorten_never_exceeds_the_limit(text, limit, unit):
    made = t.shorten(text, limit, lambda piece: count(piece, unit))
    assert count(made, unit) <= limit
    assert made == text or not made or (made.endswith("…") and text.startswith(made.removesuffix("…").rstrip()))


@given(LETTERS, st.integers(1, 60))
def test_a_cut_line_is_one_line_that_fits_and_begins_like_the_text(text, limit):
    line, made = " ".join(text.split()), t.cut_line(text, limit)
    assert "\n" not in made
    assert len(made) <= limit
    # What fits is whole; what does not loses a letter at the end and says so.
    assert made == line if len(line) <= limit else made.endswith("…") and line.startswith(made[:-1])


def test_a_cut_line_splits_no_letter_and_leaves_no_gap_before_the_dots():
    assert t.cut_line("e\u0301" * 5, 4) == "e\u0301…"
    assert t.cut_line("warga desa", 7) == "warga…"


@pytest.mark.parametrize(
    ("text", "plain", "spoken"),
    [
        ("Air", "Air.", "Air."),
        (" Air! ", "Air!", "Air!"),
        ("“Air.”", "“Air.”", "“Air.”"),
        ("Air…", "Air…", "Air…"),
        ("Alatnya:", "Alatnya:.", "Alatnya:"),
        ("", "", ""),
    ],
)
def test_a_sentence_is_closed_once(text, plain, spoken):
    assert (t.close_sentence(text), t.close_sentence(text, colon=True)) == (plain, spoken)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Warga Sukamaju perbaiki irigasi", "warga-sukamaju-perbaiki-irigasi"),
        ("Jum’at Bersih: 90% warga ikut!", "jumat-bersih-90-warga-ikut"),
        ("Café Ñandú", "cafe-nandu"),
        ("ꦱꦸꦒꦼꦁ", "berita"),
        ("🎉🎉", "berita"),
        ("", "berita"),
        ("CON", "con-berita"),
        ("com1", "com1-berita"),
        ("../../etc/passwd", "etc-passwd"),
        ("a" * 100, "a" * 60),
    ],
)
def test_slugs(text, expected):
    assert t.slugify(text) == expected


@given(st.text(), st.integers(10, 80))
def test_slugs_are_safe_everywhere(text, longest):
    slug = t.slugify(text, longest)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= longest
    assert slug not in {"con", "prn", "aux", "nul", "com1", "lpt9"}


def test_hashtags():
    assert t.hashtag("gotong royong") == "#GotongRoyong"
    assert t.hashtag("#UMKM desa") == "#UMKMDesa"
    assert t.hashtag("2026") == t.hashtag("!?") == ""
    tags = ("irigasi", "Irigasi", "gotong royong", "2026", "sawah")
    assert t.hashtags(tags) == ("#Irigasi", "#GotongRoyong", "#Sawah")
    assert t.hashtags(tags, ("KIM Bina Warga", "Desa"), 3) == ("#Irigasi", "#GotongRoyong", "#KIMBinaWarga")
    assert t.hashtags(("KIM Bina Warga", "a", "b"), ("kim bina warga",), 2) == ("#A", "#KimBinaWarga")
    assert t.hashtags(tags, ("KIM",), 1) == ("#Irigasi",)
    assert t.hashtags(tags, ("KIM",), 0) == ()


@given(st.lists(st.text(max_size=12)), st.lists(st.text(max_size=12)), st.integers(0, 9))
def test_hashtags_are_distinct_and_few(tags, own, limit):
    made = t.hashtags(tags, own, limit)
    assert len(made) <= limit
    assert len({tag.casefold() for tag in made}) == len(made)
    assert all(re.fullmatch(r"#\w+", tag) for tag in made)


def test_names():
    assert [t.join_names(names) for names in ([], ["a"], ["a", "b"], ["a", "", "b", "c"])] == [
        "",
        "a",
        "a dan b",
        "a, b, dan c",
    ]
    assert [t.join_names("abc"[:number], "en") for number in (1, 2, 3)] == ["a", "a and b", "a, b, and c"]
    pairs = {each: t.join_names("ab", each) for each in ("en-GB", "jv", "su-Latn", "ms", "", "id-ID")}
    assert pairs == {
        "en-GB": "a and b",
        "jv": "a lan b",
        "su-Latn": "a jeung b",
        "ms": "a dan b",
        "": "a dan b",
        "id-ID": "a dan b",
    }
    assert t.initials("KIM Bina Warga") == "BW"
    assert t.initials("KIM") == "K"
    assert t.initials("") == ""


@given(st.text())
def test_cleaned_text_can_stand_in_xml(text):
    made = t.cleaned(text)
    assert made == unicodedata.normalize("NFC", made)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]", made)

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.base.errors import UserError
from studio.store.file_names import LONGEST_SLUG, file_slug, folder_name, media_name, plain_name

TODAY = date(2026, 11, 23)
FORBIDDEN = set('<>:"/\\|?*\0') | set(map(chr, range(32)))


def free(_name):
    return False


@pytest.mark.parametrize(
    ("headline", "name"),
    [
        ("Warga Sukamaju gotong royong", "warga-sukamaju-gotong-royong"),
        ('  Panen?! 100% "sukses": Rp5.000.000 ', "panen-100-sukses-rp5-000-000"),
        ("Café désa Ñandú", "cafe-desa-nandu"),
        ("😀🎉", "berita"),
        ("", "berita"),
        ("...", "berita"),
        ("CON", "con"),
        ("NUL.txt ", "nul-txt"),
        ("ꦱꦸꦒꦼꦁ", "ꦱꦸꦒꦼꦁ"),
        ("ᮝᮁᮌ ᮓᮦᮞ", "ᮝᮁᮌ-ᮓᮦᮞ"),
        ("Panen ❤️ raya 1️⃣", "panen-raya-1"),
        ("قرية", "قرية"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\0b", "a-b"),
        ("ﬁle ½ ＷＩＤＥ", "file-1-2-wide"),
    ],
)
def test_headlines_become_folders(headline, name):
    assert folder_name(headline, "2026-11-22T10:00", TODAY, free) == f"2026-11-22-{name}"


def test_long_names_are_cut_at_a_word():
    name = file_slug("kata " * 40)
    assert name.endswith("kata")
    assert LONGEST_SLUG - 5 < len(name) <= LONGEST_SLUG
    assert file_slug("x" * 200) == "x" * LONGEST_SLUG


@pytest.mark.parametrize("day", ["", "kemarin", "2026-02-30", "22/11/2026"])
def test_without_a_date_it_is_today(day):
    assert folder_name("a", day, TODAY, free) == "2026-11-23-a"


def test_a_taken_name_gets_a_number():
    taken = {"2026-11-23-a", "2026-11-23-a-2"}
    assert folder_name("a", "", TODAY, taken.__contains__) == "2026-11-23-a-3"


@given(st.text(max_size=250))
def test_any_headline_survives_fat32_and_windows(headline):
    name = folder_name(headline, "", TODAY, free)
    assert not FORBIDDEN & set(name)
    assert not name.endswith((".", " ", "-"))
    assert len(name.encode("utf-16-le")) // 2 <= 11 + 2 * LONGEST_SLUG
    assert len(name.encode()) <= 255
    assert unicodedata.normalize("NFC", name) == name


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("IMG_1.JPG", ".jpg"),
        ("a.tar.gz", ".gz"),
        ("tanpa", ""),
        ("a.j pg", ""),
        ("a.abcdefghi", ""),
        ("a.é", ""),
        (".jpg", ""),
    ],
)
def test_media_names(source, name):
    assert media_name("0123456789abcdef" * 4, PurePath(source)) == "0123456789abcdef" + name


@pytest.mark.parametrize("name", ["", ".", "..", ".tmp", "a/b", "a\\b", "C:", "a\0"])
def test_names_that_point_elsewhere_are_refused(name):
    with pytest.raises(UserError, match=r"store\.no_story"):
        plain_name(name, "store.no_story")


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("𝗪𝗮𝗿𝗴𝗮 Désa", "warga-desa"),
        ("Ⓦⓐⓡⓖⓐ 🅱🅰🅷🆄", "warga-bahu"),
        ("ＷＡＲＧＡ", "warga"),
        ("ᴡᴀʀɢᴀ", "warga"),
        ("ᮝᮁᮌ", "ᮝᮁᮌ"),
    ],
)
def test_letters_that_only_look_different_are_plain_and_small(headline, expected):
    """ "Bold" capitals kept their capital in the folder and in the printed address."""
    assert file_slug(headline) == expected

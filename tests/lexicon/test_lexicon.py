"""The lexicon knows Indonesian, suggests, and survives any word."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.base.paths import assets_dir
from studio.lexicon import pii
from studio.lexicon.lexicon import load_lexicon, read_pairs
from studio.lexicon.pii import find_private


@pytest.fixture(scope="module")
def words():
    return load_lexicon(assets_dir() / "language")


@pytest.mark.parametrize("word", ["warga", "dilaksanakan", "Indonesia", "daring", "bumdes", "posyandu"])
def test_words_of_the_language_are_known(words, word):
    assert words.spells(word)


@pytest.mark.parametrize("word", ["aktifitas", "dirumah", "xyzzy", "ꦗꦮ", "a" * 5000])
def test_others_are_not(words, word):
    assert not words.spells(word)


def test_suggestions_come_likeliest_first(words):
    assert words.suggest("aktifitas")[0] == "aktivitas"
    assert words.suggest("ꦗꦮ") == ()
    assert len(words.suggest("rumh", most=2)) <= 2


def test_names_of_regions_are_known(words):
    assert {"banyuwangi", "sleman", "pacitan"} <= words.places


def test_no_pair_calls_a_spelling_right_that_another_calls_wrong():
    pairs = read_pairs(assets_dir() / "language" / "ejaan_baku.csv")
    assert len(pairs) > 150
    assert not {pair.right.lower() for pair in pairs} & {pair.wrong.lower() for pair in pairs}


def test_a_folder_with_other_letters_is_no_trouble(tmp_path):
    folder = tmp_path / "kamus é ꦗꦮ"
    shutil.copytree(assets_dir() / "language", folder)
    assert load_lexicon(folder).spells("warga")


@given(st.text(max_size=80))
def test_any_text_can_be_asked(words, text):
    assert isinstance(words.spells(text), bool)


@settings(deadline=None)  # the first text that is worth a look loads the library
@given(st.text(max_size=120))
def test_personal_data_lies_inside_the_text(text):
    for kind, start, end in find_private(text):
        assert kind
        assert 0 <= start < end <= len(text)


_DATES = ("22/11/2026", "1/2/2026", "08/12/3456")
_NUMBERS = (
    "0812",
    "3456 7890",
    "0812-3456-7890",
    "3275",
    "-6.2, 106.8",
    "A1234567",
    "021",
    "5550123",
    "1234.5678.9012",
)


@given(
    st.lists(
        st.sampled_from((*_DATES, *_NUMBERS, "NIK", "KM 12", "hal. 3/4", "pada", "di")),
        max_size=7,
    ),
    st.sampled_from((" ", "", "/", ", ", "-", " (")),
)
@settings(deadline=None)  # the first example imports the library
def test_no_date_hides_a_number_that_the_library_knows(pieces, between):
    """Dates are left out before a text is found worth a look: whatever the library finds in it must still be found."""
    from lokal import detect_pii

    text = between.join(pieces)
    kinds = ("NIK", "KK", "NPWP", "PASSPORT", "SIM", "BPJS", "NISN", "PHONE", "EMAIL", "BANK_ACCOUNT", "CARD", "GEO")
    found = find_private(text)
    for match in detect_pii(text, types=kinds):
        assert [hit for hit in found if hit[1] < match.end and match.start < hit[2]], (text, match)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Iuran 64 warga Rp4.600.000, NIK 3201234567890123 tercatat.", "nik"),
        ("Sebanyak 180 orang hadir 2026-11-22, hubungi 0812 345 678 nanti.", "phone"),
        ("Rp 250.000 ke rekening BRI 1234 5678 9012 345 a.n. Sri.", "bank_account"),
        ("Koordinat -7.5000, 110.3300 pada 22/11/2026.", "geo"),
        ("NPWP 12.345.678.9-012.345 milik 12 warga.", "npwp"),
        ("Paspor A1234567 atas nama 3 orang.", "passport"),
        ("Rp4.600.000-0812-3456-7890", "phone"),
        ("Instagram: @kim.uji@kim-uji.id", "email"),
        ("Surel: sri.wahyuni@desa.id, Instagram: @kim.uji", "email"),
        ("Pukul 07.30–11.00 WIB, rekening BRI 0123-01-001234-50-7.", "bank_account"),
        ("Jam 08.00-0812-3456-7890", "phone"),
        ("Buka 06.00/0812 3456 7890", "phone"),
    ],
)
def test_amounts_dates_and_counts_hide_no_number_of_a_person(text, kind):
    assert kind in {found for found, _, _ in find_private(text)}


@pytest.mark.parametrize(
    "text",
    ["Iuran BPJS: Rp4.600.000.", "Rapat 2026-11-22 dihadiri 64 warga.", "Rp2.600.000 dan Rp2.000.000.", "@kim.uji"],
)
def test_amounts_dates_and_counts_are_nobodys_number(text):
    assert find_private(text) == ()


def test_hours_and_years_far_apart_need_no_closer_look(monkeypatch):
    # The closer look imports a package for a fifth of a second, before the first text of an export.
    monkeypatch.setattr(pii, "_by_lokal", lambda _: pytest.fail("looked"))
    assert find_private("Pasar buka pukul 05.30–09.30 dan 08.00-15.00 WIB sejak bulan Agustus tahun 2025.") == ()
    assert find_private("Dihadiri 38 pedagang dari tiga dusun, sejak 2026.") == ()

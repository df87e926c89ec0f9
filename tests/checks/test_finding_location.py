"""Where a finding is, in words, and the sentence around it."""

from __future__ import annotations

import pytest

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.checks.finding_location import excerpt_around, location_words
from studio.story.model import Claim, Cue, Person, Photo, Story, TextOverride, Video
from studio.story.places import FIELDS, TextPlace

STORY = Story(
    id="s",
    headline="Panen raya",
    body="> Kutipan pendek.\n\n" + "kata " * 40 + "salah " + "lagi " * 40,
    photos=(Photo(id="p", file="a.jpg"), Photo(id="q", file="b.jpg", caption="Pasar")),
    videos=(Video(id="v", file="a.mp4", subtitles=(Cue(start=0, end=1, text="Halo"),)),),
    claims=(Claim(id="c", text="X"),),
    people=(Person(id="o", name="Rina"),),
    overrides={"whatsapp/pesan.txt": TextOverride(text="Halo")},
)


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("headline", "Judul"),
        ("photos/q/caption", "Foto 2, keterangan"),
        ("videos/v/subtitles/0", "Video 1, takarir"),
        ("claims/c/verdict", "Klaim 1, kesimpulan"),
        ("overrides/whatsapp/pesan.txt", "Kiriman yang diubah sendiri: whatsapp/pesan.txt"),
        ("photos/gone/caption", "keterangan"),
        ("photos", "Foto"),
        ("claims", "Buku klaim"),
        ("people/o/name", "Orang 1, nama"),
        ("texts/jv/body", "Bahasa Jawa: Isi berita"),
        ("texts/jv/subtitles/v/0", "Bahasa Jawa: takarir"),
        ("texts/jv", "Terjemahan bahasa Jawa"),
        ("unheard_of", ""),
    ],
)
def test_places_are_named(field, told):
    assert location_words(TextPlace(field), STORY, MessageTexts(assets_dir() / "messages", "id")) == told


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_place_a_rule_can_name_has_a_name(language):
    texts = MessageTexts(assets_dir() / "messages", language)
    names = {"photos": "p", "videos": "v", "claims": "c", "people": "o"}
    for pattern in FIELDS:
        root, _, rest = pattern.partition("/")
        told = location_words(
            TextPlace(pattern.replace("*", names.get(root, "0"), 1) if rest else pattern), STORY, texts
        )
        assert told, pattern
        assert "{" not in told, pattern


def test_the_story_as_a_whole_has_no_place():
    assert location_words(None, STORY, MessageTexts(assets_dir() / "messages", "id")) == ""


def test_words_are_shown_with_their_neighbours_cut_between_words():
    start = STORY.body.index("salah")
    found = excerpt_around(TextPlace("body", start, start + 5), STORY)
    assert found.words == "salah"
    assert found.before.startswith("…kata ")
    assert found.after.endswith("lagi…")
    first = excerpt_around(TextPlace("body", 2, 9), STORY)
    assert (first.before, first.words, first.after) == ("", "Kutipan", " pendek.")


@pytest.mark.parametrize(
    "place", [None, TextPlace("body"), TextPlace("body", 5, 9999), TextPlace("photos/gone/caption", 0, 2)]
)
def test_there_is_nothing_to_show_of_a_whole_text_or_of_words_that_are_gone(place):
    assert excerpt_around(place, STORY) is None

"""Words are replaced at their address, and only when they still stand there."""

from __future__ import annotations

import pytest

from studio.story.mending import ignore_word, put_aside, replace_words, take_up_again, text_at
from studio.story.model import Claim, Cue, LeadAnswers, Photo, Source, Story, TextOverride, Video
from studio.story.places import TextPlace, placed_texts

STORY = Story(
    id="s",
    headline="Apotik desa buka",
    body="Warga di beri obat.\n\nApotik itu baru.",
    byline=("Siti", "Budi"),
    tags=("apotik",),
    answers=LeadAnswers(what="Apotik"),
    sources=(Source(name="Asep", role="Apotiker"),),
    photos=(Photo(id="p", file="a.jpg", caption="Apotik baru"),),
    videos=(Video(id="v", file="a.mp4", subtitles=(Cue(start=0, end=1, text="Di apotik"),)),),
    overrides={"whatsapp/pesan.txt": TextOverride(text="Apotik!")},
    claims=(Claim(id="c", text="Apotik palsu"),),
)


def test_every_text_of_a_story_can_be_read_and_written_at_its_address():
    for field, text in placed_texts(STORY):
        assert text_at(STORY, field) == text
        changed = replace_words(TextPlace(field), "baru", text).apply(STORY)
        assert text_at(changed, field) == "baru"
        others = [(name, kept) for name, kept in placed_texts(changed) if name != field]
        assert others == [(name, kept) for name, kept in placed_texts(STORY) if name != field]


@pytest.mark.parametrize("field", ["answers/what", "claims/c/text", "sources/0/role"])
def test_places_that_no_reader_sees_too(field):
    assert text_at(replace_words(TextPlace(field, 0, 6), "X", text_at(STORY, field)[:6]).apply(STORY), field)[0] == "X"


def test_only_the_words_at_the_place_change():
    changed = replace_words(TextPlace("body", 6, 13), "diberi", "di beri").apply(STORY)
    assert changed.body == "Warga diberi obat.\n\nApotik itu baru."


@pytest.mark.parametrize(
    ("field", "start", "end"), [("body", 0, 7), ("photos/x/caption", 0, 6), ("byline/7", 0, 4), ("nonsense/1", 0, 1)]
)
def test_what_stands_there_no_longer_is_left_alone(field, start, end):
    assert replace_words(TextPlace(field, start, end), "diberi", "di beri").apply(STORY) is STORY


def test_what_is_put_aside_comes_back():
    aside = put_aside("k").apply(STORY)
    assert put_aside("k").apply(aside) is aside
    assert take_up_again("k").apply(aside).put_aside == ()
    assert ignore_word("Apotik").apply(STORY).words_ignored == ("Apotik",)
    known = ignore_word("Apotik").apply(STORY)
    assert ignore_word("apotik").apply(known) is known

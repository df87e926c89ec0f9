"""The story in another language: how it is edited, when it is out of date, what readers get of it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from studio.posts.template_context import build_context
from studio.store.index import searchable_texts
from studio.story.model import Cue, Group, Photo, Publication, Story, TextOverride, Video
from studio.story.newsroom_records import Translation
from studio.story.publishing import add_publication, story_as_told, told_changes, told_now
from studio.story.reader_fields import reader_texts
from studio.story.three_way_merge import merge_stories
from studio.story.translations import (
    add_translation,
    drop_translation,
    is_told,
    languages_of,
    missing_texts,
    set_checked_by,
    set_outlet_languages,
    set_translated,
    settle_translation,
    stale_texts,
    told_in,
    translatable_texts,
    translated_text,
    used_languages,
)

STORY = Story(
    id="a",
    headline="Panen raya",
    kicker="Pertanian",
    summary="Ringkasan.",
    body="Panen dimulai.\n\nPadi dipanen 30 warga di sawah desa. Jagung dipanen esok hari oleh pemuda desa.",
    photos=(
        Photo(id="p1", file="a.jpg", caption="Padi", alt="Padi kuning"),
        Photo(id="p2", file="b.jpg", caption="Jagung"),
    ),
    videos=(
        Video(
            id="v1",
            file="c.mp4",
            title="Asep",
            subtitles=(Cue(start=0, end=1, text="Satu"), Cue(start=1, end=2, text="Dua")),
        ),
    ),
)
BODY = "Panen diwiwiti.\n\nPari dipanen warga 30 ing sawah desa. Jagung dipanen sesuk dening para mudha desa."


def made(*edits, story=STORY):
    for edit in (add_translation("jv", "Siti"), *edits):
        story = edit.apply(story)
    return story


WHOLE = made(set_translated("jv", "headline", "Panen gedhe"), set_translated("jv", "body", BODY))


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_each_text_is_kept_apart_and_taken_back_by_an_empty_one(data):
    every = [text.address for text in translatable_texts(STORY)]
    typed = data.draw(st.dictionaries(st.sampled_from(every), st.text("abc ", min_size=1).filter(str.strip)))
    story = made(*(set_translated("jv", at, text) for at, text in typed.items()))
    assert {at: translated_text(story.texts["jv"], at) for at in every} == {at: typed.get(at, "") for at in every}
    assert {text.address for text in missing_texts(story, "jv")} == set(every) - typed.keys() - {"titles/v1"}
    assert stale_texts(story, "jv") == ()
    for at in typed:
        story = set_translated("jv", at, "").apply(story)
    assert told_in(story, "jv").photos == STORY.photos
    assert story.texts["jv"].sources == {}


def test_a_changed_original_marks_its_text_alone_until_somebody_looked():
    story = replace(WHOLE, headline="Panen batal")
    assert [text.address for text in stale_texts(story, "jv")] == ["headline"]
    story = set_translated("jv", "headline", "Panen wur").apply(story)
    assert [text.address for text in stale_texts(story, "jv")] == ["headline"]
    story = settle_translation("jv", "headline").apply(story)
    assert stale_texts(story, "jv") == ()
    # A file of another program says only what all of it was made from.
    other = replace(WHOLE, texts={"jv": Translation(headline="Panen", body="x", made_from="0" * 16)})
    assert [text.address for text in stale_texts(other, "jv")] == ["headline", "body"]
    assert stale_texts(settle_translation("jv").apply(other), "jv") == ()


def test_what_was_read_by_a_speaker_is_not_read_any_more_when_it_changes():
    story = set_checked_by("jv", "Mbah Karto").apply(WHOLE)
    assert set_translated("jv", "body", BODY).apply(story).texts["jv"].checked_by == "Mbah Karto"
    assert set_translated("jv", "body", BODY + " Wis.").apply(story).texts["jv"].checked_by == ""


def test_readers_get_the_other_words_and_for_what_is_missing_the_original():
    story = made(
        set_translated("jv", "captions/p1", "Pari"), set_translated("jv", "subtitles/v1/1", "Loro"), story=WHOLE
    )
    story = replace(
        story, overrides={"x/{n:02}.txt": TextOverride(text="asli"), "x/jv/{n:02}.txt": TextOverride(text="jawa")}
    )
    told = told_in(story, "jv")
    assert (told.language, told.headline, told.kicker, told.summary, told.body) == (
        "jv",
        "Panen gedhe",
        "Pertanian",
        "",
        BODY,
    )
    assert [(photo.caption, photo.alt) for photo in told.photos] == [("Pari", ""), ("Jagung", "")]
    assert [cue.text for cue in told.videos[0].subtitles] == ["Satu", "Loro"]
    assert {key: override.text for key, override in told.overrides.items()} == {"x/jv/{n:02}.txt": "jawa"}
    assert told_in(story, "id") is story


def test_key_points_are_the_sentences_where_those_of_the_original_stand():
    ticked = build_context(STORY, Group()).points
    points = build_context(told_in(WHOLE, "jv"), Group()).points
    assert len(ticked) == len(points) > 0
    assert ["Jagung" in point for point in ticked] == ["Jagung" in point for point in points]
    assert told_in(replace(WHOLE, points=()), "jv").points == ()


def test_an_outlet_gets_a_language_once_it_is_told():
    begun = made(set_outlet_languages("whatsapp", ("jv",)), set_outlet_languages("website", ("id", "jv", "su")))
    assert (languages_of(begun, "whatsapp"), used_languages(begun)) == (("id",), ())
    assert not is_told(begun, "jv")
    story = replace(begun, texts=WHOLE.texts)
    assert languages_of(story, "whatsapp") == ("jv",)
    assert languages_of(story, "website") == ("id", "jv")
    assert languages_of(story, "x") == ("id",)
    assert used_languages(story) == ("jv",)
    dropped = drop_translation("jv").apply(story)
    assert (dropped.texts, dropped.outlet_languages) == ({}, {"website": ("id", "su")})


def test_a_changed_translation_of_a_published_story_is_a_correction_to_tell():
    out = replace(WHOLE, outlet_languages={"x": ("jv",)}, publications=(Publication(outlet="x", when="2026-11-22"),))
    out = replace(out, told=told_now(out, "2026-11-22"))
    assert told_changes(out) == ()
    changed = set_translated("jv", "headline", "Panen wurung").apply(out)
    assert [(change.field, change.after) for change in told_changes(changed)] == [("texts", "Panen wurung Panen")]
    assert told_changes(replace(out, texts={**out.texts, "su": Translation(headline="x", body="y")})) == ()


def test_two_laptops_that_translated_from_two_originals_are_asked_to_look():
    base = made(set_translated("jv", "headline", "Panen gedhe"))
    left = settle_translation("jv").apply(replace(base, headline="Panen kecil"))
    right = settle_translation("jv").apply(replace(base, headline="Panen batal"))
    merged = merge_stories(base, left, right, {("headline",): "left"})
    assert not merged.conflicts
    assert [text.address for text in stale_texts(merged.story, "jv")] == ["headline"]


def test_search_finds_words_of_every_language():
    assert "gedhe" in searchable_texts(WHOLE)[0]
    assert "diwiwiti" in searchable_texts(WHOLE)[1]


def test_what_readers_have_is_a_story_again_with_its_answers_and_the_words_of_each_language():
    out = replace(WHOLE, service_answers={"terms": "KTP", "cost": "gratis"}, outlet_languages={"x": ("jv",)})
    out = add_publication("x", "2026-11-22").apply(out)
    changed = set_translated("jv", "headline", "Liyane").apply(replace(out, service_answers={"cost": "Rp5.000"}))
    assert story_as_told(replace(out, body="Lain.")).service_answers == out.service_answers
    told = story_as_told(changed)
    assert told.service_answers == {"": "gratis\nKTP"}
    said = [text for field, text, _ in reader_texts(told) if field.startswith("texts/jv/")]
    assert any("Panen gedhe" in text for text in said)
    assert not any("Liyane" in text for text in said)

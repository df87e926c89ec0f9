"""Variants: what the story changed since, taking it over, and facts that a variant still holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studio.story.adjusted_posts import (
    ChangedPassage,
    changed_passages,
    drop_override,
    fact_place,
    merge_changes,
    set_design,
    set_override,
    settle_override,
    stale_facts,
)
from studio.story.model import Story, TextOverride

BEFORE = (
    "SUKAMAJU – Sebanyak 64 warga memperbaiki saluran, Minggu (22/11/2026).\n\nKata Asep Hidayat, air mengalir lagi."
)
AFTER = "SUKAMAJU – Sebanyak 71 warga memperbaiki saluran, Sabtu (21/11/2026).\n\nKata Asep Hidayat, air mengalir lagi."
WHEN = "2026-11-24T09:00:00+07:00"
WORDS = st.lists(st.sampled_from(["air", "desa", "64", "warga", ".", "Asep", "22/11/2026"]), max_size=14).map(" ".join)


def test_what_changed_is_told_in_words():
    assert changed_passages(BEFORE, AFTER) == (
        ChangedPassage("64", "71"),
        ChangedPassage("Minggu (22/11/2026", "Sabtu (21/11/2026"),
    )
    assert changed_passages(BEFORE, BEFORE) == ()


def test_changes_are_taken_over_around_the_words_of_the_user():
    mine = "Halo warga!\n\n" + BEFORE.replace("air mengalir lagi", "alhamdulillah lancar") + "\n\n#guyub"
    made = merge_changes(BEFORE, mine, AFTER)
    assert made.left == ()
    assert made.text == "Halo warga!\n\n" + AFTER.replace("air mengalir lagi", "alhamdulillah lancar") + "\n\n#guyub"


def test_words_changed_on_both_sides_stay_with_the_user_and_are_told():
    mine = BEFORE.replace("64", "enam puluhan")
    made = merge_changes(BEFORE, mine, AFTER)
    assert "enam puluhan" in made.text
    assert "Sabtu (21/11/2026)" in made.text
    assert made.left == (ChangedPassage("64", "71"),)


@given(WORDS, WORDS)
def test_a_variant_nobody_touched_becomes_the_new_text(before, after):
    assert merge_changes(before, before, after).text.split() == after.split()


@given(WORDS, WORDS)
def test_a_story_that_did_not_change_changes_no_variant(before, mine):
    assert merge_changes(before, mine, before).text == mine.strip()


def test_old_facts_are_found_as_they_are_written():
    assert stale_facts(BEFORE, AFTER, BEFORE) == ("64", "Minggu", "22/11/2026")
    assert stale_facts(BEFORE, AFTER, AFTER) == ()
    changed = BEFORE.replace("Asep Hidayat", "Asep Hidayah")
    assert stale_facts(BEFORE, changed, "Menurut Asep Hidayat, lancar.") == ("Asep Hidayat",)


def test_a_number_inside_another_is_not_that_number():
    assert fact_place("1.064 warga", "64") is None
    assert fact_place("pada 64/2026", "64") is None
    assert fact_place("Ada 64.", "64") == (4, 6)


def test_a_fact_the_story_still_tells_elsewhere_is_not_old():
    assert stale_facts("Hadir 64 warga.", "Banyak yang hadir. Tercatat 64 orang.", "Hadir 64 warga.") == ()


def test_typing_keeps_what_the_variant_was_made_from():
    story = set_override("x/{n:02}.txt", "Satu", "b1", "Dibuat", WHEN).apply(Story(id="s"))
    story = set_override("x/{n:02}.txt", "Satu dua", "b2", "Lain", WHEN).apply(story)
    assert story.overrides == {"x/{n:02}.txt": TextOverride(text="Satu dua", base="b1", made="Dibuat", when=WHEN)}
    assert set_override("x/{n:02}.txt", "Satu dua", "b2", "Lain", WHEN).apply(story) is story
    settled = settle_override("x/{n:02}.txt", "Satu dua", "b2", "Lain", WHEN).apply(story)
    assert settled.overrides["x/{n:02}.txt"].base == "b2"
    assert drop_override("x/{n:02}.txt").apply(settled).overrides == {}
    assert drop_override("y").apply(settled) is settled


def test_designs_of_a_story_come_and_go():
    story = set_design("*", "teks").apply(Story(id="s"))
    assert story.designs == {"*": "teks"}
    assert set_design("*", "teks").apply(story) is story
    assert set_design("*", "").apply(story).designs == {}
    one = set_design("instagram/kartu.jpg", "foto").apply(story)
    assert one.designs == {"*": "teks", "instagram/kartu.jpg": "foto"}
    assert set_design("instagram", "judul").apply(one).designs == {"*": "teks", "instagram": "judul"}
    assert set_design("*", "judul").apply(one).designs == {"*": "judul"}

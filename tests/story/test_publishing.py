"""Where a story appeared, and corrections: nothing that readers saw changes silently."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from studio.base.errors import UserError
from studio.story.model import Photo, Story
from studio.story.publishing import (
    add_publication,
    correct_story,
    correction_due,
    find_publication,
    outlets_of,
    told_changes,
    withdraw_tick,
)

DAY = "2026-11-24T09:00:00+07:00"
STORY = Story(
    id="a", status="ready", headline="Panen naik 12 persen", body="Hasil panen naik 12 persen di Dusun Krajan."
)


def test_the_first_tick_publishes_and_keeps_what_was_told():
    story = add_publication("whatsapp", DAY, " https://wa.me/x ", "Siti").apply(STORY)
    assert story.status == "published"
    assert (story.publications[0].link, story.publications[0].by) == ("https://wa.me/x", "Siti")
    assert story.told.headline == STORY.headline
    assert [step.status for step in story.log] == ["published"]
    assert add_publication("whatsapp", DAY, "https://wa.me/x", "Siti").apply(story) is story


def test_a_better_link_replaces_the_line_and_a_second_outlet_adds_one():
    story = add_publication("x", DAY, "https://x.com/1").apply(add_publication("x", DAY).apply(STORY))
    assert [line.link for line in story.publications] == ["https://x.com/1"]
    assert outlets_of(add_publication("telegram", DAY).apply(story)) == ("x", "telegram")


def test_a_draft_that_was_posted_anyway_stays_a_draft():
    assert add_publication("x", DAY).apply(replace(STORY, status="draft")).status == "draft"


def test_a_tick_can_be_taken_back():
    story = withdraw_tick("x").apply(add_publication("x", DAY).apply(STORY))
    assert (story.publications, story.told) == ((), None)
    assert withdraw_tick("x").apply(story) is story
    assert len(story.log) == 1


def test_a_change_after_publication_is_found_with_the_words_around_it():
    story = add_publication("x", DAY).apply(STORY)
    assert not correction_due(story)
    after = replace(story, body="Hasil panen naik 21 persen di Dusun Krajan.")
    (change,) = told_changes(after)
    assert (change.field, change.before, change.after) == ("body", "naik 12 persen", "naik 21 persen")
    assert not correction_due(replace(story, body=story.body + "  \n"))
    assert not correction_due(replace(STORY, body="lain"))


def test_captions_count_too():
    story = add_publication("x", DAY).apply(replace(STORY, photos=(Photo(id="f", file="a.jpg", caption="Pak Asep"),)))
    after = replace(story, photos=(replace(story.photos[0], caption="Pak Asip"),))
    assert [change.field for change in told_changes(after)] == ["captions"]


def test_a_correction_needs_what_why_and_when():
    story = add_publication("x", DAY).apply(STORY)
    for what, reason, when, code in (
        ("", "salah catat", DAY, "publish.what_needed"),
        ("Angka keliru", " ", DAY, "publish.reason_needed"),
        ("Angka keliru", "salah catat", "kemarin", "publish.date_needed"),
    ):
        with pytest.raises(UserError) as raised:
            correct_story(story, what, reason, when)
        assert raised.value.code == code
    with pytest.raises(UserError, match=r"publish\.not_published"):
        correct_story(STORY, "a", "b", DAY)


def test_a_correction_is_public_dated_and_adds_to_the_history():
    published = add_publication("x", DAY).apply(STORY)
    mended = replace(published, headline="Panen naik 21 persen")
    later = "2026-11-25T10:00:00+07:00"
    story = correct_story(mended, "Angka keliru", "salah catat", later, before="12", after="21", apology=True).apply(
        mended
    )
    assert story.status == "corrected"
    assert story.publications == published.publications
    assert story.log[: len(published.log)] == published.log
    assert (story.log[-1].status, story.log[-1].reason) == ("corrected", "salah catat")
    assert story.corrections[0].when == later
    assert not correction_due(story)
    second = correct_story(story, "Nama keliru", "salah dengar", later).apply(story)
    assert len(second.corrections) == 2


@given(st.text(alphabet="ab 1", max_size=30), st.text(alphabet="ab 1", max_size=30))
def test_a_change_is_told_exactly_when_words_differ(before, after):
    story = add_publication("x", DAY).apply(replace(STORY, body=before))
    found = told_changes(replace(story, body=after))
    assert bool(found) == (before.split() != after.split())
    for change in found:
        assert change.before != change.after


def test_the_tick_is_found_by_outlet():
    story = add_publication("x", DAY).apply(STORY)
    assert find_publication(story, "x").when == DAY
    assert find_publication(story, "y") is None

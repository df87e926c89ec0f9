"""Saved filters over real stories, the user's own searches, and the ways on from an empty list."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from studio.base.settings import UserSettings
from studio.services.saved_searches import (
    MOST_KEPT,
    MOST_STEPS,
    SAVED_FILTERS,
    StorySearch,
    drop_search,
    ending_soon,
    keep_search,
    next_steps,
    read_search,
    search_text,
)
from studio.store.index import SearchIndex
from studio.store.workspace import create_workspace
from studio.story import comments, publishing
from studio.story.claims import LedgerStamp
from studio.story.list_states import states_of
from studio.story.model import Correction, Group, Publication, Story
from studio.story.newsroom_records import Comment
from studio.ui.core.background_jobs import InlineJobs
from studio.ui.library.index_source import IndexSource

OUT = publishing.add_publication("facebook", "2026-11-20T08:00:00+07:00")
TOLD = OUT.apply(Story(id="told", headline="Panen raya", status="ready", body="Delapan ton.\n"))
LATER = Publication(outlet="x", when="2026-11-23")
FIXED = publishing.correct_story(TOLD, "Beratnya", "Salah dengar", "2026-11-22T08:00:00+07:00").apply(TOLD)


@pytest.mark.parametrize(
    ("story", "states"),
    [
        (Story(id="a"), ()),
        (Story(id="a", comments=(Comment(id="c", place="body"),)), ("comments",)),
        (Story(id="a", comments=(Comment(id="c", place="body", resolved="2026-11-30"),)), ()),
        (TOLD, ()),
        (replace(TOLD, body="Dua belas ton.\n"), ("correction",)),
        (replace(TOLD, body="Dua belas ton.\n", status="withdrawn"), ()),
        (FIXED, ("correction",)),
        (publishing.add_publication("facebook", "2026-11-22T09:00:00+07:00").apply(FIXED), ()),
        (replace(FIXED, corrections=(Correction(when="2026-11-20", what="Beratnya"),)), ()),
        (
            replace(FIXED, publications=(*FIXED.publications, Publication(outlet="x", when="2026-11-23"))),
            ("correction",),
        ),
    ],
)
def test_what_waits_in_a_story(story, states):
    assert states_of(story) == states


def test_the_saved_filters_find_what_waits_and_forget_it_when_it_is_done(qapp, tmp_path):
    stamp = LedgerStamp("2026-11-30T09:00:00+07:00", "Budi")
    stories = (
        Story(id="1", headline="Diskusi", comments=(Comment(id="c", place="headline", text="Siapa?"),)),
        replace(TOLD, body="Dua belas ton.\n"),
        Story(id="3", headline="Posyandu", kind="notice", date="2026-12-03", valid_until="2026-12-03"),
        Story(id="4", headline="Lewat", kind="notice", date="2026-11-20", valid_until="2026-11-21"),
        Story(id="5", headline="Nanti", kind="event", date="2027-01-10"),
        Story(id="6", headline="Berita", date="2026-12-03"),
    )
    with create_workspace(tmp_path / "KIM", Group(name="KIM Bina Warga")) as workspace:
        folders = {story.id: workspace.add(story) for story in stories}
        index = SearchIndex(workspace)
        index.refresh()
        source = IndexSource(index, InlineJobs(), "", today=lambda: "2026-11-30")

        def found(saved, text=""):
            return [row.headline for row in source.find(text, (), "headline", 9, 0, saved)]

        assert {saved: found(saved) for saved in SAVED_FILTERS} == {
            "comments": ["Diskusi"],
            "expiring": ["Posyandu"],
            "correction": ["Panen raya"],
        }
        assert [source.count("", (), saved) for saved in ("", *SAVED_FILTERS)] == [6, 1, 1, 1]
        assert found("comments", "panen") == []
        assert found("comments", "siapa") == ["Diskusi"]
        settled = comments.resolve_comment("c", stamp).apply(workspace.load(folders["1"]))
        workspace.save(folders["1"], settled)
        index.refresh()
        assert found("comments") == []


def test_soon_is_a_week_over_the_turn_of_the_year():
    assert ending_soon("2026-12-28") == ("2026-12-28", "2027-01-04")
    assert date.fromisoformat(ending_soon("2028-02-27")[1]) == date(2028, 3, 5)


@given(st.text(max_size=20), st.sampled_from(["all", "draft"]), st.sampled_from(["", *SAVED_FILTERS]))
def test_a_search_comes_back_as_it_was_kept(text, chip, saved):
    search = StorySearch(text, chip, saved)
    settings = UserSettings()
    settings.set("searches", keep_search({}, "Rapat", search))
    assert read_search(settings.notes("searches")["Rapat"]) == search


def test_own_searches_are_few_renewed_and_dropped_and_strange_ones_are_left_out():
    kept: dict[str, str] = {}
    for number in range(MOST_KEPT + 3):
        kept = keep_search(kept, f"no {number}", StorySearch(str(number)))
    assert len(kept) == MOST_KEPT
    assert "no 0" not in kept
    kept = keep_search(kept, "no 9", StorySearch("baru"))
    assert len(kept) == MOST_KEPT
    assert read_search(kept["no 9"]) == StorySearch("baru")
    assert "no 9" not in drop_search(kept, "no 9")
    later = search_text(StorySearch()).replace('"saved": ""', '"saved": "dari nanti"')
    assert [read_search(text) for text in ("", "[]", "{}", "null", later)] == [None] * 5


@pytest.mark.parametrize(
    ("search", "total", "steps"),
    [
        (StorySearch(), 0, ("new", "sample", "bin")),
        (StorySearch("xyz"), 8, ("clear", "new", "bin")),
        (StorySearch(saved="comments"), 8, ("show_all", "new", "bin")),
        (StorySearch("xyz", "draft"), 8, ("clear", "show_all", "new")),
    ],
)
def test_an_empty_list_names_at_most_three_ways_on(search, total, steps):
    assert next_steps(search, total) == steps
    assert len(steps) <= MOST_STEPS

"""Find and replace over a whole story."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.story.body import BodyBlock, TextSpan, parse_markdown, plain_text, to_markdown
from studio.story.model import Photo, Story
from studio.story.text_search import SearchMatch, SearchQuery, find_matches, replace_all

STORY = Story(
    id="x",
    headline="Warga desa",
    summary="Untuk warga",
    body="Para **warga** bekerja.\n\n- kewargaan\n",
    photos=(Photo(id="p", file="a.jpg", caption="Warga", alt="dua warga"),),
)


def texts(story):
    return [block.text for block in parse_markdown(story.body)]


@pytest.mark.parametrize(
    ("query", "places"),
    [
        (SearchQuery("warga"), ["headline", "summary", "body", "body", "media", "media"]),
        (SearchQuery("warga", case=True), ["summary", "body", "body", "media"]),
        (SearchQuery("warga", whole_word=True), ["headline", "summary", "body", "media", "media"]),
        (SearchQuery("para  warga"), ["body"]),
        (SearchQuery("tidak ada"), []),
        (SearchQuery("  "), []),
        (SearchQuery("."), ["body"]),
    ],
)
def test_finding(query, places):
    assert [match.place for match in find_matches(STORY, texts(STORY), query)] == places


def test_a_match_says_where_it_is():
    assert find_matches(STORY, texts(STORY), SearchQuery("kewarga"))[0] == SearchMatch("body", 0, 7, 1)


def test_replacing_everywhere_keeps_the_look():
    after = replace_all(STORY, SearchQuery("warga", whole_word=True), "penduduk")
    assert after.headline == "penduduk desa"
    assert after.body == "Para **penduduk** bekerja.\n\n- kewargaan\n"
    assert (after.photos[0].caption, after.photos[0].alt) == ("penduduk", "dua penduduk")


def test_a_match_over_two_looks_takes_the_first():
    story = Story(id="x", body="ko**pi** panas\n")
    assert replace_all(story, SearchQuery("kopi"), "teh").body == "teh panas\n"


def test_nothing_found_is_the_same_story():
    assert replace_all(STORY, SearchQuery("gunung"), "bukit") is STORY
    assert replace_all(STORY, SearchQuery(""), "bukit") is STORY


def test_signs_are_taken_as_they_are():
    story = Story(id="x", body="harga (naik) \\*\n")
    assert replace_all(story, SearchQuery("(naik) *"), r"\1 [turun]").body == "harga \\\\1 \\[turun\\]\n"


words = st.lists(st.sampled_from(["warga", "Warga", "desa", "a", "*", "“", "😀"]), max_size=8).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(parts=st.lists(st.tuples(words, st.booleans()), max_size=4), by=words)
def test_replacing_is_what_replacing_in_the_plain_text_would_be(parts, by):
    body = to_markdown([BodyBlock("paragraph", tuple(TextSpan(text, bold=on) for text, on in parts))])
    after = replace_all(Story(id="x", body=body), SearchQuery("warga"), by)
    pattern = SearchQuery("warga").pattern()
    assert plain_text(after.body) == pattern.sub(lambda _found: by, plain_text(body)).strip()

"""Hidden signs of direction leave every text, wherever it comes from and wherever it goes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from studio.posts.template_context import build_context
from studio.store.codec import story_from_json, story_to_json
from studio.store.draft import read_draft
from studio.story.body import plain_text
from studio.story.model import Cue, Group, Photo, Story, Video
from studio.story.text import cleaned

SIGNS = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
HIDDEN = f"War{SIGNS[4]}ga{SIGNS[8]}"


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: f"U+{ord(sign):04X}")
def test_each_sign_leaves_a_line_a_body_and_a_file(sign):
    assert cleaned(f"War{sign}ga") == "Warga"
    assert plain_text(f"War{sign}ga **ra{sign}mai**, &#x{ord(sign):x};ya") == "Warga ramai, ya"
    data = story_to_json(Story(id="s", headline=f"War{sign}ga"))
    assert story_from_json(data).headline == "Warga"
    escaped = json.dumps({"format": [1, 0], "id": "s", "headline": f"War{sign}ga"}).encode()
    assert story_from_json(escaped).headline == "Warga"


def test_posts_are_made_without_them_even_from_a_story_that_holds_them():
    photo = Photo(id="f", file="a.jpg", caption=HIDDEN)
    video = Video(id="v", file="a.mp4", title=HIDDEN, subtitles=(Cue(start=0, end=1, text=HIDDEN),))
    story = Story(id="s", headline=HIDDEN, tags=(HIDDEN,), photos=(photo,), videos=(video,))
    shown = build_context(story, Group()).story
    told = (shown.headline, shown.tags[0], shown.photos[0].caption, shown.videos[0].title)
    assert {*told, shown.videos[0].subtitles[0].text} == {"Warga"}
    assert build_context(replace(story, headline="Warga"), Group()).story.headline == "Warga"


def test_a_draft_comes_in_without_them(tmp_path: Path):
    draft = tmp_path / "a.md"
    draft.write_text(f"---\nheadline: {HIDDEN} datang\nbyline: [Siti]\n---\n{HIDDEN} kerja bakti.\n", encoding="utf-8")
    story = read_draft(draft).story
    assert (story.headline, story.body) == ("Warga datang", "Warga kerja bakti.")

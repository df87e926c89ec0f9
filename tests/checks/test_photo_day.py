"""A photo of another day than the event is asked about."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from studio.checks.completeness import check_media
from studio.story.model import Claim, Group, Photo, Story

STORY = Story(id="a", date="2026-11-22", headline="Banjir di Sukamaju")
PHOTO = Photo(id="p", file="a.jpg", caption="Warga mengungsi.", credit="Ani", alt="x", taken="2024-01-05T08:00:00")


def asked(story: Story = STORY, **changes: object) -> list[tuple[str, object]]:
    found = check_media(replace(story, photos=(replace(PHOTO, **changes),)), Group(members=("Ani",)))
    return [(f.code, f.facts["days"]) for f in found if f.code.startswith(("media_photo_earlier", "media_photo_later"))]


def test_an_old_photo_is_asked_about_in_its_caption():
    assert asked() == [("media_photo_earlier", 1052)]
    (finding,) = [f for f in check_media(replace(STORY, photos=(PHOTO,)), Group()) if "earlier" in f.code]
    assert finding.place.field == "photos/p/caption"
    assert finding.facts["taken"] == "5 Januari 2024"


@pytest.mark.parametrize("taken", ["2026-11-22T23:59:00+07:00", "2026-11-21", "2026-11-23T01:00:00", "", "kemarin"])
def test_the_same_event_is_no_question(taken):
    assert asked(taken=taken) == []


def test_a_later_photo_is_asked_about_too():
    assert asked(taken="2026-11-25") == [("media_photo_later", 3)]


@pytest.mark.parametrize("caption", ["Foto arsip banjir.", "Banjir pada 2024.", "Jalan sebelum banjir.", "Dok. KIM."])
def test_a_photo_that_says_so_is_let_pass(caption):
    assert asked(caption=caption) == []
    assert asked(edited_label="Foto lama") == []


@pytest.mark.parametrize("kind", ["notice", "event", "profile"])
def test_what_is_to_come_may_show_what_was(kind):
    assert asked(replace(STORY, kind=kind)) == []


def test_a_photo_under_a_verdict_is_shown_as_what_it_is():
    assert asked(replace(STORY, kind="factcheck", claims=(Claim(id="c", text="x", picture="p"),))) == []
    assert asked(replace(STORY, date="")) == []

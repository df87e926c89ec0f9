"""What a story still lacks."""

from __future__ import annotations

from studio.story.completeness import items
from studio.story.model import Answers, Photo, Source, Story, Video


def missing(story: Story) -> dict[str, int]:
    return {item.code: item.count for item in items(story) if not item.done}


def complete() -> Story:
    photo = Photo(id="p", file="a.jpg", caption="Warga", credit="Budi", alt="Orang di sawah", people_checked=True)
    video = Video(id="v", file="a.mp4", caption="Panen", credit="Budi", people_checked=True)
    return Story(
        id="a",
        headline="Warga Sukamaju gotong royong perbaiki irigasi",
        body="kata " * 80,
        place="Sukamaju",
        date="2026-11-22",
        byline=("Siti",),
        answers=Answers(what="a", who="b", where="c", when="d", why="e", how="f"),
        sources=(Source(name="Asep"),),
        photos=(photo,),
        videos=(video,),
    )


def test_a_complete_story_lacks_nothing():
    assert missing(complete()) == {}


def test_an_empty_story_lacks_everything_it_can_lack():
    assert set(missing(Story(id="a"))) == {
        "headline", "body", "place", "date", "byline", "answers", "sources", "photo",
    }  # fmt: skip


def test_gaps_are_counted():
    bare = Photo(id="q", file="b.jpg")
    story = complete()
    story = Story(**{**{f: getattr(story, f) for f in story.__struct_fields__}, "photos": (*story.photos, bare, bare)})
    assert missing(story) == {"photo_caption": 2, "photo_credit": 2, "photo_alt": 2, "photo_people": 2}


def test_a_notice_is_asked_for_its_end_and_not_for_sources():
    story = Story(id="a", kind="notice")
    assert "valid_until" in missing(story)
    assert not {"answers", "sources"} & {item.code for item in items(story)}


def test_spaces_are_not_an_answer():
    assert "place" in missing(Story(id="a", place="  "))

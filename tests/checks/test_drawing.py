"""Letters that no font has are named with their field."""

from __future__ import annotations

import pytest

from studio.base.font_table import is_drawable
from studio.checks.all_checks import check_story
from studio.checks.undrawable_letters import check_drawing
from studio.story.model import Cue, Group, Photo, Story, Video

GROUP = Group(name="KIM Bina Warga", village="Sukamaju")


def found(story: Story, group: Group = GROUP) -> dict[str, str]:
    return {
        f.place.field if f.place else "": str(f.facts["characters"]) for f in check_drawing(story, group, is_drawable)
    }


def test_every_drawn_field_is_named():
    story = Story(
        id="a",
        headline="Perayaan 春节",
        body="Satu dua.\n\nTiga அ empat.",
        photos=(Photo(id="p", file="a.jpg", caption="한", alt="한"),),
        videos=(Video(id="v", file="a.mp4", title="ก", subtitles=(Cue(start=0, end=1, text="ข"),)),),
    )
    assert found(story) == {
        "headline": "春 (U+6625), 节 (U+8282)",
        "body": "அ (U+0B85)",
        "photos/p/caption": "한 (U+D55C)",
        "videos/v/title": "ก (U+0E01)",
        "videos/v/subtitles/0": "ข (U+0E02)",
    }


def test_the_finding_marks_the_letter():
    finding = next(check_drawing(Story(id="a", body="Satu dua.\n\nTiga அ empat."), GROUP, is_drawable))
    assert finding.place is not None
    assert (finding.place.start, finding.place.end) == (16, 17)


@pytest.mark.parametrize("text", ["ᮝᮁᮌ ᬯᬃᬕ ᯘᯮᯒᯖ᯲ ᨓᨑᨁ", "𝗪𝗮𝗿𝗴𝗮 Anak\u2011anak", "🌾 ✓ ①", "Désa ꦗꦮ سلام"])
def test_what_is_drawn_is_no_finding(text):
    assert found(Story(id="a", headline=text, body=text, summary=text)) == {}


def test_the_profile_is_looked_at_too():
    assert found(Story(id="a"), Group(name="KIM 春")) == {"": "春 (U+6625)"}


def test_a_check_without_fonts_says_nothing_of_them():
    codes = {f.code for f in check_story(Story(id="a", headline="春"), GROUP)}
    assert "form_not_drawn" not in codes

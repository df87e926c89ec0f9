"""Where a person is named and seen, for whoever takes a consent back: every place, and no other."""

from __future__ import annotations

import pytest

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.services.person_usage import used_by
from studio.store.workspace import create_workspace
from studio.story.model import Group, Person, Photo, Publication, Story

TEXTS = MessageTexts(assets_dir() / "messages", "id")
PERSON = Person(id="p", name="Ani  Rahma", aliases=("Bu Ani", " "))


@pytest.fixture
def workspace(tmp_path):
    with create_workspace(tmp_path / "KIM", Group(name="KIM Bina Warga")) as made:
        yield made


def named(workspace, person, **fields):
    return used_by(workspace, "", Story(id="s", **fields), person, TEXTS)


def count_words(count):
    return TEXTS.text("consent.used_named", count=count)


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("Ani Rahma memanen padi.", 1),
        ("ANI RAHMA memanen padi.", 1),
        ("Kata Ani\nRahma, panen baik.", 1),
        ("“Bu Ani” memanen, kata bu ani.", 1),
        ("Petani memanen padi bersama Budi Aniarta.", 0),
        ("Kebun Rahmat dan Bu Anisa.", 0),
        ("", 0),
    ],
)
def test_a_name_is_found_as_words_of_its_own(workspace, body, count):
    assert named(workspace, PERSON, body=body) == ((count_words(count),) if count else ())


def test_a_short_name_is_not_in_longer_words(workspace):
    assert named(workspace, Person(id="p", name="Ani"), headline="Petani panen", body="Kata Ani-nya begitu.") == (
        count_words(1),
    )
    assert named(workspace, Person(id="p", name=" "), headline="Petani panen", body="Panen raya.") == ()


def test_every_use_is_a_line(workspace):
    photos = (Photo(id="f1", file="a.jpg", people=("p",)), Photo(id="f2", file="b.jpg"))
    posts = (Publication(outlet="facebook", when="2026-11-20T08:00:00+07:00", link="https://kim.example/a"),)
    found = named(
        workspace, PERSON, headline="Ani Rahma panen", body="Bu Ani senang.", photos=photos, publications=posts
    )
    posted = TEXTS.text("consent.used_published", outlet="facebook", when="20/11/2026")
    assert found == (TEXTS.text("consent.used_photo", number=1), count_words(2), f"{posted} https://kim.example/a")

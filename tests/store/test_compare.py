from __future__ import annotations

import msgspec

from studio.store.compare import VersionChange, version_changes
from studio.story.model import Photo, Slideshow, Source, Story
from studio.story.newsroom_records import Translation

BEFORE = Story(
    id="s1",
    headline="Lama",
    body="Satu.\n\nDua.\n\nTiga.",
    tags=("a",),
    photos=(Photo(id="p1", file="a.jpg", caption="Parit"), Photo(id="p2", file="b.jpg")),
)


def changed(**fields):
    return version_changes(BEFORE, msgspec.structs.replace(BEFORE, **fields))


def test_nothing_changed():
    assert changed() == ()
    assert changed(modified="2026-11-22") == ()


def test_a_field_and_a_list():
    assert changed(headline="Baru", tags=("a", "b")) == (
        VersionChange(("headline",), "Lama", "Baru"),
        VersionChange(("tags",), "a", "a, b"),
    )


def test_a_translation_is_told_by_its_words_alone():
    old = Translation(headline="Lawas", body="Siji.\n\nLoro.", sources={"headline": "Lama"})
    new = Translation(headline="Anyar", body="Siji.\n\nTelu.", sources={"headline": "Baru"}, made_from="x", when="y")
    before = msgspec.structs.replace(BEFORE, texts={"jv": old})
    assert version_changes(before, msgspec.structs.replace(BEFORE, texts={"jv": new})) == (
        VersionChange(("texts", "jv", "headline"), "Lawas", "Anyar"),
        VersionChange(("texts", "jv", "body"), "Loro.", "Telu."),
    )
    assert [change.path for change in changed(texts={"jv": old})] == [
        ("texts", "jv", "headline"),
        ("texts", "jv", "body"),
    ]


def test_paragraphs_are_told_apart():
    assert changed(body="Satu.\n\nDua lagi.\n\nTiga.") == (VersionChange(("body",), "Dua.", "Dua lagi."),)
    assert changed(body="Satu.\n\nTiga.\n\nEmpat.") == (
        VersionChange(("body",), "Dua.", ""),
        VersionChange(("body",), "", "Empat."),
    )


def test_photos_go_by_their_id():
    moved = (BEFORE.photos[1], msgspec.structs.replace(BEFORE.photos[0], caption="Sawah", focus=(0.5, 0.2)))
    assert changed(photos=moved) == (
        VersionChange(("photos", "p1", "caption"), "Parit", "Sawah"),
        VersionChange(("photos", "p1", "focus"), "", "0.5, 0.2"),
    )
    (gone,) = (change for change in changed(photos=BEFORE.photos[:1]) if change.path == ("photos", "p2", "file"))
    assert gone == VersionChange(("photos", "p2", "file"), "b.jpg", "")


def test_others_go_by_their_place_and_unknown_fields_count():
    found = changed(
        sources=(Source(name="Asep"),), slideshow=Slideshow(photos=("p1",)), extra={"suara": {"a": [1, {"b": 2}]}}
    )
    assert VersionChange(("sources", "1", "name"), "", "Asep") in found
    assert VersionChange(("slideshow", "photos"), "", "p1") in found
    assert VersionChange(("suara", "a"), "", "1, b: 2") in found

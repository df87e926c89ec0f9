from __future__ import annotations

import json

import pytest

from studio.base.errors import UserError
from studio.store.codec import decode_group, decode_story
from studio.store.migrations import MigrationStep, is_newer_major, migrate_document, version_of

STEPS = (
    MigrationStep((0, 8), (0, 9), lambda old: {**old, "headline": old["title"]}),
    MigrationStep((0, 9), (1, 0), lambda old: {**old, "body": old.get("text", "")}),
)


def test_steps_are_applied_one_after_the_other_and_change_nothing_in_place():
    old = {"format": [0, 8], "id": "s1", "title": "Judul", "text": "Isi"}
    copy = json.loads(json.dumps(old))
    decoded = decode_story(json.dumps(old).encode(), steps=STEPS)
    assert (decoded.story.headline, decoded.story.body) == ("Judul", "Isi")
    assert decoded.version == (0, 8)
    assert not decoded.newer
    migrate_document(old, (0, 8), STEPS)
    assert old == copy


def test_steps_start_where_the_document_is():
    assert migrate_document({"text": "x"}, (0, 9), STEPS) == {"text": "x", "body": "x"}
    assert migrate_document({"a": 1}, (1, 0), STEPS) == {"a": 1}


def test_a_newer_minor_is_ordinary_and_a_newer_major_is_shown_as_far_as_it_goes():
    minor = decode_story(b'{"format": [1, 9], "id": "s1", "baru": 1}')
    assert (minor.newer, minor.story.extra) == (False, {"baru": 1})
    major = decode_story(b'{"format": [2, 0], "id": "s1", "headline": "Judul"}')
    assert (major.newer, major.story.headline) == (True, "Judul")
    assert decode_group(b'{"format": [2, 0], "name": "KIM"}').newer


def test_a_newer_major_that_cannot_be_understood_says_so():
    with pytest.raises(UserError) as caught:
        decode_story(b'{"format": [3, 1], "id": "s1", "headline": {"id": "Judul"}}', "b/story.json")
    assert caught.value.code == "store.newer_unreadable"
    assert caught.value.facts == {"file": "b/story.json", "version": "3.1"}


@pytest.mark.parametrize(
    ("document", "version"),
    [
        ({}, (1, 0)),
        ({"format": [1, 4]}, (1, 4)),
        ({"format": "1"}, None),
        ({"format": [1, -1]}, None),
        ({"format": 1}, None),
    ],
)
def test_version_of(document, version):
    assert version_of(document) == version


def test_is_newer_major():
    assert is_newer_major((2, 0))
    assert not is_newer_major((1, 99))


def test_clips_with_covers_of_an_older_version_are_asked_about_again():
    old = (
        b'{"format": [1, 0], "id": "s1", "videos": ['
        b'{"id": "v1", "file": "a.mp4", "people_checked": true, "covers": [{"box": [0.1, 0.1, 0.2, 0.2]}]},'
        b'{"id": "v2", "file": "b.mp4", "people_checked": true}]}'
    )
    covered, plain = decode_story(old).story.videos
    assert (covered.people_checked, covered.old_covers) == (False, True)
    assert (plain.people_checked, plain.old_covers) == (True, False)
    today = old.replace(b"[1, 0]", b"[1, 1]")
    assert decode_story(today).story.videos[0].people_checked

from __future__ import annotations

import json
import math
from typing import Literal, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.base.errors import UserError
from studio.store.codec import decode_story, document_head, group_to_json, record_from, story_from_json, story_to_json
from studio.story.model import Cover, Cue, Group, Photo, Story, Video

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)


SIMPLE = {str: TEXT, float: NUMBER, int: st.integers(0, 10**6), bool: st.booleans()}


def values(annotation):
    """Any value of a field of the document."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if annotation in SIMPLE:
        return SIMPLE[annotation]
    if origin is Literal:
        return st.sampled_from(parts)
    if origin is dict:
        return st.dictionaries(TEXT, values(parts[1]), max_size=2)
    if origin is tuple:
        return st.lists(values(parts[0]), max_size=2).map(tuple) if parts[-1] is ... else st.tuples(*map(values, parts))
    if origin is None:
        return named(annotation) if issubclass(annotation, tuple) else records(annotation)
    return st.none() | values(next(part for part in parts if part is not type(None)))


def named(kind):
    """A point or a box."""
    return st.builds(kind, *map(values, get_type_hints(kind).values()))


@st.composite
def records(draw, kind):
    """Any record, often with fields that no version knows."""
    fields = msgspec.structs.fields(kind)
    names = {field.name for field in fields} - {"extra"}
    given_ = {}
    for field in fields:
        if field.name != "extra" and (field.required or draw(st.integers(0, 2)) == 0):
            given_[field.name] = draw(values(field.type))
    taken = names | ({"format"} if kind in (Story, Group) else set())
    unknown = st.dictionaries(TEXT.filter(lambda name: name not in taken), ANY_JSON, max_size=2)
    return kind(**given_, extra=draw(st.just({}) | unknown))


@settings(max_examples=60, deadline=None)
@given(records(Story))
def test_a_story_survives_the_file_with_all_unknown_fields(story):
    data = story_to_json(story)
    assert story_from_json(data) == story
    assert story_to_json(story_from_json(data)) == data


@settings(max_examples=40, deadline=None)
@given(records(Group))
def test_a_group_survives_too(group):
    document = json.loads(group_to_json(group))
    assert record_from(Group, document, "workspace.json") == group


BY_NAME = {
    "masa_depan",
    "crops",
    "fits",
    "steps",
    "designs",
    "service_answers",
    "captions",
    "alts",
    "titles",
    "title_details",
    "title_cards",
    "subtitles",
    "sources",
    "outlet_languages",
}


def test_unknown_fields_at_every_level():
    document = json.loads(story_to_json(full_story()))

    def mark(value):
        if isinstance(value, dict):
            value["masa_depan"] = {"versi": [1, None]}
            for name, item in value.items():
                if name not in BY_NAME or isinstance(item, list):
                    mark(item)
        elif isinstance(value, list):
            for item in value:
                mark(item)

    mark(document)
    for by_name in ("overrides", "declarations", "texts"):
        document[by_name].pop("masa_depan", None)
    written = json.loads(story_to_json(story_from_json(json.dumps(document).encode())))
    assert written == document
    assert json.dumps(written).count("masa_depan") > 12


def full_story():
    """A story in which every kind of record occurs."""
    raw = {
        "id": "s",
        "photos": [
            {"id": "p1", "file": "a.jpg", "covers": [{}], "adjust": {"auto": True}, "crops": {"1:1": [0, 0, 1, 1]}}
        ],
        "videos": [
            {
                "id": "v1",
                "file": "a.mp4",
                "cuts": [{"start": 0, "end": 1}],
                "subtitles": [{"start": 0, "end": 1, "text": "x"}],
                "covers": [{}],
            }
        ],
        "slideshow": {},
        "answers": {"what": "panen"},
        "sources": [{"name": "Asep"}],
        "claims": [{"id": "c1", "text": "x", "evidence": [{}], "asked": [{"name": "B"}], "steps": {"stop": "ya"}}],
        "people": [{"id": "n1", "name": "C", "consent": {"given": True}}],
        "overrides": {"x/teks.txt": {"text": "y"}},
        "publications": [{"outlet": "x", "when": "2026-11-22", "readings": [{"when": "2026-11-29"}]}],
        "comments": [{"id": "k1", "place": "body", "replies": [{"text": "ya"}]}],
        "right_of_reply": [{"text": "kami"}],
        "texts": {"jv": {"headline": "warta"}},
        "series": {"id": "s"},
        "planned": [{"outlet": "x", "when": "2026-11-30"}],
        "corrections": [{"when": "2026-11-22", "what": "z"}],
        "log": [{"status": "ready", "when": "2026-11-22"}],
    }
    return story_from_json(json.dumps(raw).encode())


def test_the_file_is_made_for_people():
    photo = Photo(id="p1", file="a.jpg", focus=(0.5, 0.25), covers=(Cover(box=(0.1, 0.2, 0.3, 0.4)),))
    text = story_to_json(Story(id="s1", headline='Kata "é" 😀', photos=(photo,))).decode()
    lines = text.splitlines()
    assert lines[:2] == ["{", '  "format": [1, 1],']
    assert '  "headline": "Kata \\"é\\" 😀",' in lines
    assert '      "focus": [0.5, 0.25],' in lines
    assert '          "box": [0.1, 0.2, 0.3, 0.4],' in lines
    assert text.endswith("}\n")
    assert [line for line in lines if line.count('": ') > 1] == []


def test_half_an_emoji_does_not_keep_a_story_from_being_saved():
    story = story_from_json(story_to_json(Story(id="s1", body="a\ud83d b \ud83d\ude00")))
    assert story.body == "a\ufffd b 😀"


def test_json_has_no_infinity():
    with pytest.raises(ValueError, match="not a finite number"):
        story_to_json(Story(id="s1", photos=(Photo(id="p", file="f", rotate=math.inf),)))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"headline": 7}, "headline"),
        ({"headline": None}, "headline"),
        ({"status": "hilang"}, "status"),
        ({"photos": {}}, "photos"),
        ({"photos": ["a.jpg"]}, "photos[0]"),
        ({"photos": [{"id": "p1"}]}, "photos[0]"),
        ({"photos": [{"id": "p1", "file": "a", "rotate": "kiri"}]}, "photos[0].rotate"),
        ({"photos": [{"id": "p1", "file": "a", "focus": [0.5]}]}, "photos[0].focus"),
        ({"photos": [{"id": "p1", "file": "a", "covers": [{"box": [0, 0, 1, "1"]}]}]}, "photos[0].covers[0].box[3]"),
        ({"videos": [{"id": "v1", "file": "a", "cuts": [[0, 1]]}]}, "videos[0].cuts[0]"),
        ({"videos": [{"id": "v1", "file": "a", "mute": "ya"}]}, "videos[0].mute"),
        ({"overrides": {"x/y": "teks"}}, "overrides[...]"),
        ({"answers": []}, "answers"),
        ({"slideshow": 4}, "slideshow"),
        ({"format": "1.0"}, "format"),
        ({"format": [1]}, "format"),
        ({"format": [True, 0]}, "format"),
        ({"id": None}, "id"),
    ],
)
def test_a_wrong_type_is_named(change, field):
    document = {"format": [1, 0], "id": "s1", **change}
    with pytest.raises(UserError) as caught:
        decode_story(json.dumps(document).encode(), "b/story.json")
    assert caught.value.code == "store.field"
    assert caught.value.facts["field"] == field
    assert caught.value.facts["file"] == "b/story.json"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "store.empty"),
        (b"\0" * 4096, "store.empty"),
        (b" \n", "store.empty"),
        (b'{"format": [1, 0], "id": "s1", "head', "store.unreadable"),
        (b'{"format": [1, 0]}\0\0\0', "store.unreadable"),
        (b'{"id": "s1", "headline": "\xff\xfe"}', "store.unreadable"),
        (b"[]", "store.unreadable"),
        (b"null", "store.unreadable"),
        (b"PK\x03\x04", "store.unreadable"),
        (b"[" * 100_000, "store.unreadable"),
        (b'{"a":' * 100_000, "store.unreadable"),
    ],
)
def test_a_damaged_file_is_no_crash(data, code):
    with pytest.raises(UserError) as caught:
        decode_story(data)
    assert caught.value.code == code
    assert document_head(data) is None


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_cut_or_altered_file_is_read_or_refused_never_a_crash(data):
    text = bytearray(story_to_json(full_story()))
    for _ in range(data.draw(st.integers(1, 4))):
        text[data.draw(st.integers(0, len(text) - 1))] = data.draw(st.integers(0, 255))
    del text[data.draw(st.integers(0, len(text))) :]
    try:
        decode_story(bytes(text))
    except UserError as error:
        assert error.code.startswith("store.")  # noqa: PT017 - both outcomes are right


def test_a_byte_order_mark_of_notepad_is_accepted():
    assert story_from_json(b"\xef\xbb\xbf" + story_to_json(Story(id="s1"))).id == "s1"


def test_defaults_are_written_so_that_a_later_default_changes_no_old_story():
    document = json.loads(
        story_to_json(Story(id="s1", videos=(Video(id="v1", file="a", subtitles=(Cue(start=0, end=1, text="x"),)),)))
    )
    assert set(document) == set(Story.__struct_fields__) - {"extra"} | {"format"}
    assert set(document["videos"][0]) == set(Video.__struct_fields__) - {"extra"}

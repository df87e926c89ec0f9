"""Conflicts of a merge as people read them: no name of a field, and no code, as the file has it."""

from __future__ import annotations

import re
from typing import Literal, get_args, get_origin, get_type_hints

import pytest
from msgspec.structs import replace

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.services.merge_words import conflict_line, value_words
from studio.story.model import Claim, Person, Photo, Source, Story
from studio.story.newsroom_records import StorySeries, Translation
from studio.story.record_base import Record
from studio.story.three_way_merge import merge_stories


@pytest.fixture(params=["id", "en"], scope="module")
def texts(request):
    return MessageTexts(assets_dir() / "messages", request.param)


def names_in(kind, seen):
    """Each field of a record and of those in it: its name."""
    seen.add(kind)
    for name, hint in get_type_hints(kind).items():
        if name not in {"extra", "id"}:
            yield name
            for each in (hint, *get_args(hint)):
                if isinstance(each, type) and issubclass(each, Record) and each not in seen:
                    yield from names_in(each, seen)


def test_every_field_has_a_name_in_words(texts):
    assert not [name for name in names_in(Story, set()) if f"field.{name}" not in texts.codes()]


@pytest.mark.parametrize(("kind", "name"), [(Story, "kind"), (Person, "role"), (Source, "terms"), (Claim, "verdict")])
def test_codes_are_said_in_words(texts, kind, name):
    hint = get_type_hints(kind)[name]
    assert get_origin(hint) is Literal
    said = {code: value_words(code, texts, name) for code in get_args(hint) if code}
    assert len(set(said.values())) == len(said)
    assert not [code for code, words in said.items() if code == words]


def test_a_line_of_the_terminal_says_what_a_claim_is(texts):
    base, left, right = (Story(id="s", claims=(Claim(id="c1", text="Benar", kind=k),)) for k in ("", "fact", "quote"))
    merged = merge_stories(base, left, right)
    line = conflict_line(merged.conflicts[0], merged.story, texts)
    assert texts.text("ledger.kind.quote") in line
    assert texts.text("field.kind") not in line


def translated(words):
    return {"su": Translation(headline=words)}


def taken(how):
    return (Photo(id="p1", file="a.jpg", source_type=how), *PHOTOS[1:])


PHOTOS = (Photo(id="p1", file="a.jpg"), Photo(id="p2", file="b.jpg"))
MONTHLY, DAILY = StorySeries(id="s", rule="FREQ=MONTHLY;BYDAY=1TU"), StorySeries(id="s", rule="FREQ=DAILY")


@pytest.mark.parametrize(
    ("field", "left", "right"),
    [
        ("cover", "p1", "p2"),
        ("language", "su", "jv"),
        ("texts", translated("A"), translated("B")),
        ("series", MONTHLY, DAILY),
        ("photos", taken("digitalCapture"), taken("trainedAlgorithmicMedia")),
    ],
)
def test_photos_languages_origins_and_rules_are_called_as_people_call_them(texts, field, left, right):
    base = Story(id="s", photos=PHOTOS)
    merged = merge_stories(base, replace(base, **{field: left}), replace(base, **{field: right}))
    line = conflict_line(merged.conflicts[0], merged.story, texts)
    codes = {"p1", "p2", "su", "jv", "FREQ", "digitalCapture", "trainedAlgorithmicMedia"}
    assert not codes & set(re.findall(r"\w+", line))


@pytest.mark.parametrize(
    ("value", "said"),
    [(1234.5, "1234.5"), (0.4, "0.4"), (12.0, "12"), (-8.19461, "-8.195"), ((7.25, 3600.0), "7.25, 3600")],
)
def test_numbers_are_said_with_their_decimals(texts, value, said):
    assert value_words(value, texts) == (said if texts.language == "en" else said.replace(".", ","))

"""The table of what reaches readers holds every field, and nothing that is not in it gets into a post."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest
from msgspec.structs import fields, replace

from studio.base.paths import templates_dir
from studio.export.planning.file_metadata import metadata_for
from studio.export.planning.follow_up_posts import correction_posts
from studio.posts import pages, svg
from studio.posts.catalog import load_catalog
from studio.posts.render_context import RenderContext
from studio.posts.template_context import build_context, outlet_context
from studio.posts.text_posts import render_text
from studio.story import model, motion_records, newsroom_records
from studio.story.model import Group, Story
from studio.story.reader_fields import READER_FIELDS, for_readers, reader_texts
from studio.story.record_base import Record

KINDS = {**vars(model), **vars(newsroom_records), **vars(motion_records)}
RECORDS = [made for made in KINDS.values() if isinstance(made, type) and issubclass(made, Record)]
RECORDS.remove(Record)
SENTINEL = re.compile(r"kata\d{4}x", re.IGNORECASE)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_somebody_has_decided_about_every_field(record):
    """A new field? Say in ``studio/story/reader_fields.py`` whether readers see it; then the gate searches it."""
    known = {field.name for field in fields(record)} - {"extra"}
    decided = set(READER_FIELDS[record])
    assert decided <= known
    assert known == decided or not decided


class Maker:
    """Fills records: every text is a word of its own, ``of`` says which field it came from."""

    def __init__(self) -> None:
        self.of: dict[str, str] = {}

    def record(self, kind: type[Record], root: str = "") -> Any:
        hints = get_type_hints(kind)
        return kind(**{name: self.value(hints[name], f"{root}{kind.__name__}.{name}") for name in hints})

    def value(self, hint: Any, where: str) -> Any:
        origin, inner = get_origin(hint), get_args(hint)
        if hint is str:
            word = f"kata{len(self.of):04}x"
            self.of[word] = where
            return word
        if origin is Literal:
            return next((choice for choice in inner if choice in {"named", "false", "factcheck"}), inner[0])
        if origin in {Union, UnionType}:
            return self.value(next(part for part in inner if part is not NoneType), where)
        if origin in {tuple, dict}:
            return self.many(origin, inner, where)
        if isinstance(hint, type) and issubclass(hint, Record):
            return self.record(hint)
        return {bool: True, int: 3, float: 0.5}.get(hint)

    def many(self, origin: type, inner: tuple[Any, ...], where: str) -> Any:
        if origin is tuple:
            return tuple(self.value(part, where) for part in inner if part is not ...)
        return {} if where.endswith(".extra") else {self.value(str, where): self.value(inner[1], where)}


def full() -> tuple[Story, Group, Maker]:
    """A story and a group with a word of its own in every field, and what templates need to run at all."""
    maker = Maker()
    story, group = maker.record(Story), maker.record(Group)
    claim = replace(story.claims[0], public=True, closed="", verdict="false")
    hidden = replace(maker.record(model.Claim), public=False, closed="", verdict="false")
    closed = replace(maker.record(model.Claim), public=True)
    site = replace(story.publications[0], outlet="website", link=f"https://{story.publications[0].link}.id/")
    story = replace(
        story,
        kind="factcheck",
        claims=(claim, hidden, closed),
        publications=(*story.publications, site),
        body=f"Awal berita {story.body}.\n\n“Kami semua senang dengan hasil ini,” kata {story.sources[0].name}.",
    )
    group = replace(
        group, colors=model.GroupColors(), font="sans", accounts={"x": "@kata9001x", "instagram": "@kata9002x"}
    )
    return story, group, maker


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from strings(key)
            yield from strings(item)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from strings(item)
    elif isinstance(value, bytes):
        yield value.decode("utf-8", "replace")
    elif is_dataclass(value) and not isinstance(value, type):
        yield from strings([getattr(value, field.name) for field in dataclass_fields(value)])
    elif isinstance(value, msgspec.Struct):
        yield from strings(msgspec.to_builtins(value))


def words(value: object) -> set[str]:
    return {found.lower() for text in strings(value) for found in SENTINEL.findall(text)}


def offered(story: Story, group: Group) -> dict[str, object]:
    """All that the templates of all outlets can print, what they do print, and what goes beside it."""
    press = RenderContext(load_catalog(templates_dir(), None))
    material = build_context(story, group, press.catalog.labels, "2026-11-22-berita")
    found: dict[str, object] = {"metadata": [metadata_for(material.story, p, group) for p in material.story.photos]}
    for outlet in press.catalog.outlets:
        found[f"{outlet.id} ralat"] = [task.content for task in correction_posts(press, material, outlet)]
        for output in outlet.outputs:
            name = f"{outlet.id}/{output.file}"
            found[name] = outlet_context(material, outlet, output)
            if output.kind == "text":
                found[f"{name} text"] = render_text(press, outlet, output, material).files
            elif output.kind == "card":
                found[f"{name} card"] = render_svg_of(press, outlet, output, material)
            elif output.kind == "print":
                found[f"{name} print"] = svg.render_print(press, outlet, output, material)
            elif output.kind == "page":
                found[f"{name} page"] = pages.render_page(press, outlet, output, material).files
                found[f"{name} values"] = pages._page_values(
                    outlet, output, material, pages.page_pictures(output, material)
                )
    return found


def render_svg_of(press, outlet, output, material) -> list[str]:
    return [svg.render_svg(press, outlet, output, material, design=design) for design in press.catalog.designs]


def test_no_template_can_print_a_field_that_the_gate_does_not_search():
    story, group, maker = full()
    searched = words([text for _, text, _ in reader_texts(story, group)])
    for name, value in offered(story, group).items():
        unsearched = {maker.of.get(word, word) for word in words(value) - searched}
        assert not unsearched, f"{name} can print {sorted(unsearched)}"


def test_what_is_kept_is_in_no_story_for_readers():
    story, group, maker = full()
    values = {
        word
        for word, where in maker.of.items()
        if READER_FIELDS[KINDS[where.partition(".")[0]]].get(where.rpartition(".")[2]) in {"value", "part"}
    }
    left = words(for_readers(story)) - values - words([text for _, text, _ in reader_texts(story, group)])
    left -= words(list(story.service_answers))  # names of fields, which the kind of a notice gives; never printed
    assert not {maker.of[word] for word in left}


def test_claims_that_readers_see_are_searched_and_the_others_stay():
    story, _, _ = full()
    public, hidden, closed = story.claims
    told = words([text for _, text, _ in reader_texts(story)])
    assert words([public.text, public.explanation, public.references]) <= told
    assert not words([hidden.text, hidden.explanation, hidden.references, closed.text]) & told

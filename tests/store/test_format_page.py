"""docs/format.md says what the code does."""

from __future__ import annotations

import json
import re

import msgspec
import pytest

from studio.store.codec import story_from_json
from studio.store.draft import read_draft
from studio.store.draft_fields import NOT_IN_DRAFTS
from studio.store.packages import PackageContents
from studio.story import model, newsroom_records


@pytest.fixture(scope="module")
def page(repository):
    return (repository / "docs" / "format.md").read_text(encoding="utf-8")


def examples(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)


KINDS = {**vars(model), **vars(newsroom_records)}
RECORDS = [kind for kind in KINDS.values() if isinstance(kind, type) and issubclass(kind, model.Record)]


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_every_field_is_described(page, kind):
    missing = [
        name
        for name in kind.__struct_fields__
        if name != "extra" and f"`{name}`" not in page and f'"{name}"' not in page
    ]
    assert missing == []


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_every_allowed_value_is_named(page, kind):
    for field in msgspec.structs.fields(kind):
        for value in getattr(field.type, "__args__", ()):
            assert not isinstance(value, str) or not value or f"`{value}`" in page, (field.name, value)


def test_the_examples_are_right(page, tmp_path):
    story, package = (json.loads(text) for text in examples(page, "json"))
    assert story_from_json(json.dumps(story).encode()).photos[0].covers[0].style == "solid"
    assert msgspec.convert(package, PackageContents).left_out
    assert set(package) == set(PackageContents.__struct_fields__)
    for name in ("irigasi.jpg", "panen.mp4", "panen.srt", "suara.wav"):
        (tmp_path / name).write_bytes(b"x")
    (draft,) = examples(page, "markdown")
    (tmp_path / "draf.md").write_text(draft, encoding="utf-8")
    assert read_draft(tmp_path / "draf.md").story.videos[0].cuts[0].end == 9.5


def test_what_drafts_cannot_say_is_listed(page):
    drafts = page.partition("## Drafts")[2].partition("## Packages")[0]
    for names in NOT_IN_DRAFTS.values():
        assert [name for name in names if f"`{name}`" not in drafts] == []

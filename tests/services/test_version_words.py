"""The version history speaks to people: names and words, never what only a computer reads."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import msgspec
import pytest

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.services.version_words import told_changes, version_steps
from studio.store.history import earlier_versions, keep_exported
from studio.story.model import Claim, Person, Photo, Source, StatusChange, Story
from studio.story.newsroom_records import Comment

WHEN = "2026-11-22T02:05:00+00:00"
NOTE = Comment(id="c0ffee12", place="body", quote="sawah", text="Cek angka ini", by="Siti", when=WHEN)
OLD = Story(id="s1", headline="Lama", photos=(Photo(id="p1", file="a.jpg"), Photo(id="p2", file="b.jpg")))
CASES = [
    ({"comments": (NOTE,)}, ["Komentar 1: Cek angka ini · Siti"]),
    ({"cover": "p2", "advertorial": True}, ["Foto sampul: Foto 2", "Berita berbayar: ya"]),
    ({"people": (Person(id="o1", name="Ani"),)}, ["Orang Ani: Ani"]),
    ({"sources": (Source(name="Asep"),)}, ["Narasumber Asep: Asep"]),
    ({"claims": (Claim(id="k1", text="Air naik"),)}, ["Klaim 1: Air naik"]),
    ({"valid_until": "2026-12-01"}, ["Berlaku sampai: 1 Des"]),
    (
        {"status": "ready", "log": (StatusChange(status="ready", when=WHEN, by="Siti"),)},
        ["Status: Siap terbit", "Catatan status 1: Siap terbit · Siti"],
    ),
]
MACHINE = re.compile(r"True|False|\d{4}-\d\d-\d\d|T\d\d:|\bp[12]\b|c0ffee|[a-z]+_[a-z]+|\d\.\d")


@pytest.fixture(scope="module")
def texts():
    return MessageTexts(assets_dir() / "messages", "id")


@pytest.mark.parametrize(("fields", "expected"), CASES)
def test_changes_are_told_in_words(fields, expected, texts):
    told = told_changes(OLD, msgspec.structs.replace(OLD, **fields), texts)
    assert [f"{change.name}: {change.after}" for change in told] == expected


def test_what_only_a_computer_reads_is_told_as_changed(texts):
    moved = msgspec.structs.replace(OLD.photos[0], focus=(0.5, 0.2), people_checked=True, id="p1")
    after = msgspec.structs.replace(OLD, photos=(moved,), comments=(msgspec.structs.replace(NOTE, required=True),))
    told = told_changes(OLD, after, texts)
    assert "Foto 1 · titik fokus: diubah" in [f"{change.name}: {change.after}" for change in told]
    assert not [change for change in told if MACHINE.search(f"{change.name} {change.before} {change.after}")]


def test_versions_are_named_by_what_they_came_to(tmp_path):
    ready = msgspec.structs.replace(OLD, status="ready")
    assert list(version_steps([ready, None, ready, OLD])) == [None, None, "ready", None]
    path = tmp_path / "story.json"
    path.write_bytes(b"{}")
    for second in (0, 50):  # an export again of what did not change keeps nothing more
        keep_exported(path, datetime(2026, 11, 22, 2, 5, second, tzinfo=UTC))
    assert [version.reason for version in earlier_versions(tmp_path)] == ["export"]

"""Texts kept for a faster start: the same texts, never old ones."""

from __future__ import annotations

import json
import os

import pytest

from studio.base.i18n import MessageTexts


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "messages"
    made.mkdir()
    (made / "a.toml").write_text('["a.b"]\nid = "satu {n}"\nen = "one {n}"\n', encoding="utf-8")
    return made


def test_kept_texts_are_the_same(folder, tmp_path):
    cache = tmp_path / "cache" / "messages.json"
    assert MessageTexts(folder, "id", cache).text("a.b", n=1) == "satu 1"
    other = MessageTexts(folder, "en", cache)
    assert other.text("a.b", n=1) == "one 1"
    assert [code for code in ("a.b", "a.c", "a", "x.y") if other.has_text(code)] == ["a.b"]
    assert other.codes() == {"a.b"} == set(other.codes_of("a"))


def test_a_changed_or_new_file_is_read_again(folder, tmp_path):
    cache = tmp_path / "messages.json"
    MessageTexts(folder, "id", cache).codes()
    (folder / "a.toml").write_text('["a.b"]\nid = "dua"\nen = "two"\n', encoding="utf-8")
    os.utime(folder / "a.toml", ns=(1, 1))
    assert MessageTexts(folder, "id", cache).text("a.b") == "dua"
    (folder / "b.toml").write_text('["c.d"]\nid = "tiga"\nen = "three"\n', encoding="utf-8")
    assert MessageTexts(folder, "id", cache).text("c.d") == "tiga"


def test_a_damaged_text_is_read_anew(folder, tmp_path):
    cache = tmp_path / "messages.json"
    MessageTexts(folder, "id", cache).codes()
    cache.write_bytes(cache.read_bytes().replace(b"satu", b"sat\xff"))
    assert MessageTexts(folder, "id", cache).text("a.b", n=1) == "satu 1"


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"stamp": 1}', "\x00"])
def test_a_broken_cache_is_made_anew(folder, tmp_path, broken):
    cache = tmp_path / "messages.json"
    cache.write_text(broken, encoding="utf-8")
    assert MessageTexts(folder, "id", cache).text("a.b", n=1) == "satu 1"
    assert json.loads(cache.read_text(encoding="utf-8").splitlines()[0])["languages"]


def test_a_cache_that_cannot_be_written_is_no_trouble(folder, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert MessageTexts(folder, "id", tmp_path / "file" / "messages.json").text("a.b", n=1) == "satu 1"

"""Nobody but ``base/atomic_files`` replaces, renames or fsyncs: each of the dances it ended had a step missing."""

import ast
import errno
import fcntl
import os
import re

import pytest

from studio.base import atomic_files
from studio.base.atomic_files import append_durably, cache_file, is_temporary, new_file, sync_handle, write_cache
from tests.source_files import parsed_files

DRAFTS = "video/encode.py"
"""Names drafts in its own work folder, which nobody reads."""


def _forbidden(node):
    """What a node of the syntax tree does by hand, "" for nothing."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and ".part" in node.value[:12]:
        return "a name for a half-made file" if "\n" not in node.value else ""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return ""
    owner = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
    if owner == "os" and node.func.attr in {"fsync", "replace", "rename", "renames"}:
        return f"os.{node.func.attr}"
    if owner == "shutil" and node.func.attr == "move":
        return "shutil.move"
    alone = len(node.args) == 1 and not node.keywords and not isinstance(node.args[0], ast.Starred)
    return f"Path.{node.func.attr}" if node.func.attr in {"replace", "rename"} and alone else ""


def test_only_the_ground_replaces_files():
    found = {}
    for name, tree in parsed_files(re.compile(r"\.part|\.fsync|\.replace\(|\.rename|\.move\(").search):
        found[name] = [f"line {node.lineno}: {what}" for node in ast.walk(tree) if (what := _forbidden(node))]
    del found["base/atomic_files.py"], found[DRAFTS]
    assert not {name: lines for name, lines in found.items() if lines}


def test_a_file_written_by_name_is_there_whole_or_as_it_was(tmp_path):
    path = tmp_path / "clip.mp4"
    path.write_bytes(b"old")
    with pytest.raises(FileNotFoundError), new_file(path) as temp:
        (temp / "x").write_bytes(b"half")
    assert path.read_bytes() == b"old"
    with new_file(path) as temp:
        assert temp.suffix == ".mp4"
        assert is_temporary(temp.name)
        temp.write_bytes(b"new")
    assert path.read_bytes() == b"new"
    assert [each.name for each in tmp_path.iterdir()] == ["clip.mp4"]


def test_a_cache_that_cannot_be_kept_is_no_trouble(tmp_path):
    assert write_cache(tmp_path / "a" / "b.json", b"{}")
    assert not write_cache(tmp_path / "a" / "b.json" / "c.json", b"{}")
    with pytest.raises(OSError, match="gone"), cache_file(tmp_path / "gone" / ".studio" / "thumbs" / "x.jpg"):
        pass
    assert [each.name for each in (tmp_path / "a").iterdir()] == ["b.json"]


def test_lines_of_several_writers_stand_whole_in_a_journal(tmp_path):
    for line in (b"one\n", b"two\n"):
        append_durably(tmp_path / "journal", line)
    assert (tmp_path / "journal").read_bytes() == b"one\ntwo\n"


@pytest.mark.parametrize(("refused", "expected"), [(False, ["full"]), (True, ["full", "fsync"])])
def test_macos_is_asked_to_empty_the_cache_of_the_drive(tmp_path, monkeypatch, refused, expected):
    done = []

    def control(handle, command):
        done.append("full" if command == 51 else "?")
        if refused:
            raise OSError(errno.ENOTSUP, "no such call")

    monkeypatch.setattr(atomic_files.sys, "platform", "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", control)
    monkeypatch.setattr(os, "fsync", lambda handle: done.append("fsync"))
    with (tmp_path / "x").open("wb") as file:
        sync_handle(file.fileno())
    assert done == expected

"""The outlets are read once for all desks, and anew when a file of theirs changed."""

from __future__ import annotations

from studio.base.paths import templates_dir
from studio.posts.catalog import load_catalog


def test_outlets_are_read_once_until_a_file_changes(tmp_path):
    pack = tmp_path / "radio"
    pack.mkdir()
    first = load_catalog(templates_dir(), tmp_path)
    assert load_catalog(templates_dir(), tmp_path) is first
    (pack / "outlet.toml").write_text('name = "Radio"\n', encoding="utf-8")
    broken = load_catalog(templates_dir(), tmp_path)
    assert len(broken.problems) == 1
    (pack / "outlet.toml").unlink()
    assert [error.code for error in load_catalog(templates_dir(), tmp_path).problems] == ["posts.pack_no_file"]

"""Folders for caches and exports come where a workspace is, and nowhere else."""

from __future__ import annotations

import pytest

from studio.base.folders import make_folder


def test_nothing_is_made_below_an_empty_mount_point(tmp_path):
    for below in (tmp_path / ".studio" / "thumbs", tmp_path / "gone" / ".studio" / "clips" / "a"):
        with pytest.raises(OSError, match="device"):
            make_folder(below)
    assert not list(tmp_path.iterdir())


def test_a_workspace_gets_its_caches_again_when_they_were_deleted(tmp_path):
    (tmp_path / "workspace.json").write_text("{}", encoding="utf-8")
    make_folder(tmp_path / ".studio" / "thumbs")
    make_folder(tmp_path / ".studio" / "thumbs")
    make_folder(tmp_path / "exports" / "berita")
    assert (tmp_path / ".studio" / "thumbs").is_dir()
    assert (tmp_path / "exports" / "berita").is_dir()

"""An older version may open what this one writes, change it and write it back: nothing it does not know is lost."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from studio.store.workspace import open_workspace

WORKSPACES = Path(__file__).resolve().parents[1] / "workspaces"
OLDER = {"1.0": "f8dd6b4", "1.1 without the newsroom": "9eeaf2e"}
"""The last commits of older formats."""
EDIT = """
import sys
import msgspec, studio
from studio.store.workspace import open_workspace
assert studio.__file__.startswith(sys.argv[2]), studio.__file__
with open_workspace(sys.argv[1]) as workspace:
    assert not workspace.read_only and not workspace.problems, workspace.problems
    for folder in workspace.story_folders():
        story = workspace.load(folder)
        workspace.save(folder, msgspec.structs.replace(story, headline="Suntingan versi lama"))
    workspace.save_group(msgspec.structs.replace(workspace.group, phone="0811"))
"""


def checkout(repository, commit, place):
    done = subprocess.run(["git", "archive", commit, "studio"], cwd=repository, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("needs the history of the repository: git archive " + commit)
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(place, filter="data")


@pytest.mark.parametrize("commit", OLDER.values(), ids=OLDER)
def test_an_older_version_writes_our_files_back_whole(repository, tmp_path, commit):
    ours, theirs = WORKSPACES / "v1.1", tmp_path / "kerja"
    shutil.copytree(ours, theirs)
    checkout(repository, commit, tmp_path / "old")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "old")}
    arguments = [sys.executable, "-c", EDIT, str(theirs), str(tmp_path / "old")]
    done = subprocess.run(arguments, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    for path in (path for path in ours.rglob("*") if path.is_file()):
        before, after = path.read_bytes(), (theirs / path.relative_to(ours)).read_bytes()
        if path.name == "story.json":
            changed = {"headline": "Suntingan versi lama", "modified": json.loads(after)["modified"]}
            assert json.loads(after) == {**json.loads(before), **changed}
        elif path.name == "workspace.json":
            assert json.loads(after) == {**json.loads(before), "phone": "0811"}
        else:
            assert after == before, path
    with open_workspace(theirs) as workspace:
        stories = dict(workspace.load_each())
    assert all(story.headline == "Suntingan versi lama" for story in stories.values())
    assert {len(story.comments) for story in stories.values()} == {0, 3}

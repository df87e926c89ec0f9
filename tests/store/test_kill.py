"""``kill -9`` in the middle of saving, again and again."""

from __future__ import annotations

import os
import random
import signal
import subprocess

import pytest

from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Group, Story

KILLS = int(os.environ.get("KIM_STUDIO_KILLS", "8"))
"""How many; ``bench/misfortunes.py`` runs 200."""
SAVING = """
import os, sys
from pathlib import Path
from studio.store.workspace import open_workspace
import msgspec
with open_workspace(Path(sys.argv[1])) as workspace:
    story = workspace.load(sys.argv[2])
    number = int(sys.argv[3])
    while True:
        number += 1
        story = msgspec.structs.replace(story, summary=str(number), body=f"{number} " * 20_000)
        workspace.save(sys.argv[2], story)
        os.write(1, b"%d\\n" % number)
"""


@pytest.fixture
def saved(tmp_path):
    with create_workspace(tmp_path / "kerja", Group(name="KIM")) as workspace:
        return workspace.path, workspace.add(Story(id="s1", headline="Judul", summary="0", body="0 " * 20_000))


def test_kills_lose_nothing_that_was_acknowledged(saved, child):
    path, folder = saved
    chance = random.Random(50)
    last = 0
    for kill in range(KILLS):
        process = child(SAVING, path, folder, last)
        acknowledged = int(process.stdout.readline())
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0, 0.05))
        process.send_signal(signal.SIGKILL)
        # Not by ``communicate``: it passes over the lines that ``readline`` has taken in already.
        rest, err = process.stdout.read(), process.stderr.read()
        process.wait(60)
        assert err == ""
        # The last line may have been cut by the kill: only whole ones were acknowledged.
        acknowledged = max([acknowledged, *map(int, rest.split("\n")[:-1])])
        with open_workspace(path) as workspace:
            assert workspace.after_crash, kill
            story = workspace.load(folder)
            number = int(story.summary)
            assert number in (acknowledged, acknowledged + 1)
            assert story.body == f"{number} " * 20_000
            assert [workspace.read_version(folder, version.name).headline for version in workspace.versions(folder)]
            last = number
    assert last > KILLS
    with open_workspace(path) as workspace:
        workspace.save(folder, Story(id="s1", headline="Selesai"))
    assert not list(path.rglob(".tmp-*"))

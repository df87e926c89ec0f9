"""SIGKILL at random moments: at most the last two seconds are missing, never an unreadable file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = int(os.environ.get("KIM_STUDIO_KILLS", "4"))
"""How many; ``bench/misfortunes.py`` runs 200."""


@pytest.mark.skipif(sys.platform == "win32", reason="the typist forks")
def test_a_killed_studio_loses_at_most_two_seconds(tmp_path, repository):
    script = Path(__file__).with_name("kill_typist.py")
    halves = [(KILLS + 1) // 2, KILLS // 2]
    typists = [
        subprocess.Popen(
            [sys.executable, str(script), str(kills), str(seed), str(tmp_path / str(seed))],
            stdout=subprocess.PIPE,
            text=True,
            cwd=repository,
            env={**os.environ, "PYTHONPATH": str(repository)},
        )
        for seed, kills in enumerate(halves, 7)
    ]
    kills = [json.loads(line) for typist in typists for line in typist.communicate()[0].splitlines()]
    assert len(kills) == KILLS
    assert not [kill for kill in kills if kill["unreadable"] or not kill["known"]]
    assert max(kill["lost"] for kill in kills) <= 2.0

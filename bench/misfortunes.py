"""Repeats what the tests try a few times: kills in the middle of saving and exporting, damaged clips.

    python bench/misfortunes.py [--kills N] [--damaged N]

The tests are the same, with as many rounds as are named; the random choices are seeded. Exit code 0: nothing was lost,
no file under a final name was half, no clip crashed or hung the program.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = (
    "tests/store/test_kill.py",
    "tests/ui/test_kill.py",
    "tests/export/running/test_plan_runner.py",
    "tests/video/test_mutated.py",
)


def main() -> None:
    parser = argparse.ArgumentParser(description="Repeats kills and damage.")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--damaged", type=int, default=300)
    given = parser.parse_args()
    rounds = {"KIM_STUDIO_KILLS": str(given.kills), "KIM_STUDIO_DAMAGED": str(given.damaged)}
    command = [sys.executable, "-m", "pytest", "-q", "-k", "kill or damaged", "-o", "timeout=3600", *TESTS]
    raise SystemExit(subprocess.run(command, cwd=ROOT, env=os.environ | rounds, check=False).returncode)


if __name__ == "__main__":
    main()

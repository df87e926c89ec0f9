"""Kills imports of big photos again and again, then counts what was left that no list shows.

    python bench/import_kills.py [--kills N] [--seed N] [--tree FOLDER]

Half of the kills meet ``kim-studio new``, half what the window runs in its worker, each at a random
moment of its copying.
Measured: folders of originals without a story (must be 0), and what lies hidden after the next start (must be 0).
``--tree`` is the source to try, to compare with an earlier version.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PHOTOS, BYTES = 4, 60_000_000
DRAFT = """---
headline: Warga Sukamaju gotong royong
byline: [Siti Aminah]
date: 2026-11-22
photos:
{photos}---
Warga bergotong royong.
"""
SCRIPTS = {
    "command": "from studio.cli import main; import sys; main(['new', *sys.argv[1:]])",
    "window": """
import sys
from pathlib import Path
from studio.base.progress import SilentProgress
from studio.store.workspace import open_workspace
from studio.services.media_import import add_text
with open_workspace(Path(sys.argv[1])) as workspace:
    add_text(workspace, Path(sys.argv[2]), SilentProgress())
""",
}
OPEN = (
    "import sys; from pathlib import Path; from studio.store.workspace import open_workspace as o; o(Path(sys.argv[1]))"
)


def draw(folder: Path) -> Path:
    from PIL import Image

    for number in range(PHOTOS):
        Image.new("RGB", (640, 480), (40 * number, 90, 60)).save(folder / f"{number}.jpg")
        os.truncate(folder / f"{number}.jpg", BYTES + number)
    draft = folder / "naskah.md"
    draft.write_text(DRAFT.format(photos="".join(f"  - file: {n}.jpg\n" for n in range(PHOTOS))), encoding="utf-8")
    return draft


def killed(script: str, workspace: Path, draft: Path, tree: Path, wait: float) -> bool:
    """Kill an import so many seconds after its copying began; whether it was still at work."""
    before = set(workspace.glob("stories/*/media/*"))
    with subprocess.Popen(
        [sys.executable, "-c", script, workspace, draft],
        env=os.environ | {"PYTHONPATH": str(tree)},
        stdout=subprocess.DEVNULL,
        cwd=workspace.parent,
    ) as importing:
        while importing.poll() is None and set(workspace.glob("stories/*/media/*")) == before:
            time.sleep(0.001)
        time.sleep(wait)
        importing.send_signal(signal.SIGKILL)
    return importing.returncode == -signal.SIGKILL


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=16)
    parser.add_argument("--tree", type=Path, default=ROOT)
    wanted = parser.parse_args()
    chance = random.Random(wanted.seed)
    base = Path(tempfile.mkdtemp(prefix="kim-import-kills-"))
    try:
        draft, workspace = draw(base), base / "KIM"
        workspace.mkdir()
        kills = 0
        for number in range(wanted.kills):
            script = (
                list(SCRIPTS.values())[number % 2] if (workspace / "workspace.json").exists() else SCRIPTS["command"]
            )
            kills += killed(script, workspace, draft, wanted.tree, chance.uniform(0, 0.6))
        stories = [path for path in (workspace / "stories").iterdir() if not path.name.startswith(".")]
        unseen = [path for path in stories if not (path / "story.json").exists()]
        subprocess.run(
            [sys.executable, "-c", OPEN, workspace], env=os.environ | {"PYTHONPATH": str(wanted.tree)}, check=True
        )
        hidden = list((workspace / "stories").glob(".tmp-*"))
        size = sum(path.stat().st_size for place in (*unseen, *hidden) for path in place.rglob("*") if path.is_file())
        print(f"{kills} of {wanted.kills} killed at work, {len(stories) - len(unseen)} stories came in")
        print(f"{len(unseen)} folders of originals without a story, {len(hidden)} hidden after the next start")
        print(f"{size / 1e6:.0f} MB that no list shows")
    finally:
        shutil.rmtree(base)


if __name__ == "__main__":
    main()

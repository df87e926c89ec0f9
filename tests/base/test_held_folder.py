"""What a killed program leaves of the folder it worked in is swept by the next one; one that is in use stays."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from studio.base.held_folder import held_folder

WORK = """
import sys
from pathlib import Path
from studio.base.held_folder import held_folder
with held_folder(Path(sys.argv[1]), ".kim-potong-") as folder:
    (folder / "half.mp4").write_bytes(b"half")
    print(folder, flush=True)
    sys.stdin.read()
"""


def test_a_folder_in_use_stays_and_that_of_a_killed_program_goes(tmp_path):
    other = tmp_path / ".kim-potong-x.mp4"
    other.write_bytes(b"a file of somebody")
    worker = subprocess.Popen(
        [sys.executable, "-c", WORK, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    folder = Path(worker.stdout.readline().strip())
    with held_folder(tmp_path, ".kim-potong-") as mine:
        assert mine != folder
        assert (folder / "half.mp4").exists()
    worker.kill()
    worker.communicate()
    assert folder.exists()
    with held_folder(tmp_path, ".kim-potong-"):
        assert not folder.exists()
    assert list(tmp_path.iterdir()) == [other]

"""What is kept of a photo or clip goes when something in it is covered, also what a killed program left half made."""

from __future__ import annotations

import subprocess
import sys

from studio.store.previews import forget_previews

KILLED = """
import os, sys
from pathlib import Path
from studio.base.atomic_files import cache_file
with cache_file(Path(sys.argv[1])) as temp:
    temp.write_bytes(b"half a face")
    os._exit(9)
"""


def test_half_a_picture_that_a_killed_program_left_goes_too(tmp_path):
    thumbs = tmp_path / ".studio" / "thumbs"
    thumbs.mkdir(parents=True)
    (thumbs / "0123456789abcdef.jpg.jpg").write_bytes(b"a face")
    other = thumbs / "fedcba9876543210.jpg.jpg"
    other.write_bytes(b"a field")
    subprocess.run([sys.executable, "-c", KILLED, str(thumbs / "x.jpg")], check=False)
    assert len(list(thumbs.iterdir())) == 3
    forget_previews(tmp_path, "0123456789abcdef.jpg")
    assert list(thumbs.iterdir()) == [other]

#!/usr/bin/env bash
# A phone's HEIC of several pictures whose main one is not the first (a burst, of which the owner chose the second), opened with Pillow 13.0.0
# through pi-heif 1.4.0 (made with pillow-heif 1.8.1).
# Guess:   as with GIF, TIFF, MPO and animated WebP an opened picture stands at frame 0; seek(0) is harmless and a loop over the frames starts
#          with what the phone shows.
# Happens: it opens at the main picture, tell() says 1, and size and pixels are that one's. seek(0), and ImageSequence, which seeks to 0 first,
#          give another photo with another size: thumbnail and story then show what the owner had put aside. Whoever rewinds must seek to the
#          position that tell() gave right after opening (open_heif(...).primary_index says the same).
# Source:  pi_heif/as_plugin.py (the frame is set to primary_index when opened); ISO/IEC 23008-12, "pitm"; Pillow's handbook, "seek".
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pillow==13.0.0 pi-heif==1.4.0 pillow-heif==1.8.1
cd "$dir"
venv/bin/python - <<'PY'
import subprocess
import sys

import pillow_heif
from PIL import Image

pillow_heif.register_heif_opener()
first, chosen = Image.new("RGB", (64, 48), (200, 0, 0)), Image.new("RGB", (80, 60), (0, 0, 200))
first.save("burst.heic", save_all=True, append_images=[chosen], primary_index=1)
first.save("pages.tiff", save_all=True, append_images=[chosen])
# Read in a process of its own: pi-heif and pillow-heif would both want the ending.
READ = """
import sys, pi_heif
from PIL import Image, ImageSequence
pi_heif.register_heif_opener()
for name in ("burst.heic", "pages.tiff"):
    with Image.open(name) as picture:
        opened = (picture.tell(), picture.size)
        picture.seek(0)
        rewound = picture.size
    with Image.open(name) as picture:
        print(name, "opened at", *opened, "| after seek(0)", rewound, "| loop", [frame.size for frame in ImageSequence.Iterator(picture)])
print("primary_index", pi_heif.open_heif("burst.heic").primary_index)
"""
read = subprocess.run([sys.executable, "-c", READ], capture_output=True, text=True, check=True).stdout
print(read, end="")
expected = (
    "burst.heic opened at 1 (80, 60) | after seek(0) (64, 48) | loop [(64, 48), (80, 60)]",
    "pages.tiff opened at 0 (64, 48) | after seek(0) (64, 48) | loop [(64, 48), (80, 60)]",
    "primary_index 1",
)
sys.exit(0 if read.splitlines() == list(expected) else "the behaviour changed")
PY

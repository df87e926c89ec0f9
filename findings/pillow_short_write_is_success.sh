#!/usr/bin/env bash
# Saving a JPEG with Pillow (pillow 11.3.0) to a place that takes all but its last bytes (a nearly full stick, a quota, ulimit -f).
# Guess:   OSError, as the same bytes written with open(...).write() get.
# Happens: save() returns as if all were well, and the file is cut off: the last buffer is handed to write() once, and a
#          write that took only part of it counts as done. Compare the file's end (FF D9) or write through BytesIO.
# Source:  libImaging's encode.c (_encode_to_file looks for -1 only); POSIX write(): may write fewer bytes where there is no room.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pillow==11.3.0
cd "$dir"
venv/bin/python - <<'PY'
import resource
import signal
import sys
from pathlib import Path

from PIL import Image

picture = Image.effect_noise((900, 900), 90)
picture.save("complete.jpg", quality=85)
content = Path("complete.jpg").read_bytes()
# No file of this process may grow beyond this: the disk is full 100 bytes before the end.
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (len(content) - 100, resource.RLIM_INFINITY))


def outcome(save) -> str:
    try:
        save()
    except OSError as error:
        return f"OSError {error.errno}"
    return "no error"


plain = outcome(lambda: Path("plain.jpg").write_bytes(content))
pillow = outcome(lambda: picture.save("pillow.jpg", quality=85))
lacks = len(content) - Path("pillow.jpg").stat().st_size
print(f"plain write: {plain}; Image.save: {pillow}, {lacks} bytes lack, ends with FF D9: {Path('pillow.jpg').read_bytes()[-2:] == bytes([255, 217])}")
sys.exit(0 if plain.startswith("OSError") and pillow == "no error" and lacks == 100 else "the behaviour changed")
PY

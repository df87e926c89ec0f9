"""How far the estimate of a reading is from a reading: ten texts read by espeak-ng at two speeds.

Needs ``espeak-ng`` (apt). The first text stands for the one reading by which a reader is measured; ``--write`` puts the
seconds that were measured into the file of the tests.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
import tomllib
import wave
from pathlib import Path
from typing import TYPE_CHECKING

from studio.posts.speech_timing import measured_pace, reading_seconds
from studio.posts.spoken_text import spoken_text

if TYPE_CHECKING:
    from collections.abc import Sequence

READINGS = Path(__file__).parent.parent / "tests" / "posts" / "data" / "readings.toml"
SPEEDS = {"calm": 130, "brisk": 175}
"""Words a minute, as espeak-ng counts them."""


def read_by_machine(text: str, speed: int, folder: Path) -> float:
    """How long espeak-ng takes to read ``text``, in seconds."""
    sound = folder / "bacaan.wav"
    words = ["espeak-ng", "-v", "id", "-s", str(speed), "-w", str(sound), "--stdin"]
    subprocess.run(words, input=text.encode(), check=True)
    with wave.open(str(sound)) as recording:
        return round(recording.getnframes() / recording.getframerate(), 1)


def replace_seconds(content: str, name: str, took: Sequence[float]) -> str:
    """The file of the tests with other seconds in the lines called ``name``, in their order."""
    fresh = iter(took)
    return re.sub(rf"^{name} = .*$", lambda _: f"{name} = {next(fresh)}", content, flags=re.MULTILINE)


def main() -> None:
    """Print how far each estimate is off."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--write", action="store_true")
    asked = options.parse_args()
    content = READINGS.read_text(encoding="utf-8")
    said = [spoken_text(reading["text"]) for reading in tomllib.loads(content)["reading"]]
    with tempfile.TemporaryDirectory() as folder:
        for name, speed in SPEEDS.items():
            took = [read_by_machine(text, speed, Path(folder)) for text in said]
            pace = measured_pace(said[0], took[0])
            off = [reading_seconds(text, pace) / seconds - 1 for text, seconds in zip(said, took, strict=True)]
            print(f"{name}: {pace:.2f} syllables a second; off by {min(off):+.1%} to {max(off):+.1%}")
            if asked.write:
                content = replace_seconds(content, name, took)
    if asked.write:
        READINGS.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()

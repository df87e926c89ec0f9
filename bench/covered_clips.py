"""Tries covers of clips against what is burned into them: any container, clock, rate, cuts, turn, mirror, crop.

    python bench/covered_clips.py [--cases N] [--seed S]

Each case is a clip that carries the number of each picture, with a magenta mark under a cover and, where the container
cuts, a green rim. Every frame of two results, stills, scrubbing, filmstrip and thumbnail is looked at: the asked
picture, no mark, no rim. Prints what was tried and what is wrong; ends with 1 when anything is.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.video.covering import Case, case_of, faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1, help="of the first case; each has its own")
    wish = parser.parse_args()
    tried: Counter[str] = Counter()
    wrong: list[tuple[int, Case, list[str]]] = []
    with tempfile.TemporaryDirectory(prefix="kim-") as folder:
        for seed in range(wish.seed, wish.seed + wish.cases):
            case = case_of(seed)
            tried[case.recording.ending] += 1
            try:
                found = faults(case, Path(folder) / "case")
            except Exception as error:
                found = [f"{type(error).__name__}: {error}"]
            if found:
                wrong.append((seed, case, found))
    print("tried: " + ", ".join(f"{ending} {count}" for ending, count in sorted(tried.items())))
    for seed, case, found in wrong:
        print(f"\ncase {seed}: {case}\n  " + "\n  ".join(found[:6]))
    print(f"{sum(tried.values())} cases, {len(wrong)} wrong")
    return bool(wrong)


if __name__ == "__main__":
    raise SystemExit(main())

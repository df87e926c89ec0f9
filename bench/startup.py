"""How long ``kim-studio outlets`` takes beside ``python -c pass``, interleaved, as whole processes.

python bench/startup.py [ROUNDS]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "python -c 'import typer'": [sys.executable, "-c", "import typer"],
    "kim-studio outlets": [sys.executable, "-m", "studio", "outlets"],
    "kim-studio --version": [sys.executable, "-m", "studio", "--version"],
}


def once(command: list[str]) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak MB of one run."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main(rounds: int) -> None:
    for command in COMMANDS.values():
        once(command)
    runs: dict[str, list[tuple[float, float, float]]] = {name: [] for name in COMMANDS}
    for _ in range(rounds):
        for name, command in COMMANDS.items():
            runs[name].append(once(command))
    base = statistics.median(run[0] for run in runs["python -c pass"])
    print(f"{rounds} rounds, interleaved\n")
    print("| command | wall ms | ratio | CPU ms | peak MB |\n| --- | ---: | ---: | ---: | ---: |")
    for name, values in runs.items():
        wall, cpu, memory = (statistics.median(column) for column in zip(*values, strict=True))
        print(f"| `{name}` | {wall * 1e3:.0f} | {wall / base:.1f} | {cpu * 1e3:.0f} | {memory:.0f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 11)

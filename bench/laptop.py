"""The studio on a village laptop: two cores, 1.5 GB, no network; then without fonts, home, language or free disk.

    python bench/laptop.py [--memory 1500] [--program kim-studio] [--only NAME ...]

As root on Linux: each step runs in a control group of its own (version 1 or 2) with that much memory and no swap, on
two cores, without a network. Prints for each how long it took, the most memory its programs held, and how many of them
the kernel ended. Exit code 1 when a step failed; where control groups cannot be had it says so and ends with 0.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parent.parent
MOUNT = Path("/sys/fs/cgroup")
CORES = 2
CLIP_SECONDS = 6
DRAFT = """---
headline: Warga Sukamaju panen raya bersama
place: Sukamaju
date: 2026-11-22
byline: [Siti Aminah]
videos:
  - file: panen.mp4
---
Sekitar 80 warga Sukamaju panen raya bersama di sawah desa, Minggu (22/11/2026).
"""


@dataclass
class ControlGroup:
    """One control group with little memory; ``None`` files where the version has no such thing."""

    folder: Path
    limit: str
    held: str
    kills: str
    most: int = 0
    _done: threading.Event = field(default_factory=threading.Event)

    def read(self, name: str, key: str) -> int:
        """A number of one of the group's tables."""
        rows = (row.split() for row in (self.folder / name).read_text(encoding="ascii").splitlines())
        return next((int(row[1]) for row in rows if row[0] == key), 0)

    def watch(self) -> None:
        """Remember the most memory that programs held (files the kernel keeps at hand do not count)."""
        while not self._done.wait(0.1):
            with suppress(OSError):
                self.most = max(self.most, self.read("memory.stat", self.held))

    def end(self) -> int:
        """Take the group away; how many processes the kernel ended in it."""
        self._done.set()
        ended = self.read(self.kills, "oom_kill")
        for _ in range(50):
            with suppress(OSError):
                self.folder.rmdir()
                break
            time.sleep(0.1)
        return ended


def make_group(megabytes: int) -> ControlGroup | None:
    """A group with that much memory and no swap; None where there can be none."""
    name = f"kim-laptop-{os.getpid()}-{time.monotonic_ns()}"
    first, second = MOUNT / "memory" / name, MOUNT / name
    with suppress(OSError):
        if (MOUNT / "memory" / "memory.limit_in_bytes").exists():
            first.mkdir()
            group = ControlGroup(first, "memory.limit_in_bytes", "total_rss", "memory.oom_control")
            swap = ("memory.memsw.limit_in_bytes", megabytes)
        else:
            (MOUNT / "cgroup.subtree_control").write_text("+memory", encoding="ascii")
            second.mkdir()
            group = ControlGroup(second, "memory.max", "anon", "memory.events")
            swap = ("memory.swap.max", 0)
        (group.folder / group.limit).write_text(f"{megabytes * 1_000_000}", encoding="ascii")
        with suppress(OSError):  # a kernel without swap has no such file
            (group.folder / swap[0]).write_text(f"{swap[1] * 1_000_000}", encoding="ascii")
        return group
    return None


class Laptop:
    """Runs steps as that laptop would.

    Args:
        megabytes: memory.
        program: the command, such as ``["kim-studio"]``.
        scratch: a folder of this run.
    """

    def __init__(self, megabytes: int, program: Sequence[str], scratch: Path) -> None:
        self._megabytes = megabytes
        self.program = list(program)
        self.scratch = scratch
        self.wrong: list[str] = []

    def run(
        self, name: str, command: Sequence[object], codes: tuple[int, ...] = (0,), said: str = "", **changes: str
    ) -> None:
        """Run a command in a group of its own and tell how it went.

        Args:
            name: of the step.
            command: program and arguments.
            codes: exit codes that are well.
            said: words that must stand in what it prints.
            changes: of the environment.
        """
        group = make_group(self._megabytes)
        assert group is not None
        threading.Thread(target=group.watch, daemon=True).start()
        inside = f"echo $$ > {group.folder}/cgroup.procs; exec taskset -c 0-{CORES - 1} unshare -n " + shlex.join(
            map(str, command)
        )
        environment = {**os.environ, "KIM_STUDIO_HOME": str(self.scratch / "settings"), **changes}
        begun = time.monotonic()
        done = subprocess.run(
            ["sh", "-c", inside], capture_output=True, text=True, env=environment, check=False, cwd=self.scratch
        )
        seconds, ended = time.monotonic() - begun, group.end()
        told = done.stdout + done.stderr
        good = done.returncode in codes and not ended and said in told and "Traceback" not in told
        mark = "ok    " if good else "FAILED"
        print(f"{mark} {name}: {seconds:.1f} s, {group.most / 1e6:.0f} MB, {ended} ended by the kernel", flush=True)
        if not good:
            self.wrong.append(name)
            print(f"       exit code {done.returncode}\n{told[-2500:]}", flush=True)


def make_clip(path: Path) -> Path:
    """A clip as a new phone records it: 3840x2160, HEVC, ten bits."""
    from studio.video.binary import ffmpeg_path

    picture = f"testsrc2=s=3840x2160:r=30:d={CLIP_SECONDS}"
    sound = ("-f", "lavfi", "-i", f"sine=300:d={CLIP_SECONDS}")
    codec = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-pix_fmt", "yuv420p10le")
    made = ("-f", "lavfi", "-i", picture, *sound, *codec, "-tag:v", "hvc1", "-c:a", "aac", "-y", str(path))
    subprocess.run([ffmpeg_path(), "-v", "error", *made], check=True)
    return path


def window_steps(laptop: Laptop) -> None:
    """The window: start, every desk, keys, then a minute of all at once."""
    laptop.run("start and every desk for the first time", [sys.executable, ROOT / "bench" / "desks_switch.py", "1"])
    laptop.run("typing into 5,000 words", [sys.executable, ROOT / "bench" / "keys.py", "--keys", "100"])
    soak = [sys.executable, ROOT / "bench" / "soak.py", "--seconds", "60", "--patience", "120"]
    laptop.run("a minute of typing, photos, scrubbing and exports at once", soak)


def export_steps(laptop: Laptop) -> None:
    """The sample to every outlet; a 4K clip to two."""
    demo = laptop.scratch / "demo"
    laptop.run("export of the sample to every outlet", [*laptop.program, "demo", "--no-window", demo])
    draft, group = laptop.scratch / "panen.md", laptop.scratch / "big"
    draft.write_text(DRAFT, encoding="utf-8")
    make_clip(laptop.scratch / "panen.mp4")
    laptop.run("a 4K HEVC clip comes in", [*laptop.program, "new", group, draft])
    outlets = ("--outlet", "instagram", "--outlet", "whatsapp")
    laptop.run("the 4K HEVC clip for two outlets", [*laptop.program, "export", group, *outlets])


def poor_steps(laptop: Laptop) -> None:
    """What is missing on such a laptop: fonts, a home, a language, room."""
    demo = laptop.scratch / "demo"
    if not demo.exists():
        laptop.run("the sample", [*laptop.program, "demo", "--no-window", demo])
    (laptop.scratch / "nofonts.conf").write_text("<fontconfig></fontconfig>", encoding="ascii")
    posts = [*laptop.program, "export", demo, "--outlet", "mading", "--outlet", "instagram", "--out"]
    bare = {"FONTCONFIG_FILE": str(laptop.scratch / "nofonts.conf"), "KIM_STUDIO_HOME": ""}
    out = laptop.scratch / "out"
    laptop.run("no fonts on the system", [*posts, out / "fonts"], FONTCONFIG_FILE=bare["FONTCONFIG_FILE"])
    laptop.run("a home that is not there, LANG=C", [*posts, out / "home"], HOME="/nowhere", LANG="C", **bare)
    locked = Path("/sys/kernel")  # nobody writes there, root neither
    laptop.run("a home that cannot be written to", [*posts, out / "locked"], HOME=str(locked), **bare)
    disk = laptop.scratch / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", str(disk)], check=True)
    try:
        shutil.copytree(demo / "stories", disk / "demo" / "stories")
        shutil.copy(demo / "workspace.json", disk / "demo" / "workspace.json")
        room = shutil.disk_usage(disk)
        (disk / "full").write_bytes(b"\0" * max(0, int(room.free - room.total * 0.05)))
        laptop.run("a disk that is 95 % full", [*laptop.program, "export", disk / "demo"], codes=(0, 1), said="MB")
    finally:
        subprocess.run(["umount", str(disk)], check=False)


STEPS: dict[str, Callable[[Laptop], None]] = {"window": window_steps, "export": export_steps, "poor": poor_steps}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--memory", type=int, default=1500, help="megabytes")
    parser.add_argument("--program", default=f"{sys.executable} -m studio")
    parser.add_argument("--only", nargs="*", choices=STEPS, default=list(STEPS))
    asked = parser.parse_args()
    group = make_group(asked.memory) if sys.platform == "linux" else None
    if group is None:
        print("Control groups cannot be had here (root on Linux): nothing was measured.")
        return
    group.end()
    with tempfile.TemporaryDirectory(prefix="kim-laptop-") as scratch:
        laptop = Laptop(asked.memory, shlex.split(asked.program), Path(scratch))
        for name in asked.only:
            STEPS[name](laptop)
    sys.exit(1 if laptop.wrong else 0)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()

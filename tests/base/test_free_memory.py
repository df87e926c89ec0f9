"""How much memory is free, as Linux says it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from studio.base.free_memory import free_memory, has_little_memory
from studio.base.memory_limits import free_under_limits


@pytest.mark.parametrize(
    ("said", "free", "little"), [("1400000", 1_433_600_000, True), ("3900000", 3_993_600_000, False)]
)
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/meminfo")
def test_little_memory_is_known_by_what_programs_can_get(tmp_path, said, free, little):
    told = tmp_path / "meminfo"
    told.write_text(f"MemTotal:        3900000 kB\nMemFree:           90000 kB\nMemAvailable:   {said} kB\n")
    assert free_memory(told) == free
    assert has_little_memory(told) is little


def test_nobody_knows_where_the_system_does_not_say(tmp_path):
    assert not has_little_memory(tmp_path / "missing") or sys.platform != "linux"


LIMITED = ("0::/user/app\n", {"user/app": ("memory.max", "max", "memory.current", "7"), "user": (
    "memory.max", "1500", "memory.current", "900")}, "inactive_file 100")  # fmt: skip
OLDER = ("4:cpu:/x\n9:memory:/box\n", {"memory/box": (
    "memory.limit_in_bytes", "1500", "memory.usage_in_bytes", "900")}, "total_inactive_file 100")  # fmt: skip


@pytest.mark.parametrize(("groups", "folders", "stat"), [LIMITED, OLDER])
def test_a_limit_around_the_program_counts(tmp_path, groups, folders, stat):
    for folder, (limit, most, used, now) in folders.items():
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        for name, value in ((limit, most), (used, now), ("memory.stat", f"cache 5\n{stat}\n")):
            (tmp_path / folder / name).write_text(value)
    (tmp_path / "cgroup").write_text(groups)
    assert free_under_limits(tmp_path / "cgroup", tmp_path) == 1500 - 900 + 100


def test_without_a_limit_there_is_none(tmp_path):
    (tmp_path / "cgroup").write_text("0::/\n")
    assert free_under_limits(tmp_path / "cgroup", tmp_path) is None


FAULTS = """
from resource import RUSAGE_SELF, getrusage
from studio.base.free_memory import keep_freed_memory
kept = keep_freed_memory()
for _ in range(3):
    before = getrusage(RUSAGE_SELF).ru_minflt
    bytearray(24 << 20)
print(getrusage(RUSAGE_SELF).ru_minflt - before if kept else 0)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="page faults of Linux; pages of 4 KiB")
def test_memory_of_one_photo_is_that_of_the_next():
    said = subprocess.run([sys.executable, "-c", FAULTS], capture_output=True, text=True, check=True).stdout
    assert int(said) < 600  # 6,000 with fresh pages

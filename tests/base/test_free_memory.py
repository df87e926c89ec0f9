"""How much memory is free, as Linux says it."""

from __future__ import annotations

import sys

import pytest

from studio.base.free_memory import free_memory, has_little_memory


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

"""How much memory a limit of the system leaves: a container's, a sandbox's, or one set for a session (cgroups(7))."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_GROUPS = Path("/proc/self/cgroup")
_MOUNT = Path("/sys/fs/cgroup")
_FILES = {"": ("memory.max", "memory.current", "inactive_file"), "memory": (
    "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")}  # fmt: skip
"""Limit, use and what of it can be had back, by the name of the controller: version 2 has none, version 1 "memory"."""


def free_under_limits(groups: Path = _GROUPS, mount: Path = _MOUNT) -> int | None:
    """Bytes left under the tightest limit this process is in; None where it is in none.

    Args:
        groups: where Linux says in which groups the process is.
        mount: where the groups are mounted.
    """
    left: list[int] = []
    with suppress(OSError, UnicodeDecodeError):
        for line in groups.read_text(encoding="utf-8").splitlines():
            _, controllers, place = line.split(":", 2)
            name = "memory" if "memory" in controllers.split(",") else controllers
            if name in _FILES:
                left += _left_in(mount / name, place.strip("/"), *_FILES[name])
    return min(left, default=None)


def _left_in(top: Path, place: str, limit: str, used: str, back: str) -> Iterator[int]:
    """What is left in a group and in each group around it."""
    for folder in (top / place, *(top / parent for parent in Path(place).parents)):
        with suppress(OSError, ValueError):  # no limit is the word "max"
            most = int((folder / limit).read_text(encoding="ascii"))
            counted = (row.split() for row in (folder / "memory.stat").read_text(encoding="ascii").splitlines())
            files = next((int(number) for name, number in counted if name == back), 0)
            yield max(0, most - int((folder / used).read_text(encoding="ascii")) + files)

"""What no name of a file or folder may be on Windows or FAT32, so that it can go to any computer.

Source: Microsoft, "Naming Files, Paths, and Namespaces".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FORBIDDEN_SIGNS = r'<>:"/\\|?*\x00-\x1f\x7f'
"""Signs that no name may have, for a set in a regular expression."""
TURNING_SIGNS = "\u202a-\u202e\u2066-\u2069"
"""Signs that turn the direction of writing, for a set in a regular expression: they would hide what a name ends in."""
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)


_UNPORTABLE = re.compile(f"[{FORBIDDEN_SIGNS}{TURNING_SIGNS}]|[. ]$")


def is_portable_name(name: str) -> bool:
    """Whether every file system takes this name of a file or folder, and people see what it ends in."""
    return bool(name) and not (_UNPORTABLE.search(name) or is_device_name(name))


def is_device_name(name: str) -> bool:
    """Whether Windows keeps a name for a device, whatever its ending."""
    return _DEVICES.fullmatch(name) is not None


def with_ending(path: Path, ending: str) -> Path:
    """The place somebody chose for a file, with its ending (``.pdf``), which not every file dialog adds.

    It comes behind the name and not in place of its end: ``Laporan 5.12`` keeps its day.
    """
    return path if path.suffix.lower() == ending else path.with_name(f"{path.name}{ending}")

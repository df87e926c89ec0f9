"""Names made from names."""

from __future__ import annotations

import re

from studio.base.portable_names import FORBIDDEN_SIGNS, TURNING_SIGNS, is_device_name


def initials(name: str) -> str:
    """Up to two letters that stand for a group: "KIM Bina Warga" -> "BW"."""
    words = [word for word in name.split() if word.upper() != "KIM"] or name.split()
    return "".join(word[0].upper() for word in words[:2]) or "K"


def folder_name(name: str) -> str:
    """A folder name that every system takes: "KIM: Bina/Warga" -> "KIM Bina Warga"; "KIM Studio" for nothing."""
    clean = re.sub(f"[{FORBIDDEN_SIGNS}]+", " ", re.sub(f"[{TURNING_SIGNS}]", "", name))
    plain = " ".join(clean.split()).strip(". ")[:60].strip(". ")
    return f"KIM {plain}" if is_device_name(plain) else plain or "KIM Studio"


def names_of(typed: str) -> tuple[str, ...]:
    """Names typed with commas between: ``Siti Aminah, Budi``."""
    return tuple(name for part in typed.split(",") if (name := " ".join(part.split())))


def lines_of(typed: str) -> tuple[str, ...]:
    """Names typed one a line, which may hold commas (``Siti Aminah, S.Pd.``); no doubles."""
    names = (" ".join(line.split()) for line in typed.splitlines())
    return tuple(dict.fromkeys(name for name in names if name))

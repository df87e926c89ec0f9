"""What every stored record has in common."""

from __future__ import annotations

from typing import Any

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of everything that is stored: keeps the fields it does not know."""

    extra: dict[str, Any] = {}

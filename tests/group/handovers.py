"""Files of made-up groups, made by the studio's own writer."""

from __future__ import annotations

import uuid
from typing import Any

from studio.group.answer_line import LINE_INSTRUMENT, LINE_ORDER
from studio.group.handover_file import seal_handover

MADE = "2026-11-21T10:00:00+07:00"


def round_of(day: str = "2026-11-20", score: int = 2, level: str = "claimed", **more: Any) -> dict[str, Any]:
    """A round in which every answer is the same; ``scores`` overrides some."""
    scores = dict.fromkeys(LINE_ORDER, score) | more.pop("scores", {})
    answers = {code: {"score": value, "level": level} for code, value in scores.items() if value is not None}
    return {"instrument": LINE_INSTRUMENT, "date": day, "answers": answers, "no_business": False} | more


def handover(number: int = 1, made: str = MADE, rounds: Any = None, **group: Any) -> dict[str, Any]:
    """The document of group ``number``, in a village of its own unless ``group`` says otherwise."""
    who = {
        "id": str(uuid.UUID(int=number)),
        "name": f"KIM Kelompok {number}",
        "village": f"Desa Contoh {number}",
        "district": "Kecamatan Tirtasari",
        "regency": "Kabupaten Wanagiri",
        "province": "Jawa Selatan",
        "region_code": f"99.01.01.{2000 + number}",
        "decree": {"number": "1/SK/2024", "date": "2024-03-01", "valid_until": "2028-03-01"},
    }
    return {
        "format": 1,
        "group": who | group,
        "contacts": [],
        "rounds": [round_of()] if rounds is None else rounds,
        "counts": {"stories": 3, "published": 2, "active_days": 2},
        "made": made,
        "app": "KIM Studio",
    }


def sealed(*args: Any, **more: Any) -> bytes:
    """The bytes of ``handover``."""
    return seal_handover(handover(*args, **more))

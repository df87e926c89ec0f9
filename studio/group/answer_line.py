"""The bare answers of one round as one line of text, to type, paste or scan (docs/format.md, "The file for the Dinas").

``KIM1;35.01.10.2001;20261129;2310...;cccp...;0b1f6c5e;a1b2c3``: short enough for a QR code on a sheet, a chat
message or a telephone; six digits of its SHA-256 tell a slip of the finger.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

from studio.base.errors import UserError
from studio.group.handover_file import parse_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

LINE_ORDER = (
    *("KL1", "KL2", "KL3", "KP1", "KP2", "KP3", "KP4", "KP5", "KP6", "KP7", "KP8"),
    *("US1", "US2", "US3", "US4", "KD1", "KD2", "KD3", "KD4", "KD5"),
)
"""Which sign of a line stands for which indicator. Part of the format: it never changes for ``KIM1``."""
LINE_INSTRUMENT = "kim-20/1"
_LEVEL_SIGNS = {"claimed": "c", "proven": "p", "verified": "v"}
_FORMS = re.compile(
    r"KIM1\s*;\s*([0-9.]{0,13})\s*;\s*(\d{8})\s*;\s*([0-4\-–]{20})\s*;\s*([cpv\-–]{20})\s*;\s*([0-9a-f]{8})\s*;\s*([0-9a-f]{6})",
    re.IGNORECASE,
)
_BEGINNING = re.compile(r"KIM1\s*;", re.IGNORECASE)


class AnswerLine(NamedTuple):
    """A line as read: ``answers`` holds (score, level) by indicator, ``group`` the first 8 digits of the group's id."""

    region_code: str
    date: str
    answers: dict[str, tuple[int, str]]
    group: str

    @property
    def no_business(self) -> bool:
        """Whether all was answered but the business: the line has no sign for "does not apply"."""
        business = {code for code in LINE_ORDER if code.startswith("US")}
        return set(self.answers) == set(LINE_ORDER) - business


def write_line(region_code: str, day: str, answers: Mapping[str, tuple[int, str]], group_id: str) -> str:
    """The line of a round.

    Args:
        region_code: of the village, "" when it is not known.
        day: ISO 8601 day of the round.
        answers: score (0 to 4) and level by indicator; others than ``LINE_ORDER`` are left out.
        group_id: the group's UUID.
    """
    scores = "".join(str(answers[code][0]) if code in answers else "-" for code in LINE_ORDER)
    # A dash in both rows for what was not asked: a slip in one of them is noticed by the other.
    levels = "".join(_LEVEL_SIGNS[answers[code][1]] if code in answers else "-" for code in LINE_ORDER)
    # Only eight digits of the id: the line has to be short enough to be typed from a sheet of paper. The merge finds
    # the group again by them and the region (district_merge._by_group).
    digits = re.sub(r"[^0-9a-f]", "", group_id.lower())[:8].ljust(8, "0")
    bare = f"KIM1;{region_code};{day.replace('-', '')};{scores};{levels};{digits};"
    return bare + _check_digits(bare)


def _check_digits(bare: str) -> str:
    # Six digits, as they are typed from paper: a slip of the keyboard gets through once in 16 million.
    return hashlib.sha256(bare.encode()).hexdigest()[:6]


def has_line(text: str) -> bool:
    """Whether a text seems to hold a line: read it with ``read_lines``."""
    return _BEGINNING.search(text) is not None


def read_lines(text: str, today: date) -> tuple[tuple[AnswerLine | UserError, str], ...]:
    """Every line in a text, such as a chat, with what was read as such; a damaged one as the error that says why.

    Capitals, spaces around the semicolons and line breaks of a chat do not matter.
    """
    found: list[tuple[AnswerLine | UserError, str]] = []
    # From each beginning anew: a damaged line must not take the whole one behind it along.
    for begin in _BEGINNING.finditer(text):
        # A line has at most 85 characters; the rest is room for spaces and line breaks that chats put in.
        piece = text[begin.start() : begin.start() + 120]
        shown = " ".join(piece.split())[:90]
        try:
            found.append((read_line(piece, today), shown))
        except UserError as error:
            found.append((error, shown))
    return tuple(found)


def read_line(text: str, today: date) -> AnswerLine:
    """The line at the beginning of ``text``.

    Raises:
        UserError: ``line.form`` (it has not seven parts of the right length), ``line.check`` (a slip), ``line.date``,
            ``line.level`` (an answer without level, or a level without answer).
    """
    parts = _FORMS.match("".join(text.split()))
    if parts is None:
        raise UserError("line.form", line=" ".join(text.split())[:90])
    # Phones turn "-" into an en dash and capitalise the beginning of a message.
    region, day, scores, levels, group, check = (part.lower().replace("–", "-") for part in parts.groups())
    bare = f"KIM1;{region};{day};{scores};{levels};{group};"
    if _check_digits(bare) != check:
        raise UserError("line.check", line=bare + check)
    parsed = parse_day(f"{day[:4]}-{day[4:6]}-{day[6:]}")
    if parsed is None or parsed > today:
        raise UserError("line.date", line=bare + check, date=day)
    names = {sign: level for level, sign in _LEVEL_SIGNS.items()}
    if any((score == "-") != (level == "-") for score, level in zip(scores, levels, strict=True)):
        raise UserError("line.level", line=bare + check)
    answers = {
        code: (int(score), names[level])
        for code, score, level in zip(LINE_ORDER, scores, levels, strict=True)
        if score != "-"
    }
    return AnswerLine(region, parsed.isoformat(), answers, group)

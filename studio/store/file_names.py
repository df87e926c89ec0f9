"""Names of folders and files that survive FAT32, Windows, a ZIP and a trip to another computer."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.folders import is_plain_name
from studio.story.drawn import ordinary_letters

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePath

LONGEST_SLUG = 60
"""Characters of a headline in a folder name: leaves room for 260-character paths on Windows."""
NO_HEADLINE = "berita"
_MARKS = re.compile(r"[\u0300-\u036f]")
_EXTENSION = re.compile(r"^\.[a-z0-9]{1,8}$")


def file_slug(text: str, longest: int = LONGEST_SLUG) -> str:
    """Lower-case words joined by ``-``: Latin letters without accents, letters of other scripts as they are.

    Letters that only look different ("bold" ones of chats) are plain ones.

    Everything else (emoji, punctuation, characters forbidden on Windows, trailing dots and spaces) is dropped.
    The result is NFC, at most ``longest`` characters, cut at a word where that keeps at least half.
    """
    folded = unicodedata.normalize("NFKD", ordinary_letters(text)).casefold()  # "bold" capitals know no small letters
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", folded))
    words = "-".join(_name_words(unicodedata.normalize("NFC", bare)))
    if len(words) <= longest:
        return words
    cut = words[: longest + 1].rpartition("-")[0]
    return (cut if len(cut) >= longest // 2 else words[:longest]).strip("-")


def _name_words(text: str) -> list[str]:
    """Runs of letters and digits, with the marks that are vowels in Javanese, Sundanese, Balinese or Batak letters.

    A mark that follows no letter belongs to an emoji and goes with it.
    """
    kept: list[str] = []
    after_letter = False
    for letter in text:
        is_mark = unicodedata.category(letter) in {"Mn", "Mc"} and after_letter
        kept.append(letter if letter.isalnum() or is_mark else " ")
        after_letter = letter.isalpha() or is_mark
    return "".join(kept).split()


def folder_name(headline: str, day: str, today: date, taken: Callable[[str], bool]) -> str:
    """``<YYYY-MM-DD-slug>`` for a new story; ``-2``, ``-3`` ... when that is taken. Always in lower case.

    Args:
        headline: may be empty or in any script.
        day: ISO date (with or without time) of the event; anything else means ``today``.
        today: used when ``day`` is no date.
        taken: says whether a name is in use.
    """
    try:
        start = date.fromisoformat(day[:10])
    except ValueError:
        start = today
    base = f"{start.isoformat()}-{file_slug(headline) or NO_HEADLINE}"
    name, number = base, 1
    while taken(name):
        number += 1
        name = f"{base}-{number}"
    return name


def media_name(sha256: str, source: PurePath) -> str:
    """First 16 hex digits of the content's SHA-256 and the extension in lower case (none when it is odd)."""
    extension = source.suffix.lower()
    return sha256[:16] + (extension if _EXTENSION.match(extension) else "")


def plain_name(name: str, code: str) -> str:
    """``name`` itself, when it names something directly inside a folder.

    Raises:
        UserError: ``code`` (with the fact ``name``): it is empty, hidden, or points elsewhere.
    """
    if not is_plain_name(name):
        raise UserError(code, name=name)
    return name

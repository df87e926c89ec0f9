"""Warnings about letters that no bundled font has, for the manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.errors import WorkNotice
from studio.checks.undrawable_letters import letters_named

if TYPE_CHECKING:
    from collections.abc import Iterable


def not_drawn(letters: Iterable[str], file: str) -> list[WorkNotice]:
    """One warning that names every letter once; none where nothing is lost.

    Args:
        letters: as ``paint.sheet.TextOverflow`` lists them, with spaces between.
        file: what the user calls the file they are missing in.
    """
    each = list(dict.fromkeys(letter for text in letters for letter in text.split()))
    return [WorkNotice("export.not_drawn", {"file": file, "characters": letters_named(each)})] if each else []

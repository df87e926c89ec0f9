"""The modules of the studio as syntax trees, for tests that read the source."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

STUDIO = Path(__file__).resolve().parent.parent / "studio"


def parsed_files(concerned: Callable[[str], object]) -> Iterator[tuple[str, ast.Module]]:
    """Name (``base/i18n.py``) and syntax tree of every module whose text the rule is about.

    A module that has none of the words of a rule cannot break it, and to parse them all costs three seconds.
    """
    for path in sorted(STUDIO.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if concerned(text):
            yield path.relative_to(STUDIO).as_posix(), ast.parse(text)

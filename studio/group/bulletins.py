"""A bulletin as the group keeps it: which stories in which order, and how it is printed (docs/format.md)."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from studio.story.record_base import Record

BULLETINS = "bulletins"
"""Folder of the records below ``group/``: a file for each, named by its id."""
PageCount = Literal[0, 4, 8]


class Bulletin(Record, frozen=True, kw_only=True):
    """A collection of stories for paper.

    ``stories`` are folders in the order they are printed; one that is gone or held back later is named when it is
    printed. ``pages`` 0 takes as many as are needed. ``services`` adds the notices of the workspace that are not over.
    """

    id: str
    title: str = ""
    issue: str = ""
    stories: tuple[str, ...] = ()
    pages: PageCount = 0
    services: bool = True
    ink_saving: bool = False
    modified: str = ""


def bulletin_place(bulletin_id: str) -> str:
    """Where a bulletin lies below ``group/``."""
    return f"{BULLETINS}/{bulletin_id}.json"


def bulletin_name(title: str, issue: str) -> str:
    """What a bulletin is called as a record and as a file: ``kabar-warga-no-3``; ``buletin`` where nothing is left."""
    plain = unicodedata.normalize("NFKD", f"{title} {issue}").encode("ascii", "ignore").decode("ascii").lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "buletin"
